(** lem-b.1. Eigenvalues and spectral norm of a bordered zero block. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (d : nat) (b h k x : nat -> R) (g lambda t : R) : Prop := {
  size_d : (0 < d)%nat;
  eigenvector_first : forall l, (l < d)%nat -> b l * t = lambda * x l;
  eigenvector_last : (∑ l < d, b l * x l) = lambda * t;
  orthogonal : (∑ l < d, b l * k l) = 0;
}.

Definition plus_first : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  forall l, (l < d)%nat -> b l * sqrt (∑ p < d, b p ^ 2) = b l * sqrt (∑ p < d, b p ^ 2).

Definition plus_last : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  (∑ l < d, b l ^ 2) = (∑ l < d, b l ^ 2).

Definition minus_first : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  forall l, (l < d)%nat -> - (b l * sqrt (∑ p < d, b p ^ 2)) = - (b l * sqrt (∑ p < d, b p ^ 2)).

Definition minus_last : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  (∑ l < d, b l ^ 2) = (∑ l < d, b l ^ 2).

Definition kernel : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  (∑ l < d, b l * k l) = 0.

Definition only_first : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  forall l, (l < d)%nat -> lambda * x l * (lambda + sqrt (∑ p < d, b p ^ 2)) * (lambda - sqrt (∑ p < d, b p ^
    2)) = 0.

Definition only_last : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  lambda * t * (lambda + sqrt (∑ l < d, b l ^ 2)) * (lambda - sqrt (∑ l < d, b l ^ 2)) = 0.

Definition norm : Prop := forall (d : nat) (b h k x : nat -> R) (g lambda t : R),
  hypotheses d b h k x g lambda t ->
  (∑ l < d, b l * h l) ^ 2 + (∑ l < d, b l ^ 2 * g ^ 2) <= (g ^ 2 + (∑ l < d, h l ^ 2)) * (∑ l < d, b l ^ 2).
