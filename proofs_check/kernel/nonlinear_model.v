(** Appendix E: the two-layer model [v phi (X u)] with orthogonal samples, and the gradient flow of its loss. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model.
Local Open Scope R_scope.

(** Assumption E.1: different samples are orthogonal, none is zero; sample [i] has squared norm [s_i^2]. *)
Definition orthogonal_samples (N d : nat) (X : nat -> nat -> R) : Prop :=
  (forall i k, (i < N)%nat -> (k < N)%nat -> i <> k -> dot d (X i) (X k) = 0) /\
  (forall i, (i < N)%nat -> 0 < norm_sq d (X i)).

Definition nonlinear_residual (d : nat) (phi : R -> R) (X : nat -> nat -> R) (y u : nat -> R) (v : R) (n : nat) : R :=
  v * phi (matrix_vector d X u n) - y n.

Definition nonlinear_loss (N d : nat) (phi : R -> R) (X : nat -> nat -> R) (y u : nat -> R) (v : R) : R :=
  norm_sq N (nonlinear_residual d phi X y u v) / (2 * INR N).

Definition nonlinear_gradient_u (N d : nat) (phi slope : R -> R) (X : nat -> nat -> R) (y u : nat -> R) (v : R)
  (j : nat) : R :=
  / INR N * ∑ n < N, nonlinear_residual d phi X y u v n * (v * slope (matrix_vector d X u n)) * X n j.

Definition nonlinear_gradient_v (N d : nat) (phi : R -> R) (X : nat -> nat -> R) (y u : nat -> R) (v : R) : R :=
  / INR N * ∑ n < N, nonlinear_residual d phi X y u v n * phi (matrix_vector d X u n).

(** These are the gradient: the derivative of the loss along every line. *)
Theorem nonlinear_gradient_is_the_derivative N d phi slope X y u v a b :
  (0 < N)%nat -> (forall x : R, is_derive phi x (slope x)) ->
  is_derive (fun t => nonlinear_loss N d phi X y (along u a t) (v + t * b)) 0
    (dot d (nonlinear_gradient_u N d phi slope X y u v) a + nonlinear_gradient_v N d phi X y u v * b).
Proof.
  intros HN Hphi; assert (0 < INR N) by now apply lt_0_INR.
  set (z := fun t : R => nonlinear_residual d phi X y (along u a t) (v + t * b)).
  apply derive_ext with (fun t => / (2 * INR N) * ∑ n < N, (z t n * z t n)).
  { intros; unfold nonlinear_loss, norm_sq, dot, Rdiv; fold (z t); ring. }
  assert (Hz : forall n, is_derive (fun t => z t n) 0
    (b * phi (matrix_vector d X u n) + v * (slope (matrix_vector d X u n) * matrix_vector d X a n))).
  { intros n; unfold z, nonlinear_residual.
    apply derive_ext with (fun t => (v + t * b) * phi (matrix_vector d X u n + t * matrix_vector d X a n) - y n).
    { intros; now rewrite matrix_vector_along. }
    eapply derive_value.
    - apply derive_difference; [apply derive_product; [apply derive_affine|]|apply derive_constant].
      apply (derive_composition phi (fun t => matrix_vector d X u n + t * matrix_vector d X a n) 0
               (slope (matrix_vector d X u n + 0 * matrix_vector d X a n)) (matrix_vector d X a n)).
      + apply Hphi.
      + apply derive_affine.
    - rewrite !Rmult_0_l, !Rplus_0_r; ring. }
  eapply derive_value.
  - apply derive_scaled, (derive_Sum N (fun n t => z t n * z t n)); intros n _; apply derive_square, Hz.
  - assert (Ez : forall n, z 0 n = nonlinear_residual d phi X y u v n).
    { intros n; unfold z, nonlinear_residual; rewrite matrix_vector_along, !Rmult_0_l, !Rplus_0_r; reflexivity. }
    unfold nonlinear_gradient_u, nonlinear_gradient_v.
    rewrite dot_scal_l, dot_combination_l, !Rmult_assoc, <- Sum_scal_r, <- Rmult_plus_distr_l, <- Sum_plus.
    rewrite Sum_scal_l, <- Rmult_assoc; f_equal; [field; lra|].
    apply Sum_ext; intros n _; rewrite Ez; fold (matrix_vector d X a n); unfold matrix_vector; ring.
Qed.

(** Solutions of the gradient flow for [t > 0]. *)
Record nonlinear_flow (N d : nat) (phi slope : R -> R) (X : nat -> nat -> R) (y : nat -> R)
  (u : R -> nat -> R) (v : R -> R) : Prop := {
  nonlinear_flow_u : forall (t : R) j, 0 < t -> (j < d)%nat ->
    is_derive (fun t => u t j) t (- nonlinear_gradient_u N d phi slope X y (u t) (v t) j);
  nonlinear_flow_v : forall t : R, 0 < t -> is_derive v t (- nonlinear_gradient_v N d phi X y (u t) (v t));
  nonlinear_start_u : forall j, (j < d)%nat -> filterlim (fun t => u t j) (at_right 0) (locally (u 0 j));
  nonlinear_start_v : filterlim v (at_right 0) (locally (v 0))
}.

(** Definition E.3: the imbalance, with [Phi] an antiderivative of [phi / phi']. *)
Definition nonlinear_imbalance (N d : nat) (Phi : R -> R) (X : nat -> nat -> R) (u : nat -> R) (v : R) : R :=
  2 * (∑ n < N, Phi (matrix_vector d X u n) / norm_sq d (X n)) - v * v.
