(** own-zero-labels. Without labels, weights with eta s_1^2 rho / N <= 4 never grow. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (eta v v_next : R) (s u u_next y : nat -> R) : Prop
  := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  step_second : v_next = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) /
    INR N;
  zero_labels : forall n, (n < N)%nat -> y n = 0;
  inside : eta * s 0%nat ^ 2 * (v ^ 2 + (∑ i < r, (∑ k < d, u k * w i k) ^ 2)) / INR N <= 4;
}.

Definition increment : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (eta v v_next : R) (s u u_next y
  : nat -> R),
  hypotheses N d r X e w eta v v_next s u u_next y ->
  v_next ^ 2 + (∑ i < r, (∑ k < d, u_next k * w i k) ^ 2) - v ^ 2 - ∑ i < r, (∑ k < d, u k * w i k) ^ 2 <= eta
    * v ^ 2 * (eta * s 0%nat ^ 2 * (v ^ 2 + (∑ i < r, (∑ k < d, u k * w i k) ^ 2)) / INR N - 4) * (∑ n < N, (∑
    k < d, X n k * u k) ^ 2) / INR N.

Definition never_grows : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (eta v v_next : R) (s u u_next
  y : nat -> R),
  hypotheses N d r X e w eta v v_next s u u_next y ->
  v_next ^ 2 + (∑ i < r, (∑ k < d, u_next k * w i k) ^ 2) <= v ^ 2 + (∑ i < r, (∑ k < d, u k * w i k) ^ 2).

Definition kept : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (eta v v_next : R) (s u u_next y :
  nat -> R),
  hypotheses N d r X e w eta v v_next s u u_next y ->
  eta * s 0%nat ^ 2 * (v_next ^ 2 + (∑ i < r, (∑ k < d, u_next k * w i k) ^ 2)) / INR N <= 4.
