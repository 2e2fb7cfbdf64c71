(** own-blow-up. The squared radius of the top mode under gradient descent. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t y_t : R) (d_ s u u_next y
  : nat -> R) : Prop := {
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
  weights_in_top_mode : forall k, (k < d)%nat -> u k = c_1 * w 0%nat k;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  step_second : v_next = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) /
    INR N;
}.

Definition stays_in_top_mode : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next
  x_t y_t : R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  forall i, (i < r)%nat -> (∑ k < d, u_next k * w i k) = delta i 0%nat * (∑ k < d, u_next k * w 0%nat k).

Definition scaled_first : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t y_t
  : R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  s 0%nat * real_power (INR N) (- (1 / 2)) * sqrt eta * (∑ k < d, u_next k * w 0%nat k) = c_1 * s 0%nat *
    real_power (INR N) (- (1 / 2)) * sqrt eta - s 0%nat * v * real_power (INR N) (- (1 / 2)) * sqrt eta * (c_1
    * eta * v * s 0%nat ^ 2 / INR N - d_1 * eta * s 0%nat / INR N).

Definition scaled_second : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t
  y_t : R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  s 0%nat * v_next * real_power (INR N) (- (1 / 2)) * sqrt eta = s 0%nat * v * real_power (INR N) (- (1 / 2))
    * sqrt eta - c_1 * s 0%nat * real_power (INR N) (- (1 / 2)) * sqrt eta * (c_1 * eta * v * s 0%nat ^ 2 /
    INR N - d_1 * eta * s 0%nat / INR N).

Definition increment : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t y_t :
  R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  eta * s 0%nat ^ 2 * v_next ^ 2 / INR N + eta * s 0%nat ^ 2 * (∑ k < d, u_next k * w 0%nat k) ^ 2 / INR N -
    eta * c_1 ^ 2 * s 0%nat ^ 2 / INR N - eta * s 0%nat ^ 2 * v ^ 2 / INR N = (c_1 * eta * v * s 0%nat ^ 2 /
    INR N - d_1 * eta * s 0%nat / INR N) * ((c_1 * eta * v * s 0%nat ^ 2 / INR N - d_1 * eta * s 0%nat / INR
    N) * (eta * c_1 ^ 2 * s 0%nat ^ 2 / INR N + eta * s 0%nat ^ 2 * v ^ 2 / INR N) - 4 * c_1 * eta * v * s
    0%nat ^ 2 / INR N).

Definition side_kept : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t y_t :
  R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  (x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2 - 4 = (x_t ^ 2 + y_t ^ 2 - 4) * (1 + x_t ^ 2 * y_t ^
    2).

Definition away_from_four : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v_next x_t
  y_t : R) (d_ s u u_next y : nat -> R),
  hypotheses N d r X e w c_1 d_1 eta v v_next x_t y_t d_ s u u_next y ->
  0 <= (x_t ^ 2 + y_t ^ 2 - 4) * ((x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2 - x_t ^ 2 - y_t ^ 2).
