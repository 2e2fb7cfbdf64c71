(** Erratum of Remark 4.4: read for the sharpness itself and not for its bounds, the remark is false. On
    [X = diag(5, 4)], [y = (0, 15)] the exact sharpness at the minimizer rises with the imbalance below [T_1]. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  definition_4_1 definition_4_2 minimalist_model gradient hessian sharpness sharpness_at_minimizer
  equation_16 theorem_4_3 remark_4_4.
Local Open Scope R_scope.

Definition diagonal_s (i : nat) : R := match i with O => 5 | _ => 4 end.
Definition diagonal_X (n j : nat) : R := diagonal_s n * delta n j.
Definition diagonal_y (n : nat) : R := match n with O => 0 | _ => 15 end.

(** The minimizers with [u = (0, 15 / (4 v))]. *)
Definition diagonal_u (x : R) (j : nat) : R := match j with O => 0 | _ => 15 / (4 * x) end.
Definition diagonal_v (x : R) (_ : nat) : R := x.

Lemma diagonal_svd : svd 2 2 2 diagonal_X diagonal_s basis basis.
Proof.
  split.
  - intros [|i] _; simpl; lra.
  - intros [|[|i]] Hi; simpl; try lra; lia.
  - now apply basis_orthonormal.
  - now apply basis_orthonormal.
  - intros [|[|n]] [|[|j]] Hn Hj; try lia; unfold diagonal_X, basis, delta; simpl; ring.
Qed.

Lemma diagonal_reachable : in_column_space 2 2 diagonal_X diagonal_y.
Proof.
  exists (diagonal_u 1); intros [|[|n]] Hn; try lia;
    unfold matrix_vector, dot, diagonal_X, diagonal_u, delta; simpl; field.
Qed.

Lemma diagonal_difficulty : difficulty 2 2 diagonal_s basis diagonal_y = 225 / 16.
Proof.
  unfold difficulty, label_coefficient; simpl.
  rewrite !dot_basis_l by lia; simpl; field.
Qed.

Lemma diagonal_norm : norm 2 diagonal_y = 15.
Proof.
  unfold norm; replace (norm_sq 2 diagonal_y) with (15 * 15); [apply sqrt_square; lra|].
  unfold norm_sq, dot; simpl; ring.
Qed.

Lemma diagonal_threshold :
  threshold (difficulty 2 2 diagonal_s basis diagonal_y) (diagonal_s 0) (norm 2 diagonal_y) = 27 / 16.
Proof. rewrite diagonal_difficulty, diagonal_norm; unfold threshold; simpl; field. Qed.

Lemma diagonal_imbalance x :
  x <> 0 -> imbalance 2 2 basis (diagonal_u x) (diagonal_v x) 0 = 225 / (16 * (x * x)) - x * x.
Proof.
  intros Hx; unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ diagonal_svd).
  unfold norm_sq; unfold dot at 1; simpl; rewrite !dot_basis_l by lia; simpl.
  unfold diagonal_v; field; assumption.
Qed.

Lemma diagonal_fits x n :
  x <> 0 -> (n < 2)%nat -> residual 2 1 diagonal_X diagonal_y (diagonal_u x) (diagonal_v x) n = 0.
Proof.
  intros Hx Hn; destruct n as [|[|n]]; try lia;
    unfold residual, output, matrix_vector, dot, diagonal_X, diagonal_u, diagonal_v, delta; simpl;
    field; assumption.
Qed.

(** While [V = x^2 <= 5], the second singular direction carries the sharpness, [(16 V + 225 / V) / 2]. *)
Lemma diagonal_sharpness x :
  x <> 0 -> x * x <= 5 ->
  is_sharpness (loss 2 2 1 diagonal_X diagonal_y) 2 1 (diagonal_u x) (diagonal_v x)
    ((16 * (x * x) + 225 / (x * x)) / 2).
Proof.
  intros Hx HV.
  assert (H2 : INR 2 <> 0) by (simpl; lra).
  assert (HVp : 0 < x * x) by nra.
  assert (C : forall a b, curvature (INR 2) 2 2 1 diagonal_X diagonal_y (diagonal_u x) (diagonal_v x) a b
    = / 2 * ((5 * x * a 0%nat) * (5 * x * a 0%nat)
             + (4 * x * a 1%nat + 15 / x * b 0%nat) * (4 * x * a 1%nat + 15 / x * b 0%nat))).
  { intros a b; rewrite curvature_at_minimizer by (intros; now apply diagonal_fits).
    unfold norm_sq, dot at 1, residual_slope, product_slope, Prod_except, matrix_vector, dot,
      diagonal_X, diagonal_u, diagonal_v, delta; simpl; field; assumption. }
  apply (sharpness_attained (INR 2) 2 2 1 _ _ _ _ H2 _
           (fun j => match j with O => 0 | _ => 4 * x end) (fun _ => 15 / x)).
  - intros a b Hab; rewrite C; unfold norm_sq, dot in Hab; simpl in Hab.
    set (a0 := a 0%nat) in *; set (a1 := a 1%nat) in *; set (b0 := b 0%nat) in *.
    set (M := 16 * (x * x) + 225 / (x * x)).
    assert (HM : 25 * (x * x) <= M).
    { unfold M; apply Rmult_le_reg_r with (x * x); [assumption|].
      replace ((16 * (x * x) + 225 / (x * x)) * (x * x)) with (16 * (x * x) * (x * x) + 225) by (field; lra).
      nra. }
    assert (H1 : (5 * x * a0) * (5 * x * a0) <= M * (a0 * a0)) by nra.
    assert (H3 : (4 * x * a1 + 15 / x * b0) * (4 * x * a1 + 15 / x * b0) <= M * (a1 * a1 + b0 * b0)).
    { assert (E : M * (a1 * a1 + b0 * b0) - (4 * x * a1 + 15 / x * b0) * (4 * x * a1 + 15 / x * b0)
                  = (4 * x * b0 - 15 / x * a1) * (4 * x * b0 - 15 / x * a1)) by (unfold M; field; lra).
      pose proof (Rle_0_sqr (4 * x * b0 - 15 / x * a1)) as Hq; unfold Rsqr in Hq; lra. }
    replace (M / 2) with (/ 2 * (M * (a0 * a0) + M * (a1 * a1 + b0 * b0)))
      by (replace (M * (a0 * a0) + M * (a1 * a1 + b0 * b0))
            with (M * (0 + a0 * a0 + a1 * a1 + (0 + b0 * b0))) by ring; rewrite Hab; field).
    lra.
  - unfold norm_sq, dot; simpl.
    assert (0 < 15 / x * (15 / x)).
    { replace (15 / x * (15 / x)) with (225 / (x * x)) by (field; lra); apply Rdiv_lt_0_compat; lra. }
    nra.
  - rewrite C; unfold norm_sq, dot; simpl; field; lra.
Qed.

(** The literal reading fails: imbalances [C < C'] below [T_1], sharpness [S < S']. *)
Theorem erratum_remark_4_4 :
  exists u v u' v' S S',
    is_global_minimizer (loss 2 2 1 diagonal_X diagonal_y) u v /\
    is_global_minimizer (loss 2 2 1 diagonal_X diagonal_y) u' v' /\
    is_sharpness (loss 2 2 1 diagonal_X diagonal_y) 2 1 u v S /\
    is_sharpness (loss 2 2 1 diagonal_X diagonal_y) 2 1 u' v' S' /\
    imbalance 2 2 basis u v 0 < imbalance 2 2 basis u' v' 0
      < threshold (difficulty 2 2 diagonal_s basis diagonal_y) (diagonal_s 0) (norm 2 diagonal_y) /\
    S < S'.
Proof.
  exists (diagonal_u (19 / 10)), (diagonal_v (19 / 10)), (diagonal_u (9 / 5)), (diagonal_v (9 / 5)).
  exists ((16 * (19 / 10 * (19 / 10)) + 225 / (19 / 10 * (19 / 10))) / 2).
  exists ((16 * (9 / 5 * (9 / 5)) + 225 / (9 / 5 * (9 / 5))) / 2).
  rewrite diagonal_threshold, !diagonal_imbalance by lra.
  repeat split; try (apply fitting_labels_minimizes; [lia|]; intros; apply diagonal_fits; [lra|assumption]);
    try (apply diagonal_sharpness; lra); lra.
Qed.
