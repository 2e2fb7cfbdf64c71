(** Equation (16): [V = (-C + sqrt (C^2 + 4 Q)) / 2] is the one positive root of [V^2 + C V - Q = 0], and it
    grows with [Q] and falls with [C]. *)

From Coq Require Import Reals Lra Lia.
Local Open Scope R_scope.

Definition minimizer_V (C Q : R) : R := (- C + sqrt (C * C + 4 * Q)) / 2.

Lemma discriminant_root C Q : 0 < Q -> sqrt (C * C + 4 * Q) * sqrt (C * C + 4 * Q) = C * C + 4 * Q.
Proof. intros; apply sqrt_sqrt; nra. Qed.

Lemma discriminant_exceeds C Q : 0 < Q -> Rabs C < sqrt (C * C + 4 * Q).
Proof.
  intros HQ; rewrite <- sqrt_Rsqr_abs; apply sqrt_lt_1; unfold Rsqr; nra.
Qed.

Theorem minimizer_V_positive C Q : 0 < Q -> 0 < minimizer_V C Q.
Proof.
  intros HQ; pose proof (discriminant_exceeds C Q HQ); pose proof (Rle_abs C).
  unfold minimizer_V; lra.
Qed.

Theorem minimizer_V_root C Q :
  0 < Q -> minimizer_V C Q * minimizer_V C Q + C * minimizer_V C Q - Q = 0.
Proof.
  intros HQ; pose proof (discriminant_root C Q HQ) as H.
  unfold minimizer_V; set (R := sqrt (C * C + 4 * Q)) in *; nra.
Qed.

Theorem minimizer_V_unique C Q V :
  0 < Q -> 0 < V -> V * V + C * V - Q = 0 -> V = minimizer_V C Q.
Proof.
  intros HQ HV H; pose proof (minimizer_V_root C Q HQ) as H'.
  pose proof (minimizer_V_positive C Q HQ) as HV'.
  set (W := minimizer_V C Q) in *.
  assert ((V - W) * (V * W + Q) = 0) as E.
  { replace C with (Q / V - V) in H' by (apply Rmult_eq_reg_r with V; [field_simplify; lra|lra]).
    apply Rmult_eq_reg_r with (/ V); [|apply Rinv_neq_0_compat; lra].
    transitivity (- (W * W + (Q / V - V) * W - Q)); [field; lra|lra]. }
  apply Rmult_integral in E; destruct E; nra.
Qed.

(** The inverse relation: the imbalance is a decreasing function of [V]. *)
Lemma minimizer_V_imbalance C Q : 0 < Q -> C = Q / minimizer_V C Q - minimizer_V C Q.
Proof.
  intros HQ; pose proof (minimizer_V_positive C Q HQ); pose proof (minimizer_V_root C Q HQ).
  apply Rmult_eq_reg_r with (minimizer_V C Q); [field_simplify; lra|lra].
Qed.

Theorem minimizer_V_increasing_in_Q C Q Q' : 0 < Q -> Q < Q' -> minimizer_V C Q < minimizer_V C Q'.
Proof.
  intros HQ HQQ; unfold minimizer_V.
  assert (sqrt (C * C + 4 * Q) < sqrt (C * C + 4 * Q')) by (apply sqrt_lt_1; nra). lra.
Qed.

Theorem minimizer_V_decreasing_in_C C C' Q : 0 < Q -> C < C' -> minimizer_V C' Q < minimizer_V C Q.
Proof.
  intros HQ HC.
  pose proof (minimizer_V_root C Q HQ); pose proof (minimizer_V_root C' Q HQ).
  pose proof (minimizer_V_positive C Q HQ); pose proof (minimizer_V_positive C' Q HQ).
  set (V := minimizer_V C Q) in *; set (V' := minimizer_V C' Q) in *.
  destruct (Rlt_or_le V' V) as [|Hle]; [assumption|exfalso].
  assert (C' * V' > C * V') by nra.
  assert (V' * V' + C * V' - Q < 0) by lra.
  assert (0 < V + C) by nra.
  assert (V * (V + C) <= V' * (V' + C)) by (apply Rmult_le_compat; lra).
  lra.
Qed.

Theorem minimizer_V_balanced Q : 0 < Q -> minimizer_V 0 Q = sqrt Q.
Proof.
  intros HQ; symmetry; apply minimizer_V_unique; [assumption|now apply sqrt_lt_R0|].
  rewrite sqrt_sqrt by lra; ring.
Qed.

(** The form without cancellation for [C > 0]. *)
Theorem minimizer_V_stable C Q : 0 < Q -> minimizer_V C Q = 2 * Q / (C + sqrt (C * C + 4 * Q)).
Proof.
  intros HQ; pose proof (discriminant_root C Q HQ) as H.
  pose proof (discriminant_exceeds C Q HQ); pose proof (Rle_abs (- C)); rewrite Rabs_Ropp in *.
  unfold minimizer_V; set (R := sqrt (C * C + 4 * Q)) in *.
  apply Rmult_eq_reg_r with (C + R); [|lra]. field_simplify; [|lra]. nra.
Qed.

(** Equations (23) and (24): the reciprocal. *)
Theorem minimizer_V_reciprocal C Q :
  0 < Q -> / minimizer_V C Q = (C + sqrt (C * C + 4 * Q)) / (2 * Q).
Proof.
  intros HQ; pose proof (discriminant_exceeds C Q HQ); pose proof (Rle_abs (- C)); rewrite Rabs_Ropp in *.
  rewrite minimizer_V_stable by assumption; field; lra.
Qed.
