(** own-wide-one-neuron. Two layers of any width, isotropic beside one neuron, are one neuron. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R) (eta kappa v : R) :
  Prop := {
  size_H : (0 < H)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  wide_in_modes : forall b i, (b < H)%nat -> (i < r)%nat -> A b i = (∑ k < d, W b k * w i k);
  neuron_in_modes : forall i, (i < r)%nat -> c i = (∑ k < d, u k * w i k);
  first : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ b < H, A b j * A b i) - c j * c i = kappa * delta j i;
  across : forall i, (i < r)%nat -> (∑ b < H, A b i * a b) - c i * v = 0;
  second : (∑ b < H, a b ^ 2) - v ^ 2 = - kappa;
}.

Definition output : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R) (eta
  kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall n, (n < N)%nat -> (∑ b < H, a b * (∑ k < d, W b k * X n k)) = v * (∑ k < d, X n k * u k).

Definition kernel : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R) (eta
  kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall n m, (n < N)%nat -> (m < N)%nat -> (∑ b < H, a b ^ 2) * (∑ k < d, X m k * X n k) + (∑ b < H, (∑ k <
    d, W b k * X m k) * (∑ k < d, W b k * X n k)) = v ^ 2 * (∑ k < d, X m k * X n k) + (∑ k < d, X m k * u k)
    * (∑ k < d, X n k * u k).

Definition first_rate : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall i j, (i < r)%nat -> (j < r)%nat -> coefficient 1 (fun t => (∑ b < H, (A b j - t * a b * g j) * (A b i
    - t * a b * g i)) - (c j - t * g j * v) * (c i - t * g i * v)) = 0.

Definition across_rate : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall i, (i < r)%nat -> coefficient 1 (fun t => (∑ b < H, (A b i - t * a b * g i) * (a b - t * (∑ j < r, A
    b j * g j))) - (c i - t * g i * v) * (v - t * (∑ j < r, c j * g j))) = 0.

Definition second_rate : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  coefficient 1 (fun t => (∑ b < H, (a b - t * (∑ i < r, A b i * g i)) ^ 2) - (v - t * (∑ i < r, c i * g i)) ^
    2) = 0.

Definition first_step : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall i j, (i < r)%nat -> (j < r)%nat -> (∑ b < H, (A b j - a b * eta * g j) * (A b i - a b * eta * g i)) -
    (c j - eta * g j * v) * (c i - eta * g i * v) = kappa * delta j i - g j * g i * kappa * eta ^ 2.

Definition across_step : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  forall i, (i < r)%nat -> (∑ b < H, (A b i - a b * eta * g i) * (a b - eta * (∑ j < r, A b j * g j))) - (c i
    - eta * g i * v) * (v - eta * (∑ j < r, c j * g j)) = 0.

Definition second_step : Prop := forall (H N d r : nat) (A W X e w : nat -> nat -> R) (a c g s u : nat -> R)
  (eta kappa v : R),
  hypotheses H N d r A W X e w a c g s u eta kappa v ->
  (∑ b < H, (a b - eta * (∑ i < r, A b i * g i)) ^ 2) - (v - eta * (∑ i < r, c i * g i)) ^ 2 = kappa * eta ^ 2
    * (∑ i < r, g i ^ 2) - kappa.
