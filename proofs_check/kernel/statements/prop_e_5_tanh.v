(** prop-e.5-tanh. The second layer at a minimizer of zero loss, tanh. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  domain_of_s : forall n, (n < N)%nat -> 0 < s n;
  second_layer : 0 < v ^ 2;
  minimizer : forall n, (n < N)%nat -> y n = v * (exp (∑ k < d, X n k * u k) - exp (- (∑ k < d, X n k * u k)))
    / (exp (- (∑ k < d, X n k * u k)) + exp (∑ k < d, X n k * u k));
  imbalance : C = 2 * (∑ n < N, (exp (∑ k < d, X n k * u k) / 2 - exp (- (∑ k < d, X n k * u k)) / 2) ^ 2 / s
    n ^ 2 / 2) - v ^ 2;
}.

Definition domain : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  forall n, (n < N)%nat -> y n ^ 2 < v ^ 2.

Definition term : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  forall n, (n < N)%nat -> y n ^ 2 / v ^ 2 / (1 - y n ^ 2 / v ^ 2) = y n ^ 2 / (v ^ 2 - y n ^ 2).

Definition side : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  C + v ^ 2 = 2 * (∑ n < N, y n ^ 2 / s n ^ 2 / v ^ 2 / (1 - y n ^ 2 / v ^ 2) / 2).
