(** own-deep-imbalance. One step of gradient descent at any depth: the imbalances of the layers. *)

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
  step_first : forall k, (k < d)%nat -> u_next k = u k - eta * (∑ n < N, X n k * ((∑ l < d, X n l * u l) *
    Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR N;
  step_later : forall j, (j < M)%nat -> v_next j = v j - eta * (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun
    g => v g) - y n) * (∑ k < d, X n k * u k)) * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N;
  none_positive : forall j, (j < M)%nat -> (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v j ^ 2 <= 0;
}.

Definition increment : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v v_next
  y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall j, (j < M)%nat -> v j ^ 2 + (∑ i < r, (∑ k < d, u_next k * w i k) ^ 2) - v_next j ^ 2 - ∑ i < r, (∑ k
    < d, u k * w i k) ^ 2 = eta ^ 2 * Prod M (fun g => v g) ^ 2 * (∑ k < d, (∑ n < N, X n k * ((∑ l < d, X n l
    * u l) * Prod M (fun g => v g) - y n)) ^ 2) / INR N ^ 2 - eta ^ 2 * (∑ k < d, u k * (∑ n < N, X n k * ((∑
    l < d, X n l * u l) * Prod M (fun g => v g) - y n))) ^ 2 * Prod M (fun g => delta g j + v g * (1 - delta g
    j)) ^ 2 / INR N ^ 2.

Definition later_layers : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v
  v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall j g, (j < M)%nat -> (g < M)%nat -> v_next j ^ 2 - v_next g ^ 2 = (1 - eta ^ 2 * (1 - delta g j) ^ 2 *
    (∑ k < d, u k * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun t => v t) - y n))) ^ 2 * Prod M
    (fun t => delta t j + (1 - delta t j) * (delta t g + v t * (1 - delta t g))) ^ 2 / INR N ^ 2) * (v j ^ 2 -
    v g ^ 2).

Definition never_falls : Prop := forall (M N d r : nat) (X e w : nat -> nat -> R) (eta : R) (s u u_next v
  v_next y : nat -> R),
  hypotheses M N d r X e w eta s u u_next v v_next y ->
  forall j, (j < M)%nat -> (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v j ^ 2 <= (∑ i < r, (∑ k < d, u_next k * w
    i k) ^ 2) - v_next j ^ 2.
