(** cor-5.3. Sharpness at the limit of gradient flow, two layers. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (C S v v_0 : R) (X e w : nat -> nat -> R) (d_ s u u_0 y : nat -> R) : Prop :=
  {
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
  flow : flow_leads (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N / 2) d 1
    u_0 (fun _ => v_0) u (fun _ => v);
  minimizer : forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n;
  imbalance : C = (∑ i < r, (∑ k < d, u_0 k * w i k) ^ 2) - v_0 ^ 2;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N /
    2) d 1 u (fun _ => v) S;
}.

Definition weight : Prop := forall (N d r : nat) (C S v v_0 : R) (X e w : nat -> nat -> R) (d_ s u u_0 y : nat
  -> R),
  hypotheses N d r C S v v_0 X e w d_ s u u_0 y ->
  v ^ 2 = sqrt (C ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - C / 2.

Definition lower : Prop := forall (N d r : nat) (C S v v_0 : R) (X e w : nat -> nat -> R) (d_ s u u_0 y : nat
  -> R),
  hypotheses N d r C S v v_0 X e w d_ s u u_0 y ->
  (d_ 0%nat ^ 2 * (C / 2 + sqrt (C ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2) / (∑ i < r, d_ i ^ 2 / s i ^
    2) + s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - C / 2)) / INR N <= S.

Definition upper : Prop := forall (N d r : nat) (C S v v_0 : R) (X e w : nat -> nat -> R) (d_ s u u_0 y : nat
  -> R),
  hypotheses N d r C S v v_0 X e w d_ s u u_0 y ->
  S <= (s 0%nat ^ 2 * (sqrt (C ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - C / 2) + (C / 2 + sqrt (C ^ 2 +
    4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2) * (∑ i < r, d_ i ^ 2) / (∑ i < r, d_ i ^ 2 / s i ^ 2)) / INR N.
