(** Remark 4.4 and the threshold [T_1]: below it both bounds of Theorem 4.3 rise with [s_1] and [Q] and fall
    with [C]. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products equation_16 theorem_4_3.
Local Open Scope R_scope.

(** [T_1 = Q s_1 / |y| - |y| / s_1]. *)
Definition threshold (Q s1 norm_y : R) : R := Q * s1 / norm_y - norm_y / s1.

Theorem threshold_equivalence C Q s1 norm_y :
  0 < Q -> 0 < s1 -> 0 < norm_y ->
  (norm_y / s1 < minimizer_V C Q <-> C < threshold Q s1 norm_y).
Proof.
  intros HQ Hs Hy; unfold threshold.
  pose proof (minimizer_V_positive C Q HQ) as HV; pose proof (minimizer_V_imbalance C Q HQ) as EC.
  set (V := minimizer_V C Q) in *; set (k := norm_y / s1).
  assert (Hk : 0 < k) by (unfold k; apply Rdiv_lt_0_compat; assumption).
  replace (Q * s1 / norm_y) with (Q / k) by (unfold k; field; lra).
  split; intros H.
  - rewrite EC.
    assert (/ V < / k) by (apply Rinv_lt_contravar; [nra|assumption]).
    unfold Rdiv; nra.
  - destruct (Rlt_or_le k V) as [|Hle]; [assumption|exfalso].
    assert (/ k <= / V) by (apply Rinv_le_contravar; assumption).
    rewrite EC in H; unfold Rdiv in H; nra.
Qed.

(** A bound [(s1^2 V + l / V) / N] increases in [V] once [s1^2 V^2 >= l]. *)
Lemma sharpness_bound_increasing N s1 l V V' :
  (0 < N)%nat -> 0 <= l -> 0 < V -> l <= s1 * s1 * (V * V) -> 0 < s1 -> V < V' ->
  sharpness_bound N s1 V l < sharpness_bound N s1 V' l.
Proof.
  intros HN Hl HV Hs Hs1 HVV; unfold sharpness_bound, Rdiv.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, lt_0_INR; lia|].
  assert (E : s1 * s1 * V' + l * / V' - (s1 * s1 * V + l * / V)
              = (V' - V) * (s1 * s1 * (V * V') - l) * / (V * V')) by (field; lra).
  assert (0 < (V' - V) * (s1 * s1 * (V * V') - l) * / (V * V')).
  { apply Rmult_lt_0_compat; [|apply Rinv_0_lt_compat; nra].
    apply Rmult_lt_0_compat; [lra|]. assert (V * V < V * V') by nra.
    assert (s1 * s1 * (V * V) < s1 * s1 * (V * V')) by (apply Rmult_lt_compat_l; nra). lra. }
  lra.
Qed.

Section Remark.

Variables (N : nat) (s1 norm_y label_sq : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis s1_positive : 0 < s1.
Hypothesis norm_y_positive : 0 < norm_y.

(** [label_sq] is [d_1^2] for the lower bound and [|y|^2] for the upper. *)
Hypothesis label_bound : 0 <= label_sq <= norm_y * norm_y.

Lemma threshold_condition C Q :
  0 < Q -> C < threshold Q s1 norm_y ->
  label_sq <= s1 * s1 * (minimizer_V C Q * minimizer_V C Q).
Proof.
  intros HQ HC; apply (threshold_equivalence C Q s1 norm_y) in HC; try assumption.
  pose proof (minimizer_V_positive C Q HQ); set (V := minimizer_V C Q) in *.
  assert (norm_y < s1 * V).
  { apply Rmult_lt_reg_r with (/ s1); [now apply Rinv_0_lt_compat|].
    replace (s1 * V * / s1) with V by (field; lra); exact HC. }
  nra.
Qed.

Theorem bounds_fall_with_imbalance C C' Q :
  0 < Q -> C < C' -> C' < threshold Q s1 norm_y ->
  sharpness_bound N s1 (minimizer_V C' Q) label_sq < sharpness_bound N s1 (minimizer_V C Q) label_sq.
Proof.
  intros HQ HC HT; apply sharpness_bound_increasing; try assumption; try lra.
  - now apply minimizer_V_positive.
  - now apply threshold_condition.
  - now apply minimizer_V_decreasing_in_C.
Qed.

Theorem bounds_rise_with_difficulty C Q Q' :
  0 < Q -> Q < Q' -> C < threshold Q s1 norm_y ->
  sharpness_bound N s1 (minimizer_V C Q) label_sq < sharpness_bound N s1 (minimizer_V C Q') label_sq.
Proof.
  intros HQ HQQ HT; apply sharpness_bound_increasing; try assumption; try lra.
  - now apply minimizer_V_positive.
  - now apply threshold_condition.
  - now apply minimizer_V_increasing_in_Q.
Qed.

Theorem bounds_rise_with_singular_value s1' C Q :
  0 < Q -> s1 < s1' ->
  sharpness_bound N s1 (minimizer_V C Q) label_sq < sharpness_bound N s1' (minimizer_V C Q) label_sq.
Proof.
  intros HQ Hs; unfold sharpness_bound, Rdiv.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, lt_0_INR; lia|].
  pose proof (minimizer_V_positive C Q HQ); assert (s1 * s1 < s1' * s1') by nra.
  apply Rplus_lt_compat_r, Rmult_lt_compat_r; assumption.
Qed.

End Remark.
