(** own-stable-limit. What a minimizer must be like for gradient descent to settle there. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (C S eta v : R) (X e w : nat -> nat -> R) (d_ s u x y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  minimizer : forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n;
  nonzero_labels : 0 < (∑ n < N, y n ^ 2);
  imbalance : C = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N /
    2) d 1 u (fun _ => v) S;
  stable : S * eta <= 2;
}.

Definition weight : Prop := forall (N d r : nat) (C S eta v : R) (X e w : nat -> nat -> R) (d_ s u x y : nat
  -> R),
  hypotheses N d r C S eta v X e w d_ s u x y ->
  eta * s 0%nat ^ 2 * v ^ 2 / INR N <= 2.

Definition imbalance_at_least : Prop := forall (N d r : nat) (C S eta v : R) (X e w : nat -> nat -> R) (d_ s u
  x y : nat -> R),
  hypotheses N d r C S eta v X e w d_ s u x y ->
  eta * s 0%nat ^ 2 * (∑ i < r, d_ i ^ 2 / s i ^ 2) / INR N / 2 - 2 * INR N / eta / s 0%nat ^ 2 <= C.

Definition flattest : Prop := forall (N d r : nat) (C S eta v : R) (X e w : nat -> nat -> R) (d_ s u x y : nat
  -> R),
  hypotheses N d r C S eta v X e w d_ s u x y ->
  4 * (∑ n < N, x n * y n) ^ 2 * (∑ k < d, (∑ n < N, X n k * x n) ^ 2) <= INR N ^ 2 * S ^ 2 * (∑ n < N, x n ^
    2) ^ 2.

Definition labels_at_most : Prop := forall (N d r : nat) (C S eta v : R) (X e w : nat -> nat -> R) (d_ s u x y
  : nat -> R),
  hypotheses N d r C S eta v X e w d_ s u x y ->
  eta ^ 2 * (∑ k < d, (∑ n < N, X n k * y n) ^ 2) <= INR N ^ 2.
