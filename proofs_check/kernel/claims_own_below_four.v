(** The claims of own-below-four: in one mode without labels, at a sharpness of at most 4 / eta, no weight grows. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products sharpness printed_setting.
From Kernel Require own_below_four own_radius_sharpness claims_own_radius_sharpness own_zero_labels claims_own_zero_labels.
Local Open Scope R_scope.

Lemma one_coordinate N d r S c_1 eta v v' X e w c s u u' y :
  own_below_four.hypotheses N d r S c_1 eta v v' X e w c s u u' y ->
  forall i, (i < r)%nat -> (∑ k < d, u k * w i k) = c_1 * delta i 0.
Proof.
  intros [] i Hi.
  rewrite (Sum_ext d _ (fun k => c_1 * (w 0%nat k * w i k))) by (intros; rewrite weights_in_top_mode by assumption; ring).
  rewrite Sum_scal_l, (right_orthonormal i 0%nat) by assumption; now rewrite delta_sym.
Qed.

Theorem inside : own_below_four.inside.
Proof.
  intros N d r S c_1 eta v v' X e w c s u u' y H; pose proof (one_coordinate _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as E.
  assert (E0 : (∑ k < d, u k * w 0%nat k) = c_1) by (rewrite E by (now destruct H); rewrite delta_same; ring).
  assert (Z : c 0%nat = 0).
  { destruct H; rewrite <- (printed_label_coefficient N r e left_orthonormal y c labels 0 size_r).
    unfold definition_4_1.label_coefficient, dot.
    rewrite (Sum_ext N _ (fun _ => 0)); [apply Sum_zero|]; intros n Hn; rewrite zero_labels by assumption; ring. }
  assert (L : eta * s 0%nat ^ 2 * (v ^ 2 + (∑ k < d, u k * w 0%nat k) ^ 2) / INR N <= S * eta).
  { apply (claims_own_radius_sharpness.lower N d r S eta v X e w c s u y); destruct H; split; try assumption.
    rewrite Z, E0, Rminus_0_r; replace (v * (s 0%nat * v * c_1) * c_1) with (s 0%nat * (v * c_1) ^ 2) by ring.
    apply Rmult_le_pos; [apply Rlt_le; auto|apply pow2_ge_0]. }
  destruct H; eapply Rle_trans; [apply Req_le|eapply Rle_trans; [exact L|exact below_four]].
  do 3 f_equal; rewrite E0, (Sum_ext r _ (fun i => delta 0 i * c_1 ^ 2)).
  - now rewrite (Sum_delta_l r (fun _ => c_1 ^ 2) 0 size_r).
  - intros i Hi; rewrite E by assumption; destruct i as [|i]; unfold delta; simpl; ring.
Qed.

Lemma in_the_ball N d r S c_1 eta v v' X e w c s u u' y :
  own_below_four.hypotheses N d r S c_1 eta v v' X e w c s u u' y ->
  own_zero_labels.hypotheses N d r X e w eta v v' s u u' y.
Proof.
  intros H; pose proof (inside _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as I; destruct H; now split.
Qed.

Theorem never_grows : own_below_four.never_grows.
Proof.
  intros N d r S c_1 eta v v' X e w c s u u' y H.
  exact (claims_own_zero_labels.never_grows _ _ _ _ _ _ _ _ _ _ _ _ _ (in_the_ball _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.

Theorem kept : own_below_four.kept.
Proof.
  intros N d r S c_1 eta v v' X e w c s u u' y H.
  exact (claims_own_zero_labels.kept _ _ _ _ _ _ _ _ _ _ _ _ _ (in_the_ball _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.
