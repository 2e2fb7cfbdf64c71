(** The Hessian of the loss: its entries, and the proof that they give the second derivative of the loss
    along every line, at every depth. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  minimalist_model gradient.
Local Open Scope R_scope.

(** The product over all indices but [j] and [k]. *)
Definition Prod_except_two (m j k : nat) (v : nat -> R) : R :=
  Prod_except m k (fun i => if Nat.eqb i j then 1 else v i).

Definition hessian_uu (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (i l : nat) : R :=
  / K * (Prod m v * Prod m v * ∑ n < N, X n i * X n l).

Definition hessian_uv (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (i k : nat) : R :=
  / K * (Prod_except m k v *
         ∑ n < N, X n i * (2 * (matrix_vector d X u n * Prod m v) - y n)).

Definition hessian_vv (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (j k : nat) : R :=
  / K * (Prod_except m j v * Prod_except m k v * norm_sq N (matrix_vector d X u)
         + (if Nat.eqb k j then 0
            else Prod_except_two m j k v * dot N (residual d m X y u v) (matrix_vector d X u))).

(** [h^T H h] for the direction [h = (a, b)]. *)
Definition hessian_form (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v a b : nat -> R) : R :=
  (∑ i < d, ∑ l < d, a i * hessian_uu K N d m X y u v i l * a l)
  + 2 * (∑ i < d, ∑ k < m, a i * hessian_uv K N d m X y u v i k * b k)
  + ∑ j < m, ∑ k < m, b j * hessian_vv K N d m X y u v j k * b k.

(** The second derivative of the product of the scalar weights. *)
Definition product_curvature (m : nat) (v b : nat -> R) : R :=
  ∑ j < m, b j * ∑ k < m, (if Nat.eqb k j then 0 else b k) * Prod_except_two m j k v.

(** The second derivative of the residual of sample [n]. *)
Definition residual_curvature (d m : nat) (X : nat -> nat -> R) (u v a b : nat -> R) (n : nat) : R :=
  2 * (matrix_vector d X a n * product_slope m v b) + matrix_vector d X u n * product_curvature m v b.

Lemma derive_product_slope_along m v b (t : R) :
  is_derive (fun t => product_slope m (along v b t) b) t (product_curvature m (along v b t) b).
Proof.
  unfold product_slope, product_curvature.
  apply (derive_Sum m (fun j t => b j * Prod_except m j (along v b t))); intros j _.
  apply derive_scaled; unfold Prod_except at 1.
  apply (derive_Prod m (fun i t => if Nat.eqb i j then 1 else along v b t i) t
           (fun k => if Nat.eqb k j then 0 else b k)); intros i _.
  destruct (Nat.eqb i j); [apply derive_constant|apply derive_affine].
Qed.

Lemma derive_residual_slope_along d m X u v a b n (t : R) :
  is_derive (fun t => residual_slope d m X (along u a t) (along v b t) a b n) t
            (residual_curvature d m X (along u a t) (along v b t) a b n).
Proof.
  unfold residual_slope, residual_curvature; eapply derive_value.
  - apply derive_sum_of_two.
    + apply derive_scaled, derive_product_along.
    + apply derive_product; [apply derive_matrix_vector_along|apply derive_product_slope_along].
  - cbv beta; ring.
Qed.

(** The second derivative of the loss along the line through [(u, v)] in direction [(a, b)], in terms of the
    first two derivatives of the residual. *)
Definition curvature (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v a b : nat -> R) : R :=
  / K * (norm_sq N (residual_slope d m X u v a b)
         + dot N (residual d m X y u v) (residual_curvature d m X u v a b)).

Lemma product_along_zero m v b : Prod m (along v b 0) = Prod m v.
Proof. apply Prod_ext; intros; apply along_zero. Qed.

Lemma product_slope_along_zero m v b : product_slope m (along v b 0) b = product_slope m v b.
Proof.
  apply Sum_ext; intros j _; f_equal; apply Prod_ext; intros; now rewrite along_zero.
Qed.

Lemma product_curvature_along_zero m v b : product_curvature m (along v b 0) b = product_curvature m v b.
Proof.
  apply Sum_ext; intros j _; f_equal; apply Sum_ext; intros k _; f_equal.
  apply Prod_ext; intros; now rewrite along_zero.
Qed.

Lemma second_derivative_is_curvature K N d m X y u v a b :
  K <> 0 ->
  is_derive_n (fun t => scaled_loss K N d m X y (along u a t) (along v b t)) 2 0
              (curvature K N d m X y u v a b).
Proof.
  intros HK; eapply second_derivative; [intros t; now apply derive_loss_along|].
  eapply derive_value.
  - apply derive_scaled.
    apply (derive_Sum N (fun n t => residual d m X y (along u a t) (along v b t) n
                                   * residual_slope d m X (along u a t) (along v b t) a b n)).
    intros n _; apply derive_product;
      [apply derive_residual_along|apply derive_residual_slope_along].
  - unfold curvature; f_equal.
    rewrite Sum_plus; f_equal; apply Sum_ext; intros n _; cbv beta;
      unfold residual, output, residual_slope, residual_curvature;
      rewrite !matrix_vector_along, product_along_zero, ?product_slope_along_zero,
        ?product_curvature_along_zero; ring.
Qed.

(** The curvature is the quadratic form of the Hessian's entries. *)
Lemma curvature_is_hessian_form K N d m X y u v a b :
  K <> 0 -> curvature K N d m X y u v a b = hessian_form K N d m X y u v a b.
Proof.
  intros HK.
  set (A := matrix_vector d X u); set (B := matrix_vector d X a).
  set (P := Prod m v); set (p := product_slope m v b); set (z := residual d m X y u v).
  assert (Huu : ∑ i < d, ∑ l < d, a i * hessian_uu K N d m X y u v i l * a l
                = / K * (P * P * norm_sq N B)).
  { unfold norm_sq, dot, B, matrix_vector.
    rewrite (Sum_ext N _ (fun n => ∑ i < d, ∑ l < d, (X n i * a i) * (X n l * a l)))
      by (intros; apply Sum_mult).
    rewrite (Sum_swap N d), <- !Sum_scal_l; apply Sum_ext; intros i _.
    rewrite (Sum_swap N d), <- !Sum_scal_l; apply Sum_ext; intros l _.
    unfold hessian_uu; fold P.
    rewrite (Sum_ext N (fun n => (X n i * a i) * (X n l * a l)) (fun n => a i * a l * (X n i * X n l)))
      by (intros; ring).
    rewrite Sum_scal_l; ring. }
  assert (Huv : ∑ i < d, ∑ k < m, a i * hessian_uv K N d m X y u v i k * b k
                = / K * (p * dot N B (fun n => 2 * (A n * P) - y n))).
  { unfold p, product_slope.
    rewrite (Sum_ext d _ (fun i => / K * ((∑ k < m, b k * Prod_except m k v)
              * (∑ n < N, (X n i * a i) * (2 * (A n * P) - y n))))).
    - rewrite !Sum_scal_l, Sum_swap; do 2 f_equal.
      unfold dot; apply Sum_ext; intros n _; now rewrite Sum_scal_r.
    - intros i _; rewrite <- Sum_scal_r, <- Sum_scal_l; apply Sum_ext; intros k _.
      unfold hessian_uv; fold A P.
      rewrite (Sum_ext N (fun n => X n i * a i * (2 * (A n * P) - y n))
                (fun n => a i * (X n i * (2 * (A n * P) - y n)))) by (intros; ring).
      rewrite Sum_scal_l; ring. }
  assert (Hvv : ∑ j < m, ∑ k < m, b j * hessian_vv K N d m X y u v j k * b k
                = / K * (p * p * norm_sq N A + product_curvature m v b * dot N z A)).
  { unfold p, product_slope, product_curvature.
    rewrite Sum_mult, <- !Sum_scal_r, <- Sum_plus, <- Sum_scal_l.
    apply Sum_ext; intros j _.
    rewrite <- !Sum_scal_r, <- Sum_scal_l, <- Sum_scal_r, <- Sum_plus, <- Sum_scal_l.
    apply Sum_ext; intros k _.
    unfold hessian_vv; fold A z; destruct (Nat.eqb k j); ring. }
  unfold hessian_form; rewrite Huu, Huv, Hvv; unfold curvature; fold z.
  replace (norm_sq N (residual_slope d m X u v a b))
    with (P * P * norm_sq N B + 2 * (P * p * dot N A B) + p * p * norm_sq N A).
  2:{ unfold residual_slope; fold A B P p.
      rewrite (norm_sq_ext N (fun n => B n * P + A n * p) (fun n => P * B n + p * A n)) by (intros; ring).
      rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r, (dot_sym N A B); ring. }
  replace (dot N z (residual_curvature d m X u v a b))
    with (2 * (p * dot N z B) + product_curvature m v b * dot N z A).
  2:{ unfold residual_curvature; fold A B p.
      rewrite dot_plus_r.
      rewrite (dot_ext N z (fun n => 2 * (B n * p)) z (fun n => (2 * p) * B n)) by (intros; auto; ring).
      rewrite (dot_ext N z (fun n => A n * _) z (fun n => product_curvature m v b * A n))
        by (intros; auto; ring).
      rewrite !dot_scal_r; ring. }
  replace (dot N B (fun n => 2 * (A n * P) - y n)) with (P * dot N A B + dot N z B).
  2:{ rewrite <- dot_scal_l, <- dot_plus_l, dot_sym; apply Sum_ext; intros n _.
      unfold z, residual, output; fold A P; ring. }
  ring.
Qed.

(** The theorem: the entries above are the Hessian of the loss. *)
Theorem hessian_is_the_second_derivative K N d m X y u v a b q :
  K <> 0 ->
  is_derive_n (fun t => scaled_loss K N d m X y (along u a t) (along v b t)) 2 0 q
  <-> q = hessian_form K N d m X y u v a b.
Proof.
  intros HK; pose proof (second_derivative_is_curvature K N d m X y u v a b HK) as H.
  rewrite curvature_is_hessian_form in H by exact HK; split.
  - intros Hq; exact (second_derivative_unique _ _ _ _ Hq H).
  - now intros ->.
Qed.

(** The Hessian is symmetric. *)
Theorem hessian_symmetric K N d m X y u v :
  (forall i l, hessian_uu K N d m X y u v i l = hessian_uu K N d m X y u v l i) /\
  (forall j k, hessian_vv K N d m X y u v j k = hessian_vv K N d m X y u v k j).
Proof.
  split; intros j k.
  - unfold hessian_uu; do 2 f_equal; apply Sum_ext; intros; ring.
  - unfold hessian_vv; rewrite (Nat.eqb_sym j k); destruct (Nat.eqb k j); [ring|].
    replace (Prod_except_two m j k v) with (Prod_except_two m k j v); [ring|].
    apply Prod_ext; intros i _; destruct (Nat.eqb i j), (Nat.eqb i k); reflexivity.
Qed.
