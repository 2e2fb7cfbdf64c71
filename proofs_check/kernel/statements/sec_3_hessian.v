(** sec-3.hessian. Hessian of the loss at any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ o s u v y : nat -> R) : Prop := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  orthogonal : forall i, (i < r)%nat -> (∑ k < d, o k * w i k) = 0;
}.

Definition quadratic_form : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ o s u v y : nat
  -> R),
  hypotheses M N d r X e w a b d_ o s u v y ->
  2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j)
    - y n) ^ 2) / INR N / 2) = 2 * (∑ j < M, (∑ i < r, b j * s i * (2 * s i * (∑ k < d, u k * w i k) * Prod M
    (fun g => v g) - d_ i) * (∑ k < d, a k * w i k) * Prod M (fun g => delta g j + v g * (1 - delta g j)) /
    INR N)) + (∑ j < M, (∑ g < M, b g * b j * ((1 - delta g j) * (∑ i < r, s i * (s i * (∑ k < d, u k * w i k)
    * Prod M (fun t => v t) - d_ i) * (∑ k < d, u k * w i k)) * Prod M (fun t => delta t g + (1 - delta t g) *
    (delta t j + v t * (1 - delta t j))) + (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) * Prod M (fun t =>
    delta t g + v t * (1 - delta t g)) * Prod M (fun t => delta t j + v t * (1 - delta t j))) / INR N)) + (∑ i
    < r, s i ^ 2 * (∑ k < d, a k * w i k) ^ 2 * Prod M (fun j => v j) ^ 2 / INR N).

Definition other_directions : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ o s u v y : nat
  -> R),
  hypotheses M N d r X e w a b d_ o s u v y ->
  2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * (a k + o k))) * Prod M (fun j => v j + t
    * b j) - y n) ^ 2) / INR N / 2) = 2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a
    k)) * Prod M (fun j => v j + t * b j) - y n) ^ 2) / INR N / 2).

Definition rank_one_border : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ o s u v y : nat
  -> R),
  hypotheses M N d r X e w a b d_ o s u v y ->
  forall i j, (i < r)%nat -> (j < M)%nat -> s i * v j * (2 * s i * (∑ k < d, u k * w i k) * Prod M (fun g => v
    g) - d_ i) * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N = s i * (2 * s i * (∑ k < d, u k
    * w i k) * Prod M (fun g => v g) - d_ i) * Prod M (fun g => v g) / INR N.

Definition rank_one_corner : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ o s u v y : nat
  -> R),
  hypotheses M N d r X e w a b d_ o s u v y ->
  forall j g, (j < M)%nat -> (g < M)%nat -> v g * v j * ((1 - delta g j) * (∑ i < r, s i * (s i * (∑ k < d, u
    k * w i k) * Prod M (fun t => v t) - d_ i) * (∑ k < d, u k * w i k)) * Prod M (fun t => delta t j + (1 -
    delta t j) * (delta t g + v t * (1 - delta t g))) + (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) * Prod
    M (fun t => delta t g + v t * (1 - delta t g)) * Prod M (fun t => delta t j + v t * (1 - delta t j))) /
    INR N = Prod M (fun t => v t) ^ 2 * (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N + (∑ i < r, s
    i * (s i * (∑ k < d, u k * w i k) * Prod M (fun t => v t) - d_ i) * (∑ k < d, u k * w i k)) * Prod M (fun
    t => v t) / INR N - delta g j * (∑ i < r, s i * (s i * (∑ k < d, u k * w i k) * Prod M (fun t => v t) - d_
    i) * (∑ k < d, u k * w i k)) * Prod M (fun t => v t) / INR N.
