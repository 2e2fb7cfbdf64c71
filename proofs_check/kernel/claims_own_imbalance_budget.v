(** The claims of own-imbalance-budget: what the loss pays for the imbalance, step by step. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products printed_setting step_of_descent.
From Kernel Require own_imbalance_budget claims_own_size.
Local Open Scope R_scope.

Section Run.

Variables (N T d r : nat) (C_0 C_T C_b eta : R) (X e : nat -> nat -> R) (u u' w : nat -> nat -> R) (s v v' y : nat -> R).
Hypothesis given : own_imbalance_budget.hypotheses N T d r C_0 C_T C_b eta X e u u' w s v v' y.

Let t := eta / INR N.
Let G (a : nat) : nat -> R := claims_own_size.printed_gradient N d X y (u a) (v a).

Lemma gain : C_T - C_0 = ∑ a < T, t ^ 2 * (v a ^ 2 * norm_sq d (G a) - dot d (u a) (G a) ^ 2).
Proof.
  destruct given; rewrite <- consecutive; apply Sum_ext; intros a Ha; unfold t, G.
  rewrite <- (claims_own_size.imbalance_after N d r X s e w y (u a) (u' a) (v a) (v' a) eta) by auto; ring.
Qed.

Lemma first_layer_path a : (a < T)%nat ->
  (∑ k < d, (u' a k - u a k) ^ 2) = t ^ 2 * (v a ^ 2 * norm_sq d (G a)).
Proof.
  intros Ha; destruct given; rewrite <- Rmult_assoc; unfold norm_sq, dot; rewrite <- Sum_scal_l.
  apply Sum_ext; intros k Hk; rewrite steps_first by assumption; unfold t, G, claims_own_size.printed_gradient,
    claims_own_size.printed_residual, Rdiv; ring.
Qed.

Lemma second_layer_path a : (a < T)%nat -> (v' a - v a) ^ 2 = t ^ 2 * dot d (u a) (G a) ^ 2.
Proof.
  intros Ha; destruct given; rewrite steps_second, claims_own_size.printed_gradient_product by assumption.
  unfold t, G, Rdiv; ring.
Qed.

Lemma first_layers_swapped :
  (∑ k < d, (∑ a < T, v a ^ 2 * (∑ n < N, X n k * (v a * (∑ l < d, X n l * u a l) - y n)) ^ 2))
  = ∑ a < T, v a ^ 2 * norm_sq d (G a).
Proof.
  rewrite Sum_swap; apply Sum_ext; intros a _; rewrite Sum_scal_l, claims_own_size.printed_gradient_norm; reflexivity.
Qed.

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

Lemma at_most_first_layers : C_b - C_0 <= t ^ 2 * ∑ a < T, v a ^ 2 * norm_sq d (G a).
Proof.
  pose proof gain as E; destruct given; apply Rle_trans with (C_T - C_0); [lra|].
  rewrite E, Sum_scal_l; apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Sum_le; intros a Ha.
  pose proof (pow2_ge_0 (dot d (u a) (G a))); lra.
Qed.

End Run.

Theorem increments : own_imbalance_budget.increments.
Proof.
  intros N T d r C_0 C_T C_b eta X e u u' w s v v' y H; rewrite (gain _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (first_layers_swapped N T d X u v y), Sum_scal_l, Sum_minus.
  rewrite (Sum_ext T (fun a => (∑ k < d, u a k * (∑ n < N, X n k * (v a * (∑ l < d, X n l * u a l) - y n))) ^ 2)
    (fun a => dot d (u a) (claims_own_size.printed_gradient N d X y (u a) (v a)) ^ 2))
    by (intros; now rewrite claims_own_size.printed_gradient_product).
  field; lra.
Qed.

Theorem path : own_imbalance_budget.path.
Proof.
  intros N T d r C_0 C_T C_b eta X e u u' w s v v' y H; rewrite (gain _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite Sum_swap, <- Sum_minus; apply Sum_ext; intros a Ha.
  rewrite (first_layer_path _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H a Ha).
  rewrite (second_layer_path _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H a Ha); ring.
Qed.

Theorem budget : own_imbalance_budget.budget.
Proof.
  intros N T d r C_0 C_T C_b eta X e u u' w s v v' y H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (first_layers_swapped N T d X u v y).
  eapply Rle_trans; [apply (at_most_first_layers _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)|apply Req_le; field; lra].
Qed.

Theorem budget_in_losses : own_imbalance_budget.budget_in_losses.
Proof.
  intros N T d r C_0 C_T C_b eta X e u u' w s v v' y H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  eapply Rle_trans; [apply (at_most_first_layers _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)|]; destruct H.
  rewrite (Sum_ext T (fun a => v a ^ 2 * (∑ n < N, (v a * (∑ k < d, X n k * u a k) - y n) ^ 2) / INR N / 2)
    (fun a => / (2 * INR N) * (v a ^ 2 * norm_sq N (claims_own_size.printed_residual d X y (u a) (v a)))))
    by (intros; rewrite claims_own_size.printed_residual_norm; field; lra).
  rewrite Sum_scal_l.
  apply Rle_trans with ((eta / INR N) ^ 2 *
    ∑ a < T, s 0%nat ^ 2 * (v a ^ 2 * norm_sq N (claims_own_size.printed_residual d X y (u a) (v a)))).
  - apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Sum_le; intros a Ha.
    rewrite <- Rmult_assoc, (Rmult_comm (s 0%nat ^ 2)), Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    now apply (claims_own_size.squared_gradient_at_most N d r X s e w y (u a) (v a)).
  - rewrite Sum_scal_l; apply Req_le; field; lra.
Qed.
