(** The claims of own-size: the size of the weights under gradient descent. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent.
From Kernel Require own_size.
Local Open Scope R_scope.

Definition printed_residual (d : nat) (X : nat -> nat -> R) (y u : nat -> R) (v : R) (n : nat) : R :=
  v * (∑ k < d, X n k * u k) - y n.

Definition printed_gradient (N d : nat) (X : nat -> nat -> R) (y u : nat -> R) (v : R) (k : nat) : R :=
  ∑ n < N, X n k * printed_residual d X y u v n.

Lemma printed_gradient_product N d X y u v :
  (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) = dot d u (printed_gradient N d X y u v).
Proof. reflexivity. Qed.

Lemma printed_gradient_norm N d X y u v :
  (∑ k < d, (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) ^ 2) = norm_sq d (printed_gradient N d X y u v).
Proof. apply Sum_ext; intros; unfold printed_gradient, printed_residual; ring. Qed.

Lemma printed_residual_norm N d X y u v :
  (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2) = norm_sq N (printed_residual d X y u v).
Proof. apply Sum_ext; intros; unfold printed_residual; ring. Qed.

(** The square of the second layer after the step, with the increments of both layers. *)
Section Step.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u u' : nat -> R) (v v' eta : R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis samples : (0 < N)%nat.

Let G := printed_gradient N d X y u v.
Let z := printed_residual d X y u v.

Hypothesis step_first : forall k, (k < d)%nat ->
  u' k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N.
Hypothesis step_second : v' = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) / INR N.

Let t := eta / INR N.

Lemma first_layer_after :
  (∑ i < r, (∑ k < d, u' k * w i k) ^ 2)
  = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - 2 * (t * v) * dot d u G + (t * v) ^ 2 * norm_sq d G.
Proof.
  rewrite !printed_projection; apply (projection_after_step N d r X s e w product right z).
  intros k Hk; rewrite step_first by assumption; fold (printed_residual d X y u v).
  change (u k - eta * v * G k / INR N = u k - t * v * G k); unfold t, Rdiv; ring.
Qed.

Lemma second_layer_after : v' = v - t * dot d u G.
Proof. rewrite step_second, printed_gradient_product; fold G; unfold t, Rdiv; ring. Qed.

Lemma size_after :
  v' ^ 2 + (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v ^ 2 - (∑ i < r, (∑ k < d, u k * w i k) ^ 2)
  = t ^ 2 * (dot d u G ^ 2 + v ^ 2 * norm_sq d G) - 4 * t * (v * dot d u G).
Proof. rewrite first_layer_after, second_layer_after; ring. Qed.

Lemma imbalance_after :
  (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v' ^ 2 - ((∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2)
  = t ^ 2 * (v ^ 2 * norm_sq d G - dot d u G ^ 2).
Proof. rewrite first_layer_after, second_layer_after; ring. Qed.

(** The imbalance moves by at least the imbalance times the squared gradient, downwards. *)
Lemma imbalance_gap :
  t ^ 2 * (v ^ 2 - (∑ i < r, (∑ k < d, u k * w i k) ^ 2)) * norm_sq d G
  <= t ^ 2 * (v ^ 2 * norm_sq d G - dot d u G ^ 2).
Proof.
  rewrite printed_projection, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
  pose proof (product_with_gradient N d r X s e w product right z u) as P.
  change (dot d u G ^ 2 <= norm_sq r (fun i => dot d (w i) u) * norm_sq d G) in P; lra.
Qed.

(** [v u . X^T z = |z|^2 + z . y]. *)
Lemma pull_of_the_labels : v * dot d u G = norm_sq N z + ∑ n < N, y n * z n.
Proof.
  unfold G; change (dot d u (printed_gradient N d X y u v)) with (dot d u (fun k => ∑ n < N, X n k * z n)).
  rewrite (product_in_samples N d X z u); unfold norm_sq, dot; rewrite <- Sum_plus, <- Sum_scal_l; apply Sum_ext; intros n _.
  unfold z, printed_residual; ring.
Qed.

Hypothesis left : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i.
Hypothesis positive : forall i, (i < r)%nat -> 0 < s i.
Hypothesis largest : forall i, (i < r)%nat -> s i <= s 0%nat.

Lemma squared_gradient_at_most : norm_sq d G <= s 0%nat ^ 2 * norm_sq N z.
Proof. exact (gradient_bound N d r X s e w product right z left positive largest). Qed.

Lemma size_after_at_most :
  v' ^ 2 + (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v ^ 2 - (∑ i < r, (∑ k < d, u k * w i k) ^ 2)
  <= t * ((t * s 0%nat ^ 2 * (v ^ 2 + ∑ i < r, (∑ k < d, u k * w i k) ^ 2) - 4) * norm_sq N z
          - 4 * ∑ n < N, y n * z n).
Proof.
  rewrite size_after, pull_of_the_labels, printed_projection.
  pose proof (product_with_gradient N d r X s e w product right z u) as P.
  change (dot d u G ^ 2 <= norm_sq r (fun i => dot d (w i) u) * norm_sq d G) in P.
  pose proof squared_gradient_at_most as B; set (c := norm_sq r (fun i => dot d (w i) u)) in *.
  assert (Hc : 0 <= c) by apply norm_sq_nonneg.
  assert (K : dot d u G ^ 2 + v ^ 2 * norm_sq d G <= s 0%nat ^ 2 * (v ^ 2 + c) * norm_sq N z).
  { apply Rle_trans with ((v ^ 2 + c) * norm_sq d G); [lra|].
    replace (s 0%nat ^ 2 * (v ^ 2 + c) * norm_sq N z) with ((v ^ 2 + c) * (s 0%nat ^ 2 * norm_sq N z)) by ring.
    apply Rmult_le_compat_l; [pose proof (pow2_ge_0 v); lra|exact B]. }
  assert (L := Rmult_le_compat_l (t ^ 2) _ _ (pow2_ge_0 t) K).
  eapply Rle_trans; [apply Rplus_le_compat_r, L|apply Req_le; ring].
Qed.

End Step.

Theorem increment : own_size.increment.
Proof.
  intros N d r X e w eta v v' s u u' y [].
  rewrite (size_after N d r X s e w y u u' v v' eta) by assumption.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  rewrite printed_gradient_product, printed_gradient_norm.
  replace (∑ n < N, v * (v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * u k))
    with (v * dot d u (printed_gradient N d X y u v)); [field; lra|].
  unfold printed_gradient; rewrite (product_in_samples N d X (printed_residual d X y u v) u), <- Sum_scal_l.
  apply Sum_ext; intros n _; unfold printed_residual; ring.
Qed.

Theorem increment_at_most : own_size.increment_at_most.
Proof.
  intros N d r X e w eta v v' s u u' y []; assert (HN : 0 < INR N) by now apply lt_0_INR.
  eapply Rle_trans; [now apply (size_after_at_most N d r X s e w y u u' v v' eta)|apply Req_le].
  rewrite printed_residual_norm; unfold printed_residual at 2; field; lra.
Qed.
