(** own-top-mode. The squared radius of the top mode among others under gradient descent. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R) (delta_t eta mu_t v
  v_next x_t y_t : R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  step_second : v_next = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) /
    INR N;
  scaled_first : x_t = s 0%nat * real_power (INR N) (- (1 / 2)) * sqrt eta * (∑ k < d, u k * w 0%nat k);
  scaled_second : y_t = s 0%nat * v * real_power (INR N) (- (1 / 2)) * sqrt eta;
  scaled_label : delta_t = d_ 0%nat * eta * s 0%nat / INR N;
  drift : mu_t = - (s 0%nat * real_power (INR N) (- (3 / 2)) * real_power eta (3 / 2) * (∑ i < r, s i * (1 -
    delta i 0%nat) * (s i * v * (∑ k < d, u k * w i k) - d_ i) * (∑ k < d, u k * w i k)));
}.

Definition first : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (delta_t eta mu_t v v_next x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y delta_t eta mu_t v v_next x_t y_t ->
  s 0%nat * real_power (INR N) (- (1 / 2)) * sqrt eta * (∑ k < d, u_next k * w 0%nat k) = x_t - y_t * (x_t *
    y_t - delta_t).

Definition second : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (delta_t eta mu_t v v_next x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y delta_t eta mu_t v v_next x_t y_t ->
  s 0%nat * v_next * real_power (INR N) (- (1 / 2)) * sqrt eta = mu_t + y_t - x_t * (x_t * y_t - delta_t).

Definition increment : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (d_ s u u_next y : nat -> R)
  (delta_t eta mu_t v v_next x_t y_t : R),
  hypotheses N d r X e w d_ s u u_next y delta_t eta mu_t v v_next x_t y_t ->
  eta * s 0%nat ^ 2 * v_next ^ 2 / INR N + eta * s 0%nat ^ 2 * (∑ k < d, u_next k * w 0%nat k) ^ 2 / INR N -
    x_t ^ 2 - y_t ^ 2 = mu_t ^ 2 + 2 * mu_t * (y_t - x_t * (x_t * y_t - delta_t)) + (x_t * y_t - delta_t) *
    ((x_t ^ 2 + y_t ^ 2) * (x_t * y_t - delta_t) - 4 * x_t * y_t).
