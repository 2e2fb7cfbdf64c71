(** Equation (17) and its form at any depth: at a global minimizer the sharpness is the norm of the neural
    tangent kernel over [N]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives
  singular_value_decomposition definition_4_1 definition_4_2 minimalist_model gradient hessian sharpness
  sharpness_at_minimizer equation_16 theorem_4_3 theorem_4_6.
Local Open Scope R_scope.

(** The entry of [J J^T] for the samples [n] and [n']: the inner product of the gradients of the two outputs,
    [P X n] and [(P / v_j) (X u)_n] for [j < m]. *)
Definition tangent_kernel (d m : nat) (X : nat -> nat -> R) (u v : nat -> R) (n n' : nat) : R :=
  dot d (fun i => Prod m v * X n i) (fun i => Prod m v * X n' i)
  + dot m (fun j => Prod_except m j v * matrix_vector d X u n)
          (fun j => Prod_except m j v * matrix_vector d X u n').

(** The quadratic form of an [N x N] matrix on the unit vectors. *)
Definition unit_form_value (N : nat) (M : nat -> nat -> R) (q : R) : Prop :=
  exists x, norm_sq N x = 1 /\ q = ∑ n < N, ∑ n' < N, x n * M n n' * x n'.

(** The transpose of the Jacobian applied to [x]. *)
Definition back_u (N m : nat) (X : nat -> nat -> R) (v x : nat -> R) (i : nat) : R :=
  Prod m v * transposed_vector N X x i.

Definition back_v (N d m : nat) (X : nat -> nat -> R) (u v x : nat -> R) (j : nat) : R :=
  Prod_except m j v * dot N x (matrix_vector d X u).

Lemma back_dot N d m X u v x a b :
  dot d (back_u N m X v x) a + dot m (back_v N d m X u v x) b = dot N x (residual_slope d m X u v a b).
Proof.
  unfold back_u, back_v; rewrite dot_scal_l, transpose_dot.
  rewrite (dot_ext m _ b (fun j => dot N x (matrix_vector d X u) * Prod_except m j v) b)
    by (intros; auto; ring).
  rewrite dot_scal_l; unfold residual_slope; rewrite dot_plus_r.
  rewrite (dot_ext N x (fun n => matrix_vector d X a n * Prod m v) x
             (fun n => Prod m v * matrix_vector d X a n)) by (intros; auto; ring).
  rewrite (dot_ext N x (fun n => matrix_vector d X u n * _) x
             (fun n => product_slope m v b * matrix_vector d X u n)) by (intros; auto; ring).
  rewrite !dot_scal_r.
  replace (product_slope m v b) with (dot m (fun j => Prod_except m j v) b)
    by (apply Sum_ext; intros; ring). ring.
Qed.

Lemma tangent_kernel_form N d m X u v x :
  ∑ n < N, ∑ n' < N, x n * tangent_kernel d m X u v n n' * x n'
  = norm_sq d (back_u N m X v x) + norm_sq m (back_v N d m X u v x).
Proof.
  set (P := Prod m v); set (A := matrix_vector d X u).
  assert (Eu : norm_sq d (back_u N m X v x)
               = ∑ n < N, ∑ n' < N, P * P * (x n * dot d (X n) (X n') * x n')).
  { unfold back_u; fold P; rewrite norm_sq_scal; unfold norm_sq, transposed_vector.
    rewrite dot_combination_l, <- Sum_scal_l; apply Sum_ext; intros n _.
    rewrite dot_combination_r, <- !Sum_scal_l; apply Sum_ext; intros; ring. }
  assert (Ev : norm_sq m (back_v N d m X u v x)
               = ∑ n < N, ∑ n' < N, slope_norm_sq m v * (x n * A n * (x n' * A n'))).
  { transitivity (slope_norm_sq m v * (dot N x A * dot N x A)).
    - unfold norm_sq, dot at 1, back_v, slope_norm_sq; fold A.
      rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
    - unfold dot; rewrite Sum_mult, <- Sum_scal_l; apply Sum_ext; intros; symmetry; apply Sum_scal_l. }
  rewrite Eu, Ev, <- Sum_plus; apply Sum_ext; intros n _; rewrite <- Sum_plus.
  apply Sum_ext; intros n' _; unfold tangent_kernel; fold P A.
  rewrite dot_scal_l, dot_scal_r.
  replace (dot m (fun j => Prod_except m j v * A n) (fun j => Prod_except m j v * A n'))
    with (slope_norm_sq m v * (A n * A n')); [ring|].
  unfold slope_norm_sq, dot; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

(** Cauchy-Schwarz for a vector of two blocks. *)
Lemma two_blocks p q A B a b :
  0 <= A -> 0 <= B -> 0 <= a -> 0 <= b -> p * p <= A * a -> q * q <= B * b ->
  (p + q) * (p + q) <= (A + B) * (a + b).
Proof.
  intros HA HB Ha Hb Hp Hq.
  assert (H : (p * q) * (p * q) <= (A * b) * (B * a)).
  { replace ((p * q) * (p * q)) with ((p * p) * (q * q)) by ring.
    replace ((A * b) * (B * a)) with ((A * a) * (B * b)) by ring.
    apply Rmult_le_compat; try assumption; apply Rle_0_sqr. }
  assert (0 <= A * b) by now apply Rmult_le_pos.
  assert (0 <= B * a) by now apply Rmult_le_pos.
  assert (2 * (p * q) <= A * b + B * a).
  { apply Rle_trans with (Rabs (2 * (p * q))); [apply Rle_abs|].
    rewrite <- (Rabs_pos_eq (A * b + B * a)) by lra.
    apply Rsqr_le_abs_0; unfold Rsqr.
    pose proof (Rle_0_sqr (A * b - B * a)) as Hs; unfold Rsqr in Hs; lra. }
  lra.
Qed.

Theorem sharpness_is_kernel_norm N d m X y u v S :
  (0 < N)%nat -> (0 < d)%nat ->
  (forall n, (n < N)%nat -> residual d m X y u v n = 0) ->
  is_sharpness (loss N d m X y) d m u v S ->
  is_lub (unit_form_value N (tangent_kernel d m X u v)) (INR N * S).
Proof.
  intros HN Hd Hfit HS.
  assert (HNR : 0 < INR N) by now apply lt_0_INR.
  assert (HNz : INR N <> 0) by lra.
  assert (Low : forall a b, 0 < norm_sq d a + norm_sq m b ->
            norm_sq N (residual_slope d m X u v a b) <= INR N * S * (norm_sq d a + norm_sq m b)).
  { intros a b Hab; pose proof (sharpness_lower (INR N) N d m X y u v HNz S a b HS Hab) as H.
    rewrite (curvature_at_minimizer (INR N) N d m X y u v Hfit) in H.
    apply Rmult_le_reg_l with (/ INR N); [now apply Rinv_0_lt_compat|].
    replace (/ INR N * (INR N * S * (norm_sq d a + norm_sq m b)))
      with (S * (norm_sq d a + norm_sq m b)) by (field; lra). exact H. }
  assert (HS0 : 0 <= INR N * S).
  { specialize (Low (basis 0) (fun _ => 0)); rewrite norm_sq_basis in Low by assumption.
    pose proof (norm_sq_nonneg m (fun _ => 0)).
    pose proof (norm_sq_nonneg N (residual_slope d m X u v (basis 0) (fun _ => 0))).
    specialize (Low ltac:(lra)). nra. }
  split.
  - intros q [x [Hx ->]]; rewrite tangent_kernel_form.
    set (a := back_u N m X v x); set (b := back_v N d m X u v x).
    pose proof (norm_sq_nonneg d a); pose proof (norm_sq_nonneg m b).
    destruct (Req_dec (norm_sq d a + norm_sq m b) 0) as [E|E]; [lra|].
    specialize (Low a b ltac:(lra)).
    pose proof (back_dot N d m X u v x a b) as Hb; fold a b in Hb; fold (norm_sq d a) (norm_sq m b) in Hb.
    pose proof (cauchy_schwarz_unit N x (residual_slope d m X u v a b) Hx) as C.
    rewrite <- Hb in C; nra.
  - intros M HM.
    assert (Up : forall x, 0 < norm_sq N x ->
              norm_sq d (back_u N m X v x) + norm_sq m (back_v N d m X u v x) <= M * norm_sq N x).
    { intros x Hx; set (k := / sqrt (norm_sq N x)).
      assert (Hk : k * k * norm_sq N x = 1)
        by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
      specialize (HM (∑ n < N, ∑ n' < N, (k * x n) * tangent_kernel d m X u v n n' * (k * x n'))).
      assert (H : k * k * (norm_sq d (back_u N m X v x) + norm_sq m (back_v N d m X u v x)) <= M).
      { rewrite <- tangent_kernel_form, <- Sum_scal_l.
        eapply Rle_trans; [apply Req_le|apply HM; exists (fun n => k * x n); split; [|reflexivity]].
        - apply Sum_ext; intros n _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
        - now rewrite norm_sq_scal. }
      set (T := norm_sq d _ + norm_sq m _) in *.
      apply Rle_trans with (norm_sq N x * (k * k * T)).
      - apply Req_le; transitivity (k * k * norm_sq N x * T); [rewrite Hk|]; ring.
      - rewrite (Rmult_comm M); apply Rmult_le_compat_l; lra. }
    assert (HM0 : 0 <= M).
    { specialize (Up (basis 0)); rewrite norm_sq_basis in Up by assumption.
      pose proof (norm_sq_nonneg d (back_u N m X v (basis 0))).
      pose proof (norm_sq_nonneg m (back_v N d m X u v (basis 0))).
      specialize (Up ltac:(lra)); lra. }
    assert (HSM : S <= / INR N * M).
    { apply (sharpness_upper (INR N) N d m X y u v HNz S _ HS); intros a b Hab.
      rewrite (curvature_at_minimizer (INR N) N d m X y u v Hfit).
      apply Rmult_le_compat_l; [apply Rlt_le; now apply Rinv_0_lt_compat|].
      set (x := residual_slope d m X u v a b).
      destruct (Req_dec (norm_sq N x) 0) as [E|E]; [lra|].
      pose proof (norm_sq_nonneg N x) as Hx0.
      specialize (Up x ltac:(lra)).
      pose proof (back_dot N d m X u v x a b) as Hb; fold x in Hb; fold (norm_sq N x) in Hb.
      set (p := back_u N m X v x) in *; set (t := back_v N d m X u v x) in *.
      assert (Cs : (dot d p a + dot m t b) * (dot d p a + dot m t b)
                   <= (norm_sq d p + norm_sq m t) * (norm_sq d a + norm_sq m b)).
      { pose proof (cauchy_schwarz d p a); pose proof (cauchy_schwarz m t b).
        apply two_blocks; auto using norm_sq_nonneg. }
      rewrite Hb, Hab in Cs; nra. }
    apply Rmult_le_reg_l with (/ INR N); [now apply Rinv_0_lt_compat|].
    rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; exact HSM.
Qed.

(** Equation (17): at depth 2 the kernel at a minimizer is [V X X^T + y y^T / V]. *)
Theorem equation_17 N d X y u v n n' :
  (forall k, (k < N)%nat -> residual d 1 X y u v k = 0) -> v 0%nat <> 0 ->
  (n < N)%nat -> (n' < N)%nat ->
  let V := v 0%nat * v 0%nat in
  tangent_kernel d 1 X u v n n' = V * dot d (X n) (X n') + y n * y n' / V.
Proof.
  intros Hfit Hv Hn Hn' V.
  assert (E : forall k, (k < N)%nat -> y k = matrix_vector d X u k * v 0%nat).
  { intros k Hk; specialize (Hfit k Hk); unfold residual, output in Hfit.
    rewrite Prod_one_factor in Hfit; lra. }
  unfold tangent_kernel; rewrite dot_scal_l, dot_scal_r, (E n Hn), (E n' Hn'), Prod_one_factor.
  unfold dot at 2, Prod_except; simpl; unfold V; field; assumption.
Qed.

(** The kernel of Theorem 4.6: at a balanced minimizer it is [Q^((D-1)/D) X X^T + (D - 1) Q^(-1/D) y y^T]. *)
Theorem balanced_kernel N D d r X s e w y u v n n' :
  (2 <= D)%nat -> svd N d r X s e w -> 0 < difficulty N r s e y ->
  (forall k, (k < N)%nat -> residual d (D - 1) X y u v k = 0) -> balanced D d r w u v ->
  (n < N)%nat -> (n' < N)%nat ->
  let Q := difficulty N r s e y in
  tangent_kernel d (D - 1) X u v n n'
  = Rpower Q (INR (D - 1) / INR D) * dot d (X n) (X n')
    + INR (D - 1) * Rpower Q (- (1 / INR D)) * (y n * y n').
Proof.
  intros HD Hsvd HQ Hfit Hbal Hn Hn' Q.
  set (q := norm_sq r (fun i => dot d (w i) u)).
  assert (EQ : q ^ D = Q) by exact (balanced_difficulty N D d r X s e w y u v HD Hsvd Hfit Hbal).
  assert (Hq : 0 < q).
  { pose proof (norm_sq_nonneg r (fun i => dot d (w i) u)) as H0; fold q in H0.
    destruct (Req_dec q 0) as [E|]; [|lra].
    rewrite E, pow_i in EQ by lia; fold Q in HQ; lra. }
  set (P := Prod (D - 1) v).
  assert (EP : P * P = q ^ (D - 1)) by exact (balanced_product N D d r X s e w u v Hsvd Hbal).
  assert (HP : P <> 0) by exact (balanced_product_nonzero N D d r X s e w u v Hsvd Hbal Hq).
  pose proof (balanced_slope N D d r X s e w u v Hsvd Hbal Hq) as ES; fold q P in ES.
  rewrite <- EQ, power_of_difficulty, inverse_root_of_difficulty, <- EP by assumption.
  unfold tangent_kernel; fold P; rewrite dot_scal_l, dot_scal_r.
  rewrite !(balanced_output N D d r X s e w y u v Hsvd Hfit Hbal _ Hq) by assumption; fold P.
  replace (dot (D - 1) (fun j => Prod_except (D - 1) j v * (/ P * y n))
             (fun j => Prod_except (D - 1) j v * (/ P * y n')))
    with (slope_norm_sq (D - 1) v * (/ P * y n * (/ P * y n'))).
  - rewrite ES; field; lra.
  - unfold slope_norm_sq, dot; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.
