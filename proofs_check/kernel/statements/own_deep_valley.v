(** own-deep-valley. At any depth the sharpness at the minimizers is one valley. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (S S' S_m : R) (X e w : nat -> nat -> R) (d_ s u u' u_m v v' v_m y : nat ->
  R) : Prop := {
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
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
  other_minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u' k) * Prod M (fun j => v' j) = y n;
  other_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y
    n) ^ 2) / INR N / 2) d M u' v' S';
  middle_minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u_m k) * Prod M (fun j => v_m j) = y n;
  middle_sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) -
    y n) ^ 2) / INR N / 2) d M u_m v_m S_m;
  between : forall j, (j < M)%nat -> v_m j ^ 2 = v j * v' j;
}.

Definition middle : Prop := forall (M N d r : nat) (S S' S_m : R) (X e w : nat -> nat -> R) (d_ s u u' u_m v
  v' v_m y : nat -> R),
  hypotheses M N d r S S' S_m X e w d_ s u u' u_m v v' v_m y ->
  2 * S_m <= S + S'.
