(** lem-5.2. Gradient flow conserves the imbalance of any two layers. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v v_0 v_t y : nat -> R) : Prop
  := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  flow : flow_leads (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^ 2) /
    INR N / 2) d M u_0 v_0 u_t v_t;
}.

Definition gradient : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v v_0 v_t y
  : nat -> R),
  hypotheses M N d r X e w a b d_ s u u_0 u_t v v_0 v_t y ->
  coefficient 1 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j) - y
    n) ^ 2) / INR N / 2) = (∑ j < M, b j * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) *
    (∑ k < d, X n k * u k)) * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N) + (∑ k < d, a k *
    (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR
    N).

Definition rate : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v v_0 v_t y :
  nat -> R),
  hypotheses M N d r X e w a b d_ s u u_0 u_t v v_0 v_t y ->
  forall j, (j < M)%nat -> coefficient 1 (fun t => (∑ i < r, (∑ k < d, w i k * (u k - t * (∑ n < N, X n k *
    ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) * Prod M (fun g => v g) / INR N)) ^ 2) - (v j - t
    * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) * (∑ k < d, X n k * u k)) * Prod M (fun
    g => delta g j + v g * (1 - delta g j)) / INR N) ^ 2) = 0.

Definition rate_between : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v v_0
  v_t y : nat -> R),
  hypotheses M N d r X e w a b d_ s u u_0 u_t v v_0 v_t y ->
  forall j g, (j < M)%nat -> (g < M)%nat -> coefficient 1 (fun t => (v j - t * (∑ n < N, ((∑ k < d, X n k * u
    k) * Prod M (fun j1 => v j1) - y n) * (∑ k < d, X n k * u k)) * Prod M (fun j1 => delta j1 j + v j1 * (1 -
    delta j1 j)) / INR N) ^ 2 - (v g - t * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun j1 => v j1) - y n)
    * (∑ k < d, X n k * u k)) * Prod M (fun j1 => delta j1 g + v j1 * (1 - delta j1 g)) / INR N) ^ 2) = 0.

Definition conserved : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v v_0 v_t
  y : nat -> R),
  hypotheses M N d r X e w a b d_ s u u_0 u_t v v_0 v_t y ->
  forall j, (j < M)%nat -> (∑ i < r, (∑ k < d, u_t k * w i k) ^ 2) - v_t j ^ 2 = (∑ i < r, (∑ k < d, u_0 k * w
    i k) ^ 2) - v_0 j ^ 2.

Definition conserved_between : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (a b d_ s u u_0 u_t v
  v_0 v_t y : nat -> R),
  hypotheses M N d r X e w a b d_ s u u_0 u_t v v_0 v_t y ->
  forall j g, (j < M)%nat -> (g < M)%nat -> v_t j ^ 2 - v_t g ^ 2 = v_0 j ^ 2 - v_0 g ^ 2.
