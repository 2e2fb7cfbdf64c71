(** own-escape. From the escape region on, gradient descent doubles every weight and never comes back. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R) :
  Prop := {
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
  sharpness_of : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N
    / 2) d 1 u (fun _ => v) S;
  output : 0 < s 0%nat ^ 2 * v ^ 2 * (∑ k < d, u k * w 0%nat k) ^ 2;
  first_outside : 0 <= eta * (s 0%nat ^ 2 * v ^ 2 * (∑ k < d, u k * w 0%nat k) ^ 2 - ∑ i < r, d_ i ^ 2) / INR
    N - 6 * (∑ k < d, u k * w 0%nat k) ^ 2;
  second_outside : 0 <= eta * (s 0%nat ^ 2 * v ^ 2 * (∑ k < d, u k * w 0%nat k) ^ 2 - ∑ i < r, d_ i ^ 2) / INR
    N - 6 * v ^ 2;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  step_second : v_next = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) /
    INR N;
}.

Definition doubles_first : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u
  u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  4 * (∑ k < d, u k * w 0%nat k) ^ 2 <= (∑ k < d, u_next k * w 0%nat k) ^ 2.

Definition doubles_second : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s
  u u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  4 * v ^ 2 <= v_next ^ 2.

Definition output_grows : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u
  u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  16 * s 0%nat ^ 2 * v ^ 2 * (∑ k < d, u k * w 0%nat k) ^ 2 <= s 0%nat ^ 2 * v_next ^ 2 * (∑ k < d, u_next k *
    w 0%nat k) ^ 2.

Definition first_stays_outside : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R)
  (d_ s u u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  0 <= eta * (s 0%nat ^ 2 * v_next ^ 2 * (∑ k < d, u_next k * w 0%nat k) ^ 2 - ∑ i < r, d_ i ^ 2) / INR N - 6
    * (∑ k < d, u_next k * w 0%nat k) ^ 2.

Definition second_stays_outside : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R)
  (d_ s u u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  0 <= eta * (s 0%nat ^ 2 * v_next ^ 2 * (∑ k < d, u_next k * w 0%nat k) ^ 2 - ∑ i < r, d_ i ^ 2) / INR N - 6
    * v_next ^ 2.

Definition loss : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u u_next y
  : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  (s 0%nat ^ 2 * v ^ 2 * (∑ k < d, u k * w 0%nat k) ^ 2 / 2 - ∑ i < r, d_ i ^ 2) / INR N / 2 <= (∑ n < N, (v *
    (∑ k < d, X n k * u k) - y n) ^ 2) / INR N / 2.

Definition sharpness : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u
  u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  s 0%nat ^ 2 * v ^ 2 / INR N <= S.

Definition above_the_edge : Prop := forall (N d r : nat) (S eta v v_next : R) (X e w : nat -> nat -> R) (d_ s
  u u_next y : nat -> R),
  hypotheses N d r S eta v v_next X e w d_ s u u_next y ->
  6 / eta <= S.
