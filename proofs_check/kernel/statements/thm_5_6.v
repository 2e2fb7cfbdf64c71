(** thm-5.6. Expected sharpness at initialization. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness expectation normal_numbers.
Local Open Scope R_scope.

Record hypotheses (Omega : Type) (E : expectation Omega) (N d r : nat) (S v : Omega -> R) (X e w : nat -> nat
  -> R) (alpha beta : R) (d_ s y : nat -> R) (u : Omega -> nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  random_S : measurable E (fun omega => S omega);
  random_u : forall k, (k < d)%nat -> measurable E (fun omega => u omega k);
  random_v : measurable E (fun omega => v omega);
  domain_of_alpha : 0 < alpha;
  domain_of_beta : 0 < beta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  sharpness : almost E (fun omega => is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k)
    - y n) ^ 2) / INR N / 2) d 1 (fun k => u omega k) (fun _ => v omega) (S omega));
  initialization : independent_normal E (d + 1)%nat (fun omega => followed_by d (u omega) (fun _ => v omega))
    (followed_by d (fun _ => alpha) (fun _ => beta));
}.

Definition lower : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (S v : Omega -> R) (X e
  w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u : Omega -> nat -> R),
  hypotheses Omega E N d r S v X e w alpha beta d_ s y u ->
  s 0%nat ^ 2 * (alpha ^ 2 + beta ^ 2 + 2 * alpha ^ 2 * beta ^ 2 / (alpha + beta) ^ 2) / INR N <=
    expected_value E (fun omega => S omega).

Definition upper : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (S v : Omega -> R) (X e
  w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u : Omega -> nat -> R),
  hypotheses Omega E N d r S v X e w alpha beta d_ s y u ->
  expected_value E (fun omega => S omega) <= (sqrt (alpha ^ 2 * beta ^ 2 * (∑ i < r, s i ^ 4) + (∑ i < r, d_ i
    ^ 2 * s i ^ 2)) + alpha ^ 2 * (∑ i < r, s i ^ 2) + beta ^ 2 * s 0%nat ^ 2) / INR N.
