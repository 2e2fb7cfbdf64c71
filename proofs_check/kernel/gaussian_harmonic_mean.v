(** [E (v^2 c^2 / (v^2 + c^2)) = (alpha beta / (alpha + beta))^2] for independent centred Gaussian numbers [c], [v] with
    standard deviations [alpha], [beta]: with the factor [exp (- s (v^2 + c^2))] the mean falls in [s] at the rate
    [E (v^2 c^2 exp (- s (v^2 + c^2)))], a product of two means, whose antiderivative is algebraic. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products language_of_statements expectation gaussian_integral gaussian_law
  gaussian_identities.
Local Open Scope R_scope.

(** Functions of the first coordinates, and of the last one. *)
Lemma regular_more n f : regular n f -> regular (S n) f.
Proof.
  intros [Cf [K [a [HK [Ha Gf]]]]]; split.
  - intros x eps He; destruct (Cf x eps He) as [r [Hr Nf]]; exists r; split; [assumption|].
    intros y Hy; apply Nf; intros i Hi; apply Hy; lia.
  - exists K, a; repeat split; auto; intros x; eapply Rle_trans; [apply Gf|].
    apply Rmult_le_compat_l; [assumption|]; apply exp_le, Rmult_le_compat_l; [assumption|].
    unfold size; simpl; pose proof (Rabs_pos (x n)); lra.
Qed.

Lemma regular_first n f t x : regular n f -> f (with_entry n t x) = f x.
Proof.
  intros H; apply (regular_agree n f _ _ H); intros i Hi; now apply with_entry_before.
Qed.

Lemma mean_of_product n f g a : regular (S n) (fun x => g (x n)) -> tame g -> has_gaussian n f a ->
  has_gaussian (S n) (fun x => g (x n) * f x) (gaussian_mean g * a).
Proof.
  intros Rg Tg Hf; pose proof (proj1 Hf) as Rf.
  apply has_gaussian_step with (fun x => gaussian_mean g * f x).
  - apply regular_mult; [exact Rg|apply regular_more, Rf].
  - intros x; rewrite (gaussian_mean_ext _ (fun t => f x * g t)).
    + rewrite gaussian_mean_scal by assumption; ring.
    + intros t; rewrite with_entry_same, (regular_first n f t x Rf); ring.
  - now apply has_mean_scal.
Qed.

Lemma regular_uniform_limit n f :
  (forall eps, 0 < eps -> exists g, regular n g /\ forall x, Rabs (f x - g x) <= eps) -> regular n f.
Proof.
  intros H; split.
  - intros x eps He; destruct (H (eps / 4) ltac:(lra)) as [g [[Cg _] Near]].
    destruct (Cg x (eps / 4) ltac:(lra)) as [r [Hr Ng]]; exists r; split; [assumption|]; intros y Hy.
    pose proof (Near x) as A; pose proof (Near y) as B; pose proof (Ng y Hy) as C.
    apply Rabs_le_between in A; apply Rabs_le_between in B; apply Rabs_def2 in C; apply Rabs_def1; lra.
  - destruct (H 1 ltac:(lra)) as [g [[_ [K [a [HK [Ha Gg]]]]] Near]].
    exists (K + 1), a; repeat split; [lra|assumption|]; intros x.
    assert (1 <= exp (a * size n x)) by (rewrite <- exp_0; apply exp_le, Rmult_le_pos; [assumption|apply size_nonneg]).
    replace (f x) with ((f x - g x) + g x) by ring; eapply Rle_trans; [apply Rabs_triang|].
    pose proof (Near x); pose proof (Gg x); lra.
Qed.

Lemma regular_reciprocal n k f : 0 < k -> regular n f -> regular n (fun x => / (Rabs (f x) + k)).
Proof.
  intros Hk; apply (regular_after n (fun y => / (Rabs y + k))).
  - intros y; apply (continuity_pt_inv (fun y => Rabs y + k)).
    + apply (continuity_pt_plus Rabs (fun _ => k)); [apply Rcontinuity_abs|apply continuity_pt_const; now intros ? ?].
    + pose proof (Rabs_pos y); lra.
  - exists (/ k); split; [apply Rlt_le, Rinv_0_lt_compat, Hk|]; intros y; pose proof (Rabs_pos y).
    rewrite Rabs_pos_eq by (apply Rlt_le, Rinv_0_lt_compat; lra).
    assert (/ (Rabs y + k) <= / k) by (apply Rinv_le_contravar; lra).
    assert (0 < / k) by now apply Rinv_0_lt_compat.
    nra.
Qed.

(** The constancy of a function whose increments are squeezed. *)
Lemma squeezed_constant (G rate : R -> R) : (forall s, 0 <= s -> 0 <= rate s) ->
  (forall s t, 0 <= s <= t -> Rabs (G t - G s) <= (t - s) * (rate s - rate t)) ->
  forall t, 0 <= t -> G t = G 0.
Proof.
  intros Hr H t Ht.
  assert (steps : forall step m, 0 <= step ->
            Rabs (G (INR m * step) - G 0) <= step * (rate 0 - rate (INR m * step))).
  { intros step m Hs; induction m as [|m IH].
    - simpl; rewrite Rmult_0_l; unfold Rminus; rewrite !Rplus_opp_r, Rabs_R0; lra.
    - rewrite S_INR; pose proof (pos_INR m) as Pm.
      assert (0 <= INR m * step <= (INR m + 1) * step) as Hm by (split; nra).
      pose proof (H _ _ Hm) as B.
      replace (G ((INR m + 1) * step) - G 0)
        with ((G ((INR m + 1) * step) - G (INR m * step)) + (G (INR m * step) - G 0)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]; nra. }
  destruct (Req_dec (G t) (G 0)) as [E|E]; [exact E|exfalso].
  assert (D : 0 < Rabs (G t - G 0)) by (apply Rabs_pos_lt; lra).
  pose proof (Hr 0 ltac:(lra)) as R0.
  destruct (nfloor_ex (t * rate 0 / Rabs (G t - G 0))) as [m [_ Hm]].
  { apply Rdiv_le_0_compat; [now apply Rmult_le_pos|assumption]. }
  assert (P : 0 < INR (S m)) by (apply lt_0_INR; lia).
  pose proof (steps (t / INR (S m)) (S m) ltac:(apply Rdiv_le_0_compat; assumption)) as B.
  replace (INR (S m) * (t / INR (S m))) with t in B by (field; lra).
  assert (Bt : Rabs (G t - G 0) * INR (S m) <= t * rate 0).
  { replace (t * rate 0) with (t / INR (S m) * rate 0 * INR (S m)) by (field; lra).
    apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact B|].
    apply Rmult_le_compat_l; [apply Rdiv_le_0_compat; assumption|]; pose proof (Hr t Ht); lra. }
  rewrite S_INR in *; apply (Rmult_lt_compat_l (Rabs (G t - G 0))) in Hm; [|assumption].
  replace (Rabs (G t - G 0) * (t * rate 0 / Rabs (G t - G 0))) with (t * rate 0) in Hm by (field; lra); lra.
Qed.

Section Pair.

Variables (n : nat) (a : nat -> R) (alpha beta : R).
Hypothesis alpha_positive : 0 < alpha.
Hypothesis beta_positive : 0 < beta.
Hypothesis length : norm_sq n a = alpha ^ 2.

Let v (x : nat -> R) : R := beta * x n.
Let c (x : nat -> R) : R := dot n a x.

Lemma regular_v : regular (S n) v.
Proof. apply regular_scal, regular_coordinate; lia. Qed.

Lemma regular_c : regular (S n) c.
Proof. apply regular_more, regular_dot. Qed.

Lemma regular_square m f : regular m f -> regular m (fun x => f x ^ 2).
Proof. intros H; apply regular_ext with (fun x => f x * f x); [intros; ring|now apply regular_mult]. Qed.

Let A (s : R) : R := sqrt (1 + 2 * s * alpha ^ 2).
Let B (s : R) : R := sqrt (1 + 2 * s * beta ^ 2).

Lemma below_root x s : 0 <= s -> 1 <= 1 + 2 * s * x ^ 2.
Proof. intros Hs; pose proof (pow2_ge_0 x); nra. Qed.

Lemma A_positive s : 0 <= s -> 0 < A s.
Proof. intros Hs; apply sqrt_lt_R0; pose proof (below_root alpha s Hs); lra. Qed.

Lemma B_positive s : 0 <= s -> 0 < B s.
Proof. intros Hs; apply sqrt_lt_R0; pose proof (below_root beta s Hs); lra. Qed.

(** Means of the last coordinate alone. *)
Lemma mean_of_last p q s : 0 <= s ->
  gaussian_mean (fun t => (p + q * (beta * t) ^ 2) * exp (- (s * (beta * t) ^ 2))) = p / B s + q * beta ^ 2 / B s ^ 3.
Proof.
  intros Hs; pose proof (B_positive s Hs) as HB.
  assert (HB2 : B s ^ 2 = 1 + 2 * s * beta ^ 2).
  { unfold B; rewrite <- Rsqr_pow2, Rsqr_sqrt; [reflexivity|pose proof (below_root beta s Hs); lra]. }
  rewrite (gaussian_mean_ext _ (fun t => (p + q * (beta * t + 0) ^ 2) * exp (- (s * (beta * t + 0) ^ 2))))
    by (intros; now rewrite Rplus_0_r).
  rewrite (gaussian_mean_damped p q s beta 0 (/ B s)); [|assumption|now apply Rinv_0_lt_compat|].
  - replace (- (s * (/ B s) ^ 2 * 0 ^ 2)) with 0 by ring; rewrite exp_0; field; lra.
  - rewrite <- HB2; field; lra.
Qed.

Lemma tame_last p q s : 0 <= s -> tame (fun t => (p + q * (beta * t) ^ 2) * exp (- (s * (beta * t) ^ 2))).
Proof.
  intros Hs; apply tame_mult.
  - apply tame_plus; [apply tame_constant|]; apply tame_scal.
    apply tame_ext with (fun t => (beta * t + 0) * (beta * t + 0)); [intros; ring|apply tame_mult; apply tame_affine].
  - apply tame_ext with (fun t => exp (- (s * (beta * t + 0) ^ 2))); [intros; now rewrite Rplus_0_r|now apply tame_damped].
Qed.

Lemma regular_last p q s : 0 <= s -> regular (S n) (fun x => (p + q * v x ^ 2) * exp (- (s * v x ^ 2))).
Proof.
  intros Hs; apply regular_mult; [|apply regular_damped; [assumption|apply regular_v]].
  apply regular_plus; [apply regular_constant|]; apply regular_scal, regular_square, regular_v.
Qed.

Lemma mean_of_both p q p' q' s : 0 <= s ->
  has_gaussian (S n) (fun x => (p + q * v x ^ 2) * exp (- (s * v x ^ 2)) * ((p' + q' * c x ^ 2) * exp (- (s * c x ^ 2))))
    ((p / B s + q * beta ^ 2 / B s ^ 3) * (p' / A s + q' * alpha ^ 2 / A s ^ 3)).
Proof.
  intros Hs; rewrite <- (mean_of_last p q s Hs).
  apply (mean_of_product n (fun x => (p' + q' * c x ^ 2) * exp (- (s * c x ^ 2)))
           (fun t => (p + q * (beta * t) ^ 2) * exp (- (s * (beta * t) ^ 2)))).
  - now apply regular_last.
  - now apply tame_last.
  - pose proof (mean_of_damped p' q' s n a Hs) as M; cbv zeta in M; rewrite length in M; exact M.
Qed.

Theorem mean_of_damped_last s : 0 <= s -> has_gaussian (S n) (fun x => exp (- (s * v x ^ 2))) (/ B s).
Proof.
  intros Hs; pose proof (mean_of_product n (fun _ => 1) _ 1 (regular_last 1 0 s Hs) (tame_last 1 0 s Hs)
    (has_mean_constant _ 1)) as M.
  rewrite (mean_of_last 1 0 s Hs) in M; pose proof (B_positive s Hs).
  apply has_mean_value with ((1 / B s + 0 * beta ^ 2 / B s ^ 3) * 1); [|field; lra].
  eapply has_mean_ext; [|exact M]; intros x; unfold v; cbv beta; ring.
Qed.

(** The odd part, with a denominator that is not zero. *)
Theorem mean_of_odd_part eps : 0 < eps -> has_gaussian (S n) (fun x => v x * c x / (v x ^ 2 + c x ^ 2 + eps)) 0.
Proof.
  intros He; apply mean_of_odd.
  - apply regular_ext with (fun x => v x * c x * / (Rabs (v x ^ 2 + c x ^ 2) + eps)).
    + intros x; pose proof (pow2_ge_0 (v x)); pose proof (pow2_ge_0 (c x)); rewrite Rabs_pos_eq by lra; reflexivity.
    + apply regular_mult; [apply regular_mult; [apply regular_v|apply regular_c]|].
      apply regular_reciprocal; [assumption|].
      apply regular_plus; apply regular_square; [apply regular_v|apply regular_c].
  - intros t x; unfold v, c; rewrite !with_entry_same, !(regular_first n (fun x => dot n a x) _ x (regular_dot n a)).
    pose proof (pow2_ge_0 (beta * t)); pose proof (pow2_ge_0 (dot n a x)).
    replace ((beta * - t) ^ 2) with ((beta * t) ^ 2) by ring; field; lra.
Qed.

(** The harmonic square. *)
Let q (x : nat -> R) : R := v x ^ 2 + c x ^ 2.
Definition harmonic (x : nat -> R) : R := v x ^ 2 * c x ^ 2 / (v x ^ 2 + c x ^ 2).

Lemma q_nonneg x : 0 <= q x.
Proof. unfold q; pose proof (pow2_ge_0 (v x)); pose proof (pow2_ge_0 (c x)); lra. Qed.

Lemma harmonic_times x : harmonic x * q x = v x ^ 2 * c x ^ 2.
Proof.
  unfold harmonic, q; destruct (Req_dec (v x ^ 2 + c x ^ 2) 0) as [E|E]; [|field; assumption].
  pose proof (pow2_ge_0 (v x)); pose proof (pow2_ge_0 (c x)); assert (v x ^ 2 = 0) as -> by lra; unfold Rdiv; ring.
Qed.

Lemma harmonic_range x : 0 <= harmonic x <= v x ^ 2.
Proof.
  pose proof (harmonic_times x) as T; pose proof (q_nonneg x) as Q.
  pose proof (pow2_ge_0 (v x)) as V; pose proof (pow2_ge_0 (c x)) as C.
  destruct (Req_dec (q x) 0) as [E|E].
  - assert (v x ^ 2 = 0) as E0 by (unfold q in E; lra).
    unfold harmonic; rewrite E0; unfold Rdiv; rewrite !Rmult_0_l; lra.
  - assert (0 < q x) by lra; split; apply Rmult_le_reg_r with (q x); try assumption.
    + rewrite Rmult_0_l, T; now apply Rmult_le_pos.
    + rewrite T; apply Rmult_le_compat_l; [assumption|unfold q; lra].
Qed.

Lemma regular_harmonic : regular (S n) harmonic.
Proof.
  assert (Rq : regular (S n) q) by (apply regular_plus; apply regular_square; [apply regular_v|apply regular_c]).
  apply regular_uniform_limit; intros eps He.
  exists (fun x => v x ^ 2 * c x ^ 2 * / (Rabs (q x) + 4 * eps)); split.
  - apply regular_mult; [apply regular_mult; apply regular_square; [apply regular_v|apply regular_c]|].
    apply regular_reciprocal; [lra|exact Rq].
  - intros x; pose proof (q_nonneg x) as Q; rewrite (Rabs_pos_eq (q x)) by assumption.
    rewrite <- harmonic_times; set (h := harmonic x) in *.
    assert (E : h - h * q x * / (q x + 4 * eps) = h * (4 * eps) * / (q x + 4 * eps)) by (field; lra).
    pose proof (harmonic_range x) as R; fold h in R.
    assert (I : 0 < / (q x + 4 * eps)) by (apply Rinv_0_lt_compat; lra).
    rewrite E, Rabs_pos_eq by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
    apply Rmult_le_reg_r with (q x + 4 * eps); [lra|]; rewrite Rmult_assoc, Rinv_l by lra.
    assert (L : 4 * h <= q x).
    2:{ apply (Rmult_le_compat_l eps) in L; [|lra]; pose proof (Rmult_lt_0_compat eps eps He He); lra. }
    destruct (Req_dec (q x) 0) as [Z|Z]; [unfold q in Z; pose proof (pow2_ge_0 (c x)); pose proof (pow2_ge_0 (v x)); lra|].
    apply Rmult_le_reg_r with (q x); [lra|]; replace (4 * h * q x) with (4 * (h * q x)) by ring.
    unfold h; rewrite harmonic_times; unfold q; pose proof (pow2_ge_0 (v x ^ 2 - c x ^ 2)); nra.
Qed.

Let F (s : R) : R := gaussian (S n) (fun x => harmonic x * (exp (- (s * v x ^ 2)) * exp (- (s * c x ^ 2)))).
Let rate (s : R) : R := alpha ^ 2 * beta ^ 2 / (A s ^ 3 * B s ^ 3).
Let T (s : R) : R := alpha ^ 2 * beta ^ 2 / (A s * B s * (alpha * B s + beta * A s) ^ 2).

Lemma F_mean s : 0 <= s ->
  has_gaussian (S n) (fun x => harmonic x * (exp (- (s * v x ^ 2)) * exp (- (s * c x ^ 2)))) (F s).
Proof.
  intros Hs; split; [|reflexivity]; apply regular_mult; [apply regular_harmonic|].
  apply regular_mult; apply regular_damped; try assumption; [apply regular_v|apply regular_c].
Qed.

Lemma rate_mean s : 0 <= s ->
  has_gaussian (S n) (fun x => v x ^ 2 * c x ^ 2 * (exp (- (s * v x ^ 2)) * exp (- (s * c x ^ 2)))) (rate s).
Proof.
  intros Hs; pose proof (mean_of_both 0 1 0 1 s Hs) as M.
  pose proof (A_positive s Hs); pose proof (B_positive s Hs).
  apply has_mean_value with ((0 / B s + 1 * beta ^ 2 / B s ^ 3) * (0 / A s + 1 * alpha ^ 2 / A s ^ 3));
    [|unfold rate; field; lra].
  eapply has_mean_ext; [|exact M]; intros x; cbv beta; ring.
Qed.

Lemma both_exponents s x : exp (- (s * v x ^ 2)) * exp (- (s * c x ^ 2)) = exp (- (s * q x)).
Proof. rewrite <- exp_plus; f_equal; unfold q; ring. Qed.

Lemma F_falls s t : 0 <= s <= t -> (t - s) * rate t <= F s - F t <= (t - s) * rate s.
Proof.
  intros H; assert (Hs : 0 <= s) by lra; assert (Ht : 0 <= t) by lra.
  pose proof (has_mean_minus _ _ _ _ _ (F_mean s Hs) (F_mean t Ht)) as D.
  assert (up : forall x, exp (- (s * q x)) - exp (- (t * q x)) <= (t - s) * q x * exp (- (s * q x))).
  { intros x; replace (- (t * q x)) with (- (s * q x) + - ((t - s) * q x)) by ring; rewrite exp_plus.
    pose proof (exp_ineq1_le (- ((t - s) * q x))); pose proof (exp_pos (- (s * q x))); nra. }
  assert (down : forall x, (t - s) * q x * exp (- (t * q x)) <= exp (- (s * q x)) - exp (- (t * q x))).
  { intros x; replace (- (s * q x)) with (- (t * q x) + (t - s) * q x) by ring; rewrite exp_plus.
    pose proof (exp_ineq1_le ((t - s) * q x)); pose proof (exp_pos (- (t * q x))); nra. }
  split.
  - apply (has_mean_le _ _ _ _ _ (has_mean_scal _ (t - s) _ _ (rate_mean t Ht)) D); intros x; cbv beta.
    rewrite !both_exponents, <- harmonic_times; pose proof (harmonic_range x); pose proof (down x); nra.
  - apply (has_mean_le _ _ _ _ _ D (has_mean_scal _ (t - s) _ _ (rate_mean s Hs))); intros x; cbv beta.
    rewrite !both_exponents, <- harmonic_times; pose proof (harmonic_range x); pose proof (up x); nra.
Qed.

Lemma T_derive s : 0 <= s -> is_derive T s (- rate s).
Proof.
  intros Hs; pose proof (A_positive s Hs) as HA; pose proof (B_positive s Hs) as HB.
  pose proof (below_root alpha s Hs); pose proof (below_root beta s Hs).
  assert (0 < alpha * B s + beta * A s) by (apply Rplus_lt_0_compat; now apply Rmult_lt_0_compat).
  assert (DA : is_derive A s (alpha ^ 2 / A s)).
  { unfold A; auto_derive; [lra|]; change (alpha * (alpha * 1)) with (alpha ^ 2); fold (A s); field; lra. }
  assert (DB : is_derive B s (beta ^ 2 / B s)).
  { unfold B; auto_derive; [lra|]; change (beta * (beta * 1)) with (beta ^ 2); fold (B s); field; lra. }
  unfold T, rate; auto_derive.
  - repeat split; try (eexists; eassumption).
    apply Rgt_not_eq, Rmult_lt_0_compat; [now apply Rmult_lt_0_compat|]; rewrite Rmult_1_r; now apply Rmult_lt_0_compat.
  - rewrite (is_derive_unique _ _ _ DA : Derive (fun x => A x) s = _),
      (is_derive_unique _ _ _ DB : Derive (fun x => B x) s = _); field; lra.
Qed.

Lemma root_le x y z : 0 <= x <= y -> sqrt (1 + 2 * x * z ^ 2) <= sqrt (1 + 2 * y * z ^ 2).
Proof. intros H; apply sqrt_le_1_alt; pose proof (pow2_ge_0 z); nra. Qed.

Lemma rate_positive s : 0 <= s -> 0 < rate s.
Proof.
  intros Hs; apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; apply pow_lt; auto using A_positive, B_positive.
Qed.

Lemma rate_falls s t : 0 <= s <= t -> rate t <= rate s.
Proof.
  intros H; assert (Hs : 0 <= s) by lra; assert (Ht : 0 <= t) by lra.
  unfold rate, Rdiv; apply Rmult_le_compat_l; [apply Rmult_le_pos; apply pow2_ge_0|].
  pose proof (A_positive s Hs); pose proof (B_positive s Hs).
  apply Rinv_le_contravar; [apply Rmult_lt_0_compat; now apply pow_lt|].
  apply Rmult_le_compat; try (apply pow_le; lra); apply pow_incr; split; try lra; now apply root_le.
Qed.

Lemma T_falls s t : 0 <= s <= t -> (t - s) * rate t <= T s - T t <= (t - s) * rate s.
Proof.
  intros H; destruct (MVT_gen T s t (fun s => - rate s)) as [x [Hx E]].
  - intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra; apply T_derive; lra.
  - intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra; apply continuity_pt_filterlim.
    apply (ex_derive_continuous (V := R_NormedModule) T); eexists; apply T_derive; lra.
  - rewrite Rmin_left, Rmax_right in Hx by lra.
    pose proof (rate_falls s x ltac:(lra)); pose proof (rate_falls x t ltac:(lra)); nra.
Qed.

Lemma F_at_most s : 0 <= s -> 0 <= F s <= beta ^ 2 / B s ^ 3.
Proof.
  intros Hs; pose proof (A_positive s Hs); pose proof (B_positive s Hs).
  assert (damp : forall x, 0 < exp (- (s * c x ^ 2)) <= 1).
  { intros x; split; [apply exp_pos|]; rewrite <- exp_0; apply exp_le; pose proof (pow2_ge_0 (c x)); nra. }
  assert (M : has_gaussian (S n) (fun x => v x ^ 2 * exp (- (s * v x ^ 2))) (beta ^ 2 / B s ^ 3)).
  { pose proof (mean_of_product n (fun _ => 1) _ 1 (regular_last 0 1 s Hs) (tame_last 0 1 s Hs)
      (has_mean_constant _ 1)) as M.
    rewrite (mean_of_last 0 1 s Hs) in M.
    apply has_mean_value with ((0 / B s + 1 * beta ^ 2 / B s ^ 3) * 1); [|field; lra].
    eapply has_mean_ext; [|exact M]; intros x; unfold v; cbv beta; ring. }
  split.
  - apply (has_mean_le _ _ _ _ _ (has_mean_constant _ 0) (F_mean s Hs)); intros x; cbv beta.
    apply Rmult_le_pos; [apply harmonic_range|]; apply Rmult_le_pos; apply Rlt_le, exp_pos.
  - apply (has_mean_le _ _ _ _ _ (F_mean s Hs) M); intros x; cbv beta.
    pose proof (harmonic_range x); pose proof (damp x); pose proof (exp_pos (- (s * v x ^ 2))).
    rewrite (Rmult_comm (exp _)), <- Rmult_assoc; apply Rmult_le_compat_r; [lra|].
    pose proof (pow2_ge_0 (v x)); nra.
Qed.

(** The law of [v c / sqrt (v^2 + c^2)] has the standard deviation [alpha beta / (alpha + beta)]. *)
Theorem mean_of_harmonic_square : has_gaussian (S n) harmonic ((alpha * beta / (alpha + beta)) ^ 2).
Proof.
  set (G := fun s => F s - T s).
  assert (constant : forall t, 0 <= t -> G t = G 0).
  { apply (squeezed_constant G rate); [intros s Hs; now apply Rlt_le, rate_positive|]; intros s t H.
    pose proof (F_falls s t H); pose proof (T_falls s t H); unfold G; apply Rabs_le; lra. }
  assert (bound : forall s, 0 <= s -> Rabs (G s) <= (beta ^ 2 + alpha ^ 2) / B s).
  { intros s Hs; pose proof (F_at_most s Hs) as Fs; pose proof (A_positive s Hs) as PA; pose proof (B_positive s Hs) as PB.
    assert (A1 : 1 <= A s) by (unfold A; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt, below_root, Hs).
    assert (B1 : 1 <= B s) by (unfold B; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt, below_root, Hs).
    assert (S1 : beta <= alpha * B s + beta * A s) by nra.
    assert (T0 : 0 <= T s <= alpha ^ 2 / B s).
    { unfold T; split.
      - apply Rdiv_le_0_compat; [apply Rmult_le_pos; apply pow2_ge_0|].
        repeat apply Rmult_lt_0_compat; try assumption; lra.
      - apply Rmult_le_reg_r with (A s * B s * (alpha * B s + beta * A s) ^ 2); [repeat apply Rmult_lt_0_compat; lra|].
        replace (alpha ^ 2 * beta ^ 2 / (A s * B s * (alpha * B s + beta * A s) ^ 2) * (A s * B s * (alpha * B s + beta * A s) ^ 2))
          with (alpha ^ 2 * (1 * beta ^ 2)) by (field; lra).
        replace (alpha ^ 2 / B s * (A s * B s * (alpha * B s + beta * A s) ^ 2))
          with (alpha ^ 2 * (A s * (alpha * B s + beta * A s) ^ 2)) by (field; lra).
        apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Rmult_le_compat; try lra; [apply pow2_ge_0|].
        apply pow_incr; lra. }
    assert (F0 : beta ^ 2 / B s ^ 3 <= beta ^ 2 / B s).
    { apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Rinv_le_contravar; [assumption|]; nra. }
    replace ((beta ^ 2 + alpha ^ 2) / B s) with (beta ^ 2 / B s + alpha ^ 2 / B s) by (field; lra).
    unfold G; apply Rabs_le; lra. }
  assert (Z : G 0 = 0).
  { destruct (Req_dec (G 0) 0) as [E|E]; [exact E|exfalso].
    assert (D : 0 < Rabs (G 0)) by now apply Rabs_pos_lt.
    set (k := (beta ^ 2 + alpha ^ 2) / Rabs (G 0) + 1).
    assert (K : 1 <= k).
    { unfold k; assert (0 <= (beta ^ 2 + alpha ^ 2) / Rabs (G 0)); [|lra].
      apply Rdiv_le_0_compat; [pose proof (pow2_ge_0 alpha); pose proof (pow2_ge_0 beta); lra|assumption]. }
    set (s := k ^ 2 / (2 * beta ^ 2)).
    assert (Bp : 0 < 2 * beta ^ 2) by (pose proof (pow_lt beta 2 beta_positive); lra).
    assert (Hs : 0 <= s) by (apply Rdiv_le_0_compat; [apply pow2_ge_0|assumption]).
    assert (Bk : k <= B s).
    { unfold B; rewrite <- (sqrt_pow2 k) by lra; apply sqrt_le_1_alt.
      replace (2 * s * beta ^ 2) with (k ^ 2) by (unfold s; field; lra); lra. }
    pose proof (bound s Hs) as U; rewrite (constant s Hs) in U.
    apply (Rmult_le_compat_r (B s)) in U; [|lra].
    replace ((beta ^ 2 + alpha ^ 2) / B s * B s) with (beta ^ 2 + alpha ^ 2) in U by (field; lra).
    assert (Rabs (G 0) * k = beta ^ 2 + alpha ^ 2 + Rabs (G 0)) by (unfold k; field; lra).
    nra. }
  apply has_mean_value with (F 0).
  - eapply has_mean_ext; [|exact (F_mean 0 (Rle_refl 0))]; intros x; cbv beta.
    rewrite !Rmult_0_l, Ropp_0, exp_0; ring.
  - assert (F 0 = T 0) as -> by (unfold G in Z; lra).
    unfold T, A, B; rewrite !Rmult_0_r, !Rmult_0_l, !Rplus_0_r, sqrt_1; field; lra.
Qed.

End Pair.
