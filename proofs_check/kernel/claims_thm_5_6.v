(** The claims of thm-5.6: the expectation of Lemma B.3's bounds. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  sharpness theorem_4_3 lemma_b_3 expectation gaussian_law gaussian_moments normal_numbers theorem_5_6 printed_setting
  two_layer_coordinates.
From Kernel Require thm_5_6 claims_lem_b_3.
Local Open Scope R_scope.

Section Start.

Context {Omega : Type}.
Variables (E : expectation Omega) (N d r : nat) (S v : Omega -> R) (X e w : nat -> nat -> R) (alpha beta : R).
Variables (c s y : nat -> R) (u : Omega -> nat -> R).
Hypothesis given : thm_5_6.hypotheses Omega E N d r S v X e w alpha beta c s y u.

Let first (o : Omega) : R := ∑ k < d, u o k * w 0%nat k.

Lemma given_data : data_facts N d r X s e w y c.
Proof. destruct given; now apply printed_data. Qed.

Lemma given_moments : gaussian_weights E d alpha beta u v.
Proof. destruct given; now apply normal_weights. Qed.

Lemma given_sharpness : almost E (fun o => is_sharpness (loss N d 1 X y) d 1 (u o) (fun _ => v o) (S o)).
Proof.
  destruct given; refine (almost_weaker _ E _ _ _ sharpness); intros o H; now apply printed_sharpness_two_layers.
Qed.

(** The root in the upper bound of Lemma B.3, and the mean of its square. *)
Let root (o : Omega) : R := sqrt (∑ i < r, s i ^ 2 * (s i * v o * (∑ k < d, u o k * w i k) - c i) ^ 2).
Let bound (o : Omega) : R :=
  (root o + s 0%nat ^ 2 * v o ^ 2 + ∑ i < r, s i ^ 2 * (∑ k < d, u o k * w i k) ^ 2) / INR N.

Lemma coordinate_square i : (i < r)%nat -> has_mean E (fun o => (∑ k < d, u o k * w i k) ^ 2) (alpha ^ 2).
Proof.
  intros Hi; pose proof given_moments as G; pose proof (facts_svd _ _ _ _ _ _ _ _ _ given_data) as D.
  apply has_mean_ext with (fun o => dot d (w i) (u o) * dot d (w i) (u o)).
  - intros o; rewrite printed_coefficient; ring.
  - eapply has_mean_value; [apply (mean_coordinates E d alpha beta u v G)|].
    rewrite (svd_right _ _ _ _ _ _ _ D), delta_same by assumption; ring.
Qed.

Lemma square_of_v : has_mean E (fun o => v o ^ 2) (beta ^ 2).
Proof.
  apply has_mean_ext with (fun o => v o * v o); [intros; ring|].
  eapply has_mean_value; [apply (moment_v_v _ _ _ _ _ _ given_moments)|ring].
Qed.

Lemma root_squared o : root o * root o = ∑ i < r, s i ^ 2 * (s i * v o * (∑ k < d, u o k * w i k) - c i) ^ 2.
Proof.
  apply sqrt_sqrt, Sum_nonneg; intros i Hi; apply Rmult_le_pos; apply pow2_ge_0.
Qed.

Lemma root_integrable : integrable E root.
Proof.
  destruct given; pose proof (regular_coordinate (d + 1)) as coordinate.
  set (p := fun x => ∑ i < r, s i ^ 2 * (s i * (beta * x d) * (∑ k < d, alpha * x k * w i k) - c i) ^ 2).
  assert (Rp : regular (d + 1) (fun x => sqrt (p x))).
  { apply regular_sqrt.
    unfold p; apply regular_Sum; intros i Hi; apply regular_scal.
    apply regular_ext with (fun x => (s i * (beta * x d) * (∑ k < d, alpha * x k * w i k) + -1 * c i)
                                   * (s i * (beta * x d) * (∑ k < d, alpha * x k * w i k) + -1 * c i));
      [intros; ring|].
    assert (Q : regular (d + 1) (fun x => s i * (beta * x d) * (∑ k < d, alpha * x k * w i k) + -1 * c i)).
    { apply regular_plus; [|apply regular_constant]; apply regular_mult.
      - apply regular_scal, regular_scal, coordinate; lia.
      - apply regular_Sum; intros k Hk; apply regular_ext with (fun x => alpha * w i k * x k); [intros; ring|].
        apply regular_scal, coordinate; lia. }
    now apply regular_mult. }
  destruct (initialization _ Rp) as [I _].
  refine (integrable_ext _ E _ _ (almost_every _ E _ _) I); intros o; unfold root, p; f_equal.
  apply Sum_ext; intros i Hi; do 2 f_equal; f_equal.
  change (fun i => _ / _) with (standardised d alpha beta u v o); f_equal; [f_equal|].
  - symmetry; apply (standardised_last d alpha beta u v); assumption.
  - apply Sum_ext; intros k Hk; f_equal; symmetry; apply (standardised_first d alpha beta u v); assumption.
Qed.

Lemma output_mean : has_mean E (fun o => ∑ i < r, s i ^ 2 * (∑ k < d, u o k * w i k) ^ 2) (alpha ^ 2 * ∑ i < r, s i ^ 2).
Proof.
  apply has_mean_value with (∑ i < r, s i ^ 2 * alpha ^ 2).
  - apply has_mean_Sum; intros i Hi; now apply has_mean_scal, coordinate_square.
  - rewrite Sum_scal_r; ring.
Qed.

Lemma bound_mean : has_mean E bound
  ((expected_value E root + s 0%nat ^ 2 * beta ^ 2 + alpha ^ 2 * ∑ i < r, s i ^ 2) / INR N).
Proof.
  unfold bound; apply has_mean_ext with (fun o => / INR N *
    (root o + s 0%nat ^ 2 * v o ^ 2 + ∑ i < r, s i ^ 2 * (∑ k < d, u o k * w i k) ^ 2)); [intros; unfold Rdiv; ring|].
  eapply has_mean_value; [|apply Rmult_comm].
  apply has_mean_scal, has_mean_plus; [apply has_mean_plus|exact output_mean].
  - apply has_mean_intro, root_integrable.
  - apply has_mean_scal, square_of_v.
Qed.

Lemma sharpness_below : almost E (fun o => S o <= bound o).
Proof.
  destruct given; refine (almost_weaker _ E _ _ _ given_sharpness); intros o H.
  exact (claims_lem_b_3.printed_upper N d r X s e w y c (u o) (v o) (S o) size_N given_data H).
Qed.

Lemma sharpness_above : almost E (fun o => 0 <= S o).
Proof.
  destruct given; refine (almost_weaker _ E _ _ _ given_sharpness); intros o H.
  exact (sharpness_nonneg N d X y (u o) (fun _ => v o) (S o) size_N H).
Qed.

Lemma sharpness_mean : has_mean E S (expected_value E S).
Proof.
  apply has_mean_intro, between_is_integrable with (fun _ => 0) bound.
  - exact (thm_5_6.random_S _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ given).
  - apply integrable_constant.
  - apply bound_mean.
  - apply almost_both; [exact sharpness_above|exact sharpness_below].
Qed.

Lemma root_mean : expected_value E root <=
  sqrt (alpha ^ 2 * beta ^ 2 * (∑ i < r, s i ^ 4) + (∑ i < r, c i ^ 2 * s i ^ 2)).
Proof.
  pose proof given_moments as G; pose proof (facts_svd _ _ _ _ _ _ _ _ _ given_data) as D.
  apply (mean_below_root E root); [apply has_mean_intro, root_integrable|].
  apply has_mean_ext with (fun o => ∑ i < r, s i ^ 2 *
    (s i * s i * (dot d (w i) (u o) * dot d (w i) (u o) * (v o * v o)) - 2 * (s i * c i) * (dot d (w i) (u o) * v o)
     + c i * c i)).
  - intros o; rewrite root_squared; apply Sum_ext; intros i Hi; rewrite printed_coefficient; ring.
  - eapply has_mean_value.
    + apply has_mean_Sum; intros i Hi; apply has_mean_scal, has_mean_plus; [|apply has_mean_constant].
      apply has_mean_minus; apply has_mean_scal.
      * apply (mean_coordinates_v E d alpha beta u v G).
      * apply (mean_coordinate_v E d alpha beta u v G).
    + rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros i Hi.
      rewrite (svd_right _ _ _ _ _ _ _ D), delta_same by assumption; ring.
Qed.

Lemma upper_bound : expected_value E S <=
  (sqrt (alpha ^ 2 * beta ^ 2 * (∑ i < r, s i ^ 4) + (∑ i < r, c i ^ 2 * s i ^ 2)) + alpha ^ 2 * (∑ i < r, s i ^ 2)
   + beta ^ 2 * s 0%nat ^ 2) / INR N.
Proof.
  eapply Rle_trans; [exact (has_mean_le_almost E _ _ _ _ sharpness_mean bound_mean sharpness_below)|].
  assert (0 < INR N) by (destruct given; now apply lt_0_INR).
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|]; pose proof root_mean; lra.
Qed.

Lemma lower_bound :
  s 0%nat ^ 2 * (alpha ^ 2 + beta ^ 2 + 2 * alpha ^ 2 * beta ^ 2 / (alpha + beta) ^ 2) / INR N <= expected_value E S.
Proof.
  pose proof given_data as F; pose proof (facts_svd _ _ _ _ _ _ _ _ _ F) as D.
  destruct given; assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (W : norm_sq d (w 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_right _ _ _ _ _ _ _ D), delta_same by assumption; reflexivity. }
  pose proof (normal_harmonic_square E d alpha beta u v domain_of_alpha domain_of_beta initialization (w 0%nat) W) as H.
  assert (M : has_mean E (fun o => s 0%nat ^ 2 / INR N * (v o ^ 2 + first o ^ 2
                + 2 * (v o ^ 2 * dot d (w 0%nat) (u o) ^ 2 / (v o ^ 2 + dot d (w 0%nat) (u o) ^ 2))))
                (s 0%nat ^ 2 / INR N * (beta ^ 2 + alpha ^ 2 + 2 * (alpha * beta / (alpha + beta)) ^ 2))).
  { apply has_mean_scal, has_mean_plus; [apply has_mean_plus|now apply has_mean_scal].
    - exact square_of_v.
    - now apply coordinate_square. }
  pose proof (odd_part_vanishes E d alpha beta u v domain_of_alpha domain_of_beta initialization (w 0%nat) _ _
    (2 * s 0%nat * c 0%nat / INR N) S (expected_value E S) M sharpness_mean) as L.
  apply Rle_trans with (s 0%nat ^ 2 / INR N * (beta ^ 2 + alpha ^ 2 + 2 * (alpha * beta / (alpha + beta)) ^ 2)).
  { apply Req_le; field; lra. }
  apply L; refine (almost_weaker _ E _ _ _ given_sharpness); intros o HS.
  unfold first; rewrite <- printed_coefficient; set (z := ∑ k < d, u o k * w 0%nat k).
  pose proof (pow2_ge_0 (v o)); pose proof (pow2_ge_0 z).
  destruct (Req_dec (v o ^ 2 + z ^ 2) 0) as [Z|Z].
  - assert (v o = 0) as -> by nra; assert (z = 0) as -> by nra.
    pose proof (sharpness_nonneg N d X y (u o) (fun _ => v o) (S o) size_N HS) as P.
    eapply Rle_trans; [apply Req_le|exact P]; unfold Rdiv; ring.
  - pose proof (claims_lem_b_3.printed_lower N d r X s e w y c (u o) (v o) (S o) size_N size_r F HS) as P.
    cbv zeta in P; fold z in P; eapply Rle_trans; [apply Req_le|apply P; lra]; field; lra.
Qed.

End Start.

Theorem lower : thm_5_6.lower.
Proof. intros Omega E N d r S v X e w alpha beta c s y u H; eapply lower_bound; exact H. Qed.

Theorem upper : thm_5_6.upper.
Proof. intros Omega E N d r S v X e w alpha beta c s y u H; eapply upper_bound; exact H. Qed.
