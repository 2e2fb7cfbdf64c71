(** err-a. A step of gradient descent does not raise the sharpness of the gradient flow solution. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (C C' S S' eta v v' v_0 v_1 : R) (X e w : nat -> nat -> R) (d_ s u u' u_0 u_1
  y : nat -> R) : Prop := {
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
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  minimizer : forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n;
  imbalance : C = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N /
    2) d 1 u (fun _ => v) S;
  other_minimizer : forall n, (n < N)%nat -> v' * (∑ k < d, X n k * u' k) = y n;
  other_imbalance : C' = (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v' ^ 2;
  other_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR
    N / 2) d 1 u' (fun _ => v') S';
  step_first : forall k, (k < d)%nat -> u_1 k = u_0 k - eta * v_0 * (∑ n < N, X n k * (v_0 * (∑ l < d, X n l *
    u_0 l) - y n)) / INR N;
  step_second : v_1 = v_0 - eta * (∑ k < d, u_0 k * (∑ n < N, X n k * (v_0 * (∑ l < d, X n l * u_0 l) - y n)))
    / INR N;
  before : C = (∑ i < r, (∑ k < d, u_0 k * w i k) ^ 2) - v_0 ^ 2;
  after : C' = (∑ i < r, (∑ k < d, u_1 k * w i k) ^ 2) - v_1 ^ 2;
  below_threshold : C < real_power (∑ i < r, d_ i ^ 2) (- (1 / 2)) * (∑ i < r, d_ i ^ 2 * (s i + s 0%nat) * (s
    0%nat - s i) / s i ^ 2) / s 0%nat;
}.

Definition falls : Prop := forall (N d r : nat) (C C' S S' eta v v' v_0 v_1 : R) (X e w : nat -> nat -> R) (d_
  s u u' u_0 u_1 y : nat -> R),
  hypotheses N d r C C' S S' eta v v' v_0 v_1 X e w d_ s u u' u_0 u_1 y ->
  S' <= S.
