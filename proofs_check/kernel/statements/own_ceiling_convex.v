(** own-ceiling-convex. The sharpness at the minimizer is a convex function of the layer imbalance. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (N d r : nat) (C C' C_m S S' S_m p p' v v' v_m : R) (X e w : nat -> nat -> R) (d_ s u u' u_m
  y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_p : 0 <= p;
  domain_of_p' : 0 <= p';
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  minimizer : forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n;
  imbalance : C = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N /
    2) d 1 u (fun _ => v) S;
  other_minimizer : forall n, (n < N)%nat -> v' * (∑ k < d, X n k * u' k) = y n;
  other_imbalance : C' = (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v' ^ 2;
  other_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR
    N / 2) d 1 u' (fun _ => v') S';
  middle_minimizer : forall n, (n < N)%nat -> v_m * (∑ k < d, X n k * u_m k) = y n;
  middle_imbalance : C_m = (∑ i < r, (∑ k < d, u_m k * w i k) ^ 2) - v_m ^ 2;
  middle_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) /
    INR N / 2) d 1 u_m (fun _ => v_m) S_m;
  shares : p + p' = 1;
  between : C_m = C * p + C' * p';
}.

Definition convex : Prop := forall (N d r : nat) (C C' C_m S S' S_m p p' v v' v_m : R) (X e w : nat -> nat ->
  R) (d_ s u u' u_m y : nat -> R),
  hypotheses N d r C C' C_m S S' S_m p p' v v' v_m X e w d_ s u u' u_m y ->
  S_m <= S * p + S' * p'.
