(** The claims of thm-5.7: the expectation of Corollary 5.3's bounds, which hold for almost every start. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_2 lemma_b_2 sharpness
  expectation gaussian_law gaussian_moments normal_numbers theorem_5_7 printed_setting.
From Kernel Require thm_5_7 cor_5_3 claims_cor_5_3.
Local Open Scope R_scope.

Lemma almost_below {Omega} (E : expectation Omega) n (P : nat -> Omega -> Prop) :
  (forall k, (k < n)%nat -> almost E (P k)) -> almost E (fun o => forall k, (k < n)%nat -> P k o).
Proof.
  induction n as [|n IH]; intros H; [apply almost_every; intros; lia|].
  refine (almost_weaker _ E _ _ _ (almost_both _ E _ _ (IH (fun k Hk => H k ltac:(lia))) (H n ltac:(lia)))).
  intros o [A B] k Hk; destruct (Nat.eq_dec k n) as [->|]; [exact B|apply A; lia].
Qed.

Section Limit.

Context {Omega : Type}.
Variables (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega -> R) (X e w : nat -> nat -> R) (alpha beta : R).
Variables (c s y : nat -> R) (u u_0 : Omega -> nat -> R).
Hypothesis given : thm_5_7.hypotheses Omega E N d r C S v v_0 X e w alpha beta c s y u u_0.

Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.
Let label := ∑ i < r, c i ^ 2.
Let m := INR r * alpha ^ 2 - beta ^ 2.
Let m2 := m ^ 2 + 2 * INR r * alpha ^ 4 + 2 * beta ^ 4.

Lemma pointwise : almost E (fun o =>
  cor_5_3.hypotheses N d r (C o) (S o) (v o) (v_0 o) X e w c s (u o) (u_0 o) y).
Proof.
  destruct given.
  refine (almost_weaker _ E _ _ _ (almost_both _ E _ _ (almost_both _ E _ _ flow imbalance)
           (almost_both _ E _ _ sharpness (almost_below E N _ minimizer)))).
  intros o [[F I] [H M]]; split; assumption.
Qed.

Lemma given_orthonormal : orthonormal d r w.
Proof. destruct given; intros i k Hi Hk; now apply right_orthonormal. Qed.

Lemma given_imbalance : almost E (fun o => Kernel.definition_4_2.imbalance d r w (u_0 o) (fun _ => v_0 o) 0 = C o).
Proof.
  destruct given; refine (almost_weaker _ E _ _ _ imbalance); intros o ->.
  rewrite printed_imbalance; [reflexivity|exact right_orthonormal].
Qed.

Lemma given_moments : gaussian_weights E d alpha beta u_0 v_0.
Proof. destruct given; now apply normal_weights. Qed.

Lemma mean_C : has_mean E C m.
Proof.
  apply (has_mean_almost E _ _ _ given_imbalance).
  eapply has_mean_value; [apply (equation_25 E d r alpha beta u_0 v_0 w given_moments given_orthonormal)|unfold m; ring].
Qed.

Lemma mean_C_squared : has_mean E (fun o => C o * C o) m2.
Proof.
  apply has_mean_almost with (fun o => Kernel.definition_4_2.imbalance d r w (u_0 o) (fun _ => v_0 o) 0
                                     * Kernel.definition_4_2.imbalance d r w (u_0 o) (fun _ => v_0 o) 0).
  { refine (almost_weaker _ E _ _ _ given_imbalance); intros o <-; reflexivity. }
  eapply has_mean_value; [apply (equation_27 E d r alpha beta u_0 v_0 w given_moments given_orthonormal)|].
  unfold m2, m; ring.
Qed.

Lemma Q_positive : 0 < Q.
Proof. destruct given; assumption. Qed.

(** [phi C = sqrt (C^2 + 4 Q)] is a continuous function of the start, for almost every start. *)
Lemma radical_mean : has_mean E (fun o => phi Q (C o)) (expected_value E (fun o => phi Q (C o))).
Proof.
  apply has_mean_intro; pose proof Q_positive as HQ; destruct given; pose proof (regular_coordinate (d + 1)) as coordinate.
  set (p := fun x : nat -> R => (∑ i < r, (∑ k < d, alpha * x k * w i k) ^ 2) + -1 * (beta * x d * (beta * x d))).
  assert (Rp : regular (d + 1) (fun x => phi Q (p x))).
  { apply (regular_after _ (phi Q)).
    - intros t; apply continuity_pt_filterlim, (ex_derive_continuous (V := R_NormedModule) (phi Q)).
      eexists; now apply phi_derivative.
    - exists (1 + 2 * sqrt Q); pose proof (sqrt_pos Q); split; [lra|]; intros t; pose proof (Rabs_pos t) as Ht.
      unfold phi; rewrite Rabs_pos_eq by apply sqrt_pos.
      assert (Et : t * t = Rabs t * Rabs t) by (unfold Rabs; destruct (Rcase_abs t); ring).
      pose proof (sqrt_sqrt Q ltac:(lra)) as SQ.
      rewrite <- (sqrt_square ((1 + 2 * sqrt Q) * (1 + Rabs t))) by (apply Rmult_le_pos; lra).
      apply sqrt_le_1_alt; rewrite Et.
      assert (0 <= sqrt Q * Rabs t) by (apply Rmult_le_pos; assumption).
      assert ((Rabs t + 2 * sqrt Q) * (Rabs t + 2 * sqrt Q)
        <= (1 + 2 * sqrt Q) * (1 + Rabs t) * ((1 + 2 * sqrt Q) * (1 + Rabs t))) by (apply Rmult_le_compat; nra).
      nra.
    - unfold p; apply regular_plus.
      + apply regular_Sum; intros i Hi.
        assert (L : regular (d + 1) (fun x => ∑ k < d, alpha * x k * w i k)).
        { apply regular_Sum; intros k Hk; apply regular_ext with (fun x => alpha * w i k * x k); [intros; ring|].
          apply regular_scal, coordinate; lia. }
        apply regular_ext with (fun x => (∑ k < d, alpha * x k * w i k) * (∑ k < d, alpha * x k * w i k));
          [intros; ring|now apply regular_mult].
      + apply regular_scal, regular_mult; apply regular_scal, coordinate; lia. }
  destruct (initialization _ Rp) as [I _].
  refine (integrable_ext _ E _ _ _ I); refine (almost_weaker _ E _ _ _ imbalance); intros o ->; unfold p; f_equal.
  set (z := standardised d alpha beta u_0 v_0 o).
  change ((∑ i < r, (∑ k < d, alpha * z k * w i k) ^ 2) + -1 * (beta * z d * (beta * z d))
    = (∑ i < r, (∑ k < d, u_0 o k * w i k) ^ 2) - v_0 o ^ 2); unfold z.
  rewrite <- (standardised_last d alpha beta u_0 v_0) by assumption.
  rewrite (Sum_ext r _ (fun i => (∑ k < d, u_0 o k * w i k) ^ 2)); [ring|].
  intros i Hi; f_equal; apply Sum_ext; intros k Hk; f_equal; symmetry.
  now apply (standardised_first d alpha beta u_0 v_0).
Qed.

Let p := expected_value E (fun o => phi Q (C o)).

Lemma jensen_both : sqrt (m * m + 4 * Q) <= p <= sqrt (m2 + 4 * Q).
Proof. exact (equation_26 E C Q m m2 p Q_positive mean_C mean_C_squared radical_mean). Qed.

(** The bounds of Corollary 5.3 are linear in [C] and [phi C]. *)
Let line (l : R) (o : Omega) : R := / (2 * INR N) * (s 0%nat ^ 2 * (phi Q (C o) - C o) + l / Q * (phi Q (C o) + C o)).

Lemma line_mean l : has_mean E (line l) (/ (2 * INR N) * (s 0%nat ^ 2 * (p - m) + l / Q * (p + m))).
Proof.
  apply has_mean_scal, has_mean_plus; apply has_mean_scal.
  - apply has_mean_minus; [exact radical_mean|exact mean_C].
  - apply has_mean_plus; [exact radical_mean|exact mean_C].
Qed.

Lemma printed_root o : sqrt (C o ^ 2 + 4 * Q) = phi Q (C o).
Proof. unfold phi; f_equal; ring. Qed.

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

Lemma above : almost E (fun o => line (c 0%nat ^ 2) o <= S o).
Proof.
  pose proof Q_positive; pose proof samples_positive; refine (almost_weaker _ E _ _ _ pointwise); intros o H1.
  pose proof (claims_cor_5_3.lower _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H1) as L; fold Q in L; rewrite printed_root in L.
  eapply Rle_trans; [apply Req_le|exact L]; unfold line; field; lra.
Qed.

Lemma below : almost E (fun o => S o <= line label o).
Proof.
  pose proof Q_positive; pose proof samples_positive; refine (almost_weaker _ E _ _ _ pointwise); intros o H1.
  pose proof (claims_cor_5_3.upper _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H1) as U; fold Q label in U; rewrite printed_root in U.
  eapply Rle_trans; [exact U|apply Req_le]; unfold line; field; lra.
Qed.

Lemma mean_S : has_mean E S (expected_value E S).
Proof.
  apply has_mean_intro, between_is_integrable with (line (c 0%nat ^ 2)) (line label).
  - exact (thm_5_7.random_S _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ given).
  - apply line_mean.
  - apply line_mean.
  - apply almost_both; [exact above|exact below].
Qed.

Lemma weight_nonneg l : 0 <= l -> 0 <= l / Q.
Proof. intros H; apply Rdiv_le_0_compat; [exact H|exact Q_positive]. Qed.

Lemma lower_bound :
  / (2 * INR N) * (s 0%nat ^ 2 * (sqrt (m * m + 4 * Q) - m) + c 0%nat ^ 2 / Q * (sqrt (m * m + 4 * Q) + m))
  <= expected_value E S.
Proof.
  pose proof samples_positive; pose proof jensen_both; pose proof (weight_nonneg _ (pow2_ge_0 (c 0%nat))).
  pose proof (pow2_ge_0 (s 0%nat)).
  apply Rle_trans with (2 := has_mean_le_almost E _ _ _ _ (line_mean (c 0%nat ^ 2)) mean_S above).
  apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.

Lemma upper_bound : expected_value E S <=
  / (2 * INR N) * (s 0%nat ^ 2 * (sqrt (m2 + 4 * Q) - m) + label / Q * (sqrt (m2 + 4 * Q) + m)).
Proof.
  pose proof samples_positive; pose proof jensen_both; pose proof (pow2_ge_0 (s 0%nat)).
  assert (0 <= label / Q) by (apply weight_nonneg, Sum_nonneg; intros; apply pow2_ge_0).
  apply Rle_trans with (1 := has_mean_le_almost E _ _ _ _ mean_S (line_mean label) below).
  apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.

End Limit.

Section Claims.

Variables (Omega : Type) (E : expectation Omega) (N d r : nat) (C S v v_0 : Omega -> R) (X e w : nat -> nat -> R).
Variables (alpha beta : R) (c s y : nat -> R) (u u_0 : Omega -> nat -> R).
Hypothesis given : thm_5_7.hypotheses Omega E N d r C S v v_0 X e w alpha beta c s y u u_0.

Lemma expected_C_squared : expected_value E (fun o => C o ^ 2)
  = (INR r * alpha ^ 2 - beta ^ 2) ^ 2 + 2 * INR r * alpha ^ 4 + 2 * beta ^ 4.
Proof.
  refine (proj2 (has_mean_ext E _ _ _ _ (mean_C_squared E N d r C S v v_0 X e w alpha beta c s y u u_0 given))).
  intros; ring.
Qed.

Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.

Lemma expected_radical : expected_value E (fun o => sqrt (C o ^ 2 + 4 * Q)) = expected_value E (fun o => phi Q (C o)).
Proof.
  refine (proj2 (has_mean_ext E _ _ _ _ (radical_mean E N d r C S v v_0 X e w alpha beta c s y u u_0 given))).
  intros o; unfold phi; fold Q; f_equal; ring.
Qed.

End Claims.

Theorem mean : thm_5_7.mean.
Proof. intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H; exact (proj2 (mean_C _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem second_moment : thm_5_7.second_moment.
Proof. intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H; eapply expected_C_squared; exact H. Qed.

Theorem radical_below : thm_5_7.radical_below.
Proof.
  intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H.
  rewrite (expected_radical _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  eapply Rle_trans; [|apply (jensen_both _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)].
  apply Req_le; f_equal; ring.
Qed.

Theorem radical_above : thm_5_7.radical_above.
Proof.
  intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H.
  rewrite (expected_radical _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  apply (jensen_both _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem lower : thm_5_7.lower.
Proof.
  intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); pose proof (Q_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  eapply Rle_trans; [|exact (lower_bound _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)].
  apply Req_le; replace ((beta ^ 2 - INR r * alpha ^ 2) ^ 2) with ((INR r * alpha ^ 2 - beta ^ 2) ^ 2) by ring.
  replace ((INR r * alpha ^ 2 - beta ^ 2) * (INR r * alpha ^ 2 - beta ^ 2)) with ((INR r * alpha ^ 2 - beta ^ 2) ^ 2) by ring.
  field; lra.
Qed.

Theorem upper : thm_5_7.upper.
Proof.
  intros Omega E N d r C S v v_0 X e w alpha beta c s y u u_0 H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); pose proof (Q_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  eapply Rle_trans; [exact (upper_bound _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)|].
  apply Req_le; replace ((beta ^ 2 - INR r * alpha ^ 2) ^ 2) with ((INR r * alpha ^ 2 - beta ^ 2) ^ 2) by ring.
  field; lra.
Qed.
