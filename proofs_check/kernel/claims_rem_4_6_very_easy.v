(** The claims of rem-4.6-very-easy: where Q is below (D / (D + 1))^(D (D + 1)) one more layer lowers both bounds. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums language_of_statements layer_added.
From Kernel Require rem_4_6_very_easy.
Local Open Scope R_scope.

Lemma lowered r D N t d s b : rem_4_6_very_easy.hypotheses r D N t d s ->
  let Q := ∑ i < r, d i ^ 2 / s i ^ 2 in
  0 <= b -> b <= s 0%nat ^ 2 * Q ->
  (s 0%nat ^ 2 * real_power Q (D / (1 + D)) + D * b * real_power Q (- (1 / (1 + D)))) / N
  < (s 0%nat ^ 2 * real_power Q ((D - 1) / D) + (D - 1) * b * real_power Q (- (1 / D))) / N.
Proof.
  intros [] Q Hb HB; fold Q in nonzero_labels, root, very_easy.
  rewrite (deep_first D t Q), (shallow_first D t Q), (deep_label D t Q), (shallow_label D t Q) by assumption.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra|]; apply (deep_below D t Q); try assumption.
  assert (P : 0 < D / (1 + D)) by (apply Rdiv_lt_0_compat; lra).
  pose proof (root_below D t Q depth domain_of_t root (D / (1 + D)) P very_easy) as Ht.
  assert (Ht' : t * (1 + D) < D).
  { apply Rmult_lt_reg_r with (/ (1 + D)); [apply Rinv_0_lt_compat; lra|].
    replace (t * (1 + D) * / (1 + D)) with t by (field; lra); exact Ht. }
  pose proof (pow_lt (s 0%nat) 2 (domain_of_s 0%nat size_r)) as Hs.
  assert (HQ : 0 < s 0%nat ^ 2 * Q) by (apply Rmult_lt_0_compat; assumption).
  set (a := s 0%nat ^ 2 * Q) in *.
  destruct (Rle_or_lt 0 (D * t - (D - 1))) as [G|G].
  - assert (b * (D * t - (D - 1)) <= a * (D * t - (D - 1))) by now apply Rmult_le_compat_r.
    assert (0 < a * (D - t * (1 + D))) by (apply Rmult_lt_0_compat; lra); lra.
  - assert (0 <= b * (D - 1 - D * t)) by (apply Rmult_le_pos; lra).
    assert (0 < a * (1 - t)); [apply Rmult_lt_0_compat; nra|lra].
Qed.

Lemma first_label r D N t d s : rem_4_6_very_easy.hypotheses r D N t d s ->
  (∑ i < r, d i ^ 2) <= s 0%nat ^ 2 * (∑ i < r, d i ^ 2 / s i ^ 2).
Proof.
  intros []; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi.
  pose proof (domain_of_s i Hi); pose proof (descending i Hi); pose proof (pow2_ge_0 (d i)).
  assert (P : 0 < / s i ^ 2) by (apply Rinv_0_lt_compat, pow_lt; assumption).
  replace (d i ^ 2) with (s i ^ 2 * (d i ^ 2 / s i ^ 2)) at 1 by (field; lra).
  apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|apply pow_incr; lra].
Qed.

Theorem upper : rem_4_6_very_easy.upper.
Proof.
  intros r D N t d s H.
  assert (P : 0 <= ∑ i < r, d i ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  pose proof (lowered r D N t d s _ H P (first_label r D N t d s H)) as E; unfold Rdiv in *; lra.
Qed.

Theorem lower : rem_4_6_very_easy.lower.
Proof.
  intros r D N t d s H.
  assert (L : d 0%nat ^ 2 <= ∑ i < r, d i ^ 2).
  { destruct H; apply (Sum_term_le r (fun i => d i ^ 2)); [intros; apply pow2_ge_0|assumption]. }
  pose proof (first_label r D N t d s H).
  pose proof (lowered r D N t d s (d 0%nat ^ 2) H (pow2_ge_0 _) ltac:(lra)) as E; unfold Rdiv in *; lra.
Qed.
