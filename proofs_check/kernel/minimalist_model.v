(** The minimalist model of any depth and its loss, equation (1) of the paper.

    The weights are a vector [u] of length [d] and [m] scalars [v 0, ..., v (m - 1)]; the depth is
    [D = m + 1]. The output on the data matrix [X] is [(X u) * (v 0 * ... * v (m - 1))]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition.
Local Open Scope R_scope.

Definition output (d m : nat) (X : nat -> nat -> R) (u v : nat -> R) (n : nat) : R :=
  matrix_vector d X u n * Prod m v.

Definition residual (d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (n : nat) : R :=
  output d m X u v n - y n.

(** The squared residual over [2 K]; the training loss has [K = N], a mini-batch loss [K = B]. *)
Definition scaled_loss (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) : R :=
  norm_sq N (residual d m X y u v) / (2 * K).

Definition loss (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) : R :=
  scaled_loss (INR N) N d m X y u v.

(** A point on the line through [x] in direction [h]. *)
Definition along (x h : nat -> R) (t : R) : nat -> R := fun i => x i + t * h i.

Lemma along_zero x h i : along x h 0 i = x i.
Proof. unfold along; ring. Qed.

Definition is_global_minimizer (F : (nat -> R) -> (nat -> R) -> R) (u v : nat -> R) : Prop :=
  forall u' v', F u v <= F u' v'.

Lemma matrix_vector_along d X u a t n :
  matrix_vector d X (along u a t) n = matrix_vector d X u n + t * matrix_vector d X a n.
Proof.
  unfold matrix_vector, along; now rewrite dot_plus_r, dot_scal_r.
Qed.

(** Zero loss is reached when the labels lie in the column space, so a global minimizer fits every label. *)
Theorem minimizer_fits_labels N d m X y u v n :
  in_column_space N d X y -> is_global_minimizer (loss N d m X y) u v ->
  (n < N)%nat -> residual d m X y u v n = 0.
Proof.
  intros [x Hx] Hmin Hn.
  assert (HN : 0 < INR N) by (apply lt_0_INR; lia).
  specialize (Hmin x (fun _ => 1)); unfold loss, scaled_loss in Hmin.
  assert (Hz : norm_sq N (residual d m X y x (fun _ => 1)) = 0).
  { rewrite (norm_sq_ext N _ (fun _ => 0)).
    - unfold norm_sq, dot; rewrite (Sum_ext N _ (fun _ => 0)) by (intros; ring); apply Sum_zero.
    - intros k Hk; unfold residual, output; rewrite Prod_one, Hx by assumption; ring. }
  rewrite Hz in Hmin.
  apply (norm_sq_zero N (residual d m X y u v)); [|exact Hn].
  pose proof (norm_sq_nonneg N (residual d m X y u v)) as H0.
  apply Rle_antisym; [|exact H0].
  apply Rmult_le_reg_r with (/ (2 * INR N)); [apply Rinv_0_lt_compat; lra|].
  unfold Rdiv in Hmin; lra.
Qed.

Theorem fitting_labels_minimizes N d m X y u v :
  (0 < N)%nat -> (forall n, (n < N)%nat -> residual d m X y u v n = 0) ->
  is_global_minimizer (loss N d m X y) u v.
Proof.
  intros HN Hz u' v'; unfold loss, scaled_loss.
  assert (0 < INR N) by (apply lt_0_INR; lia).
  rewrite (norm_sq_ext N (residual d m X y u v) (fun _ => 0) Hz).
  unfold norm_sq at 1, dot; rewrite (Sum_ext N _ (fun _ => 0)) by (intros; ring).
  rewrite Sum_zero; apply Rmult_le_compat_r.
  - apply Rlt_le, Rinv_0_lt_compat; lra.
  - apply norm_sq_nonneg.
Qed.
