(** err-4.3. The lower bound's d_1 is a number of the data. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e e' w w' : nat -> nat -> R) (d_ d' s y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  other_svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e' i n * s i * w' i k);
  other_labels : forall n, (n < N)%nat -> y n = (∑ i < r, d' i * e' i n);
  other_left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e' j n * e' i n) = delta j i;
  other_right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w' j k * w' i k) = delta j i;
}.

Definition one_value : Prop := forall (N d r : nat) (X e e' w w' : nat -> nat -> R) (d_ d' s y : nat -> R),
  hypotheses N d r X e e' w w' d_ d' s y ->
  d_ 0%nat ^ 2 = d' 0%nat ^ 2.
