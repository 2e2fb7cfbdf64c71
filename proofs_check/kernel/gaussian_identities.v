(** What the Gaussian law of [n] coordinates gives: the moments up to order four of linear forms (Isserlis), and
    [E (c^2 exp (- s c^2))] for a linear form [c]. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products language_of_statements expectation gaussian_integral gaussian_law.
Local Open Scope R_scope.

(** Expectation under the law of [n] coordinates, of regular functions; nothing is left out as a null set. *)
Definition gaussian_expectation (n : nat) : expectation (nat -> R).
Proof.
  refine {| integrable := regular n; expected_value := gaussian n; almost := fun P => forall x, P x |}.
  - apply regular_constant.
  - apply regular_plus.
  - apply regular_scal.
  - auto.
  - auto.
  - auto.
  - apply regular_ext.
  - apply gaussian_constant.
  - apply gaussian_plus.
  - apply gaussian_scal.
  - apply gaussian_le.
Defined.

Notation has_gaussian n := (has_mean (gaussian_expectation n)).

(** One coordinate at a time. *)
Lemma has_gaussian_step n f g a : regular (S n) f ->
  (forall x, gaussian_mean (fun t => f (with_entry n t x)) = g x) ->
  has_gaussian n g a -> has_gaussian (S n) f a.
Proof.
  intros Hf H [_ Hg]; split; [exact Hf|]; rewrite <- Hg; simpl; apply gaussian_ext; exact H.
Qed.


(** A linear form, and what adding a coordinate does to it. *)
Lemma regular_dot n a : regular n (fun x => dot n a x).
Proof. apply regular_Sum; intros i Hi; now apply regular_scal, regular_coordinate. Qed.

Lemma dot_with_entry n a t x : dot (S n) a (with_entry n t x) = dot n a x + a n * t.
Proof.
  unfold dot; simpl; rewrite with_entry_same; f_equal; apply Sum_ext; intros i Hi; now rewrite with_entry_before.
Qed.

(** The mean of a polynomial of degree at most four in one Gaussian number. *)
Lemma gaussian_mean_polynomial c0 c1 c2 c3 c4 :
  gaussian_mean (fun t => c0 + c1 * t + c2 * (t * t) + c3 * (t * (t * t)) + c4 * (t * (t * (t * t))))
  = c0 + c2 + 3 * c4.
Proof.
  assert (T3 : tame (fun t => t * (t * t))) by (apply tame_mult; [apply tame_identity|apply tame_square]).
  assert (T4 : tame (fun t => t * (t * (t * t)))) by (apply tame_mult; [apply tame_identity|exact T3]).
  set (known := fun f a => tame f /\ gaussian_mean f = a).
  assert (plus : forall f g a b, known f a -> known g b -> known (fun t => f t + g t) (a + b)).
  { intros f g a b [Tf <-] [Tg <-]; split; [now apply tame_plus|now apply gaussian_mean_plus]. }
  assert (scal : forall c f a, known f a -> known (fun t => c * f t) (c * a)).
  { intros c f a [Tf <-]; split; [now apply tame_scal|now apply gaussian_mean_scal]. }
  pose proof (conj (tame_constant c0) (gaussian_mean_constant c0) : known _ _) as M0.
  pose proof (scal c1 _ _ (conj tame_identity gaussian_first)) as M1.
  pose proof (scal c2 _ _ (conj tame_square gaussian_second)) as M2.
  pose proof (scal c3 _ _ (conj T3 gaussian_third)) as M3.
  pose proof (scal c4 _ _ (conj T4 gaussian_fourth)) as M4.
  destruct (plus _ _ _ _ (plus _ _ _ _ (plus _ _ _ _ (plus _ _ _ _ M0 M1) M2) M3) M4) as [_ ->]; ring.
Qed.

Theorem mean_of_pair n a b : has_gaussian n (fun x => dot n a x * dot n b x) (dot n a b).
Proof.
  induction n as [|n IH].
  - split; [apply regular_mult; apply regular_dot|]; unfold dot; simpl; ring.
  - eapply has_gaussian_step.
    + apply regular_mult; apply regular_dot.
    + intros x; rewrite (gaussian_mean_ext _ (fun t => dot n a x * dot n b x
        + (dot n a x * b n + dot n b x * a n) * t + (a n * b n) * (t * t) + 0 * (t * (t * t)) + 0 * (t * (t * (t * t)))))
        by (intros t; rewrite !dot_with_entry; ring).
      apply gaussian_mean_polynomial.
    + eapply has_mean_value.
      * apply has_mean_ext with (fun x => dot n a x * dot n b x + a n * b n); [intros; ring|].
        apply has_mean_plus; [exact IH|apply has_mean_constant].
      * unfold dot; reflexivity.
Qed.

Theorem mean_of_four n a b c d :
  has_gaussian n (fun x => dot n a x * dot n b x * (dot n c x * dot n d x))
    (dot n a b * dot n c d + dot n a c * dot n b d + dot n a d * dot n b c).
Proof.
  assert (R4 : forall m, regular m (fun x => dot m a x * dot m b x * (dot m c x * dot m d x))).
  { intros m; apply regular_mult; apply regular_mult; apply regular_dot. }
  induction n as [|n IH].
  - split; [apply R4|]; unfold dot; simpl; ring.
  - eapply has_gaussian_step; [apply R4| |].
    + intros x; rewrite (gaussian_mean_ext _ (fun t =>
        dot n a x * dot n b x * (dot n c x * dot n d x)
        + (a n * dot n b x * dot n c x * dot n d x + b n * dot n a x * dot n c x * dot n d x
           + c n * dot n a x * dot n b x * dot n d x + d n * dot n a x * dot n b x * dot n c x) * t
        + ((a n * b n) * (dot n c x * dot n d x) + (c n * d n) * (dot n a x * dot n b x)
           + (a n * c n) * (dot n b x * dot n d x) + (b n * d n) * (dot n a x * dot n c x)
           + (a n * d n) * (dot n b x * dot n c x) + (b n * c n) * (dot n a x * dot n d x)) * (t * t)
        + (a n * b n * c n * dot n d x + a n * b n * d n * dot n c x
           + a n * c n * d n * dot n b x + b n * c n * d n * dot n a x) * (t * (t * t))
        + (a n * b n * c n * d n) * (t * (t * (t * t)))))
        by (intros t; rewrite !dot_with_entry; ring).
      apply gaussian_mean_polynomial.
    + eapply has_mean_value.
      * apply has_mean_plus; [apply has_mean_plus; [exact IH|]|apply has_mean_constant].
        repeat apply has_mean_plus; apply has_mean_scal, mean_of_pair.
      * unfold dot; simpl; ring.
Qed.

(** A function odd in the last coordinate has mean 0. *)
Theorem mean_of_odd n f : regular (S n) f -> (forall t x, f (with_entry n (- t) x) = - f (with_entry n t x)) ->
  has_gaussian (S n) f 0.
Proof.
  intros Hf H; apply has_gaussian_step with (fun _ => 0); [assumption| |apply has_mean_constant].
  intros x; apply gaussian_mean_odd; [now apply regular_slice|intros; apply H].
Qed.

Lemma tame_damped s a b : 0 <= s -> tame (fun t => exp (- (s * (a * t + b) ^ 2))).
Proof.
  intros Hs; split.
  - intros t; apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; exact I.
  - exists 1, 0; repeat split; try lra; intros t; rewrite Rmult_0_l, exp_0.
    rewrite Rabs_pos_eq by (apply Rlt_le, exp_pos); rewrite Rmult_1_r, <- exp_0; apply exp_le.
    pose proof (pow2_ge_0 (a * t + b)); nra.
Qed.

Lemma regular_damped n s f : 0 <= s -> regular n f -> regular n (fun x => exp (- (s * f x ^ 2))).
Proof.
  intros Hs; apply (regular_after n (fun y => exp (- (s * y ^ 2)))).
  - intros y; apply continuity_pt_filterlim.
    apply (ex_derive_continuous (V := R_NormedModule) (fun y => exp (- (s * y ^ 2)))); auto_derive; exact I.
  - exists 1; split; [lra|]; intros y; rewrite Rabs_pos_eq by (apply Rlt_le, exp_pos).
    assert (exp (- (s * y ^ 2)) <= 1) by (rewrite <- exp_0; apply exp_le; pose proof (pow2_ge_0 y); nra).
    pose proof (Rabs_pos y); lra.
Qed.

Lemma tame_affine a b : tame (fun t => a * t + b).
Proof. apply tame_plus; [apply tame_scal, tame_identity|apply tame_constant]. Qed.

(** [E ((p + q (a t + b)^2) exp (- s (a t + b)^2))] has the same form in [b]. *)
Lemma gaussian_mean_damped p q s a b sigma : 0 <= s -> 0 < sigma -> sigma ^ 2 * (1 + 2 * s * a ^ 2) = 1 ->
  gaussian_mean (fun t => (p + q * (a * t + b) ^ 2) * exp (- (s * (a * t + b) ^ 2)))
  = (sigma * (p + q * (a ^ 2 * sigma ^ 2)) + q * sigma ^ 5 * b ^ 2) * exp (- (s * sigma ^ 2 * b ^ 2)).
Proof.
  intros Hs Hp E.
  assert (Tq : forall u v, tame (fun t => p + q * (u * t + v) ^ 2)).
  { intros u v; apply tame_plus; [apply tame_constant|]; apply tame_scal.
    apply tame_ext with (fun t => (u * t + v) * (u * t + v)); [intros; ring|].
    apply tame_mult; apply tame_affine. }
  rewrite (gaussian_tilted (fun t => p + q * (a * t + b) ^ 2) s a b sigma); try assumption; [|apply Tq| |].
  - rewrite (gaussian_mean_ext _ (fun t => (p + q * (b * sigma ^ 2) ^ 2) + (2 * q * (a * sigma) * (b * sigma ^ 2)) * t
      + (q * (a * sigma) ^ 2) * (t * t) + 0 * (t * (t * t)) + 0 * (t * (t * (t * t))))).
    + rewrite gaussian_mean_polynomial; ring.
    + intros t.
      assert (F : a * (sigma * t - 2 * s * a * b * sigma ^ 2) + b = a * sigma * t + b * sigma ^ 2).
      { transitivity (a * sigma * t + b * (sigma ^ 2 * (1 + 2 * s * a ^ 2)) - 2 * s * a ^ 2 * b * sigma ^ 2); [rewrite E|]; ring. }
      rewrite F; ring.
  - apply tame_mult; [apply Tq|now apply tame_damped].
  - apply tame_ext with (fun t => p + q * ((a * sigma) * t + (b - 2 * s * a ^ 2 * b * sigma ^ 2)) ^ 2); [intros; ring|apply Tq].
Qed.

Lemma root_of_ratio x y : 0 < x -> 0 < y -> (sqrt x / sqrt y) ^ 2 * (y / x) = 1.
Proof.
  intros Hx Hy; pose proof (sqrt_lt_R0 x Hx); pose proof (sqrt_lt_R0 y Hy).
  replace ((sqrt x / sqrt y) ^ 2) with ((sqrt x * sqrt x) / (sqrt y * sqrt y)) by (field; lra).
  rewrite !sqrt_sqrt by lra; field; lra.
Qed.

(** [E (c^2 exp (- s c^2)) = |a|^2 / (1 + 2 s |a|^2)^(3/2)] and [E exp (- s c^2) = (1 + 2 s |a|^2)^(-1/2)] for
    [c = a . x], as one: with what the coordinates that are averaged already have left behind. *)
Lemma mean_of_damped_form p q s n a A : 0 <= s -> 0 <= A ->
  let r := sqrt (1 + 2 * s * A) in let B := A + norm_sq n a in let R := sqrt (1 + 2 * s * B) in
  has_gaussian n (fun x => (p / r + q * A / r ^ 3 + q / r ^ 5 * dot n a x ^ 2) * exp (- (s / r ^ 2 * dot n a x ^ 2)))
    (p / R + q * B / R ^ 3).
Proof.
  intros Hs; revert A; induction n as [|n IH]; intros A HA r B R.
  - assert (E : R = r) by (unfold R, B, r, norm_sq, dot; simpl; f_equal; ring).
    assert (Hr : 0 < r) by (apply sqrt_lt_R0; nra).
    split.
    + apply regular_mult; [apply regular_plus; [apply regular_constant|]; apply regular_scal|].
      * apply regular_ext with (fun x => dot 0 a x * dot 0 a x); [intros; ring|apply regular_mult; apply regular_dot].
      * apply regular_damped; [apply Rmult_le_pos; [assumption|apply Rlt_le, Rinv_0_lt_compat, pow_lt, Hr]|apply regular_dot].
    + rewrite E; unfold B, norm_sq, dot; simpl; replace (- (s / (r * (r * 1)) * (0 * (0 * 1)))) with 0 by ring.
      rewrite exp_0; field; lra.
  - assert (Hr : 0 < r) by (apply sqrt_lt_R0; nra).
    assert (Hr2 : r ^ 2 = 1 + 2 * s * A) by (unfold r; rewrite <- Rsqr_pow2, Rsqr_sqrt; nra).
    set (A' := A + a n ^ 2); assert (HA' : 0 <= A') by (unfold A'; pose proof (pow2_ge_0 (a n)); lra).
    set (r' := sqrt (1 + 2 * s * A')); assert (Hr' : 0 < r') by (apply sqrt_lt_R0; nra).
    assert (Hr2' : r' ^ 2 = 1 + 2 * s * A') by (unfold r'; rewrite <- Rsqr_pow2, Rsqr_sqrt; nra).
    assert (Hs' : 0 <= s / r ^ 2) by (apply Rmult_le_pos; [assumption|apply Rlt_le, Rinv_0_lt_compat, pow_lt, Hr]).
    eapply has_gaussian_step with (g := fun x => (p / r' + q * A' / r' ^ 3 + q / r' ^ 5 * dot n a x ^ 2)
                                            * exp (- (s / r' ^ 2 * dot n a x ^ 2))).
    + apply regular_mult; [apply regular_plus; [apply regular_constant|]; apply regular_scal|].
      * apply regular_ext with (fun x => dot (S n) a x * dot (S n) a x); [intros; ring|apply regular_mult; apply regular_dot].
      * apply regular_damped; [assumption|apply regular_dot].
    + intros x; rewrite (gaussian_mean_ext _ (fun t => (p / r + q * A / r ^ 3 + q / r ^ 5 * (a n * t + dot n a x) ^ 2)
        * exp (- (s / r ^ 2 * (a n * t + dot n a x) ^ 2))))
        by (intros t; rewrite dot_with_entry, (Rplus_comm (dot n a x)); reflexivity).
      assert (Es : (r / r') ^ 2 * (1 + 2 * (s / r ^ 2) * a n ^ 2) = 1).
      { replace ((r / r') ^ 2 * (1 + 2 * (s / r ^ 2) * a n ^ 2)) with ((r ^ 2 + 2 * s * a n ^ 2) / r' ^ 2) by (field; lra).
        rewrite Hr2', Hr2; unfold A'; field; nra. }
      rewrite (gaussian_mean_damped _ _ _ _ _ (r / r')); try assumption; [|now apply Rdiv_lt_0_compat].
      f_equal; [f_equal|].
      * replace (r / r' * (p / r + q * A / r ^ 3 + q / r ^ 5 * (a n ^ 2 * (r / r') ^ 2)))
          with (p / r' + q * (A * r' ^ 2 + a n ^ 2) / (r ^ 2 * r' ^ 3)) by (field; lra).
        f_equal; replace (A * r' ^ 2 + a n ^ 2) with (A' * r ^ 2) by (rewrite Hr2', Hr2; unfold A'; ring); field; lra.
      * field; lra.
      * f_equal; f_equal; f_equal; field; lra.
    + assert (EB : A' + norm_sq n a = B) by (unfold A', B, norm_sq, dot; simpl; ring).
      pose proof (IH A' HA') as H; cbv zeta in H; fold r' in H; rewrite EB in H; exact H.
Qed.

Theorem mean_of_damped p q s n a : 0 <= s ->
  let R := sqrt (1 + 2 * s * norm_sq n a) in
  has_gaussian n (fun x => (p + q * dot n a x ^ 2) * exp (- (s * dot n a x ^ 2))) (p / R + q * norm_sq n a / R ^ 3).
Proof.
  intros Hs R; pose proof (mean_of_damped_form p q s n a 0 Hs (Rle_refl 0)) as H; cbv zeta in H.
  replace (sqrt (1 + 2 * s * 0)) with 1 in H by (rewrite Rmult_0_r, Rplus_0_r, sqrt_1; reflexivity).
  rewrite Rplus_0_l in H; fold R in H.
  eapply has_mean_ext; [|exact H]; intros x; cbv beta.
  f_equal; [field|f_equal; f_equal; field].
Qed.
