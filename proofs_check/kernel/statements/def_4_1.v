(** def-4.1. Dataset difficulty: the squared norm of the least linear solution. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (d_ s theta y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  solution : forall n, (n < N)%nat -> (∑ k < d, X n k * theta k) = y n;
}.

Definition solves : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s theta y : nat -> R),
  hypotheses N d r X e w d_ s theta y ->
  forall n, (n < N)%nat -> (∑ k < d, X n k * (∑ i < r, d_ i * w i k / s i)) = y n.

Definition norm : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s theta y : nat -> R),
  hypotheses N d r X e w d_ s theta y ->
  (∑ k < d, (∑ i < r, d_ i * w i k / s i) ^ 2) = (∑ i < r, d_ i ^ 2 / s i ^ 2).

Definition least : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s theta y : nat -> R),
  hypotheses N d r X e w d_ s theta y ->
  (∑ i < r, d_ i ^ 2 / s i ^ 2) <= (∑ k < d, theta k ^ 2).
