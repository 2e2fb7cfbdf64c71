(** Lemma B.3: both bounds on the sharpness of the two-layer model at any point. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives
  singular_value_decomposition minimalist_model gradient hessian sharpness sharpness_at_minimizer theorem_4_3.
Local Open Scope R_scope.

Lemma product_slope_one v b : product_slope 1 v b = b 0%nat.
Proof. unfold product_slope, Prod_except; simpl; ring. Qed.

Lemma product_curvature_one v b : product_curvature 1 v b = 0.
Proof. unfold product_curvature; simpl; ring. Qed.

(** The curvature at depth 2: [|v X a + b X u|^2 / N + 2 b z . X a / N]. *)
Lemma curvature_depth_two K N d X y u v a b :
  curvature K N d 1 X y u v a b
  = / K * (norm_sq N (fun n => v 0%nat * matrix_vector d X a n + b 0%nat * matrix_vector d X u n)
           + 2 * (b 0%nat * dot d (transposed_vector N X (residual d 1 X y u v)) a)).
Proof.
  unfold curvature; do 2 f_equal.
  - apply norm_sq_ext; intros; unfold residual_slope; rewrite product_slope_one, Prod_one_factor; ring.
  - rewrite transpose_dot, <- Rmult_assoc, <- dot_scal_r; apply dot_ext; [reflexivity|].
    intros; unfold residual_curvature; rewrite product_slope_one, product_curvature_one; ring.
Qed.

Section Bounds.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Variables (y u v : nat -> R) (S : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis rank_positive : (0 < r)%nat.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis sharpness_here : is_sharpness (loss N d 1 X y) d 1 u v S.

Let A := matrix_vector d X u.
Let z := residual d 1 X y u v.
Let g := transposed_vector N X z.

Theorem lemma_b_3_upper :
  S <= (s 0%nat * s 0%nat * (v 0%nat * v 0%nat) + norm_sq N A + norm d g) / INR N.
Proof.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  apply (sharpness_upper (INR N) N d 1 X y u v (Rgt_not_eq _ _ HN) S _ sharpness_here).
  intros a b Hab; rewrite curvature_depth_two; fold A z g.
  unfold Rdiv; rewrite (Rmult_comm _ (/ INR N)).
  apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  apply Rplus_le_compat.
  - set (B := matrix_vector d X a).
    rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r.
    pose proof (svd_operator_norm N d r X s e w decomposition a) as HB; fold B in HB.
    pose proof (two_terms (s 0%nat * s 0%nat) 1 (v 0%nat) (b 0%nat) (norm_sq N A) (norm_sq N B)
                  (dot N B A) (norm_sq d a) (norm_sq 1 b)) as T.
    rewrite (Rmult_1_l (norm_sq 1 b)), (Rmult_1_l (norm_sq N A)) in T; apply T; auto using norm_sq_nonneg, cauchy_schwarz.
    + apply Rle_0_sqr.
    + lra.
    + unfold norm_sq, dot; simpl; lra.
  - pose proof (cauchy_schwarz_abs d g a) as C.
    pose proof (norm_nonneg d g) as Hg; pose proof (norm_nonneg d a) as Ha.
    pose proof (norm_squared d a) as Na.
    unfold norm_sq at 2, dot in Hab; simpl in Hab; rewrite Rplus_0_l in Hab.
    apply Rle_trans with (Rabs (2 * (b 0%nat * dot d g a))); [apply Rle_abs|].
    rewrite !Rabs_mult, (Rabs_pos_eq 2) by lra.
    assert (Hb2 : Rabs (b 0%nat) * Rabs (b 0%nat) = b 0%nat * b 0%nat)
      by (rewrite <- Rabs_mult; apply Rabs_pos_eq, Rle_0_sqr).
    pose proof (Rabs_pos (b 0%nat)) as Hb.
    assert (H1 : 2 * (Rabs (b 0%nat) * norm d a) <= 1)
      by (pose proof (Rle_0_sqr (Rabs (b 0%nat) - norm d a)) as Hq; unfold Rsqr in Hq; nra).
    apply Rle_trans with (2 * (Rabs (b 0%nat) * (norm d g * norm d a))).
    + apply Rmult_le_compat_l; [lra|]; now apply Rmult_le_compat_l.
    + replace (2 * (Rabs (b 0%nat) * (norm d g * norm d a)))
        with (norm d g * (2 * (Rabs (b 0%nat) * norm d a))) by ring.
      rewrite <- (Rmult_1_r (norm d g)) at 2; now apply Rmult_le_compat_l.
Qed.

(** The coordinates of the point along the first singular vector. *)
Let c1 := dot d (w 0%nat) u.
Let z1 := dot N (e 0%nat) z.

Theorem lemma_b_3_lower :
  0 < v 0%nat * v 0%nat + c1 * c1 ->
  (s 0%nat * s 0%nat * (v 0%nat * v 0%nat + c1 * c1)
   + 2 * v 0%nat * c1 * s 0%nat * z1 / (v 0%nat * v 0%nat + c1 * c1)) / INR N <= S.
Proof.
  intros Hpos; assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (h := v 0%nat * v 0%nat + c1 * c1) in *.
  set (a := fun j => v 0%nat * w 0%nat j); set (b := fun _ : nat => c1).
  assert (Ew : norm_sq d (w 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_right _ _ _ _ _ _ _ decomposition) by assumption; apply delta_same. }
  assert (Ee : norm_sq N (e 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_left _ _ _ _ _ _ _ decomposition) by assumption; apply delta_same. }
  assert (Eh : norm_sq d a + norm_sq 1 b = h).
  { unfold a, b; rewrite norm_sq_scal, Ew; unfold norm_sq, dot; simpl; unfold h; ring. }
  assert (Hp : 0 < norm_sq d a + norm_sq 1 b) by lra.
  pose proof (sharpness_lower (INR N) N d 1 X y u v (Rgt_not_eq _ _ HN) S a b sharpness_here Hp) as H.
  rewrite curvature_depth_two, Eh in H; fold A z g in H.
  set (j := fun n => v 0%nat * matrix_vector d X a n + b 0%nat * A n) in H.
  assert (Ej : dot N (e 0%nat) j = s 0%nat * h).
  { unfold j, b; rewrite dot_plus_r, !dot_scal_r; unfold A.
    rewrite !(svd_left_coefficient N d r X s e w decomposition _ 0 rank_positive); fold c1.
    unfold a; rewrite dot_scal_r; fold (norm_sq d (w 0%nat)); rewrite Ew; unfold h; ring. }
  assert (Eg : dot d g a = v 0%nat * (s 0%nat * z1)).
  { unfold a; rewrite dot_scal_r, dot_sym; unfold g.
    now rewrite (svd_right_coefficient N d r X s e w decomposition z 0 rank_positive). }
  pose proof (cauchy_schwarz_unit N (e 0%nat) j Ee) as Cs; rewrite Ej in Cs.
  rewrite Eg in H; unfold b in H.
  apply Rmult_le_reg_r with h; [assumption|].
  apply Rle_trans with (/ INR N * (norm_sq N j + 2 * (c1 * (v 0%nat * (s 0%nat * z1))))); [|exact H].
  replace ((s 0%nat * s 0%nat * h + 2 * v 0%nat * c1 * s 0%nat * z1 / h) / INR N * h)
    with (/ INR N * (s 0%nat * h * (s 0%nat * h) + 2 * (c1 * (v 0%nat * (s 0%nat * z1)))))
    by (field; lra).
  apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|lra].
Qed.

(** The sharpness is never negative, which is the lower bound where [v = c_1 = 0]. *)
Theorem sharpness_nonneg : 0 <= S.
Proof.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (Hp : 0 < norm_sq d (fun _ => 0) + norm_sq 1 (fun _ => 1)).
  { pose proof (norm_sq_nonneg d (fun _ => 0)); unfold norm_sq at 2, dot; simpl; lra. }
  pose proof (sharpness_lower (INR N) N d 1 X y u v (Rgt_not_eq _ _ HN) S _ _ sharpness_here Hp) as H.
  rewrite curvature_depth_two in H.
  set (g' := transposed_vector N X _) in H.
  assert (E : dot d g' (fun _ => 0) = 0)
    by (unfold dot; rewrite (Sum_ext d _ (fun _ => 0)) by (intros; ring); apply Sum_zero).
  rewrite E in H.
  set (j := norm_sq N _) in H; assert (0 <= j) by apply norm_sq_nonneg.
  assert (0 <= / INR N * (j + 2 * (1 * 0))).
  { apply Rmult_le_pos; [apply Rlt_le, Rinv_0_lt_compat; lra|lra]. }
  set (n := norm_sq d _ + norm_sq 1 _) in *; nra.
Qed.

End Bounds.
