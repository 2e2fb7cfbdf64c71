(** thm-4.6. Sharpness at a balanced minimizer, any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat -> R) : Prop := {
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
  minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n;
  balanced : forall j, (j < M)%nat -> v j ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2);
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
}.

Definition first_layer : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat
  -> R),
  hypotheses M N d r D S X e w d_ s u v y ->
  (∑ i < r, (∑ k < d, u k * w i k) ^ 2) = real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (/ D).

Definition later_layers : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat
  -> R),
  hypotheses M N d r D S X e w d_ s u v y ->
  forall j, (j < M)%nat -> v j ^ 2 = real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (/ D).

Definition kernel : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat ->
  R),
  hypotheses M N d r D S X e w d_ s u v y ->
  forall n m, (n < N)%nat -> (m < N)%nat -> Prod M (fun j => v j) ^ 2 * (∑ k < d, X m k * X n k) + (∑ j < M,
    Prod M (fun g => delta g j + v g * (1 - delta g j)) ^ 2) * (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k)
    = y m * y n * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / D)) * (D - 1) + real_power (∑ i < r, d_ i ^
    2 / s i ^ 2) ((D - 1) / D) * (∑ k < d, X m k * X n k).

Definition lower : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat -> R),
  hypotheses M N d r D S X e w d_ s u v y ->
  (d_ 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / D)) * (D - 1) + s 0%nat ^ 2 * real_power (∑
    i < r, d_ i ^ 2 / s i ^ 2) ((D - 1) / D)) / INR N <= S.

Definition upper : Prop := forall (M N d r : nat) (D S : R) (X e w : nat -> nat -> R) (d_ s u v y : nat -> R),
  hypotheses M N d r D S X e w d_ s u v y ->
  S <= (s 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) ((D - 1) / D) + real_power (∑ i < r, d_ i ^ 2 /
    s i ^ 2) (- (1 / D)) * (D - 1) * (∑ i < r, d_ i ^ 2)) / INR N.
