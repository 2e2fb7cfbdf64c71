(** prop-e.5-sigmoid. The second layer at a minimizer of zero loss, sigmoid. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  domain_of_s : forall n, (n < N)%nat -> 0 < s n;
  second_layer : 0 < v ^ 2;
  minimizer : forall n, (n < N)%nat -> y n = v / (1 + exp (- (∑ k < d, X n k * u k)));
  imbalance : C = 2 * (∑ n < N, (exp (∑ k < d, X n k * u k) + (∑ k < d, X n k * u k)) / s n ^ 2) - v ^ 2;
}.

Definition above_zero : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  forall n, (n < N)%nat -> 0 < y n / v.

Definition below_one : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  forall n, (n < N)%nat -> y n / v < 1.

Definition term : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  forall n, (n < N)%nat -> y n / v / (1 - y n / v) = y n / (v - y n).

Definition side : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R),
  hypotheses N d C v X s u y ->
  C + v ^ 2 = 2 * (∑ n < N, (y n / v / (1 - y n / v) + ln (y n / v / (1 - y n / v))) / s n ^ 2).
