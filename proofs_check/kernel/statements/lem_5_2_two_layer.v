(** lem-5.2-two-layer. Gradient flow conserves the layer imbalance, two layers. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (X e w : nat -> nat -> R) (a d_ s u u_0 u_t y : nat -> R) (b v v_0 v_t : R) :
  Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  flow : flow_leads (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N / 2) d 1
    u_0 (fun _ => v_0) u_t (fun _ => v_t);
}.

Definition gradient : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (a d_ s u u_0 u_t y : nat -> R)
  (b v v_0 v_t : R),
  hypotheses N d r X e w a d_ s u u_0 u_t y b v v_0 v_t ->
  coefficient 1 (fun t => (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N / 2)
    = b * (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * u k)) / INR N + (∑ k < d, a k * v *
    (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N).

Definition rate : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (a d_ s u u_0 u_t y : nat -> R) (b v
  v_0 v_t : R),
  hypotheses N d r X e w a d_ s u u_0 u_t y b v v_0 v_t ->
  coefficient 1 (fun t => (∑ i < r, (∑ k < d, w i k * (u k - t * v * (∑ n < N, X n k * (v * (∑ l < d, X n l *
    u l) - y n)) / INR N)) ^ 2) - (v - t * (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * u
    k)) / INR N) ^ 2) = 0.

Definition conserved : Prop := forall (N d r : nat) (X e w : nat -> nat -> R) (a d_ s u u_0 u_t y : nat -> R)
  (b v v_0 v_t : R),
  hypotheses N d r X e w a d_ s u u_0 u_t y b v v_0 v_t ->
  (∑ i < r, (∑ k < d, u_t k * w i k) ^ 2) - v_t ^ 2 = (∑ i < r, (∑ k < d, u_0 k * w i k) ^ 2) - v_0 ^ 2.
