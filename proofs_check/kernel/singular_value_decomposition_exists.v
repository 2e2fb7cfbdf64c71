(** Every real matrix has a thin singular value decomposition: singular triples are split off one at a time, and
    an orthonormal family in dimension [d] has at most [d] members. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition quadratic_forms.
Local Open Scope R_scope.

Lemma orthonormal_count d k w : orthonormal d k w -> (k <= d)%nat.
Proof.
  intros Hw; apply INR_le.
  rewrite <- (Rmult_1_r (INR k)), <- (Rmult_1_r (INR d)), <- !Sum_const.
  apply Rle_trans with (∑ i < k, ∑ j < d, w i j * w i j).
  - apply Req_le, Sum_ext; intros i Hi; symmetry; fold (dot d (w i) (w i)).
    rewrite Hw, delta_same by assumption; reflexivity.
  - rewrite Sum_swap; apply Sum_le; intros j Hj.
    pose proof (bessel d k w (basis j) Hw) as B; rewrite norm_sq_basis in B by assumption.
    eapply Rle_trans; [apply Req_le|exact B].
    apply Sum_ext; intros i Hi; now rewrite dot_sym, dot_basis_l.
Qed.

(** A family with one more member. *)
Definition with_next {A : Type} (k : nat) (f : nat -> A) (next : A) (i : nat) : A := if Nat.eqb i k then next else f i.

Lemma with_next_new {A : Type} k (f : nat -> A) next : with_next k f next k = next.
Proof. unfold with_next; now rewrite Nat.eqb_refl. Qed.

Lemma with_next_old {A : Type} k (f : nat -> A) next i : (i < k)%nat -> with_next k f next i = f i.
Proof. intros H; unfold with_next; replace (Nat.eqb i k) with false; [reflexivity|]; symmetry; apply Nat.eqb_neq; lia. Qed.

Lemma orthonormal_next n k f x :
  orthonormal n k f -> norm_sq n x = 1 -> (forall i, (i < k)%nat -> dot n (f i) x = 0) ->
  orthonormal n (S k) (with_next k f x).
Proof.
  intros Hf Hx H i l Hi Hl.
  destruct (Nat.eq_dec i k) as [->|Hi'], (Nat.eq_dec l k) as [->|Hl'].
  - rewrite !with_next_new, delta_same; exact Hx.
  - rewrite with_next_new, with_next_old, dot_sym, H, delta_other by lia; reflexivity.
  - rewrite with_next_new, with_next_old, H, delta_other by lia; reflexivity.
  - rewrite !with_next_old by lia; apply Hf; lia.
Qed.

(** The top singular triple of a matrix that is not zero. *)
Lemma top_singular_triple N d Y :
  0 < ∑ n < N, norm_sq d (Y n) ->
  exists sigma e w, 0 < sigma /\ norm_sq N e = 1 /\ norm_sq d w = 1 /\
    (forall n, (n < N)%nat -> matrix_vector d Y w n = sigma * e n) /\
    (forall j, (j < d)%nat -> transposed_vector N Y e j = sigma * w j) /\
    (forall x, norm_sq N (matrix_vector d Y x) <= sigma * sigma * norm_sq d x).
Proof.
  intros Hpos; set (total := ∑ n < N, norm_sq d (Y n)) in *.
  set (M := fun j l => ∑ n < N, Y n j * Y n l).
  assert (EM : forall i x, dot d (M i) x = transposed_vector N Y (matrix_vector d Y x) i).
  { intros i x; unfold M, transposed_vector, matrix_vector.
    rewrite (dot_combination_l d N x (fun n => Y n i) Y); apply Sum_ext; intros; ring. }
  assert (EF : forall x, form d M x = norm_sq N (matrix_vector d Y x)).
  { intros x; transitivity (dot d (fun i => dot d (M i) x) x).
    - unfold form; unfold dot at 1; apply Sum_ext; intros i _; unfold dot; rewrite <- Sum_scal_r.
      apply Sum_ext; intros; ring.
    - rewrite (dot_ext d _ x (transposed_vector N Y (matrix_vector d Y x)) x) by auto.
      apply transpose_dot. }
  assert (Hsym : symmetric d M) by (intros i k _ _; apply Sum_ext; intros; ring).
  assert (Hup : forall x, norm_sq N (matrix_vector d Y x) <= total * norm_sq d x).
  { intros x; unfold norm_sq at 1, dot at 1, total; rewrite <- Sum_scal_r; apply Sum_le; intros n _.
    apply cauchy_schwarz. }
  assert (Hd : (0 < d)%nat).
  { destruct d; [|lia]; exfalso; unfold total, norm_sq, dot in Hpos; simpl in Hpos; rewrite Sum_zero in Hpos; lra. }
  destruct (completeness (fun q => exists x, norm_sq d x = 1 /\ q = form d M x)) as [lambda Hl].
  - exists total; intros q [x [Hx ->]]; rewrite EF; specialize (Hup x); rewrite Hx in Hup; lra.
  - exists (form d M (basis 0)), (basis 0); split; [now apply norm_sq_basis|reflexivity].
  - destruct (rayleigh_attained d M lambda Hsym Hd Hl) as [w [Hw Ew]].
    assert (Hall : forall x, norm_sq N (matrix_vector d Y x) <= lambda * norm_sq d x).
    { intros x; pose proof (norm_sq_nonneg d x) as H0.
      destruct (Req_dec (norm_sq d x) 0) as [E|E].
      - specialize (Hup x); rewrite E in *; lra.
      - set (k := / sqrt (norm_sq d x)).
        assert (Hk : k * k * norm_sq d x = 1)
          by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
        assert (Hq : norm_sq N (matrix_vector d Y (fun j => k * x j)) <= lambda).
        { rewrite <- EF; apply (proj1 Hl); eexists; split; [|reflexivity]; now rewrite norm_sq_scal. }
        rewrite (norm_sq_ext N _ (fun n => k * matrix_vector d Y x n)), norm_sq_scal in Hq
          by (intros; apply dot_scal_r).
        assert (H : norm_sq d x * (k * k * norm_sq N (matrix_vector d Y x)) <= norm_sq d x * lambda)
          by (apply Rmult_le_compat_l; lra).
        replace (norm_sq d x * (k * k * norm_sq N (matrix_vector d Y x)))
          with (k * k * norm_sq d x * norm_sq N (matrix_vector d Y x)) in H by ring.
        rewrite Hk in H; lra. }
    assert (Hlp : 0 < lambda).
    { destruct (Rlt_or_le 0 lambda) as [|Hle]; [assumption|exfalso].
      assert (Hz : total <= 0); [|lra].
      unfold total; rewrite <- (Sum_zero N); apply Sum_le; intros n Hn.
      rewrite <- (Sum_zero d); apply Sum_le; intros j Hj.
      pose proof (Hall (basis j)) as H; rewrite norm_sq_basis in H by assumption.
      assert (Y n j * Y n j <= norm_sq N (matrix_vector d Y (basis j))); [|lra].
      eapply Rle_trans; [apply Req_le|apply (Sum_term_le N (fun n => matrix_vector d Y (basis j) n
        * matrix_vector d Y (basis j) n) n)]; [|intros; apply Rle_0_sqr|assumption].
      cbv beta; unfold matrix_vector; now rewrite dot_sym, dot_basis_l. }
    set (sigma := sqrt lambda).
    assert (Hs : 0 < sigma) by now apply sqrt_lt_R0.
    assert (Hss : sigma * sigma = lambda) by (apply sqrt_sqrt; lra).
    assert (Ey : norm_sq N (matrix_vector d Y w) = lambda).
    { rewrite <- EF; transitivity (dot d w (fun i => dot d (M i) w)).
      - unfold form, dot; apply Sum_ext; intros; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
      - rewrite (dot_ext d w _ w (fun i => lambda * w i)) by auto.
        rewrite dot_scal_r; fold (norm_sq d w); rewrite Hw; ring. }
    exists sigma, (fun n => / sigma * matrix_vector d Y w n), w.
    split; [assumption|]; split.
    { rewrite norm_sq_scal, Ey, <- Hss; field; lra. }
    split; [assumption|]; split; [intros; field; lra|]; split; [|now rewrite Hss].
    intros j Hj.
    transitivity (/ sigma * transposed_vector N Y (matrix_vector d Y w) j).
    + unfold transposed_vector; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
    + rewrite <- EM, Ew, <- Hss by assumption; field; lra.
Qed.

(** The state after [k] triples: what is left of the matrix, [Y], has them in its kernels and no larger norm. *)
Record split_off (N d k : nat) (X Y : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) : Prop := {
  split_sum : forall n j, (n < N)%nat -> (j < d)%nat -> X n j = ∑ i < k, s i * e i n * w i j + Y n j;
  split_positive : forall i, (i < k)%nat -> 0 < s i;
  split_decreasing : forall i l, (i <= l)%nat -> (l < k)%nat -> s l <= s i;
  split_left : orthonormal N k e;
  split_right : orthonormal d k w;
  split_kernel : forall i n, (i < k)%nat -> (n < N)%nat -> matrix_vector d Y (w i) n = 0;
  split_cokernel : forall i j, (i < k)%nat -> (j < d)%nat -> transposed_vector N Y (e i) j = 0;
  split_norm : forall i x, (i < k)%nat -> norm_sq N (matrix_vector d Y x) <= s i * s i * norm_sq d x
}.

Lemma split_one_more N d k X Y s e w :
  split_off N d k X Y s e w -> 0 < ∑ n < N, norm_sq d (Y n) ->
  exists Y' s' e' w', split_off N d (S k) X Y' s' e' w'.
Proof.
  intros H HY; destruct (top_singular_triple N d Y HY) as [sg [p [q [Hs [Hp [Hq [Ep [Eq Hn]]]]]]]].
  set (Y' := fun n j => Y n j - sg * p n * q j).
  assert (Ev : forall x n, matrix_vector d Y' x n = matrix_vector d Y x n - sg * dot d q x * p n).
  { intros x n; unfold matrix_vector, Y'.
    transitivity (dot d (fun j => Y n j - (sg * p n) * q j) x); [apply dot_ext; intros; auto; ring|].
    rewrite dot_sym, dot_minus_r, dot_scal_r, (dot_sym d x q), (dot_sym d x); ring. }
  assert (Et : forall z j, transposed_vector N Y' z j = transposed_vector N Y z j - sg * dot N p z * q j).
  { intros z j; unfold transposed_vector, Y', dot.
    rewrite (Sum_ext N _ (fun n => z n * Y n j - (sg * q j) * (p n * z n))) by (intros; ring).
    rewrite Sum_minus, Sum_scal_l; ring. }
  assert (Hqw : forall i, (i < k)%nat -> dot d (w i) q = 0).
  { intros i Hi; apply Rmult_eq_reg_l with sg; [|lra].
    rewrite <- dot_scal_r, Rmult_0_r.
    rewrite (dot_ext d (w i) _ (w i) (transposed_vector N Y p)) by (intros; auto; now rewrite Eq by assumption).
    rewrite dot_sym, transpose_dot; unfold dot; rewrite (Sum_ext N _ (fun _ => 0)); [apply Sum_zero|].
    intros n Hn'; rewrite (split_kernel _ _ _ _ _ _ _ _ H i n) by assumption; ring. }
  assert (Hpe : forall i, (i < k)%nat -> dot N (e i) p = 0).
  { intros i Hi; apply Rmult_eq_reg_l with sg; [|lra].
    rewrite <- dot_scal_r, Rmult_0_r.
    rewrite (dot_ext N (e i) _ (e i) (matrix_vector d Y q)) by (intros; auto; now rewrite Ep by assumption).
    rewrite <- transpose_dot; unfold dot; rewrite (Sum_ext d _ (fun _ => 0)); [apply Sum_zero|].
    intros j Hj; rewrite (split_cokernel _ _ _ _ _ _ _ _ H i j) by assumption; ring. }
  assert (Hbelow : forall i, (i < k)%nat -> sg <= s i).
  { intros i Hi; pose proof (split_norm _ _ _ _ _ _ _ _ H i q Hi) as Hb; rewrite Hq in Hb.
    rewrite (norm_sq_ext N _ (fun n => sg * p n)), norm_sq_scal, Hp in Hb by auto.
    pose proof (split_positive _ _ _ _ _ _ _ _ H i Hi).
    destruct (Rle_or_lt sg (s i)) as [|Hlt]; [assumption|nra]. }
  assert (Hsmaller : forall x, norm_sq N (matrix_vector d Y' x) <= norm_sq N (matrix_vector d Y x)).
  { intros x; set (t := sg * dot d q x).
    rewrite (norm_sq_ext N _ (fun n => matrix_vector d Y x n - t * p n)) by (intros; apply Ev).
    rewrite norm_sq_minus, norm_sq_scal, Hp, dot_scal_r, dot_sym, <- transpose_dot.
    replace (dot d (transposed_vector N Y p) x) with t
      by (unfold t; rewrite <- dot_scal_l; symmetry; apply dot_ext; auto).
     pose proof (Rle_0_sqr t) as Ht; unfold Rsqr in Ht; lra. }
  exists Y', (with_next k s sg), (with_next k e p), (with_next k w q); split.
  - intros n j Hn' Hj; simpl; rewrite !with_next_new.
    rewrite (Sum_ext k _ (fun i => s i * e i n * w i j)) by (intros; now rewrite !with_next_old).
    rewrite (split_sum _ _ _ _ _ _ _ _ H n j) by assumption; unfold Y'; ring.
  - intros i Hi; destruct (Nat.eq_dec i k) as [->|]; [now rewrite with_next_new|].
    rewrite with_next_old by lia; apply (split_positive _ _ _ _ _ _ _ _ H); lia.
  - intros i l Hil Hl; destruct (Nat.eq_dec l k) as [->|].
    + rewrite with_next_new; destruct (Nat.eq_dec i k) as [->|]; [rewrite with_next_new; lra|].
      rewrite with_next_old by lia; apply Hbelow; lia.
    + rewrite !with_next_old by lia; apply (split_decreasing _ _ _ _ _ _ _ _ H); lia.
  - apply orthonormal_next; auto; exact (split_left _ _ _ _ _ _ _ _ H).
  - apply orthonormal_next; auto; exact (split_right _ _ _ _ _ _ _ _ H).
  - intros i n Hi Hn'; rewrite Ev; destruct (Nat.eq_dec i k) as [->|].
    + rewrite with_next_new, Ep by assumption; fold (norm_sq d q); rewrite Hq; ring.
    + rewrite with_next_old by lia; rewrite (split_kernel _ _ _ _ _ _ _ _ H i n) by lia.
      rewrite (dot_sym d q), Hqw by lia; ring.
  - intros i j Hi Hj; rewrite Et; destruct (Nat.eq_dec i k) as [->|].
    + rewrite with_next_new, Eq by assumption; fold (norm_sq N p); rewrite Hp; ring.
    + rewrite with_next_old by lia; rewrite (split_cokernel _ _ _ _ _ _ _ _ H i j) by lia.
      rewrite (dot_sym N p), Hpe by lia; ring.
  - intros i x Hi; apply Rle_trans with (norm_sq N (matrix_vector d Y x)); [apply Hsmaller|].
    destruct (Nat.eq_dec i k) as [->|]; [rewrite with_next_new; apply Hn|].
    rewrite with_next_old by lia; apply (split_norm _ _ _ _ _ _ _ _ H); lia.
Qed.

Theorem svd_exists N d X : exists r s e w,
  svd N d r X s e w /\ forall i k, (i <= k)%nat -> (k < r)%nat -> s k <= s i.
Proof.
  assert (Go : forall fuel k Y s e w, split_off N d k X Y s e w -> (d < k + fuel)%nat ->
            exists r s e w, svd N d r X s e w /\ forall i k, (i <= k)%nat -> (k < r)%nat -> s k <= s i).
  { induction fuel as [|fuel IH]; intros k Y s e w H Hf.
    - pose proof (orthonormal_count d k w (split_right _ _ _ _ _ _ _ _ H)); lia.
    - destruct (Req_dec (∑ n < N, norm_sq d (Y n)) 0) as [E|E].
      + exists k, s, e, w; split; [|exact (split_decreasing _ _ _ _ _ _ _ _ H)]; split.
        * exact (split_positive _ _ _ _ _ _ _ _ H).
        * intros i Hi; apply (split_decreasing _ _ _ _ _ _ _ _ H); lia.
        * exact (split_left _ _ _ _ _ _ _ _ H).
        * exact (split_right _ _ _ _ _ _ _ _ H).
        * intros n j Hn Hj; rewrite (split_sum _ _ _ _ _ _ _ _ H n j Hn Hj).
          assert (En : norm_sq d (Y n) = 0)
            by (apply (Sum_zero_terms N (fun n => norm_sq d (Y n))); auto; intros; apply norm_sq_nonneg).
          rewrite (norm_sq_zero d (Y n) En j Hj); ring.
      + destruct (split_one_more N d k X Y s e w H) as [Y' [s' [e' [w' H']]]].
        { assert (0 <= ∑ n < N, norm_sq d (Y n)) by (apply Sum_nonneg; intros; apply norm_sq_nonneg); lra. }
        apply (IH (S k) Y' s' e' w' H'); lia. }
  apply (Go (S d) 0%nat X (fun _ => 0) (fun _ _ => 0) (fun _ _ => 0)); [|lia].
  split; try (intros; lia).
  - intros; simpl; ring.
  - intros i k Hi; lia.
  - intros i k Hi; lia.
Qed.

(** Labels that are not zero and reachable make the rank positive. *)
Theorem rank_positive N d r X s e w y :
  svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y -> (0 < r)%nat.
Proof.
  intros Hsvd Hy Hpos; destruct r; [|lia]; exfalso.
  rewrite (labels_norm N d 0 X s e w Hsvd y Hy) in Hpos; simpl in Hpos; lra.
Qed.
