(** rem-4.6-very-easy. One more layer lowers both bounds if Q < (D/(D+1))^(D(D+1)). *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (r : nat) (D N t : R) (d s : nat -> R) : Prop := {
  size_r : (0 < r)%nat;
  domain_of_D : 1 <= D;
  domain_of_N : 1 <= N;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  domain_of_t : 0 < t;
  nonzero_labels : 0 < (∑ i < r, d i ^ 2 / s i ^ 2);
  depth : 1 < D;
  root : (∑ i < r, d i ^ 2 / s i ^ 2) = real_power t (D * (1 + D));
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  very_easy : (∑ i < r, d i ^ 2 / s i ^ 2) < real_power (D / (1 + D)) (D * (1 + D));
}.

Definition lower : Prop := forall (r : nat) (D N t : R) (d s : nat -> R),
  hypotheses r D N t d s ->
  (D * d 0%nat ^ 2 * real_power (∑ i < r, d i ^ 2 / s i ^ 2) (- (1 / (1 + D))) + s 0%nat ^ 2 * real_power (∑ i
    < r, d i ^ 2 / s i ^ 2) (D / (1 + D))) / N < (d 0%nat ^ 2 * real_power (∑ i < r, d i ^ 2 / s i ^ 2) (- (1
    / D)) * (D - 1) + s 0%nat ^ 2 * real_power (∑ i < r, d i ^ 2 / s i ^ 2) ((D - 1) / D)) / N.

Definition upper : Prop := forall (r : nat) (D N t : R) (d s : nat -> R),
  hypotheses r D N t d s ->
  (D * real_power (∑ i < r, d i ^ 2 / s i ^ 2) (- (1 / (1 + D))) * (∑ i < r, d i ^ 2) + s 0%nat ^ 2 *
    real_power (∑ i < r, d i ^ 2 / s i ^ 2) (D / (1 + D))) / N < (s 0%nat ^ 2 * real_power (∑ i < r, d i ^ 2 /
    s i ^ 2) ((D - 1) / D) + real_power (∑ i < r, d i ^ 2 / s i ^ 2) (- (1 / D)) * (D - 1) * (∑ i < r, d i ^
    2)) / N.
