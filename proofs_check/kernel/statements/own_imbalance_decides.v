(** own-imbalance-decides. Where C <= 0 a step of any length does not raise v^2 at the minimizer ahead. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (C C_next V V_next eta v v_next : R) (X e w : nat -> nat -> R) (d_ s u u_next
  y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_V : 0 < V;
  domain_of_V_next : 0 < V_next;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u
    l) - y n)) / INR N;
  step_second : v_next = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) /
    INR N;
  imbalance : C = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2;
  next_imbalance : C_next = (∑ i < r, (∑ k < d, u_next k * w i k) ^ 2) - v_next ^ 2;
  root : V ^ 2 + C * V = (∑ i < r, d_ i ^ 2 / s i ^ 2);
  next_root : V_next ^ 2 + C_next * V_next = (∑ i < r, d_ i ^ 2 / s i ^ 2);
  imbalance_not_positive : C <= 0;
}.

Definition imbalance_rises : Prop := forall (N d r : nat) (C C_next V V_next eta v v_next : R) (X e w : nat ->
  nat -> R) (d_ s u u_next y : nat -> R),
  hypotheses N d r C C_next V V_next eta v v_next X e w d_ s u u_next y ->
  C <= C_next.

Definition root_moves : Prop := forall (N d r : nat) (C C_next V V_next eta v v_next : R) (X e w : nat -> nat
  -> R) (d_ s u u_next y : nat -> R),
  hypotheses N d r C C_next V V_next eta v v_next X e w d_ s u u_next y ->
  (V - V_next) * (V * V_next + (∑ i < r, d_ i ^ 2 / s i ^ 2)) = V * V_next * (C_next - C).

Definition root_never_rises : Prop := forall (N d r : nat) (C C_next V V_next eta v v_next : R) (X e w : nat
  -> nat -> R) (d_ s u u_next y : nat -> R),
  hypotheses N d r C C_next V V_next eta v v_next X e w d_ s u u_next y ->
  V_next <= V.
