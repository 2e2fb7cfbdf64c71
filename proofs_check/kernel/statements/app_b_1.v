(** app-b.1. The model and its optimizers in the singular basis, at any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R) (X e w : nat -> nat ->
  R) : Prop := {
  size_K : (0 < K)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_B : 1 <= B;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  others : forall b, (b < K)%nat -> R_ b * v b = P;
  binary : forall n, (n < N)%nat -> p n ^ 2 = p n;
}.

Definition output : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R) (X e w
  : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall n, (n < N)%nat -> P * (∑ k < d, X n k * u k) = (∑ i < r, P * e i n * s i * (∑ k < d, u k * w i k)).

Definition residual : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R) (X e
  w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall n, (n < N)%nat -> P * (∑ k < d, X n k * u k) - y n = (∑ i < r, e i n * (P * s i * (∑ k < d, u k * w i
    k) - d_ i)).

Definition residual_in_modes : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat
  -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall i, (i < r)%nat -> (∑ n < N, e i n * (P * (∑ k < d, X n k * u k) - y n)) = P * s i * (∑ k < d, u k * w
    i k) - d_ i.

Definition loss_in_modes : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R)
  (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  (∑ n < N, (P * (∑ k < d, X n k * u k) - y n) ^ 2) / INR N / 2 = (∑ i < r, (P * s i * (∑ k < d, u k * w i k)
    - d_ i) ^ 2) / INR N / 2.

Definition first_layer_gradient : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y :
  nat -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  (∑ n < N, (P * (∑ k < d, X n k * (u k + a k * epsilon)) - y n) ^ 2) / INR N / 2 = P ^ 2 * epsilon ^ 2 * (∑ n
    < N, (∑ k < d, X n k * a k) ^ 2) / INR N / 2 + (∑ n < N, (P * (∑ k < d, X n k * u k) - y n) ^ 2) / INR N /
    2 + epsilon * (∑ k < d, P * a k * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) / INR N).

Definition later_layer_gradient : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y :
  nat -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall b, (b < K)%nat -> (∑ n < N, (R_ b * (epsilon + v b) * (∑ k < d, X n k * u k) - y n) ^ 2) / INR N / 2
    = R_ b ^ 2 * epsilon ^ 2 * (∑ n < N, (∑ k < d, X n k * u k) ^ 2) / INR N / 2 + (∑ n < N, (P * (∑ k < d, X
    n k * u k) - y n) ^ 2) / INR N / 2 + R_ b * epsilon * (∑ k < d, u k * (∑ n < N, X n k * (P * (∑ l < d, X n
    l * u l) - y n)) / INR N).

Definition first_layer_batch_gradient : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v
  y : nat -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  (∑ n < N, p n ^ 2 * (P * (∑ k < d, X n k * (u k + a k * epsilon)) - y n) ^ 2) / B / 2 = P ^ 2 * epsilon ^ 2
    * (∑ n < N, p n ^ 2 * (∑ k < d, X n k * a k) ^ 2) / B / 2 + (∑ n < N, p n ^ 2 * (P * (∑ k < d, X n k * u
    k) - y n) ^ 2) / B / 2 + epsilon * (∑ k < d, P * a k * (∑ n < N, X n k * p n * (P * (∑ l < d, X n l * u l)
    - y n)) / B).

Definition later_layer_batch_gradient : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v
  y : nat -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall b, (b < K)%nat -> (∑ n < N, p n ^ 2 * (R_ b * (epsilon + v b) * (∑ k < d, X n k * u k) - y n) ^ 2) /
    B / 2 = R_ b ^ 2 * epsilon ^ 2 * (∑ n < N, p n ^ 2 * (∑ k < d, X n k * u k) ^ 2) / B / 2 + (∑ n < N, p n ^
    2 * (P * (∑ k < d, X n k * u k) - y n) ^ 2) / B / 2 + R_ b * epsilon * (∑ k < d, u k * (∑ n < N, X n k * p
    n * (P * (∑ l < d, X n l * u l) - y n)) / B).

Definition flow_first_layer : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat ->
  R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall i, (i < r)%nat -> (∑ k < d, - (P * w i k * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) /
    INR N)) = - (P * s i * (P * s i * (∑ k < d, u k * w i k) - d_ i) / INR N).

Definition flow_later_layers : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat
  -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall b, (b < K)%nat -> - (R_ b * (∑ k < d, u k * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) /
    INR N)) = - (R_ b * (∑ i < r, s i * (P * s i * (∑ k < d, u k * w i k) - d_ i) * (∑ k < d, u k * w i k) /
    INR N)).

Definition flow_outside : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R)
  (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall k, (k < d)%nat -> - (P * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) / INR N) - ∑ i < r, w
    i k * (∑ l < d, - (P * w i l * (∑ n < N, X n l * (P * (∑ k1 < d, X n k1 * u k1) - y n)) / INR N)) = 0.

Definition descent_first_layer : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat
  -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall i, (i < r)%nat -> (∑ k < d, w i k * (u k - P * eta * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) -
    y n)) / INR N)) = (∑ k < d, u k * w i k) - P * eta * s i * (P * s i * (∑ k < d, u k * w i k) - d_ i) / INR
    N.

Definition descent_later_layers : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y :
  nat -> R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall b, (b < K)%nat -> v b - R_ b * eta * (∑ k < d, u k * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) -
    y n)) / INR N) = v b - R_ b * eta * (∑ i < r, s i * (P * s i * (∑ k < d, u k * w i k) - d_ i) * (∑ k < d,
    u k * w i k) / INR N).

Definition descent_outside : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat ->
  R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall k, (k < d)%nat -> u k - P * eta * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) / INR N - ∑ i
    < r, w i k * (∑ l < d, w i l * (u l - P * eta * (∑ n < N, X n l * (P * (∑ k1 < d, X n k1 * u k1) - y n)) /
    INR N)) = u k - ∑ i < r, w i k * (∑ l < d, u l * w i l).

Definition sgd_first_layer : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat ->
  R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall i, (i < r)%nat -> (∑ k < d, w i k * (u k - P * eta * (∑ n < N, X n k * p n * (P * (∑ l < d, X n l * u
    l) - y n)) / B)) = (∑ k < d, u k * w i k) - P * eta * s i * (∑ n < N, e i n * p n * (P * (∑ k < d, X n k *
    u k) - y n)) / B.

Definition sgd_later_layers : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat ->
  R) (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall b, (b < K)%nat -> v b - R_ b * eta * (∑ k < d, u k * (∑ n < N, X n k * p n * (P * (∑ l < d, X n l * u
    l) - y n)) / B) = v b - R_ b * eta * (∑ i < r, s i * (∑ n < N, e i n * p n * (P * (∑ k < d, X n k * u k) -
    y n)) * (∑ k < d, u k * w i k)) / B.

Definition sgd_outside : Prop := forall (K N d r : nat) (B P epsilon eta : R) (R_ a d_ p s u v y : nat -> R)
  (X e w : nat -> nat -> R),
  hypotheses K N d r B P epsilon eta R_ a d_ p s u v y X e w ->
  forall k, (k < d)%nat -> u k - P * eta * (∑ n < N, X n k * p n * (P * (∑ l < d, X n l * u l) - y n)) / B - ∑
    i < r, w i k * (∑ l < d, w i l * (u l - P * eta * (∑ n < N, X n l * p n * (P * (∑ k1 < d, X n k1 * u k1) -
    y n)) / B)) = u k - ∑ i < r, w i k * (∑ l < d, u l * w i l).
