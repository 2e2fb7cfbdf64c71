(** The claims of own-wide-step: what one step adds to the imbalance matrix of two layers of any width. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent batch_step
  wide_model.
From Kernel Require own_wide_step.
Local Open Scope R_scope.

Section Step.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (eta Q : R) (x : nat -> R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis nonzero : Q <> 0.

Let G := gradient_of N X x.

Lemma matrix_after (W_b W_c : nat -> R) (a_b a_c : R) :
  a_c * a_b + (∑ i < r, (∑ k < d, w i k * (W_c k - a_c * eta * G k / Q)) * (∑ k < d, w i k * (W_b k - a_b * eta * G k / Q)))
  - (a_c - eta * (∑ k < d, W_c k * G k / Q)) * (a_b - eta * (∑ k < d, W_b k * G k / Q))
  - (∑ i < r, (∑ k < d, W_c k * w i k) * (∑ k < d, W_b k * w i k))
  = eta ^ 2 * (a_c * a_b * (∑ k < d, G k ^ 2 / Q ^ 2) - (∑ k < d, W_c k * G k / Q) * (∑ k < d, W_b k * G k / Q)).
Proof.
  unfold G; rewrite (rows_after N d r X s e w eta Q x product right), !slope_over; replace (∑ k < d, gradient_of N X x k ^ 2 / Q ^ 2) with (norm_sq d (gradient_of N X x) / Q ^ 2).
  - field; assumption.
  - unfold norm_sq, dot, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

End Step.

Theorem descent : own_wide_step.descent.
Proof.
  intros H N Omega d r B eta W X e p w a s y [] b c Hb Hc; assert (HN : 0 < INR N) by now apply lt_0_INR.
  exact (matrix_after N d r X s e w eta (INR N) (fun n => (∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)
    svd right_orthonormal ltac:(lra) (W b) (W c) (a b) (a c)).
Qed.

Theorem any_batch : own_wide_step.any_batch.
Proof.
  intros H N Omega d r B eta W X e p w a s y [] b c a1 Hb Hc Ha.
  set (x := fun n => p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)).
  assert (E : forall k, (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)) = gradient_of N X x k)
    by (intros; apply Sum_ext; intros; unfold x; ring).
  pose proof (matrix_after N d r X s e w eta B x svd right_orthonormal ltac:(lra) (W b) (W c) (a b) (a c)) as M.
  rewrite (Sum_ext d (fun k => W c k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)) / B)
    (fun k => W c k * gradient_of N X x k / B)) by (intros; now rewrite E).
  rewrite (Sum_ext d (fun k => W b k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)) / B)
    (fun k => W b k * gradient_of N X x k / B)) by (intros; now rewrite E).
  rewrite (Sum_ext d (fun k => (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)) ^ 2 / B ^ 2)
    (fun k => gradient_of N X x k ^ 2 / B ^ 2)) by (intros; now rewrite E).
  rewrite <- M; f_equal; f_equal; f_equal; apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros; now rewrite E.
Qed.
