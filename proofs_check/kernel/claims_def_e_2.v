(** The claims of def-e.2: the identity, tanh and the sigmoid are activations. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
From Kernel Require def_e_2.
Local Open Scope R_scope.

Lemma exp_opposite x : exp (- x) = / exp x.
Proof. apply exp_Ropp. Qed.

Ltac exponentials x := pose proof (exp_pos x) as P; pose proof (exp_opposite x) as O;
  set (a := exp x) in *; assert (0 < a * a) by (apply Rmult_lt_0_compat; assumption).

Theorem linear_model : def_e_2.linear_model.
Proof. intros N d X u v x _ n Hn; reflexivity. Qed.

Theorem identity_antiderivative : def_e_2.identity_antiderivative.
Proof. intros N d X u v x _; auto_derive; [trivial|field]. Qed.

Theorem tanh_slope : def_e_2.tanh_slope.
Proof.
  intros N d X u v x _; pose proof (exp_pos x); pose proof (exp_pos (- x)); auto_derive; [lra|field; lra].
Qed.

Lemma tanh_square x : 1 - ((exp x - exp (- x)) / (exp x + exp (- x))) ^ 2 = 4 / (exp x + exp (- x)) ^ 2.
Proof. exponentials x; rewrite O; field; nra. Qed.

Theorem tanh_rises : def_e_2.tanh_rises.
Proof.
  intros N d X u v x _; rewrite tanh_square; pose proof (exp_pos x); pose proof (exp_pos (- x)).
  apply Rdiv_lt_0_compat; [lra|apply pow_lt; lra].
Qed.

Theorem tanh_antiderivative : def_e_2.tanh_antiderivative.
Proof.
  intros N d X u v x _; rewrite tanh_square; pose proof (exp_pos x); pose proof (exp_pos (- x)).
  auto_derive; [trivial|field; lra].
Qed.

Theorem tanh_of_value : def_e_2.tanh_of_value.
Proof.
  intros N d X u v x _; rewrite tanh_square; pose proof (exp_pos x); pose proof (exp_pos (- x)); field; lra.
Qed.

Theorem sigmoid_slope : def_e_2.sigmoid_slope.
Proof. intros N d X u v x _; pose proof (exp_pos (- x)); auto_derive; [lra|field; lra]. Qed.

Theorem sigmoid_rises : def_e_2.sigmoid_rises.
Proof.
  intros N d X u v x _; pose proof (exp_pos (- x)); apply Rdiv_lt_0_compat; [assumption|apply pow_lt; lra].
Qed.

Theorem sigmoid_antiderivative : def_e_2.sigmoid_antiderivative.
Proof.
  intros N d X u v x _; auto_derive; [trivial|]; exponentials x; rewrite O; field; lra.
Qed.

Theorem sigmoid_of_value : def_e_2.sigmoid_of_value.
Proof.
  intros N d X u v x _.
  replace (1 / (1 - 1 / (1 + exp (- x))) / (1 + exp (- x))) with (exp x).
  - rewrite ln_exp; ring.
  - exponentials x; rewrite O; field; split; nra.
Qed.
