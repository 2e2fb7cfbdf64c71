(** err-4.6. One more layer lowers the sharpness if Q < 1. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (M M_deep N d r : nat) (D S S_deep : R) (X e w : nat -> nat -> R) (d_ s u u_deep v v_deep y
  : nat -> R) : Prop := {
  size_M : (0 < M)%nat;
  size_M_deep : (0 < M_deep)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_D : 1 <= D;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  depth : D = 1 + INR M;
  minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n;
  balanced : forall j, (j < M)%nat -> v j ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2);
  one_layer_more : INR M_deep = 1 + INR M;
  deep_minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u_deep k) * Prod M_deep (fun a => v_deep a) = y
    n;
  deep_balanced : forall a, (a < M_deep)%nat -> v_deep a ^ 2 = (∑ i < r, (∑ k < d, u_deep k * w i k) ^ 2);
  easy : (∑ i < r, d_ i ^ 2 / s i ^ 2) < 1;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
  deep_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M_deep (fun a => v_ a)
    - y n) ^ 2) / INR N / 2) d M_deep u_deep v_deep S_deep;
}.

Definition falls : Prop := forall (M M_deep N d r : nat) (D S S_deep : R) (X e w : nat -> nat -> R) (d_ s u
  u_deep v v_deep y : nat -> R),
  hypotheses M M_deep N d r D S S_deep X e w d_ s u u_deep v v_deep y ->
  S_deep < S.
