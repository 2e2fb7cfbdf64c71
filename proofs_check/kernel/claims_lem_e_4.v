(** The claims of lem-e.4: gradient flow conserves the imbalance of the nonlinear model. *)

From Coq Require Import Reals Lra Lia PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  gradient_flow nonlinear_model lemma_e_4 language_of_statements printed_setting flow_of_a_loss.
From Kernel Require lem_e_4.
Local Open Scope R_scope.

Lemma printed_nonlinear_loss N d phi X y a (b : R) : (0 < N)%nat ->
  (∑ n < N, (b * phi (∑ k < d, a k * X n k) - y n) ^ 2) / INR N / 2 = nonlinear_loss N d phi X y a b.
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  unfold nonlinear_loss.
  replace (∑ n < N, (b * phi (∑ k < d, a k * X n k) - y n) ^ 2) with (norm_sq N (nonlinear_residual d phi X y a b)).
  - field; lra.
  - apply Sum_ext; intros n _; unfold nonlinear_residual; rewrite printed_coefficient; fold (matrix_vector d X a n); ring.
Qed.

Lemma partial_first_nonlinear N d phi slope X y u (v : R) j :
  (0 < N)%nat -> (forall x : R, is_derive phi x (slope x)) -> (j < d)%nat ->
  is_derive (fun x => nonlinear_loss N d phi X y (with_entry j x u) v) (u j) (nonlinear_gradient_u N d phi slope X y u v j).
Proof.
  intros HN Hphi Hj.
  apply is_derive_ext with (fun x => nonlinear_loss N d phi X y (along u (basis j) (x - u j)) (v + (x - u j) * 0)).
  - intros x; rewrite with_entry_along; now replace (v + (x - u j) * 0) with v by ring.
  - apply (derive_shifted (fun t => nonlinear_loss N d phi X y (along u (basis j) t) (v + t * 0))).
    eapply derive_value; [now apply (nonlinear_gradient_is_the_derivative N d phi slope X y u v (basis j) 0)|].
    rewrite dot_sym, dot_basis_l by assumption; ring.
Qed.

Lemma partial_second_nonlinear N d phi slope X y u (v : R) :
  (0 < N)%nat -> (forall x : R, is_derive phi x (slope x)) ->
  is_derive (fun x => nonlinear_loss N d phi X y u x) v (nonlinear_gradient_v N d phi X y u v).
Proof.
  intros HN Hphi.
  apply is_derive_ext with (fun x => nonlinear_loss N d phi X y (along u (fun _ => 0) (x - v)) (v + (x - v) * 1)).
  - assert (E : forall z : R, v + (z - v) * 1 = z) by (intros; ring).
    intros x; rewrite along_nowhere, E; reflexivity.
  - apply (derive_shifted (fun t => nonlinear_loss N d phi X y (along u (fun _ => 0) t) (v + t * 1))).
    eapply derive_value; [now apply (nonlinear_gradient_is_the_derivative N d phi slope X y u v (fun _ => 0) 1)|].
    rewrite dot_nowhere; ring.
Qed.

Section Row.

Variables (N d : nat) (X w : nat -> nat -> R) (a s u u_0 u_t y : nat -> R) (b v v_0 v_t : R) (Phi phi slope : R -> R).
Hypothesis given : lem_e_4.hypotheses N d X w a s u u_0 u_t y b v v_0 v_t Phi phi slope.

Lemma samples : (0 < N)%nat.
Proof. destruct given; assumption. Qed.

Lemma sample_products n m : (n < N)%nat -> (m < N)%nat -> dot d (X n) (X m) = s n * s m * delta n m.
Proof.
  intros Hn Hm; destruct given.
  rewrite (dot_ext d (X n) (X m) (fun k => s n * w n k) (fun k => s m * w m k)) by auto.
  rewrite dot_scal_l, dot_scal_r; unfold dot; rewrite (directions m n Hm Hn); ring.
Qed.

Lemma sample_norm n : (n < N)%nat -> norm_sq d (X n) = s n ^ 2.
Proof. intros Hn; unfold norm_sq; rewrite sample_products, delta_same by assumption; ring. Qed.

Lemma samples_orthogonal : orthogonal_samples N d X.
Proof.
  split.
  - intros i k Hi Hk H; rewrite sample_products, delta_other by assumption; ring.
  - intros i Hi; rewrite sample_norm by assumption; apply pow_lt; destruct given; now apply domain_of_s.
Qed.

Lemma printed_imbalance a' (b' : R) :
  2 * (∑ n < N, Phi (∑ k < d, X n k * a' k) / s n ^ 2) - b' ^ 2 = nonlinear_imbalance N d Phi X a' b'.
Proof.
  unfold nonlinear_imbalance; f_equal; [f_equal|ring].
  apply Sum_ext; intros n Hn; now rewrite sample_norm.
Qed.

Lemma imbalance_limit (F : (R -> Prop) -> Prop) {FF : Filter F} (U : R -> nat -> R) (V : R -> R) a' b' :
  (forall j, (j < d)%nat -> filterlim (fun t => U t j) F (locally (a' j))) -> filterlim V F (locally b') ->
  filterlim (fun t => nonlinear_imbalance N d Phi X (U t) (V t)) F (locally (nonlinear_imbalance N d Phi X a' b')).
Proof.
  intros Ha Hb; unfold nonlinear_imbalance; apply limit_minus; [assumption| |now apply limit_mult].
  apply limit_mult; [assumption|apply limit_constant; assumption|].
  apply (limit_Sum F N (fun n t => Phi (matrix_vector d X (U t) n) / norm_sq d (X n))
    (fun n => Phi (matrix_vector d X a' n) / norm_sq d (X n))); intros n Hn.
  unfold Rdiv; apply limit_mult; [assumption| |apply limit_constant; assumption].
  apply filterlim_comp with (locally (matrix_vector d X a' n)).
  - apply (limit_Sum F d (fun j t => X n j * U t j) (fun j => X n j * a' j)); intros j Hj.
    apply limit_mult; [assumption|apply limit_constant; assumption|now apply Ha].
  - apply (ex_derive_continuous (V := R_NormedModule) Phi); eexists; destruct given; apply derivative_of_Phi.
Qed.

Lemma imbalance_ext a1 a2 (b' : R) : (forall j, (j < d)%nat -> a1 j = a2 j) ->
  nonlinear_imbalance N d Phi X a1 b' = nonlinear_imbalance N d Phi X a2 b'.
Proof.
  intros E; unfold nonlinear_imbalance; do 2 f_equal; apply Sum_ext; intros n _; do 2 f_equal.
  now apply dot_ext.
Qed.

Lemma flow_keeps : nonlinear_imbalance N d Phi X u_t v_t = nonlinear_imbalance N d Phi X u_0 v_0.
Proof.
  pose proof samples as HN; pose proof samples_orthogonal as O; pose proof imbalance_limit as L; destruct given.
  destruct flow as [U [V [U0 [V0 [DU [DV [CU [CV End]]]]]]]]; set (V' := fun t => V t 0%nat).
  assert (Flow : nonlinear_flow N d phi slope X y U V').
  { split.
    - intros t j Ht Hj; destruct (DU t j Ht Hj) as [g [Hg Du]]; eapply derive_value; [exact Du|]; f_equal.
      pose proof (partial_first_nonlinear N d phi slope X y (U t) (V' t) j HN derivative_of_phi Hj) as P.
      apply (is_derive_ext _ (fun x => nonlinear_loss N d phi X y (with_entry j x (U t)) (V' t))) in Hg;
        [|intros x; now apply printed_nonlinear_loss].
      apply is_derive_unique in Hg; apply is_derive_unique in P; now rewrite <- Hg.
    - intros t Ht; destruct (DV t 0%nat Ht Nat.lt_0_1) as [g [Hg Dv]]; eapply derive_value; [exact Dv|]; f_equal.
      pose proof (partial_second_nonlinear N d phi slope X y (U t) (V' t) HN derivative_of_phi) as P.
      apply (is_derive_ext _ (fun x => nonlinear_loss N d phi X y (U t) x)) in Hg;
        [|intros x; unfold with_entry; now apply printed_nonlinear_loss].
      apply is_derive_unique in Hg; apply is_derive_unique in P; now rewrite <- Hg.
    - exact CU.
    - exact (CV 0%nat Nat.lt_0_1). }
  assert (Kept : forall t, 0 <= t -> nonlinear_imbalance N d Phi X (U t) (V' t) = nonlinear_imbalance N d Phi X (U 0) (V' 0)).
  { intros t Ht; exact (lemma_e_4 N d phi slope Phi X y U V' O phi'_is_zero_nowhere derivative_of_Phi Flow t Ht). }
  rewrite <- (imbalance_ext (U 0) u_0 v_0 U0), <- (V0 0%nat Nat.lt_0_1); change (V 0 0%nat) with (V' 0).
  destruct End as [[T [HT [EU EV]]]|[LU LV]].
  - rewrite <- (imbalance_ext (U T) u_t v_t EU), <- (EV 0%nat Nat.lt_0_1); exact (Kept T HT).
  - specialize (LV 0%nat Nat.lt_0_1).
    assert (A : filterlim (fun t => nonlinear_imbalance N d Phi X (U t) (V' t)) (Rbar_locally p_infty)
      (locally (nonlinear_imbalance N d Phi X u_t v_t))) by (apply L; [apply Rbar_locally_filter|exact LU|exact LV]).
    assert (A' : filterlim (fun t => nonlinear_imbalance N d Phi X (U t) (V' t)) (Rbar_locally p_infty)
      (locally (nonlinear_imbalance N d Phi X (U 0) (V' 0)))).
    { apply filterlim_ext_loc with (fun _ => nonlinear_imbalance N d Phi X (U 0) (V' 0)); [|apply filterlim_const].
      exists 0; intros t Ht; symmetry; apply Kept; lra. }
    exact (filterlim_locally_unique _ _ _ A A').
Qed.

End Row.

Theorem conserved : lem_e_4.conserved.
Proof.
  intros N d X w a s u u_0 u_t y b v v_0 v_t Phi phi slope H.
  rewrite !(printed_imbalance _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  exact (flow_keeps _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem gradient : lem_e_4.gradient.
Proof.
  intros N d X w a s u u_0 u_t y b v v_0 v_t Phi phi slope H; pose proof (samples _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as HN.
  destruct H.
  apply derive_ext with (fun t => nonlinear_loss N d phi X y (along u a t) (v + t * b)).
  - intros t; rewrite <- printed_nonlinear_loss by assumption; do 2 f_equal; apply Sum_ext; intros n _; do 4 f_equal.
    apply Sum_ext; intros; unfold along; ring.
  - eapply derive_value; [now apply (nonlinear_gradient_is_the_derivative N d phi slope X y u v a b)|].
    rewrite Rplus_comm; f_equal.
    + unfold nonlinear_gradient_v, nonlinear_residual, matrix_vector, dot, Rdiv; ring.
    + apply Sum_ext; intros k _; unfold nonlinear_gradient_u, nonlinear_residual, matrix_vector, dot, Rdiv.
      rewrite (Sum_ext N _ (fun n => v * (X n k * (v * phi (∑ l < d, X n l * u l) - y n) * slope (∑ l < d, X n l * u l))))
        by (intros; ring).
      rewrite Sum_scal_l; ring.
Qed.

Theorem rate : lem_e_4.rate.
Proof.
  intros N d X w a s u u_0 u_t y b v v_0 v_t Phi phi slope H; pose proof (samples _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as HN.
  assert (HNp : 0 < INR N) by now apply lt_0_INR.
  set (h := fun n => ∑ l < d, X n l * u l); set (z := fun n => v * phi (h n) - y n).
  assert (E : forall t n, (n < N)%nat ->
    (∑ k < d, X n k * (u k - t * v * (∑ m < N, X m k * (v * phi (∑ l < d, X m l * u l) - y m) * slope (∑ l < d, X m l * u l)) / INR N))
    = h n + t * (- (v / INR N) * (s n ^ 2 * z n * slope (h n)))).
  { intros t n Hn.
    rewrite (Sum_ext d _ (fun k => X n k * u k + (- (t * v / INR N)) * (∑ m < N, X n k * X m k * (z m * slope (h m))))).
    - rewrite Sum_plus, Sum_scal_l, Sum_swap; fold (h n).
      rewrite (Sum_ext N _ (fun m => delta n m * (s n * s m * (z m * slope (h m))))).
      + rewrite (Sum_delta_l N (fun m => s n * s m * (z m * slope (h m))) n Hn); unfold Rdiv; ring.
      + intros m Hm; rewrite Sum_scal_r.
        pose proof (sample_products _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H n m Hn Hm) as Q; unfold dot in Q; rewrite Q; ring.
    - intros k _; rewrite (Sum_ext N (fun m => X n k * X m k * (z m * slope (h m)))
        (fun m => X n k * (X m k * (v * phi (∑ l < d, X m l * u l) - y m) * slope (∑ l < d, X m l * u l))))
        by (intros; unfold z, h; ring).
      rewrite Sum_scal_l; unfold Rdiv; ring. }
  apply derive_ext with (fun t => 2 * (∑ n < N, / s n ^ 2 * Phi (h n + t * (- (v / INR N) * (s n ^ 2 * z n * slope (h n)))))
    - (v - t * (∑ n < N, z n * phi (h n)) / INR N) * (v - t * (∑ n < N, z n * phi (h n)) / INR N)).
  - intros t; f_equal; [f_equal; apply Sum_ext; intros n Hn; rewrite E by assumption; unfold Rdiv; ring|].
    change (∑ n < N, (v * phi (∑ l < d, X n l * u l) - y n) * phi (∑ k < d, X n k * u k)) with (∑ n < N, z n * phi (h n)); ring.
  - destruct H; eapply derive_value.
    + apply derive_difference.
      * apply derive_scaled.
        apply (derive_Sum N (fun n t => / s n ^ 2 * Phi (h n + t * (- (v / INR N) * (s n ^ 2 * z n * slope (h n))))) 0
          (fun n => / s n ^ 2 * ((- (v / INR N) * (s n ^ 2 * z n * slope (h n))) * (phi (h n) / slope (h n))))); intros n Hn.
        apply derive_scaled, (derive_composition Phi (fun t => h n + t * (- (v / INR N) * (s n ^ 2 * z n * slope (h n)))));
          [|apply derive_affine].
        replace (h n + 0 * (- (v / INR N) * (s n ^ 2 * z n * slope (h n)))) with (h n) by ring; apply derivative_of_Phi.
      * apply derive_square.
        apply derive_ext with (fun t => v + t * (- ((∑ n < N, z n * phi (h n)) / INR N))); [intros; unfold Rdiv; ring|].
        apply derive_affine.
    + rewrite (Sum_ext N (fun n => / s n ^ 2 * ((- (v / INR N) * (s n ^ 2 * z n * slope (h n))) * (phi (h n) / slope (h n))))
        (fun n => - (v / INR N) * (z n * phi (h n)))).
      * rewrite Sum_scal_l; field; lra.
      * intros n Hn; pose proof (domain_of_s n Hn); field; repeat split; try lra; apply phi'_is_zero_nowhere.
Qed.
