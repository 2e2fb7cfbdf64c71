(** own-wide-imbalance. Gradient flow conserves the imbalance matrix, two layers of any width. *)

From Coq Require Import Reals List.
From Kernel Require Import finite_sums language_of_statements layers_of_weights.
Import ListNotations.
Local Open Scope R_scope.

Record hypotheses (H N d r : nat) (F W W_0 W_t X e w : nat -> nat -> R) (a a_0 a_t d_ f s y : nat -> R) : Prop
  := {
  size_H : (0 < H)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  flow : flow_of_layers_leads (fun w_ => (∑ n < N, ((∑ b < H, w_ 1%nat b 0%nat * (∑ k < d, w_ 0%nat b k * X n
    k)) - y n) ^ 2) / INR N / 2) [(H, d); (H, 1%nat)] [W_0; (fun b _ => a_0 b)] [W_t; (fun b _ => a_t b)];
}.

Definition gradient : Prop := forall (H N d r : nat) (F W W_0 W_t X e w : nat -> nat -> R) (a a_0 a_t d_ f s y
  : nat -> R),
  hypotheses H N d r F W W_0 W_t X e w a a_0 a_t d_ f s y ->
  coefficient 1 (fun t => (∑ n < N, ((∑ b < H, (a b + t * f b) * (∑ k < d, X n k * (W b k + t * F b k))) - y
    n) ^ 2) / INR N / 2) = (∑ b < H, f b * (∑ k < d, W b k * (∑ n < N, X n k * ((∑ c < H, a c * (∑ l < d, W c
    l * X n l)) - y n)) / INR N)) + (∑ k < d, (∑ b < H, F b k * a b * (∑ n < N, X n k * ((∑ c < H, a c * (∑ l
    < d, W c l * X n l)) - y n)) / INR N)).

Definition rate : Prop := forall (H N d r : nat) (F W W_0 W_t X e w : nat -> nat -> R) (a a_0 a_t d_ f s y :
  nat -> R),
  hypotheses H N d r F W W_0 W_t X e w a a_0 a_t d_ f s y ->
  forall b c, (b < H)%nat -> (c < H)%nat -> coefficient 1 (fun t => (∑ i < r, (∑ k < d, w i k * (W c k - t * a
    c * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N)) * (∑ k < d, w i k *
    (W b k - t * a b * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR N))) - (a
    c - t * (∑ k < d, W c k * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n)) / INR
    N)) * (a b - t * (∑ k < d, W b k * (∑ n < N, X n k * ((∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n))
    / INR N))) = 0.

Definition conserved : Prop := forall (H N d r : nat) (F W W_0 W_t X e w : nat -> nat -> R) (a a_0 a_t d_ f s
  y : nat -> R),
  hypotheses H N d r F W W_0 W_t X e w a a_0 a_t d_ f s y ->
  forall b c, (b < H)%nat -> (c < H)%nat -> (∑ i < r, (∑ k < d, W_t c k * w i k) * (∑ k < d, W_t b k * w i k))
    - a_t c * a_t b = (∑ i < r, (∑ k < d, W_0 c k * w i k) * (∑ k < d, W_0 b k * w i k)) - a_0 c * a_0 b.
