(** The claims of own-stable-limit: what a minimizer is like where gradient descent settles. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  sharpness printed_setting ceiling.
From Kernel Require own_stable_limit own_curvatures claims_own_curvatures.
Local Open Scope R_scope.

(** Labels that are not zero have a positive difficulty. *)
Lemma difficulty_of_labels N d r X s e w y c :
  data_facts N d r X s e w y c -> 0 < (∑ n < N, y n ^ 2) -> 0 < ∑ i < r, c i ^ 2 / s i ^ 2.
Proof.
  intros [D Y ED EN EQ EP] H; rewrite <- EQ; apply (difficulty_positive N d r X s e w y D Y).
  unfold norm_sq, dot; rewrite (Sum_ext N _ (fun n => y n ^ 2)) by (intros; ring); exact H.
Qed.

(** The sharpness is at least the curvature along the top mode of the first layer. *)
Lemma top_curvature N d r C S eta v X e w c s u x y :
  own_stable_limit.hypotheses N d r C S eta v X e w c s u x y -> s 0%nat ^ 2 * v ^ 2 / INR N <= S.
Proof.
  intros H; replace (v ^ 2) with (Prod 1 (fun _ => v) ^ 2) by (simpl; ring).
  apply (claims_own_curvatures.first_layer 1%nat N d r S X e w c s u (fun _ => v) y).
  destruct H; split; try assumption; [lia|].
  eapply is_sharpness_ext; [|exact sharpness]; intros a b; simpl; f_equal; f_equal.
  apply Sum_ext; intros n _; rewrite Rmult_1_l, (Rmult_comm (b 0%nat)); reflexivity.
Qed.

Theorem weight : own_stable_limit.weight.
Proof.
  intros N d r C S eta v X e w c s u x y H; pose proof (top_curvature _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as L.
  destruct H; apply Rle_trans with (S * eta); [|exact stable].
  rewrite (Rmult_comm S); eapply Rle_trans; [|apply Rmult_le_compat_l; [lra|exact L]].
  apply Req_le; unfold Rdiv; ring.
Qed.

Theorem imbalance_at_least : own_stable_limit.imbalance_at_least.
Proof.
  intros N d r C S eta v X e w c s u x y H; pose proof (weight _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as W.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HQ : 0 < ∑ i < r, c i ^ 2 / s i ^ 2) by (apply (difficulty_of_labels N d r X s e w y c F); now destruct H).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (domain_of_s 0%nat size_r) as Hs.
  pose proof (weight_positive N d r X s e w y c u v F minimizer HQ) as P.
  pose proof (imbalance_of_weight N d r X s e w y c u v C F minimizer HQ imbalance) as E.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; set (V := v ^ 2) in *.
  set (t := eta * s 0%nat ^ 2 / INR N).
  assert (Ht : 0 < t) by (unfold t; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [lra|nra]|assumption]).
  assert (HV : V <= 2 / t).
  { apply Rmult_le_reg_l with t; [assumption|]; replace (t * (2 / t)) with 2 by (field; lra).
    eapply Rle_trans; [apply Req_le|exact W]; unfold t, Rdiv; ring. }
  replace (2 * INR N / eta / s 0%nat ^ 2) with (2 / t) by (unfold t; field; repeat split; nra).
  replace (eta * s 0%nat ^ 2 * Q / INR N / 2) with (Q / (2 / t)) by (unfold t; field; repeat split; nra).
  assert (Q / (2 / t) <= Q / V).
  { apply Rmult_le_compat_l; [lra|]; apply Rinv_le_contravar; assumption. }
  lra.
Qed.

Lemma flattest_of N d r C S eta v X e w c s u x y z :
  own_stable_limit.hypotheses N d r C S eta v X e w c s u x y ->
  4 * dot N z y ^ 2 * norm_sq d (transposed_vector N X z) <= (INR N * S * norm_sq N z) ^ 2.
Proof.
  intros H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HQ : 0 < ∑ i < r, c i ^ 2 / s i ^ 2) by (apply (difficulty_of_labels N d r X s e w y c F); now destruct H).
  assert (HS : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S) by (destruct H; now apply printed_sharpness_two_layers).
  destruct H; pose proof (weight_positive N d r X s e w y c u v F minimizer HQ) as P.
  pose proof (below_the_ceiling N d r X s e w y c u v S size_N size_d F minimizer HQ HS z) as B.
  pose proof (form_square (norm_sq d (transposed_vector N X z)) (dot N z y ^ 2) (v ^ 2) P) as G.
  eapply Rle_trans; [exact G|]; apply pow_incr; split; [|exact B].
  unfold ceiling_form; apply Rplus_le_le_0_compat.
  - apply Rmult_le_pos; [lra|apply norm_sq_nonneg].
  - apply Rmult_le_pos; [apply pow2_ge_0|now apply Rlt_le, Rinv_0_lt_compat].
Qed.

Lemma printed_gradient N d X x :
  (∑ k < d, (∑ n < N, X n k * x n) ^ 2) = norm_sq d (transposed_vector N X x).
Proof.
  apply Sum_ext; intros k _; unfold transposed_vector.
  rewrite (Sum_ext N (fun n => X n k * x n) (fun n => x n * X n k)) by (intros; ring); ring.
Qed.

Lemma printed_square N x : (∑ n < N, x n ^ 2) = norm_sq N x.
Proof. apply Sum_ext; intros; ring. Qed.

Theorem flattest : own_stable_limit.flattest.
Proof.
  intros N d r C S eta v X e w c s u x y H; rewrite printed_gradient, printed_square.
  pose proof (flattest_of _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ x H) as L.
  eapply Rle_trans; [exact L|apply Req_le; ring].
Qed.

Theorem labels_at_most : own_stable_limit.labels_at_most.
Proof.
  intros N d r C S eta v X e w c s u x y H; rewrite printed_gradient.
  pose proof (flattest_of _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ y H) as L.
  pose proof (top_curvature _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as T.
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  rewrite printed_square in nonzero_labels; fold (norm_sq N y) in L.
  set (a := norm_sq d (transposed_vector N X y)) in *; set (b := norm_sq N y) in *.
  assert (Ha : 0 <= a) by apply norm_sq_nonneg.
  assert (L' : 4 * a <= (INR N * S) ^ 2).
  { apply Rmult_le_reg_r with (b ^ 2); [nra|]; eapply Rle_trans; [|eapply Rle_trans; [exact L|]]; apply Req_le; ring. }
  assert (HS : 0 <= S).
  { eapply Rle_trans; [|exact T]; apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat].
    apply Rmult_le_pos; apply pow2_ge_0. }
  assert (Hs : (eta * S) ^ 2 <= 2 ^ 2) by (apply pow_incr; nra).
  apply Rmult_le_reg_l with 4; [lra|].
  apply Rle_trans with (eta ^ 2 * (INR N * S) ^ 2).
  - rewrite <- Rmult_assoc, (Rmult_comm 4), Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|exact L'].
  - replace (eta ^ 2 * (INR N * S) ^ 2) with (INR N ^ 2 * (eta * S) ^ 2) by ring.
    apply Rle_trans with (INR N ^ 2 * 2 ^ 2); [|lra]; apply Rmult_le_compat_l; [apply pow2_ge_0|exact Hs].
Qed.
