(** The sharpness at a global minimizer, any depth: there the Hessian is [J^T J / N], and the top singular
    vector and the operator norm bound it on both sides. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives
  singular_value_decomposition definition_4_1 minimalist_model gradient hessian sharpness.
Local Open Scope R_scope.

(** [sum_j (P / v_j)^2], written without division. *)
Definition slope_norm_sq (m : nat) (v : nat -> R) : R :=
  ∑ j < m, Prod_except m j v * Prod_except m j v.

Lemma product_slope_bound m v b :
  product_slope m v b * product_slope m v b <= slope_norm_sq m v * norm_sq m b.
Proof.
  rewrite (Rmult_comm (slope_norm_sq m v)).
  exact (cauchy_schwarz m b (fun j => Prod_except m j v)).
Qed.

(** The algebra of the upper bound: [|P B + p A|^2 <= (sigma P^2 + W |A|^2) (|a|^2 + |b|^2)]. *)
Lemma two_terms sigma W P p AA BB AB aa bb :
  0 <= sigma -> 0 <= W -> 0 <= AA -> 0 <= BB -> 0 <= aa -> 0 <= bb ->
  aa + bb = 1 -> BB <= sigma * aa -> p * p <= W * bb -> AB * AB <= BB * AA ->
  P * P * BB + 2 * (P * (p * AB)) + p * p * AA <= sigma * (P * P) + W * AA.
Proof.
  intros Hs HW HA HB Ha Hb H1 H2 H3 H4.
  assert (HP : 0 <= P * P) by nra.
  (* the cross term, by comparing squares: (P p AB)^2 <= P^2 W bb sigma aa AA *)
  assert (Hc : (P * (p * AB)) * (P * (p * AB)) <= (P * P * sigma * bb) * (W * AA * aa)).
  { replace ((P * (p * AB)) * (P * (p * AB))) with (P * P * ((p * p) * (AB * AB))) by ring.
    replace ((P * P * sigma * bb) * (W * AA * aa)) with (P * P * ((W * bb) * (sigma * aa * AA))) by ring.
    apply Rmult_le_compat_l; [exact HP|].
    apply Rmult_le_compat; [nra|nra|exact H3|].
    apply Rle_trans with (BB * AA); [exact H4|]; now apply Rmult_le_compat_r. }
  assert (Hx : 0 <= P * P * sigma * bb) by (apply Rmult_le_pos; [now apply Rmult_le_pos|assumption]).
  assert (Hy : 0 <= W * AA * aa) by (apply Rmult_le_pos; [now apply Rmult_le_pos|assumption]).
  assert (Hd : 2 * (P * (p * AB)) <= P * P * sigma * bb + W * AA * aa).
  { apply Rle_trans with (Rabs (2 * (P * (p * AB)))); [apply Rle_abs|].
    rewrite <- (Rabs_pos_eq (P * P * sigma * bb + W * AA * aa)) by lra.
    apply Rsqr_le_abs_0; unfold Rsqr.
    pose proof (Rle_0_sqr (P * P * sigma * bb - W * AA * aa)) as Hq; unfold Rsqr in Hq; lra. }
  assert (P * P * BB <= P * P * (sigma * aa)) by now apply Rmult_le_compat_l.
  assert (p * p * AA <= W * bb * AA) by now apply Rmult_le_compat_r.
  replace (sigma * (P * P)) with (P * P * (sigma * aa) + P * P * sigma * bb)
    by (replace aa with (1 - bb) by lra; ring).
  replace (W * AA) with (W * bb * AA + W * AA * aa) by (replace aa with (1 - bb) by lra; ring).
  lra.
Qed.

Section Minimizer.

Variables (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R).
Hypothesis K_positive : 0 < K.
Hypothesis fits : forall n, (n < N)%nat -> residual d m X y u v n = 0.

Lemma curvature_at_minimizer a b :
  curvature K N d m X y u v a b = / K * norm_sq N (residual_slope d m X u v a b).
Proof.
  unfold curvature; f_equal.
  assert (E : dot N (residual d m X y u v) (residual_curvature d m X u v a b) = 0); [|lra].
  unfold dot; rewrite (Sum_ext N _ (fun _ => 0)); [apply Sum_zero|].
  intros n Hn; rewrite fits by assumption; ring.
Qed.

End Minimizer.

Section Bounds.

Variables (K : R) (N d m r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Variables (y u v : nat -> R) (S : R).
Hypothesis K_positive : 0 < K.
Hypothesis rank_positive : (0 < r)%nat.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis fits : forall n, (n < N)%nat -> residual d m X y u v n = 0.
Hypothesis sharpness_here : is_sharpness (scaled_loss K N d m X y) d m u v S.

Let A := matrix_vector d X u.
Let P := Prod m v.

Lemma minimizer_lower_bound :
  (s 0%nat * s 0%nat * (P * P) + slope_norm_sq m v * (dot N (e 0%nat) A * dot N (e 0%nat) A)) / K <= S.
Proof.
  set (alpha := dot N (e 0%nat) A).
  set (a := fun j => P * s 0%nat * w 0%nat j).
  set (b := fun j => alpha * Prod_except m j v).
  set (h := s 0%nat * s 0%nat * (P * P) + slope_norm_sq m v * (alpha * alpha)).
  assert (Ew : norm_sq d (w 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_right _ _ _ _ _ _ _ decomposition) by assumption; apply delta_same. }
  assert (Ee : norm_sq N (e 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_left _ _ _ _ _ _ _ decomposition) by assumption; apply delta_same. }
  assert (Eh : norm_sq d a + norm_sq m b = h).
  { unfold a, b; rewrite !norm_sq_scal, Ew.
    fold (dot m (fun j => Prod_except m j v) (fun j => Prod_except m j v)).
    unfold h, slope_norm_sq, norm_sq, dot; ring. }
  assert (Hb : product_slope m v b = alpha * slope_norm_sq m v).
  { unfold product_slope, b, slope_norm_sq; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring. }
  assert (Ej : dot N (e 0%nat) (residual_slope d m X u v a b) = h).
  { unfold residual_slope; rewrite dot_plus_r, Hb; fold P A.
    rewrite (dot_ext N (e 0%nat) (fun n => matrix_vector d X a n * P)
               (e 0%nat) (fun n => P * matrix_vector d X a n)) by (intros; auto; ring).
    rewrite (dot_ext N (e 0%nat) (fun n => A n * _)
               (e 0%nat) (fun n => (alpha * slope_norm_sq m v) * A n)) by (intros; auto; ring).
    rewrite !dot_scal_r, (svd_left_coefficient N d r X s e w decomposition a 0 rank_positive).
    unfold a; rewrite dot_scal_r; fold (norm_sq d (w 0%nat)); rewrite Ew; fold alpha.
    unfold h; ring. }
  assert (Hh : 0 <= h) by (rewrite <- Eh; pose proof (norm_sq_nonneg d a);
                           pose proof (norm_sq_nonneg m b); lra).
  assert (HK : K <> 0) by lra.
  destruct (Req_dec h 0) as [H0|H0].
  - (* at h = 0 the bound is 0: any direction has nonnegative curvature here *)
    rewrite H0; unfold Rdiv; rewrite Rmult_0_l.
    assert (Hp : 0 < norm_sq d (w 0%nat) + norm_sq m (fun _ => 0)).
    { rewrite Ew; pose proof (norm_sq_nonneg m (fun _ => 0)); lra. }
    pose proof (sharpness_lower K N d m X y u v HK S _ _ sharpness_here Hp) as H.
    rewrite (curvature_at_minimizer K N d m X y u v fits) in H.
    assert (0 <= / K * norm_sq N (residual_slope d m X u v (w 0%nat) (fun _ => 0))).
    { apply Rmult_le_pos; [apply Rlt_le, Rinv_0_lt_compat; lra|apply norm_sq_nonneg]. }
    nra.
  - assert (Hp : 0 < norm_sq d a + norm_sq m b) by lra.
    pose proof (sharpness_lower K N d m X y u v HK S a b sharpness_here Hp) as H.
    rewrite (curvature_at_minimizer K N d m X y u v fits), Eh in H.
    pose proof (cauchy_schwarz_unit N (e 0%nat) (residual_slope d m X u v a b) Ee) as C.
    rewrite Ej in C.
    apply Rmult_le_reg_r with h; [lra|].
    apply Rle_trans with (/ K * norm_sq N (residual_slope d m X u v a b)); [|exact H].
    replace (h / K * h) with (/ K * (h * h)) by (field; lra).
    apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|exact C].
Qed.

Lemma minimizer_upper_bound :
  S <= (s 0%nat * s 0%nat * (P * P) + slope_norm_sq m v * norm_sq N A) / K.
Proof.
  apply (sharpness_upper K N d m X y u v (Rgt_not_eq _ _ K_positive) S _ sharpness_here).
  intros a b Hab; rewrite (curvature_at_minimizer K N d m X y u v fits).
  unfold Rdiv; rewrite (Rmult_comm _ (/ K)).
  apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  unfold residual_slope; fold A P.
  set (B := matrix_vector d X a); set (p := product_slope m v b).
  rewrite (norm_sq_ext N _ (fun n => P * B n + p * A n)) by (intros; ring).
  rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r.
  pose proof (svd_operator_norm N d r X s e w decomposition a) as HB; fold B in HB.
  pose proof (product_slope_bound m v b) as Hp; fold p in Hp.
  pose proof (cauchy_schwarz N B A) as C.
  pose proof (norm_sq_nonneg N A) as HA; pose proof (norm_sq_nonneg N B) as HB0.
  pose proof (norm_sq_nonneg d a) as Ha; pose proof (norm_sq_nonneg m b) as Hb.
  assert (HW : 0 <= slope_norm_sq m v) by (apply Sum_nonneg; intros; nra).
  apply (two_terms (s 0%nat * s 0%nat) (slope_norm_sq m v) P p (norm_sq N A) (norm_sq N B) (dot N B A)
           (norm_sq d a) (norm_sq m b)); auto; try nra.
Qed.

End Bounds.
