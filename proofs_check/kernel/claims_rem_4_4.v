(** The claims of rem-4.4, as joint claims: how the bounds of Theorem 4.3 move with singular value, difficulty and
    imbalance. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums equation_16 language_of_statements claims_eq_17.
From Kernel Require rem_4_4.
Local Open Scope R_scope.

(** The bound [s V + b / V], and that it rises with [V] above [s V^2 = b]. *)
Definition bound (s b V : R) : R := s * V + b / V.

Lemma bound_rises s b V V' : 0 <= s -> 0 < V -> V <= V' -> b <= s * (V * V) -> bound s b V <= bound s b V'.
Proof.
  intros Hs HV H Hb; unfold bound.
  assert (E : s * V' + b / V' - (s * V + b / V) = (V' - V) * (s * (V * V') - b) * / (V * V')) by (field; lra).
  assert (s * (V * V) <= s * (V * V')) by (apply Rmult_le_compat_l; [assumption|apply Rmult_le_compat_l; lra]).
  assert (0 <= (V' - V) * (s * (V * V') - b) * / (V * V')).
  { apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply Rlt_le, Rinv_0_lt_compat; nra]. }
  lra.
Qed.

Lemma bound_rises_strictly s b V V' : 0 < s -> 0 < V -> V < V' -> b <= s * (V * V) -> bound s b V < bound s b V'.
Proof.
  intros Hs HV H Hb; unfold bound.
  assert (E : s * V' + b / V' - (s * V + b / V) = (V' - V) * (s * (V * V') - b) * / (V * V')) by (field; lra).
  assert (s * (V * V) < s * (V * V')) by (apply Rmult_lt_compat_l; [assumption|apply Rmult_lt_compat_l; lra]).
  assert (0 < (V' - V) * (s * (V * V') - b) * / (V * V')).
  { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|apply Rinv_0_lt_compat; nra]. }
  lra.
Qed.

Lemma inverse_root x : 0 < x -> real_power x (- (1 / 2)) = / sqrt x.
Proof.
  intros H; rewrite real_power_positive, Rpower_Ropp by assumption; f_equal.
  replace (1 / 2) with (/ 2) by field; now apply Rpower_sqrt.
Qed.

Section Remark.

Variables (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R).
Hypothesis given : rem_4_4.hypotheses r r' C C' C_0 C_a C_b N a d d' s s'.

Let Q := ∑ i < r, d i ^ 2 / s i ^ 2.
Let Q' := ∑ i < r', d' i ^ 2 / s' i ^ 2.
Let Y := ∑ i < r, d i ^ 2.
Let K := sqrt Y.
Let s1 := s 0%nat.
Let T := real_power Y (- (1 / 2)) * (∑ i < r, d i ^ 2 * (s i + s1) * (s1 - s i) / s i ^ 2) / s1.

Lemma s1_positive : 0 < s1.
Proof. destruct given; now apply domain_of_s. Qed.

Lemma labels_below_difficulty : Y <= s1 ^ 2 * Q.
Proof.
  unfold Y, Q, s1; destruct given; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi.
  pose proof (domain_of_s i Hi); pose proof (sorted i Hi); pose proof (pow2_ge_0 (d i)).
  assert (0 < / s i ^ 2) by (apply Rinv_0_lt_compat, pow_lt; assumption).
  replace (d i ^ 2) with (s i ^ 2 * (d i ^ 2 / s i ^ 2)) at 1 by (field; lra).
  apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|apply pow_incr; lra].
Qed.

Lemma Y_positive : 0 < Y.
Proof. destruct given; assumption. Qed.

Lemma Q_positive : 0 < Q.
Proof.
  pose proof labels_below_difficulty as B; pose proof Y_positive; pose proof (pow_lt s1 2 s1_positive).
  apply Rnot_le_lt; intros L; assert (s1 ^ 2 * Q <= 0) by nra; lra.
Qed.

Lemma Q_order : Q <= Q'.
Proof. destruct given; assumption. Qed.

Lemma K_positive : 0 < K.
Proof. apply sqrt_lt_R0, Y_positive. Qed.

Lemma K_square : K * K = Y.
Proof. apply sqrt_sqrt, Rlt_le, Y_positive. Qed.

Lemma threshold_value : T = s1 * Q / K - K / s1.
Proof.
  pose proof s1_positive; pose proof K_positive as HK; pose proof K_square as EK.
  unfold T; rewrite inverse_root by apply Y_positive; fold K.
  rewrite (Sum_ext r _ (fun i => s1 ^ 2 * (d i ^ 2 / s i ^ 2) + (-1) * d i ^ 2)).
  - rewrite Sum_plus, !Sum_scal_l; fold Q Y; rewrite <- EK; field; lra.
  - intros i Hi; destruct given; pose proof (domain_of_s i Hi); field; lra.
Qed.

Lemma first_label_below : d 0%nat ^ 2 <= Y.
Proof. unfold Y; destruct given; apply (Sum_term_le r (fun i => d i ^ 2)); [intros; apply pow2_ge_0|assumption]. Qed.

Let V := minimizer_V C Q.
Let V' := minimizer_V C' Q'.
Let V_0 := minimizer_V C_0 Q.

Lemma V_positive : 0 < V.
Proof. apply minimizer_V_positive, Q_positive. Qed.

(** Below the threshold [V] is at least [|y| / s_1]. *)
Lemma V_above_level : Y <= s1 ^ 2 * (V * V).
Proof.
  pose proof V_positive as HV; pose proof Q_positive as HQ; pose proof s1_positive as Hs; pose proof K_positive as HK.
  pose proof (minimizer_V_imbalance C Q HQ) as EC; fold V in EC.
  assert (L : C <= s1 * Q / K - K / s1) by (rewrite <- threshold_value; destruct given; assumption).
  assert (G : 0 <= (s1 * V - K) * (s1 * Q + K * V) * / (s1 * (K * V))).
  { replace ((s1 * V - K) * (s1 * Q + K * V) * / (s1 * (K * V))) with (s1 * Q / K - K / s1 - (Q / V - V)) by (field; repeat split; lra).
    rewrite <- EC; lra. }
  assert (K <= s1 * V).
  { apply Rnot_lt_le; intros B.
    assert (P : 0 < (s1 * Q + K * V) * / (s1 * (K * V))).
    { apply Rmult_lt_0_compat; [|apply Rinv_0_lt_compat; exact (Rmult_lt_0_compat _ _ Hs (Rmult_lt_0_compat _ _ HK HV))].
      exact (Rplus_lt_0_compat _ _ (Rmult_lt_0_compat _ _ Hs HQ) (Rmult_lt_0_compat _ _ HK HV)). }
    rewrite Rmult_assoc in G; nra. }
  rewrite <- K_square; replace (s1 ^ 2 * (V * V)) with ((s1 * V) * (s1 * V)) by ring; apply Rmult_le_compat; lra.
Qed.

Lemma V_order : V <= V'.
Proof.
  pose proof Q_positive as HQ; pose proof Q_order as HQ'; unfold V, V'.
  apply Rle_trans with (minimizer_V C' Q).
  - destruct given; destruct (Req_dec C' C) as [->|H]; [lra|].
    apply Rlt_le, minimizer_V_decreasing_in_C; [assumption|lra].
  - destruct (Req_dec Q Q') as [<-|H]; [lra|]; apply Rlt_le, minimizer_V_increasing_in_Q; lra.
Qed.

Lemma V_below_smaller : V < V_0.
Proof. apply minimizer_V_decreasing_in_C; [apply Q_positive|destruct given; assumption]. Qed.

Lemma joint_bound b : 0 <= b -> b <= Y -> bound (s1 ^ 2) b V <= bound (s' 0%nat ^ 2) b V'.
Proof.
  intros Hb HB; pose proof V_order; pose proof V_positive; pose proof V_above_level; pose proof s1_positive.
  apply Rle_trans with (bound (s1 ^ 2) b V').
  - apply bound_rises; [apply pow2_ge_0|assumption|assumption|lra].
  - unfold bound; apply Rplus_le_compat_r, Rmult_le_compat_r; [lra|]; apply pow_incr.
    destruct given; split; [lra|exact singular_order].
Qed.

Lemma falling_bound b : b <= Y -> bound (s1 ^ 2) b V < bound (s1 ^ 2) b V_0.
Proof.
  intros HB; apply bound_rises_strictly; [apply pow_lt, s1_positive|exact V_positive|exact V_below_smaller|].
  pose proof V_above_level; lra.
Qed.

Lemma further_bound : bound (s1 ^ 2) (d 0%nat ^ 2) (minimizer_V C_b Q) < bound (s1 ^ 2) (d 0%nat ^ 2) (minimizer_V C_a Q).
Proof.
  pose proof Q_positive as HQ; pose proof s1_positive as Hs; pose proof (minimizer_V_positive C_b Q HQ) as HV.
  pose proof (minimizer_V_imbalance C_b Q HQ) as EC; set (W := minimizer_V C_b Q) in *.
  destruct given; fold Q s1 in below_first_threshold.
  apply bound_rises_strictly; [now apply pow_lt|assumption|now apply minimizer_V_decreasing_in_C|].
  assert (G : 0 <= (s1 * W - a) * ((s1 * Q + a * W) * / (s1 * W))).
  { replace ((s1 * W - a) * ((s1 * Q + a * W) * / (s1 * W))) with (s1 * Q - a ^ 2 / s1 - (Q / W - W) * a) by (field; repeat split; lra).
    rewrite <- EC; lra. }
  assert (P : 0 < (s1 * Q + a * W) * / (s1 * W)).
  { apply Rmult_lt_0_compat; [|apply Rinv_0_lt_compat; now apply Rmult_lt_0_compat].
    assert (0 < s1 * Q) by now apply Rmult_lt_0_compat.
    assert (0 <= a * W) by (apply Rmult_le_pos; lra); lra. }
  assert (a <= s1 * W) by (apply Rnot_lt_le; intros B; nra).
  rewrite <- first_label; replace (s1 ^ 2 * (W * W)) with ((s1 * W) ^ 2) by ring; apply pow_incr; lra.
Qed.

Lemma samples_positive : 0 < N.
Proof. destruct given; lra. Qed.

Lemma printed_bound c b q : 0 < q -> forall t,
  (b * (c / 2 + sqrt (c ^ 2 + 4 * q) / 2) / q + t * (sqrt (c ^ 2 + 4 * q) / 2 - c / 2)) / N
  = bound t b (minimizer_V c q) / N.
Proof.
  intros Hq t; unfold bound; rewrite root_of_minimizer.
  replace (b * (c / 2 + sqrt (c ^ 2 + 4 * q) / 2) / q) with (b * ((c / 2 + sqrt (c ^ 2 + 4 * q) / 2) / q)) by (unfold Rdiv; ring).
  rewrite inverse_of_root by assumption; unfold Rdiv; ring.
Qed.

Lemma compare x y : x <= y -> x / N <= y / N.
Proof. intros H; apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, samples_positive|assumption]. Qed.

Lemma compare_strictly x y : x < y -> x / N < y / N.
Proof. intros H; apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, samples_positive|assumption]. Qed.

End Remark.

Ltac remark H := let Q := fresh in pose proof (Q_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H) as Q;
  let Q' := fresh in pose proof (Q_order _ _ _ _ _ _ _ _ _ _ _ _ _ H) as Q'.

Theorem threshold : rem_4_4.threshold.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; rewrite (threshold_value _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite inverse_root by exact (Y_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H); unfold Rdiv; ring.
Qed.

Theorem equivalence : rem_4_4.equivalence.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; rewrite (threshold_value _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (Q_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H) as HQ; pose proof (s1_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H) as Hs.
  pose proof (K_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H) as HK.
  set (Q := ∑ i < r, d i ^ 2 / s i ^ 2) in *; set (K := sqrt (∑ i < r, d i ^ 2)) in *.
  assert (S : sqrt (C ^ 2 + 4 * Q) * sqrt (C ^ 2 + 4 * Q) = C ^ 2 + 4 * Q).
  { apply sqrt_sqrt; pose proof (pow2_ge_0 C); lra. }
  set (R := sqrt (C ^ 2 + 4 * Q)) in *.
  replace ((R / 2 - K / s 0%nat - C / 2) * (C / 2 + R / 2 + K / s 0%nat))
    with ((R * R - C ^ 2) / 4 - C * (K / s 0%nat) - (K / s 0%nat) ^ 2) by (field; lra).
  rewrite S; field; lra.
Qed.

Theorem positive_level : rem_4_4.positive_level.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; apply Rdiv_lt_0_compat;
    [exact (K_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H)|exact (s1_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H)].
Qed.

Theorem positive_factor : rem_4_4.positive_factor.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; pose proof (positive_level _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (minimizer_V_positive (- C) _ (Q_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H)) as P; unfold minimizer_V in P.
  replace (- C * - C) with (C ^ 2) in P by ring; lra.
Qed.

Theorem weight : rem_4_4.weight.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; rewrite !root_of_minimizer; exact (V_order _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem lower : rem_4_4.lower.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; remark H; rewrite !printed_bound by lra.
  apply (compare _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  replace (d' 0%nat ^ 2) with (d 0%nat ^ 2) by (destruct H; now rewrite same_first_label).
  apply (joint_bound _ _ _ _ _ _ _ _ _ _ _ _ _ H); [apply pow2_ge_0|exact (first_label_below _ _ _ _ _ _ _ _ _ _ _ _ _ H)].
Qed.

Theorem upper : rem_4_4.upper.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; remark H.
  pose proof (Y_positive _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  replace (∑ b < r', d' b ^ 2) with (∑ i < r, d i ^ 2) by (destruct H; now rewrite same_label_norm).
  pose proof (joint_bound _ _ _ _ _ _ _ _ _ _ _ _ _ H (∑ i < r, d i ^ 2) ltac:(lra) (Rle_refl _)) as J.
  apply (compare _ _ _ _ _ _ _ _ _ _ _ _ _ H) in J; rewrite <- !(printed_bound N) in J by lra.
  unfold Rdiv in *; lra.
Qed.

Theorem lower_falls : rem_4_4.lower_falls.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; remark H; rewrite !printed_bound by lra.
  apply (compare_strictly _ _ _ _ _ _ _ _ _ _ _ _ _ H), (falling_bound _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  exact (first_label_below _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem upper_falls : rem_4_4.upper_falls.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; remark H.
  pose proof (falling_bound _ _ _ _ _ _ _ _ _ _ _ _ _ H (∑ i < r, d i ^ 2) (Rle_refl _)) as J.
  apply (compare_strictly _ _ _ _ _ _ _ _ _ _ _ _ _ H) in J; rewrite <- !(printed_bound N) in J by lra.
  unfold Rdiv in *; lra.
Qed.

Theorem lower_falls_further : rem_4_4.lower_falls_further.
Proof.
  intros r r' C C' C_0 C_a C_b N a d d' s s' H; remark H; rewrite !printed_bound by lra.
  apply (compare_strictly _ _ _ _ _ _ _ _ _ _ _ _ _ H), (further_bound _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.
