(** own-deep-mini-batches. What the choice of a mini-batch adds to the imbalances, at any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (M N Omega d r : nat) (B eta kappa mu : R) (X e p w : nat -> nat -> R) (pi s u v y : nat ->
  R) : Prop := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_Omega : (0 < Omega)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
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
}.

Definition any_batch : Prop := forall (M N Omega d r : nat) (B eta kappa mu : R) (X e p w : nat -> nat -> R)
  (pi s u v y : nat -> R),
  hypotheses M N Omega d r B eta kappa mu X e p w pi s u v y ->
  forall j a, (j < M)%nat -> (a < Omega)%nat -> v j ^ 2 + (∑ i < r, (∑ k < d, w i k * (u k - eta * (∑ n < N, X
    n k * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) * Prod M (fun g => v g) / B)) ^ 2) -
    (v j - eta * (∑ k < d, u k * (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y
    n)) / B) * Prod M (fun g => delta g j + v g * (1 - delta g j))) ^ 2 - ∑ i < r, (∑ k < d, u k * w i k) ^ 2
    = eta ^ 2 * Prod M (fun g => v g) ^ 2 * (∑ k < d, (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod
    M (fun g => v g) - y n)) ^ 2 / B ^ 2) - eta ^ 2 * (∑ k < d, u k * (∑ n < N, X n k * p a n * ((∑ l < d, X n
    l * u l) * Prod M (fun g => v g) - y n)) / B) ^ 2 * Prod M (fun g => delta g j + v g * (1 - delta g j)) ^
    2.

Definition sgd_less_descent : Prop := forall (M N Omega d r : nat) (B eta kappa mu : R) (X e p w : nat -> nat
  -> R) (pi s u v y : nat -> R),
  hypotheses M N Omega d r B eta kappa mu X e p w pi s u v y ->
  forall j, (j < M)%nat -> (v j - eta * (∑ k < d, u k * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M
    (fun g => v g) - y n)) / INR N) * Prod M (fun g => delta g j + v g * (1 - delta g j))) ^ 2 + (∑ a < Omega,
    pi a * ((∑ i < r, (∑ k < d, w i k * (u k - eta * (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod
    M (fun g => v g) - y n)) * Prod M (fun g => v g) / B)) ^ 2) - (v j - eta * (∑ k < d, u k * (∑ n < N, X n k
    * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) / B) * Prod M (fun g => delta g j + v g
    * (1 - delta g j))) ^ 2)) - ∑ i < r, (∑ k < d, w i k * (u k - eta * (∑ n < N, X n k * ((∑ l < d, X n l * u
    l) * Prod M (fun g => v g) - y n)) * Prod M (fun g => v g) / INR N)) ^ 2 = eta ^ 2 * Prod M (fun g => v g)
    ^ 2 * (INR N - B) * ((∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) ^ 2 * (∑ k < d, X n
    k ^ 2)) - (∑ k < d, (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) ^ 2) / INR
    N) / INR N / B / (INR N - 1) - eta ^ 2 * Prod M (fun g => delta g j + v g * (1 - delta g j)) ^ 2 * (INR N
    - B) * ((∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) ^ 2 * (∑ k < d, X n k * u k) ^ 2)
    - (∑ k < d, u k * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n))) ^ 2 / INR N)
    / INR N / B / (INR N - 1).
