(** cor-5.4. Sharpness at the limit of gradient flow from balanced layers. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u u_0 v v_0 y : nat -> R) : Prop
  := {
  size_M : (0 < M)%nat;
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
  flow : flow_leads (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^ 2) /
    INR N / 2) d M u_0 v_0 u v;
  balanced : forall j, (j < M)%nat -> v_0 j ^ 2 = (∑ i < r, (∑ k < d, u_0 k * w i k) ^ 2);
  minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
}.

Definition balanced_at_the_limit : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u
  u_0 v v_0 y : nat -> R),
  hypotheses M N d r D S X e w d_ s u u_0 v v_0 y ->
  forall j, (j < M)%nat -> v j ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2).

Definition lower : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u u_0 v v_0 y :
  nat -> R),
  hypotheses M N d r D S X e w d_ s u u_0 v v_0 y ->
  (d_ 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / D)) * (D - 1) + s 0%nat ^ 2 * real_power (∑
    i < r, d_ i ^ 2 / s i ^ 2) ((D - 1) / D)) / INR N <= S.

Definition upper : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u u_0 v v_0 y :
  nat -> R),
  hypotheses M N d r D S X e w d_ s u u_0 v v_0 y ->
  S <= (s 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) ((D - 1) / D) + real_power (∑ i < r, d_ i ^ 2 /
    s i ^ 2) (- (1 / D)) * (D - 1) * (∑ i < r, d_ i ^ 2)) / INR N.
