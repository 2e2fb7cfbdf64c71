(** A quadratic form that is nowhere negative either vanishes at some direction or is bounded below by a positive
    multiple of the squared norm. This replaces compactness of the sphere; the proof eliminates one variable. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products cauchy_schwarz.
Local Open Scope R_scope.

Definition form (n : nat) (M : nat -> nat -> R) (x : nat -> R) : R :=
  ∑ i < n, ∑ k < n, x i * M i k * x k.

Definition symmetric (n : nat) (M : nat -> nat -> R) : Prop :=
  forall i k, (i < n)%nat -> (k < n)%nat -> M i k = M k i.

Lemma form_ext n M x x' : (forall i, (i < n)%nat -> x i = x' i) -> form n M x = form n M x'.
Proof. intros H; apply Sum_ext; intros i Hi; apply Sum_ext; intros k Hk; now rewrite !H. Qed.

(** The last variable separated. *)
Lemma form_last n M x :
  symmetric (S n) M ->
  form (S n) M x = form n M x + 2 * (x n * dot n (M n) x) + x n * x n * M n n.
Proof.
  intros HM; unfold form; simpl.
  rewrite Sum_plus.
  assert (E : ∑ i < n, x i * M i n * x n = x n * dot n (M n) x).
  { unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros i Hi; rewrite (HM i n) by lia; ring. }
  rewrite E; replace (∑ k < n, x n * M n k * x k) with (x n * dot n (M n) x); [ring|].
  unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

(** The Schur complement of the last variable. *)
Definition eliminated (n : nat) (M : nat -> nat -> R) (i k : nat) : R := M i k - M n i * M n k / M n n.

Lemma form_eliminated n M x :
  M n n <> 0 -> form n (eliminated n M) x = form n M x - dot n (M n) x * dot n (M n) x / M n n.
Proof.
  intros H; unfold form, eliminated, dot, Rdiv; rewrite Sum_mult, <- Sum_scal_r, <- Sum_minus.
  apply Sum_ext; intros i _; rewrite <- Sum_scal_r, <- Sum_minus; apply Sum_ext; intros; ring.
Qed.

Lemma complete_the_square n M x :
  symmetric (S n) M -> M n n <> 0 ->
  form (S n) M x
  = M n n * ((x n + dot n (M n) x / M n n) * (x n + dot n (M n) x / M n n)) + form n (eliminated n M) x.
Proof.
  intros HM H; rewrite form_last, form_eliminated by assumption; field; assumption.
Qed.

Definition extend (n : nat) (x : nat -> R) (last : R) (i : nat) : R := if Nat.eqb i n then last else x i.

Lemma extend_last n x l : extend n x l n = l.
Proof. unfold extend; now rewrite Nat.eqb_refl. Qed.

Lemma extend_other n x l i : (i < n)%nat -> extend n x l i = x i.
Proof. intros H; unfold extend; replace (Nat.eqb i n) with false; [reflexivity|]; symmetry; apply Nat.eqb_neq; lia. Qed.

Lemma norm_sq_last n x : norm_sq (S n) x = norm_sq n x + x n * x n.
Proof. reflexivity. Qed.

Lemma norm_sq_extend n x l : norm_sq (S n) (extend n x l) = norm_sq n x + l * l.
Proof.
  rewrite norm_sq_last, extend_last; f_equal; apply norm_sq_ext; intros; now apply extend_other.
Qed.

Theorem vanishes_or_bounded_below n : forall M,
  symmetric n M -> (forall x, 0 <= form n M x) ->
  (exists x, 0 < norm_sq n x /\ form n M x = 0) \/
  (exists epsilon, 0 < epsilon /\ forall x, epsilon * norm_sq n x <= form n M x).
Proof.
  induction n as [|n IH]; intros M HM Hpos.
  - right; exists 1; split; [lra|]; intros x; unfold form, norm_sq, dot; simpl; lra.
  - assert (Ha : 0 <= M n n).
    { pose proof (Hpos (basis n)) as H; rewrite form_last in H by assumption.
      assert (E : form n M (basis n) = form n M (fun _ => 0))
        by (apply form_ext; intros i Hi; unfold basis; apply delta_other; lia).
      assert (E0 : form n M (fun _ => 0) = 0).
      { unfold form; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
        intros i _; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|]; intros; ring. }
      assert (Ed : dot n (M n) (basis n) = 0).
      { unfold dot; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
        intros i Hi; unfold basis; rewrite delta_other by lia; ring. }
      rewrite E, E0, Ed in H; unfold basis in H; rewrite delta_same in H; lra. }
    destruct (Req_dec (M n n) 0) as [H0|H0].
    + left; exists (basis n); split; [rewrite norm_sq_basis; [lra|lia]|].
      rewrite form_last by assumption.
      assert (E : form n M (basis n) = 0).
      { unfold form; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
        intros i Hi; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
        intros k _; unfold basis; rewrite (delta_other n i) by lia; ring. }
      assert (Ed : dot n (M n) (basis n) = 0).
      { unfold dot; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
        intros i Hi; unfold basis; rewrite delta_other by lia; ring. }
      rewrite E, Ed, H0; ring.
    + set (a := M n n) in *; assert (Hap : 0 < a) by lra.
      destruct (IH (eliminated n M)) as [[x [Hx Ex]]|[eps [Heps Hb]]].
      * intros i k Hi Hk; unfold eliminated; rewrite (HM i k) by lia; unfold Rdiv; ring.
      * intros x; pose proof (Hpos (extend n x (- (dot n (M n) x / a)))) as H.
        rewrite complete_the_square in H by assumption; fold a in H.
        rewrite extend_last in H.
        rewrite (dot_ext n (M n) (extend n x _) (M n) x) in H by (intros; auto using extend_other).
        rewrite (form_ext n _ (extend n x _) x) in H by (intros; now apply extend_other).
        replace (- (dot n (M n) x / a) + dot n (M n) x / a) with 0 in H by ring; lra.
      * left; exists (extend n x (- (dot n (M n) x / a))); split.
        -- rewrite norm_sq_extend; pose proof (Rle_0_sqr (- (dot n (M n) x / a))) as Hq; unfold Rsqr in Hq; lra.
        -- rewrite complete_the_square by assumption; fold a; rewrite extend_last.
           rewrite (dot_ext n (M n) (extend n x _) (M n) x) by (intros; auto using extend_other).
           rewrite (form_ext n _ (extend n x _) x) by (intros; now apply extend_other).
           rewrite Ex; ring.
      * right; set (b2 := norm_sq n (M n)).
        set (kappa := 2 / a + (2 * b2 / (a * a) + 1) / eps).
        assert (Hb2 : 0 <= b2) by apply norm_sq_nonneg.
        assert (Hk1 : 0 < 2 / a) by (apply Rdiv_lt_0_compat; lra).
        assert (Hba : 0 <= 2 * b2 / (a * a)).
        { apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat; nra]. }
        assert (Hk2 : 0 < (2 * b2 / (a * a) + 1) / eps) by (apply Rdiv_lt_0_compat; lra).
        assert (Hk : 0 < kappa) by (unfold kappa; lra).
        exists (/ kappa); split; [now apply Rinv_0_lt_compat|]; intros x.
        rewrite complete_the_square by assumption; fold a.
        set (p := x n + dot n (M n) x / a); set (F := form n (eliminated n M) x).
        pose proof (Hb x) as HF; fold F in HF.
        pose proof (cauchy_schwarz n (M n) x) as C; fold b2 in C.
        set (q := dot n (M n) x / a) in *; set (xx := norm_sq n x) in *.
        assert (Hxx : 0 <= xx) by apply norm_sq_nonneg.
        assert (Hq : q * q <= b2 / (a * a) * xx).
        { unfold q; apply Rmult_le_reg_r with (a * a); [nra|].
          replace (dot n (M n) x / a * (dot n (M n) x / a) * (a * a)) with (dot n (M n) x * dot n (M n) x)
            by (field; lra).
          replace (b2 / (a * a) * xx * (a * a)) with (b2 * xx) by (field; lra); exact C. }
        assert (Hl : x n * x n <= 2 * (p * p) + 2 * (q * q)).
        { replace (x n) with (p - q) by (unfold p; ring).
          pose proof (Rle_0_sqr (p + q)) as Hs; unfold Rsqr in Hs; lra. }
        rewrite norm_sq_last; fold xx.
        apply Rmult_le_reg_l with kappa; [assumption|].
        rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
        apply Rle_trans with (2 * (p * p) + (2 * (b2 / (a * a)) + 1) * xx); [lra|].
        assert (HF2 : (2 * b2 / (a * a) + 1) * xx <= (2 * b2 / (a * a) + 1) / eps * F).
        { replace ((2 * b2 / (a * a) + 1) * xx) with ((2 * b2 / (a * a) + 1) / eps * (eps * xx)) by (field; lra).
          apply Rmult_le_compat_l; lra. }
        assert (H1 : 2 / a * (a * (p * p)) = 2 * (p * p)) by (field; lra).
        assert (Hp0 : 0 <= a * (p * p)) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]).
        assert (HF0 : 0 <= F) by (apply Rle_trans with (eps * xx); [apply Rmult_le_pos; lra|assumption]).
        replace (2 * (b2 / (a * a))) with (2 * b2 / (a * a)) by (unfold Rdiv; ring).
        assert (G1 : 0 <= 2 / a * F) by (apply Rmult_le_pos; lra).
        assert (G2 : 0 <= (2 * b2 / (a * a) + 1) / eps * (a * (p * p))) by (apply Rmult_le_pos; lra).
        unfold kappa; rewrite Rmult_plus_distr_r, !Rmult_plus_distr_l; lra.
Qed.

(** Where a nonnegative form vanishes, so does its matrix. *)
Theorem zero_of_nonnegative_form n M x :
  symmetric n M -> (forall x, 0 <= form n M x) -> form n M x = 0 ->
  forall i, (i < n)%nat -> dot n (M i) x = 0.
Proof.
  intros HM Hpos Hx i Hi.
  set (g := dot n (M i) x).
  assert (H : forall t, 0 <= 2 * t * g + t * t * M i i).
  { intros t; pose proof (Hpos (fun k => x k + t * delta i k)) as H.
    assert (E : form n M (fun k => x k + t * delta i k) = form n M x + 2 * t * g + t * t * M i i); [|lra].
    unfold form.
    rewrite (Sum_ext n _ (fun j => ∑ k < n, x j * M j k * x k + t * (M i j * x j)
               + delta i j * (t * dot n (M j) x + t * t * M j i))).
    - rewrite !Sum_plus, Sum_scal_l, (Sum_delta_l n (fun j => t * dot n (M j) x + t * t * M j i) i Hi).
      fold (dot n (M i) x); fold g; ring.
    - intros j Hj.
      rewrite (Sum_ext n _ (fun k => x j * M j k * x k + t * delta i j * (M j k * x k)
                 + delta i k * (t * (x j * M j k) + t * t * delta i j * M j k))) by (intros; ring).
      rewrite !Sum_plus, Sum_scal_l, (Sum_delta_l n (fun k => t * (x j * M j k) + t * t * delta i j * M j k) i Hi).
      fold (dot n (M j) x); rewrite (HM j i) by assumption; ring. }
  destruct (Req_dec g 0) as [|Hg]; [assumption|exfalso].
  set (m := Rabs (M i i) + 1).
  assert (Hm : 0 < m) by (unfold m; pose proof (Rabs_pos (M i i)); lra).
  pose proof (H (- g / m)) as Ht.
  assert (M i i <= m) by (unfold m; pose proof (Rle_abs (M i i)); lra).
  assert (E : 2 * (- g / m) * g + - g / m * (- g / m) * M i i = g * g / m * (M i i / m - 2)) by (field; lra).
  rewrite E in Ht.
  assert (0 < g * g / m) by (apply Rdiv_lt_0_compat; [nra|assumption]).
  assert (M i i / m <= 1) by (apply Rmult_le_reg_r with m; [assumption|]; unfold Rdiv;
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra; assumption).
  nra.
Qed.

(** The least upper bound of the Rayleigh quotient is attained, at an eigenvector. *)
Theorem rayleigh_attained n M S :
  symmetric n M -> (0 < n)%nat ->
  is_lub (fun q => exists x, norm_sq n x = 1 /\ q = form n M x) S ->
  exists x, norm_sq n x = 1 /\ forall i, (i < n)%nat -> dot n (M i) x = S * x i.
Proof.
  intros HM Hn [HU HL].
  set (M' := fun i k => S * delta i k - M i k).
  assert (EM : forall x, form n M' x = S * norm_sq n x - form n M x).
  { intros x; unfold form, M'.
    rewrite (Sum_ext n _ (fun i => S * (x i * x i) - ∑ k < n, x i * M i k * x k)).
    - rewrite Sum_minus, Sum_scal_l; reflexivity.
    - intros i Hi; rewrite (Sum_ext n _ (fun k => delta i k * (S * (x i * x k)) - x i * M i k * x k))
        by (intros; ring).
      now rewrite Sum_minus, (Sum_delta_l n (fun k => S * (x i * x k)) i Hi). }
  assert (Hscal : forall k x, form n M (fun i => k * x i) = k * k * form n M x).
  { intros k x; unfold form; rewrite <- Sum_scal_l; apply Sum_ext; intros i _.
    rewrite <- Sum_scal_l; apply Sum_ext; intros; ring. }
  assert (Hunit : forall x, 0 < norm_sq n x -> exists k, k * k * norm_sq n x = 1).
  { intros x Hx; exists (/ sqrt (norm_sq n x)); rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra. }
  assert (Hpos : forall x, 0 <= form n M' x).
  { intros x; rewrite EM; pose proof (norm_sq_nonneg n x) as Hx0.
    destruct (Req_dec (norm_sq n x) 0) as [E|E].
    - rewrite E; assert (form n M x = 0); [|lra].
      unfold form; rewrite (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
      intros i Hi; rewrite (norm_sq_zero n x E i Hi), (Sum_ext n _ (fun _ => 0)), Sum_zero; [reflexivity|].
      intros; ring.
    - destruct (Hunit x ltac:(lra)) as [k Hk].
      assert (Hq : form n M (fun i => k * x i) <= S).
      { apply HU; eexists; split; [|reflexivity]; now rewrite norm_sq_scal. }
      rewrite Hscal in Hq.
      assert (H : norm_sq n x * (k * k * form n M x) <= norm_sq n x * S) by (apply Rmult_le_compat_l; lra).
      replace (norm_sq n x * (k * k * form n M x)) with (k * k * norm_sq n x * form n M x) in H by ring.
      rewrite Hk in H; lra. }
  assert (HM' : symmetric n M').
  { intros i k Hi Hk; unfold M'; now rewrite delta_sym, (HM i k). }
  destruct (vanishes_or_bounded_below n M' HM' Hpos) as [[x [Hx Ex]]|[eps [Heps Hb]]].
  - destruct (Hunit x Hx) as [k Hk].
    exists (fun i => k * x i); split; [now rewrite norm_sq_scal|]; intros i Hi.
    pose proof (zero_of_nonnegative_form n M' x HM' Hpos Ex i Hi) as H0.
    rewrite dot_scal_r.
    assert (E : dot n (M' i) x = S * x i - dot n (M i) x).
    { unfold M', dot.
      rewrite (Sum_ext n _ (fun j => delta i j * (S * x j) - M i j * x j)) by (intros; ring).
      now rewrite Sum_minus, (Sum_delta_l n (fun j => S * x j) i Hi). }
    rewrite E in H0; replace (dot n (M i) x) with (S * x i) by lra; ring.
  - exfalso.
    assert (S <= S - eps); [|lra].
    apply HL; intros q [x [Hx ->]]; pose proof (Hb x) as H; rewrite EM, Hx in H; lra.
Qed.
