(** lem-5.2-balanced. Balanced layers stay balanced under gradient flow. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (X e w : nat -> nat -> R) (d_ s u_0 u_t v_0 v_t y : nat -> R) : Prop := {
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
  balanced : forall j, (j < M)%nat -> v_0 j ^ 2 = (∑ i < r, (∑ k < d, u_0 k * w i k) ^ 2);
}.

Definition stays_balanced : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (d_ s u_0 u_t v_0 v_t y :
  nat -> R),
  hypotheses M N d r X e w d_ s u_0 u_t v_0 v_t y ->
  forall j, (j < M)%nat -> v_t j ^ 2 = (∑ i < r, (∑ k < d, u_t k * w i k) ^ 2).
