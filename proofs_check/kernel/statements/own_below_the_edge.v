(** own-below-the-edge. Without labels no weight grows once eta S <= 2, at any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (S eta : R) (X e w : nat -> nat -> R) (d_ s u u_next v v_next y : nat -> R)
  : Prop := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * (∑ n < N, X n k * ((∑ l < d, X n l * u l) *
    Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR N;
  step_later : forall j, (j < M)%nat -> v_next j = v j - eta * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun
    g => v g) - y n) * (∑ k < d, X n k * u k)) * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N;
  zero_labels : forall n, (n < N)%nat -> y n = 0;
  sharpness : is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^
    2) / INR N / 2) d M u v S;
  below_the_edge : S * eta <= 2;
}.

Definition first_layer : Prop := forall (M N d r : nat) (S eta : R) (X e w : nat -> nat -> R) (d_ s u u_next v
  v_next y : nat -> R),
  hypotheses M N d r S eta X e w d_ s u u_next v v_next y ->
  forall i, (i < r)%nat -> (∑ k < d, u_next k * w i k) ^ 2 <= (∑ k < d, u k * w i k) ^ 2.

Definition later_layers : Prop := forall (M N d r : nat) (S eta : R) (X e w : nat -> nat -> R) (d_ s u u_next
  v v_next y : nat -> R),
  hypotheses M N d r S eta X e w d_ s u u_next v v_next y ->
  forall j, (j < M)%nat -> v_next j ^ 2 <= v j ^ 2.

Definition first_layer_rate_kept : Prop := forall (M N d r : nat) (S eta : R) (X e w : nat -> nat -> R) (d_ s
  u u_next v v_next y : nat -> R),
  hypotheses M N d r S eta X e w d_ s u u_next v v_next y ->
  eta * s 0%nat ^ 2 * Prod M (fun j => v_next j) ^ 2 / INR N <= 2.

Definition later_layer_rates_kept : Prop := forall (M N d r : nat) (S eta : R) (X e w : nat -> nat -> R) (d_ s
  u u_next v v_next y : nat -> R),
  hypotheses M N d r S eta X e w d_ s u u_next v v_next y ->
  forall j, (j < M)%nat -> eta * Prod M (fun g => delta g j + v_next g * (1 - delta g j)) ^ 2 * (∑ i < r, s i
    ^ 2 * (∑ k < d, u_next k * w i k) ^ 2) / INR N <= 2.
