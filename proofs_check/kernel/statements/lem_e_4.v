(** lem-e.4. Gradient flow conserves the layer imbalance of the nonlinear model. *)

From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (X w : nat -> nat -> R) (a s u u_0 u_t y : nat -> R) (b v v_0 v_t : R) (Phi phi
  phi' : R -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  domain_of_s : forall n, (n < N)%nat -> 0 < s n;
  derivative_of_Phi : forall t, is_derive (fun x => Phi x) t (phi t / phi' t);
  derivative_of_phi : forall t, is_derive (fun x => phi x) t (phi' t);
  phi'_is_zero_nowhere : forall t, phi' t <> 0;
  orthogonal_samples : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = s n * w n k;
  directions : forall n m, (n < N)%nat -> (m < N)%nat -> (∑ k < d, w m k * w n k) = delta m n;
  flow : flow_leads (fun u_ v_ => (∑ n < N, (v_ 0%nat * phi (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N / 2) d
    1 u_0 (fun _ => v_0) u_t (fun _ => v_t);
}.

Definition gradient : Prop := forall (N d : nat) (X w : nat -> nat -> R) (a s u u_0 u_t y : nat -> R) (b v v_0
  v_t : R) (Phi phi phi' : R -> R),
  hypotheses N d X w a s u u_0 u_t y b v v_0 v_t Phi phi phi' ->
  is_derive (fun t => (∑ n < N, ((v + t * b) * phi (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N / 2)
    0 (b * (∑ n < N, (v * phi (∑ k < d, X n k * u k) - y n) * phi (∑ k < d, X n k * u k)) / INR N + (∑ k < d,
    a k * v * (∑ n < N, X n k * (v * phi (∑ l < d, X n l * u l) - y n) * phi' (∑ l < d, X n l * u l)) / INR
    N)).

Definition rate : Prop := forall (N d : nat) (X w : nat -> nat -> R) (a s u u_0 u_t y : nat -> R) (b v v_0 v_t
  : R) (Phi phi phi' : R -> R),
  hypotheses N d X w a s u u_0 u_t y b v v_0 v_t Phi phi phi' ->
  is_derive (fun t => 2 * (∑ n < N, Phi (∑ k < d, X n k * (u k - t * v * (∑ m < N, X m k * (v * phi (∑ l < d,
    X m l * u l) - y m) * phi' (∑ l < d, X m l * u l)) / INR N)) / s n ^ 2) - (v - t * (∑ n < N, (v * phi (∑ k
    < d, X n k * u k) - y n) * phi (∑ k < d, X n k * u k)) / INR N) ^ 2) 0 0.

Definition conserved : Prop := forall (N d : nat) (X w : nat -> nat -> R) (a s u u_0 u_t y : nat -> R) (b v
  v_0 v_t : R) (Phi phi phi' : R -> R),
  hypotheses N d X w a s u u_0 u_t y b v v_0 v_t Phi phi phi' ->
  2 * (∑ n < N, Phi (∑ k < d, X n k * u_t k) / s n ^ 2) - v_t ^ 2 = 2 * (∑ n < N, Phi (∑ k < d, X n k * u_0 k)
    / s n ^ 2) - v_0 ^ 2.
