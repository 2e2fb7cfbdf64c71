(** own-spikes-must-come. A run that needs imbalance cannot stay stable: spikes must come. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (N T d r : nat) (C_0 C_T C_b L_0 L_T eta gamma : R) (X e u u_next w : nat -> nat -> R) (s v
  v_next y : nat -> R) : Prop := {
  size_N : (0 < N)%nat;
  size_T : (0 < T)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_L_T : 0 <= L_T;
  domain_of_eta : 0 < eta;
  domain_of_gamma : 0 < gamma;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  steps_first : forall k a, (k < d)%nat -> (a < T)%nat -> u_next a k = u a k - eta * v a * (∑ n < N, X n k *
    (v a * (∑ l < d, X n l * u a l) - y n)) / INR N;
  steps_second : forall a, (a < T)%nat -> v_next a = v a - eta * (∑ k < d, u a k * (∑ n < N, X n k * (v a * (∑
    l < d, X n l * u a l) - y n))) / INR N;
  consecutive : (∑ a < T, (v a ^ 2 + (∑ i < r, (∑ k < d, u_next a k * w i k) ^ 2) - v_next a ^ 2 - ∑ i < r, (∑
    k < d, u a k * w i k) ^ 2)) = C_T - C_0;
  needed : C_b <= C_T;
  falls_quietly : forall a, (a < T)%nat -> gamma * ((v_next a - v a) ^ 2 + (∑ k < d, (u_next a k - u a k) ^
    2)) <= eta * ((∑ n < N, (v a * (∑ k < d, X n k * u a k) - y n) ^ 2) / INR N / 2 - (∑ n < N, (v_next a * (∑
    k < d, X n k * u_next a k) - y n) ^ 2) / INR N / 2);
  losses_consecutive : (∑ a < T, ((∑ n < N, (v a * (∑ k < d, X n k * u a k) - y n) ^ 2) / INR N / 2 - (∑ n <
    N, (v_next a * (∑ k < d, X n k * u_next a k) - y n) ^ 2) / INR N / 2)) = L_0 - L_T;
}.

Definition gain_at_most : Prop := forall (N T d r : nat) (C_0 C_T C_b L_0 L_T eta gamma : R) (X e u u_next w :
  nat -> nat -> R) (s v v_next y : nat -> R),
  hypotheses N T d r C_0 C_T C_b L_0 L_T eta gamma X e u u_next w s v v_next y ->
  gamma * (C_b - C_0) <= eta * (L_0 - L_T).

Definition all_losses : Prop := forall (N T d r : nat) (C_0 C_T C_b L_0 L_T eta gamma : R) (X e u u_next w :
  nat -> nat -> R) (s v v_next y : nat -> R),
  hypotheses N T d r C_0 C_T C_b L_0 L_T eta gamma X e u u_next w s v v_next y ->
  gamma * (C_b - C_0) <= L_0 * eta.
