(** The claims of prop-e.5-sigmoid: equation (35) in closed form for the sigmoid. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
From Kernel Require prop_e_5_sigmoid.
Local Open Scope R_scope.

Section Sample.

Variables (y v h : R).
Hypothesis second_layer : 0 < v ^ 2.
Hypothesis minimizer : y = v / (1 + exp (- h)).

Lemma layer_nonzero : v <> 0.
Proof. intros E; rewrite E in second_layer; lra. Qed.

Lemma share : y / v = / (1 + exp (- h)).
Proof. pose proof (exp_pos (- h)); rewrite minimizer; field; split; [lra|exact layer_nonzero]. Qed.

Lemma share_above_zero : 0 < y / v.
Proof. rewrite share; pose proof (exp_pos (- h)); apply Rinv_0_lt_compat; lra. Qed.

Lemma share_below_one : y / v < 1.
Proof. rewrite share, <- Rinv_1; pose proof (exp_pos (- h)); apply Rinv_lt_contravar; lra. Qed.

Lemma odds : y / v / (1 - y / v) = exp h.
Proof.
  rewrite share, exp_Ropp; pose proof (exp_pos h); field; split; [|split]; try lra.
Qed.

End Sample.

Theorem above_zero : prop_e_5_sigmoid.above_zero.
Proof. intros N d C v X s u y [] n Hn; now apply (share_above_zero _ v (∑ k < d, X n k * u k)), minimizer. Qed.

Theorem below_one : prop_e_5_sigmoid.below_one.
Proof. intros N d C v X s u y [] n Hn; now apply (share_below_one _ v (∑ k < d, X n k * u k)), minimizer. Qed.

Theorem term : prop_e_5_sigmoid.term.
Proof.
  intros N d C v X s u y H n Hn; pose proof (below_one _ _ _ _ _ _ _ _ H n Hn) as B; destruct H.
  pose proof (layer_nonzero v second_layer) as Hv.
  assert (v - y n <> 0) by (intros E; replace (y n) with v in B by lra; unfold Rdiv in B; rewrite Rinv_r in B by exact Hv; lra).
  field; repeat split; assumption.
Qed.

Theorem side : prop_e_5_sigmoid.side.
Proof.
  intros N d C v X s u y []; rewrite imbalance.
  rewrite (Sum_ext N (fun n => (y n / v / (1 - y n / v) + ln (y n / v / (1 - y n / v))) / s n ^ 2)
    (fun n => (exp (∑ k < d, X n k * u k) + (∑ k < d, X n k * u k)) / s n ^ 2)); [ring|].
  intros n Hn; rewrite (odds (y n) v (∑ k < d, X n k * u k) second_layer (minimizer n Hn)), ln_exp; reflexivity.
Qed.
