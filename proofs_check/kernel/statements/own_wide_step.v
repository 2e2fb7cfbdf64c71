(** own-wide-step. One step of gradient descent and of SGD: the increase of the imbalance matrix, two layers of any width. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (H N Omega d r : nat) (B eta : R) (W X e p w : nat -> nat -> R) (a s y : nat -> R) : Prop :=
  {
  size_H : (0 < H)%nat;
  size_N : (0 < N)%nat;
  size_Omega : (0 < Omega)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_B : 1 <= B;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
}.

Definition descent : Prop := forall (H N Omega d r : nat) (B eta : R) (W X e p w : nat -> nat -> R) (a s y :
  nat -> R),
  hypotheses H N Omega d r B eta W X e p w a s y ->
  forall b c, (b < H)%nat -> (c < H)%nat -> a c * a b + (∑ i < r, (∑ k < d, w i k * (W c k - a c * eta * (∑ n
    < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N)) * (∑ k < d, w i k * (W b k -
    a b * eta * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N))) - (a c -
    eta * (∑ k < d, W c k * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N))
    * (a b - eta * (∑ k < d, W b k * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) /
    INR N)) - ∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k * w i k) = eta ^ 2 * (a c * a b * (∑ k < d,
    (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) ^ 2 / INR N ^ 2) - (∑ k < d, W c k
    * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N) * (∑ k < d, W b k * (∑
    n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N)).

Definition any_batch : Prop := forall (H N Omega d r : nat) (B eta : R) (W X e p w : nat -> nat -> R) (a s y :
  nat -> R),
  hypotheses H N Omega d r B eta W X e p w a s y ->
  forall b c a1, (b < H)%nat -> (c < H)%nat -> (a1 < Omega)%nat -> a c * a b + (∑ i < r, (∑ k < d, w i k * (W
    c k - a c * eta * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X n l)) - y n)) / B)) *
    (∑ k < d, w i k * (W b k - a b * eta * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X
    n l)) - y n)) / B))) - (a c - eta * (∑ k < d, W c k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l <
    d, W b1 l * X n l)) - y n)) / B)) * (a b - eta * (∑ k < d, W b k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H,
    a b1 * (∑ l < d, W b1 l * X n l)) - y n)) / B)) - ∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k * w
    i k) = eta ^ 2 * (a c * a b * (∑ k < d, (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W b1 l * X
    n l)) - y n)) ^ 2 / B ^ 2) - (∑ k < d, W c k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W
    b1 l * X n l)) - y n)) / B) * (∑ k < d, W b k * (∑ n < N, X n k * p a1 n * ((∑ b1 < H, a b1 * (∑ l < d, W
    b1 l * X n l)) - y n)) / B)).
