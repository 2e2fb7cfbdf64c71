(** eq-18. The neural tangent kernel, and the sharpness at a minimizer as its top eigenvalue. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q u v y : nat -> R) : Prop := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
  kernel_eigenvector : forall n, (n < N)%nat -> (∑ m < N, g m * (Prod M (fun j => v j) ^ 2 * (∑ k < d, X m k *
    X n k) + (∑ j < M, Prod M (fun t => delta t j + v t * (1 - delta t j)) ^ 2) * (∑ k < d, X m k * u k) * (∑
    k < d, X n k * u k))) = g n * lambda;
  kernel_eigenvalue : 0 < lambda;
  kernel_vector : 0 < (∑ n < N, g n ^ 2);
  hessian_eigenvector_first : forall k, (k < d)%nat -> (∑ n < N, X n k * ((∑ j < M, q j * (∑ l < d, X n l * u
    l) * Prod M (fun t => delta t j + v t * (1 - delta t j))) + (∑ l < d, X n l * p l * Prod M (fun j => v
    j))) * Prod M (fun j => v j)) = INR N * S * p k;
  hessian_eigenvector_later : forall j, (j < M)%nat -> (∑ n < N, ((∑ t < M, q t * (∑ k < d, X n k * u k) *
    Prod M (fun j1 => delta j1 t + v j1 * (1 - delta j1 t))) + (∑ k < d, X n k * p k * Prod M (fun t => v t)))
    * (∑ k < d, X n k * u k) * Prod M (fun t => delta t j + v t * (1 - delta t j))) = INR N * S * q j;
}.

Definition jacobian : Prop := forall (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q u v y : nat
  -> R),
  hypotheses M N d S lambda X a b g p q u v y ->
  forall n, (n < N)%nat -> coefficient 1 (fun t => (∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j +
    t * b j)) = (∑ j < M, b j * (∑ k < d, X n k * u k) * Prod M (fun t => delta t j + v t * (1 - delta t j)))
    + (∑ k < d, X n k * a k * Prod M (fun j => v j)).

Definition kernel : Prop := forall (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q u v y : nat
  -> R),
  hypotheses M N d S lambda X a b g p q u v y ->
  forall n m, (n < N)%nat -> (m < N)%nat -> (∑ j < M, Prod M (fun t => delta t j + v t * (1 - delta t j)) ^ 2
    * (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k)) + (∑ k < d, X m k * X n k * Prod M (fun j => v j) ^ 2)
    = Prod M (fun j => v j) ^ 2 * (∑ k < d, X m k * X n k) + (∑ j < M, Prod M (fun t => delta t j + v t * (1 -
    delta t j)) ^ 2) * (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k).

Definition gauss_newton : Prop := forall (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q u v y :
  nat -> R),
  hypotheses M N d S lambda X a b g p q u v y ->
  2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j)
    - y n) ^ 2) / INR N / 2) = (∑ n < N, ((∑ j < M, b j * (∑ k < d, X n k * u k) * Prod M (fun t => delta t j
    + v t * (1 - delta t j))) + (∑ k < d, X n k * a k * Prod M (fun j => v j))) ^ 2) / INR N.

Definition no_larger_eigenvalue : Prop := forall (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q
  u v y : nat -> R),
  hypotheses M N d S lambda X a b g p q u v y ->
  lambda <= INR N * S.

Definition attained : Prop := forall (M N d : nat) (S lambda : R) (X : nat -> nat -> R) (a b g p q u v y : nat
  -> R),
  hypotheses M N d S lambda X a b g p q u v y ->
  forall n, (n < N)%nat -> (∑ m < N, (Prod M (fun j => v j) ^ 2 * (∑ k < d, X m k * X n k) + (∑ j < M, Prod M
    (fun t => delta t j + v t * (1 - delta t j)) ^ 2) * (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k)) * ((∑
    j < M, q j * (∑ k < d, X m k * u k) * Prod M (fun t => delta t j + v t * (1 - delta t j))) + (∑ k < d, X m
    k * p k * Prod M (fun j => v j)))) = INR N * S * ((∑ j < M, q j * (∑ k < d, X n k * u k) * Prod M (fun t
    => delta t j + v t * (1 - delta t j))) + (∑ k < d, X n k * p k * Prod M (fun j => v j))).
