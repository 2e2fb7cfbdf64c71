(** The Cauchy-Schwarz inequality, from Lagrange's identity. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products.
Local Open Scope R_scope.

Theorem lagrange_identity n (a b : nat -> R) :
  norm_sq n a * norm_sq n b - dot n a b * dot n a b
  = / 2 * ∑ i < n, ∑ k < n, ((a i * b k - a k * b i) * (a i * b k - a k * b i)).
Proof.
  rewrite (Sum_ext n (fun i => ∑ k < n, _)
    (fun i => a i * a i * norm_sq n b + b i * b i * norm_sq n a
              + (-2) * (a i * b i) * dot n a b)).
  - rewrite !Sum_plus, !Sum_scal_r, !Sum_scal_l.
    fold (dot n a a); fold (dot n b b); fold (dot n a b); unfold norm_sq; field.
  - intros i _; unfold norm_sq, dot; rewrite <- !Sum_scal_l, <- !Sum_plus.
    apply Sum_ext; intros; ring.
Qed.

Theorem cauchy_schwarz n (a b : nat -> R) :
  dot n a b * dot n a b <= norm_sq n a * norm_sq n b.
Proof.
  pose proof (lagrange_identity n a b).
  assert (0 <= ∑ i < n, ∑ k < n, ((a i * b k - a k * b i) * (a i * b k - a k * b i))).
  { apply Sum_nonneg; intros; apply Sum_nonneg; intros; apply Rle_0_sqr. }
  lra.
Qed.

Corollary cauchy_schwarz_abs n (a b : nat -> R) : Rabs (dot n a b) <= norm n a * norm n b.
Proof.
  pose proof (norm_nonneg n a); pose proof (norm_nonneg n b).
  pose proof (cauchy_schwarz n a b).
  pose proof (norm_squared n a); pose proof (norm_squared n b).
  rewrite <- (Rabs_pos_eq (norm n a * norm n b)) by nra.
  apply Rsqr_le_abs_0; unfold Rsqr; nra.
Qed.

Corollary cauchy_schwarz_upper n (a b : nat -> R) : dot n a b <= norm n a * norm n b.
Proof. pose proof (cauchy_schwarz_abs n a b); pose proof (Rle_abs (dot n a b)); lra. Qed.

Corollary cauchy_schwarz_unit n (e a : nat -> R) :
  norm_sq n e = 1 -> dot n e a * dot n e a <= norm_sq n a.
Proof. intros H; pose proof (cauchy_schwarz n e a); rewrite H in *; lra. Qed.

(** The square of a sum against a constant vector: [(sum a)^2 <= n * sum a^2]. *)
Corollary sum_squared n (a : nat -> R) : Sum n a * Sum n a <= INR n * norm_sq n a.
Proof.
  pose proof (cauchy_schwarz n (fun _ => 1) a) as H.
  unfold norm_sq in H at 1; unfold dot in H at 1 2 3.
  rewrite Sum_const in H.
  rewrite (Sum_ext n (fun i => 1 * a i) a) in H by (intros; ring). lra.
Qed.

(** The norm of [p*x + q*y] for vectors [x], [y] of bounded norm:
    [|p x + q y|^2 <= (|x|^2 + |y|^2) (p^2 + q^2)]. *)
Corollary two_vectors n (x y : nat -> R) p q :
  norm_sq n (fun i => p * x i + q * y i) <= (norm_sq n x + norm_sq n y) * (p * p + q * q).
Proof.
  rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r.
  assert (H := norm_sq_nonneg n (fun i => q * x i - p * y i)).
  rewrite norm_sq_minus, !norm_sq_scal, dot_scal_l, dot_scal_r in H. lra.
Qed.
