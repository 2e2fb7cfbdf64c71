(** The claims of eq-18: the tangent kernel at any depth, and the sharpness at a minimizer as its top eigenvalue. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model gradient
  hessian sharpness sharpness_at_minimizer equation_17 language_of_statements printed_setting coefficients.
From Kernel Require eq_18.
Local Open Scope R_scope.

Section Jacobian.

Variables (N d M : nat) (X : nat -> nat -> R) (u v : nat -> R).

(** The Jacobian applied to a direction, as it is printed. *)
Definition printed_image (a b : nat -> R) (n : nat) : R :=
  (∑ j < M, b j * (∑ k < d, X n k * u k) * Prod M (fun t => delta t j + v t * (1 - delta t j)))
  + (∑ k < d, X n k * a k * Prod M (fun j => v j)).

Lemma image_is_slope a b n : printed_image a b n = residual_slope d M X u v a b n.
Proof.
  unfold printed_image, residual_slope, product_slope, matrix_vector, dot; rewrite Rplus_comm; f_equal.
  - rewrite <- Sum_scal_r; apply Sum_ext; intros; rewrite (Prod_ext M (fun j => v j) v) by reflexivity; ring.
  - rewrite <- Sum_scal_l; apply Sum_ext; intros; rewrite printed_others; ring.
Qed.

(** The kernel as it is printed. *)
Definition printed_kernel (m n : nat) : R :=
  Prod M (fun j => v j) ^ 2 * (∑ k < d, X m k * X n k)
  + (∑ j < M, Prod M (fun t => delta t j + v t * (1 - delta t j)) ^ 2) * (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k).

Lemma kernel_is_tangent_kernel m n : printed_kernel m n = tangent_kernel d M X u v n m.
Proof.
  unfold printed_kernel, tangent_kernel, matrix_vector, dot; rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
  f_equal; [rewrite <- Sum_scal_l; apply Sum_ext; intros; ring|].
  rewrite Rmult_assoc, <- Sum_scal_r; apply Sum_ext; intros; rewrite printed_others; ring.
Qed.

(** [K = J J^T], applied to a vector. *)
Lemma kernel_product x n :
  (∑ m < N, printed_kernel m n * x m)
  = printed_image (fun k => ∑ m < N, X m k * x m * Prod M v)
      (fun j => ∑ m < N, x m * (∑ k < d, X m k * u k) * Prod_except M j v) n.
Proof.
  unfold printed_kernel, printed_image; rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
  rewrite (Sum_ext N _ (fun m => (∑ j < M, (x m * (∑ k < d, X m k * u k) * Prod_except M j v)
    * (∑ k < d, X n k * u k) * Prod_except M j v) + ∑ k < d, X n k * (X m k * x m * Prod M v) * Prod M v)).
  - rewrite Sum_plus, Sum_swap; f_equal.
    + apply Sum_ext; intros j _; rewrite printed_others, <- !Sum_scal_r; apply Sum_ext; intros; ring.
    + rewrite Sum_swap; apply Sum_ext; intros k _; rewrite <- Sum_scal_l, <- Sum_scal_r; apply Sum_ext; intros; ring.
  - intros m _; rewrite Rplus_comm, Rmult_plus_distr_r; f_equal.
    + rewrite <- !Sum_scal_r; apply Sum_ext; intros; rewrite printed_others; ring.
    + rewrite <- Sum_scal_l, <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

End Jacobian.

Theorem jacobian : eq_18.jacobian.
Proof.
  intros M N d S lambda X a b g p q u v y [] n Hn.
  change (coefficient 1 (fun t => (∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j))
          = printed_image d M X u v a b n).
  rewrite image_is_slope.
  rewrite (coefficient_ext 1 _ (fun t => residual d M X (fun _ => 0) (along u a t) (along v b t) n)).
  - apply coefficient_one; eapply derive_value; [apply derive_residual_along|].
    unfold residual_slope; rewrite matrix_vector_along, product_along_zero.
    rewrite (product_slope_along_zero M v b); ring.
  - intros t; unfold residual, output, matrix_vector, dot, along; ring.
Qed.

Theorem kernel : eq_18.kernel.
Proof.
  intros M N d S lambda X a b g p q u v y [] n m Hn Hm; rewrite Rplus_comm; f_equal.
  - rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
  - rewrite Rmult_assoc, <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

Theorem gauss_newton : eq_18.gauss_newton.
Proof.
  intros M N d S lambda X a b g p q u v y [].
  change (2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j)
    - y n) ^ 2) / INR N / 2) = (∑ n < N, printed_image d M X u v a b n ^ 2) / INR N).
  rewrite printed_curvature by assumption.
  rewrite (curvature_at_minimizer (INR N) N d M X y u v (printed_fits_deep N d M X y u v minimizer)).
  unfold norm_sq, dot, Rdiv; rewrite Rmult_comm; f_equal; apply Sum_ext; intros n _; rewrite image_is_slope; ring.
Qed.

Theorem no_larger_eigenvalue : eq_18.no_larger_eigenvalue.
Proof.
  intros M N d S lambda X a b g p q u v y [].
  destruct (sharpness_is_kernel_norm N d M X y u v S size_N size_d (printed_fits_deep N d M X y u v minimizer)
    (printed_sharpness_deep N d M X y u v S size_N sharpness)) as [U _].
  set (l := ∑ n < N, g n ^ 2) in *; set (h := / sqrt l).
  assert (Hh : h * h * l = 1) by (unfold h; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
  assert (El : norm_sq N g = l) by (apply Sum_ext; intros; ring).
  apply U; exists (fun n => h * g n); split; [now rewrite norm_sq_scal, El|].
  transitivity (h * h * l * lambda); [rewrite Hh; ring|].
  unfold l; rewrite Rmult_assoc, <- Sum_scal_r, <- Sum_scal_l; apply Sum_ext; intros n Hn.
  rewrite (Sum_ext N _ (fun m => h * h * g n * (g m * printed_kernel d M X u v m n)))
    by (intros m _; rewrite kernel_is_tangent_kernel; ring).
  rewrite Sum_scal_l; unfold printed_kernel; rewrite kernel_eigenvector by assumption; ring.
Qed.

Theorem attained : eq_18.attained.
Proof.
  intros M N d S lambda X a b g p q u v y [] n Hn.
  change ((∑ m < N, printed_kernel d M X u v m n * printed_image d M X u v p q m)
          = INR N * S * printed_image d M X u v p q n).
  rewrite kernel_product; unfold printed_image at 1 4.
  rewrite Rmult_plus_distr_l, <- !Sum_scal_l; f_equal; apply Sum_ext.
  - intros j Hj; pose proof (hessian_eigenvector_later j Hj) as E.
    rewrite printed_others; rewrite printed_others in E.
    change ((∑ m < N, printed_image d M X u v p q m * (∑ k < d, X m k * u k) * Prod_except M j v) = INR N * S * q j) in E.
    rewrite E; ring.
  - intros k Hk; pose proof (hessian_eigenvector_first k Hk) as E; rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
    change ((∑ m < N, X m k * printed_image d M X u v p q m * Prod M v) = INR N * S * p k) in E.
    rewrite E; ring.
Qed.
