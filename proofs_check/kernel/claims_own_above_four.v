(** The claims of own-above-four: one mode without labels, outside the circle R = 4. *)

From Coq Require Import Reals Lra.
From Kernel Require own_above_four.
Local Open Scope R_scope.

Theorem difference : own_above_four.difference.
Proof. intros x y []; ring. Qed.

Theorem product : own_above_four.product.
Proof. intros x y []; ring. Qed.

Theorem fourfold : own_above_four.fourfold.
Proof.
  intros x y [].
  replace ((x - x * y ^ 2) ^ 2 * (y - y * x ^ 2) ^ 2) with (x ^ 2 * y ^ 2 * (x ^ 2 + y ^ 2 - 1 - x ^ 2 * y ^ 2) ^ 2) by ring.
  replace (4 * x ^ 2 * y ^ 2) with (x ^ 2 * y ^ 2 * 2 ^ 2) by ring.
  apply Rmult_le_compat_l; [rewrite <- Rpow_mult_distr; apply pow2_ge_0|].
  apply pow_incr; lra.
Qed.

Lemma excess x y :
  (x - x * y ^ 2) ^ 2 + (y - y * x ^ 2) ^ 2 - 4 = (x ^ 2 + y ^ 2 - 4) * (1 + x ^ 2 * y ^ 2).
Proof. ring. Qed.

Theorem outside_kept : own_above_four.outside_kept.
Proof.
  intros x y []; pose proof (excess x y) as E.
  assert (0 <= x ^ 2 * y ^ 2) by (rewrite <- Rpow_mult_distr; apply pow2_ge_0).
  assert (0 <= (x ^ 2 + y ^ 2 - 4) * (1 + x ^ 2 * y ^ 2)) by (apply Rmult_le_pos; lra); lra.
Qed.
