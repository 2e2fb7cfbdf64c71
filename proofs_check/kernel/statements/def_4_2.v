(** def-4.2. Layer imbalance sees what the data see. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (d_ q s u y : nat -> R) (v : R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  unseen : forall n, (n < N)%nat -> (∑ k < d, X n k * q k) = 0;
}.

Definition output : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ q s u y : nat -> R) (v : R),
  hypotheses N d r X e w d_ q s u y v ->
  forall n, (n < N)%nat -> (∑ k < d, X n k * (q k + u k)) = (∑ k < d, X n k * u k).

Definition imbalance : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ q s u y : nat -> R) (v : R),
  hypotheses N d r X e w d_ q s u y v ->
  (∑ i < r, (∑ k < d, w i k * (q k + u k)) ^ 2) - v ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2.

Definition split : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ q s u y : nat -> R) (v : R),
  hypotheses N d r X e w d_ q s u y v ->
  (∑ k < d, u k ^ 2) - v ^ 2 = (∑ k < d, (u k - ∑ i < r, w i k * (∑ l < d, u l * w i l)) ^ 2) + (∑ i < r, (∑ k
    < d, u k * w i k) ^ 2) - v ^ 2.

Definition at_most : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ q s u y : nat -> R) (v : R),
  hypotheses N d r X e w d_ q s u y v ->
  (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2 <= (∑ k < d, u k ^ 2) - v ^ 2.
