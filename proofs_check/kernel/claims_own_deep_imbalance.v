(** The claims of own-deep-imbalance: Theorem 5.9 for every later layer. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products printed_setting descent_any_depth.
From Kernel Require own_deep_imbalance.
Local Open Scope R_scope.

Lemma printed_deep_norm N d M X y u v :
  (∑ k < d, (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) ^ 2)
  = norm_sq d (deep_gradient N d M X y u v).
Proof. apply Sum_ext; intros; unfold deep_gradient, deep_residual; rewrite (Prod_ext M (fun g => v g) v) by reflexivity; ring. Qed.

Lemma printed_deep_product N d M X y u v :
  (∑ k < d, u k * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)))
  = dot d u (deep_gradient N d M X y u v).
Proof. reflexivity. Qed.

Theorem increment : own_deep_imbalance.increment.
Proof.
  intros M N d r X e w eta s u u' v v' y [] j Hj; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (imbalance_step N d r M X s e w y u u' v v' eta svd right_orthonormal step_first step_later j Hj) as E.
  rewrite printed_deep_norm, printed_deep_product, printed_others, (Prod_ext M (fun g => v g) v) by reflexivity.
  transitivity ((∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v' j ^ 2 - ((∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v j ^ 2));
    [ring|]; rewrite E; field; lra.
Qed.

Theorem never_falls : own_deep_imbalance.never_falls.
Proof.
  intros M N d r X e w eta s u u' v v' y [] j Hj; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (imbalance_step N d r M X s e w y u u' v v' eta svd right_orthonormal step_first step_later j Hj) as E.
  pose proof (product_with_first_layer N d r M X s e w y u v svd right_orthonormal) as C.
  specialize (none_positive j Hj).
  set (c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2) in *; set (A := norm_sq d _) in *; set (B := dot d u _ ^ 2) in *.
  assert (HA : 0 <= A) by apply norm_sq_nonneg.
  rewrite <- (Prod_except_mult M j v Hj) in E; set (q := Prod_except M j v) in *.
  assert (B <= v j ^ 2 * A) by (eapply Rle_trans; [exact C|apply Rmult_le_compat_r; lra]).
  assert (0 <= (eta / INR N) ^ 2 * ((v j * q) ^ 2 * A - q ^ 2 * B)).
  { apply Rmult_le_pos; [apply pow2_ge_0|].
    replace ((v j * q) ^ 2 * A - q ^ 2 * B) with (q ^ 2 * (v j ^ 2 * A - B)) by ring.
    apply Rmult_le_pos; [apply pow2_ge_0|lra]. }
  lra.
Qed.

(** The product of all layers but two. *)
Lemma other_pair M j g v : (g < M)%nat -> j <> g ->
  Prod_except M j v = v g * Prod M (fun t => delta t j + (1 - delta t j) * (delta t g + v t * (1 - delta t g))).
Proof.
  intros Hg H; unfold Prod_except.
  rewrite <- (Prod_except_mult M g (fun k => if Nat.eqb k j then 1 else v k) Hg).
  replace (Nat.eqb g j) with false by (symmetry; apply Nat.eqb_neq; auto); f_equal.
  apply Prod_ext; intros t _; unfold delta.
  destruct (Nat.eqb t g) eqn:Eg; destruct (Nat.eqb t j) eqn:Ej; try ring.
Qed.

Theorem later_layers : own_deep_imbalance.later_layers.
Proof.
  intros M N d r X e w eta s u u' v v' y [] j g Hj Hg; assert (HN : 0 < INR N) by now apply lt_0_INR.
  destruct (Nat.eq_dec j g) as [<-|Hjg]; [ring|].
  rewrite printed_deep_product, (delta_other g j) by auto.
  rewrite (later_layer_step N d M X y u v v' eta step_later j Hj), (later_layer_step N d M X y u v v' eta step_later g Hg).
  rewrite (other_pair M j g v Hg Hjg), (other_pair M g j v Hj ltac:(auto)).
  replace (Prod M (fun t => delta t g + (1 - delta t g) * (delta t j + v t * (1 - delta t j))))
    with (Prod M (fun t => delta t j + (1 - delta t j) * (delta t g + v t * (1 - delta t g)))).
  - field; lra.
  - apply Prod_ext; intros t _; unfold delta.
    destruct (Nat.eqb t g) eqn:Eg; destruct (Nat.eqb t j) eqn:Ej; ring.
Qed.
