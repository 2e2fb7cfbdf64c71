(** Every hypothesis of Theorem 5.7 holds together, under the Lebesgue integral of a Gaussian law: one sample, one
    feature, label 1, both weights standard normal, and the flow of [examples_logistic_flow]. *)

From Coq Require Import Reals Lra Lia PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products sharpness language_of_statements expectation gaussian_integral
  gaussian_law gaussian_identities gaussian_harmonic_mean gaussian_lebesgue normal_numbers examples_logistic_flow.
From Kernel Require thm_5_7.
Local Open Scope R_scope.

(** A hyperplane is a null set: on it every [exp (- 4^k c^2)] is 1, and their means are summable. *)
Lemma sum_is_seldom_zero : almost (gaussian_space 2) (fun x => x 0%nat + x 1%nat <> 0).
Proof.
  set (one := fun _ : nat => 1).
  assert (length : norm_sq 2 one = 2) by (unfold norm_sq, dot, one; simpl; ring).
  assert (four : forall k, 0 <= 4 ^ k) by (intros; apply pow_le; lra).
  assert (M : forall k, has_gaussian 2 (fun x => exp (- (4 ^ k * dot 2 one x ^ 2))) (1 / sqrt (1 + 2 * 4 ^ k * 2))).
  { intros k; pose proof (mean_of_damped 1 0 (4 ^ k) 2 one (four k)) as D; cbv zeta in D; rewrite length in D.
    assert (0 < sqrt (1 + 2 * 4 ^ k * 2)) by (apply sqrt_lt_R0; specialize (four k); lra).
    eapply has_mean_value; [|replace (0 * 2 / sqrt (1 + 2 * 4 ^ k * 2) ^ 3) with 0 in D; [|field; lra]; rewrite Rplus_0_r in D].
    - eapply has_mean_ext; [|exact (mean_of_damped 1 0 (4 ^ k) 2 one (four k))]; intros x; cbv beta; ring.
    - rewrite length; field; lra. }
  exists (fun k x => exp (- (4 ^ k * dot 2 one x ^ 2))); split.
  - split.
    + intros k; exact (proj1 (M k)).
    + intros; apply Rlt_le, exp_pos.
    + assert (small : forall k, gaussian 2 (fun x => exp (- (4 ^ k * dot 2 one x ^ 2))) <= (/ 2) ^ k).
      { intros k; rewrite (proj2 (M k) : gaussian 2 _ = _).
        assert (P : 0 < 2 ^ k) by (apply pow_lt; lra).
        rewrite pow_inv; unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; [assumption|].
        rewrite <- (sqrt_square (2 ^ k)) by lra; apply sqrt_le_1_alt.
        rewrite <- Rpow_mult_distr; replace (2 * 2) with 4 by ring; specialize (four k); lra. }
      exists 2; intros k; apply Rle_trans with (∑ i < k, (/ 2) ^ i); [apply Sum_le; intros; apply small|].
      assert (G : ∑ i < k, (/ 2) ^ i = 2 - 2 * (/ 2) ^ k).
      { induction k as [|k IH]; [simpl; ring|].
        change (∑ i < k, (/ 2) ^ i + (/ 2) ^ k = 2 - 2 * (/ 2 * (/ 2) ^ k)); rewrite IH; field. }
      rewrite G; pose proof (pow_le (/ 2) k ltac:(lra)); lra.
  - intros x [L HL] Z; destruct (nfloor_ex (Rabs L) (Rabs_pos L)) as [m [_ Hm]]; specialize (HL (S m)).
    rewrite (Sum_ext (S m) _ (fun _ => 1)), Sum_const, Rmult_1_r, S_INR in HL.
    + pose proof (Rle_abs L); lra.
    + intros i _; replace (dot 2 one x) with 0 by (unfold dot, one; simpl; lra).
      replace (- (4 ^ i * 0 ^ 2)) with 0 by ring; apply exp_0.
Qed.

(** Independent normal numbers exist: on that space, the coordinates times their standard deviations. *)
Theorem normal_numbers_exist n sigma : (forall i, (i < n)%nat -> 0 < sigma i) ->
  independent_normal (gaussian_space n) n (fun x i => sigma i * x i) sigma.
Proof.
  intros Hs f Hf.
  assert (L : lebesgue n (fun x => f (fun i => sigma i * x i / sigma i)) (gaussian n f)).
  { refine (lebesgue_almost n f _ _ (almost_all_every n _ _) (lebesgue_regular n f Hf)); intros x.
    apply (regular_agree n); [exact Hf|]; intros i Hi; specialize (Hs i Hi); field; lra. }
  split; [now exists (gaussian n f)|now apply lebesgue_mean_value].
Qed.

(** Two of them, as the statements speak of them. *)
Lemma start_weights_normal :
  independent_normal (gaussian_space 2) (1 + 1) (fun x => followed_by 1 (fun _ => x 0%nat) (fun _ => x 1%nat))
    (followed_by 1 (fun _ => 1) (fun _ => 1)).
Proof.
  intros f Hf; destruct (normal_numbers_exist 2 (fun _ => 1) ltac:(intros; lra) f Hf) as [I M].
  assert (same : forall x : nat -> R, f (fun i => 1 * x i / 1)
    = f (fun i => followed_by 1 (fun _ => x 0%nat) (fun _ => x 1%nat) i / followed_by 1 (fun _ => 1) (fun _ => 1) i)).
  { intros x; apply (regular_agree 2); [exact Hf|]; intros [|[|i]] Hi; [| |lia]; unfold followed_by; simpl; field. }
  eapply has_mean_ext; [exact same|split; assumption].
Qed.

(** Where the flow ends, in terms of the start [x 0], [x 1]. *)
Definition start_C (x : nat -> R) : R := x 0%nat ^ 2 - x 1%nat ^ 2.
Definition start_a (x : nat -> R) : R := x 0%nat + x 1%nat.
Definition end_a (x : nat -> R) : R := sqrt (2 + speed (start_C x)).
Definition end_u (x : nat -> R) : R := start_a x / Rabs (start_a x) * ((end_a x + start_C x / end_a x) / 2).
Definition end_v (x : nat -> R) : R := start_a x / Rabs (start_a x) * ((end_a x - start_C x / end_a x) / 2).

Theorem theorem_5_7_holds_for_gaussian_weights :
  thm_5_7.hypotheses (nat -> R) (gaussian_space 2) 1 1 1 start_C (fun x => speed (start_C x)) end_v (fun x => x 1%nat)
    (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1) 1 1 (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun x _ => end_u x)
    (fun x _ => x 0%nat).
Proof.
  assert (R0 : regular 2 (fun x => x 0%nat)) by (apply regular_coordinate; lia).
  assert (R1 : regular 2 (fun x => x 1%nat)) by (apply regular_coordinate; lia).
  assert (RC : regular 2 start_C).
  { apply regular_ext with (fun x => x 0%nat * x 0%nat + -1 * (x 1%nat * x 1%nat)); [intros; unfold start_C; ring|].
    apply regular_plus; [|apply regular_scal]; now apply regular_mult. }
  assert (RS : regular 2 (fun x => speed (start_C x))).
  { apply regular_sqrt, regular_plus; [|apply regular_constant].
    apply regular_ext with (fun x => start_C x * start_C x); [intros; ring|now apply regular_mult]. }
  assert (Ra : regular 2 start_a) by now apply regular_plus.
  assert (Re : regular 2 end_a) by (apply regular_sqrt, regular_plus; [apply regular_constant|exact RS]).
  assert (big : forall x, 2 <= end_a x).
  { intros x; pose proof (speed_at_least (start_C x)).
    unfold end_a; rewrite <- (sqrt_pow2 2) at 1 by lra; apply sqrt_le_1_alt; lra. }
  assert (Ri : regular 2 (fun x => start_C x / end_a x)).
  { apply regular_ext with (fun x => start_C x * / (Rabs (end_a x + -1) + 1)).
    - intros x; pose proof (big x); rewrite Rabs_pos_eq by lra; unfold Rdiv; do 2 f_equal; ring.
    - apply regular_mult; [exact RC|]; apply regular_reciprocal; [lra|apply regular_plus; [exact Re|apply regular_constant]]. }
  assert (random : forall f, regular 2 f -> measurable (gaussian_space 2) f).
  { intros f Hf; apply integrable_measurable; eexists; now apply lebesgue_regular. }
  assert (random_end : forall sign, measurable (gaussian_space 2)
            (fun x => start_a x / Rabs (start_a x) * ((end_a x + sign * (start_C x / end_a x)) / 2))).
  { intros sign; apply integrable_measurable, (signed_integrable 2 start_a
      (fun x => (end_a x + sign * (start_C x / end_a x)) / 2) Ra).
    apply regular_ext with (fun x => / 2 * (end_a x + sign * (start_C x / end_a x))); [intros; field; pose proof (big x); lra|].
    apply regular_scal, regular_plus; [exact Re|now apply regular_scal]. }
  assert (ends : forall x, start_a x <> 0 -> flow_u (start_a x) (start_C x) 0 = end_u x /\
                                            flow_v (start_a x) (start_C x) 0 = end_v x).
  { intros x Hx; pose proof (big x); pose proof (Rabs_no_R0 _ Hx) as N.
    unfold flow_u, flow_v; rewrite end_by_sign by assumption; fold (end_a x); unfold end_u, end_v.
    assert (E : start_C x / (start_a x / Rabs (start_a x) * end_a x) = start_a x / Rabs (start_a x) * (start_C x / end_a x)).
    { assert (Sq : Rabs (start_a x) * Rabs (start_a x) = start_a x * start_a x)
        by (unfold Rabs; destruct (Rcase_abs (start_a x)); ring).
      apply Rmult_eq_reg_r with (start_a x * Rabs (start_a x)); [|now apply Rmult_integral_contrapositive].
      transitivity (start_C x / end_a x * (Rabs (start_a x) * Rabs (start_a x))); [field; repeat split; lra|].
      rewrite Sq; field; repeat split; lra. }
    rewrite E; split; unfold Rdiv; ring. }
  assert (starts : forall x, start_a x <> 0 ->
            (start_a x + start_C x / start_a x) / 2 = x 0%nat /\ (start_a x - start_C x / start_a x) / 2 = x 1%nat).
  { intros x Hx; assert (E : start_C x / start_a x = x 0%nat - x 1%nat).
    { apply Rmult_eq_reg_r with (start_a x); [|assumption]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by assumption.
      unfold start_C, start_a; ring. }
    rewrite E; unfold start_a; split; field. }
  split; try lia; try lra; try (intros i Hi; lra).
  - exact (random _ RC).
  - exact (random _ RS).
  - intros k Hk; refine (eq_ind _ (measurable (gaussian_space 2)) (random_end 1) _ _).
    apply functional_extensionality; intros x; unfold end_u, Rdiv; ring.
  - intros k Hk; exact (random _ R0).
  - refine (eq_ind _ (measurable (gaussian_space 2)) (random_end (-1)) _ _).
    apply functional_extensionality; intros x; unfold end_v, Rdiv; ring.
  - exact (random _ R1).
  - intros k n Hk Hn; simpl; ring.
  - intros n Hn; simpl; ring.
  - intros i j Hi Hj; assert (i = 0%nat) as -> by lia; assert (j = 0%nat) as -> by lia; rewrite delta_same; simpl; ring.
  - intros i j Hi Hj; assert (i = 0%nat) as -> by lia; assert (j = 0%nat) as -> by lia; rewrite delta_same; simpl; ring.
  - simpl; lra.
  - refine (almost_weaker _ _ _ _ _ sum_is_seldom_zero); intros x Hx.
    pose proof (one_flow_leads (start_a x) (start_C x) Hx) as F.
    destruct (ends x Hx) as [-> ->] in F; destruct (starts x Hx) as [E0 E1]; rewrite E0, E1 in F; exact F.
  - intros n Hn; refine (almost_weaker _ _ _ _ _ sum_is_seldom_zero); intros x Hx.
    destruct (ends x Hx) as [E0 E1]; pose proof (end_fits (start_a x) (start_C x) Hx) as F; rewrite E0, E1 in F.
    simpl; lra.
  - apply almost_every; intros x; unfold start_C; simpl; ring.
  - refine (almost_weaker _ _ _ _ _ sum_is_seldom_zero); intros x Hx.
    destruct (ends x Hx) as [E0 E1]; pose proof (end_sharpness (start_a x) (start_C x) Hx) as F.
    rewrite E0, E1 in F; exact F.
  - exact start_weights_normal.
Qed.
