(** The claims of own-labels-clock: how fast the labels can push the weights out of the ball. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products cauchy_schwarz printed_setting.
From Kernel Require own_labels_clock own_size claims_own_size.
Local Open Scope R_scope.

Lemma same_step N d r X e w eta kappa v v' s u u' y :
  own_labels_clock.hypotheses N d r X e w eta kappa v v' s u u' y -> own_size.hypotheses N d r X e w eta v v' s u u' y.
Proof. intros []; now split. Qed.

Section Step.

Variables (N d r : nat) (X e w : nat -> nat -> R) (eta kappa v v' : R) (s u u' y : nat -> R).
Hypothesis given : own_labels_clock.hypotheses N d r X e w eta kappa v v' s u u' y.

Let growth := v' ^ 2 + (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v ^ 2 - (∑ i < r, (∑ k < d, u k * w i k) ^ 2).
Let z := sqrt (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2).
Let l := sqrt (∑ n < N, y n ^ 2).

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

Lemma growth_bound : growth <= eta * z * (4 * l - kappa * z) / INR N.
Proof.
  pose proof samples_positive as HN.
  pose proof (claims_own_size.increment_at_most _ _ _ _ _ _ _ _ _ _ _ _ _ (same_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ given)) as L.
  destruct given; eapply Rle_trans; [exact L|].
  set (A := ∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2) in *.
  set (B := ∑ n < N, y n * (v * (∑ k < d, X n k * u k) - y n)) in *.
  assert (HA : 0 <= A) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (HY : 0 <= ∑ n < N, y n ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (Ez : z * z = A) by now apply sqrt_sqrt.
  assert (Zp : 0 <= z) by apply sqrt_pos; assert (Lp : 0 <= l) by apply sqrt_pos.
  assert (C : - B <= l * z).
  { apply Rle_trans with (Rabs B); [rewrite <- Rabs_Ropp; apply Rle_abs|].
    rewrite <- (Rabs_pos_eq (l * z)) by now apply Rmult_le_pos.
    apply Rsqr_le_abs_0; unfold Rsqr.
    replace (l * z * (l * z)) with ((l * l) * (z * z)) by ring; rewrite Ez; unfold l; rewrite sqrt_sqrt by assumption.
    pose proof (cauchy_schwarz N y (fun n => v * (∑ k < d, X n k * u k) - y n)) as CS.
    unfold dot at 1 2, norm_sq, dot in CS; fold B in CS.
    rewrite (Sum_ext N (fun i => y i * y i) (fun n => y n ^ 2)) in CS by (intros; ring).
    rewrite (Sum_ext N (fun i => (v * (∑ k < d, X i k * u k) - y i) * (v * (∑ k < d, X i k * u k) - y i))
      (fun n => (v * (∑ k < d, X n k * u k) - y n) ^ 2)) in CS by (intros; ring); exact CS. }
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|].
  rewrite (Rmult_assoc eta z); apply Rmult_le_compat_l; [lra|].
  replace (eta * s 0%nat ^ 2 * (v ^ 2 + (∑ i < r, (∑ k < d, u k * w i k) ^ 2)) / INR N - 4) with (- kappa) by lra.
  replace (z * (4 * l - kappa * z)) with (4 * (l * z) - kappa * A) by (rewrite <- Ez; ring); lra.
Qed.

Lemma growth_at_labels : growth <= 4 * eta * (∑ n < N, y n ^ 2) / INR N / kappa.
Proof.
  pose proof samples_positive as HN; eapply Rle_trans; [exact growth_bound|]; destruct given.
  assert (HY : 0 <= ∑ n < N, y n ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (El : l * l = ∑ n < N, y n ^ 2) by now apply sqrt_sqrt.
  replace (4 * eta * (∑ n < N, y n ^ 2) / INR N / kappa) with (eta * (4 * (l * l) / kappa) / INR N)
    by (rewrite El; field; lra).
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|].
  rewrite (Rmult_assoc eta z); apply Rmult_le_compat_l; [lra|].
  apply Rmult_le_reg_l with kappa; [assumption|].
  replace (kappa * (4 * (l * l) / kappa)) with (4 * (l * l)) by (field; lra).
  pose proof (pow2_ge_0 (kappa * z - 2 * l)); nra.
Qed.

Let loss_of_margin := 4 * eta ^ 2 * s 0%nat ^ 2 * (∑ n < N, y n ^ 2) / kappa / INR N ^ 2.
Let next_margin := 4 - eta * s 0%nat ^ 2 * (v' ^ 2 + (∑ i < r, (∑ k < d, u' k * w i k) ^ 2)) / INR N.

Lemma margin_bound : kappa - loss_of_margin <= next_margin.
Proof.
  pose proof samples_positive as HN; pose proof growth_at_labels as G; destruct given.
  assert (T : 0 <= eta * s 0%nat ^ 2 / INR N).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|now apply Rlt_le, Rinv_0_lt_compat]. }
  pose proof (Rmult_le_compat_l _ _ _ T G) as L.
  assert (E : next_margin = kappa - eta * s 0%nat ^ 2 / INR N * growth)
    by (unfold next_margin, growth; rewrite margin; field; lra).
  assert (E' : loss_of_margin = eta * s 0%nat ^ 2 / INR N * (4 * eta * (∑ n < N, y n ^ 2) / INR N / kappa))
    by (unfold loss_of_margin; field; lra).
  rewrite E, E'; lra.
Qed.

Lemma squared_margin : kappa ^ 2 - 8 * eta ^ 2 * s 0%nat ^ 2 * (∑ n < N, y n ^ 2) / INR N ^ 2 <= next_margin ^ 2.
Proof.
  pose proof samples_positive as HN; pose proof margin_bound as M; destruct given.
  replace (8 * eta ^ 2 * s 0%nat ^ 2 * (∑ n < N, y n ^ 2) / INR N ^ 2) with (2 * kappa * loss_of_margin)
    by (unfold loss_of_margin; field; lra).
  destruct (Rle_or_lt loss_of_margin kappa) as [H|H].
  - assert ((kappa - loss_of_margin) ^ 2 <= next_margin ^ 2) by (apply pow_incr; lra).
    pose proof (pow2_ge_0 loss_of_margin); nra.
  - pose proof (pow2_ge_0 next_margin); nra.
Qed.

End Step.

Theorem shrinks_far_from_the_labels : own_labels_clock.shrinks_far_from_the_labels.
Proof. intros N d r X e w eta kappa v v' s u u' y H; exact (growth_bound N d r X e w eta kappa v v' s u u' y H). Qed.

Theorem growth_at_most : own_labels_clock.growth_at_most.
Proof. intros N d r X e w eta kappa v v' s u u' y H; exact (growth_at_labels N d r X e w eta kappa v v' s u u' y H). Qed.

Theorem margin_left : own_labels_clock.margin_left.
Proof. intros N d r X e w eta kappa v v' s u u' y H; exact (margin_bound N d r X e w eta kappa v v' s u u' y H). Qed.

Theorem squared_margin_left : own_labels_clock.squared_margin_left.
Proof. intros N d r X e w eta kappa v v' s u u' y H; exact (squared_margin N d r X e w eta kappa v v' s u u' y H). Qed.
