(** prop-e.5. The second layer at a minimizer of zero loss. *)

From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R) (Phi Phi_phi_1 phi phi' : R
  -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  domain_of_s : forall n, (n < N)%nat -> 0 < s n;
  derivative_of_Phi : forall t, is_derive (fun x => Phi x) t (phi t / phi' t);
  derivative_of_phi : forall t, is_derive (fun x => phi x) t (phi' t);
  second_layer : 0 < v ^ 2;
  minimizer : forall n, (n < N)%nat -> y n = v * phi (∑ k < d, X n k * u k);
  imbalance : C = 2 * (∑ n < N, Phi (∑ k < d, X n k * u k) / s n ^ 2) - v ^ 2;
  inverse : forall n, (n < N)%nat -> Phi_phi_1 (phi (∑ k < d, X n k * u k)) = Phi (∑ k < d, X n k * u k);
}.

Definition side : Prop := forall (N d : nat) (C v : R) (X : nat -> nat -> R) (s u y : nat -> R) (Phi Phi_phi_1
  phi phi' : R -> R),
  hypotheses N d C v X s u y Phi Phi_phi_1 phi phi' ->
  C + v ^ 2 = 2 * (∑ n < N, Phi_phi_1 (y n / v) / s n ^ 2).
