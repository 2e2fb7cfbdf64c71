(** thm-5.7. Expected sharpness at convergence. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums sharpness language_of_statements expectation normal_numbers.
Local Open Scope R_scope.

Record hypotheses (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega -> R) (X e w : nat
  -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  random_C : measurable E (fun omega => C omega);
  random_S : measurable E (fun omega => S omega);
  random_u : forall k, (k < d)%nat -> measurable E (fun omega => u omega k);
  random_u_0 : forall k, (k < d)%nat -> measurable E (fun omega => u_0 omega k);
  random_v : measurable E (fun omega => v omega);
  random_v_0 : measurable E (fun omega => v_0 omega);
  domain_of_alpha : 0 < alpha;
  domain_of_beta : 0 < beta;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  flow : almost E (fun omega => flow_leads (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n)
    ^ 2) / INR N / 2) d 1 (fun k => u_0 omega k) (fun _ => v_0 omega) (fun k => u omega k) (fun _ => v
    omega));
  minimizer : forall n, (n < N)%nat -> almost E (fun omega => v omega * (∑ k < d, X n k * u omega k) = y n);
  imbalance : almost E (fun omega => C omega = (∑ i < r, (∑ k < d, u_0 omega k * w i k) ^ 2) - v_0 omega ^ 2);
  sharpness : almost E (fun omega => is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k)
    - y n) ^ 2) / INR N / 2) d 1 (fun k => u omega k) (fun _ => v omega) (S omega));
  initialization : independent_normal E (d + 1)%nat (fun omega => followed_by d (u_0 omega) (fun _ => v_0
    omega)) (followed_by d (fun _ => alpha) (fun _ => beta));
}.

Definition mean : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega -> R)
  (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  expected_value E (fun omega => C omega) = INR r * alpha ^ 2 - beta ^ 2.

Definition second_moment : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 :
  Omega -> R) (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  expected_value E (fun omega => C omega ^ 2) = (INR r * alpha ^ 2 - beta ^ 2) ^ 2 + 2 * INR r * alpha ^ 4 + 2
    * beta ^ 4.

Definition radical_below : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 :
  Omega -> R) (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  sqrt ((INR r * alpha ^ 2 - beta ^ 2) ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) <= expected_value E (fun omega
    => sqrt (C omega ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2))).

Definition radical_above : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 :
  Omega -> R) (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  expected_value E (fun omega => sqrt (C omega ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2))) <= sqrt ((INR r *
    alpha ^ 2 - beta ^ 2) ^ 2 + 2 * INR r * alpha ^ 4 + 2 * beta ^ 4 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)).

Definition lower : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega ->
  R) (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  (d_ 0%nat ^ 2 * (INR r * alpha ^ 2 / 2 + sqrt ((beta ^ 2 - INR r * alpha ^ 2) ^ 2 + 4 * (∑ i < r, d_ i ^ 2 /
    s i ^ 2)) / 2 - beta ^ 2 / 2) / (∑ i < r, d_ i ^ 2 / s i ^ 2) + s 0%nat ^ 2 * (beta ^ 2 / 2 + sqrt ((INR r
    * alpha ^ 2 - beta ^ 2) ^ 2 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - INR r * alpha ^ 2 / 2)) / INR N <=
    expected_value E (fun omega => S omega).

Definition upper : Prop := forall (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega ->
  R) (X e w : nat -> nat -> R) (alpha beta : R) (d_ s y : nat -> R) (u u_0 : Omega -> nat -> R),
  hypotheses Omega E N d r C S v v_0 X e w alpha beta d_ s y u u_0 ->
  expected_value E (fun omega => S omega) <= (s 0%nat ^ 2 * (beta ^ 2 / 2 + sqrt ((INR r * alpha ^ 2 - beta ^
    2) ^ 2 + 2 * INR r * alpha ^ 4 + 2 * beta ^ 4 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - INR r * alpha ^ 2
    / 2) + (INR r * alpha ^ 2 / 2 + sqrt ((beta ^ 2 - INR r * alpha ^ 2) ^ 2 + 2 * INR r * alpha ^ 4 + 2 *
    beta ^ 4 + 4 * (∑ i < r, d_ i ^ 2 / s i ^ 2)) / 2 - beta ^ 2 / 2) * (∑ i < r, d_ i ^ 2) / (∑ i < r, d_ i ^
    2 / s i ^ 2)) / INR N.
