(** The claims of rem-4.6-hard: above Q = 1 one more layer raises both bounds. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums language_of_statements layer_added.
From Kernel Require rem_4_6_hard.
Local Open Scope R_scope.

Lemma raised r D N t d s b : rem_4_6_hard.hypotheses r D N t d s -> 0 <= b ->
  let Q := ∑ i < r, d i ^ 2 / s i ^ 2 in
  (s 0%nat ^ 2 * real_power Q ((D - 1) / D) + (D - 1) * b * real_power Q (- (1 / D))) / N
  < (s 0%nat ^ 2 * real_power Q (D / (1 + D)) + D * b * real_power Q (- (1 / (1 + D)))) / N.
Proof.
  intros [] Hb Q; fold Q in nonzero_labels, root, difficult.
  rewrite (deep_first D t Q), (shallow_first D t Q), (deep_label D t Q), (shallow_label D t Q) by assumption.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra|]; apply (deep_above D t Q); try assumption.
  pose proof (root_above_one D t Q depth domain_of_t root difficult) as Ht.
  pose proof (pow_lt (s 0%nat) 2 (domain_of_s 0%nat size_r)).
  assert (0 < s 0%nat ^ 2 * Q * (t - 1)) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  assert (0 <= b * (D * t - (D - 1))) by (apply Rmult_le_pos; nra); lra.
Qed.

Theorem first_term : rem_4_6_hard.first_term.
Proof.
  intros r D N t d s H; pose proof (raised r D N t d s 0 H (Rle_refl 0)) as E; simpl in E.
  rewrite !Rmult_0_r, !Rmult_0_l, !Rplus_0_r in E; exact E.
Qed.

Theorem lower : rem_4_6_hard.lower.
Proof.
  intros r D N t d s H; pose proof (raised r D N t d s (d 0%nat ^ 2) H (pow2_ge_0 _)) as E.
  unfold Rdiv in *; lra.
Qed.

Theorem upper : rem_4_6_hard.upper.
Proof.
  intros r D N t d s H.
  assert (P : 0 <= ∑ i < r, d i ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  pose proof (raised r D N t d s _ H P) as E; unfold Rdiv in *; lra.
Qed.
