(** The hypotheses of Appendix E hold on two orthogonal samples, at a resting solution of the flow, for tanh and the
    sigmoid. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  nonlinear_model proposition_e_5 concrete_data.
Import ListNotations.
Local Open Scope R_scope.

(** Samples (3, 4) and (-8, 6), of squared norms 25 and 100. *)
Definition orthogonal_X := mat [[3; 4]; [-8; 6]].

Example orthogonal_example : orthogonal_samples 2 2 orthogonal_X.
Proof.
  split.
  - intros i k Hi Hk Hne; unfold orthogonal_X.
    destruct i as [|[|i]], k as [|[|k]]; try lia; compute_sums; ring.
  - unfold orthogonal_X; apply (below 2 (fun i => 0 < _)); cbn [all_below]; concrete.
Qed.

(** Labels that the weights [u], [v] fit. *)
Definition fitted_y (phi : R -> R) (u : nat -> R) (v : R) (n : nat) : R :=
  v * phi (matrix_vector 2 orthogonal_X u n).

Lemma fitted_residual phi u v n : nonlinear_residual 2 phi orthogonal_X (fitted_y phi u v) u v n = 0.
Proof. unfold nonlinear_residual, fitted_y; ring. Qed.

Example resting_flow phi slope u v :
  nonlinear_flow 2 2 phi slope orthogonal_X (fitted_y phi u v) (fun _ => u) (fun _ => v).
Proof.
  split.
  - intros t j _ _; eapply derive_value; [apply derive_constant|].
    unfold nonlinear_gradient_u.
    rewrite (Sum_ext 2 _ (fun _ => 0)) by (intros; rewrite fitted_residual; ring); rewrite Sum_zero; ring.
  - intros t _; eapply derive_value; [apply derive_constant|].
    unfold nonlinear_gradient_v.
    rewrite (Sum_ext 2 _ (fun _ => 0)) by (intros; rewrite fitted_residual; ring); rewrite Sum_zero; ring.
  - intros; apply filterlim_const.
  - apply filterlim_const.
Qed.

Example tanh_slope_nonzero x : tanh_slope x <> 0.
Proof.
  unfold tanh_slope; pose proof (cosh_positive x); apply Rgt_not_eq, Rdiv_lt_0_compat; nra.
Qed.

Example sigmoid_slope_nonzero x : sigmoid_slope x <> 0.
Proof.
  unfold sigmoid_slope, sigmoid; pose proof (exp_pos (- x)) as H.
  replace (1 / (1 + exp (- x)) * (1 - 1 / (1 + exp (- x))))
    with (exp (- x) / ((1 + exp (- x)) * (1 + exp (- x)))) by (field; lra).
  apply Rgt_not_eq, Rdiv_lt_0_compat; nra.
Qed.

(** Equation (35) applies to a non-zero second weight. *)
Example tanh_closed_form_not_vacuous (u : nat -> R) :
  (forall n, (n < 2)%nat -> nonlinear_residual 2 tanh orthogonal_X (fitted_y tanh u 2) u 2 n = 0) /\ (2 <> 0).
Proof. split; [intros; apply fitted_residual|lra]. Qed.
