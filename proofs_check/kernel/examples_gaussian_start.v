(** Every hypothesis of Theorem 5.7 holds together, under the Lebesgue integral of a Gaussian law: one sample, one
    feature, label 1, both weights standard normal. In [a = u + v], whose square solves a logistic equation, and
    [b = u - v = C / a] the gradient flow is explicit, and it ends at a minimizer from every start with [a <> 0]. *)

From Coq Require Import Reals Lra Lia PeanoNat Classical_Prop.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model sharpness language_of_statements printed_setting
  expectation gaussian_integral gaussian_law gaussian_identities gaussian_harmonic_mean gaussian_lebesgue normal_numbers
  theorem_4_3.
From Kernel Require thm_4_3 claims_thm_4_3 thm_5_7.
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

(** The sign of a regular function, which is no continuous function, times another is integrable. *)
Lemma signed_integrable n a g : regular n a -> regular n g ->
  integrable (gaussian_space n) (fun x => a x / Rabs (a x) * g x).
Proof.
  intros Ra Rg.
  set (w := fun (k : nat) x => match k with O => 0 | S _ => / (Rabs (a x) + / INR k) end).
  set (p := fun x => g x * a x); assert (Rp : regular n p) by now apply regular_mult.
  assert (small : forall k, 0 < / INR (S k)) by (intros; apply Rinv_0_lt_compat, lt_0_INR; lia).
  assert (Rw : forall k, regular n (w k)).
  { intros [|k]; [exact (regular_constant n 0)|]; exact (regular_reciprocal n _ a (small k) Ra). }
  assert (up : forall k x, w k x <= w (S k) x).
  { intros [|k] x; pose proof (Rabs_pos (a x)); unfold w.
    - apply Rlt_le, Rinv_0_lt_compat; pose proof (small 0%nat); lra.
    - pose proof (small (S k)); apply Rinv_le_contravar; [lra|]; apply Rplus_le_compat_l, Rinv_le_contravar.
      + apply lt_0_INR; lia.
      + apply le_INR; lia. }
  assert (bound : forall k x, Rabs (a x) * w k x <= 1).
  { intros [|k] x; unfold w; [lra|]; pose proof (small k); pose proof (Rabs_pos (a x)).
    apply Rmult_le_reg_r with (Rabs (a x) + / INR (S k)); [lra|]; rewrite Rmult_assoc, Rinv_l; lra. }
  assert (telescope : forall (q : (nat -> R) -> R) x k, ∑ i < k, q x * (w (S i) x - w i x) = q x * w k x).
  { intros q x k; induction k as [|k IH]; [simpl; ring|].
    change (∑ i < k, q x * (w (S i) x - w i x) + q x * (w (S k) x - w k x) = q x * w (S k) x); rewrite IH; ring. }
  assert (Rstep : forall q i, regular n q -> regular n (fun x => q x * (w (S i) x - w i x))).
  { intros q i Rq; apply regular_mult; [exact Rq|].
    apply regular_ext with (fun x => w (S i) x + -1 * w i x); [intros; ring|apply regular_plus; [|apply regular_scal]; apply Rw]. }
  apply (represented_integrable n (fun i x => p x * (w (S i) x - w i x)) (fun i x => Rabs (p x) * (w (S i) x - w i x))).
  - split.
    + intros i; apply (Rstep (fun x => Rabs (p x))), regular_Rabs, Rp.
    + intros i x; apply Rmult_le_pos; [apply Rabs_pos|pose proof (up i x); lra].
    + exists (gaussian n (fun x => Rabs (g x))); intros k.
      rewrite <- mean_of_Sum by (intros i; apply (Rstep (fun x => Rabs (p x))), regular_Rabs, Rp).
      apply gaussian_le; [apply regular_Sum; intros; apply (Rstep (fun x => Rabs (p x))), regular_Rabs, Rp
                         |now apply regular_Rabs|].
      intros x; rewrite (telescope (fun x => Rabs (p x))); unfold p; rewrite Rabs_mult.
      pose proof (bound k x); pose proof (Rabs_pos (g x)); nra.
  - split.
    + intros i; now apply Rstep.
    + intros i x; rewrite Rabs_mult, (Rabs_pos_eq (w (S i) x - w i x)); [lra|pose proof (up i x); lra].
    + intros x _; apply is_lim_seq_ext with (fun k => p x * w k x); [intros; symmetry; apply telescope|].
      unfold p; destruct (Req_dec (a x) 0) as [Z|Z].
      * rewrite Z; apply is_lim_seq_ext with (fun _ => 0); [intros; ring|].
        replace (0 / Rabs 0 * g x) with 0 by (unfold Rdiv; ring); apply is_lim_seq_const.
      * pose proof (Rabs_pos_lt _ Z).
        replace (a x / Rabs (a x) * g x) with (g x * a x * / Rabs (a x)) by (field; lra).
        apply (is_lim_seq_scal_l _ (g x * a x) (Finite _)).
        apply is_lim_seq_incr_1.
        replace (Finite (/ Rabs (a x))) with (Rbar_inv (Finite (Rabs (a x) + 0))) by (simpl; now rewrite Rplus_0_r).
        apply (is_lim_seq_inv (fun k => Rabs (a x) + / INR (S k))); [|simpl; intros E; injection E; lra].
        apply is_lim_seq_plus'; [apply is_lim_seq_const|].
        apply (is_lim_seq_incr_1 (fun k => / INR k)).
        change (Finite 0) with (Rbar_inv p_infty); apply is_lim_seq_inv; [apply is_lim_seq_INR|discriminate].
Qed.

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
    apply FunctionalExtensionality.functional_extensionality; intros x; unfold end_u, Rdiv; ring.
  - intros k Hk; exact (random _ R0).
  - refine (eq_ind _ (measurable (gaussian_space 2)) (random_end (-1)) _ _).
    apply FunctionalExtensionality.functional_extensionality; intros x; unfold end_v, Rdiv; ring.
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
