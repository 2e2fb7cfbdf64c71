(** Definition 4.2: the layer imbalance [C = |Pi_W u|^2 - v^2], with [Pi_W] the projection on the row space. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products singular_value_decomposition.
Local Open Scope R_scope.

(** [Pi_W u = sum_i (w_i . u) w_i]. *)
Definition row_projection (d r : nat) (w : nat -> nat -> R) (u : nat -> R) (j : nat) : R :=
  ∑ i < r, dot d (w i) u * w i j.

(** The imbalance of scalar layer [k]; at depth 2 there is only [k = 0]. *)
Definition imbalance (d r : nat) (w : nat -> nat -> R) (u v : nat -> R) (k : nat) : R :=
  norm_sq d (row_projection d r w u) - v k * v k.

Lemma row_projection_norm d r w u :
  orthonormal d r w -> norm_sq d (row_projection d r w u) = norm_sq r (fun i => dot d (w i) u).
Proof. intros H; exact (orthonormal_norm_sq d r w _ H). Qed.

(** The projection is the point of the row space nearest to [u]: what is left is orthogonal to every [w_i]. *)
Theorem row_projection_residual_orthogonal d r w u i :
  orthonormal d r w -> (i < r)%nat -> dot d (w i) (fun j => u j - row_projection d r w u j) = 0.
Proof.
  intros H Hi; rewrite dot_minus_r; unfold row_projection.
  rewrite (orthonormal_coefficient d r w (fun i => dot d (w i) u) i H Hi); ring.
Qed.
