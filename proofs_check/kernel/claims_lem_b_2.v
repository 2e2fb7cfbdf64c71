(** The claims of lem-b.2: the radical sqrt (x^2 + 4 Q) is convex. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import language_of_statements lemma_b_2.
From Kernel Require lem_b_2.
Local Open Scope R_scope.

Lemma radical_positive Q x : 0 < Q -> 0 < x ^ 2 + 4 * Q.
Proof. intros H; pose proof (pow2_ge_0 x); lra. Qed.

Lemma printed_phi Q x : sqrt (x ^ 2 + 4 * Q) = phi Q x.
Proof. unfold phi; f_equal; ring. Qed.

Lemma inverse_radical Q x : 0 < Q -> real_power (x ^ 2 + 4 * Q) (- (1 / 2)) = / phi Q x.
Proof.
  intros H; pose proof (radical_positive Q x H); rewrite real_power_positive, Rpower_Ropp by assumption.
  replace (1 / 2) with (/ 2) by field; rewrite Rpower_sqrt by assumption; now rewrite printed_phi.
Qed.

Lemma inverse_cube Q x : 0 < Q -> real_power (x ^ 2 + 4 * Q) (- (3 / 2)) = / (phi Q x * phi Q x * phi Q x).
Proof.
  intros H; pose proof (radical_positive Q x H); rewrite real_power_positive, Rpower_Ropp by assumption; f_equal.
  replace (3 / 2) with (/ 2 + / 2 + / 2) by field; rewrite !Rpower_plus, Rpower_sqrt by assumption; now rewrite printed_phi.
Qed.

Lemma printed_slope Q (x : R) : 0 < Q -> is_derive (fun t => sqrt (t ^ 2 + 4 * Q)) x (x / phi Q x).
Proof.
  intros H; apply is_derive_ext with (phi Q); [intros t; symmetry; apply printed_phi|now apply phi_derivative].
Qed.

Theorem slope : lem_b_2.slope.
Proof. intros Q m t x x' []; rewrite inverse_radical by assumption; now apply printed_slope. Qed.

Theorem curvature : lem_b_2.curvature.
Proof.
  intros Q m t x x' []; rewrite inverse_cube by assumption.
  apply is_derive_ext with (fun z => Derive (phi Q) z).
  - intros z; apply Derive_ext; intros z'; symmetry; apply printed_phi.
  - pose proof (phi_second_derivative Q x positive_difficulty) as D; simpl in D; exact D.
Qed.

Theorem positive_curvature : lem_b_2.positive_curvature.
Proof.
  intros Q m t x x' []; rewrite real_power_positive by now apply radical_positive.
  apply Rmult_lt_0_compat; [lra|apply exp_pos].
Qed.

Theorem tangent : lem_b_2.tangent.
Proof.
  intros Q m t x x' []; rewrite inverse_radical, !printed_phi by assumption.
  now apply phi_supporting_line.
Qed.

Theorem convex : lem_b_2.convex.
Proof.
  intros Q m t x x' []; rewrite !printed_phi.
  pose proof (lemma_b_2 Q x x' t positive_difficulty (conj share_above_zero share_below_one)) as L.
  rewrite (Rmult_comm x'), (Rmult_comm (phi Q x')); exact L.
Qed.
