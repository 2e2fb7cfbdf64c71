(** The claims of own-balanced-blow-up: balanced layers outside the circle R = 4. *)

From Coq Require Import Reals Lra.
From Kernel Require own_balanced_blow_up.
Local Open Scope R_scope.

Theorem still_balanced : own_balanced_blow_up.still_balanced.
Proof.
  intros x y []; replace ((x - x * y ^ 2) ^ 2) with (x ^ 2 * (1 - y ^ 2) ^ 2) by ring.
  replace ((y - y * x ^ 2) ^ 2) with (y ^ 2 * (1 - x ^ 2) ^ 2) by ring; now rewrite balanced.
Qed.

Lemma excess x y : x ^ 2 = y ^ 2 -> 4 <= x ^ 2 + y ^ 2 ->
  5 * (x ^ 2 + y ^ 2 - 4) <= (x - x * y ^ 2) ^ 2 + (y - y * x ^ 2) ^ 2 - 4.
Proof.
  intros E H.
  replace ((x - x * y ^ 2) ^ 2 + (y - y * x ^ 2) ^ 2 - 4) with ((1 + x ^ 2 * y ^ 2) * (x ^ 2 + y ^ 2 - 4)) by ring.
  apply Rmult_le_compat_r; [lra|]; rewrite E in *; assert (2 <= y ^ 2) by lra.
  assert (2 * 2 <= y ^ 2 * y ^ 2) by (apply Rmult_le_compat; lra); lra.
Qed.

Theorem still_outside : own_balanced_blow_up.still_outside.
Proof. intros x y []; pose proof (excess x y balanced outside); lra. Qed.

Theorem fivefold : own_balanced_blow_up.fivefold.
Proof. intros x y []; pose proof (excess x y balanced outside); lra. Qed.
