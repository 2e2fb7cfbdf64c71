(** Theorem 4.6: the sharpness of the model of any depth [D] at a balanced global minimizer. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model gradient hessian sharpness sharpness_at_minimizer theorem_4_3.
Local Open Scope R_scope.

(** Assumption 4.5: every scalar layer has imbalance 0. *)
Definition balanced (D d r : nat) (w : nat -> nat -> R) (u v : nat -> R) : Prop :=
  forall k, (k < D - 1)%nat -> imbalance d r w u v k = 0.

(** The two bounds as functions of [s_1], [Q], the square of [d_1] or the squared norm of [y], [N] and [D]. *)
Definition depth_bound (N D : nat) (s1 Q label_sq : R) : R :=
  (s1 * s1 * Rpower Q (INR (D - 1) / INR D)
   + INR (D - 1) * label_sq * Rpower Q (- (1 / INR D))) / INR N.

(** The powers of [Q] from its [D]-th root. *)
Lemma root_of_difficulty D q : (2 <= D)%nat -> 0 < q -> Rpower (q ^ D) (1 / INR D) = q.
Proof.
  intros HD Hq; assert (0 < INR D) by (apply lt_0_INR; lia).
  rewrite <- Rpower_pow, Rpower_mult by assumption.
  replace (INR D * (1 / INR D)) with 1 by (field; lra). now apply Rpower_1.
Qed.

Lemma power_of_difficulty D q :
  (2 <= D)%nat -> 0 < q -> Rpower (q ^ D) (INR (D - 1) / INR D) = q ^ (D - 1).
Proof.
  intros HD Hq; assert (0 < INR D) by (apply lt_0_INR; lia).
  rewrite <- Rpower_pow, Rpower_mult by assumption.
  replace (INR D * (INR (D - 1) / INR D)) with (INR (D - 1)) by (field; lra).
  now apply Rpower_pow.
Qed.

Lemma inverse_root_of_difficulty D q :
  (2 <= D)%nat -> 0 < q -> Rpower (q ^ D) (- (1 / INR D)) = / q.
Proof. intros HD Hq; now rewrite Rpower_Ropp, root_of_difficulty. Qed.

Section Balanced.

Variables (N D d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u v : nat -> R).
Hypothesis depth : (2 <= D)%nat.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis fits : forall n, (n < N)%nat -> residual d (D - 1) X y u v n = 0.
Hypothesis balance : balanced D d r w u v.

Let q := norm_sq r (fun i => dot d (w i) u).
Let P := Prod (D - 1) v.

Lemma balanced_layer k : (k < D - 1)%nat -> v k * v k = q.
Proof.
  intros Hk; specialize (balance k Hk); unfold imbalance in balance.
  rewrite row_projection_norm in balance by apply (svd_right _ _ _ _ _ _ _ decomposition).
  fold q in balance; lra.
Qed.

Lemma balanced_product : P * P = q ^ (D - 1).
Proof.
  unfold P; rewrite <- Prod_mult, <- Prod_const; apply Prod_ext; intros; now apply balanced_layer.
Qed.

(** At a balanced minimizer [|Pi_W u|^2] is the [D]-th root of the difficulty. *)
Lemma balanced_difficulty : q ^ D = difficulty N r s e y.
Proof.
  rewrite <- (solution_projection N d r X s e w y decomposition (fun j => P * u j)).
  - rewrite (norm_sq_ext r (fun i => dot d (w i) (fun j => P * u j)) (fun i => P * dot d (w i) u))
      by (intros; apply dot_scal_r).
    rewrite norm_sq_scal; fold q; rewrite balanced_product.
    replace D with (S (D - 1)) at 1 by lia; simpl; ring.
  - intros n Hn; rewrite matrix_vector_scal; specialize (fits n Hn).
    unfold residual, output in fits; fold P in fits; lra.
Qed.

Lemma balanced_slope : 0 < q -> slope_norm_sq (D - 1) v = INR (D - 1) * (P * P / q).
Proof.
  intros Hq; unfold slope_norm_sq; rewrite <- Sum_const; apply Sum_ext; intros j Hj.
  pose proof (balanced_layer j Hj) as Hv.
  unfold P; rewrite <- (Prod_except_mult (D - 1) j v Hj), <- Hv.
  field; intros H; rewrite H in Hv; lra.
Qed.

Lemma balanced_product_nonzero : 0 < q -> P <> 0.
Proof.
  intros Hq H; pose proof balanced_product as E; rewrite H in E.
  pose proof (pow_lt q (D - 1) Hq); lra.
Qed.

Lemma balanced_output n : 0 < q -> (n < N)%nat -> matrix_vector d X u n = / P * y n.
Proof.
  intros Hq Hn; specialize (fits n Hn); unfold residual, output in fits; fold P in fits.
  pose proof (balanced_product_nonzero Hq).
  apply Rmult_eq_reg_r with P; [|assumption]; field_simplify; lra.
Qed.

End Balanced.

Theorem theorem_4_6 N D d r X s e w y u v S :
  (2 <= D)%nat -> (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  is_global_minimizer (loss N d (D - 1) X y) u v -> balanced D d r w u v ->
  is_sharpness (loss N d (D - 1) X y) d (D - 1) u v S ->
  let Q := difficulty N r s e y in
  let d1 := label_coefficient N e y 0 in
  norm_sq d (row_projection d r w u) = Rpower Q (1 / INR D) /\
  (forall k, (k < D - 1)%nat -> v k * v k = Rpower Q (1 / INR D)) /\
  depth_bound N D (s 0%nat) Q (d1 * d1) <= S <= depth_bound N D (s 0%nat) Q (norm_sq N y).
Proof.
  intros HD Hr Hsvd Hy Hpos Hmin Hbal HS Q d1.
  assert (Hfit : forall n, (n < N)%nat -> residual d (D - 1) X y u v n = 0)
    by (intros; now apply (minimizer_fits_labels N)).
  assert (HN : 0 < INR N) by (apply lt_0_INR, (samples_positive N y Hpos)).
  assert (HQ : 0 < Q) by exact (difficulty_positive N d r X s e w y Hsvd Hy Hpos).
  set (q := norm_sq r (fun i => dot d (w i) u)).
  assert (EQ : q ^ D = Q) by exact (balanced_difficulty N D d r X s e w y u v HD Hsvd Hfit Hbal).
  assert (Hq : 0 < q).
  { pose proof (norm_sq_nonneg r (fun i => dot d (w i) u)) as H0; fold q in H0.
    destruct (Req_dec q 0) as [E|]; [|lra].
    rewrite E, pow_i in EQ by lia; lra. }
  rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ Hsvd); fold q.
  set (P := Prod (D - 1) v).
  assert (EP : P * P = q ^ (D - 1)) by exact (balanced_product N D d r X s e w u v Hsvd Hbal).
  assert (HP : P <> 0) by exact (balanced_product_nonzero N D d r X s e w u v Hsvd Hbal Hq).
  pose proof (balanced_slope N D d r X s e w u v Hsvd Hbal Hq) as ES; fold q P in ES.
  assert (EA : forall n, (n < N)%nat -> matrix_vector d X u n = / P * y n)
    by (intros n Hn; exact (balanced_output N D d r X s e w y u v Hsvd Hfit Hbal n Hq Hn)).
  unfold depth_bound; rewrite <- EQ.
  rewrite root_of_difficulty, power_of_difficulty, inverse_root_of_difficulty by assumption.
  split; [reflexivity|split].
  { intros k Hk; exact (balanced_layer N D d r X s e w u v Hsvd Hbal k Hk). }
  rewrite <- EP; split.
  - pose proof (minimizer_lower_bound (INR N) N d (D - 1) r X s e w y u v S HN Hr Hsvd Hfit HS) as L.
    fold P in L; rewrite ES in L.
    rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => / P * y n)) in L by auto.
    rewrite dot_scal_r in L; fold (label_coefficient N e y 0) in L; fold d1 in L.
    replace (INR (D - 1) * (d1 * d1) * / q)
      with (INR (D - 1) * (P * P / q) * (/ P * d1 * (/ P * d1))) by (field; lra).
    exact L.
  - pose proof (minimizer_upper_bound (INR N) N d (D - 1) r X s e w y u v S HN Hsvd Hfit HS) as L.
    fold P in L; rewrite ES in L.
    rewrite (norm_sq_ext N _ (fun n => / P * y n)), norm_sq_scal in L by auto.
    replace (INR (D - 1) * norm_sq N y * / q)
      with (INR (D - 1) * (P * P / q) * (/ P * / P * norm_sq N y)) by (field; lra).
    exact L.
Qed.

(** The bounds where [Q] is a [D]-th power, free of roots. *)
Theorem depth_bound_at_power N D s1 q label_sq :
  (2 <= D)%nat -> 0 < q ->
  depth_bound N D s1 (q ^ D) label_sq
  = (s1 * s1 * q ^ (D - 1) + INR (D - 1) * label_sq / q) / INR N.
Proof.
  intros HD Hq; unfold depth_bound.
  now rewrite power_of_difficulty, inverse_root_of_difficulty.
Qed.

(** Above [Q = 1] more depth raises both bounds. *)
Theorem bounds_rise_with_depth N D s1 Q label_sq :
  (0 < N)%nat -> (2 <= D)%nat -> 1 < Q -> 0 < s1 -> 0 <= label_sq ->
  depth_bound N D s1 Q label_sq < depth_bound N (S D) s1 Q label_sq.
Proof.
  intros HN HD HQ Hs Hl; unfold depth_bound, Rdiv.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, lt_0_INR; lia|].
  assert (HD0 : 0 < INR D) by (apply lt_0_INR; lia).
  replace (S D - 1)%nat with D by lia; rewrite minus_INR by lia; rewrite !S_INR; simpl (INR 0).
  assert (Hi : / (INR D + 1) < / INR D) by (apply Rinv_lt_contravar; nra).
  assert (Hi0 : 0 < / (INR D + 1)) by (apply Rinv_0_lt_compat; lra).
  assert (H1 : Rpower Q ((INR D - (0 + 1)) * / INR D) < Rpower Q (INR D * / (INR D + 1))).
  { apply Rpower_lt; [assumption|].
    replace ((INR D - (0 + 1)) * / INR D) with (1 - / INR D) by (field; lra).
    replace (INR D * / (INR D + 1)) with (1 - / (INR D + 1)) by (field; lra). lra. }
  assert (H2 : Rpower Q (- (1 * / INR D)) < Rpower Q (- (1 * / (INR D + 1))))
    by (apply Rpower_lt; lra).
  assert (H0 : 0 < Rpower Q (- (1 * / INR D))) by apply exp_pos.
  assert (2 <= INR D) by (change 2 with (INR 2); now apply le_INR).
  apply Rplus_lt_le_compat; [apply Rmult_lt_compat_l; nra|].
  apply Rmult_le_compat; [nra|lra|apply Rmult_le_compat_r; lra|lra].
Qed.
