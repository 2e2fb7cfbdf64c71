(** Proposition E.5, equation (35): the imbalance at a global minimizer of the nonlinear model, for any activation
    and in closed form for tanh and the sigmoid. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  nonlinear_model.
Local Open Scope R_scope.

Section Minimizer.

Variables (N d : nat) (phi Phi : R -> R) (X : nat -> nat -> R) (y u : nat -> R) (v : R).
Hypothesis fits : forall n, (n < N)%nat -> nonlinear_residual d phi X y u v n = 0.
Hypothesis v_nonzero : v <> 0.

Lemma activation_at_minimizer n : (n < N)%nat -> phi (matrix_vector d X u n) = y n / v.
Proof.
  intros Hn; specialize (fits n Hn); unfold nonlinear_residual in fits.
  apply Rmult_eq_reg_l with v; [|assumption]; field_simplify; lra.
Qed.

(** Equation (35). *)
Theorem proposition_e_5 inverse :
  (forall x, inverse (phi x) = x) ->
  v * v + nonlinear_imbalance N d Phi X u v
  = 2 * ∑ n < N, Phi (inverse (y n / v)) / norm_sq d (X n).
Proof.
  intros Hinv; unfold nonlinear_imbalance.
  rewrite (Sum_ext N (fun n => Phi (inverse (y n / v)) / norm_sq d (X n))
             (fun n => Phi (matrix_vector d X u n) / norm_sq d (X n))); [ring|].
  intros n Hn; now rewrite <- activation_at_minimizer, Hinv.
Qed.

End Minimizer.

(** [tanh]: [Phi x = sinh^2 x / 2]. *)
Definition tanh_slope (x : R) : R := 1 / (cosh x * cosh x).
Definition tanh_Phi (x : R) : R := sinh x * sinh x / 2.

Lemma cosh_positive x : 0 < cosh x.
Proof. unfold cosh; pose proof (exp_pos x); pose proof (exp_pos (- x)); lra. Qed.

Lemma cosh_sinh x : cosh x * cosh x = 1 + sinh x * sinh x.
Proof.
  unfold cosh, sinh.
  assert (H : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  apply Rminus_diag_uniq.
  transitivity (exp x * exp (- x) - 1); [field|rewrite H; ring].
Qed.

Lemma derive_sinh (x : R) : is_derive sinh x (cosh x).
Proof. unfold sinh, cosh; auto_derive; [trivial|field]. Qed.

Lemma derive_cosh (x : R) : is_derive cosh x (sinh x).
Proof. unfold sinh, cosh; auto_derive; [trivial|field]. Qed.

Theorem tanh_derivative (x : R) : is_derive tanh x (tanh_slope x).
Proof.
  pose proof (cosh_positive x); pose proof (cosh_sinh x) as E; unfold tanh.
  eapply derive_value.
  - unfold Rdiv; apply derive_product; [apply derive_sinh|].
    apply derive_inverse; [apply derive_cosh|lra].
  - unfold tanh_slope; replace 1 with (cosh x * cosh x - sinh x * sinh x) by lra; field; lra.
Qed.

Theorem tanh_antiderivative (x : R) : is_derive tanh_Phi x (tanh x / tanh_slope x).
Proof.
  pose proof (cosh_positive x).
  apply derive_ext with (fun x => / 2 * (sinh x * sinh x)); [intros; unfold tanh_Phi; field|].
  eapply derive_value; [apply derive_scaled, derive_square, derive_sinh|].
  unfold tanh, tanh_slope; field; lra.
Qed.

Theorem tanh_closed_form N d X y u v :
  (forall n, (n < N)%nat -> nonlinear_residual d tanh X y u v n = 0) -> v <> 0 ->
  (forall n, (n < N)%nat -> Rabs (y n) < Rabs v) /\
  v * v + nonlinear_imbalance N d tanh_Phi X u v
  = ∑ n < N, / norm_sq d (X n) * (y n * y n / (v * v - y n * y n)).
Proof.
  intros Hfit Hv.
  assert (Ey : forall n, (n < N)%nat -> y n = v * tanh (matrix_vector d X u n))
    by (intros n Hn; specialize (Hfit n Hn); unfold nonlinear_residual in Hfit; lra).
  split.
  - intros n Hn; rewrite (Ey n Hn), Rabs_mult.
    rewrite <- (Rmult_1_r (Rabs v)) at 2; apply Rmult_lt_compat_l; [now apply Rabs_pos_lt|].
    set (a := matrix_vector d X u n); pose proof (cosh_positive a); pose proof (cosh_sinh a).
    rewrite <- (Rabs_pos_eq 1) by lra; apply Rsqr_lt_abs_0; unfold Rsqr, tanh.
    apply Rmult_lt_reg_r with (cosh a * cosh a); [nra|].
    replace (sinh a / cosh a * (sinh a / cosh a) * (cosh a * cosh a)) with (sinh a * sinh a) by (field; lra).
    lra.
  - unfold nonlinear_imbalance.
    rewrite (Sum_ext N (fun n => / norm_sq d (X n) * _)
               (fun n => 2 * (tanh_Phi (matrix_vector d X u n) / norm_sq d (X n)))).
    + rewrite Sum_scal_l; ring.
    + intros n Hn; rewrite (Ey n Hn); set (a := matrix_vector d X u n).
      pose proof (cosh_positive a); pose proof (cosh_sinh a) as E.
      replace (v * tanh a * (v * tanh a) / (v * v - v * tanh a * (v * tanh a))) with (sinh a * sinh a).
      * unfold tanh_Phi, Rdiv; set (i := / norm_sq d (X n)); field.
      * unfold tanh; replace (v * v - v * (sinh a / cosh a) * (v * (sinh a / cosh a)))
          with (v * v / (cosh a * cosh a)); [field; lra|].
        apply Rmult_eq_reg_r with (cosh a * cosh a); [|nra].
        transitivity (v * v); [field; lra|].
        transitivity (v * v * (cosh a * cosh a - sinh a * sinh a)); [rewrite E; ring|field; lra].
Qed.

(** The sigmoid: [Phi x = x + exp x]. *)
Definition sigmoid (x : R) : R := 1 / (1 + exp (- x)).
Definition sigmoid_slope (x : R) : R := sigmoid x * (1 - sigmoid x).
Definition sigmoid_Phi (x : R) : R := x + exp x.

Theorem sigmoid_derivative (x : R) : is_derive sigmoid x (sigmoid_slope x).
Proof.
  pose proof (exp_pos (- x)); unfold sigmoid_slope, sigmoid; auto_derive; [lra|field; lra].
Qed.

Theorem sigmoid_antiderivative (x : R) : is_derive sigmoid_Phi x (sigmoid x / sigmoid_slope x).
Proof.
  pose proof (exp_pos x); pose proof (exp_pos (- x)).
  assert (H1 : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  eapply derive_value.
  - unfold sigmoid_Phi; auto_derive; [trivial|reflexivity].
  - unfold sigmoid_slope, sigmoid.
    replace (exp (- x)) with (/ exp x) by (apply Rmult_eq_reg_l with (exp x); [field_simplify; lra|lra]).
    field; repeat split; lra.
Qed.

Theorem sigmoid_closed_form N d X y u v :
  (forall n, (n < N)%nat -> nonlinear_residual d sigmoid X y u v n = 0) -> v <> 0 ->
  (forall n, (n < N)%nat -> 0 < y n / v < 1) /\
  v * v + nonlinear_imbalance N d sigmoid_Phi X u v
  = 2 * ∑ n < N, / norm_sq d (X n) * (ln (y n / (v - y n)) + y n / (v - y n)).
Proof.
  intros Hfit Hv.
  assert (Ey : forall n, (n < N)%nat -> y n = v * sigmoid (matrix_vector d X u n))
    by (intros n Hn; specialize (Hfit n Hn); unfold nonlinear_residual in Hfit; lra).
  split.
  - intros n Hn; rewrite (Ey n Hn); set (a := matrix_vector d X u n); pose proof (exp_pos (- a)).
    replace (v * sigmoid a / v) with (/ (1 + exp (- a))) by (unfold sigmoid; field; lra).
    split; [apply Rinv_0_lt_compat; lra|].
    apply Rlt_le_trans with (/ 1); [apply Rinv_lt_contravar; lra|rewrite Rinv_1; lra].
  - unfold nonlinear_imbalance.
    rewrite (Sum_ext N (fun n => / norm_sq d (X n) * _)
               (fun n => sigmoid_Phi (matrix_vector d X u n) / norm_sq d (X n))); [ring|].
    intros n Hn; rewrite (Ey n Hn); set (a := matrix_vector d X u n).
    pose proof (exp_pos (- a)).
    replace (v * sigmoid a / (v - v * sigmoid a)) with (exp a).
    + rewrite ln_exp; unfold sigmoid_Phi, Rdiv; ring.
    + rewrite <- (Ropp_involutive a) at 1; rewrite exp_Ropp.
      unfold sigmoid; field; repeat split; try lra.
      replace (v * (1 + exp (- a)) - v) with (v * exp (- a)) by ring.
      apply Rmult_integral_contrapositive_currified; lra.
Qed.

(** No zero-loss point of the sigmoid model has labels of both signs. *)
Theorem sigmoid_needs_one_sign N d X y u v n n' :
  (forall k, (k < N)%nat -> nonlinear_residual d sigmoid X y u v k = 0) ->
  (n < N)%nat -> (n' < N)%nat -> ~ (0 < y n /\ y n' < 0).
Proof.
  intros Hfit Hn Hn' [Hp Hm].
  assert (Ey : forall n, (n < N)%nat -> y n = v * sigmoid (matrix_vector d X u n))
    by (intros k Hk; specialize (Hfit k Hk); unfold nonlinear_residual in Hfit; lra).
  assert (Hs : forall x, 0 < sigmoid x).
  { intros x; unfold sigmoid; pose proof (exp_pos (- x)); apply Rdiv_lt_0_compat; lra. }
  rewrite (Ey n Hn) in Hp; rewrite (Ey n' Hn') in Hm.
  pose proof (Hs (matrix_vector d X u n)); pose proof (Hs (matrix_vector d X u n')); nra.
Qed.
