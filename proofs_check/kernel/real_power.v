(** Powers with a real exponent, of bases of at least 0. *)

From Coq Require Import Reals ZArith Lia Lra.
From Kernel Require Import language_of_statements.
Local Open Scope R_scope.

Lemma real_power_at_zero p : p <> 0 -> real_power 0 p = 0.
Proof.
  intros H; unfold real_power; destruct (Rlt_dec 0 0); [lra|].
  destruct (Req_EM_T 0 0); [|reflexivity]; now destruct (Req_EM_T p 0).
Qed.

Lemma real_power_of_negative x p : x < 0 -> real_power x p = 0.
Proof. intros H; unfold real_power; destruct (Rlt_dec 0 x); [lra|]; destruct (Req_EM_T x 0); [lra|reflexivity]. Qed.

Lemma real_power_zero x : 0 <= x -> real_power x 0 = 1.
Proof.
  intros H; unfold real_power; destruct (Rlt_dec 0 x); [now apply Rpower_O|].
  destruct (Req_EM_T x 0); [now destruct (Req_EM_T 0 0)|lra].
Qed.

Lemma real_power_is_positive x p : 0 < x -> 0 < real_power x p.
Proof. intros H; rewrite real_power_positive by assumption; apply exp_pos. Qed.

Lemma real_power_nonnegative x p : 0 <= real_power x p.
Proof.
  destruct (Rtotal_order x 0) as [H|[->|H]].
  - rewrite real_power_of_negative by assumption; lra.
  - unfold real_power; destruct (Rlt_dec 0 0); [lra|]; destruct (Req_EM_T 0 0); [|lra]; destruct (Req_EM_T p 0); lra.
  - now left; apply real_power_is_positive.
Qed.

Lemma real_power_inverse x p : / real_power x p = real_power x (- p).
Proof.
  destruct (Rtotal_order x 0) as [H|[->|H]].
  - now rewrite !real_power_of_negative, Rinv_0 by assumption.
  - destruct (Req_EM_T p 0) as [->|Hp].
    + rewrite Ropp_0, real_power_zero by lra; apply Rinv_1.
    + rewrite !real_power_at_zero, Rinv_0 by lra; reflexivity.
  - now rewrite !real_power_positive, Rpower_Ropp by assumption.
Qed.

Lemma real_power_plus x p q : 0 < x -> real_power x (p + q) = real_power x p * real_power x q.
Proof. intros H; rewrite !real_power_positive by assumption; apply Rpower_plus. Qed.

Lemma real_power_plus_nonnegative x p q :
  0 <= x -> 0 < p -> 0 < q -> real_power x (p + q) = real_power x p * real_power x q.
Proof.
  intros [H| <-] Hp Hq; [now apply real_power_plus|].
  rewrite !real_power_at_zero by lra; ring.
Qed.

Lemma real_power_nat x n : 0 < x -> real_power x (INR n) = x ^ n.
Proof. intros H; rewrite real_power_positive by assumption; now apply Rpower_pow. Qed.

(** The whole part [k] of an exponent is taken out. *)
Lemma real_power_split x (k : Z) r : 0 < x ->
  real_power x (IZR k + r) =
  real_power x r * (if (0 <=? k)%Z then x ^ Z.to_nat k else (/ x) ^ Z.to_nat (- k)).
Proof.
  intros H; rewrite real_power_plus by assumption; rewrite Rmult_comm; f_equal.
  destruct (Z.leb_spec 0 k) as [Hk|Hk].
  - rewrite <- (Z2Nat.id k) at 1 by assumption; rewrite <- INR_IZR_INZ; now apply real_power_nat.
  - replace (IZR k) with (- INR (Z.to_nat (- k)))
      by (rewrite INR_IZR_INZ, Z2Nat.id, opp_IZR by lia; lra).
    rewrite <- real_power_inverse, real_power_nat by assumption; symmetry; apply pow_inv.
Qed.

Lemma real_power_split_nonnegative x (k : Z) r : 0 <= x -> (0 <= k)%Z -> 0 <= r -> 0 < IZR k + r ->
  real_power x (IZR k + r) = real_power x r * x ^ Z.to_nat k.
Proof.
  intros [H| <-] Hk Hr Hs.
  - rewrite real_power_split by assumption; now rewrite (proj2 (Z.leb_le 0 k) Hk).
  - rewrite (real_power_at_zero (IZR k + r)) by lra.
    destruct (Req_EM_T r 0) as [->|]; [|rewrite real_power_at_zero by assumption; ring].
    destruct (Z.to_nat k) eqn:E; [|simpl; ring].
    assert (k = 0%Z) by lia; subst; simpl in Hs; lra.
Qed.

Lemma real_power_half x : real_power x (/ 2) = sqrt x.
Proof.
  destruct (Rtotal_order x 0) as [H|[->|H]].
  - rewrite real_power_of_negative by assumption; symmetry; apply sqrt_neg_0; lra.
  - rewrite real_power_at_zero, sqrt_0 by lra; reflexivity.
  - rewrite real_power_positive by assumption; now apply Rpower_sqrt.
Qed.

Lemma real_power_of_one p : real_power 1 p = 1.
Proof. rewrite real_power_positive by lra; unfold Rpower; rewrite ln_1, Rmult_0_r; apply exp_0. Qed.
