(** The claim of rem-4.6-easy: below Q = 1 one more layer lowers the predicted sharpness. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums language_of_statements layer_added.
From Kernel Require rem_4_6_easy.
Local Open Scope R_scope.

Theorem first_term : rem_4_6_easy.first_term.
Proof.
  intros r D N t d s []; set (Q := ∑ i < r, d i ^ 2 / s i ^ 2) in *.
  rewrite (deep_first D t Q), (shallow_first D t Q), first_ratio by assumption.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra|].
  pose proof (root_below_one D t Q depth domain_of_t root easy).
  pose proof (pow_lt (s 0%nat) 2 (domain_of_s 0%nat size_r)).
  assert (0 < Rpower t (D * D - 1)) by apply exp_pos.
  apply Rmult_lt_compat_l; [assumption|]; rewrite <- (Rmult_1_l (Rpower t (D * D - 1))) at 2.
  apply Rmult_lt_compat_r; assumption.
Qed.
