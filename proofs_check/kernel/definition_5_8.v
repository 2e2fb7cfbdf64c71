(** Definition 5.8: the predicted sharpness [S_hat = (s_1^2 / N) Q^((D-1)/D)], its place below the sharpness of
    Theorem 4.6, and the gap between the two bounds. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 definition_4_2
  minimalist_model sharpness theorem_4_3 theorem_4_6.
Local Open Scope R_scope.

Definition predicted_sharpness (N D : nat) (s1 Q : R) : R := s1 * s1 / INR N * Rpower Q (INR (D - 1) / INR D).

Lemma depth_bound_from_prediction N D s1 Q label_sq :
  depth_bound N D s1 Q label_sq
  = predicted_sharpness N D s1 Q + INR (D - 1) * label_sq * Rpower Q (- (1 / INR D)) / INR N.
Proof. unfold depth_bound, predicted_sharpness, Rdiv; ring. Qed.

(** The gap that Table 4 of the paper reports. *)
Theorem gap_of_the_bounds N D s1 Q d1 norm_y_sq :
  depth_bound N D s1 Q norm_y_sq - depth_bound N D s1 Q (d1 * d1)
  = INR (D - 1) * (norm_y_sq - d1 * d1) * Rpower Q (- (1 / INR D)) / INR N.
Proof. rewrite !depth_bound_from_prediction; unfold Rdiv; ring. Qed.

Theorem prediction_is_a_lower_bound N D d r X s e w y u v S :
  (2 <= D)%nat -> (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  is_global_minimizer (loss N d (D - 1) X y) u v -> balanced D d r w u v ->
  is_sharpness (loss N d (D - 1) X y) d (D - 1) u v S ->
  let Q := difficulty N r s e y in
  let predicted := predicted_sharpness N D (s 0%nat) Q in
  predicted <= S <= predicted + INR (D - 1) * norm_sq N y * Rpower Q (- (1 / INR D)) / INR N.
Proof.
  intros HD Hr Hsvd Hy Hpos Hmin Hbal HS Q predicted.
  destruct (theorem_4_6 N D d r X s e w y u v S HD Hr Hsvd Hy Hpos Hmin Hbal HS) as [_ [_ H]].
  fold Q in H; rewrite !depth_bound_from_prediction in H; fold predicted in H.
  assert (HN : 0 < / INR N) by (apply Rinv_0_lt_compat, lt_0_INR, (samples_positive N y Hpos)).
  set (d1 := label_coefficient N e y 0) in H.
  assert (0 <= INR (D - 1) * (d1 * d1) * Rpower Q (- (1 / INR D)) / INR N); [|lra].
  apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [|apply Rlt_le, exp_pos].
  apply Rmult_le_pos; [apply pos_INR|apply Rle_0_sqr].
Qed.
