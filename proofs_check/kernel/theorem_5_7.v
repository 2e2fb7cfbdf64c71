(** Theorem 5.7: the expected sharpness at the limit of the gradient flow, for every law of the start. The
    moments [m = E C] and [E C^2] under Assumption 5.5 are equations (25) and (27), in [gaussian_moments]; with them, and
    for almost every start, it is proved in [claims_thm_5_7]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model sharpness gradient_flow corollaries_5_3_and_5_4 equation_16 theorem_4_3
  lemma_b_2 expectation gaussian_moments.
Local Open Scope R_scope.

(** Equation (26): Jensen's inequality on both sides. *)
Theorem equation_26 {Omega} (E : expectation Omega) C Q m m2 p :
  0 < Q -> has_mean E C m -> has_mean E (fun o => C o * C o) m2 ->
  has_mean E (fun o => phi Q (C o)) p ->
  sqrt (m * m + 4 * Q) <= p <= sqrt (m2 + 4 * Q).
Proof.
  intros HQ HC HC2 Hp; split.
  - apply (jensen E (phi Q) (fun m => m / phi Q m) C m p); auto.
    intros; now apply phi_supporting_line.
  - apply (mean_below_root E (fun o => phi Q (C o))); [assumption|].
    apply has_mean_ext with (fun o => C o * C o + 4 * Q).
    + intros; symmetry; now apply phi_squared.
    + apply has_mean_plus; [assumption|apply has_mean_constant].
Qed.

(** A bound of Theorem 4.3 is linear in [C] and [phi C]. *)
Lemma sharpness_bound_linear N s1 C Q l :
  (0 < N)%nat -> 0 < Q ->
  sharpness_bound N s1 (minimizer_V C Q) l
  = / (2 * INR N) * (s1 * s1 * (phi Q C - C) + l / Q * (phi Q C + C)).
Proof.
  intros HN HQ; assert (0 < INR N) by now apply lt_0_INR.
  unfold sharpness_bound, Rdiv at 2; rewrite minimizer_V_reciprocal by assumption.
  unfold minimizer_V; fold (phi Q C); field; lra.
Qed.

Theorem theorem_5_7 {Omega} (E : expectation Omega) N d r X s e w y (u v : Omega -> R -> nat -> R)
  (u' v' : Omega -> nat -> R) (S : Omega -> R) m m2 p mean_S :
  (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  (forall o, gradient_flow N d 1 X y (u o) (v o)) ->
  (forall o, converges_to_minimizer N d 1 X y (u o) (v o) (u' o) (v' o)) ->
  (forall o, is_sharpness (loss N d 1 X y) d 1 (u' o) (v' o) (S o)) ->
  let C := fun o => imbalance d r w (u o 0) (v o 0) 0 in
  let Q := difficulty N r s e y in
  let d1 := label_coefficient N e y 0 in
  has_mean E C m -> has_mean E (fun o => C o * C o) m2 -> has_mean E (fun o => phi Q (C o)) p ->
  has_mean E S mean_S ->
  / (2 * INR N) * (s 0%nat * s 0%nat * (- m + sqrt (m * m + 4 * Q))
                   + d1 * d1 / Q * (m + sqrt (m * m + 4 * Q)))
  <= mean_S <=
  / (2 * INR N) * (s 0%nat * s 0%nat * (- m + sqrt (m2 + 4 * Q))
                   + norm_sq N y / Q * (m + sqrt (m2 + 4 * Q))).
Proof.
  intros Hr Hsvd Hy Hpos Hflow Hconv HS C Q d1 HC HC2 Hp HmS.
  assert (HN : (0 < N)%nat) by exact (samples_positive N y Hpos).
  assert (HNp : 0 < INR N) by now apply lt_0_INR.
  assert (HQ : 0 < Q) by exact (difficulty_positive N d r X s e w y Hsvd Hy Hpos).
  assert (Hb : forall o, sharpness_bound N (s 0%nat) (minimizer_V (C o) Q) (d1 * d1) <= S o
                         <= sharpness_bound N (s 0%nat) (minimizer_V (C o) Q) (norm_sq N y)).
  { intros o; exact (corollary_5_3 N d r X s e w y (u o) (v o) (u' o) (v' o) (S o) Hr Hsvd Hy Hpos
                       (Hflow o) (Hconv o) (HS o)). }
  assert (Hm : forall l, has_mean E (fun o => sharpness_bound N (s 0%nat) (minimizer_V (C o) Q) l)
            (/ (2 * INR N) * (s 0%nat * s 0%nat * (p - m) + l / Q * (p + m)))).
  { intros l; apply has_mean_ext with (fun o => / (2 * INR N) *
      (s 0%nat * s 0%nat * (phi Q (C o) - C o) + l / Q * (phi Q (C o) + C o))).
    - intros; symmetry; now apply sharpness_bound_linear.
    - apply has_mean_scal, has_mean_plus; apply has_mean_scal.
      + now apply has_mean_minus.
      + now apply has_mean_plus. }
  destruct (equation_26 E C Q m m2 p HQ HC HC2 Hp) as [Jl Ju].
  assert (Hi : 0 <= / (2 * INR N)) by (apply Rlt_le, Rinv_0_lt_compat; lra).
  assert (Hs : 0 <= s 0%nat * s 0%nat) by apply Rle_0_sqr.
  assert (HiQ : 0 < / Q) by now apply Rinv_0_lt_compat.
  assert (Hd : 0 <= d1 * d1 / Q) by (apply Rmult_le_pos; [apply Rle_0_sqr|lra]).
  assert (Hn : 0 <= norm_sq N y / Q) by (apply Rmult_le_pos; lra).
  split.
  - apply Rle_trans with (/ (2 * INR N) * (s 0%nat * s 0%nat * (p - m) + d1 * d1 / Q * (p + m))).
    + apply Rmult_le_compat_l; [assumption|].
      apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
    + apply (has_mean_le E _ _ _ _ (Hm (d1 * d1)) HmS); intros o; apply Hb.
  - apply Rle_trans with (/ (2 * INR N) * (s 0%nat * s 0%nat * (p - m) + norm_sq N y / Q * (p + m))).
    + apply (has_mean_le E _ _ _ _ HmS (Hm (norm_sq N y))); intros o; apply Hb.
    + apply Rmult_le_compat_l; [assumption|].
      apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.
