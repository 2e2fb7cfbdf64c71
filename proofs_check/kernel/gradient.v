(** The gradient of the loss, proved to be its derivative along every line. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  minimalist_model.
Local Open Scope R_scope.

(** [P' = sum_j b_j prod_(k <> j) v_k], the first derivative of the product of the scalar weights. *)
Definition product_slope (m : nat) (v b : nat -> R) : R := ∑ j < m, b j * Prod_except m j v.

Definition gradient_u (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (j : nat) : R :=
  / K * (Prod m v * transposed_vector N X (residual d m X y u v) j).

Definition gradient_v (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (k : nat) : R :=
  / K * (Prod_except m k v * dot d (transposed_vector N X (residual d m X y u v)) u).

(** The derivative of the residual of sample [n] in direction [(a, b)]. *)
Definition residual_slope (d m : nat) (X : nat -> nat -> R) (u v a b : nat -> R) (n : nat) : R :=
  matrix_vector d X a n * Prod m v + matrix_vector d X u n * product_slope m v b.

Lemma derive_product_along m v b (t : R) :
  is_derive (fun t => Prod m (along v b t)) t (product_slope m (along v b t) b).
Proof.
  apply (derive_Prod m (fun i t => v i + t * b i) t b); intros; apply derive_affine.
Qed.

Lemma derive_matrix_vector_along d X u a n (t : R) :
  is_derive (fun t => matrix_vector d X (along u a t) n) t (matrix_vector d X a n).
Proof.
  apply derive_ext with (fun t => matrix_vector d X u n + t * matrix_vector d X a n).
  - intros; now rewrite matrix_vector_along.
  - apply derive_affine.
Qed.

Lemma derive_residual_along d m X y u v a b n (t : R) :
  is_derive (fun t => residual d m X y (along u a t) (along v b t) n) t
            (residual_slope d m X (along u a t) (along v b t) a b n).
Proof.
  unfold residual, output, residual_slope.
  eapply derive_value.
  - apply derive_difference; [|apply derive_constant].
    apply derive_product; [apply derive_matrix_vector_along|apply derive_product_along].
  - cbv beta; ring.
Qed.

Lemma derive_loss_along K N d m X y u v a b (t : R) :
  K <> 0 ->
  is_derive (fun t => scaled_loss K N d m X y (along u a t) (along v b t)) t
    (/ K * dot N (residual d m X y (along u a t) (along v b t))
                 (residual_slope d m X (along u a t) (along v b t) a b)).
Proof.
  intros HK; unfold scaled_loss, norm_sq.
  apply derive_ext with
    (fun t => / (2 * K) * ∑ n < N, (residual d m X y (along u a t) (along v b t) n
                                   * residual d m X y (along u a t) (along v b t) n)).
  - intros; unfold Rdiv, dot; ring.
  - eapply derive_value.
    + apply derive_scaled.
      apply (derive_Sum N (fun n t => residual d m X y (along u a t) (along v b t) n
                                     * residual d m X y (along u a t) (along v b t) n)).
      intros n _; apply derive_square, derive_residual_along.
    + rewrite Sum_scal_l; unfold dot; field; exact HK.
Qed.

(** The derivative of the loss in every direction [(a, b)] is its inner product with the gradient. *)
Theorem gradient_is_the_derivative K N d m X y u v a b :
  K <> 0 ->
  is_derive (fun t => scaled_loss K N d m X y (along u a t) (along v b t)) 0
    (dot d (gradient_u K N d m X y u v) a + dot m (gradient_v K N d m X y u v) b).
Proof.
  intros HK; eapply derive_value; [now apply derive_loss_along|].
  set (z := residual d m X y u v).
  rewrite (dot_ext N _ _ z (residual_slope d m X u v a b)).
  - unfold gradient_u, gradient_v; fold z.
    rewrite (dot_ext d _ a (fun j => / K * Prod m v * transposed_vector N X z j) a)
      by (intros; auto; ring).
    rewrite (dot_ext m _ b (fun k => / K * dot d (transposed_vector N X z) u * Prod_except m k v) b)
      by (intros; auto; ring).
    rewrite !dot_scal_l, !transpose_dot.
    unfold residual_slope.
    rewrite dot_plus_r.
    rewrite (dot_ext N z _ z (fun n => Prod m v * matrix_vector d X a n)) by (intros; auto; ring).
    rewrite (dot_ext N z (fun n => matrix_vector d X u n * _)
               z (fun n => product_slope m v b * matrix_vector d X u n)) by (intros; auto; ring).
    rewrite !dot_scal_r.
    unfold product_slope.
    rewrite (Sum_ext m (fun j => b j * Prod_except m j v) (fun j => Prod_except m j v * b j))
      by (intros; ring).
    fold (dot m (fun j => Prod_except m j v) b); ring.
  - intros n _; unfold z, residual, output; rewrite matrix_vector_along.
    rewrite (Prod_ext m (along v b 0) v) by (intros; apply along_zero); ring.
  - intros n _; unfold residual_slope, product_slope; rewrite matrix_vector_along.
    rewrite (Prod_ext m (along v b 0) v) by (intros; apply along_zero).
    rewrite (Sum_ext m (fun j => b j * Prod_except m j (along v b 0))
                       (fun j => b j * Prod_except m j v)); [ring|].
    intros j _; f_equal; apply Prod_ext; intros; now rewrite along_zero.
Qed.
