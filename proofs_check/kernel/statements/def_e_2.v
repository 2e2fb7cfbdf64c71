(** def-e.2. Activations of the two-layer nonlinear model. *)

From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
}.

Definition linear_model : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = v * (∑ k < d, X n k * u k).

Definition identity_antiderivative : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x :
  R),
  hypotheses N d X u v x ->
  is_derive (fun t => t ^ 2 / 2) x x.

Definition tanh_slope : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  is_derive (fun t => (exp t - exp (- t)) / (exp t + exp (- t))) x (1 - ((exp x - exp (- x)) / (exp x + exp (-
    x))) ^ 2).

Definition tanh_rises : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  0 < 1 - ((exp x - exp (- x)) / (exp x + exp (- x))) ^ 2.

Definition tanh_antiderivative : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  is_derive (fun t => (exp t / 2 - exp (- t) / 2) ^ 2 / 2) x ((exp x - exp (- x)) / (1 - ((exp x - exp (- x))
    / (exp x + exp (- x))) ^ 2) / (exp x + exp (- x))).

Definition tanh_of_value : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  ((exp x - exp (- x)) / (exp x + exp (- x))) ^ 2 / (1 - ((exp x - exp (- x)) / (exp x + exp (- x))) ^ 2) / 2
    = (exp x / 2 - exp (- x) / 2) ^ 2 / 2.

Definition sigmoid_slope : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  is_derive (fun t => / (1 + exp (- t))) x (exp (- x) / (1 + exp (- x)) ^ 2).

Definition sigmoid_rises : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  0 < exp (- x) / (1 + exp (- x)) ^ 2.

Definition sigmoid_antiderivative : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  is_derive (fun t => t + exp t) x ((1 + exp (- x)) * exp x).

Definition sigmoid_of_value : Prop := forall (N d : nat) (X : nat -> nat -> R) (u : nat -> R) (v x : R),
  hypotheses N d X u v x ->
  1 / (1 - 1 / (1 + exp (- x))) / (1 + exp (- x)) + ln (1 / (1 - 1 / (1 + exp (- x))) / (1 + exp (- x))) = x +
    exp x.
