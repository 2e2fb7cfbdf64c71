(** The claims of eq-17: the tangent kernel at a minimizer of two layers. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums equation_16.
From Kernel Require eq_17 thm_4_3 claims_thm_4_3.
Local Open Scope R_scope.

Lemma inverse_of_root C Q : 0 < Q -> (C / 2 + sqrt (C ^ 2 + 4 * Q) / 2) / Q = / minimizer_V C Q.
Proof.
  intros HQ; rewrite minimizer_V_reciprocal by assumption; replace (C * C) with (C ^ 2) by ring; field; lra.
Qed.

Lemma root_of_minimizer C Q : sqrt (C ^ 2 + 4 * Q) / 2 - C / 2 = minimizer_V C Q.
Proof. unfold minimizer_V; replace (C * C) with (C ^ 2) by ring; field. Qed.

Theorem inverse_weight : eq_17.inverse_weight.
Proof.
  intros N d r C S v X e w c s u y [].
  pose proof (minimizer_V_positive C _ nonzero_labels).
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; transitivity (minimizer_V C Q * / minimizer_V C Q); [|field; lra].
  rewrite <- inverse_of_root, <- root_of_minimizer by assumption; unfold Rdiv; ring.
Qed.

Theorem kernel : eq_17.kernel.
Proof.
  intros N d r C S v X e w c s u y H n m Hn Hm.
  assert (T : thm_4_3.hypotheses N d r C S v X e w c s u y) by (destruct H; now split).
  pose proof (claims_thm_4_3.weight _ _ _ _ _ _ _ _ _ _ _ _ _ T) as E.
  destruct H; rewrite root_of_minimizer in *.
  pose proof (minimizer_V_positive C _ nonzero_labels) as P.
  pose proof (inverse_of_root C _ nonzero_labels) as I.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *.
  replace (y m * y n * (C / 2 + sqrt (C ^ 2 + 4 * Q) / 2) / Q) with (y m * y n * / minimizer_V C Q)
    by (rewrite <- I; unfold Rdiv; ring).
  rewrite <- (minimizer n Hn), <- (minimizer m Hm), <- E; field; intros Z; rewrite Z in E; nra.
Qed.
