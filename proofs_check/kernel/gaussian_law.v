(** The standard Gaussian law of [n] independent coordinates: the Gaussian mean taken over one coordinate after the
    other, of continuous functions of the first [n] coordinates that grow no faster than an exponential. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums language_of_statements gaussian_integral.
Local Open Scope R_scope.

Definition size (n : nat) (x : nat -> R) : R := ∑ i < n, Rabs (x i).

(** Continuous in the first [n] coordinates, so that it depends on no others. *)
Definition continuous_at (n : nat) (f : (nat -> R) -> R) (x : nat -> R) : Prop :=
  forall eps, 0 < eps -> exists radius, 0 < radius /\
  forall y, (forall i, (i < n)%nat -> Rabs (y i - x i) < radius) -> Rabs (f y - f x) < eps.

Record regular (n : nat) (f : (nat -> R) -> R) : Prop := {
  regular_continuous : forall x, continuous_at n f x;
  regular_growth : exists K a, 0 <= K /\ 0 <= a /\ forall x, Rabs (f x) <= K * exp (a * size n x)
}.

(** The mean over coordinate [n]. *)
Definition averaged (n : nat) (f : (nat -> R) -> R) (x : nat -> R) : R :=
  gaussian_mean (fun t => f (with_entry n t x)).

Fixpoint gaussian (n : nat) (f : (nat -> R) -> R) : R :=
  match n with
  | O => f (fun _ => 0)
  | S k => gaussian k (averaged k f)
  end.

Lemma size_nonneg n x : 0 <= size n x.
Proof. apply Sum_nonneg; intros; apply Rabs_pos. Qed.

Lemma with_entry_same j t x : with_entry j t x j = t.
Proof. unfold with_entry; now rewrite Nat.eqb_refl. Qed.

Lemma with_entry_before n t x i : (i < n)%nat -> with_entry n t x i = x i.
Proof. intros H; unfold with_entry; destruct (Nat.eqb_spec i n); [lia|reflexivity]. Qed.

Lemma size_with_entry n t x : size (S n) (with_entry n t x) = size n x + Rabs t.
Proof.
  unfold size; simpl; rewrite with_entry_same; f_equal; apply Sum_ext; intros i Hi; now rewrite with_entry_before.
Qed.

Lemma size_near n x y : (forall i, (i < n)%nat -> Rabs (y i - x i) <= 1) -> size n y <= size n x + INR n.
Proof.
  intros H; unfold size; replace (INR n) with (∑ i < n, 1) by (rewrite Sum_const; ring).
  rewrite <- Sum_plus; apply Sum_le; intros i Hi; specialize (H i Hi).
  replace (y i) with (x i + (y i - x i)) by ring; eapply Rle_trans; [apply Rabs_triang|lra].
Qed.

(** One step at a time along an interval: what holds near each point, and of two neighbours together, holds of all. *)
Lemma creeping (P : R -> R -> Prop) (a b : R) : a <= b ->
  (forall t, exists radius, 0 < radius /\ forall p q, t - radius < p -> p <= q -> q < t + radius -> P p q) ->
  (forall p q r, p <= q <= r -> P p q -> P q r -> P p r) -> P a b.
Proof.
  intros Hab near join.
  set (reached := fun t => a <= t <= b /\ P a t).
  destruct (near a) as [ra [Hra Na]].
  destruct (completeness reached) as [m [Ub Least]].
  - exists b; intros t [Ht _]; lra.
  - exists a; split; [lra|]; apply Na; lra.
  - assert (Hm : a <= m <= b).
    { split; [apply Ub; split; [lra|apply Na; lra]|apply Least; intros t [Ht _]; lra]. }
    destruct (near m) as [r [Hr Nr]].
    assert (exists t, reached t /\ m - r < t) as [t [[Ht Pt] Hmt]].
    { apply Classical_Prop.NNPP; intros No; assert (m <= m - r); [|lra].
      apply Least; intros t Ht; apply Rnot_lt_le; intros Hlt; apply No; exists t; now split. }
    assert (Htm : t <= m) by (apply Ub; split; assumption).
    destruct (Rlt_dec b (m + r)) as [Hb|Hb].
    + apply join with t; [lra|assumption|]; apply Nr; lra.
    + exfalso; assert (m + r / 2 <= m); [|lra].
      apply Ub; split; [lra|]; apply join with t; [lra|assumption|]; apply Nr; lra.
Qed.

(** A regular function of one coordinate, the others fixed. *)
Lemma regular_slice n f x : regular (S n) f -> tame (fun t => f (with_entry n t x)).
Proof.
  intros [Hc [K [a [HK [Ha Hg]]]]]; split.
  - intros t; apply continuity_pt_filterlim, continuity_pt_locally; intros [eps He].
    destruct (Hc (with_entry n t x) eps He) as [r [Hr Near]]; exists (mkposreal r Hr); intros s Hs; simpl in *.
    apply Near; intros i _; unfold with_entry; destruct (Nat.eqb i n); [exact Hs|].
    unfold Rminus; rewrite Rplus_opp_r, Rabs_R0; assumption.
  - exists (K * exp (a * size n x)), a; repeat split; auto.
    + apply Rmult_le_pos; [assumption|apply Rlt_le, exp_pos].
    + intros t; eapply Rle_trans; [apply Hg|].
      rewrite size_with_entry, Rmult_plus_distr_l, exp_plus; lra.
Qed.

(** Near a point a regular function changes little, uniformly over an interval of its last coordinate. *)
Lemma regular_uniform n f x M eps : regular (S n) f -> 0 <= M -> 0 < eps ->
  exists radius, 0 < radius /\ forall y t, (forall i, (i < n)%nat -> Rabs (y i - x i) < radius) ->
  - M <= t <= M -> Rabs (f (with_entry n t y) - f (with_entry n t x)) <= eps.
Proof.
  intros [Hc _] HM He.
  set (P := fun p q => exists radius, 0 < radius /\
    forall y t, (forall i, (i < n)%nat -> Rabs (y i - x i) < radius) ->
    p <= t <= q -> Rabs (f (with_entry n t y) - f (with_entry n t x)) <= eps).
  apply (creeping P (- M) M); [lra| |].
  - intros t0; destruct (Hc (with_entry n t0 x) (eps / 2) ltac:(lra)) as [r [Hr Near]].
    exists r; split; [assumption|]; intros p q Hp Hpq Hq; exists r; split; [assumption|].
    intros y t Hy Ht.
    assert (near_by : forall z, (forall i, (i < n)%nat -> Rabs (z i - x i) < r) ->
              Rabs (f (with_entry n t z) - f (with_entry n t0 x)) < eps / 2).
    { intros z Hz; apply Near; intros i Hi; destruct (Nat.eq_dec i n) as [->|Hn].
      - rewrite !with_entry_same; apply Rabs_def1; lra.
      - rewrite !with_entry_before by lia; apply Hz; lia. }
    pose proof (near_by y Hy) as A.
    assert (B : Rabs (f (with_entry n t x) - f (with_entry n t0 x)) < eps / 2).
    { apply near_by; intros i _; unfold Rminus; rewrite Rplus_opp_r, Rabs_R0; assumption. }
    apply Rabs_def2 in A; apply Rabs_def2 in B; apply Rabs_le; lra.
  - intros p q r Hpqr [r1 [H1 N1]] [r2 [H2 N2]]; exists (Rmin r1 r2); split; [now apply Rmin_pos|].
    intros y t Hy Ht; destruct (Rle_dec t q).
    + apply N1; [|lra]; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_l].
    + apply N2; [|lra]; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_r].
Qed.

Lemma piece_difference f g M eps : tame f -> tame g -> 0 <= M -> 0 <= eps ->
  (forall t, - M <= t <= M -> Rabs (f t - g t) <= eps) ->
  Rabs (piece f (- M) M - piece g (- M) M) <= eps * (2 * M).
Proof.
  intros [Hf _] [Hg _] HM He H.
  assert (E : piece f (- M) M - piece g (- M) M = RInt (fun t => (f t - g t) * bell t) (- M) M).
  { symmetry; unfold piece.
    rewrite (RInt_ext (V := R_CompleteNormedModule) _ (fun t => minus (f t * bell t) (g t * bell t)))
      by (intros; unfold minus, plus, opp; simpl; ring).
    apply (RInt_minus (V := R_CompleteNormedModule)); now apply piece_exists. }
  rewrite E; replace (eps * (2 * M)) with ((M - - M) * eps) by ring.
  apply (norm_RInt_le_const (V := R_CompleteNormedModule) (fun t => (f t - g t) * bell t)); [lra| |].
  - intros t Ht; change (Rabs ((f t - g t) * bell t) <= eps); rewrite Rabs_mult.
    rewrite (Rabs_pos_eq (bell t)) by (apply Rlt_le, bell_positive).
    pose proof (H t Ht); pose proof (bell_positive t); pose proof (bell_at_most_one t); pose proof (Rabs_pos (f t - g t)).
    nra.
  - apply (RInt_correct (V := R_CompleteNormedModule)).
    apply (piece_exists (fun t => f t - g t)); intros t; now apply (continuous_minus f g).
Qed.

Lemma averaged_regular n f : regular (S n) f -> regular n (averaged n f).
Proof.
  intros R; pose proof R as [Hc [K [a [HK [Ha Hg]]]]].
  set (Z := bell_integral (fun _ => 1)); pose proof bell_integral_one_positive as HZ; fold Z in HZ.
  pose proof (tail_constant_positive a) as HT.
  assert (growth : forall x, grows (K * exp (a * size n x)) a (fun t => f (with_entry n t x))).
  { intros x t; eapply Rle_trans; [apply Hg|]; rewrite size_with_entry, Rmult_plus_distr_l, exp_plus; lra. }
  assert (HKx : forall x, 0 <= K * exp (a * size n x)).
  { intros x; apply Rmult_le_pos; [assumption|apply Rlt_le, exp_pos]. }
  split.
  - intros x eps He; unfold averaged, gaussian_mean; fold Z.
    set (L := K * exp (a * (size n x + INR n))).
    assert (HL : 0 <= L) by (apply Rmult_le_pos; [assumption|apply Rlt_le, exp_pos]).
    destruct (eventually_small L a HL (eps * Z / 4) ltac:(apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat|lra]))
      as [m Hm].
    specialize (Hm m (le_n m)); set (M := INR m) in *.
    assert (HM : 0 <= M) by apply pos_INR.
    set (eta := eps * Z / (8 * (M + 1))).
    assert (Heta : 0 < eta) by (apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat|lra]).
    destruct (regular_uniform n f x M eta R HM Heta) as [r [Hr Near]].
    exists (Rmin r 1); split; [apply Rmin_pos; lra|]; intros y Hy.
    assert (whole : forall z, size n z <= size n x + INR n ->
      Rabs (piece (fun t => f (with_entry n t z)) (- M) M - bell_integral (fun t => f (with_entry n t z))) < eps * Z / 4).
    { intros z Hz; eapply Rle_lt_trans; [|exact Hm].
      apply (piece_near_whole _ (proj1 (regular_slice n f z R)) L a HL); try lra.
      intros t; eapply Rle_trans; [apply growth|].
      apply Rmult_le_compat_r; [apply Rlt_le, exp_pos|]; apply Rmult_le_compat_l; [assumption|].
      apply exp_le, Rmult_le_compat_l; assumption. }
    pose proof (whole x ltac:(pose proof (pos_INR n); lra)) as A.
    assert (B : size n y <= size n x + INR n).
    { apply size_near; intros i Hi; apply Rlt_le, Rlt_le_trans with (1 := Hy i Hi), Rmin_r. }
    apply whole in B.
    assert (C : Rabs (piece (fun t => f (with_entry n t y)) (- M) M - piece (fun t => f (with_entry n t x)) (- M) M)
                <= eta * (2 * M)).
    { apply piece_difference; try assumption; try (now apply regular_slice); [lra|].
      intros t Ht; apply Near; [|assumption]; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_l]. }
    assert (D : eta * (2 * M) <= eps * Z / 4).
    { unfold eta; apply Rmult_le_reg_r with (8 * (M + 1)); [lra|].
      replace (eps * Z / (8 * (M + 1)) * (2 * M) * (8 * (M + 1))) with (eps * Z * (2 * M)) by (field; lra).
      assert (0 < eps * Z) by now apply Rmult_lt_0_compat.
      nra. }
    set (Iy := bell_integral (fun t => f (with_entry n t y))) in *.
    set (Ix := bell_integral (fun t => f (with_entry n t x))) in *.
    replace (Iy / Z - Ix / Z) with ((Iy - Ix) / Z) by (field; lra).
    unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ Z)) by (apply Rlt_le, Rinv_0_lt_compat; assumption).
    apply Rmult_lt_reg_r with Z; [assumption|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply Rabs_def2 in A; apply Rabs_def2 in B; apply Rabs_le_between in C.
    assert (0 < eps * Z) by now apply Rmult_lt_0_compat.
    apply Rabs_def1; lra.
  - exists (2 * (K * tail_constant a) / Z), a; repeat split; [|assumption|].
    + apply Rdiv_le_0_compat; [|assumption]; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; lra.
    + intros x; unfold averaged, gaussian_mean; fold Z.
      unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ Z)) by (apply Rlt_le, Rinv_0_lt_compat; assumption).
      replace (2 * (K * tail_constant a) * / Z * exp (a * size n x))
        with (2 * (K * exp (a * size n x) * tail_constant a) * / Z) by ring.
      apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; assumption|].
      apply (bell_integral_bounded _ (proj1 (regular_slice n f x R)) _ a (HKx x) (growth x)).
Qed.

(** Closure of the class. *)
Lemma regular_constant n c : regular n (fun _ => c).
Proof.
  split.
  - intros x eps He; exists 1; split; [lra|]; intros; unfold Rminus; rewrite Rplus_opp_r, Rabs_R0; assumption.
  - exists (Rabs c), 0; repeat split; try lra; [apply Rabs_pos|]; intros x; rewrite Rmult_0_l, exp_0; lra.
Qed.

Lemma regular_coordinate n i : (i < n)%nat -> regular n (fun x => x i).
Proof.
  intros Hi; split.
  - intros x eps He; exists eps; split; [assumption|]; intros y Hy; now apply Hy.
  - exists 1, 1; repeat split; try lra; intros x.
    assert (Rabs (x i) <= size n x) by (apply (Sum_term_le n (fun i => Rabs (x i)) i); auto; intros; apply Rabs_pos).
    pose proof (exp_ineq1_le (1 * size n x)); lra.
Qed.

Lemma regular_plus n f g : regular n f -> regular n g -> regular n (fun x => f x + g x).
Proof.
  intros [Cf [K [a [HK [Ha Gf]]]]] [Cg [L [b [HL [Hb Gg]]]]]; split.
  - intros x eps He; destruct (Cf x (eps / 2) ltac:(lra)) as [r [Hr Nf]]; destruct (Cg x (eps / 2) ltac:(lra)) as [q [Hq Ng]].
    exists (Rmin r q); split; [now apply Rmin_pos|]; intros y Hy.
    assert (A : Rabs (f y - f x) < eps / 2) by (apply Nf; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_l]).
    assert (B : Rabs (g y - g x) < eps / 2) by (apply Ng; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_r]).
    apply Rabs_def2 in A; apply Rabs_def2 in B; apply Rabs_def1; lra.
  - exists (K + L), (a + b); repeat split; try lra; intros x.
    eapply Rle_trans; [apply Rabs_triang|]; pose proof (size_nonneg n x).
    assert (exp (a * size n x) <= exp ((a + b) * size n x)) by (apply exp_le; nra).
    assert (exp (b * size n x) <= exp ((a + b) * size n x)) by (apply exp_le; nra).
    pose proof (Gf x); pose proof (Gg x); nra.
Qed.

Lemma regular_mult n f g : regular n f -> regular n g -> regular n (fun x => f x * g x).
Proof.
  intros [Cf [K [a [HK [Ha Gf]]]]] [Cg [L [b [HL [Hb Gg]]]]]; split.
  - intros x eps He.
    set (A := Rabs (f x) + 1); set (B := Rabs (g x) + 1).
    assert (HA : 1 <= A) by (unfold A; pose proof (Rabs_pos (f x)); lra).
    assert (HB : 1 <= B) by (unfold B; pose proof (Rabs_pos (g x)); lra).
    set (e := Rmin 1 (eps / (2 * (A + B)))).
    assert (Hpos : 0 < eps / (2 * (A + B))) by (apply Rdiv_lt_0_compat; lra).
    assert (Hepos : 0 < e) by (apply Rmin_pos; lra).
    assert (He1 : e <= 1) by apply Rmin_l.
    assert (He2 : e * (2 * (A + B)) <= eps).
    { replace eps with (eps / (2 * (A + B)) * (2 * (A + B))) by (field; lra).
      apply Rmult_le_compat_r; [lra|apply Rmin_r]. }
    destruct (Cf x e Hepos) as [r [Hr Nf]]; destruct (Cg x e Hepos) as [q [Hq Ng]].
    exists (Rmin r q); split; [now apply Rmin_pos|]; intros y Hy.
    assert (F : Rabs (f y - f x) < e) by (apply Nf; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_l]).
    assert (G : Rabs (g y - g x) < e) by (apply Ng; intros i Hi; eapply Rlt_le_trans; [apply Hy, Hi|apply Rmin_r]).
    replace (f y * g y - f x * g x) with ((f y - f x) * (g y - g x) + f x * (g y - g x) + (f y - f x) * g x) by ring.
    eapply Rle_lt_trans; [apply Rabs_triang|].
    pose proof (Rabs_triang ((f y - f x) * (g y - g x)) (f x * (g y - g x))) as T.
    rewrite !Rabs_mult in *.
    pose proof (Rabs_pos (f y - f x)); pose proof (Rabs_pos (g y - g x)).
    pose proof (Rabs_pos (f x)); pose proof (Rabs_pos (g x)); unfold A, B in *.
    assert (Rabs (f y - f x) * Rabs (g y - g x) <= e * 1) by (apply Rmult_le_compat; lra).
    assert (Rabs (f x) * Rabs (g y - g x) <= Rabs (f x) * e) by (apply Rmult_le_compat_l; lra).
    assert (Rabs (f y - f x) * Rabs (g x) <= e * Rabs (g x)) by (apply Rmult_le_compat_r; lra).
    nra.
  - exists (K * L), (a + b); repeat split; try lra; [now apply Rmult_le_pos|]; intros x.
    rewrite Rabs_mult, Rmult_plus_distr_r, exp_plus.
    replace (K * L * (exp (a * size n x) * exp (b * size n x)))
      with (K * exp (a * size n x) * (L * exp (b * size n x))) by ring.
    apply Rmult_le_compat; auto using Rabs_pos.
Qed.

Lemma regular_ext n f g : (forall x, f x = g x) -> regular n f -> regular n g.
Proof.
  intros H [Cf [K [a [HK [Ha Gf]]]]]; split.
  - intros x eps He; destruct (Cf x eps He) as [r [Hr Nf]]; exists r; split; [assumption|].
    intros y Hy; rewrite <- !H; now apply Nf.
  - exists K, a; repeat split; auto; intros; rewrite <- H; apply Gf.
Qed.

Lemma regular_scal n c f : regular n f -> regular n (fun x => c * f x).
Proof. intros H; apply regular_mult; [apply regular_constant|assumption]. Qed.

Lemma regular_Sum n m (f : nat -> (nat -> R) -> R) : (forall i, (i < m)%nat -> regular n (f i)) ->
  regular n (fun x => ∑ i < m, f i x).
Proof.
  induction m as [|m IH]; intros H; simpl; [apply regular_constant|].
  apply regular_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

(** A continuous function that grows at most linearly, after a regular one. *)
Lemma regular_after n (g : R -> R) f : (forall y, continuity_pt g y) -> (exists L, 0 <= L /\ forall y, Rabs (g y) <= L * (1 + Rabs y)) ->
  regular n f -> regular n (fun x => g (f x)).
Proof.
  intros Cg [L [HL Gg]] [Cf [K [a [HK [Ha Gf]]]]]; split.
  - intros x eps He; destruct (Cg (f x) eps He) as [r [Hr Ng]]; destruct (Cf x r Hr) as [q [Hq Nf]].
    exists q; split; [assumption|]; intros y Hy; destruct (Req_dec (f y) (f x)) as [E|E].
    + rewrite E; unfold Rminus; rewrite Rplus_opp_r, Rabs_R0; assumption.
    + apply Ng; split; [split; [exact I|congruence]|apply Nf, Hy].
  - exists (L * (1 + K)), a; repeat split; [apply Rmult_le_pos; lra|assumption|]; intros x.
    eapply Rle_trans; [apply Gg|]; rewrite Rmult_assoc; apply Rmult_le_compat_l; [assumption|].
    pose proof (Gf x); pose proof (size_nonneg n x).
    assert (1 <= exp (a * size n x)) by (rewrite <- exp_0; apply exp_le, Rmult_le_pos; assumption).
    nra.
Qed.

Lemma regular_Rabs n f : regular n f -> regular n (fun x => Rabs (f x)).
Proof.
  apply regular_after; [intros; apply Rcontinuity_abs|]; exists 1; split; [lra|].
  intros y; rewrite Rabs_Rabsolu; pose proof (Rabs_pos y); lra.
Qed.

(** The square root of a regular function. *)
Lemma regular_sqrt n f : regular n f -> regular n (fun x => sqrt (f x)).
Proof.
  apply (regular_after _ sqrt).
  - intros t; apply continuity_pt_filterlim; apply (continuous_sqrt t).
  - exists 1; split; [lra|]; intros t; pose proof (Rabs_pos t).
    rewrite Rabs_pos_eq by apply sqrt_pos; destruct (Rle_dec 0 t).
    + rewrite Rabs_pos_eq by assumption; rewrite <- (sqrt_square (1 * (1 + t))) by lra; apply sqrt_le_1_alt; nra.
    + rewrite sqrt_neg_0; lra.
Qed.

(** Only the first [n] coordinates count. *)
Lemma regular_agree n f x y : regular n f -> (forall i, (i < n)%nat -> x i = y i) -> f x = f y.
Proof.
  intros [Cf _] H; destruct (Req_dec (f y) (f x)) as [E|E]; [now symmetry|exfalso].
  destruct (Cf x (Rabs (f y - f x)) ltac:(apply Rabs_pos_lt; lra)) as [r [Hr Nf]].
  apply (Rlt_irrefl (Rabs (f y - f x))), Nf; intros i Hi; rewrite H by assumption.
  unfold Rminus; rewrite Rplus_opp_r, Rabs_R0; assumption.
Qed.

(** Linear, and in order. *)
Lemma gaussian_ext n f g : (forall x, f x = g x) -> gaussian n f = gaussian n g.
Proof.
  revert f g; induction n as [|n IH]; intros f g H; simpl; [apply H|].
  apply IH; intros x; apply gaussian_mean_ext; intros; apply H.
Qed.

Lemma gaussian_plus n f g : regular n f -> regular n g ->
  gaussian n (fun x => f x + g x) = gaussian n f + gaussian n g.
Proof.
  revert f g; induction n as [|n IH]; intros f g Hf Hg; simpl; [reflexivity|].
  rewrite <- IH by now apply averaged_regular.
  apply gaussian_ext; intros x; apply gaussian_mean_plus; now apply regular_slice.
Qed.

Lemma gaussian_scal n c f : regular n f -> gaussian n (fun x => c * f x) = c * gaussian n f.
Proof.
  revert f; induction n as [|n IH]; intros f Hf; simpl; [reflexivity|].
  rewrite <- IH by now apply averaged_regular.
  apply gaussian_ext; intros x; now apply (gaussian_mean_scal c (fun t => f (with_entry n t x))), regular_slice.
Qed.

Lemma gaussian_constant n c : gaussian n (fun _ => c) = c.
Proof.
  induction n as [|n IH]; [reflexivity|].
  change (gaussian n (averaged n (fun _ => c)) = c).
  rewrite (gaussian_ext n _ (fun _ => c)); [exact IH|]; intros x; unfold averaged; exact (gaussian_mean_constant c).
Qed.

Lemma gaussian_le n f g : regular n f -> regular n g -> (forall x, f x <= g x) -> gaussian n f <= gaussian n g.
Proof.
  revert f g; induction n as [|n IH]; intros f g Hf Hg H; simpl; [apply H|].
  apply IH; try now apply averaged_regular.
  intros x; apply gaussian_mean_le; try now apply regular_slice.
  intros; apply H.
Qed.
