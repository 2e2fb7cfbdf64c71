(** err-e.5. Sigmoid: all labels can be met exactly, so they have one sign. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (X w : nat -> nat -> R) (s y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  domain_of_s : forall n, (n < N)%nat -> 0 < s n;
  orthogonal_samples : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = s n * w n k;
  directions : forall n m, (n < N)%nat -> (m < N)%nat -> (∑ k < d, w m k * w n k) = delta m n;
  nonzero_labels : forall n, (n < N)%nat -> 0 < y n ^ 2;
}.

Definition one_sign : Prop := forall (N d : nat) (X w : nat -> nat -> R) (s y : nat -> R),
  hypotheses N d X w s y ->
  forall n m, (n < N)%nat -> (m < N)%nat -> 0 < y m * y n.
