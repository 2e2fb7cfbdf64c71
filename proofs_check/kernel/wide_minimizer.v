(** The sharpness at a global minimizer of a two-layer network of any width, between bounds from what its imbalance
    matrix has for least and greatest value. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives singular_value_decomposition
  definition_4_1 definition_4_2 equation_16 wide_model.
Local Open Scope R_scope.

Definition direction_norm_sq (d H : nat) (F : nat -> nat -> R) (f : nat -> R) : R :=
  (∑ b < H, norm_sq d (F b)) + norm_sq H f.

Definition wide_rayleigh_value (N d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : nat -> nat -> R) (a : nat -> R)
  (q : R) : Prop :=
  exists F f, direction_norm_sq d H F f = 1 /\
    is_derive_n (fun t => wide_loss N d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b)) 2 0 q.

Definition is_wide_sharpness (N d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : nat -> nat -> R) (a : nat -> R)
  (S : R) : Prop := is_lub (wide_rayleigh_value N d H X y W a) S.

(** [x^T M x] for the imbalance matrix [M]. *)
Definition imbalance_form (d r H : nat) (w W : nat -> nat -> R) (a x : nat -> R) : R :=
  ∑ b < H, ∑ c < H, x b * x c * wide_imbalance d r w W a b c.

(** A quadratic form whose matrix is a sum of squares. *)
Lemma form_of_squares n p (x m : nat -> R) (o : nat -> nat -> R) :
  (∑ b < n, x b * (∑ c < n, x c * (∑ l < p, m l * o l c * o l b))) = ∑ l < p, m l * (∑ b < n, x b * o l b) ^ 2.
Proof.
  rewrite (Sum_ext n _ (fun b => ∑ l < p, x b * (o l b * (m l * (∑ c < n, x c * o l c))))).
  - rewrite Sum_swap; apply Sum_ext; intros l _.
    rewrite (Sum_ext n _ (fun b => x b * o l b * (m l * (∑ c < n, x c * o l c)))) by (intros; ring).
    rewrite Sum_scal_r; ring.
  - intros b _; rewrite Sum_scal_l; f_equal.
    rewrite (Sum_ext n _ (fun c => ∑ l < p, o l b * (m l * (x c * o l c)))).
    + rewrite Sum_swap; apply Sum_ext; intros l _; now rewrite !Sum_scal_l.
    + intros c _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

(** The derivative of the output of sample [n] along [(F, f)]. *)
Definition wide_output_slope (d H : nat) (X W F : nat -> nat -> R) (a f : nat -> R) (n : nat) : R :=
  ∑ b < H, (a b * dot d (X n) (F b) + f b * dot d (X n) (W b)).

(** [sum_b x_b W_b]. *)
Definition combined (H : nat) (x : nat -> R) (W : nat -> nat -> R) (j : nat) : R := ∑ b < H, x b * W b j.

Lemma dot_combined d H x W v : dot d v (combined H x W) = ∑ b < H, x b * dot d v (W b).
Proof. unfold combined; exact (dot_combination_r d H v x W). Qed.

Section At_a_fit.

Variables (N d r H : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y : nat -> R).
Variables (W : nat -> nat -> R) (a : nat -> R).
Hypothesis decomposition : svd N d r X s e w.
Hypothesis fits : forall n, (n < N)%nat -> wide_residual d H X y W a n = 0.
Hypothesis some : (0 < N)%nat.

Let V := norm_sq H a.
Let slope F f := wide_output_slope d H X W F a f.

Lemma samples_are_positive : 0 < INR N.
Proof. now apply lt_0_INR. Qed.

Lemma residual_along F f t n : (n < N)%nat ->
  wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n
  = t * slope F f n + t * t * (∑ b < H, f b * dot d (X n) (F b)).
Proof.
  intros Hn; rewrite <- (Rplus_0_l (t * slope F f n)), <- (fits n Hn).
  unfold wide_residual, wide_output, slope, wide_output_slope.
  rewrite <- !Sum_scal_l.
  replace (∑ b < H, a b * dot d (X n) (W b) - y n + ∑ i < H, t * (a i * dot d (X n) (F i) + f i * dot d (X n) (W i))
           + ∑ i < H, t * t * (f i * dot d (X n) (F i)))
    with ((∑ b < H, a b * dot d (X n) (W b)) + (∑ i < H, t * (a i * dot d (X n) (F i) + f i * dot d (X n) (W i)))
          + (∑ i < H, t * t * (f i * dot d (X n) (F i))) - y n) by ring.
  f_equal; rewrite <- !Sum_plus; apply Sum_ext; intros b _.
  rewrite dot_plus_r, dot_scal_r; ring.
Qed.

Lemma second_derivative_at_a_fit F f :
  is_derive_n (fun t => wide_loss N d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b)) 2 0
    (norm_sq N (slope F f) / INR N).
Proof.
  pose proof samples_are_positive as HN.
  set (K := fun n => ∑ b < H, f b * dot d (X n) (F b)).
  set (A := norm_sq N (slope F f)); set (B := dot N (slope F f) K); set (C := norm_sq N K).
  apply is_derive_n_ext with (fun t => (t * t * A + 2 * (t * t * t) * B + t * t * (t * t) * C) / (2 * INR N)).
  - intros t; unfold wide_loss; f_equal.
    rewrite (norm_sq_ext N _ (fun n => t * slope F f n + t * t * K n)) by (intros; now apply residual_along).
    rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r; fold A B C; ring.
  - apply second_derivative with (fun t => (2 * t * A + 6 * (t * t) * B + 4 * (t * t * t) * C) / (2 * INR N)).
    + intros t; auto_derive; [trivial|field; lra].
    + auto_derive; [trivial|field; lra].
Qed.

Lemma sharpness_at_most S U :
  is_wide_sharpness N d H X y W a S ->
  (forall F f, norm_sq N (slope F f) / INR N <= U * direction_norm_sq d H F f) -> S <= U.
Proof.
  intros [_ L] HU; apply L; intros q [F [f [Hn Hq]]].
  rewrite (second_derivative_unique _ _ _ _ Hq (second_derivative_at_a_fit F f)).
  specialize (HU F f); rewrite Hn in HU; lra.
Qed.

Lemma slope_scal k F f n : slope (fun b j => k * F b j) (fun b => k * f b) n = k * slope F f n.
Proof.
  unfold slope, wide_output_slope; rewrite <- Sum_scal_l; apply Sum_ext; intros; rewrite dot_scal_r; ring.
Qed.

Lemma sharpness_at_least S F f :
  is_wide_sharpness N d H X y W a S -> 0 < direction_norm_sq d H F f ->
  norm_sq N (slope F f) / INR N <= S * direction_norm_sq d H F f.
Proof.
  intros [U _] Hpos; set (h := direction_norm_sq d H F f) in *; set (k := / sqrt h).
  pose proof samples_are_positive as HN.
  assert (Hk : k * k * h = 1).
  { unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra. }
  assert (Hq : norm_sq N (slope (fun b j => k * F b j) (fun b => k * f b)) / INR N <= S).
  { apply U; eexists; eexists; split; [|apply second_derivative_at_a_fit].
    unfold direction_norm_sq; rewrite norm_sq_scal.
    rewrite (Sum_ext H _ (fun b => k * k * norm_sq d (F b))) by (intros; apply norm_sq_scal).
    rewrite Sum_scal_l; unfold h, direction_norm_sq in Hk; lra. }
  rewrite (norm_sq_ext N _ (fun n => k * slope F f n)), norm_sq_scal in Hq by (intros; apply slope_scal).
  apply Rle_trans with (h * (k * k * norm_sq N (slope F f) / INR N)).
  - apply Req_le; transitivity (k * k * h * (norm_sq N (slope F f) / INR N)); [rewrite Hk; ring|field; lra].
  - rewrite (Rmult_comm S); apply Rmult_le_compat_l; lra.
Qed.

(** The labels are the outputs. *)
Lemma labels_are_outputs n : (n < N)%nat -> y n = matrix_vector d X (combined H a W) n.
Proof.
  intros Hn; pose proof (fits n Hn) as E; unfold wide_residual, wide_output in E.
  unfold matrix_vector; rewrite dot_combined; lra.
Qed.

(** [|Pi (sum_b x_b W_b)|^2 = x^T M x + (a . x)^2]. *)
Lemma form_in_modes x :
  norm_sq r (fun i => dot d (w i) (combined H x W)) = imbalance_form d r H w W a x + dot H a x * dot H a x.
Proof.
  unfold imbalance_form, wide_imbalance.
  rewrite (Sum_ext H (fun b => ∑ c < H, x b * x c * _)
    (fun b => (∑ c < H, ∑ i < r, x b * dot d (w i) (W b) * (x c * dot d (w i) (W c)))
              - (∑ c < H, (a b * x b) * (a c * x c)))).
  - rewrite Sum_minus.
    replace (dot H a x * dot H a x) with (∑ b < H, ∑ c < H, (a b * x b) * (a c * x c))
      by (unfold dot; now rewrite Sum_mult).
    replace (∑ b < H, ∑ c < H, ∑ i < r, x b * dot d (w i) (W b) * (x c * dot d (w i) (W c)))
      with (norm_sq r (fun i => dot d (w i) (combined H x W))); [ring|].
    unfold norm_sq, dot at 1.
    rewrite (Sum_ext r _ (fun i => ∑ b < H, ∑ c < H, x b * dot d (w i) (W b) * (x c * dot d (w i) (W c)))).
    + rewrite Sum_swap; apply Sum_ext; intros b _; apply Sum_swap.
    + intros i _; now rewrite dot_combined, Sum_mult.
  - intros b _; rewrite <- Sum_minus; apply Sum_ext; intros c _.
    rewrite row_projection_dot by apply (svd_right _ _ _ _ _ _ _ decomposition).
    unfold dot at 1; rewrite Rmult_minus_distr_l, <- Sum_scal_l; f_equal; [|ring].
    apply Sum_ext; intros; ring.
Qed.

(** [V^2 + a^T M a = Q]. *)
Theorem wide_quadratic : V * V + imbalance_form d r H w W a a = difficulty N r s e y.
Proof.
  rewrite <- (solution_projection N d r X s e w y decomposition (combined H a W)).
  - rewrite form_in_modes; unfold V, norm_sq; ring.
  - intros n Hn; symmetry; now apply labels_are_outputs.
Qed.

Hypothesis labels_positive : 0 < norm_sq N y.

Lemma weight_positive : 0 < V.
Proof.
  destruct (Rle_lt_or_eq_dec 0 V (norm_sq_nonneg H a)) as [|E]; [assumption|exfalso].
  assert (Z : forall n, (n < N)%nat -> y n = 0).
  { intros n Hn; rewrite (labels_are_outputs n Hn); unfold matrix_vector; rewrite dot_combined.
    rewrite (Sum_ext H _ (fun _ => 0)); [apply Sum_zero|].
    intros b Hb; rewrite (norm_sq_zero H a (eq_sym E) b Hb); ring. }
  rewrite (norm_sq_ext N y (fun _ => 0) Z) in labels_positive.
  unfold norm_sq, dot in labels_positive; rewrite (Sum_ext N _ (fun _ => 0)), Sum_zero in labels_positive
    by (intros; ring); lra.
Qed.

Variables (least greatest : R).
Hypothesis least_value : forall x, least * norm_sq H x <= imbalance_form d r H w W a x.
Hypothesis greatest_value : forall x, imbalance_form d r H w W a x <= greatest * norm_sq H x.

Let Q := difficulty N r s e y.

Lemma difficulty_is_positive : 0 < Q.
Proof.
  apply (difficulty_positive N d r X s e w y decomposition); [|assumption].
  exists (combined H a W); intros n Hn; symmetry; now apply labels_are_outputs.
Qed.

Lemma root_of_less m v : 0 < v -> v * v + m * v <= Q -> v <= minimizer_V m Q.
Proof.
  intros Hv E; pose proof difficulty_is_positive as HQ.
  pose proof (minimizer_V_root m Q HQ); pose proof (minimizer_V_positive m Q HQ).
  set (root := minimizer_V m Q) in *; destruct (Rle_or_lt v root) as [|Hlt]; [assumption|exfalso].
  assert (0 < root + m) by nra. nra.
Qed.

Lemma root_of_more m v : 0 < v -> Q <= v * v + m * v -> minimizer_V m Q <= v.
Proof.
  intros Hv E; pose proof difficulty_is_positive as HQ.
  pose proof (minimizer_V_root m Q HQ); pose proof (minimizer_V_positive m Q HQ).
  set (root := minimizer_V m Q) in *; destruct (Rle_or_lt root v) as [|Hlt]; [assumption|exfalso].
  assert (0 < root + m) by nra. nra.
Qed.

Theorem wide_weight : minimizer_V greatest Q <= V <= minimizer_V least Q.
Proof.
  pose proof weight_positive as HV; pose proof wide_quadratic as E; fold Q in E.
  pose proof (least_value a) as Hl; pose proof (greatest_value a) as Hg; fold V in Hl, Hg.
  split; [apply root_of_more|apply root_of_less]; try assumption; lra.
Qed.

Lemma column_correlation x q :
  dot N q (matrix_vector d X (combined H x W)) = ∑ b < H, x b * dot N q (matrix_vector d X (W b)).
Proof.
  rewrite (dot_ext N q _ q (fun n => ∑ b < H, x b * matrix_vector d X (W b) n)).
  - exact (dot_combination_r N H q x (fun b => matrix_vector d X (W b))).
  - reflexivity.
  - intros n _; unfold matrix_vector; apply dot_combined.
Qed.

(** Cauchy-Schwarz for [y . q = sum_b a_b (q . X W_b)]. *)
Lemma labels_cauchy_schwarz q :
  dot N q y * dot N q y <= V * norm_sq H (fun b => dot N q (matrix_vector d X (W b))).
Proof.
  replace (dot N q y) with (dot H a (fun b => dot N q (matrix_vector d X (W b)))).
  - apply cauchy_schwarz.
  - rewrite (dot_ext N q y q (matrix_vector d X (combined H a W))).
    + now rewrite column_correlation.
    + reflexivity.
    + intros; now apply labels_are_outputs.
Qed.

Let d1 := label_coefficient N e y 0.

Theorem wide_lower S : (0 < r)%nat -> is_wide_sharpness N d H X y W a S ->
  (s 0%nat * s 0%nat * V + d1 * d1 / V) / INR N <= S.
Proof.
  intros Hr HS; pose proof samples_are_positive as HN; pose proof weight_positive as HV.
  set (s1 := s 0%nat).
  set (k := fun b => dot N (e 0%nat) (matrix_vector d X (W b))).
  set (F := fun b j => a b * transposed_vector N X (e 0%nat) j).
  set (T := s1 * s1 * V + norm_sq H k).
  assert (He : norm_sq N (e 0%nat) = 1).
  { pose proof (svd_left _ _ _ _ _ _ _ decomposition 0%nat 0%nat Hr Hr) as E; rewrite delta_same in E; exact E. }
  assert (Hg : norm_sq d (transposed_vector N X (e 0%nat)) = s1 * s1).
  { rewrite (svd_transposed_norm N d r X s e w decomposition).
    rewrite (Sum_ext r _ (fun i => delta 0 i * (s i * s i))).
    - now rewrite Sum_delta_l.
    - intros i Hi; pose proof (svd_left _ _ _ _ _ _ _ decomposition i 0%nat Hi Hr) as E; rewrite E, delta_sym.
      unfold delta; destruct (Nat.eqb 0 i); ring. }
  assert (Hnorm : direction_norm_sq d H F k = T).
  { unfold direction_norm_sq, T, F.
    rewrite (Sum_ext H _ (fun b => s1 * s1 * (a b * a b))).
    - rewrite Sum_scal_l; reflexivity.
    - intros b _; rewrite norm_sq_scal, Hg; ring. }
  assert (Hs1 : 0 < s1) by exact (svd_positive _ _ _ _ _ _ _ decomposition 0%nat Hr).
  assert (HT : 0 < T).
  { unfold T; pose proof (norm_sq_nonneg H k); assert (0 < s1 * s1) by (apply Rmult_lt_0_compat; lra).
    assert (0 < s1 * s1 * V) by (apply Rmult_lt_0_compat; lra); lra. }
  assert (Hdot : dot N (e 0%nat) (slope F k) = T).
  { rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => V * matrix_vector d X (transposed_vector N X (e 0%nat)) n
                                                     + matrix_vector d X (combined H k W) n)).
    - rewrite dot_plus_r, dot_scal_r, <- transpose_dot, column_correlation.
      fold (norm_sq d (transposed_vector N X (e 0%nat))); rewrite Hg.
      unfold T, norm_sq; fold (dot H k k); unfold k at 1; rewrite Rmult_comm; reflexivity.
    - reflexivity.
    - intros n _; unfold slope, wide_output_slope; rewrite Sum_plus; f_equal.
      + unfold V, norm_sq, dot at 2; rewrite <- Sum_scal_r; apply Sum_ext; intros b _.
        unfold F, matrix_vector; rewrite dot_scal_r; ring.
      + unfold matrix_vector; now rewrite dot_combined. }
  pose proof (cauchy_schwarz N (e 0%nat) (slope F k)) as CS; rewrite Hdot, He, Rmult_1_l in CS.
  pose proof (sharpness_at_least S F k HS) as L; rewrite Hnorm in L; specialize (L HT).
  pose proof (labels_cauchy_schwarz (e 0%nat)) as LC; fold k in LC.
  assert (E1 : T * T / INR N <= S * T).
  { apply Rle_trans with (norm_sq N (slope F k) / INR N); [|exact L].
    unfold Rdiv; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|exact CS]. }
  assert (E2 : T / INR N <= S).
  { apply Rmult_le_reg_r with T; [exact HT|]. unfold Rdiv in *; lra. }
  apply Rle_trans with (T / INR N); [|exact E2].
  unfold Rdiv; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
  unfold T; apply Rplus_le_compat_l.
  apply Rmult_le_reg_r with V; [exact HV|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  unfold d1, label_coefficient; lra.
Qed.

Hypothesis greatest_nonneg : 0 <= greatest.

Lemma across_cross p q A B C D c :
  0 <= p -> 0 <= q -> 0 <= C -> 0 <= D -> c * c <= A * B -> 0 <= A <= C * p -> 0 <= B <= D * q ->
  2 * c <= C * q + D * p.
Proof.
  intros Hp Hq HC HD Hc HA HB.
  assert (0 <= C * q) by now apply Rmult_le_pos. assert (0 <= D * p) by now apply Rmult_le_pos.
  destruct (Rle_or_lt (2 * c) (C * q + D * p)) as [|Hlt]; [assumption|exfalso].
  assert (A * B <= C * p * (D * q)) by (apply Rmult_le_compat; lra).
  assert (C * p * (D * q) = C * q * (D * p)) by ring.
  set (x := C * q + D * p) in *.
  assert (0 <= x) by (unfold x; lra).
  assert (x * x < 2 * c * (2 * c)) by (apply Rmult_le_0_lt_compat; lra).
  assert (4 * (C * q * (D * p)) <= x * x) by (unfold x; pose proof (Rle_0_sqr (C * q - D * p)); unfold Rsqr in *; lra).
  lra.
Qed.

(** Three parts of a sum, each with a norm of its own. *)
Lemma three_parts (P R1 R2 : nat -> R) p q t C D E :
  0 <= p -> 0 <= q -> 0 <= t -> 0 <= C -> 0 <= D -> 0 <= E ->
  norm_sq N P <= C * p -> norm_sq N R1 <= D * q -> norm_sq N R2 <= E * t ->
  norm_sq N (fun n => P n + R1 n + R2 n) <= (C + D + E) * (p + q + t).
Proof.
  intros Hp Hq Ht HC HD HE H1 H2 H3.
  rewrite (norm_sq_plus N (fun n => P n + R1 n) R2), norm_sq_plus, dot_plus_l.
  pose proof (norm_sq_nonneg N P) as H4; pose proof (norm_sq_nonneg N R1) as H5; pose proof (norm_sq_nonneg N R2) as H6.
  pose proof (across_cross p q _ _ C D _ Hp Hq HC HD (cauchy_schwarz N P R1) (conj H4 H1) (conj H5 H2)).
  pose proof (across_cross p t _ _ C E _ Hp Ht HC HE (cauchy_schwarz N P R2) (conj H4 H1) (conj H6 H3)).
  pose proof (across_cross q t _ _ D E _ Hq Ht HD HE (cauchy_schwarz N R1 R2) (conj H5 H2) (conj H6 H3)).
  lra.
Qed.

Theorem wide_upper S : is_wide_sharpness N d H X y W a S ->
  S <= (s 0%nat * s 0%nat * (V + greatest) + norm_sq N y / V) / INR N.
Proof.
  intros HS; pose proof samples_are_positive as HN; pose proof weight_positive as HV.
  set (s1 := s 0%nat); apply (sharpness_at_most S _ HS); intros F f.
  set (beta := dot H a f); set (x := fun b => f b - (beta / V) * a b).
  set (aF := combined H a F).
  assert (Hs : 0 <= s1 * s1) by apply Rle_0_sqr.
  assert (Hx : dot H a x = 0).
  { unfold x; rewrite dot_minus_r, dot_scal_r; fold beta; fold (norm_sq H a); fold V; field; lra. }
  assert (Hf : norm_sq H x + beta * beta / V = norm_sq H f).
  { unfold x; rewrite norm_sq_minus, norm_sq_scal, dot_scal_r, (dot_sym H f a); fold beta; fold V; field; lra. }
  assert (HP : norm_sq N (matrix_vector d X aF) <= s1 * s1 * V * (∑ b < H, norm_sq d (F b))).
  { eapply Rle_trans; [apply (svd_operator_norm N d r X s e w decomposition)|]; fold s1.
    replace (s1 * s1 * V * (∑ b < H, norm_sq d (F b))) with (s1 * s1 * (V * (∑ b < H, norm_sq d (F b)))) by ring.
    apply Rmult_le_compat_l; [exact Hs|].
    unfold norm_sq at 1, dot.
    replace (V * (∑ b < H, norm_sq d (F b))) with (∑ j < d, V * norm_sq H (fun b => F b j)).
    - apply Sum_le; intros j _; unfold aF, combined; exact (cauchy_schwarz H a (fun b => F b j)).
    - rewrite Sum_scal_l; f_equal; unfold norm_sq, dot; apply Sum_swap. }
  assert (HR : norm_sq N (matrix_vector d X (combined H x W)) <= s1 * s1 * greatest * norm_sq H x).
  { rewrite (svd_apply_norm N d r X s e w decomposition).
    apply Rle_trans with (s1 * s1 * norm_sq r (fun i => dot d (w i) (combined H x W))).
    - unfold norm_sq, dot at 3; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi.
      pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi).
      pose proof (svd_largest _ _ _ _ _ _ _ decomposition i Hi); fold s1 in H1.
      assert (s i * s i <= s1 * s1) by nra.
      pose proof (Rle_0_sqr (dot d (w i) (combined H x W))) as Hq; unfold Rsqr in Hq; nra.
    - rewrite form_in_modes, Hx.
      replace (s1 * s1 * greatest * norm_sq H x) with (s1 * s1 * (greatest * norm_sq H x)) by ring.
      apply Rmult_le_compat_l; [exact Hs|].
      pose proof (greatest_value x); lra. }
  assert (HY : norm_sq N (fun n => beta / V * y n) <= norm_sq N y / V * (beta * beta / V)).
  { rewrite norm_sq_scal; apply Req_le; field; lra. }
  assert (Hparts : forall n, (n < N)%nat -> slope F f n
            = matrix_vector d X aF n + matrix_vector d X (combined H x W) n + beta / V * y n).
  { intros n Hn; rewrite (labels_are_outputs n Hn); unfold matrix_vector, aF; rewrite !dot_combined.
    rewrite <- Sum_scal_l, <- !Sum_plus; unfold slope, wide_output_slope; apply Sum_ext; intros b _.
    unfold x; field; lra. }
  rewrite (norm_sq_ext N _ _ Hparts).
  assert (HB : 0 <= beta * beta / V).
  { unfold Rdiv; apply Rmult_le_pos; [apply Rle_0_sqr|left; now apply Rinv_0_lt_compat]. }
  assert (HYV : 0 <= norm_sq N y / V).
  { unfold Rdiv; apply Rmult_le_pos; [apply norm_sq_nonneg|left; now apply Rinv_0_lt_compat]. }
  assert (HF : 0 <= ∑ b < H, norm_sq d (F b)) by (apply Sum_nonneg; intros; apply norm_sq_nonneg).
  assert (HC : 0 <= s1 * s1 * V) by (apply Rmult_le_pos; lra).
  assert (HD : 0 <= s1 * s1 * greatest) by (apply Rmult_le_pos; lra).
  pose proof (three_parts _ _ _ _ _ _ _ _ _ HF (norm_sq_nonneg H x) HB HC HD HYV HP HR HY) as Hall.
  unfold direction_norm_sq; rewrite <- Hf.
  replace ((s1 * s1 * (V + greatest) + norm_sq N y / V) / INR N
           * ((∑ b < H, norm_sq d (F b)) + (norm_sq H x + beta * beta / V)))
    with ((s1 * s1 * V + s1 * s1 * greatest + norm_sq N y / V)
          * ((∑ b < H, norm_sq d (F b)) + norm_sq H x + beta * beta / V) / INR N) by (field; lra).
  unfold Rdiv at 1; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|exact Hall].
Qed.

(** The start bounds the end: gradient flow conserves the matrix, and with it its least and greatest value. *)
Theorem wide_from_the_start S : (0 < r)%nat -> is_wide_sharpness N d H X y W a S ->
  (s 0%nat * s 0%nat * minimizer_V greatest Q + d1 * d1 / minimizer_V least Q) / INR N <= S
  <= (s 0%nat * s 0%nat * (minimizer_V least Q + greatest) + norm_sq N y / minimizer_V greatest Q) / INR N.
Proof.
  intros Hr HS; pose proof samples_are_positive as HN; pose proof weight_positive as HV.
  pose proof difficulty_is_positive as HQ.
  pose proof (wide_lower S Hr HS) as L; pose proof (wide_upper S HS) as U.
  destruct wide_weight as [W1 W2].
  pose proof (minimizer_V_positive greatest Q HQ) as P1; pose proof (minimizer_V_positive least Q HQ) as P2.
  assert (Hs : 0 <= s 0%nat * s 0%nat) by apply Rle_0_sqr.
  assert (I1 : / minimizer_V least Q <= / V) by (apply Rinv_le_contravar; assumption).
  assert (I2 : / V <= / minimizer_V greatest Q) by (apply Rinv_le_contravar; assumption).
  split; [eapply Rle_trans; [|exact L]|eapply Rle_trans; [exact U|]]; unfold Rdiv;
    (apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|]); apply Rplus_le_compat;
    apply Rmult_le_compat_l; auto using norm_sq_nonneg; try apply Rle_0_sqr; lra.
Qed.

End At_a_fit.
