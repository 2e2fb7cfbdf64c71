(** own-wide-balanced. Sharpness at a balanced minimizer, three layers of any widths. *)

From Coq Require Import Reals List.
From Kernel Require Import finite_sums language_of_statements layers_of_weights.
Import ListNotations.
Local Open Scope R_scope.

Record hypotheses (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q s y : nat -> R) : Prop :=
  {
  size_G : (0 < G)%nat;
  size_H : (0 < H)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  minimizer : forall n, (n < N)%nat -> (∑ b < G, a b * (∑ c < H, U b c * (∑ k < d, W c k * X n k))) = y n;
  size : V = (∑ b < G, a b ^ 2);
  balanced_first : forall b c, (b < H)%nat -> (c < H)%nat -> (∑ a1 < G, U a1 c * U a1 b) = (∑ i < r, (∑ k < d,
    W c k * w i k) * (∑ k < d, W b k * w i k));
  balanced_second : forall b c, (b < G)%nat -> (c < G)%nat -> a c * a b = (∑ a1 < H, U c a1 * U b a1);
  sharpness : is_sharpness_of_layers (fun w_ => (∑ n < N, ((∑ b < G, w_ 2%nat b 0%nat * (∑ c < H, w_ 1%nat b c
    * (∑ k < d, w_ 0%nat c k * X n k))) - y n) ^ 2) / INR N / 2) [(H, d); (G, H); (G, 1%nat)] [W; U; (fun b _
    => a b)] S;
}.

Definition size_cubed : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q s y :
  nat -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  V ^ 3 = (∑ i < r, d_ i ^ 2 / s i ^ 2).

Definition first_layer_rank_one : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a
  d_ q s y : nat -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  (∑ i < r, (∑ b < H, (V ^ 2 * (∑ k < d, W b k * w i k) - (∑ c < G, U c b * a c) * (∑ c < H, (∑ a1 < G, U a1 c
    * a a1) * (∑ k < d, W c k * w i k))) ^ 2)) = 0.

Definition second_layer_rank_one : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a
  d_ q s y : nat -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  (∑ b < H, (∑ c < G, (U c b * V - a c * (∑ a1 < G, U a1 b * a a1)) ^ 2)) = 0.

Definition kernel_at_least : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q
  s y : nat -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  2 * (∑ n < N, q n * y n) ^ 2 / V + V ^ 2 * (∑ k < d, (∑ n < N, X n k * q n) ^ 2) <= (∑ n < N, q n * (∑ m <
    N, q m * ((∑ b < G, a b ^ 2) * (∑ b < H, (∑ k < d, W b k * X m k) * (∑ k < d, W b k * X n k)) + (∑ b < H,
    (∑ c < G, U c b * a c) ^ 2) * (∑ k < d, X m k * X n k) + (∑ b < G, (∑ c < H, U b c * (∑ k < d, W c k * X m
    k)) * (∑ c < H, U b c * (∑ k < d, W c k * X n k)))))).

Definition kernel_at_most : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q s
  y : nat -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  (∑ n < N, q n * (∑ m < N, q m * ((∑ b < G, a b ^ 2) * (∑ b < H, (∑ k < d, W b k * X m k) * (∑ k < d, W b k *
    X n k)) + (∑ b < H, (∑ c < G, U c b * a c) ^ 2) * (∑ k < d, X m k * X n k) + (∑ b < G, (∑ c < H, U b c *
    (∑ k < d, W c k * X m k)) * (∑ c < H, U b c * (∑ k < d, W c k * X n k)))))) <= 2 * (∑ n < N, q n * y n) ^
    2 / V + V ^ 2 * (∑ k < d, (∑ n < N, X n k * q n) ^ 2).

Definition lower : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q s y : nat
  -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  (2 * d_ 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / 3)) + s 0%nat ^ 2 * real_power (∑ i <
    r, d_ i ^ 2 / s i ^ 2) (2 / 3)) / INR N <= S.

Definition upper : Prop := forall (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a d_ q s y : nat
  -> R),
  hypotheses G H N d r S V U W X e w a d_ q s y ->
  S <= (2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / 3)) * (∑ i < r, d_ i ^ 2) + s 0%nat ^ 2 *
    real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (2 / 3)) / INR N.
