(** The claims of def-5.8: the predicted sharpness is the first term of both bounds of Theorem 4.6. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums language_of_statements.
From Kernel Require def_5_8 thm_4_6 claims_thm_4_6.
Local Open Scope R_scope.

Theorem first_term : def_5_8.first_term.
Proof. intros M N d r D S X e w c s u v y H; unfold Rdiv; ring. Qed.

Lemma same_hypotheses M N d r D S X e w c s u v y :
  def_5_8.hypotheses M N d r D S X e w c s u v y -> thm_4_6.hypotheses M N d r D S X e w c s u v y.
Proof. intros []; now split. Qed.

(** The label terms are not negative. *)
Lemma label_term_nonneg M N d r D S X e w c s u v y b :
  def_5_8.hypotheses M N d r D S X e w c s u v y -> 0 <= b ->
  0 <= real_power (∑ i < r, c i ^ 2 / s i ^ 2) (- (1 / D)) * (D - 1) * b / INR N.
Proof.
  intros [] Hb; rewrite real_power_positive by assumption.
  assert (0 < INR N) by now apply lt_0_INR.
  assert (0 < Rpower (∑ i < r, c i ^ 2 / s i ^ 2) (- (1 / D))) by apply exp_pos.
  apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]; lra|now apply Rlt_le, Rinv_0_lt_compat].
Qed.

Theorem below : def_5_8.below.
Proof.
  intros M N d r D S X e w c s u v y H.
  pose proof (label_term_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ (c 0%nat ^ 2) H (pow2_ge_0 _)).
  pose proof (claims_thm_4_6.lower _ _ _ _ _ _ _ _ _ _ _ _ _ _ (same_hypotheses _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
  unfold Rdiv in *; lra.
Qed.

Theorem close : def_5_8.close.
Proof.
  intros M N d r D S X e w c s u v y H.
  pose proof (claims_thm_4_6.upper _ _ _ _ _ _ _ _ _ _ _ _ _ _ (same_hypotheses _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
  unfold Rdiv in *; lra.
Qed.

Theorem gap : def_5_8.gap.
Proof. intros M N d r D S X e w c s u v y H; unfold Rdiv; ring. Qed.

Theorem two_layers : def_5_8.two_layers.
Proof. intros M N d r D S X e w c s u v y H; reflexivity. Qed.
