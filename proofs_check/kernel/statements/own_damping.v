(** own-damping. The cycle of self-stabilization loses energy to the loss. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Record hypotheses (p : nat) (G y y_rate : nat -> R) (H : nat -> nat -> R) (W W_0 W_rate eta : R) : Prop := {
  size_p : (0 < p)%nat;
  domain_of_W : 0 < W;
  domain_of_W_0 : 0 < W_0;
  domain_of_eta : 0 < eta;
  growth : W_rate = 2 * W * eta * (∑ a < p, G a * y a);
  drift : forall a, (a < p)%nat -> y_rate a = - (eta * (∑ b < p, H a b * y b)) - G a * eta * (W - W_0) / 2;
  convex : 0 <= (∑ a < p, y a * (∑ b < p, H a b * y b));
}.

Definition energy_rate : Prop := forall (p : nat) (G y y_rate : nat -> R) (H : nat -> nat -> R) (W W_0 W_rate
  eta : R),
  hypotheses p G y y_rate H W W_0 W_rate eta ->
  W_rate * (1 - W_0 / W) / 4 + (∑ a < p, y a * y_rate a) = - (eta * (∑ a < p, y a * (∑ b < p, H a b * y b))).

Definition energy_falls : Prop := forall (p : nat) (G y y_rate : nat -> R) (H : nat -> nat -> R) (W W_0 W_rate
  eta : R),
  hypotheses p G y y_rate H W W_0 W_rate eta ->
  W_rate * (1 - W_0 / W) / 4 + (∑ a < p, y a * y_rate a) <= 0.
