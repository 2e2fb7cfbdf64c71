(** rem-b.3. Sharpness at weights that do not see the first mode, two layers. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (S v : R) (X e w : nat -> nat -> R) (d_ s u y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  second_layer_zero : v = 0;
  first_mode_zero : (∑ k < d, u k * w 0%nat k) = 0;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N /
    2) d 1 u (fun _ => v) S;
}.

Definition lower : Prop := forall (N d r : nat) (S v : R) (X e w : nat -> nat -> R) (d_ s u y : nat -> R),
  hypotheses N d r S v X e w d_ s u y ->
  0 <= S.

Definition upper : Prop := forall (N d r : nat) (S v : R) (X e w : nat -> nat -> R) (d_ s u y : nat -> R),
  hypotheses N d r S v X e w d_ s u y ->
  S <= (sqrt (∑ i < r, d_ i ^ 2 * s i ^ 2) + (∑ i < r, s i ^ 2 * (1 - delta i 0%nat) ^ 2 * (∑ k < d, u k * w i
    k) ^ 2)) / INR N.
