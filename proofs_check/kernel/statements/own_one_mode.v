(** own-one-mode. In one mode imbalance dies, and modes without a label do not wake. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R) (d_1 delta_t eta v x_t
  y_t : R) : Prop := {
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
  label_in_top_mode : forall i, (i < r)%nat -> d_ i = d_1 * delta i 0%nat;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  rate : eta * s 0%nat ^ 2 * v ^ 2 / INR N <= 2;
  residual : (x_t * y_t - delta_t) ^ 2 <= 2;
}.

Definition difference : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (d_1 delta_t eta v x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y d_1 delta_t eta v x_t y_t ->
  (x_t - y_t * (x_t * y_t - delta_t)) ^ 2 - (y_t - x_t * (x_t * y_t - delta_t)) ^ 2 = (1 - (x_t * y_t -
    delta_t) ^ 2) * (x_t ^ 2 - y_t ^ 2).

Definition toward_balance : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat ->
  R) (d_1 delta_t eta v x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y d_1 delta_t eta v x_t y_t ->
  ((x_t - y_t * (x_t * y_t - delta_t)) ^ 2 - (y_t - x_t * (x_t * y_t - delta_t)) ^ 2) ^ 2 <= (x_t ^ 2 - y_t ^
    2) ^ 2.

Definition others_step : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (d_1 delta_t eta v x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y d_1 delta_t eta v x_t y_t ->
  forall i, (i < r)%nat -> (1 - delta i 0%nat) * (∑ k < d, u_next k * w i k) = (1 - eta * s i ^ 2 * v ^ 2 /
    INR N) * (1 - delta i 0%nat) * (∑ k < d, u k * w i k).

Definition others_shrink : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (d_1 delta_t eta v x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y d_1 delta_t eta v x_t y_t ->
  forall i, (i < r)%nat -> (∑ k < d, u_next k * w i k) ^ 2 * (1 - delta i 0%nat) <= (∑ k < d, u k * w i k) ^ 2
    * (1 - delta i 0%nat).
