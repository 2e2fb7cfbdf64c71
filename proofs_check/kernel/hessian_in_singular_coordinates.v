(** The Hessian in the coordinates [c_i = w_i . u] and [v_j]: a diagonal block bordered by the scalar layers, and
    nothing outside the row space. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1
  minimalist_model gradient hessian.
Local Open Scope R_scope.

Section Coordinates.

Variables (K : R) (N d m r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u v : nat -> R).
Hypothesis K_nonzero : K <> 0.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis reachable : in_column_space N d X y.

Let P := Prod m v.
Let c (i : nat) : R := dot d (w i) u.
Let label (i : nat) : R := label_coefficient N e y i.

(** The residual in the left singular basis, [z_i = s_i c_i P - d_i]. *)
Theorem residual_coordinate i :
  (i < r)%nat -> dot N (e i) (residual d m X y u v) = s i * c i * P - label i.
Proof.
  intros Hi; unfold residual, output; rewrite dot_minus_r; fold (label_coefficient N e y i); fold (label i).
  rewrite (dot_ext N (e i) (fun n => matrix_vector d X u n * Prod m v)
             (e i) (fun n => P * matrix_vector d X u n)) by (intros; auto; unfold P; ring).
  rewrite dot_scal_r, (svd_left_coefficient N d r X s e w decomposition u i Hi); unfold c; ring.
Qed.

(** Inner products of data images and reachable vectors, in coordinates. *)
Lemma image_dot a b :
  dot N (matrix_vector d X a) (matrix_vector d X b)
  = ∑ i < r, (s i * dot d (w i) a) * (s i * dot d (w i) b).
Proof.
  rewrite (dot_ext N _ _ (fun n => ∑ i < r, (s i * dot d (w i) a * e i n))
             (fun n => ∑ i < r, (s i * dot d (w i) b * e i n))).
  - exact (orthonormal_dot N r e _ _ (svd_left _ _ _ _ _ _ _ decomposition)).
  - intros; now apply (svd_apply N d r X s e w decomposition).
  - intros; now apply (svd_apply N d r X s e w decomposition).
Qed.

Lemma residual_image_dot a :
  dot N (residual d m X y u v) (matrix_vector d X a)
  = ∑ i < r, s i * (s i * c i * P - label i) * dot d (w i) a.
Proof.
  rewrite <- transpose_dot, (svd_transposed_dot N d r X s e w decomposition).
  apply Sum_ext; intros i Hi; now rewrite residual_coordinate.
Qed.

Definition hessian_cv (i k : nat) : R := / K * (Prod_except m k v * (s i * (2 * (s i * c i * P) - label i))).

Definition hessian_vv_coordinates (j k : nat) : R :=
  / K * (Prod_except m j v * Prod_except m k v * (∑ i < r, s i * s i * (c i * c i))
         + (if Nat.eqb k j then 0
            else Prod_except_two m j k v * ∑ i < r, s i * c i * (s i * c i * P - label i))).

(** The second derivative along [(a, b)] sees of [a] only its coordinates [alpha_i = w_i . a]. *)
Theorem hessian_in_singular_coordinates a b :
  let alpha := fun i => dot d (w i) a in
  hessian_form K N d m X y u v a b
  = (∑ i < r, / K * (P * P * (s i * s i)) * (alpha i * alpha i))
    + 2 * (∑ i < r, ∑ k < m, alpha i * hessian_cv i k * b k)
    + ∑ j < m, ∑ k < m, b j * hessian_vv_coordinates j k * b k.
Proof.
  intros alpha.
  rewrite <- curvature_is_hessian_form by assumption; unfold curvature.
  set (p := product_slope m v b); set (A := matrix_vector d X u); set (B := matrix_vector d X a).
  set (z := residual d m X y u v).
  assert (EJ : norm_sq N (residual_slope d m X u v a b)
               = P * P * dot N B B + 2 * (P * p * dot N A B) + p * p * dot N A A).
  { unfold residual_slope; fold A B P p.
    rewrite (norm_sq_ext N (fun n => B n * P + A n * p) (fun n => P * B n + p * A n)) by (intros; ring).
    rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r, (dot_sym N A B); unfold norm_sq; ring. }
  assert (EM : dot N z (residual_curvature d m X u v a b)
               = 2 * (p * dot N z B) + product_curvature m v b * dot N z A).
  { unfold residual_curvature; fold A B p; rewrite dot_plus_r.
    rewrite (dot_ext N z (fun n => 2 * (B n * p)) z (fun n => (2 * p) * B n)) by (intros; auto; ring).
    rewrite (dot_ext N z (fun n => A n * _) z (fun n => product_curvature m v b * A n))
      by (intros; auto; ring).
    rewrite !dot_scal_r; ring. }
  rewrite EJ, EM; unfold A, B, z; rewrite !image_dot, !residual_image_dot; fold c.
  set (AA := ∑ i < r, s i * dot d (w i) u * (s i * dot d (w i) u)).
  set (zA := ∑ i < r, s i * (s i * c i * P - label i) * dot d (w i) u).
  assert (Hcc : ∑ i < r, / K * (P * P * (s i * s i)) * (alpha i * alpha i)
                = / K * (P * P * ∑ i < r, s i * dot d (w i) a * (s i * dot d (w i) a))).
  { rewrite <- !Sum_scal_l; apply Sum_ext; intros; unfold alpha; ring. }
  assert (Hcv : ∑ i < r, ∑ k < m, alpha i * hessian_cv i k * b k
                = / K * (p * (P * (∑ i < r, s i * dot d (w i) u * (s i * dot d (w i) a))
                              + ∑ i < r, s i * (s i * c i * P - label i) * dot d (w i) a))).
  { rewrite <- (Sum_scal_l r P), <- Sum_plus, (Rmult_comm p), <- Sum_scal_r, <- Sum_scal_l.
    apply Sum_ext; intros i Hi; unfold p, product_slope; rewrite <- !Sum_scal_l.
    apply Sum_ext; intros; unfold hessian_cv, alpha; fold (c i); ring. }
  assert (Hvv : ∑ j < m, ∑ k < m, b j * hessian_vv_coordinates j k * b k
                = / K * (p * p * AA + product_curvature m v b * zA)).
  { assert (EA : AA = ∑ i < r, s i * s i * (c i * c i)) by (apply Sum_ext; intros; unfold c; ring).
    assert (Ez : zA = ∑ i < r, s i * c i * (s i * c i * P - label i))
      by (apply Sum_ext; intros; unfold c; ring).
    unfold p, product_slope, product_curvature.
    rewrite Sum_mult, <- !Sum_scal_r, <- Sum_plus, <- Sum_scal_l; apply Sum_ext; intros j _.
    rewrite <- !Sum_scal_r, <- Sum_scal_l, <- Sum_scal_r, <- Sum_plus, <- Sum_scal_l.
    apply Sum_ext; intros k _; unfold hessian_vv_coordinates; rewrite <- EA, <- Ez.
    destruct (Nat.eqb k j); ring. }
  rewrite Hcc, Hcv, Hvv; ring.
Qed.

End Coordinates.
