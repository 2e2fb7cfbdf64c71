(** sec-3.hessian-two-layer. Hessian of the two-layer loss. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (X : nat -> nat -> R) (a u y : nat -> R) (b v : R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
}.

Definition quadratic_form : Prop := forall (N d : nat) (X : nat -> nat -> R) (a u y : nat -> R) (b v : R),
  hypotheses N d X a u y b v ->
  2 * coefficient 2 (fun t => (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N
    / 2) = 2 * b * (∑ k < d, a k * (∑ n < N, X n k * (2 * v * (∑ l < d, X n l * u l) - y n)) / INR N) + b ^ 2
    * (∑ n < N, (∑ k < d, X n k * u k) * (∑ k < d, X n k * u k)) / INR N + (∑ k < d, a k * (∑ l < d, a l * v ^
    2 * (∑ n < N, X n l * X n k) / INR N)).
