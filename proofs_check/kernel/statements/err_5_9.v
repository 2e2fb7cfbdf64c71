(** err-5.9. A step of gradient descent does not lower the layer imbalance. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (eta v : R) (s u y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
}.

Definition descent : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (eta v : R) (s u y : nat -> R),
  hypotheses N d r X e w eta v s u y ->
  (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2 <= (∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n
    k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2) - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v *
    (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2.
