(** A moving solution of the gradient flow on one sample: [u = v = 1 / sqrt (1 + exp (-2 t))] from
    [u = v = sqrt (1/2)] to the minimizer [u = v = 1] of the label 1. It satisfies every hypothesis of Lemma 5.2 and
    of Corollaries 5.3 and 5.4, and gives Theorem 5.7 a law of two outcomes. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model gradient hessian sharpness gradient_flow corollaries_5_3_and_5_4
  theorem_4_3 theorem_4_6 erratum_depth lemma_b_2 expectation.
Import ListNotations.
Local Open Scope R_scope.

Definition logistic (t : R) : R := / sqrt (1 + exp (-2 * t)).

(** The two solutions with sign [sigma = 1] and [sigma = -1]. *)
Definition moving (sigma t : R) (_ : nat) : R := sigma * logistic t.

Lemma logistic_derivative (t : R) : is_derive logistic t (logistic t * (1 - logistic t * logistic t)).
Proof.
  pose proof (exp_pos (-2 * t)) as He.
  assert (Hr : 0 < sqrt (1 + exp (-2 * t))) by (apply sqrt_lt_R0; lra).
  assert (Hs : sqrt (1 + exp (-2 * t)) * sqrt (1 + exp (-2 * t)) = 1 + exp (-2 * t)) by (apply sqrt_sqrt; lra).
  eapply derive_value.
  - unfold logistic; apply derive_inverse; [|lra].
    apply (derive_composition sqrt (fun t => 1 + exp (-2 * t)) t (/ (2 * sqrt (1 + exp (-2 * t))))
             (-2 * exp (-2 * t))).
    + apply is_derive_Reals, derivable_pt_lim_sqrt; lra.
    + auto_derive; [trivial|ring].
  - unfold logistic; set (q := sqrt (1 + exp (-2 * t))) in *.
    replace (exp (-2 * t)) with (q * q - 1) by lra; field; lra.
Qed.

Lemma moving_residual sigma t n :
  sigma * sigma = 1 ->
  residual 1 1 unit_X (unit_y 1) (moving sigma t) (moving sigma t) n = logistic t * logistic t - 1.
Proof.
  intros Hs; unfold residual, output, matrix_vector, dot, unit_X, unit_y, moving; simpl.
  transitivity (sigma * sigma * (logistic t * logistic t) - 1); [ring|rewrite Hs; ring].
Qed.

Lemma logistic_continuous (t : R) : filterlim logistic (at_right t) (locally (logistic t)).
Proof.
  eapply filterlim_filter_le_1; [apply filter_le_within|].
  apply (ex_derive_continuous (V := R_NormedModule) logistic); eexists; apply logistic_derivative.
Qed.

Example moving_flow sigma : sigma * sigma = 1 ->
  gradient_flow 1 1 1 unit_X (unit_y 1) (moving sigma) (moving sigma).
Proof.
  intros Hs; split.
  - intros t j Ht Hj; unfold moving at 1.
    eapply derive_value; [apply derive_scaled, logistic_derivative|].
    unfold gradient_u, transposed_vector; simpl Sum; rewrite moving_residual by assumption.
    unfold unit_X, moving; simpl; field.
  - intros t j Ht Hj; unfold moving at 1.
    eapply derive_value; [apply derive_scaled, logistic_derivative|].
    assert (j = 0%nat) as -> by lia.
    unfold gradient_v, Prod_except, dot, transposed_vector; simpl; rewrite moving_residual by assumption.
    unfold unit_X, moving; field.
  - intros j _; unfold moving; apply limit_mult; [apply at_right_proper_filter| |apply logistic_continuous].
    apply limit_constant, at_right_proper_filter.
  - intros j _; unfold moving; apply limit_mult; [apply at_right_proper_filter| |apply logistic_continuous].
    apply limit_constant, at_right_proper_filter.
Qed.

Lemma logistic_limit : filterlim logistic (Rbar_locally p_infty) (locally 1).
Proof.
  change (is_lim logistic p_infty 1); unfold logistic.
  assert (H : is_lim (fun t => 1 + exp (-2 * t)) p_infty 1).
  { replace (Finite 1) with (Rbar_plus 1 0) by (simpl; f_equal; ring).
    apply (is_lim_plus' (fun _ => 1) (fun t => exp (-2 * t)) p_infty 1 0); [apply is_lim_const|].
    apply is_lim_comp with m_infty; [apply is_lim_exp_m| |].
    - replace m_infty with (Rbar_mult (-2) p_infty).
      + apply is_lim_scal_l, is_lim_id.
      + simpl; destruct (Rle_dec 0 (-2)); [exfalso; lra|reflexivity].
    - exists 0; intros; discriminate. }
  assert (Hq : is_lim (fun t => sqrt (1 + exp (-2 * t))) p_infty 1).
  { replace (Finite 1) with (Finite (sqrt 1)) by now rewrite sqrt_1.
    apply (is_lim_comp_continuous (fun t => 1 + exp (-2 * t)) sqrt p_infty 1 H).
    apply continuous_sqrt. }
  replace (Finite 1) with (Rbar_inv 1) by (simpl; f_equal; field).
  apply is_lim_inv; [exact Hq|intros E; injection E; lra].
Qed.

Example moving_converges sigma : sigma * sigma = 1 ->
  converges_to_minimizer 1 1 1 unit_X (unit_y 1) (moving sigma) (moving sigma)
    (fun _ => sigma) (fun _ => sigma).
Proof.
  intros Hs.
  assert (L : filterlim (fun t => sigma * logistic t) (Rbar_locally p_infty) (locally sigma)).
  { replace (locally sigma) with (locally (sigma * 1)) by (f_equal; ring); apply limit_mult; [apply Rbar_locally_filter| |apply logistic_limit].
    apply limit_constant, Rbar_locally_filter. }
  split; [intros; exact L|split; [intros; exact L|]].
  apply fitting_labels_minimizes; [lia|]; intros n _.
  unfold residual, output, matrix_vector, dot, unit_X, unit_y; simpl; lra.
Qed.

Lemma moving_balanced sigma : balanced 2 1 1 basis (moving sigma 0) (moving sigma 0).
Proof.
  intros k _; unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ unit_svd).
  unfold norm_sq; unfold dot at 1; simpl; rewrite !dot_basis_l by lia; unfold moving; ring.
Qed.

(** The hypotheses of Corollaries 5.3 and 5.4, and the value they give: the sharpness is 2. *)
Example corollary_5_4_on_the_example S :
  is_sharpness (loss 1 1 1 unit_X (unit_y 1)) 1 1 (fun _ => 1) (fun _ => 1) S -> S = 2.
Proof.
  intros HS; assert (H1 : 1 * 1 = 1) by ring.
  destruct (corollary_5_4 1 2 1 1 unit_X unit_s basis basis (unit_y 1) (moving 1) (moving 1)
    (fun _ => 1) (fun _ => 1) S ltac:(lia) ltac:(lia) unit_svd (unit_reachable 1)
    ltac:(rewrite unit_norm; lra) (moving_flow 1 H1) (moving_converges 1 H1) (moving_balanced 1) HS) as [L U].
  rewrite unit_difficulty in L, U.
  replace (1 * 1) with (1 ^ 2) in L, U by ring.
  rewrite depth_bound_at_power in L, U by (lia || lra).
  rewrite unit_norm in U; unfold label_coefficient in L; rewrite dot_basis_l in L by lia.
  unfold unit_s, unit_y in *; simpl in *; lra.
Qed.

(** A law of two outcomes for Theorem 5.7: the sign of the start, with equal probability. *)
Definition coin : list (R * bool) := [(1/2, true); (1/2, false)].

Lemma coin_nonneg weight o : In (weight, o) coin -> 0 <= weight.
Proof. intros [E|[E|[]]]; injection E as <- _; lra. Qed.

Lemma coin_total : weighted_sum coin (fun _ => 1) = 1.
Proof. simpl; lra. Qed.

Definition coin_expectation : expectation bool := finite_expectation coin coin_nonneg coin_total.

Definition sign (o : bool) : R := if o then 1 else -1.

Lemma sign_squared o : sign o * sign o = 1.
Proof. destruct o; simpl; lra. Qed.

Example theorem_5_7_not_vacuous : exists (S : bool -> R) mean_S p,
  (forall o, gradient_flow 1 1 1 unit_X (unit_y 1) (moving (sign o)) (moving (sign o))) /\
  (forall o, converges_to_minimizer 1 1 1 unit_X (unit_y 1) (moving (sign o)) (moving (sign o))
               (fun _ => sign o) (fun _ => sign o)) /\
  (forall o, is_sharpness (loss 1 1 1 unit_X (unit_y 1)) 1 1 (fun _ => sign o) (fun _ => sign o) (S o)) /\
  has_mean coin_expectation S mean_S /\
  has_mean coin_expectation
    (fun o => phi 1 (imbalance 1 1 basis (moving (sign o) 0) (moving (sign o) 0) 0)) p.
Proof.
  assert (H1 : INR 1 <> 0) by (simpl; lra).
  destruct (sharpness_exists (INR 1) 1 1 1 unit_X (unit_y 1) (fun _ => sign true) (fun _ => sign true) H1
              ltac:(lia)) as [S1 HS1].
  destruct (sharpness_exists (INR 1) 1 1 1 unit_X (unit_y 1) (fun _ => sign false) (fun _ => sign false) H1
              ltac:(lia)) as [S2 HS2].
  exists (fun o : bool => if o then S1 else S2); do 2 eexists.
  split; [intros o; apply moving_flow, sign_squared|].
  split; [intros o; apply moving_converges, sign_squared|].
  split; [intros [|]; assumption|].
  split; (split; [exact I|reflexivity]).
Qed.
