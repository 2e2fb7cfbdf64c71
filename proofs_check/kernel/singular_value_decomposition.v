(** The thin singular value decomposition of a data matrix, and what follows from it.

    A data matrix [X] has [N] rows and [d] columns; [X n] is row [n]. [svd N d r X s e w] says that
    [X = sum_i s_i e_i w_i^T] with [r] positive singular values, the first of which is the largest, and orthonormal
    families [e] (length [N]) and [w] (length [d]). Indices start at 0: the paper's [s_1] is [s 0]. The order of the
    others is used nowhere. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products cauchy_schwarz.
Local Open Scope R_scope.

Record svd (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) : Prop := {
  svd_positive : forall i, (i < r)%nat -> 0 < s i;
  svd_largest : forall i, (i < r)%nat -> s i <= s 0%nat;
  svd_left : orthonormal N r e;
  svd_right : orthonormal d r w;
  svd_product : forall n j, (n < N)%nat -> (j < d)%nat -> X n j = ∑ i < r, s i * e i n * w i j
}.

(** [X u], entry [n]. *)
Definition matrix_vector (d : nat) (X : nat -> nat -> R) (u : nat -> R) : nat -> R :=
  fun n => dot d (X n) u.

(** [X^T z], entry [j]. *)
Definition transposed_vector (N : nat) (X : nat -> nat -> R) (z : nat -> R) : nat -> R :=
  fun j => ∑ n < N, z n * X n j.

Definition in_column_space (N d : nat) (X : nat -> nat -> R) (y : nat -> R) : Prop :=
  exists x, forall n, (n < N)%nat -> matrix_vector d X x n = y n.

Lemma transpose_dot N d X z u :
  dot d (transposed_vector N X z) u = dot N z (matrix_vector d X u).
Proof.
  unfold transposed_vector; rewrite dot_combination_l; reflexivity.
Qed.

Section Decomposition.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Hypothesis decomposition : svd N d r X s e w.

(** [X u = sum_i s_i (w_i . u) e_i]. *)
Lemma svd_apply u n :
  (n < N)%nat -> matrix_vector d X u n = ∑ i < r, (s i * dot d (w i) u * e i n).
Proof.
  intros Hn; unfold matrix_vector.
  rewrite (dot_ext d (X n) u (fun j => ∑ i < r, (s i * e i n * w i j)) u).
  - rewrite dot_combination_l; apply Sum_ext; intros; ring.
  - intros j Hj; now apply (svd_product _ _ _ _ _ _ _ decomposition).
  - reflexivity.
Qed.

(** [X^T z = sum_i s_i (e_i . z) w_i]. *)
Lemma svd_transposed z j :
  (j < d)%nat -> transposed_vector N X z j = ∑ i < r, (s i * dot N (e i) z * w i j).
Proof.
  intros Hj; unfold transposed_vector.
  rewrite (Sum_ext N _ (fun n => ∑ i < r, (s i * w i j * (e i n * z n)))).
  - rewrite Sum_swap; apply Sum_ext; intros; rewrite Sum_scal_l; unfold dot; ring.
  - intros n Hn; rewrite (svd_product _ _ _ _ _ _ _ decomposition n j Hn Hj), <- Sum_scal_l.
    apply Sum_ext; intros; ring.
Qed.

Lemma svd_left_coefficient u i :
  (i < r)%nat -> dot N (e i) (matrix_vector d X u) = s i * dot d (w i) u.
Proof.
  intros Hi.
  rewrite (dot_ext N (e i) _ (e i) (fun n => ∑ k < r, (s k * dot d (w k) u * e k n))).
  - exact (orthonormal_coefficient N r e (fun k => s k * dot d (w k) u) i
             (svd_left _ _ _ _ _ _ _ decomposition) Hi).
  - reflexivity.
  - intros n Hn; now apply svd_apply.
Qed.

Lemma svd_right_coefficient z i :
  (i < r)%nat -> dot d (w i) (transposed_vector N X z) = s i * dot N (e i) z.
Proof.
  intros Hi.
  rewrite (dot_ext d (w i) _ (w i) (fun j => ∑ k < r, (s k * dot N (e k) z * w k j))).
  - exact (orthonormal_coefficient d r w (fun k => s k * dot N (e k) z) i
             (svd_right _ _ _ _ _ _ _ decomposition) Hi).
  - reflexivity.
  - intros n Hn; now apply svd_transposed.
Qed.

Lemma svd_apply_norm u :
  norm_sq N (matrix_vector d X u) = ∑ i < r, (s i * dot d (w i) u) * (s i * dot d (w i) u).
Proof.
  rewrite (norm_sq_ext N _ (fun n => ∑ i < r, (s i * dot d (w i) u * e i n))).
  - exact (orthonormal_norm_sq N r e _ (svd_left _ _ _ _ _ _ _ decomposition)).
  - intros; now apply svd_apply.
Qed.

Lemma svd_transposed_dot z u :
  dot d (transposed_vector N X z) u = ∑ i < r, s i * dot N (e i) z * dot d (w i) u.
Proof.
  rewrite (dot_ext d _ u (fun j => ∑ i < r, (s i * dot N (e i) z * w i j)) u).
  - now rewrite dot_combination_l.
  - intros; now apply svd_transposed.
  - reflexivity.
Qed.

Lemma svd_transposed_norm z :
  norm_sq d (transposed_vector N X z)
  = ∑ i < r, (s i * dot N (e i) z) * (s i * dot N (e i) z).
Proof.
  rewrite (norm_sq_ext d _ (fun j => ∑ i < r, (s i * dot N (e i) z * w i j))).
  - exact (orthonormal_norm_sq d r w _ (svd_right _ _ _ _ _ _ _ decomposition)).
  - intros; now apply svd_transposed.
Qed.

(** The operator norm of [X] is its largest singular value. *)
Lemma svd_operator_norm u :
  norm_sq N (matrix_vector d X u) <= s 0%nat * s 0%nat * norm_sq d u.
Proof.
  rewrite svd_apply_norm.
  apply Rle_trans with (∑ i < r, s 0%nat * s 0%nat * (dot d (w i) u * dot d (w i) u)).
  - apply Sum_le; intros i Hi.
    pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi).
    pose proof (svd_largest _ _ _ _ _ _ _ decomposition i Hi).
    assert (s i * s i <= s 0%nat * s 0%nat) by nra.
    pose proof (Rle_0_sqr (dot d (w i) u)) as Hq; unfold Rsqr in Hq; nra.
  - rewrite Sum_scal_l; apply Rmult_le_compat_l; [apply Rle_0_sqr|].
    exact (bessel d r w u (svd_right _ _ _ _ _ _ _ decomposition)).
Qed.

Section Labels.

Variable y : nat -> R.
Hypothesis reachable : in_column_space N d X y.

(** A reachable [y] is the combination of the left singular vectors with its label coefficients. *)
Lemma labels_expand n : (n < N)%nat -> y n = ∑ i < r, (dot N (e i) y * e i n).
Proof.
  intros Hn; destruct reachable as [x Hx].
  rewrite <- (Hx n Hn), (svd_apply x n Hn); apply Sum_ext; intros i Hi.
  rewrite <- (svd_left_coefficient x i Hi); f_equal; apply dot_ext; auto.
Qed.

Lemma labels_norm : norm_sq N y = ∑ i < r, dot N (e i) y * dot N (e i) y.
Proof.
  rewrite (norm_sq_ext N y _ labels_expand).
  exact (orthonormal_norm_sq N r e _ (svd_left _ _ _ _ _ _ _ decomposition)).
Qed.

End Labels.

End Decomposition.
