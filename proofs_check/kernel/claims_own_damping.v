(** The claims of own-damping: the cycle of self-stabilization loses energy to the loss. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums.
From Kernel Require own_damping.
Local Open Scope R_scope.

Theorem energy_rate : own_damping.energy_rate.
Proof.
  intros p G y y_rate H W W_0 W_rate eta [].
  rewrite (Sum_ext p (fun a => y a * y_rate a)
    (fun a => (- eta) * (y a * (∑ b < p, H a b * y b)) + (- (eta * (W - W_0) / 2)) * (G a * y a)))
    by (intros a Ha; rewrite (drift a Ha); field).
  rewrite Sum_plus, !Sum_scal_l, growth; field; lra.
Qed.

Theorem energy_falls : own_damping.energy_falls.
Proof.
  intros p G y y_rate H W W_0 W_rate eta A; rewrite (energy_rate _ _ _ _ _ _ _ _ _ A); destruct A.
  assert (0 <= eta * (∑ a < p, y a * (∑ b < p, H a b * y b))) by (apply Rmult_le_pos; lra); lra.
Qed.
