(** def-e.3. Layer imbalance of the nonlinear model. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (d r : nat) (u : nat -> R) (v : R) (w : nat -> nat -> R) : Prop := {
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
}.

Definition linear : Prop := forall (d r : nat) (u : nat -> R) (v : R) (w : nat -> nat -> R),
  hypotheses d r u v w ->
  2 * (∑ i < r, (∑ k < d, u k * w i k) ^ 2 / 2) - v ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2.
