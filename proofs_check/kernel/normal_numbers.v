(** Independent centred normal numbers on any probability space: expectations of continuous functions of them are
    Gaussian integrals. Their moments up to order four, and what is known of two of them, follow. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products expectation gaussian_integral gaussian_law gaussian_identities
  gaussian_harmonic_mean gaussian_moments.
Local Open Scope R_scope.

(** The first [n] entries of [a], then those of [b]. *)
Definition followed_by (n : nat) (a b : nat -> R) (k : nat) : R := if Nat.ltb k n then a k else b (k - n)%nat.

(** [Z 0, ..., Z (n - 1)] are independent, [Z i] normal with mean 0 and standard deviation [sigma i]: divided by these
    they have the standard Gaussian law. *)
Definition independent_normal {Omega} (E : expectation Omega) (n : nat) (Z : Omega -> nat -> R) (sigma : nat -> R) : Prop :=
  forall f, regular n f -> has_mean E (fun o => f (fun i => Z o i / sigma i)) (gaussian n f).

Section Start.

Context {Omega : Type}.
Variables (E : expectation Omega) (d : nat) (alpha beta : R) (u : Omega -> nat -> R) (v : Omega -> R).
Hypothesis alpha_positive : 0 < alpha.
Hypothesis beta_positive : 0 < beta.
Hypothesis start : independent_normal E (d + 1) (fun o => followed_by d (u o) (fun _ => v o))
                     (followed_by d (fun _ => alpha) (fun _ => beta)).

Definition standardised (o : Omega) (i : nat) : R :=
  followed_by d (u o) (fun _ => v o) i / followed_by d (fun _ => alpha) (fun _ => beta) i.

Let z := standardised.

Lemma standardised_first o i : (i < d)%nat -> u o i = alpha * z o i.
Proof.
  intros H; unfold z, standardised, followed_by; rewrite (proj2 (Nat.ltb_lt i d) H); field; lra.
Qed.

Lemma standardised_last o : v o = beta * z o d.
Proof. unfold z, standardised, followed_by; rewrite Nat.ltb_irrefl; field; lra. Qed.

Lemma standardised_dot o w : dot d w (u o) = dot d (fun k => alpha * w k) (z o).
Proof. apply Sum_ext; intros k Hk; rewrite standardised_first by assumption; ring. Qed.

Lemma transferred f a : has_gaussian (S d) f a -> has_mean E (fun o => f (z o)) a.
Proof. rewrite <- Nat.add_1_r; intros [R <-]; exact (start f R). Qed.

Lemma pair i k : (i < S d)%nat -> (k < S d)%nat -> has_mean E (fun o => z o i * z o k) (delta i k).
Proof.
  intros Hi Hk; apply (transferred (fun x => x i * x k)).
  apply has_mean_ext with (fun x => dot (S d) (basis i) x * dot (S d) (basis k) x).
  - intros x; now rewrite !dot_basis_l by assumption.
  - eapply has_mean_value; [apply mean_of_pair|]; rewrite dot_basis_l by assumption; apply delta_sym.
Qed.

Lemma four i k j l : (i < S d)%nat -> (k < S d)%nat -> (j < S d)%nat -> (l < S d)%nat ->
  has_mean E (fun o => z o i * z o k * (z o j * z o l)) (delta i k * delta j l + delta i j * delta k l + delta i l * delta k j).
Proof.
  intros Hi Hk Hj Hl; apply (transferred (fun x => x i * x k * (x j * x l))).
  apply has_mean_ext with (fun x => dot (S d) (basis i) x * dot (S d) (basis k) x * (dot (S d) (basis j) x * dot (S d) (basis l) x)).
  - intros x; now rewrite !dot_basis_l by assumption.
  - eapply has_mean_value; [apply mean_of_four|]; rewrite !dot_basis_l by assumption; unfold basis.
    rewrite (delta_sym k i), (delta_sym l j), (delta_sym j i), (delta_sym l k), (delta_sym l i), (delta_sym j k); ring.
Qed.

Theorem normal_weights : gaussian_weights E d alpha beta u v.
Proof.
  assert (off : forall i, (i < d)%nat -> delta i d = 0) by (intros; apply delta_other; lia).
  split.
  - intros i j Hi Hj; apply has_mean_ext with (fun o => alpha * alpha * (z o i * z o j)).
    + intros o; rewrite !standardised_first by assumption; unfold z; ring.
    + apply has_mean_scal, pair; lia.
  - apply has_mean_ext with (fun o => beta * beta * (z o d * z o d)).
    + intros o; rewrite !standardised_last; unfold z; ring.
    + eapply has_mean_value; [apply has_mean_scal, pair; lia|]; rewrite delta_same; ring.
  - intros i Hi; apply has_mean_ext with (fun o => alpha * beta * (z o i * z o d)).
    + intros o; rewrite (standardised_first o i) by assumption; rewrite standardised_last; unfold z; ring.
    + eapply has_mean_value; [apply has_mean_scal, pair; lia|]; rewrite (off i) by assumption; ring.
  - intros i j Hi Hj; apply has_mean_ext with (fun o => alpha * alpha * (beta * beta) * (z o i * z o j * (z o d * z o d))).
    + intros o; rewrite !standardised_first by assumption; rewrite standardised_last; unfold z; ring.
    + eapply has_mean_value; [apply has_mean_scal, four; lia|]; rewrite (off i), (off j), delta_same by assumption; ring.
  - apply has_mean_ext with (fun o => beta * beta * (beta * beta) * (z o d * z o d * (z o d * z o d))).
    + intros o; rewrite !standardised_last; unfold z; ring.
    + eapply has_mean_value; [apply has_mean_scal, four; lia|]; rewrite !delta_same; ring.
  - intros i j k l Hi Hj Hk Hl.
    apply has_mean_ext with (fun o => alpha * alpha * (alpha * alpha) * (z o i * z o j * (z o k * z o l))).
    + intros o; rewrite !standardised_first by assumption; unfold z; ring.
    + eapply has_mean_value; [apply has_mean_scal, four; lia|]; unfold z; ring.
Qed.

(** One coordinate [c = w . u] in a direction of length 1, beside [v]. *)
Section Direction.

Variable w : nat -> R.
Hypothesis unit : norm_sq d w = 1.

Let a (k : nat) : R := alpha * w k.

Lemma direction_length : norm_sq d a = alpha ^ 2.
Proof.
  unfold a; replace (alpha ^ 2) with (alpha * alpha * norm_sq d w) by (rewrite unit; ring).
  unfold norm_sq, dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Theorem normal_harmonic_square :
  has_mean E (fun o => v o ^ 2 * dot d w (u o) ^ 2 / (v o ^ 2 + dot d w (u o) ^ 2))
    ((alpha * beta / (alpha + beta)) ^ 2).
Proof.
  pose proof (transferred _ _ (mean_of_harmonic_square d a alpha beta alpha_positive beta_positive direction_length)) as M.
  eapply has_mean_ext; [|exact M]; intros o; unfold harmonic; now rewrite standardised_dot, <- standardised_last.
Qed.

Theorem normal_odd_part eps : 0 < eps ->
  has_mean E (fun o => v o * dot d w (u o) / (v o ^ 2 + dot d w (u o) ^ 2 + eps)) 0.
Proof.
  intros He; pose proof (transferred _ _ (mean_of_odd_part d a beta eps He)) as M.
  eapply has_mean_ext; [|exact M]; intros o; cbv beta; now rewrite standardised_dot, <- standardised_last.
Qed.

Theorem normal_damped s : 0 <= s -> has_mean E (fun o => exp (- (s * v o ^ 2))) (/ sqrt (1 + 2 * s * beta ^ 2)).
Proof.
  intros Hs; pose proof (transferred _ _ (mean_of_damped_last d beta s Hs)) as M.
  eapply has_mean_ext; [|exact M]; intros o; cbv beta; now rewrite <- standardised_last.
Qed.

(** [v c / (v^2 + c^2)], which is not continuous, is [v c / (v^2 + c^2 + eps)] but for a part of small mean. *)
Lemma odd_part_near x y eta eps : 0 < eta -> 0 < eps ->
  Rabs (x * y / (x ^ 2 + y ^ 2) - x * y / (x ^ 2 + y ^ 2 + eps)) <= (eta + 3 * exp (- (eta / eps * x ^ 2))) / 2.
Proof.
  intros Heta He; set (q := x ^ 2 + y ^ 2); assert (Px := pow2_ge_0 x); assert (Py := pow2_ge_0 y).
  assert (small : eps / (q + eps) <= eta + 3 * exp (- (eta / eps * x ^ 2))).
  { destruct (Rle_dec (eta / eps * x ^ 2) 1) as [H|H].
    - assert (exp (Ropp 1) <= exp (- (eta / eps * x ^ 2))) by (apply exp_le; lra).
      assert (1 <= 3 * exp (Ropp 1)).
      { rewrite exp_Ropp; pose proof exp_le_3; pose proof (exp_pos 1).
        apply Rmult_le_reg_r with (exp 1); [assumption|]; rewrite Rmult_assoc, Rinv_l; lra. }
      assert (eps / (q + eps) <= 1); [|lra].
      apply Rmult_le_reg_r with (q + eps); [unfold q; lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; unfold q; lra.
    - apply Rnot_le_lt in H; pose proof (exp_pos (- (eta / eps * x ^ 2))).
      assert (eps / (q + eps) <= eta); [|lra].
      apply Rmult_le_reg_r with (q + eps); [unfold q; lra|].
      unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l by (unfold q; lra).
      apply (Rmult_lt_compat_l eps) in H; [|assumption].
      replace (eps * (eta / eps * x ^ 2)) with (eta * x ^ 2) in H by (field; lra); unfold q; nra. }
  assert (Q0 : 0 <= q) by (unfold q; lra).
  destruct (Req_dec q 0) as [Z|Z].
  - assert (x = 0) as -> by (unfold q in Z; nra); unfold Rdiv; rewrite !Rmult_0_l, Rminus_0_r, Rabs_R0.
    pose proof (exp_pos (- (eta * / eps * 0 ^ 2))); lra.
  - replace (x * y / q - x * y / (q + eps)) with (x * y / q * (eps / (q + eps))) by (field; lra).
    assert (P : 0 < eps / (q + eps)) by (apply Rdiv_lt_0_compat; lra).
    rewrite Rabs_mult, (Rabs_pos_eq (eps / (q + eps))) by lra.
    assert (Rabs (x * y / q) <= 1 / 2); [|nra].
    assert (- q <= 2 * (x * y) <= q) by (unfold q; pose proof (pow2_ge_0 (x + y)); pose proof (pow2_ge_0 (x - y)); nra).
    apply Rabs_le; split; apply Rmult_le_reg_r with q; try lra; unfold Rdiv; rewrite (Rmult_assoc (x * y)), Rinv_l; lra.
Qed.

(** What is at least a number with an odd part has at least the mean of the rest. *)
Theorem odd_part_vanishes g m k S mean_S : has_mean E g m -> has_mean E S mean_S ->
  almost E (fun o => g o - k * (v o * dot d w (u o) / (v o ^ 2 + dot d w (u o) ^ 2)) <= S o) -> m <= mean_S.
Proof.
  intros Hg HS Below.
  assert (bound : forall eta, 0 < eta -> m - Rabs k * (2 * eta) <= mean_S).
  { intros eta Heta; set (eps := 2 * beta ^ 2 * eta ^ 3).
    assert (He : 0 < eps) by (unfold eps; repeat apply Rmult_lt_0_compat; try apply pow_lt; lra).
    assert (Hr : 0 <= eta / eps) by (apply Rlt_le, Rdiv_lt_0_compat; assumption).
    pose proof (has_mean_minus E _ _ _ _ (has_mean_minus E _ _ _ _ Hg (has_mean_scal E k _ _ (normal_odd_part eps He)))
      (has_mean_scal E (Rabs k / 2) _ _ (has_mean_plus E _ _ _ _ (has_mean_constant E eta)
         (has_mean_scal E 3 _ _ (normal_damped (eta / eps) Hr))))) as L.
    apply Rle_trans with (m - k * 0 - Rabs k / 2 * (eta + 3 * / sqrt (1 + 2 * (eta / eps) * beta ^ 2))).
    - assert (/ sqrt (1 + 2 * (eta / eps) * beta ^ 2) <= eta).
      { rewrite <- (Rinv_inv eta) at 2; apply Rinv_le_contravar; [now apply Rinv_0_lt_compat|].
        rewrite <- (sqrt_pow2 (/ eta)) by (apply Rlt_le, Rinv_0_lt_compat; assumption); apply sqrt_le_1_alt.
        replace (2 * (eta / eps) * beta ^ 2) with ((/ eta) ^ 2) by (unfold eps; field; lra); lra. }
      pose proof (Rabs_pos k); nra.
    - apply (has_mean_le_almost E _ _ _ _ L HS); refine (almost_weaker _ E _ _ _ Below); intros o B; cbv beta.
      eapply Rle_trans; [|exact B].
      pose proof (odd_part_near (v o) (dot d w (u o)) eta eps Heta He) as N.
      set (t := v o * dot d w (u o) / (v o ^ 2 + dot d w (u o) ^ 2)) in *.
      set (t' := v o * dot d w (u o) / (v o ^ 2 + dot d w (u o) ^ 2 + eps)) in *.
      set (r := eta + 3 * exp (- (eta / eps * v o ^ 2))) in *.
      assert (k * (t - t') <= Rabs k * (r / 2)).
      { eapply Rle_trans; [apply Rle_abs|]; rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|exact N]. }
      lra. }
  destruct (Rle_dec m mean_S) as [H|H]; [exact H|exfalso]; apply Rnot_le_lt in H.
  pose proof (Rabs_pos k) as Hk.
  pose proof (bound ((m - mean_S) / (4 * (Rabs k + 1))) ltac:(apply Rdiv_lt_0_compat; lra)) as B.
  assert (Rabs k * (2 * ((m - mean_S) / (4 * (Rabs k + 1)))) <= (m - mean_S) / 2); [|lra].
  apply Rmult_le_reg_r with (4 * (Rabs k + 1)); [lra|].
  replace (Rabs k * (2 * ((m - mean_S) / (4 * (Rabs k + 1)))) * (4 * (Rabs k + 1))) with (Rabs k * (2 * (m - mean_S)))
    by (field; lra).
  nra.
Qed.

End Direction.

End Start.
