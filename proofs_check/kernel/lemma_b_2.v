(** Lemma B.2: [phi x = sqrt (x^2 + 4 Q)] is convex for [Q > 0], with [phi'' x = 4 Q / (x^2 + 4 Q)^(3/2)]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import derivatives.
Local Open Scope R_scope.

Definition phi (Q x : R) : R := sqrt (x * x + 4 * Q).

Lemma phi_squared Q x : 0 < Q -> phi Q x * phi Q x = x * x + 4 * Q.
Proof. intros; apply sqrt_sqrt; nra. Qed.

Lemma phi_positive Q x : 0 < Q -> 0 < phi Q x.
Proof. intros; apply sqrt_lt_R0; nra. Qed.

Lemma phi_derivative Q (x : R) : 0 < Q -> is_derive (phi Q) x (x / phi Q x).
Proof.
  intros HQ; pose proof (phi_positive Q x HQ) as Hp; unfold phi in *; auto_derive; [nra|].
  field; lra.
Qed.

Theorem phi_second_derivative Q (x : R) : 0 < Q ->
  is_derive_n (phi Q) 2 x (4 * Q / (phi Q x * phi Q x * phi Q x)).
Proof.
  intros HQ; apply second_derivative with (fun t => t / phi Q t); [intros; now apply phi_derivative|].
  pose proof (phi_positive Q x HQ) as Hp; pose proof (phi_squared Q x HQ) as Hs.
  eapply derive_value.
  - unfold Rdiv; apply derive_product.
    + apply (derive_value _ _ _ 1 (is_derive_id (K := R_AbsRing) x)); reflexivity.
    + apply derive_inverse; [now apply phi_derivative|lra].
  - replace (4 * Q) with (phi Q x * phi Q x - x * x) by lra; field; lra.
Qed.

(** The supporting line, from which Jensen's inequality follows. *)
Theorem phi_supporting_line Q m x : 0 < Q -> phi Q m + m / phi Q m * (x - m) <= phi Q x.
Proof.
  intros HQ; pose proof (phi_positive Q x HQ) as Hx; pose proof (phi_positive Q m HQ) as Hm.
  pose proof (phi_squared Q x HQ) as Sx; pose proof (phi_squared Q m HQ) as Sm.
  apply Rmult_le_reg_r with (phi Q m); [assumption|].
  replace ((phi Q m + m / phi Q m * (x - m)) * phi Q m) with (phi Q m * phi Q m + m * (x - m)) by (field; lra).
  rewrite Sm; replace (m * m + 4 * Q + m * (x - m)) with (m * x + 4 * Q) by ring.
  apply Rle_trans with (Rabs (m * x + 4 * Q)); [apply Rle_abs|].
  rewrite <- (Rabs_pos_eq (phi Q x * phi Q m)) by nra.
  apply Rsqr_le_abs_0; unfold Rsqr.
  replace (phi Q x * phi Q m * (phi Q x * phi Q m))
    with ((phi Q x * phi Q x) * (phi Q m * phi Q m)) by ring.
  rewrite Sx, Sm; pose proof (Rle_0_sqr (x - m)) as H; unfold Rsqr in H; nra.
Qed.

Theorem lemma_b_2 Q x y lambda : 0 < Q -> 0 <= lambda <= 1 ->
  phi Q (lambda * x + (1 - lambda) * y) <= lambda * phi Q x + (1 - lambda) * phi Q y.
Proof.
  intros HQ Hl; set (m := lambda * x + (1 - lambda) * y).
  pose proof (phi_supporting_line Q m x HQ) as Hx; pose proof (phi_supporting_line Q m y HQ) as Hy.
  set (k := m / phi Q m) in *.
  apply Rmult_le_compat_l with (r := lambda) in Hx; [|lra].
  apply Rmult_le_compat_l with (r := 1 - lambda) in Hy; [|lra].
  assert (lambda * (k * (x - m)) + (1 - lambda) * (k * (y - m)) = 0) by (unfold m; ring).
  lra.
Qed.
