(** The claims of rem-4.6: what one more layer changes. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums language_of_statements layer_added.
From Kernel Require rem_4_6.
Local Open Scope R_scope.

Section Terms.

Variables (r : nat) (D N t : R) (d s : nat -> R).
Hypothesis given : rem_4_6.hypotheses r D N t d s.
Let Q := ∑ i < r, d i ^ 2 / s i ^ 2.

Lemma changed_bound b :
  N * real_power t (1 + D) * ((s 0%nat ^ 2 * real_power Q (D / (1 + D)) + D * b * real_power Q (- (1 / (1 + D)))) / N
    - (s 0%nat ^ 2 * real_power Q ((D - 1) / D) + (D - 1) * b * real_power Q (- (1 / D))) / N)
  = s 0%nat ^ 2 * Q * (t - 1) + b * (D * t - (D - 1)).
Proof.
  destruct given; fold Q in nonzero_labels, root.
  rewrite (deep_first D t Q), (shallow_first D t Q), (deep_label D t Q), (shallow_label D t Q) by assumption.
  rewrite <- (change D t Q) by assumption; rewrite real_power_positive by assumption; field; lra.
Qed.

End Terms.

Theorem first_term : rem_4_6.first_term.
Proof.
  intros r D N t d s H; pose proof (changed_bound r D N t d s H 0) as E.
  rewrite !Rmult_0_r, !Rmult_0_l, !Rplus_0_r in E; rewrite E; ring.
Qed.

Theorem lower : rem_4_6.lower.
Proof.
  intros r D N t d s H; pose proof (changed_bound r D N t d s H (d 0%nat ^ 2)) as E.
  etransitivity; [etransitivity; [|exact E]|ring]; unfold Rdiv; ring.
Qed.

Theorem upper : rem_4_6.upper.
Proof.
  intros r D N t d s H; pose proof (changed_bound r D N t d s H (∑ i < r, d i ^ 2)) as E.
  etransitivity; [etransitivity; [|exact E]|ring]; unfold Rdiv; ring.
Qed.
