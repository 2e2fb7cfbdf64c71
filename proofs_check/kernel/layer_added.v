(** One more layer, with the powers of the difficulty written as powers of [t = Q^(1 / (D (D + 1)))]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import language_of_statements.
Local Open Scope R_scope.

Lemma one_power p : Rpower 1 p = 1.
Proof. unfold Rpower; rewrite ln_1, Rmult_0_r; apply exp_0. Qed.

Section Powers.

Variables (D t Q : R).
Hypothesis depth : 1 < D.
Hypothesis root_positive : 0 < t.
Hypothesis root : Q = real_power t (D * (1 + D)).
Hypothesis difficulty_positive : 0 < Q.

Lemma difficulty_power p : real_power Q p = Rpower t (D * (1 + D) * p).
Proof. rewrite real_power_positive by assumption; rewrite root, real_power_positive, Rpower_mult; auto. Qed.

Lemma deep_first : real_power Q (D / (1 + D)) = Rpower t (D * D).
Proof. rewrite difficulty_power; f_equal; field; lra. Qed.

Lemma shallow_first : real_power Q ((D - 1) / D) = Rpower t (D * D - 1).
Proof. rewrite difficulty_power; f_equal; field; lra. Qed.

Lemma deep_label : real_power Q (- (1 / (1 + D))) = Rpower t (- D).
Proof. rewrite difficulty_power; f_equal; field; lra. Qed.

Lemma shallow_label : real_power Q (- (1 / D)) = Rpower t (- D - 1).
Proof. rewrite difficulty_power; f_equal; field; lra. Qed.

(** Both powers of a depth are [t] apart from those of the other. *)
Lemma first_ratio : Rpower t (D * D) = t * Rpower t (D * D - 1).
Proof.
  replace (D * D) with (1 + (D * D - 1)) at 1 by ring; rewrite Rpower_plus, Rpower_1; auto.
Qed.

Lemma label_ratio : Rpower t (- D) = t * Rpower t (- D - 1).
Proof.
  replace (- D) with (1 + (- D - 1)) at 1 by ring; rewrite Rpower_plus, Rpower_1; auto.
Qed.

Lemma scaled_first : Rpower t (1 + D) * Rpower t (D * D - 1) = Q.
Proof.
  rewrite <- Rpower_plus, root, real_power_positive by assumption; f_equal; ring.
Qed.

Lemma scaled_label : Rpower t (1 + D) * Rpower t (- D - 1) = 1.
Proof. rewrite <- Rpower_plus; replace (1 + D + (- D - 1)) with 0 by ring; now apply Rpower_O. Qed.

(** The root lies on the same side of 1 as the difficulty. *)
Lemma root_above_one : 1 < Q -> 1 < t.
Proof.
  intros H; destruct (Rlt_or_le 1 t) as [|L]; [assumption|exfalso].
  rewrite root, real_power_positive in H by assumption.
  assert (Rpower t (D * (1 + D)) <= Rpower 1 (D * (1 + D))) by (apply Rle_Rpower_l; [nra|lra]).
  rewrite (one_power (D * (1 + D))) in *; lra.
Qed.

Lemma root_below_one : Q < 1 -> t < 1.
Proof.
  intros H; destruct (Rlt_or_le t 1) as [|L]; [assumption|exfalso].
  rewrite root, real_power_positive in H by assumption.
  assert (Rpower 1 (D * (1 + D)) <= Rpower t (D * (1 + D))) by (apply Rle_Rpower_l; [nra|lra]).
  rewrite (one_power (D * (1 + D))) in *; lra.
Qed.

Lemma root_below x : 0 < x -> Q < real_power x (D * (1 + D)) -> t < x.
Proof.
  intros Hx H; destruct (Rlt_or_le t x) as [|L]; [assumption|exfalso].
  rewrite root, !real_power_positive in H by assumption.
  assert (Rpower x (D * (1 + D)) <= Rpower t (D * (1 + D))) by (apply Rle_Rpower_l; [nra|lra]); lra.
Qed.

(** What one more layer adds to [t^(D + 1)] times a bound with the label term [b]. *)
Lemma change s b :
  Rpower t (1 + D) * ((s * Rpower t (D * D) + D * b * Rpower t (- D))
    - (s * Rpower t (D * D - 1) + (D - 1) * b * Rpower t (- D - 1)))
  = s * Q * (t - 1) + b * (D * t - (D - 1)).
Proof.
  rewrite first_ratio, label_ratio.
  transitivity (s * (Rpower t (1 + D) * Rpower t (D * D - 1)) * (t - 1)
                + b * (Rpower t (1 + D) * Rpower t (- D - 1)) * (D * t - (D - 1))); [ring|].
  rewrite scaled_first, scaled_label; ring.
Qed.

(** So the sign of that sum tells which bound is larger. *)
Lemma deep_above s b : 0 < s * Q * (t - 1) + b * (D * t - (D - 1)) ->
  s * Rpower t (D * D - 1) + (D - 1) * b * Rpower t (- D - 1) < s * Rpower t (D * D) + D * b * Rpower t (- D).
Proof.
  rewrite <- change; intros H; assert (P : 0 < Rpower t (1 + D)) by apply exp_pos.
  apply Rnot_le_lt; intros L; assert (Rpower t (1 + D) * ((s * Rpower t (D * D) + D * b * Rpower t (- D))
    - (s * Rpower t (D * D - 1) + (D - 1) * b * Rpower t (- D - 1))) <= 0); [|lra].
  apply Rmult_le_reg_l with (/ Rpower t (1 + D)); [now apply Rinv_0_lt_compat|].
  rewrite Rmult_0_r, <- Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma deep_below s b : s * Q * (t - 1) + b * (D * t - (D - 1)) < 0 ->
  s * Rpower t (D * D) + D * b * Rpower t (- D) < s * Rpower t (D * D - 1) + (D - 1) * b * Rpower t (- D - 1).
Proof.
  rewrite <- change; intros H; assert (P : 0 < Rpower t (1 + D)) by apply exp_pos.
  apply Rnot_le_lt; intros L; assert (0 <= Rpower t (1 + D) * ((s * Rpower t (D * D) + D * b * Rpower t (- D))
    - (s * Rpower t (D * D - 1) + (D - 1) * b * Rpower t (- D - 1)))); [|lra].
  apply Rmult_le_pos; lra.
Qed.

End Powers.
