(** The Gaussian integral of one variable: the improper Riemann integral of [f x * exp (- x^2 / 2)] over the line, for
    continuous [f] that grow no faster than an exponential, divided by that of [1]. The value of the latter, the root
    of [2 pi], is not needed. *)

From Coq Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Definition bell (x : R) : R := exp (- (x * x) / 2).

(** Growth at most exponential. *)
Definition grows (K a : R) (f : R -> R) : Prop := forall x, Rabs (f x) <= K * exp (a * Rabs x).

Definition tame (f : R -> R) : Prop :=
  (forall x, continuous f x) /\ exists K a, 0 <= K /\ 0 <= a /\ grows K a f.

(** The integral between two bounds, and over the line. *)
Definition piece (f : R -> R) (p q : R) : R := RInt (fun x => f x * bell x) p q.

Definition bell_integral (f : R -> R) : R := real (Lim_seq (fun n => piece f (- INR n) (INR n))).

Lemma bell_positive x : 0 < bell x.
Proof. apply exp_pos. Qed.

Lemma bell_at_most_one x : bell x <= 1.
Proof.
  unfold bell; rewrite <- exp_0; destruct (Req_dec (- (x * x) / 2) 0) as [->|H]; [lra|].
  apply Rlt_le, exp_increasing; pose proof (Rle_0_sqr x) as S; unfold Rsqr in S; lra.
Qed.

Lemma bell_even x : bell (- x) = bell x.
Proof. unfold bell; f_equal; field. Qed.

Lemma bell_derive x : is_derive bell x (- x * bell x).
Proof. unfold bell, Rdiv; auto_derive; [exact I|]; field. Qed.

Lemma bell_continuous x : continuous bell x.
Proof. apply (ex_derive_continuous (V := R_NormedModule)); eexists; apply bell_derive. Qed.

Lemma exp_le x y : x <= y -> exp x <= exp y.
Proof. intros [H| ->]; [now apply Rlt_le, exp_increasing|lra]. Qed.

Definition tail_constant (a : R) : R := exp ((a + 1) * (a + 1) / 2).

Lemma tail_constant_positive a : 0 < tail_constant a.
Proof. apply exp_pos. Qed.

Lemma under_exponential K a f x : 0 <= K -> grows K a f ->
  Rabs (f x * bell x) <= K * tail_constant a * exp (- Rabs x).
Proof.
  intros HK Hf; rewrite Rabs_mult, (Rabs_pos_eq (bell x)) by (apply Rlt_le, bell_positive).
  apply Rle_trans with (K * exp (a * Rabs x) * bell x).
  { apply Rmult_le_compat_r; [apply Rlt_le, bell_positive|apply Hf]. }
  unfold tail_constant, bell; rewrite !Rmult_assoc; apply Rmult_le_compat_l; [assumption|].
  rewrite <- !exp_plus; apply exp_le.
  assert (E : x * x = Rabs x * Rabs x) by (unfold Rabs; destruct (Rcase_abs x); ring).
  rewrite E; pose proof (Rle_0_sqr (Rabs x - (a + 1))) as S; unfold Rsqr in S; lra.
Qed.

Section Tame.

Variable f : R -> R.
Hypothesis continuous_f : forall x, continuous f x.

Lemma integrand_continuous x : continuous (fun x => f x * bell x) x.
Proof. apply (continuous_mult f bell); [apply continuous_f|apply bell_continuous]. Qed.

Lemma piece_exists p q : ex_RInt (fun x => f x * bell x) p q.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply integrand_continuous. Qed.

Lemma piece_split p q r : piece f p q + piece f q r = piece f p r.
Proof. apply (RInt_Chasles (V := R_CompleteNormedModule)); apply piece_exists. Qed.

Lemma piece_reversed p q : piece f p q = - piece f q p.
Proof.
  symmetry; exact (opp_RInt_swap (V := R_CompleteNormedModule) _ _ _ (piece_exists q p)).
Qed.

Variables (K a : R).
Hypothesis K_nonneg : 0 <= K.
Hypothesis growth : grows K a f.

Let C := K * tail_constant a.

Lemma C_nonneg : 0 <= C.
Proof. apply Rmult_le_pos; [assumption|apply Rlt_le, tail_constant_positive]. Qed.

Lemma tail_right p q : 0 <= p <= q -> Rabs (piece f p q) <= C * exp (- p).
Proof.
  intros H.
  assert (HI : is_RInt (fun x => C * exp (- x)) p q (- (C * exp (- q)) - - (C * exp (- p)))).
  { apply (is_RInt_derive (V := R_CompleteNormedModule) (fun x => - (C * exp (- x)))).
    - intros x _; auto_derive; [exact I|ring].
    - intros x _; apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; exact I. }
  apply Rle_trans with (- (C * exp (- q)) - - (C * exp (- p))).
  - apply (norm_RInt_le (V := R_NormedModule) (fun x => f x * bell x) (fun x => C * exp (- x)) p q); [lra| | |exact HI].
    + intros x Hx; rewrite <- (Rabs_pos_eq x) at 3 by lra; now apply under_exponential.
    + apply (RInt_correct (V := R_CompleteNormedModule)), piece_exists.
  - pose proof C_nonneg; pose proof (exp_pos (- q)); nra.
Qed.

Lemma tail_left p q : 0 <= p <= q -> Rabs (piece f (- q) (- p)) <= C * exp (- p).
Proof.
  intros H.
  assert (HI : is_RInt (fun x => C * exp x) (- q) (- p) (C * exp (- p) - C * exp (- q))).
  { apply (is_RInt_derive (V := R_CompleteNormedModule) (fun x => C * exp x)).
    - intros x _; auto_derive; [exact I|ring].
    - intros x _; apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; exact I. }
  apply Rle_trans with (C * exp (- p) - C * exp (- q)).
  - apply (norm_RInt_le (V := R_NormedModule) (fun x => f x * bell x) (fun x => C * exp x) (- q) (- p)); [lra| | |exact HI].
    + intros x Hx; replace x with (- Rabs x) at 3 by (rewrite Rabs_left1 by lra; ring); now apply under_exponential.
    + apply (RInt_correct (V := R_CompleteNormedModule)), piece_exists.
  - pose proof C_nonneg; pose proof (exp_pos (- q)); nra.
Qed.

(** Two pieces that both reach from [- c] to [c] are close. *)
Lemma pieces_close c p q p' q' : 0 <= c -> c <= p -> c <= q -> c <= p' -> c <= q' ->
  Rabs (piece f (- p) q - piece f (- p') q') <= 2 * (C * exp (- c)).
Proof.
  intros Hc Hp Hq Hp' Hq'.
  assert (one_side : forall x y, c <= x -> c <= y -> Rabs (piece f x y) <= C * exp (- c)).
  { intros x y Hx Hy; pose proof C_nonneg.
    assert (forall x y, c <= x -> x <= y -> Rabs (piece f x y) <= C * exp (- c)) as W.
    { intros z t Hz Ht; eapply Rle_trans; [apply tail_right; lra|].
      apply Rmult_le_compat_l; [assumption|apply exp_le; lra]. }
    destruct (Rle_dec x y); [now apply W|rewrite piece_reversed, Rabs_Ropp; apply W; lra]. }
  assert (other_side : forall x y, c <= x -> c <= y -> Rabs (piece f (- x) (- y)) <= C * exp (- c)).
  { intros x y Hx Hy; pose proof C_nonneg.
    assert (forall x y, c <= y -> y <= x -> Rabs (piece f (- x) (- y)) <= C * exp (- c)) as W.
    { intros z t Hz Ht; eapply Rle_trans; [apply tail_left; lra|].
      apply Rmult_le_compat_l; [assumption|apply exp_le; lra]. }
    destruct (Rle_dec y x); [now apply W|rewrite piece_reversed, Rabs_Ropp; apply W; lra]. }
  rewrite <- (piece_split (- p) (- p') q), <- (piece_split (- p') q' q).
  replace (_ + _ - _) with (piece f (- p) (- p') + piece f q' q) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  pose proof (one_side q' q Hq' Hq); pose proof (other_side p p' Hp Hp'); lra.
Qed.

Lemma eventually_small eps : 0 < eps -> exists N : nat, forall n, (N <= n)%nat -> 2 * (C * exp (- INR n)) < eps.
Proof.
  intros He; pose proof C_nonneg as HC.
  destruct (archimed_cor1 (eps / (2 * C + 1))) as [N [HN HN0]]; [apply Rdiv_lt_0_compat; lra|].
  exists N; intros n Hn.
  assert (HNp : 0 < INR N) by (apply lt_0_INR; lia).
  assert (Hle : INR N <= INR n) by now apply le_INR.
  assert (He1 : exp (- INR n) <= / INR N).
  { rewrite exp_Ropp; apply Rinv_le_contravar; [assumption|].
    pose proof (exp_ineq1_le (INR n)); lra. }
  assert (H1 : (2 * C + 1) * / INR N < eps).
  { apply Rmult_lt_reg_l with (/ (2 * C + 1)); [apply Rinv_0_lt_compat; lra|].
    rewrite <- Rmult_assoc, Rinv_l by lra; unfold Rdiv in HN; lra. }
  assert (0 < / INR N) by now apply Rinv_0_lt_compat.
  nra.
Qed.

Lemma pieces_converge : is_lim_seq (fun n => piece f (- INR n) (INR n)) (bell_integral f).
Proof.
  apply Lim_seq_correct', ex_lim_seq_cauchy_corr; intros [eps He].
  destruct (eventually_small eps He) as [N HN]; exists N; intros n m Hn Hm; simpl.
  eapply Rle_lt_trans; [apply (pieces_close (INR N))|apply HN; lia]; try apply pos_INR; now apply le_INR.
Qed.

(** How close a piece is to the whole. *)
Theorem piece_near_whole c p q : 0 <= c -> c <= p -> c <= q ->
  Rabs (piece f (- p) q - bell_integral f) <= 2 * (C * exp (- c)).
Proof.
  intros Hc Hp Hq.
  assert (L : is_lim_seq (fun n => Rabs (piece f (- p) q - piece f (- INR n) (INR n)))
                (Rabs (piece f (- p) q - bell_integral f))).
  { apply (is_lim_seq_abs _ (Finite _)).
    apply (is_lim_seq_minus' _ _ (piece f (- p) q) (bell_integral f)); [apply is_lim_seq_const|exact pieces_converge]. }
  destruct (nfloor_ex c Hc) as [m [_ Hm]].
  refine (is_lim_seq_le_loc _ (fun _ => 2 * (C * exp (- c))) (Finite _) (Finite _) _ L (is_lim_seq_const _)).
  exists (S m); intros n Hn; apply pieces_close; try assumption;
    apply le_INR in Hn; rewrite S_INR in Hn; lra.
Qed.

Corollary bell_integral_bounded : Rabs (bell_integral f) <= 2 * C.
Proof.
  pose proof (piece_near_whole 0 0 0 ltac:(lra) ltac:(lra) ltac:(lra)) as H.
  unfold piece in H; rewrite Ropp_0, (RInt_point (V := R_CompleteNormedModule)), exp_0 in H.
  change (zero : R) with 0 in H; rewrite Rminus_0_l, Rabs_Ropp in H; lra.
Qed.

(** Pieces whose bounds go to infinity in any way converge to the whole. *)
Lemma pieces_converge_along (p q : nat -> R) :
  (forall M, exists N, forall n, (N <= n)%nat -> M <= p n /\ M <= q n) ->
  is_lim_seq (fun n => piece f (- p n) (q n)) (bell_integral f).
Proof.
  intros H; apply is_lim_seq_spec; intros [eps He]; simpl.
  destruct (eventually_small eps He) as [m Hm]; destruct (H (INR m)) as [N HN]; exists N; intros n Hn.
  destruct (HN n Hn); eapply Rle_lt_trans; [apply (piece_near_whole (INR m))|apply Hm; lia]; auto; apply pos_INR.
Qed.

End Tame.

Lemma tame_converges f : tame f -> is_lim_seq (fun n => piece f (- INR n) (INR n)) (bell_integral f).
Proof. intros [Hc [K [a [HK [Ha Hg]]]]]; exact (pieces_converge f Hc K a HK Hg). Qed.

Lemma tame_converges_along f (p q : nat -> R) : tame f ->
  (forall M, exists N, forall n, (N <= n)%nat -> M <= p n /\ M <= q n) ->
  is_lim_seq (fun n => piece f (- p n) (q n)) (bell_integral f).
Proof. intros [Hc [K [a [HK [Ha Hg]]]]]; exact (pieces_converge_along f Hc K a HK Hg p q). Qed.

Lemma is_lim_unique_real u (a b : R) : is_lim_seq u a -> is_lim_seq u b -> a = b.
Proof.
  intros Ha Hb; apply is_lim_seq_unique in Ha; apply is_lim_seq_unique in Hb; rewrite Ha in Hb; now injection Hb.
Qed.

(** Closure of the class. *)
Lemma tame_constant c : tame (fun _ => c).
Proof.
  split; [intros; apply continuous_const|]; exists (Rabs c), 0; repeat split; try lra; [apply Rabs_pos|].
  intros x; rewrite Rmult_0_l, exp_0; lra.
Qed.

Lemma tame_identity : tame (fun x => x).
Proof.
  split; [intros; apply continuous_id|]; exists 1, 1; repeat split; try lra.
  intros x; pose proof (exp_ineq1_le (1 * Rabs x)); lra.
Qed.

Lemma tame_plus f g : tame f -> tame g -> tame (fun x => f x + g x).
Proof.
  intros [Hf [K [a [HK [Ha Gf]]]]] [Hg [L [b [HL [Hb Gg]]]]]; split.
  { intros x; now apply (continuous_plus f g). }
  exists (K + L), (a + b); repeat split; try lra; intros x.
  eapply Rle_trans; [apply Rabs_triang|].
  assert (exp (a * Rabs x) <= exp ((a + b) * Rabs x)) by (apply exp_le; pose proof (Rabs_pos x); nra).
  assert (exp (b * Rabs x) <= exp ((a + b) * Rabs x)) by (apply exp_le; pose proof (Rabs_pos x); nra).
  pose proof (Gf x); pose proof (Gg x); nra.
Qed.

Lemma tame_mult f g : tame f -> tame g -> tame (fun x => f x * g x).
Proof.
  intros [Hf [K [a [HK [Ha Gf]]]]] [Hg [L [b [HL [Hb Gg]]]]]; split.
  { intros x; now apply (continuous_mult f g). }
  exists (K * L), (a + b); repeat split; try lra; [now apply Rmult_le_pos|]; intros x.
  rewrite Rabs_mult, Rmult_plus_distr_r, exp_plus.
  replace (K * L * (exp (a * Rabs x) * exp (b * Rabs x))) with (K * exp (a * Rabs x) * (L * exp (b * Rabs x))) by ring.
  apply Rmult_le_compat; auto using Rabs_pos.
Qed.

Lemma tame_ext f g : (forall x, f x = g x) -> tame f -> tame g.
Proof.
  intros H [Hf [K [a [HK [Ha Gf]]]]]; split.
  - intros x; now apply (continuous_ext f).
  - exists K, a; repeat split; auto; intros x; rewrite <- H; apply Gf.
Qed.

Lemma tame_scal c f : tame f -> tame (fun x => c * f x).
Proof. intros H; apply tame_mult; [apply tame_constant|assumption]. Qed.

(** Linear, and in order. *)
Lemma bell_integral_ext f g : (forall x, f x = g x) -> bell_integral f = bell_integral g.
Proof.
  intros H; unfold bell_integral; f_equal; apply Lim_seq_ext; intros n; unfold piece.
  apply (RInt_ext (V := R_CompleteNormedModule)); intros; now rewrite H.
Qed.

Lemma bell_integral_plus f g : tame f -> tame g ->
  bell_integral (fun x => f x + g x) = bell_integral f + bell_integral g.
Proof.
  intros Hf Hg; eapply is_lim_unique_real; [apply tame_converges, tame_plus; assumption|].
  eapply is_lim_seq_ext; [|apply (is_lim_seq_plus' _ _ _ _ (tame_converges f Hf) (tame_converges g Hg))].
  intros n; unfold piece; simpl; symmetry.
  rewrite (RInt_ext (V := R_CompleteNormedModule) _ (fun x => plus (f x * bell x) (g x * bell x)))
    by (intros; unfold plus; simpl; ring).
  apply (RInt_plus (V := R_CompleteNormedModule)); apply piece_exists; [apply Hf|apply Hg].
Qed.

Lemma bell_integral_scal c f : tame f -> bell_integral (fun x => c * f x) = c * bell_integral f.
Proof.
  intros Hf; eapply is_lim_unique_real; [apply tame_converges, tame_scal; assumption|].
  eapply is_lim_seq_ext; [|apply (is_lim_seq_scal_l _ c _ (tame_converges f Hf))].
  intros n; unfold piece; simpl; symmetry.
  rewrite (RInt_ext (V := R_CompleteNormedModule) _ (fun x => scal c (f x * bell x)))
    by (intros; unfold scal; simpl; unfold mult; simpl; ring).
  apply (RInt_scal (V := R_CompleteNormedModule)); apply piece_exists, Hf.
Qed.

Lemma bell_integral_nonneg f : tame f -> (forall x, 0 <= f x) -> 0 <= bell_integral f.
Proof.
  intros Hf H.
  refine (is_lim_seq_le (fun _ => 0) _ (Finite 0) (Finite _) _ (is_lim_seq_const 0) (tame_converges f Hf)).
  intros n; apply RInt_ge_0; [pose proof (pos_INR n); lra|apply piece_exists, Hf|].
  intros x _; apply Rmult_le_pos; [apply H|apply Rlt_le, bell_positive].
Qed.

Lemma bell_integral_one_positive : 0 < bell_integral (fun _ => 1).
Proof.
  assert (H1 : 0 < piece (fun _ => 1) (-1) 1).
  { apply RInt_gt_0; [lra| |].
    - intros x _; rewrite Rmult_1_l; apply bell_positive.
    - intros x _; apply (integrand_continuous (fun _ => 1)); intros; apply continuous_const. }
  apply Rlt_le_trans with (1 := H1).
  refine (is_lim_seq_le_loc (fun _ => piece (fun _ => 1) (-1) 1) _ (Finite _) (Finite _) _ (is_lim_seq_const _)
            (tame_converges _ (tame_constant 1))).
  exists 1%nat; intros n Hn; assert (1 <= INR n) by (apply (le_INR 1) in Hn; exact Hn).
  assert (Hc : forall x : R, continuous (fun _ : R => 1) x) by (intros; apply continuous_const).
  rewrite <- (piece_split _ Hc (- INR n) (-1) (INR n)), <- (piece_split _ Hc (-1) 1 (INR n)).
  assert (Hp : forall x y, x <= y -> 0 <= piece (fun _ => 1) x y).
  { intros x y Hxy; apply RInt_ge_0; [assumption|apply piece_exists; assumption|].
    intros t _; rewrite Rmult_1_l; apply Rlt_le, bell_positive. }
  pose proof (Hp (- INR n) (-1) ltac:(lra)); pose proof (Hp 1 (INR n) ltac:(lra)); lra.
Qed.

(** Symmetry. *)
Lemma tame_reflected f : tame f -> tame (fun x => f (- x)).
Proof.
  intros [Hf [K [a [HK [Ha Gf]]]]]; split.
  - intros x; apply (continuous_comp Ropp f); [|apply Hf].
    apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; exact I.
  - exists K, a; repeat split; auto; intros x; rewrite <- (Rabs_Ropp x); apply Gf.
Qed.

(** Substitution of [sigma x + mu]. *)
Lemma piece_substituted f sigma mu p q : (forall x, continuous f x) ->
  sigma * RInt (fun x => f (sigma * x + mu)) p q = RInt f (sigma * p + mu) (sigma * q + mu).
Proof.
  intros Hf.
  assert (E : ex_RInt f (sigma * p + mu) (sigma * q + mu)) by
    (apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply Hf).
  rewrite <- (RInt_comp_lin (V := R_CompleteNormedModule) f sigma mu p q E).
  symmetry; apply (RInt_scal (V := R_CompleteNormedModule) (fun y => f (sigma * y + mu))).
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros x _.
  apply (continuous_comp (fun x => sigma * x + mu) f); [|apply Hf].
  apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; exact I.
Qed.

Lemma bell_integral_reflected f : tame f -> bell_integral (fun x => f (- x)) = bell_integral f.
Proof.
  intros Hf; eapply is_lim_unique_real; [apply tame_converges, tame_reflected; assumption|].
  eapply is_lim_seq_ext; [|apply (tame_converges f Hf)].
  intros n; unfold piece; simpl.
  pose proof (piece_substituted (fun x => f x * bell x) (-1) 0 (INR n) (- INR n)
    (integrand_continuous f (proj1 Hf))) as E.
  replace (-1 * INR n + 0) with (- INR n) in E by ring; replace (-1 * - INR n + 0) with (INR n) in E by ring.
  transitivity (-1 * RInt (fun x => f (-1 * x + 0) * bell (-1 * x + 0)) (INR n) (- INR n)); [symmetry; exact E|].
  rewrite (RInt_ext (V := R_CompleteNormedModule) _ (fun x => f (- x) * bell x)).
  - change (-1 * piece (fun x => f (- x)) (INR n) (- INR n) = piece (fun x => f (- x)) (- INR n) (INR n)).
    rewrite (piece_reversed _ (proj1 (tame_reflected f Hf)) (INR n)); ring.
  - intros x _; replace (-1 * x + 0) with (- x) by ring; now rewrite bell_even.
Qed.

(** The mean of [f x] under the standard Gaussian law. *)
Definition gaussian_mean (f : R -> R) : R := bell_integral f / bell_integral (fun _ => 1).

Lemma gaussian_mean_ext f g : (forall x, f x = g x) -> gaussian_mean f = gaussian_mean g.
Proof. intros H; unfold gaussian_mean; now rewrite (bell_integral_ext f g H). Qed.

Lemma gaussian_mean_plus f g : tame f -> tame g ->
  gaussian_mean (fun x => f x + g x) = gaussian_mean f + gaussian_mean g.
Proof.
  intros Hf Hg; unfold gaussian_mean; rewrite bell_integral_plus by assumption.
  pose proof bell_integral_one_positive; field; lra.
Qed.

Lemma gaussian_mean_scal c f : tame f -> gaussian_mean (fun x => c * f x) = c * gaussian_mean f.
Proof.
  intros Hf; unfold gaussian_mean; rewrite bell_integral_scal by assumption.
  pose proof bell_integral_one_positive; field; lra.
Qed.

Lemma gaussian_mean_constant c : gaussian_mean (fun _ => c) = c.
Proof.
  rewrite (gaussian_mean_ext _ (fun _ => c * 1)) by (intros; ring).
  rewrite gaussian_mean_scal by apply tame_constant.
  unfold gaussian_mean; pose proof bell_integral_one_positive; field; lra.
Qed.

Lemma gaussian_mean_le f g : tame f -> tame g -> (forall x, f x <= g x) -> gaussian_mean f <= gaussian_mean g.
Proof.
  intros Hf Hg H; pose proof bell_integral_one_positive as P.
  assert (D : 0 <= bell_integral (fun x => g x + -1 * f x)).
  { apply bell_integral_nonneg; [apply tame_plus, tame_scal; assumption|]; intros x; specialize (H x); lra. }
  rewrite (bell_integral_plus g), bell_integral_scal in D by first [assumption | now apply tame_scal].
  unfold gaussian_mean; apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; exact P|lra].
Qed.

Lemma gaussian_mean_reflected f : tame f -> gaussian_mean (fun x => f (- x)) = gaussian_mean f.
Proof. intros Hf; unfold gaussian_mean; now rewrite bell_integral_reflected. Qed.

Corollary gaussian_mean_odd f : tame f -> (forall x, f (- x) = - f x) -> gaussian_mean f = 0.
Proof.
  intros Hf H; pose proof (gaussian_mean_reflected f Hf) as E.
  rewrite (gaussian_mean_ext _ (fun x => -1 * f x)), gaussian_mean_scal in E
    by (assumption || intros; rewrite ?H; ring); lra.
Qed.

(** Integration by parts: [E (f' x - x f x) = 0]. *)
Theorem gaussian_by_parts f f' : (forall x, is_derive f x (f' x)) -> tame f -> tame f' ->
  gaussian_mean f' = gaussian_mean (fun x => x * f x).
Proof.
  intros D Hf Hf'; assert (Hx : tame (fun x => x * f x)) by (apply tame_mult; [apply tame_identity|assumption]).
  assert (Ht : tame (fun x => f' x + -1 * (x * f x))) by (apply tame_plus, tame_scal; assumption).
  assert (Z : bell_integral (fun x => f' x + -1 * (x * f x)) = 0).
  { eapply is_lim_unique_real; [apply (tame_converges _ Ht)|].
    apply is_lim_seq_ext with (fun n => f (INR n) * bell (INR n) - f (- INR n) * bell (- INR n)).
    - intros n; symmetry; apply (is_RInt_unique (V := R_CompleteNormedModule)).
      apply (is_RInt_derive (V := R_CompleteNormedModule) (fun x => f x * bell x)).
      + intros x _.
        replace ((f' x + -1 * (x * f x)) * bell x) with (f' x * bell x + f x * (- x * bell x)) by ring.
        apply (is_derive_mult (K := R_AbsRing) f bell); [apply D|apply bell_derive|intros; apply Rmult_comm].
      + intros x _; apply (integrand_continuous _ (proj1 Ht)).
    - destruct Hf as [_ [K [a [HK [_ Hg]]]]].
      apply is_lim_seq_spec; intros [eps He]; simpl.
      destruct (eventually_small K a HK eps He) as [N HN]; exists N; intros n Hn.
      rewrite Rminus_0_r; eapply Rle_lt_trans; [|apply (HN n Hn)].
      eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp.
      pose proof (under_exponential K a f (INR n) HK Hg) as U1.
      pose proof (under_exponential K a f (- INR n) HK Hg) as U2.
      rewrite Rabs_Ropp in U2; rewrite (Rabs_pos_eq (INR n)) in U1, U2 by apply pos_INR; lra. }
  assert (E : gaussian_mean (fun x => f' x + -1 * (x * f x)) = 0) by (unfold gaussian_mean; rewrite Z; unfold Rdiv; ring).
  rewrite (gaussian_mean_plus f'), gaussian_mean_scal in E by first [assumption | now apply tame_scal]; lra.
Qed.

(** The moments. *)
Lemma tame_square : tame (fun x => x * x).
Proof. apply (tame_mult (fun x => x) (fun x => x)); apply tame_identity. Qed.

Theorem gaussian_first : gaussian_mean (fun x => x) = 0.
Proof. apply gaussian_mean_odd; [apply tame_identity|reflexivity]. Qed.

Theorem gaussian_second : gaussian_mean (fun x => x * x) = 1.
Proof.
  rewrite <- (gaussian_by_parts (fun x => x) (fun _ => 1)).
  - apply gaussian_mean_constant.
  - intros x; apply (is_derive_id (K := R_AbsRing)).
  - apply tame_identity.
  - apply tame_constant.
Qed.

Theorem gaussian_third : gaussian_mean (fun x => x * (x * x)) = 0.
Proof.
  apply gaussian_mean_odd; [apply tame_mult; [apply tame_identity|apply tame_square]|intros; ring].
Qed.

Theorem gaussian_fourth : gaussian_mean (fun x => x * (x * (x * x))) = 3.
Proof.
  rewrite <- (gaussian_by_parts (fun x => x * (x * x)) (fun x => 3 * (x * x))).
  - rewrite gaussian_mean_scal, gaussian_second by apply tame_square; ring.
  - intros x; auto_derive; [exact I|ring].
  - apply tame_mult; [apply tame_identity|apply tame_square].
  - apply tame_scal, tame_square.
Qed.

(** The mean of [f x exp (- s (a x + b)^2)] is one of [f] at another Gaussian number: complete the square. *)
Theorem gaussian_tilted f s a b sigma : tame f -> tame (fun x => f x * exp (- (s * (a * x + b) ^ 2))) ->
  0 < sigma -> sigma ^ 2 * (1 + 2 * s * a ^ 2) = 1 ->
  tame (fun x => f (sigma * x - 2 * s * a * b * sigma ^ 2)) ->
  gaussian_mean (fun x => f x * exp (- (s * (a * x + b) ^ 2)))
  = sigma * exp (- (s * sigma ^ 2 * b ^ 2)) * gaussian_mean (fun x => f (sigma * x - 2 * s * a * b * sigma ^ 2)).
Proof.
  intros Hf Ht Hs E Hg; unfold gaussian_mean, Rdiv; rewrite <- Rmult_assoc; f_equal.
  set (mu := 2 * s * a * b * sigma ^ 2) in *.
  eapply is_lim_unique_real.
  - apply (tame_converges_along _ (fun n => sigma * INR n + mu) (fun n => sigma * INR n - mu) Ht).
    intros M; pose proof (Rabs_pos M); pose proof (Rabs_pos mu).
    destruct (nfloor_ex ((Rabs M + Rabs mu) / sigma)) as [N [_ HN]]; [apply Rdiv_le_0_compat; lra|].
    exists (S N); intros n Hn.
    assert (Rabs M + Rabs mu <= sigma * INR n).
    { apply le_INR in Hn; rewrite S_INR in Hn.
      replace (Rabs M + Rabs mu) with (sigma * ((Rabs M + Rabs mu) / sigma)) by (field; lra).
      apply Rmult_le_compat_l; lra. }
    pose proof (Rle_abs M); pose proof (Rle_abs mu); pose proof (Rle_abs (- mu)) as Hm; rewrite Rabs_Ropp in Hm; lra.
  - eapply is_lim_seq_ext; [|apply (is_lim_seq_scal_l _ (sigma * exp (- (s * sigma ^ 2 * b ^ 2))) _ (tame_converges _ Hg))].
    intros n; unfold piece.
    pose proof (piece_substituted (fun x => f x * exp (- (s * (a * x + b) ^ 2)) * bell x) sigma (- mu) (- INR n) (INR n)
      (integrand_continuous _ (proj1 Ht))) as P.
    replace (- (sigma * INR n + mu)) with (sigma * - INR n + - mu) by ring.
    replace (sigma * INR n - mu) with (sigma * INR n + - mu) by ring.
    eapply eq_trans; [|exact P]; rewrite Rmult_assoc; f_equal.
    rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by exact (piece_exists _ (proj1 Hg) _ _).
    apply (RInt_ext (V := R_CompleteNormedModule)); intros x _.
    change (exp (- (s * sigma ^ 2 * b ^ 2)) * (f (sigma * x - mu) * bell x)
      = f (sigma * x + - mu) * exp (- (s * (a * (sigma * x + - mu) + b) ^ 2)) * bell (sigma * x + - mu)).
    replace (sigma * x - mu) with (sigma * x + - mu) by ring; unfold bell.
    transitivity (f (sigma * x + - mu) * (exp (- (s * sigma ^ 2 * b ^ 2)) * exp (- (x * x) / 2))); [ring|].
    rewrite (Rmult_assoc (f _)), <- !exp_plus; f_equal; f_equal; apply Rminus_diag_uniq.
    transitivity ((sigma ^ 2 * (1 + 2 * s * a ^ 2) - 1)
      * (x ^ 2 / 2 - 2 * s * a * b * sigma * x + 2 * s ^ 2 * a ^ 2 * b ^ 2 * sigma ^ 2 - s * b ^ 2)).
    + unfold mu; field.
    + rewrite E; ring.
Qed.
