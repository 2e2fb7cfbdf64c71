(** The claims of own-one-mode: in one mode the imbalance dies, and the others do not wake. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products printed_setting mode_dynamics.
From Kernel Require own_one_mode.
Local Open Scope R_scope.

Theorem difference : own_one_mode.difference.
Proof. intros N d r X e w c s u u' y d_1 delta_t eta v x_t y_t _; ring. Qed.

Theorem toward_balance : own_one_mode.toward_balance.
Proof.
  intros N d r X e w c s u u' y d_1 delta_t eta v x_t y_t H.
  rewrite (difference _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); destruct H.
  set (z := (x_t * y_t - delta_t) ^ 2) in *; set (b := x_t ^ 2 - y_t ^ 2).
  assert (0 <= z) by apply pow2_ge_0.
  replace (((1 - z) * b) ^ 2) with ((1 - z) ^ 2 * b ^ 2) by ring.
  rewrite <- (Rmult_1_l (b ^ 2)) at 2; apply Rmult_le_compat_r; [apply pow2_ge_0|nra].
Qed.

Theorem others_step : own_one_mode.others_step.
Proof.
  intros N d r X e w c s u u' y d_1 delta_t eta v x_t y_t [] i Hi.
  rewrite (mode_step N d r X s e w y c u u' v eta) by assumption; rewrite label_in_top_mode by assumption.
  destruct i as [|i]; unfold delta; simpl; unfold Rdiv; ring.
Qed.

Theorem others_shrink : own_one_mode.others_shrink.
Proof.
  intros N d r X e w c s u u' y d_1 delta_t eta v x_t y_t [] i Hi; assert (HN : 0 < INR N) by now apply lt_0_INR.
  destruct i as [|i]; [unfold delta; simpl; lra|].
  replace (delta (S i) 0) with 0 by reflexivity; apply Rmult_le_compat_r; [lra|].
  rewrite (mode_step N d r X s e w y c u u' v eta) by assumption; rewrite label_in_top_mode by assumption.
  replace (delta (S i) 0) with 0 by reflexivity.
  set (a := ∑ k < d, u k * w (S i) k); set (q := eta * s (S i) ^ 2 * v ^ 2 / INR N).
  replace ((a - eta * v / INR N * (s (S i) * (s (S i) * v * a - d_1 * 0))) ^ 2) with ((1 - q) ^ 2 * a ^ 2)
    by (unfold q, Rdiv; ring).
  assert (P : 0 <= v ^ 2 * eta / INR N).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|now apply Rlt_le, Rinv_0_lt_compat]. }
  assert (Q0 : 0 <= q).
  { unfold q; replace (eta * s (S i) ^ 2 * v ^ 2 / INR N) with (s (S i) ^ 2 * (v ^ 2 * eta / INR N)) by (unfold Rdiv; ring).
    apply Rmult_le_pos; [apply pow2_ge_0|assumption]. }
  assert (Q2 : q <= 2).
  { eapply Rle_trans; [|exact rate].
    replace (eta * s 0%nat ^ 2 * v ^ 2 / INR N) with (s 0%nat ^ 2 * (v ^ 2 * eta / INR N)) by (unfold Rdiv; ring).
    unfold q; replace (eta * s (S i) ^ 2 * v ^ 2 / INR N) with (s (S i) ^ 2 * (v ^ 2 * eta / INR N)) by (unfold Rdiv; ring).
    apply Rmult_le_compat_r; [assumption|]; apply pow_incr.
    pose proof (domain_of_s (S i) Hi); pose proof (descending (S i) Hi); lra. }
  rewrite <- (Rmult_1_l (a ^ 2)) at 2; apply Rmult_le_compat_r; [apply pow2_ge_0|nra].
Qed.
