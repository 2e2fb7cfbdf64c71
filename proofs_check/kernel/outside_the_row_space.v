(** The part of the weights outside the row space never moves: under gradient flow, gradient descent and stochastic
    gradient descent the inner product with any [a] orthogonal to every [w_i] keeps its value. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  gradient gradient_flow optimizers.
Local Open Scope R_scope.

Section Outside.

Variables (N d m r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y a : nat -> R).
Hypothesis decomposition : svd N d r X s e w.
Hypothesis outside : forall i, (i < r)%nat -> dot d (w i) a = 0.

Lemma gradients_are_orthogonal z : dot d a (transposed_vector N X z) = 0.
Proof.
  rewrite dot_sym, (svd_transposed_dot N d r X s e w decomposition).
  rewrite (Sum_ext r _ (fun _ => 0)); [apply Sum_zero|].
  intros i Hi; rewrite outside by assumption; ring.
Qed.

Theorem gd_keeps_the_outside eta u v : dot d a (gd_u eta N d m X y u v) = dot d a u.
Proof.
  unfold gd_u, gradient_u; rewrite dot_minus_r, !dot_scal_r.
  rewrite gradients_are_orthogonal; ring.
Qed.

Theorem sgd_keeps_the_outside eta B p u v :
  (forall n, (n < N)%nat -> p n = 0 \/ p n = 1) -> dot d a (sgd_u eta B p N d m X y u v) = dot d a u.
Proof.
  intros Hp; unfold sgd_u, gradient_u; rewrite dot_minus_r, !dot_scal_r.
  rewrite (dot_ext d a (transposed_vector N (masked_rows p X) _) a
             (transposed_vector N X (fun n => p n * residual d m X y u v n))).
  - rewrite gradients_are_orthogonal; ring.
  - reflexivity.
  - intros; now apply masked_transpose.
Qed.

Theorem flow_keeps_the_outside u v t :
  gradient_flow N d m X y u v -> 0 <= t -> dot d a (u t) = dot d a (u 0).
Proof.
  intros Hflow Ht.
  apply (constant_of_zero_derivative (fun t => dot d a (u t))); [| |exact Ht].
  - intros t' Ht'; eapply derive_value.
    + apply derive_dot_l; intros j Hj; exact (flow_u _ _ _ _ _ _ _ Hflow t' j Ht' Hj).
    + unfold gradient_u.
      rewrite (dot_ext d a _ a (fun j => - / INR N * Prod m (v t')
        * transposed_vector N X (residual d m X y (u t') (v t')) j)) by (intros; auto; ring).
      rewrite dot_scal_r, gradients_are_orthogonal; ring.
  - apply (limit_Sum (at_right 0) d (fun j t => a j * u t j) (fun j => a j * u 0 j)); intros j Hj.
    apply limit_mult; [apply at_right_proper_filter| |exact (start_u _ _ _ _ _ _ _ Hflow j Hj)].
    apply limit_constant, at_right_proper_filter.
Qed.

End Outside.
