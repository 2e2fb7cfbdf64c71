(** lem-b.2. The radical sqrt(x^2 + 4Q) is convex. *)

From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import language_of_statements.
Local Open Scope R_scope.

Record hypotheses (Q m t x x' : R) : Prop := {
  positive_difficulty : 0 < Q;
  share_above_zero : 0 <= t;
  share_below_one : t <= 1;
}.

Definition slope : Prop := forall (Q m t x x' : R),
  hypotheses Q m t x x' ->
  is_derive (fun s => sqrt (s ^ 2 + 4 * Q)) x (x * real_power (x ^ 2 + 4 * Q) (- (1 / 2))).

Definition curvature : Prop := forall (Q m t x x' : R),
  hypotheses Q m t x x' ->
  is_derive (fun s => Derive (fun t1 => sqrt (t1 ^ 2 + 4 * Q)) s) x (4 * Q * real_power (x ^ 2 + 4 * Q) (- (3
    / 2))).

Definition positive_curvature : Prop := forall (Q m t x x' : R),
  hypotheses Q m t x x' ->
  0 < 4 * Q * real_power (x ^ 2 + 4 * Q) (- (3 / 2)).

Definition tangent : Prop := forall (Q m t x x' : R),
  hypotheses Q m t x x' ->
  sqrt (m ^ 2 + 4 * Q) + m * real_power (m ^ 2 + 4 * Q) (- (1 / 2)) * (x - m) <= sqrt (x ^ 2 + 4 * Q).

Definition convex : Prop := forall (Q m t x x' : R),
  hypotheses Q m t x x' ->
  sqrt ((t * x + x' * (1 - t)) ^ 2 + 4 * Q) <= t * sqrt (x ^ 2 + 4 * Q) + sqrt (x' ^ 2 + 4 * Q) * (1 - t).
