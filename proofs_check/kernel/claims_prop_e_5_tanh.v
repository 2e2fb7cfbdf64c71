(** The claims of prop-e.5-tanh: equation (35) in closed form for tanh. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
From Kernel Require prop_e_5_tanh.
Local Open Scope R_scope.

Section Sample.

Variables (y v h : R).
Hypothesis second_layer : 0 < v ^ 2.
Hypothesis minimizer : y = v * (exp h - exp (- h)) / (exp (- h) + exp h).

Lemma layer_nonzero : v <> 0.
Proof. intros E; rewrite E in second_layer; lra. Qed.

Lemma label_gap : v ^ 2 - y ^ 2 = v ^ 2 * (4 / (exp (- h) + exp h) ^ 2).
Proof.
  rewrite minimizer, exp_Ropp; pose proof (exp_pos h) as P; pose proof (Rmult_lt_0_compat _ _ P P).
  field; repeat split; lra.
Qed.

Lemma label_below : y ^ 2 < v ^ 2.
Proof.
  pose proof label_gap as E; pose proof (exp_pos h); pose proof (exp_pos (- h)).
  assert (0 < v ^ 2 * (4 / (exp (- h) + exp h) ^ 2)).
  { apply Rmult_lt_0_compat; [assumption|]; apply Rdiv_lt_0_compat; [lra|apply pow_lt; lra]. }
  lra.
Qed.

Lemma half_square : y ^ 2 / v ^ 2 / (1 - y ^ 2 / v ^ 2) = (exp h / 2 - exp (- h) / 2) ^ 2.
Proof.
  pose proof label_below; pose proof layer_nonzero.
  transitivity (y ^ 2 / (v ^ 2 - y ^ 2)); [field; repeat split; try assumption; lra|].
  rewrite label_gap, minimizer; pose proof (exp_pos h); pose proof (exp_pos (- h)); field.
  repeat split; try assumption; lra.
Qed.

End Sample.

Theorem domain : prop_e_5_tanh.domain.
Proof. intros N d C v X s u y [] n Hn; now apply (label_below _ v (∑ k < d, X n k * u k)), minimizer. Qed.

Theorem term : prop_e_5_tanh.term.
Proof.
  intros N d C v X s u y H n Hn; pose proof (domain _ _ _ _ _ _ _ _ H n Hn); destruct H.
  pose proof (layer_nonzero v second_layer); field; repeat split; try assumption; lra.
Qed.

Theorem side : prop_e_5_tanh.side.
Proof.
  intros N d C v X s u y H; pose proof (domain _ _ _ _ _ _ _ _ H) as B; destruct H; rewrite imbalance.
  rewrite (Sum_ext N (fun n => y n ^ 2 / s n ^ 2 / v ^ 2 / (1 - y n ^ 2 / v ^ 2) / 2)
    (fun n => (exp (∑ k < d, X n k * u k) / 2 - exp (- (∑ k < d, X n k * u k)) / 2) ^ 2 / s n ^ 2 / 2)); [ring|].
  intros n Hn; rewrite <- (half_square (y n) v _ second_layer (minimizer n Hn)).
  specialize (B n Hn); pose proof (domain_of_s n Hn); pose proof (layer_nonzero v second_layer); field.
  repeat split; try assumption; lra.
Qed.
