(** own-shrinking-weights. Without labels no weight grows where no curvature passes 2/eta, at any depth. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v v_next y : nat -> R) :
  Prop := {
  size_M : (0 < M)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_eta : 0 < eta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * (∑ n < N, X n k * ((∑ l < d, X n l * u l) *
    Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR N;
  step_later : forall j, (j < M)%nat -> v_next j = v j - eta * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun
    g => v g) - y n) * (∑ k < d, X n k * u k)) * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N;
  zero_labels : forall n, (n < N)%nat -> y n = 0;
  first_layer_rate : eta * s 0%nat ^ 2 * Prod M (fun j => v j) ^ 2 / INR N <= 2;
  later_layer_rates : forall j, (j < M)%nat -> eta * Prod M (fun g => delta g j + v g * (1 - delta g j)) ^ 2 *
    (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N <= 2;
}.

Definition first_layer : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v
  v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall i, (i < r)%nat -> (∑ k < d, u_next k * w i k) ^ 2 <= (∑ k < d, u k * w i k) ^ 2.

Definition later_layers : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v
  v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall j, (j < M)%nat -> v_next j ^ 2 <= v j ^ 2.

Definition first_layer_rate_kept : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u
  u_next v v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  eta * s 0%nat ^ 2 * Prod M (fun j => v_next j) ^ 2 / INR N <= 2.

Definition later_layer_rates_kept : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u
  u_next v v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall j, (j < M)%nat -> eta * Prod M (fun g => delta g j + v_next g * (1 - delta g j)) ^ 2 * (∑ i < r, s i
    ^ 2 * (∑ k < d, u_next k * w i k) ^ 2) / INR N <= 2.
