(** own-curvatures. The sharpness is at least the curvature along every single weight. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat -> R) : Prop := {
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
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
}.

Definition first_layer : Prop := forall (M N d r : nat) (S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat ->
  R),
  hypotheses M N d r S X e w d_ s u v y ->
  s 0%nat ^ 2 * Prod M (fun j => v j) ^ 2 / INR N <= S.

Definition later_layers : Prop := forall (M N d r : nat) (S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat
  -> R),
  hypotheses M N d r S X e w d_ s u v y ->
  forall j, (j < M)%nat -> Prod M (fun g => delta g j + v g * (1 - delta g j)) ^ 2 * (∑ i < r, s i ^ 2 * (∑ k
    < d, u k * w i k) ^ 2) / INR N <= S.
