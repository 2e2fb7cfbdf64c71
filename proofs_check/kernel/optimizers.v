(** One step of gradient descent and of stochastic gradient descent, on the gradient proved in [gradient]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model gradient.
Local Open Scope R_scope.

Definition gd_u (eta : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (j : nat) : R :=
  u j - eta * gradient_u (INR N) N d m X y u v j.

Definition gd_v (eta : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (k : nat) : R :=
  v k - eta * gradient_v (INR N) N d m X y u v k.

(** The mini-batch loss [|P_t (f - y)|^2 / (2 B)], with [p] the diagonal of the 0/1 matrix [P_t]. *)
Definition batch_loss (B : nat) (p : nat -> R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) : R :=
  norm_sq N (fun n => p n * residual d m X y u v n) / (2 * INR B).

(** It is the loss of the masked data over [B]. *)
Definition masked_rows (p : nat -> R) (X : nat -> nat -> R) (n j : nat) : R := p n * X n j.
Definition masked_labels (p y : nat -> R) (n : nat) : R := p n * y n.

Lemma masked_residual p d m X y u v n :
  residual d m (masked_rows p X) (masked_labels p y) u v n = p n * residual d m X y u v n.
Proof.
  unfold residual, output, masked_labels, matrix_vector, masked_rows; rewrite dot_scal_l; ring.
Qed.

Theorem batch_loss_is_masked_loss B p N d m X y u v :
  batch_loss B p N d m X y u v
  = scaled_loss (INR B) N d m (masked_rows p X) (masked_labels p y) u v.
Proof.
  unfold batch_loss, scaled_loss; f_equal; apply norm_sq_ext; intros; now rewrite masked_residual.
Qed.

Definition sgd_u (eta : R) (B : nat) (p : nat -> R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R)
  (j : nat) : R :=
  u j - eta * gradient_u (INR B) N d m (masked_rows p X) (masked_labels p y) u v j.

Definition sgd_v (eta : R) (B : nat) (p : nat -> R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R)
  (k : nat) : R :=
  v k - eta * gradient_v (INR B) N d m (masked_rows p X) (masked_labels p y) u v k.

(** The gradient in these steps is the derivative of the mini-batch loss. *)
Theorem batch_gradient_is_the_derivative B p N d m X y u v a b :
  (0 < B)%nat ->
  is_derive (fun t => batch_loss B p N d m X y (along u a t) (along v b t)) 0
    (dot d (gradient_u (INR B) N d m (masked_rows p X) (masked_labels p y) u v) a
     + dot m (gradient_v (INR B) N d m (masked_rows p X) (masked_labels p y) u v) b).
Proof.
  intros HB.
  apply is_derive_ext with (fun t => scaled_loss (INR B) N d m (masked_rows p X) (masked_labels p y)
                                       (along u a t) (along v b t)).
  - intros t; symmetry; apply batch_loss_is_masked_loss.
  - apply gradient_is_the_derivative, not_0_INR; lia.
Qed.

(** Masking twice is masking once. *)
Lemma masked_transpose p N d m X y u v j :
  (forall n, (n < N)%nat -> p n = 0 \/ p n = 1) ->
  transposed_vector N (masked_rows p X) (residual d m (masked_rows p X) (masked_labels p y) u v) j
  = transposed_vector N X (fun n => p n * residual d m X y u v n) j.
Proof.
  intros Hp; apply Sum_ext; intros n Hn; rewrite masked_residual; unfold masked_rows.
  destruct (Hp n Hn) as [->| ->]; ring.
Qed.
