(** The claims of own-ceiling-slope: an oscillation along the sharpest direction moves the imbalance down the ceiling. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  sharpness printed_setting ceiling.
From Kernel Require own_ceiling_slope.
Local Open Scope R_scope.

Section Oscillation.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c x : nat -> R).
Hypothesis facts : data_facts N d r X s e w y c.

(** The oscillation as a vector of residuals. *)
Let samples_of (n : nat) : R := ∑ i < r, x i * e i n.

Lemma oscillation_coefficient i : (i < r)%nat -> dot N (e i) samples_of = x i.
Proof.
  intros Hi; destruct facts as [D Y ED EN EQ EP].
  exact (orthonormal_coefficient N r e x i (svd_left _ _ _ _ _ _ _ D) Hi).
Qed.

Lemma oscillation_length : norm_sq N samples_of = ∑ i < r, x i ^ 2.
Proof.
  destruct facts as [D Y ED EN EQ EP]; unfold samples_of.
  rewrite (orthonormal_norm_sq N r e x (svd_left _ _ _ _ _ _ _ D)); apply Sum_ext; intros; ring.
Qed.

Lemma oscillation_gradient : norm_sq d (transposed_vector N X samples_of) = ∑ i < r, s i ^ 2 * x i ^ 2.
Proof.
  destruct facts as [D Y ED EN EQ EP]; rewrite (svd_transposed_norm N d r X s e w D); apply Sum_ext; intros i Hi.
  rewrite oscillation_coefficient by assumption; ring.
Qed.

Lemma oscillation_labels u v :
  v <> 0 -> (forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n) ->
  (∑ i < r, s i * x i * (∑ k < d, u k * w i k)) = dot N samples_of y / v.
Proof.
  intros Hv M; destruct facts as [D Y ED EN EQ EP].
  assert (E : dot N samples_of y = v * dot N samples_of (matrix_vector d X u)).
  { rewrite <- dot_scal_r; apply dot_ext; [reflexivity|]; intros n Hn; rewrite <- (M n Hn); reflexivity. }
  rewrite E, dot_sym; unfold samples_of; rewrite dot_combination_r.
  replace (v * (∑ i < r, (x i * dot N (matrix_vector d X u) (e i))) / v)
    with (∑ i < r, (x i * dot N (matrix_vector d X u) (e i))) by (field; exact Hv).
  apply Sum_ext; intros i Hi; rewrite dot_sym, (svd_left_coefficient N d r X s e w D u i Hi), printed_coefficient; ring.
Qed.

Lemma slope_in_weights u v u' v' S S' :
  (0 < N)%nat -> (0 < d)%nat -> 0 < (∑ i < r, c i ^ 2 / s i ^ 2) ->
  (forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n) ->
  (forall n, (n < N)%nat -> v' * (∑ k < d, X n k * u' k) = y n) ->
  is_sharpness (loss N d 1 X y) d 1 u' (fun _ => v') S' ->
  (∑ i < r, s i * x i * (∑ k < d, u k * w i k)) ^ 2 + v ^ 2 * (∑ i < r, s i ^ 2 * x i ^ 2)
    = INR N * S * (∑ i < r, x i ^ 2) ->
  (v' ^ 2 - v ^ 2) * (v ^ 2 * (∑ i < r, s i ^ 2 * x i ^ 2) - (∑ i < r, s i * x i * (∑ k < d, u k * w i k)) ^ 2)
    <= INR N * v ^ 2 * (S' - S) * (∑ i < r, x i ^ 2).
Proof.
  intros HN Hd HQ M M' HS' T.
  pose proof (weight_positive N d r X s e w y c u v facts M HQ) as P.
  pose proof (weight_positive N d r X s e w y c u' v' facts M' HQ) as P'.
  assert (Hv : v <> 0) by (intros Z; rewrite Z in P; lra).
  pose proof (below_the_ceiling N d r X s e w y c u' v' S' HN Hd facts M' HQ HS' samples_of) as B.
  rewrite (oscillation_labels u v Hv M) in *; rewrite oscillation_gradient, oscillation_length in B.
  set (a := ∑ i < r, s i ^ 2 * x i ^ 2) in *; set (L := ∑ i < r, x i ^ 2) in *; set (p := dot N samples_of y) in *.
  pose proof (form_slope (v ^ 2) (v' ^ 2) a (p ^ 2) P P' (pow2_ge_0 p)) as F.
  assert (E : ceiling_form (v ^ 2) a (p ^ 2) = INR N * S * L).
  { rewrite <- T; unfold ceiling_form; field; exact Hv. }
  replace ((p / v) ^ 2) with (p ^ 2 / v ^ 2) by (field; exact Hv).
  eapply Rle_trans; [exact F|].
  replace (INR N * v ^ 2 * (S' - S) * L) with (v ^ 2 * (INR N * S' * L - INR N * S * L)) by ring.
  apply Rmult_le_compat_l; [lra|]; rewrite E; lra.
Qed.

End Oscillation.

Theorem in_weights : own_ceiling_slope.in_weights.
Proof.
  intros N d r C C' S S' v v' X e w c s u u' x y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS' : is_sharpness (loss N d 1 X y) d 1 u' (fun _ => v') S') by (destruct H; now apply printed_sharpness_two_layers).
  destruct H; now apply (slope_in_weights N d r X s e w y c x F u v u' v' S S').
Qed.

Theorem in_imbalances : own_ceiling_slope.in_imbalances.
Proof.
  intros N d r C C' S S' v v' X e w c s u u' x y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  pose proof (in_weights _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as W; destruct H.
  pose proof (weight_positive N d r X s e w y c u v F minimizer nonzero_labels) as P.
  pose proof (weight_positive N d r X s e w y c u' v' F other_minimizer nonzero_labels) as P'.
  pose proof (imbalance_of_weight N d r X s e w y c u v C F minimizer nonzero_labels imbalance) as E.
  pose proof (imbalance_of_weight N d r X s e w y c u' v' C' F other_minimizer nonzero_labels other_imbalance) as E'.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; set (V := v ^ 2) in *; set (V' := v' ^ 2) in *.
  set (pump := V * _ - _) in *; set (L := ∑ i < r, x i ^ 2) in *.
  assert (K : 0 < (V * V' + Q) / V) by (apply Rdiv_lt_0_compat; nra).
  replace (V' * (C - C') * pump) with ((V * V' + Q) / V * ((V' - V) * pump)) by (rewrite E, E'; field; lra).
  replace (INR N * (S' - S) * (V * V' + Q) * L) with ((V * V' + Q) / V * (INR N * V * (S' - S) * L)) by (field; lra).
  apply Rmult_le_compat_l; lra.
Qed.
