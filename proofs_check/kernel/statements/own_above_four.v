(** own-above-four. Outside the circle R = 4 the product of the layers grows fourfold while it is small. *)

From Coq Require Import Reals.
Local Open Scope R_scope.

Record hypotheses (x_t y_t : R) : Prop := {
  outside : 4 <= x_t ^ 2 + y_t ^ 2;
  small_product : x_t ^ 2 * y_t ^ 2 <= 1;
}.

Definition difference : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  (x_t - x_t * y_t ^ 2) ^ 2 - (y_t - y_t * x_t ^ 2) ^ 2 = (1 - x_t ^ 2 * y_t ^ 2) * (x_t ^ 2 - y_t ^ 2).

Definition product : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  (x_t - x_t * y_t ^ 2) * (y_t - y_t * x_t ^ 2) = x_t * y_t * (1 + x_t ^ 2 * y_t ^ 2 - x_t ^ 2 - y_t ^ 2).

Definition fourfold : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  4 * x_t ^ 2 * y_t ^ 2 <= (x_t - x_t * y_t ^ 2) ^ 2 * (y_t - y_t * x_t ^ 2) ^ 2.

Definition outside_kept : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  4 <= (x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2.
