(** own-balanced-blow-up. Balanced layers outside the circle R = 4 blow up: R - 4 grows fivefold. *)

From Coq Require Import Reals.
Local Open Scope R_scope.

Record hypotheses (x_t y_t : R) : Prop := {
  balanced : x_t ^ 2 = y_t ^ 2;
  outside : 4 <= x_t ^ 2 + y_t ^ 2;
}.

Definition still_balanced : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  (x_t - x_t * y_t ^ 2) ^ 2 = (y_t - y_t * x_t ^ 2) ^ 2.

Definition still_outside : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  4 <= (x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2.

Definition fivefold : Prop := forall (x_t y_t : R),
  hypotheses x_t y_t ->
  5 * x_t ^ 2 + 5 * y_t ^ 2 - 20 <= (x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2 - 4.
