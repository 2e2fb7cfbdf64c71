(** The Lebesgue integral of the Gaussian law of [n] coordinates, with its null sets, as Mikusinski makes it out of the
    integrals of continuous functions: a function is integrable if it is the sum of a series of regular functions with
    a convergent series of means of bounds, wherever the series of bounds converges; a null set is where such a series
    of bounds does not converge. That this is consistent rests on Dini's theorem, one coordinate after the other. *)

From Coq Require Import Reals Lra Lia PeanoNat Classical_Prop.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products language_of_statements expectation gaussian_integral gaussian_law
  gaussian_identities gaussian_harmonic_mean.
Local Open Scope R_scope.

(** A sequence that comes below every positive number. *)
Definition vanishes (a : nat -> R) : Prop := forall eps, 0 < eps -> exists k, a k <= eps.

Lemma falling (f : nat -> R) : (forall k, f (S k) <= f k) -> forall j k, (j <= k)%nat -> f k <= f j.
Proof. intros H j k Hjk; induction Hjk as [|k Hjk IH]; [lra|eapply Rle_trans; [apply H|exact IH]]. Qed.

Lemma limit_near (u : nat -> R) (l eps : R) : is_lim_seq u l -> 0 < eps ->
  exists N, forall k, (N <= k)%nat -> Rabs (u k - l) < eps.
Proof. intros L He; apply is_lim_seq_spec in L; unfold is_lim_seq' in L; exact (L (mkposreal eps He)). Qed.

(** Dini's theorem. *)
Lemma vanishes_uniformly (f : nat -> R -> R) M eps : 0 <= M -> 0 < eps -> (forall k t, continuous (f k) t) ->
  (forall k t, f (S k) t <= f k t) -> (forall t, vanishes (fun k => f k t)) ->
  exists k, forall t, - M <= t <= M -> f k t <= eps.
Proof.
  intros HM He Hc Hf Hv.
  apply (creeping (fun p q => exists k, forall t, p <= t <= q -> f k t <= eps) (- M) M); [lra| |].
  - intros t; destruct (Hv t (eps / 2) ltac:(lra)) as [k Hk]; cbv beta in Hk.
    pose proof (proj1 (continuity_pt_locally (f k) t) (proj2 (continuity_pt_filterlim (f k) t) (Hc k t))
                  (mkposreal (eps / 2) ltac:(lra))) as [radius Near].
    exists radius; split; [apply cond_pos|]; intros p q Hp Hpq Hq; exists k; intros x Hx.
    assert (B : Rabs (f k x - f k t) < eps / 2) by (apply Near; apply Rabs_def1; unfold minus, plus, opp; simpl; lra).
    apply Rabs_def2 in B; lra.
  - intros p q r Hpqr [j Hj] [k Hk]; exists (Nat.max j k); intros t Ht.
    destruct (Rle_dec t q).
    + apply Rle_trans with (f j t); [|apply Hj; lra]; apply (falling (fun k => f k t)); [intros; apply Hf|lia].
    + apply Rle_trans with (f k t); [|apply Hk; lra]; apply (falling (fun k => f k t)); [intros; apply Hf|lia].
Qed.

Lemma gaussian_mean_vanishes (f : nat -> R -> R) : (forall k, tame (f k)) -> (forall k t, 0 <= f k t) ->
  (forall k t, f (S k) t <= f k t) -> (forall t, vanishes (fun k => f k t)) -> vanishes (fun k => gaussian_mean (f k)).
Proof.
  intros Ht Hp Hf Hv eps He; pose proof bell_integral_one_positive as HZ.
  set (Z := bell_integral (fun _ => 1)) in *; assert (HeZ : 0 < eps * Z) by now apply Rmult_lt_0_compat.
  destruct (Ht 0%nat) as [_ [K [a [HK [Ha G0]]]]].
  assert (G : forall k, grows K a (f k)).
  { intros k t; apply Rle_trans with (Rabs (f 0%nat t)); [|apply G0].
    rewrite !Rabs_pos_eq by apply Hp; apply (falling (fun k => f k t)); [intros; apply Hf|lia]. }
  destruct (eventually_small K a HK (eps * Z / 2) ltac:(lra)) as [m Hm]; specialize (Hm m (le_n m)).
  set (M := INR m) in *; assert (HM : 0 <= M) by apply pos_INR.
  set (eta := eps * Z / (4 * (M + 1))).
  assert (Heta : 0 < eta) by (apply Rdiv_lt_0_compat; lra).
  destruct (vanishes_uniformly f M eta HM Heta (fun k => proj1 (Ht k)) Hf Hv) as [k Hk]; exists k.
  pose proof (piece_near_whole (f k) (proj1 (Ht k)) K a HK (G k) M M M HM ltac:(lra) ltac:(lra)) as W.
  pose proof (piece_difference (f k) (fun _ => 0) M eta (Ht k) (tame_constant 0) HM ltac:(lra)) as D.
  assert (Z0 : piece (fun _ => 0) (- M) M = 0).
  { unfold piece; rewrite (RInt_ext (V := R_CompleteNormedModule) _ (fun _ => 0)) by (intros; apply Rmult_0_l).
    rewrite RInt_const; apply Rmult_0_r. }
  rewrite Z0 in D.
  assert (D' : Rabs (piece (f k) (- M) M - 0) <= eta * (2 * M)).
  { apply D; intros t Htt; rewrite Rminus_0_r, Rabs_pos_eq by apply Hp; now apply Hk. }
  assert (E : eta * (2 * M) <= eps * Z / 2).
  { unfold eta; apply Rmult_le_reg_r with (4 * (M + 1)); [lra|].
    replace (eps * Z / (4 * (M + 1)) * (2 * M) * (4 * (M + 1))) with (eps * Z * (2 * M)) by (field; lra); nra. }
  unfold gaussian_mean; fold Z; apply Rmult_le_reg_r with Z; [assumption|].
  unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rabs_le_between in D'; apply Rabs_le_between in W; lra.
Qed.

Theorem gaussian_vanishes n (f : nat -> (nat -> R) -> R) : (forall k, regular n (f k)) -> (forall k x, 0 <= f k x) ->
  (forall k x, f (S k) x <= f k x) -> (forall x, vanishes (fun k => f k x)) -> vanishes (fun k => gaussian n (f k)).
Proof.
  revert f; induction n as [|n IH]; intros f Hr Hp Hf Hv; simpl; [apply Hv|].
  apply (IH (fun k => averaged n (f k))).
  - intros k; now apply averaged_regular.
  - intros k x; rewrite <- (gaussian_mean_constant 0); apply gaussian_mean_le;
      [apply tame_constant|now apply regular_slice|intros; apply Hp].
  - intros k x; apply gaussian_mean_le; [now apply regular_slice|now apply regular_slice|intros; apply Hf].
  - intros x; apply (gaussian_mean_vanishes (fun k t => f k (with_entry n t x))); intros.
    + now apply regular_slice.
    + apply Hp.
    + apply Hf.
    + apply Hv.
Qed.

Section Law.

Variable n : nat.

Notation function := ((nat -> R) -> R).

(** A series of bounds, and where it converges. *)
Record bounds (h : nat -> function) : Prop := {
  bounds_regular : forall i, regular n (h i);
  bounds_nonneg : forall i x, 0 <= h i x;
  bounds_summable : exists M, forall k, ∑ i < k, gaussian n (h i) <= M
}.

Definition finite_at (h : nat -> function) (x : nat -> R) : Prop := exists M, forall k, ∑ i < k, h i x <= M.

(** [g] is the sum of [f i] wherever the series of bounds converges. *)
Record represents (f h : nat -> function) (g : function) : Prop := {
  terms_regular : forall i, regular n (f i);
  terms_bounded : forall i x, Rabs (f i x) <= h i x;
  terms_sum : forall x, finite_at h x -> is_lim_seq (fun k => ∑ i < k, f i x) (g x)
}.

Definition lebesgue (g : function) (a : R) : Prop := exists f h, bounds h /\ represents f h g /\
  is_lim_seq (fun k => ∑ i < k, gaussian n (f i)) a.

Definition almost_all (P : (nat -> R) -> Prop) : Prop := exists h, bounds h /\ forall x, finite_at h x -> P x.

Lemma mean_nonneg f : regular n f -> (forall x, 0 <= f x) -> 0 <= gaussian n f.
Proof. intros Hf H; rewrite <- (gaussian_constant n 0); apply gaussian_le; auto using regular_constant. Qed.

Lemma mean_of_Sum k (f : nat -> function) : (forall i, regular n (f i)) ->
  gaussian n (fun x => ∑ i < k, f i x) = ∑ i < k, gaussian n (f i).
Proof.
  intros H; induction k as [|k IH]; simpl; [apply gaussian_constant|].
  rewrite gaussian_plus by auto using regular_Sum; now rewrite IH.
Qed.

Lemma Sum_rises (a : nat -> R) : (forall i, 0 <= a i) -> forall j k, (j <= k)%nat -> Sum j a <= Sum k a.
Proof. intros H j k Hjk; induction Hjk as [|k Hjk IH]; [lra|]; simpl; specialize (H k); lra. Qed.

Lemma Sum_split (a : nat -> R) m k : Sum (m + k) a = Sum m a + ∑ i < k, a (m + i)%nat.
Proof. induction k as [|k IH]; [rewrite Nat.add_0_r; simpl; ring|]; rewrite Nat.add_succ_r; simpl; rewrite IH; ring. Qed.

(** From some place on the rest of the means of the bounds is small. *)
Lemma small_rest h eps : bounds h -> 0 < eps -> exists m, forall k, ∑ i < k, gaussian n (h (m + i)%nat) <= eps.
Proof.
  intros [Hr Hp [M HM]] He.
  set (a := fun i => gaussian n (h i)) in *.
  assert (Ha : forall i, 0 <= a i) by (intros; apply mean_nonneg; auto).
  destruct (completeness (fun t => exists k, t = Sum k a)) as [L [Ub Least]].
  - exists M; intros t [k ->]; apply HM.
  - exists 0, 0%nat; reflexivity.
  - assert (exists m, L - eps < Sum m a) as [m Hm].
    { apply NNPP; intros No; assert (L <= L - eps); [|lra]; apply Least; intros t [k ->].
      apply Rnot_lt_le; intros Hlt; apply No; now exists k. }
    exists m; intros k; pose proof (Ub _ (ex_intro _ (m + k)%nat eq_refl)) as U; rewrite Sum_split in U.
    change (∑ i < k, a (m + i)%nat <= eps); lra.
Qed.

Lemma bounds_plus h h' : bounds h -> bounds h' -> bounds (fun i x => h i x + h' i x).
Proof.
  intros [Hr Hp [M HM]] [Hr' Hp' [M' HM']]; split.
  - intros i; apply regular_plus; auto.
  - intros i x; specialize (Hp i x); specialize (Hp' i x); lra.
  - exists (M + M'); intros k; rewrite (Sum_ext k _ (fun i => gaussian n (h i) + gaussian n (h' i))).
    + rewrite Sum_plus; specialize (HM k); specialize (HM' k); lra.
    + intros i _; apply gaussian_plus; auto.
Qed.

Lemma finite_left h h' x : bounds h' -> finite_at (fun i x => h i x + h' i x) x -> finite_at h x.
Proof.
  intros B [M HM]; exists M; intros k; eapply Rle_trans; [|apply (HM k)].
  apply Sum_le; intros i _; pose proof (bounds_nonneg h' B i x); lra.
Qed.

Lemma finite_right h h' x : bounds h -> finite_at (fun i x => h i x + h' i x) x -> finite_at h' x.
Proof.
  intros B [M HM]; exists M; intros k; eapply Rle_trans; [|apply (HM k)].
  apply Sum_le; intros i _; pose proof (bounds_nonneg h B i x); lra.
Qed.

Lemma regular_positive_part f : regular n f -> regular n (fun x => Rmax 0 (f x)).
Proof.
  intros H; apply regular_ext with (fun x => / 2 * (f x + Rabs (f x))).
  - intros x; unfold Rmax, Rabs; destruct (Rle_dec 0 (f x)), (Rcase_abs (f x)); lra.
  - apply regular_scal, regular_plus; [exact H|now apply regular_Rabs].
Qed.

(** What is at least 0 almost everywhere has a mean of at least 0. *)
Theorem lebesgue_nonneg f h g (a : R) : bounds h -> represents f h g -> is_lim_seq (fun k => ∑ i < k, gaussian n (f i)) a ->
  (forall x, finite_at h x -> 0 <= g x) -> 0 <= a.
Proof.
  intros B [Fr Fb Fs] La Hg; destruct (Rle_dec 0 a) as [|Neg]; [assumption|exfalso; apply Rnot_le_lt in Neg].
  pose proof B as [Hr Hp _].
  set (eps := - a / 5); assert (He : 0 < eps) by (unfold eps; lra).
  destruct (small_rest h eps B He) as [m Hm].
  set (F := fun x => ∑ i < m, f i x); assert (FR : regular n F) by (apply regular_Sum; auto).
  assert (FE : gaussian n F <= a + 2 * eps).
  { unfold F; rewrite mean_of_Sum by assumption.
    destruct (limit_near _ _ eps La He) as [j Hj]; cbv beta in Hj.
    specialize (Hj (m + j)%nat ltac:(lia)); rewrite Sum_split in Hj; apply Rabs_def2 in Hj.
    assert (- eps <= ∑ i < j, gaussian n (f (m + i)%nat)); [|lra].
    apply Rle_trans with (- ∑ i < j, gaussian n (h (m + i)%nat)); [specialize (Hm j); lra|].
    rewrite <- Sum_opp; apply Sum_le; intros i _.
    replace (- gaussian n (h (m + i)%nat)) with (-1 * gaussian n (h (m + i)%nat)) by ring.
    rewrite <- gaussian_scal by auto; apply gaussian_le; auto using regular_scal.
    intros x; specialize (Fb (m + i)%nat x); apply Rabs_le_between in Fb; lra. }
  set (rest := fun k x => ∑ i < k, h (m + i)%nat x).
  assert (RR : forall k, regular n (rest k)) by (intros; apply regular_Sum; auto).
  set (lack := fun k x => Rmax 0 (-1 * F x + -1 * rest k x)).
  assert (V : vanishes (fun k => gaussian n (lack k))).
  { apply gaussian_vanishes.
    - intros k; apply regular_positive_part, regular_plus; apply regular_scal; auto.
    - intros; apply Rmax_l.
    - intros k x; apply Rle_max_compat_l; unfold rest; simpl; specialize (Hp (m + k)%nat x); lra.
    - intros x e Hpos; destruct (classic (finite_at h x)) as [Fin|Inf].
      + destruct (limit_near _ _ e (Fs x Fin) Hpos) as [j Hj]; cbv beta in Hj; exists j; apply Rmax_lub; [lra|].
        specialize (Hj (m + j)%nat ltac:(lia)); apply Rabs_def2 in Hj; rewrite Sum_split in Hj.
        assert (∑ i < j, f (m + i)%nat x <= rest j x).
        { apply Sum_le; intros i _; specialize (Fb (m + i)%nat x); apply Rabs_le_between in Fb; lra. }
        pose proof (Hg x Fin); unfold F; lra.
      + assert (exists k, ∑ i < m, h i x + Rabs (F x) < ∑ i < k, h i x) as [k Hk].
        { apply NNPP; intros No; apply Inf; exists (∑ i < m, h i x + Rabs (F x)); intros k.
          apply Rnot_lt_le; intros Hlt; apply No; now exists k. }
        exists k; apply Rmax_lub; [lra|].
        pose proof (Sum_rises (fun i => h i x) (fun i => Hp i x) k (m + k) ltac:(lia)) as S; rewrite Sum_split in S.
        pose proof (Rle_abs (- F x)) as A; rewrite Rabs_Ropp in A; unfold rest; lra. }
  destruct (V eps He) as [k Hk].
  assert (Low : -1 * gaussian n F <= gaussian n (lack k) + gaussian n (rest k)).
  { rewrite <- gaussian_scal, <- gaussian_plus; try assumption.
    - apply gaussian_le; [now apply regular_scal| |].
      + apply regular_plus; [|auto]; apply regular_positive_part, regular_plus; apply regular_scal; auto.
      + intros x; unfold lack; pose proof (Rmax_r 0 (-1 * F x + -1 * rest k x)); lra.
    - apply regular_positive_part, regular_plus; apply regular_scal; auto.
    - auto. }
  assert (gaussian n (rest k) <= eps) by (unfold rest; rewrite mean_of_Sum by auto; apply Hm).
  unfold eps in *; lra.
Qed.

Lemma is_lim_Sum_plus (a b : nat -> R) (x y : R) : is_lim_seq (fun k => Sum k a) x -> is_lim_seq (fun k => Sum k b) y ->
  is_lim_seq (fun k => ∑ i < k, (a i + b i)) (x + y).
Proof.
  intros Ha Hb; apply is_lim_seq_ext with (fun k => Sum k a + Sum k b); [intros; now rewrite Sum_plus|].
  now apply is_lim_seq_plus'.
Qed.

Lemma is_lim_Sum_scal (c : R) (a : nat -> R) (x : R) : is_lim_seq (fun k => Sum k a) x ->
  is_lim_seq (fun k => ∑ i < k, (c * a i)) (c * x).
Proof.
  intros Ha; apply is_lim_seq_ext with (fun k => c * Sum k a); [intros; now rewrite Sum_scal_l|].
  now apply (is_lim_seq_scal_l _ c (Finite x)).
Qed.

Lemma lebesgue_plus g g' a a' : lebesgue g a -> lebesgue g' a' -> lebesgue (fun x => g x + g' x) (a + a').
Proof.
  intros [f [h [B [[Fr Fb Fs] L]]]] [f' [h' [B' [[Fr' Fb' Fs'] L']]]].
  exists (fun i x => f i x + f' i x), (fun i x => h i x + h' i x); split; [now apply bounds_plus|]; split.
  - split.
    + intros i; apply regular_plus; auto.
    + intros i x; eapply Rle_trans; [apply Rabs_triang|]; specialize (Fb i x); specialize (Fb' i x); lra.
    + intros x Fin; apply is_lim_Sum_plus; [apply Fs; exact (finite_left h h' x B' Fin)|apply Fs'; exact (finite_right h h' x B Fin)].
  - eapply is_lim_seq_ext; [|exact (is_lim_Sum_plus _ _ _ _ L L')]; intros k; apply Sum_ext; intros i _; symmetry.
    apply gaussian_plus; auto.
Qed.

Lemma lebesgue_scal c g a : lebesgue g a -> lebesgue (fun x => c * g x) (c * a).
Proof.
  intros [f [h [[Hr Hp [M HM]] [[Fr Fb Fs] L]]]]; set (k := Rabs c + 1).
  assert (Hk : 1 <= k) by (unfold k; pose proof (Rabs_pos c); lra).
  exists (fun i x => c * f i x), (fun i x => k * h i x); split; [|split].
  - split.
    + intros; now apply regular_scal.
    + intros i x; apply Rmult_le_pos; [lra|apply Hp].
    + exists (k * M); intros j; rewrite (Sum_ext j _ (fun i => k * gaussian n (h i))) by (intros; now apply gaussian_scal).
      rewrite Sum_scal_l; apply Rmult_le_compat_l; [lra|apply HM].
  - split.
    + intros; now apply regular_scal.
    + intros i x; rewrite Rabs_mult; specialize (Fb i x); specialize (Hp i x); pose proof (Rabs_pos c).
      pose proof (Rabs_pos (f i x)); unfold k; nra.
    + intros x [T HT]; apply is_lim_Sum_scal, Fs; exists T; intros j; eapply Rle_trans; [|apply (HT j)].
      apply Sum_le; intros i _; specialize (Hp i x); nra.
  - eapply is_lim_seq_ext; [|exact (is_lim_Sum_scal c _ _ L)]; intros j; apply Sum_ext; intros i _; symmetry.
    now apply gaussian_scal.
Qed.

Lemma lebesgue_almost g g' a : almost_all (fun x => g x = g' x) -> lebesgue g a -> lebesgue g' a.
Proof.
  intros [h' [B' E]] [f [h [B [[Fr Fb Fs] L]]]]; exists f, (fun i x => h i x + h' i x).
  split; [now apply bounds_plus|]; split; [|exact L]; split; [exact Fr| |].
  - intros i x; specialize (Fb i x); pose proof (bounds_nonneg h' B' i x); lra.
  - intros x Fin; rewrite <- (E x) by (exact (finite_right h h' x B Fin)); apply Fs; exact (finite_left h h' x B' Fin).
Qed.

Lemma lebesgue_le g g' a a' : lebesgue g a -> lebesgue g' a' -> almost_all (fun x => g x <= g' x) -> a <= a'.
Proof.
  intros Hg Hg' [h' [B' Le]].
  destruct (lebesgue_plus _ _ _ _ Hg' (lebesgue_scal (-1) _ _ Hg)) as [f [h [B [[Fr Fb Fs] L]]]].
  assert (0 <= a' + -1 * a); [|lra].
  refine (lebesgue_nonneg f (fun i x => h i x + h' i x) (fun x => g' x + -1 * g x) _ (bounds_plus _ _ B B') _ L _).
  - split; [exact Fr| |].
    + intros i x; specialize (Fb i x); pose proof (bounds_nonneg h' B' i x); lra.
    + intros x Fin; apply Fs; exact (finite_left h h' x B' Fin).
  - intros x Fin; specialize (Le x ltac:(exact (finite_right h h' x B Fin))); lra.
Qed.

Lemma almost_all_every (P : (nat -> R) -> Prop) : (forall x, P x) -> almost_all P.
Proof.
  intros H; exists (fun _ _ => 0); split; [|auto]; split; [intros; apply regular_constant|intros; lra|].
  exists 0; intros k; rewrite (Sum_ext k _ (fun _ => 0)) by (intros; apply gaussian_constant); rewrite Sum_zero; lra.
Qed.

Lemma lebesgue_unique g a b : lebesgue g a -> lebesgue g b -> a = b.
Proof.
  intros Ha Hb; apply Rle_antisym; [apply (lebesgue_le g g)|apply (lebesgue_le g g)]; auto;
    apply almost_all_every; intros; lra.
Qed.

(** Regular functions have the mean that they had. *)
Lemma lebesgue_regular g : regular n g -> lebesgue g (gaussian n g).
Proof.
  intros Hg.
  assert (one : forall (a : nat -> R) k, (forall i, (0 < i)%nat -> a i = 0) -> Sum (S k) a = a 0%nat).
  { intros a k H; induction k as [|k IH]; [simpl; ring|].
    change (Sum (S k) a + a (S k) = a 0%nat); rewrite IH, (H (S k)) by lia; ring. }
  set (f := fun (i : nat) x => if Nat.eqb i 0 then g x else 0).
  assert (f0 : forall i, (0 < i)%nat -> f i = fun _ => 0) by (intros [|i] Hi; [lia|reflexivity]).
  assert (fr : forall i, regular n (f i)) by (intros [|i]; [exact Hg|exact (regular_constant n 0)]).
  exists f, (fun i x => Rabs (f i x)); split; [|split].
  - split.
    + intros i; now apply regular_Rabs.
    + intros; apply Rabs_pos.
    + exists (gaussian n (fun x => Rabs (g x))); intros [|k].
      * simpl; apply mean_nonneg; [now apply regular_Rabs|intros; apply Rabs_pos].
      * rewrite one; [apply Rle_refl|]; intros i Hi; rewrite f0 by assumption.
        rewrite (gaussian_ext n _ (fun _ => 0)) by (intros; apply Rabs_R0); apply gaussian_constant.
  - split; [exact fr|intros; apply Rle_refl|]; intros x _.
    apply is_lim_seq_ext_loc with (fun _ => g x); [|apply is_lim_seq_const].
    exists 1%nat; intros [|k] Hk; [lia|]; rewrite one; [reflexivity|]; intros i Hi; now rewrite f0.
  - apply is_lim_seq_ext_loc with (fun _ => gaussian n g); [|apply is_lim_seq_const].
    exists 1%nat; intros [|k] Hk; [lia|]; rewrite one; [reflexivity|]; intros i Hi; rewrite f0 by assumption.
    apply gaussian_constant.
Qed.

(** A series of regular functions whose bounds are summable has a mean. *)
Lemma represented_integrable f h g : bounds h -> represents f h g -> exists a, lebesgue g a.
Proof.
  intros B Rep; pose proof B as [Hr Hp [M HM]]; pose proof Rep as [Fr Fb Fs].
  assert (le : forall i, - gaussian n (h i) <= gaussian n (f i) <= gaussian n (h i)).
  { intros i; split.
    - replace (- gaussian n (h i)) with (-1 * gaussian n (h i)) by ring; rewrite <- gaussian_scal by auto.
      apply gaussian_le; auto using regular_scal; intros x; specialize (Fb i x); apply Rabs_le_between in Fb; lra.
    - apply gaussian_le; auto; intros x; specialize (Fb i x); apply Rabs_le_between in Fb; lra. }
  assert (rise : forall a : nat -> R, (forall i, 0 <= a i) -> (forall k, Sum k a <= 2 * M) ->
            exists l : R, is_lim_seq (fun k => Sum k a) l).
  { intros a Ha Hb; destruct (ex_finite_lim_seq_incr (fun k => Sum k a) (2 * M)) as [l Hl]; [|exact Hb|now exists l].
    intros k; simpl; specialize (Ha k); lra. }
  assert (M0 : 0 <= M) by exact (HM 0%nat).
  destruct (rise (fun i => gaussian n (h i))) as [l1 H1].
  { intros i; specialize (le i); lra. }
  { intros k; specialize (HM k); lra. }
  destruct (rise (fun i => gaussian n (f i) + gaussian n (h i))) as [l2 H2].
  { intros i; specialize (le i); lra. }
  { intros k; apply Rle_trans with (∑ i < k, (2 * gaussian n (h i))).
    - apply Sum_le; intros i _; specialize (le i); lra.
    - rewrite Sum_scal_l; specialize (HM k); lra. }
  exists (l2 + -1 * l1), f, h; split; [exact B|]; split; [exact Rep|].
  eapply is_lim_seq_ext; [|exact (is_lim_Sum_plus _ _ _ _ H2 (is_lim_Sum_scal (-1) _ _ H1))].
  intros k; apply Sum_ext; intros; ring.
Qed.

Lemma integrable_abs g : (exists a, lebesgue g a) -> exists a, lebesgue (fun x => Rabs (g x)) a.
Proof.
  intros [a [f [h [B [[Fr Fb Fs] _]]]]].
  assert (S : forall x k, ∑ i < k, (Rabs (∑ j < S i, f j x) - Rabs (∑ j < i, f j x)) = Rabs (∑ j < k, f j x)).
  { intros x k; induction k as [|k IH]; [simpl; now rewrite Rabs_R0|].
    change (∑ i < k, (Rabs (∑ j < S i, f j x) - Rabs (∑ j < i, f j x))
            + (Rabs (∑ j < S k, f j x) - Rabs (∑ j < k, f j x)) = Rabs (∑ j < S k, f j x)); rewrite IH; ring. }
  apply (represented_integrable (fun i x => Rabs (∑ j < Datatypes.S i, f j x) - Rabs (∑ j < i, f j x)) h); [exact B|split].
  - intros i; apply regular_ext with (fun x => Rabs (∑ j < Datatypes.S i, f j x) + -1 * Rabs (∑ j < i, f j x)); [intros; ring|].
    apply regular_plus; [|apply regular_scal]; apply regular_Rabs, regular_Sum; auto.
  - intros i x; eapply Rle_trans; [|apply Fb]; eapply Rle_trans; [apply Rabs_triang_inv2|].
    simpl; apply Req_le; f_equal; ring.
  - intros x Fin; eapply is_lim_seq_ext; [intros k; symmetry; apply S|].
    exact (is_lim_seq_abs _ (Finite _) (Fs x Fin)).
Qed.

(** The mean, which is 0 where there is none. *)
Definition lebesgue_mean (g : function) : R := real (Lub_Rbar (lebesgue g)).

Lemma lebesgue_mean_value g a : lebesgue g a -> lebesgue_mean g = a.
Proof.
  intros H; unfold lebesgue_mean; rewrite (is_lub_Rbar_unique _ (Finite a)); [reflexivity|]; split.
  - intros b Hb; rewrite (lebesgue_unique g b a Hb H); apply Rle_refl.
  - intros b Hb; exact (Hb a H).
Qed.

(** The probability space of [n] independent standard normal numbers. *)
Definition gaussian_space : expectation (nat -> R).
Proof.
  refine {| integrable := fun g => exists a, lebesgue g a; expected_value := lebesgue_mean; almost := almost_all |}.
  - intros c; eexists; apply lebesgue_regular, regular_constant.
  - intros f g [a Ha] [b Hb]; eexists; now apply lebesgue_plus; eassumption.
  - intros c f [a Ha]; eexists; apply lebesgue_scal; eassumption.
  - intros P Q H [h [B HP]]; exists h; auto.
  - intros P Q [h [B HP]] [h' [B' HQ]]; exists (fun i x => h i x + h' i x); split; [now apply bounds_plus|].
    intros x Fin; split; [apply HP; exact (finite_left h h' x B' Fin)|apply HQ; exact (finite_right h h' x B Fin)].
  - exact almost_all_every.
  - intros f g E [a Ha]; exists a; now apply lebesgue_almost with f.
  - intros c; apply lebesgue_mean_value; pose proof (lebesgue_regular _ (regular_constant n c)) as L.
    rewrite gaussian_constant in L; exact L.
  - intros f g [a Ha] [b Hb]; rewrite (lebesgue_mean_value f a Ha), (lebesgue_mean_value g b Hb).
    apply lebesgue_mean_value; now apply lebesgue_plus.
  - intros c f [a Ha]; rewrite (lebesgue_mean_value f a Ha); apply lebesgue_mean_value; now apply lebesgue_scal.
  - intros f g [a Ha] [b Hb] H; rewrite (lebesgue_mean_value f a Ha), (lebesgue_mean_value g b Hb).
    exact (lebesgue_le f g a b Ha Hb H).
Defined.

Lemma integrable_measurable f : integrable gaussian_space f -> measurable gaussian_space f.
Proof.
  assert (max : forall f g, integrable gaussian_space f -> integrable gaussian_space g ->
            integrable gaussian_space (fun x => Rmax (f x) (g x))).
  { intros p q Hp Hq; assert (Hd : integrable gaussian_space (fun x => p x + -1 * q x)).
    { apply integrable_plus; [exact Hp|]; now apply integrable_scal. }
    refine (integrable_ext _ gaussian_space (fun x => / 2 * (p x + q x + Rabs (p x + -1 * q x))) _ _ _).
    - apply almost_every; intros x; unfold Rmax, Rabs; destruct (Rle_dec (p x) (q x)), (Rcase_abs (p x + -1 * q x)); lra.
    - apply integrable_scal, integrable_plus; [now apply integrable_plus|]; exact (integrable_abs _ Hd). }
  intros Hf low high L H; apply max; [exact L|].
  refine (integrable_ext _ gaussian_space (fun x => -1 * Rmax (-1 * f x) (-1 * high x)) _ _ _).
  - apply almost_every; intros x; unfold Rmax, Rmin; destruct (Rle_dec (-1 * f x) (-1 * high x)), (Rle_dec (f x) (high x)); lra.
  - apply integrable_scal, max; now apply integrable_scal.
Qed.

End Law.

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
