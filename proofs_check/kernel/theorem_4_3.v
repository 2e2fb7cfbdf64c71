(** Theorem 4.3: the sharpness of the two-layer model at a global minimizer of imbalance [C]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model gradient hessian sharpness sharpness_at_minimizer equation_16.
Local Open Scope R_scope.

(** The two bounds as functions of [s_1], [V], the square of [d_1] or the squared norm of [y], and [N]. *)
Definition sharpness_bound (N : nat) (s1 V label_sq : R) : R := (s1 * s1 * V + label_sq / V) / INR N.

Lemma Prod_one_factor v : Prod 1 v = v 0%nat.
Proof. simpl; ring. Qed.

Lemma slope_norm_sq_one v : slope_norm_sq 1 v = 1.
Proof. unfold slope_norm_sq, Prod_except; simpl; ring. Qed.

Lemma samples_positive N y : 0 < norm_sq N y -> (0 < N)%nat.
Proof. destruct N; [unfold norm_sq, dot; simpl; lra|lia]. Qed.

(** At a fitting point of depth 2 the singular coordinates satisfy [s_i c_i v = d_i], so [(C + V) V = Q]. *)
Lemma minimizer_equation N d r X s e w y u v :
  svd N d r X s e w ->
  (forall n, (n < N)%nat -> residual d 1 X y u v n = 0) ->
  let V := v 0%nat * v 0%nat in
  (imbalance d r w u v 0 + V) * V = difficulty N r s e y.
Proof.
  intros Hsvd Hfit V.
  replace (imbalance d r w u v 0 + V) with (norm_sq r (fun i => dot d (w i) u)).
  2:{ unfold imbalance, V; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ Hsvd); ring. }
  rewrite <- (solution_projection N d r X s e w y Hsvd (fun j => v 0%nat * u j)).
  - rewrite (norm_sq_ext r (fun i => dot d (w i) (fun j => v 0%nat * u j))
               (fun i => v 0%nat * dot d (w i) u)) by (intros; apply dot_scal_r).
    rewrite norm_sq_scal; unfold V; ring.
  - intros n Hn; rewrite matrix_vector_scal; specialize (Hfit n Hn).
    unfold residual, output in Hfit; rewrite Prod_one_factor in Hfit; lra.
Qed.

Theorem theorem_4_3 N d r X s e w y u v S :
  (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  is_global_minimizer (loss N d 1 X y) u v ->
  is_sharpness (loss N d 1 X y) d 1 u v S ->
  let C := imbalance d r w u v 0 in
  let Q := difficulty N r s e y in
  let V := minimizer_V C Q in
  let d1 := label_coefficient N e y 0 in
  v 0%nat * v 0%nat = V /\
  sharpness_bound N (s 0%nat) V (d1 * d1) <= S <= sharpness_bound N (s 0%nat) V (norm_sq N y).
Proof.
  intros Hr Hsvd Hy Hpos Hmin HS C Q V d1.
  assert (Hfit : forall n, (n < N)%nat -> residual d 1 X y u v n = 0)
    by (intros; now apply (minimizer_fits_labels N)).
  assert (HN : 0 < INR N) by (apply lt_0_INR, (samples_positive N y Hpos)).
  assert (HQ : 0 < Q) by exact (difficulty_positive N d r X s e w y Hsvd Hy Hpos).
  pose proof (minimizer_equation N d r X s e w y u v Hsvd Hfit) as E; simpl in E; fold C Q in E.
  assert (Hv : v 0%nat <> 0) by (intros H0; rewrite H0 in E; nra).
  assert (HV : v 0%nat * v 0%nat = V).
  { apply minimizer_V_unique; [assumption|nra|nra]. }
  assert (HVp : 0 < V) by now apply minimizer_V_positive.
  (* X u = y / v *)
  assert (EA : forall n, (n < N)%nat -> matrix_vector d X u n = / v 0%nat * y n).
  { intros n Hn; specialize (Hfit n Hn); unfold residual, output in Hfit.
    rewrite Prod_one_factor in Hfit; apply Rmult_eq_reg_r with (v 0%nat); [|assumption].
    field_simplify; lra. }
  split; [exact HV|split].
  - pose proof (minimizer_lower_bound (INR N) N d 1 r X s e w y u v S HN Hr Hsvd Hfit HS) as L.
    rewrite Prod_one_factor, slope_norm_sq_one in L.
    rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => / v 0%nat * y n)) in L by auto.
    rewrite dot_scal_r in L; fold (label_coefficient N e y 0) in L; fold d1 in L.
    unfold sharpness_bound; rewrite <- HV.
    replace (d1 * d1 / (v 0%nat * v 0%nat)) with (1 * (/ v 0%nat * d1 * (/ v 0%nat * d1)))
      by (field; assumption).
    exact L.
  - pose proof (minimizer_upper_bound (INR N) N d 1 r X s e w y u v S HN Hsvd Hfit HS) as L.
    rewrite Prod_one_factor, slope_norm_sq_one in L.
    rewrite (norm_sq_ext N _ (fun n => / v 0%nat * y n)), norm_sq_scal in L by auto.
    unfold sharpness_bound; rewrite <- HV.
    replace (norm_sq N y / (v 0%nat * v 0%nat))
      with (1 * (/ v 0%nat * / v 0%nat * norm_sq N y)) by (field; assumption).
    exact L.
Qed.
