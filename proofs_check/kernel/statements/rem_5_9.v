(** rem-5.9. Where C <= 0, no step lowers it in the mean, and smaller batches raise it at least as much. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N Omega d r : nat) (A B eta kappa mu v : R) (X e p w : nat -> nat -> R) (pi s u y : nat ->
  R) : Prop := {
  size_N : (0 < N)%nat;
  size_Omega : (0 < Omega)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_A : 1 <= A;
  domain_of_B : 1 <= B;
  domain_of_eta : 0 < eta;
  domain_of_pi : forall a, (a < Omega)%nat -> 0 <= pi a;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  probabilities : (∑ a < Omega, pi a) = 1;
  binary : forall n a, (n < N)%nat -> (a < Omega)%nat -> p a n ^ 2 = p a n;
  batch_size : forall a, (a < Omega)%nat -> (∑ n < N, p a n) = B;
  exchangeable : forall n m, (n < N)%nat -> (m < N)%nat -> (∑ a < Omega, p a m * p a n * pi a) = kappa * (1 -
    delta m n) + mu * delta m n;
  two_samples : 0 < INR N - 1;
  imbalance_not_positive : (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2 <= 0;
  larger_batch : B <= A;
}.

Definition descent_never_lowers : Prop := forall (N Omega d r : nat) (A B eta kappa mu v : R) (X e p w : nat
  -> nat -> R) (pi s u y : nat -> R),
  hypotheses N Omega d r A B eta kappa mu v X e p w pi s u y ->
  (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2 <= (∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n
    k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2) - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v *
    (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2.

Definition sgd_raises_at_least_as_much : Prop := forall (N Omega d r : nat) (A B eta kappa mu v : R) (X e p w
  : nat -> nat -> R) (pi s u y : nat -> R),
  hypotheses N Omega d r A B eta kappa mu v X e p w pi s u y ->
  (∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N))
    ^ 2) - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2 <=
    (∑ a < Omega, pi a * ((∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n k * p a n * (v * (∑ l <
    d, X n l * u l) - y n)) / B)) ^ 2) - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * p a n * (v * (∑ l < d, X
    n l * u l) - y n)) / B)) ^ 2)).

Definition smaller_batches_raise_at_least_as_much : Prop := forall (N Omega d r : nat) (A B eta kappa mu v :
  R) (X e p w : nat -> nat -> R) (pi s u y : nat -> R),
  hypotheses N Omega d r A B eta kappa mu v X e p w pi s u y ->
  eta ^ 2 * ((A - 1) * (v ^ 2 * (∑ k < d, (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) ^ 2) - (∑ k <
    d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) ^ 2) + (INR N - A) * (v ^ 2 * (∑ n < N, (v
    * (∑ k < d, X n k * u k) - y n) ^ 2 * (∑ k < d, X n k ^ 2)) - ∑ n < N, (v * (∑ k < d, X n k * u k) - y n)
    ^ 2 * (∑ k < d, X n k * u k) ^ 2)) / INR N / A / (INR N - 1) <= eta ^ 2 * ((B - 1) * (v ^ 2 * (∑ k < d, (∑
    n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) ^ 2) - (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d,
    X n l * u l) - y n))) ^ 2) + (INR N - B) * (v ^ 2 * (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2 * (∑
    k < d, X n k ^ 2)) - ∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2 * (∑ k < d, X n k * u k) ^ 2)) / INR
    N / B / (INR N - 1).
