(** rem-4.4. The bounds rise with s_1 and Q and fall with C, below the threshold T_1. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R) : Prop := {
  size_r : (0 < r)%nat;
  size_r' : (0 < r')%nat;
  domain_of_N : 1 <= N;
  domain_of_a : 0 <= a;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  domain_of_s' : forall b, (b < r')%nat -> 0 < s' b;
  sorted : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d i ^ 2);
  same_label_norm : (∑ b < r', d' b ^ 2) = (∑ i < r, d i ^ 2);
  same_first_label : d' 0%nat ^ 2 = d 0%nat ^ 2;
  singular_order : s 0%nat <= s' 0%nat;
  difficulty_order : (∑ i < r, d i ^ 2 / s i ^ 2) <= (∑ b < r', d' b ^ 2 / s' b ^ 2);
  imbalance_order : C' <= C;
  below_threshold : C <= real_power (∑ i < r, d i ^ 2) (- (1 / 2)) * (∑ i < r, d i ^ 2 * (s i + s 0%nat) * (s
    0%nat - s i) / s i ^ 2) / s 0%nat;
  smaller_imbalance : C_0 < C;
  first_label : a ^ 2 = d 0%nat ^ 2;
  low_below_high : C_a < C_b;
  below_first_threshold : C_b * a <= s 0%nat * (∑ i < r, d i ^ 2 / s i ^ 2) - a ^ 2 / s 0%nat;
}.

Definition threshold : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  real_power (∑ i < r, d i ^ 2) (- (1 / 2)) * (∑ i < r, d i ^ 2 * (s i + s 0%nat) * (s 0%nat - s i) / s i ^ 2)
    / s 0%nat = s 0%nat * real_power (∑ i < r, d i ^ 2) (- (1 / 2)) * (∑ i < r, d i ^ 2 / s i ^ 2) - sqrt (∑ i
    < r, d i ^ 2) / s 0%nat.

Definition equivalence : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - sqrt (∑ i < r, d i ^ 2) / s 0%nat - C / 2) * (C / 2 +
    sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 + sqrt (∑ i < r, d i ^ 2) / s 0%nat) = sqrt (∑ i < r,
    d i ^ 2) * (real_power (∑ i < r, d i ^ 2) (- (1 / 2)) * (∑ i < r, d i ^ 2 * (s i + s 0%nat) * (s 0%nat - s
    i) / s i ^ 2) / s 0%nat - C) / s 0%nat.

Definition positive_factor : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  0 < C / 2 + sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 + sqrt (∑ i < r, d i ^ 2) / s 0%nat.

Definition positive_level : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  0 < sqrt (∑ i < r, d i ^ 2) / s 0%nat.

Definition weight : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C / 2 <= sqrt (C' ^ 2 + 4 * (∑ b < r', d' b ^ 2 / s' b
    ^ 2)) / 2 - C' / 2.

Definition lower : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (d 0%nat ^ 2 * (C / 2 + sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d i ^ 2 / s i ^ 2)
    + s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C / 2)) / N <= (d' 0%nat ^ 2 * (C'
    / 2 + sqrt (C' ^ 2 + 4 * (∑ b < r', d' b ^ 2 / s' b ^ 2)) / 2) / (∑ b < r', d' b ^ 2 / s' b ^ 2) + s'
    0%nat ^ 2 * (sqrt (C' ^ 2 + 4 * (∑ b < r', d' b ^ 2 / s' b ^ 2)) / 2 - C' / 2)) / N.

Definition upper : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C / 2) + (C / 2 + sqrt (C ^ 2 + 4 * (∑
    i < r, d i ^ 2 / s i ^ 2)) / 2) * (∑ i < r, d i ^ 2) / (∑ i < r, d i ^ 2 / s i ^ 2)) / N <= (s' 0%nat ^ 2
    * (sqrt (C' ^ 2 + 4 * (∑ b < r', d' b ^ 2 / s' b ^ 2)) / 2 - C' / 2) + (C' / 2 + sqrt (C' ^ 2 + 4 * (∑ b <
    r', d' b ^ 2 / s' b ^ 2)) / 2) * (∑ b < r', d' b ^ 2) / (∑ b < r', d' b ^ 2 / s' b ^ 2)) / N.

Definition lower_falls : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (d 0%nat ^ 2 * (C / 2 + sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d i ^ 2 / s i ^ 2)
    + s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C / 2)) / N < (d 0%nat ^ 2 * (C_0 /
    2 + sqrt (C_0 ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d i ^ 2 / s i ^ 2) + s 0%nat ^ 2 *
    (sqrt (C_0 ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C_0 / 2)) / N.

Definition upper_falls : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat -> R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C / 2) + (C / 2 + sqrt (C ^ 2 + 4 * (∑
    i < r, d i ^ 2 / s i ^ 2)) / 2) * (∑ i < r, d i ^ 2) / (∑ i < r, d i ^ 2 / s i ^ 2)) / N < (s 0%nat ^ 2 *
    (sqrt (C_0 ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C_0 / 2) + (C_0 / 2 + sqrt (C_0 ^ 2 + 4 * (∑ i <
    r, d i ^ 2 / s i ^ 2)) / 2) * (∑ i < r, d i ^ 2) / (∑ i < r, d i ^ 2 / s i ^ 2)) / N.

Definition lower_falls_further : Prop := forall (r r' : nat) (C C' C_0 C_a C_b N a : R) (d d' s s' : nat ->
  R),
  hypotheses r r' C C' C_0 C_a C_b N a d d' s s' ->
  (d 0%nat ^ 2 * (C_b / 2 + sqrt (C_b ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d i ^ 2 / s i ^
    2) + s 0%nat ^ 2 * (sqrt (C_b ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C_b / 2)) / N < (d 0%nat ^ 2 *
    (C_a / 2 + sqrt (C_a ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d i ^ 2 / s i ^ 2) + s 0%nat
    ^ 2 * (sqrt (C_a ^ 2 + 4 * (∑ i < r, d i ^ 2 / s i ^ 2)) / 2 - C_a / 2)) / N.
