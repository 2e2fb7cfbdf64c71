(** own-wide-minimizer. Sharpness at a minimizer, two layers of any width. *)

From Coq Require Import Reals List.
From Kernel Require Import finite_sums layers_of_weights.
Import ListNotations.
Local Open Scope R_scope.

Record hypotheses (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R) (a d_ m q s y : nat ->
  R) : Prop := {
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
  minimizer : forall n, (n < N)%nat -> (∑ b < H, a b * (∑ k < d, W b k * X n k)) = y n;
  size : V = (∑ b < H, a b ^ 2);
  eigenvectors : forall b c, (b < H)%nat -> (c < H)%nat -> (∑ a1 < H, o c a1 * o b a1) = delta c b;
  complete : forall b c, (b < H)%nat -> (c < H)%nat -> (∑ a1 < H, o a1 c * o a1 b) = delta c b;
  eigenvalues : forall b c, (b < H)%nat -> (c < H)%nat -> (∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k
    * w i k)) - a c * a b = (∑ a1 < H, m a1 * o a1 c * o a1 b);
  least : forall b, (b < H)%nat -> m_min <= m b;
  greatest : forall b, (b < H)%nat -> m b <= m_max;
  sharpness : is_sharpness_of_layers (fun w_ => (∑ n < N, ((∑ b < H, w_ 1%nat b 0%nat * (∑ k < d, w_ 0%nat b k
    * X n k)) - y n) ^ 2) / INR N / 2) [(H, d); (H, 1%nat)] [W; (fun b _ => a b)] S;
  greatest_positive : 0 < m_max;
}.

Definition quadratic : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R) (a
  d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  V ^ 2 + (∑ b < H, a b * (∑ c < H, a c * ((∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k * w i k)) - a
    c * a b))) = (∑ i < r, d_ i ^ 2 / s i ^ 2).

Definition weight_at_least : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat ->
  R) (a d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  sqrt (m_max ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - m_max / 2 <= V.

Definition weight_at_most : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R)
  (a d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  V <= sqrt (m_min ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - m_min / 2.

Definition kernel_at_least : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat ->
  R) (a d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  V * (∑ k < d, (∑ n < N, X n k * q n) ^ 2) + (∑ n < N, q n * y n) ^ 2 / V <= (∑ n < N, q n * (∑ n1 < N, q n1
    * ((∑ b < H, a b ^ 2) * (∑ k < d, X n1 k * X n k) + (∑ b < H, (∑ k < d, W b k * X n1 k) * (∑ k < d, W b k
    * X n k))))).

Definition lower : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R) (a d_ m
  q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  (V * s 0%nat ^ 2 + d_ 0%nat ^ 2 / V) / INR N <= S.

Definition upper : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R) (a d_ m
  q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  S <= (s 0%nat ^ 2 * (V + m_max) + (∑ i < r, d_ i ^ 2) / V) / INR N.

Definition lower_from_start : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat ->
  R) (a d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  (d_ 0%nat ^ 2 * (m_min / 2 + sqrt (m_min ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d_ i ^ 2
    / s i ^ 2) + s 0%nat ^ 2 * (sqrt (m_max ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - m_max / 2)) / INR N
    <= S.

Definition upper_from_start : Prop := forall (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat ->
  R) (a d_ m q s y : nat -> R),
  hypotheses H N d r S V m_max m_min W X e o w a d_ m q s y ->
  S <= (s 0%nat ^ 2 * (m_max + sqrt (m_min ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - m_min / 2) + (m_max
    / 2 + sqrt (m_max ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2) * (∑ i < r, d_ i ^ 2) / (∑ i < r, d_ i ^ 2
    / s i ^ 2)) / INR N.
