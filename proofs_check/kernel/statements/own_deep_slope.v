(** own-deep-slope. At any depth residuals move the imbalances to where they are less amplified. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (X a e w : nat -> nat -> R) (b d_ s u v y : nat -> R) : Prop := {
  size_M : (0 < M)%nat;
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
  minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n;
  rates : forall j, (j < M)%nat -> - (b j * v j ^ 2) - (∑ g < M, b g) * (∑ i < r, (∑ k < d, u k * w i k) ^ 2)
    = Prod M (fun g => v g) ^ 2 * (∑ k < d, (∑ n < N, (∑ m < N, X m k * a n m) ^ 2)) - Prod M (fun g => delta
    g j + v g * (1 - delta g j)) ^ 2 * (∑ n < N, (∑ m < N, a n m * (∑ k < d, X m k * u k)) ^ 2);
}.

Definition rate : Prop := forall (M N d r : nat) (X a e w : nat -> nat -> R) (b d_ s u v y : nat -> R),
  hypotheses M N d r X a e w b d_ s u v y ->
  Prod M (fun j => v j) ^ 2 * (∑ j < M, b j) * (∑ k < d, (∑ n < N, (∑ m < N, X m k * a n m) ^ 2)) - (∑ j < M,
    b j / v j ^ 2) * (∑ n < N, (∑ m < N, a n m * y m) ^ 2) = - ((∑ j < M, b j) ^ 2 * (∑ i < r, (∑ k < d, u k *
    w i k) ^ 2)) - ∑ j < M, b j ^ 2 * v j ^ 2.

Definition falls : Prop := forall (M N d r : nat) (X a e w : nat -> nat -> R) (b d_ s u v y : nat -> R),
  hypotheses M N d r X a e w b d_ s u v y ->
  Prod M (fun j => v j) ^ 2 * (∑ j < M, b j) * (∑ k < d, (∑ n < N, (∑ m < N, X m k * a n m) ^ 2)) - (∑ j < M,
    b j / v j ^ 2) * (∑ n < N, (∑ m < N, a n m * y m) ^ 2) <= 0.
