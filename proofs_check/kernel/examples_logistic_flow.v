(** Gradient flow of one sample, one feature and the label 1, in closed form: in [a = u + v], whose square solves a logistic
    equation, and [b = u - v = C / a]. It ends at a minimizer from every start with [a <> 0]. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  language_of_statements printed_setting gaussian_integral theorem_4_3.
From Kernel Require thm_4_3 claims_thm_4_3.
Local Open Scope R_scope.

(** The loss as it is printed, of one sample of one feature. *)
Definition one_loss (u v : nat -> R) : R := (∑ n < 1, (v 0%nat * (∑ k < 1, u k * 1) - 1) ^ 2) / INR 1 / 2.

Section Flow.

Variables a0 C : R.
Hypothesis a0_nonzero : a0 <> 0.

Definition speed : R := sqrt (C ^ 2 + 4).
Let top : R := 2 + speed.
Let low : R := 2 - speed.
Let K : R := (a0 ^ 2 - top) / (a0 ^ 2 - low).

(** The square of [a] at [z = exp (- speed t)], which runs from 1 to 0. *)
Let Q (z : R) : R := (top - low * K * z) / (1 - K * z).
Let A (z : R) : R := a0 * sqrt (Q z / a0 ^ 2).
Definition flow_u (z : R) : R := (A z + C / A z) / 2.
Definition flow_v (z : R) : R := (A z - C / A z) / 2.

Lemma speed_squared : speed ^ 2 = C ^ 2 + 4.
Proof. unfold speed; rewrite <- Rsqr_pow2, Rsqr_sqrt; [reflexivity|pose proof (pow2_ge_0 C); lra]. Qed.

Lemma speed_at_least : 2 <= speed.
Proof.
  unfold speed; rewrite <- (sqrt_pow2 2) at 1 by lra; apply sqrt_le_1_alt; pose proof (pow2_ge_0 C); lra.
Qed.

Lemma start_square : 0 < a0 ^ 2.
Proof. rewrite <- Rsqr_pow2; now apply Rlt_0_sqr. Qed.

Lemma K_below_one : K < 1.
Proof.
  pose proof speed_at_least; pose proof start_square.
  assert (0 < a0 ^ 2 - low) by (unfold low; lra).
  apply Rmult_lt_reg_r with (a0 ^ 2 - low); [assumption|]; unfold K, Rdiv; rewrite Rmult_assoc, Rinv_l by lra.
  unfold top, low; lra.
Qed.

Lemma from_K : top - low * K = a0 ^ 2 * (1 - K).
Proof.
  pose proof speed_at_least; pose proof start_square; unfold K, top, low; field; lra.
Qed.

Lemma denominator z : 0 <= z <= 1 -> 0 < 1 - K * z.
Proof.
  intros Hz; pose proof K_below_one; destruct (Req_dec z 0) as [->|]; [lra|].
  assert (0 < z * (1 - K)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

Lemma Q_positive z : 0 <= z <= 1 -> 0 < Q z.
Proof.
  intros Hz; apply Rdiv_lt_0_compat; [|now apply denominator].
  pose proof speed_at_least; pose proof start_square; pose proof K_below_one.
  replace (top - low * K * z) with ((1 - z) * top + z * (top - low * K)) by ring; rewrite from_K; unfold top.
  assert (0 < a0 ^ 2 * (1 - K)) by (apply Rmult_lt_0_compat; lra).
  destruct (Req_dec z 0) as [->|]; [lra|]; assert (0 < z * (a0 ^ 2 * (1 - K))) by (apply Rmult_lt_0_compat; lra).
  assert (0 <= (1 - z) * (2 + speed)) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma root_positive z : 0 <= z <= 1 -> 0 < sqrt (Q z / a0 ^ 2).
Proof. intros Hz; apply sqrt_lt_R0, Rdiv_lt_0_compat; [now apply Q_positive|exact start_square]. Qed.

Lemma A_nonzero z : 0 <= z <= 1 -> A z <> 0.
Proof. intros Hz; pose proof (root_positive z Hz); apply Rmult_integral_contrapositive; lra. Qed.

Lemma A_squared z : 0 <= z <= 1 -> A z ^ 2 = Q z.
Proof.
  intros Hz; pose proof (Q_positive z Hz); pose proof start_square.
  unfold A; rewrite Rpow_mult_distr, <- (Rsqr_pow2 (sqrt _)), Rsqr_sqrt; [field; lra|].
  apply Rlt_le, Rdiv_lt_0_compat; assumption.
Qed.

Lemma Q_at_start : Q 1 = a0 ^ 2.
Proof.
  pose proof K_below_one; unfold Q; rewrite !Rmult_1_r, from_K; field; lra.
Qed.

Lemma A_at_start : A 1 = a0.
Proof.
  pose proof start_square; unfold A; rewrite Q_at_start.
  replace (a0 ^ 2 / a0 ^ 2) with 1 by (field; lra); rewrite sqrt_1; ring.
Qed.


Let decay (t : R) : R := exp (- (speed * t)).

Lemma decay_range t : 0 <= t -> 0 <= decay t <= 1.
Proof.
  intros Ht; split; [apply Rlt_le, exp_pos|]; unfold decay; rewrite <- exp_0; apply exp_le.
  pose proof speed_at_least; nra.
Qed.

Lemma Q_derive t : 0 <= t -> is_derive (fun t => Q (decay t)) t (- ((Q (decay t) - top) * (Q (decay t) - low)) / 2).
Proof.
  intros Ht; pose proof (denominator _ (decay_range t Ht)) as D; unfold Q, decay in *.
  auto_derive; [lra|]; set (E := exp (- (speed * t))) in *; unfold top, low; field; lra.
Qed.

Lemma A_flow t : 0 <= t ->
  is_derive (fun t => A (decay t)) t (- (A (decay t) ^ 4 - 4 * A (decay t) ^ 2 - C ^ 2) / (4 * A (decay t))).
Proof.
  intros Ht; pose proof (decay_range t Ht) as Hd; pose proof (Q_derive t Ht) as D.
  pose proof (A_squared _ Hd) as S; pose proof (A_nonzero _ Hd) as N; pose proof (root_positive _ Hd) as P.
  pose proof (Q_positive _ Hd) as PQ; pose proof start_square as P0; pose proof speed_squared as L.
  set (q := fun t => Q (decay t)) in *.
  replace (- (A (decay t) ^ 4 - 4 * A (decay t) ^ 2 - C ^ 2) / (4 * A (decay t)))
    with (- ((q t - top) * (q t - low)) / 2 / (2 * A (decay t))).
  - change (is_derive (fun t => a0 * sqrt (q t / a0 ^ 2)) t (- ((q t - top) * (q t - low)) / 2 / (2 * (a0 * sqrt (q t / a0 ^ 2))))).
    change (0 < sqrt (q t / a0 ^ 2)) in P; change (0 < q t) in PQ.
    set (dq := - ((q t - top) * (q t - low)) / 2) in *; set (root := sqrt (q t / a0 ^ 2)) in *.
    assert (X : is_derive (fun t => sqrt (q t / a0 ^ 2)) t (dq * / a0 ^ 2 * / (2 * root))).
    { refine (is_derive_comp sqrt (fun t => q t / a0 ^ 2) t (/ (2 * root)) (dq * / a0 ^ 2) _ _).
      - apply is_derive_Reals, derivable_pt_lim_sqrt, Rdiv_lt_0_compat; assumption.
      - exact (is_derive_scal_l (V := R_NormedModule) q t _ (/ a0 ^ 2) D). }
    replace (dq / (2 * (a0 * root))) with (a0 * (dq * / a0 ^ 2 * / (2 * root))) by (field; lra).
    now apply is_derive_scal.
  - change (Q (decay t)) with (q t) in S; rewrite <- S.
    replace ((A (decay t) ^ 2 - top) * (A (decay t) ^ 2 - low))
      with (A (decay t) ^ 4 - 4 * A (decay t) ^ 2 + (4 - speed ^ 2)) by (unfold top, low; ring).
    rewrite L; field; exact N.
Qed.

Lemma flow_derives t : 0 <= t ->
  is_derive (fun t => flow_u (decay t)) t (- (flow_v (decay t) * (flow_v (decay t) * flow_u (decay t) - 1))) /\
  is_derive (fun t => flow_v (decay t)) t (- (flow_u (decay t) * (flow_v (decay t) * flow_u (decay t) - 1))).
Proof.
  intros Ht; pose proof (A_nonzero _ (decay_range t Ht)) as N; pose proof (A_flow t Ht) as D.
  set (g := fun t => A (decay t)) in *; change (A (decay t)) with (g t) in N, D.
  unfold flow_u, flow_v; change (A (decay t)) with (g t).
  assert (DI : is_derive (fun t => C / g t) t (C * (- (- (g t ^ 4 - 4 * g t ^ 2 - C ^ 2) / (4 * g t)) / g t ^ 2))).
  { apply is_derive_scal, is_derive_inv; assumption. }
  split.
  - replace (- _) with ((- (g t ^ 4 - 4 * g t ^ 2 - C ^ 2) / (4 * g t)
      + C * (- (- (g t ^ 4 - 4 * g t ^ 2 - C ^ 2) / (4 * g t)) / g t ^ 2)) * / 2) by (field; exact N).
    apply (is_derive_scal_l (V := R_NormedModule) (fun t => g t + C / g t) t _ (/ 2)).
    now apply (is_derive_plus (V := R_NormedModule) g).
  - replace (- _) with ((- (g t ^ 4 - 4 * g t ^ 2 - C ^ 2) / (4 * g t)
      - C * (- (- (g t ^ 4 - 4 * g t ^ 2 - C ^ 2) / (4 * g t)) / g t ^ 2)) * / 2) by (field; exact N).
    apply (is_derive_scal_l (V := R_NormedModule) (fun t => g t - C / g t) t _ (/ 2)).
    now apply (is_derive_minus (V := R_NormedModule) g).
Qed.

Lemma A_continuous_at_end : continuous A 0.
Proof.
  pose proof (denominator 0 ltac:(lra)); pose proof (Q_positive 0 ltac:(lra)) as PQ; pose proof start_square.
  apply (ex_derive_continuous (V := R_NormedModule) A); unfold A, Q in *; auto_derive; repeat split; try lra.
  now apply Rdiv_lt_0_compat.
Qed.

Lemma decay_vanishes : filterlim decay (Rbar_locally p_infty) (locally 0).
Proof.
  apply (is_lim_comp exp (fun t => - (speed * t)) p_infty 0 m_infty); [apply is_lim_exp_m| |].
  - apply (is_lim_ext (fun t => - speed * t)); [intros; ring|].
    replace m_infty with (Rbar_mult (- speed) p_infty).
    + apply is_lim_scal_l, is_lim_id.
    + pose proof speed_at_least; simpl; destruct (Rle_dec 0 (- speed)) as [H1|H1]; [exfalso; lra|reflexivity].
  - exists 0; intros; discriminate.
Qed.

Lemma flow_ends :
  filterlim (fun t => flow_u (decay t)) (Rbar_locally p_infty) (locally (flow_u 0)) /\
  filterlim (fun t => flow_v (decay t)) (Rbar_locally p_infty) (locally (flow_v 0)).
Proof.
  pose proof (A_nonzero 0 ltac:(lra)) as N; pose proof A_continuous_at_end as CA.
  assert (CI : continuous (fun z => C / A z) 0).
  { apply (continuous_mult (fun _ => C) (fun z => / A z)); [apply continuous_const|].
    now apply (continuous_comp A Rinv); [|apply continuity_pt_filterlim, continuity_pt_inv; [apply continuity_pt_id|]]. }
  split; (eapply filterlim_comp; [exact decay_vanishes|]).
  - apply (continuous_mult (fun z => A z + C / A z) (fun _ => / 2)); [|apply continuous_const].
    now apply (continuous_plus A).
  - apply (continuous_mult (fun z => A z - C / A z) (fun _ => / 2)); [|apply continuous_const].
    now apply (continuous_minus A).
Qed.

Lemma one_loss_is u v : one_loss u v = (v 0%nat * u 0%nat - 1) ^ 2 / 2.
Proof. unfold one_loss; simpl; field. Qed.

Theorem one_flow_leads :
  flow_leads one_loss 1 1 (fun _ => (a0 + C / a0) / 2) (fun _ => (a0 - C / a0) / 2) (fun _ => flow_u 0) (fun _ => flow_v 0).
Proof.
  assert (d0 : decay 0 = 1) by (unfold decay; rewrite Rmult_0_r, Ropp_0; apply exp_0).
  assert (cont : forall f : R -> R, ex_derive f 0 -> filterlim f (at_right 0) (locally (f 0))).
  { intros f Hf; refine (filterlim_filter_le_1 f _ (ex_derive_continuous (V := R_NormedModule) f 0 Hf)).
    apply filter_le_within. }
  exists (fun t _ => flow_u (decay t)), (fun t _ => flow_v (decay t)).
  split; [intros j _; unfold flow_u; now rewrite d0, A_at_start|].
  split; [intros k _; unfold flow_v; now rewrite d0, A_at_start|].
  split; [|split; [|split; [|split]]].
  - intros t j Ht Hj; assert (j = 0%nat) as -> by lia.
    exists (flow_v (decay t) * (flow_v (decay t) * flow_u (decay t) - 1)); split; [|apply flow_derives; lra].
    apply is_derive_ext with (fun x => (flow_v (decay t) * x - 1) ^ 2 / 2).
    + intros x; rewrite one_loss_is; reflexivity.
    + set (p := flow_v (decay t)); set (r := flow_u (decay t)); auto_derive; [exact I|field].
  - intros t k Ht Hk; assert (k = 0%nat) as -> by lia.
    exists (flow_u (decay t) * (flow_v (decay t) * flow_u (decay t) - 1)); split; [|apply flow_derives; lra].
    apply is_derive_ext with (fun x => (x * flow_u (decay t) - 1) ^ 2 / 2).
    + intros x; rewrite one_loss_is; reflexivity.
    + set (p := flow_v (decay t)); set (r := flow_u (decay t)); auto_derive; [exact I|field].
  - intros _ _; exact (cont (fun t => flow_u (decay t)) (ex_intro _ _ (proj1 (flow_derives 0 (Rle_refl 0))))).
  - intros _ _; exact (cont (fun t => flow_v (decay t)) (ex_intro _ _ (proj2 (flow_derives 0 (Rle_refl 0))))).
  - right; split; intros _ _; [exact (proj1 flow_ends)|exact (proj2 flow_ends)].
Qed.

Lemma end_square : A 0 ^ 2 = 2 + speed.
Proof. rewrite A_squared by lra; unfold Q, top; rewrite !Rmult_0_r; field. Qed.

Lemma end_fits : flow_v 0 * flow_u 0 = 1.
Proof.
  pose proof (A_nonzero 0 ltac:(lra)) as N; pose proof end_square as E; pose proof speed_squared as L.
  pose proof speed_at_least; unfold flow_u, flow_v.
  replace ((A 0 - C / A 0) / 2 * ((A 0 + C / A 0) / 2)) with ((A 0 ^ 2 - C ^ 2 / A 0 ^ 2) / 4) by (field; exact N).
  rewrite E; replace (C ^ 2) with ((speed - 2) * (speed + 2)) by (replace (C ^ 2) with (speed ^ 2 - 4) by lra; ring).
  field; lra.
Qed.

Lemma end_imbalance : flow_u 0 ^ 2 - flow_v 0 ^ 2 = C.
Proof. pose proof (A_nonzero 0 ltac:(lra)) as N; unfold flow_u, flow_v; field; exact N. Qed.

(** Where it ends, by the sign of [a]. *)
Lemma end_by_sign : A 0 = a0 / Rabs a0 * sqrt (2 + speed).
Proof.
  pose proof start_square as P; pose proof speed_at_least.
  unfold A; replace (Q 0) with (2 + speed) by (unfold Q, top; rewrite !Rmult_0_r; field).
  rewrite sqrt_div_alt by assumption; rewrite <- Rsqr_pow2, sqrt_Rsqr_abs; field; now apply Rabs_no_R0.
Qed.

Theorem end_sharpness : is_sharpness one_loss 1 1 (fun _ => flow_u 0) (fun _ => flow_v 0) speed.
Proof.
  destruct (sharpness_exists (INR 1) 1 1 1 (fun _ _ => 1) (fun _ => 1) (fun _ => flow_u 0) (fun _ => flow_v 0)
    ltac:(simpl; lra) ltac:(lia)) as [S HS].
  assert (HS' : is_sharpness one_loss 1 1 (fun _ => flow_u 0) (fun _ => flow_v 0) S).
  { refine (is_sharpness_ext _ _ _ _ _ _ _ _ HS); intros u v; rewrite one_loss_is.
    unfold scaled_loss, residual, output, matrix_vector, norm_sq, dot; simpl; field. }
  assert (given : thm_4_3.hypotheses 1 1 1 C S (flow_v 0) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1)
                    (fun _ => 1) (fun _ => 1) (fun _ => flow_u 0) (fun _ => 1)).
  { pose proof end_fits; pose proof end_imbalance.
    split; intros; simpl; try lia; try lra; try exact HS';
      repeat match goal with H : (?i < 1)%nat |- _ => assert (i = 0%nat) as -> by lia; clear H end;
      rewrite ?delta_same; try lra; try apply Rle_refl. }
  pose proof (claims_thm_4_3.lower _ _ _ _ _ _ _ _ _ _ _ _ _ given) as L.
  pose proof (claims_thm_4_3.upper _ _ _ _ _ _ _ _ _ _ _ _ _ given) as U.
  simpl in L, U.
  assert (E : sqrt (C * (C * 1) + 4 * (0 + 1 * (1 * 1) / (1 * (1 * 1)))) = speed) by (unfold speed; f_equal; field).
  rewrite E in L, U; replace speed with S; [exact HS'|]; lra.
Qed.

End Flow.
