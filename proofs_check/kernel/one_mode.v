(** Gradient descent in one mode at depth 2: the difference of squares, which is the layer imbalance up to a scale,
    obeys an exact identity, and goes towards 0. *)

From Coq Require Import Reals Lra.
Local Open Scope R_scope.

(** [(x^2 - y^2)+ = (x^2 - y^2) (1 - z^2)] with [z = x y - delta]. *)
Theorem difference_of_squares_step x y delta :
  let z := x * y - delta in
  (x - y * z) * (x - y * z) - (y - x * z) * (y - x * z) = (x * x - y * y) * (1 - z * z).
Proof. intros z; unfold z; ring. Qed.

(** So it does not grow in size as long as [z^2 <= 2]. *)
Theorem toward_balance x y delta :
  let z := x * y - delta in
  let before := x * x - y * y in
  let after := (x - y * z) * (x - y * z) - (y - x * z) * (y - x * z) in
  z * z <= 2 -> after * after <= before * before.
Proof.
  intros z before after Hz.
  assert (E : after = before * (1 - z * z)) by (unfold after, before, z; ring).
  assert (Hsquare : 0 <= z * z) by apply Rle_0_sqr.
  assert (Hbefore : 0 <= before * before) by apply Rle_0_sqr.
  assert (Hgap : 0 <= before * before * (z * z * (2 - z * z))).
  { apply Rmult_le_pos; [exact Hbefore|]. apply Rmult_le_pos; lra. }
  rewrite E.
  replace (before * (1 - z * z) * (before * (1 - z * z)))
    with (before * before - before * before * (z * z * (2 - z * z))) by ring.
  lra.
Qed.

(** An instance in which the imbalance falls: [x = 2], [y = 1], [delta = 1] has [z = 1] and ends balanced. *)
Theorem toward_balance_not_vacuous :
  let z := 2 * 1 - 1 in
  z * z <= 2 /\ (2 - 1 * z) * (2 - 1 * z) - (1 - 2 * z) * (1 - 2 * z) = 0 /\ 2 * 2 - 1 * 1 = 3.
Proof. intros z; unfold z; lra. Qed.
