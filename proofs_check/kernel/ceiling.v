(** The ceiling: the sharpness at a minimizer of two layers as the largest value of [V |X^T x|^2 + (x . y)^2 / V] over
    the unit vectors [x], with [V] the square of the second layer. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition definition_4_1
  minimalist_model sharpness equation_16 equation_17 lemma_b_2 printed_setting claims_own_minimizer.
Local Open Scope R_scope.

(** The value on a vector with squared gradient [a] and squared product with the labels [b]. *)
Definition ceiling_form (V a b : R) : R := V * a + b / V.

Section Values.

Variables (a b Q : R).
Hypothesis gradient_nonneg : 0 <= a.
Hypothesis product_nonneg : 0 <= b.
Hypothesis product_bounded : b <= Q * a.
Hypothesis difficulty_positive : 0 < Q.

(** Above [V^2 = Q] the value rises with [V]. *)
Lemma form_rises V V' : 0 < V' -> V' <= V -> Q <= V' * V' -> ceiling_form V' a b <= ceiling_form V a b.
Proof.
  intros HV' HV HQ; unfold ceiling_form.
  assert (E : V * a + b / V - (V' * a + b / V') = (V - V') * (V * V' * a - b) * / (V * V')) by (field; lra).
  assert (V' * V' <= V * V') by nra.
  assert (Q * a <= V * V' * a) by (apply Rmult_le_compat_r; lra).
  assert (0 <= (V - V') * (V * V' * a - b) * / (V * V')).
  { apply Rmult_le_pos; [apply Rmult_le_pos; lra|]; apply Rlt_le, Rinv_0_lt_compat; nra. }
  lra.
Qed.

(** Divided by the size [Q / V + V] of the weights, it rises with [V] everywhere. *)
Lemma form_by_size V V' : 0 < V' -> V' <= V ->
  ceiling_form V' a b * (V + Q / V) <= ceiling_form V a b * (V' + Q / V').
Proof.
  intros HV' HV; unfold ceiling_form.
  assert (E : (V * a + b / V) * (V' + Q / V') - (V' * a + b / V') * (V + Q / V)
              = (V * V - V' * V') * (Q * a - b) * / (V * V')) by (field; lra).
  assert (0 <= (V * V - V' * V') * (Q * a - b) * / (V * V')).
  { apply Rmult_le_pos; [apply Rmult_le_pos; nra|]; apply Rlt_le, Rinv_0_lt_compat; nra. }
  lra.
Qed.

(** As a function of the imbalance it is convex. *)
Lemma form_convex C C' p p' : 0 <= p -> 0 <= p' -> p + p' = 1 ->
  ceiling_form (minimizer_V (C * p + C' * p') Q) a b
  <= p * ceiling_form (minimizer_V C Q) a b + p' * ceiling_form (minimizer_V C' Q) a b.
Proof.
  intros Hp Hp' E.
  assert (F : forall C, ceiling_form (minimizer_V C Q) a b = minimizer_V C Q * (a + b / Q) + b * C / Q).
  { intros C0; unfold ceiling_form; pose proof (minimizer_V_imbalance C0 Q difficulty_positive) as EC.
    pose proof (minimizer_V_positive C0 Q difficulty_positive); set (V := minimizer_V C0 Q) in *.
    rewrite EC; field; lra. }
  rewrite !F.
  assert (HV : minimizer_V (C * p + C' * p') Q <= p * minimizer_V C Q + p' * minimizer_V C' Q).
  { pose proof (lemma_b_2 Q C C' p difficulty_positive ltac:(lra)) as L; unfold phi in L; unfold minimizer_V.
    replace (p * C + (1 - p) * C') with (C * p + C' * p') in L by (replace p' with (1 - p) by lra; ring).
    replace p' with (1 - p) in * by lra; lra. }
  assert (0 <= a + b / Q).
  { apply Rplus_le_le_0_compat; [assumption|]; apply Rmult_le_pos; [assumption|now apply Rlt_le, Rinv_0_lt_compat]. }
  apply Rle_trans with ((p * minimizer_V C Q + p' * minimizer_V C' Q) * (a + b / Q) + b * (C * p + C' * p') / Q).
  - apply Rplus_le_compat_r, Rmult_le_compat_r; assumption.
  - apply Req_le; field; lra.
Qed.

(** The arithmetic mean is at least the geometric one. *)
Lemma form_square V : 0 < V -> 4 * b * a <= ceiling_form V a b ^ 2.
Proof.
  intros HV; unfold ceiling_form.
  assert (E : (V * a + b / V) ^ 2 - 4 * b * a = (V * a - b / V) ^ 2) by (field; lra).
  pose proof (pow2_ge_0 (V * a - b / V)); lra.
Qed.

End Values.

(** Seen from a minimizer, the value at another one: along [V a - b / V] it changes at least so much. *)
Lemma form_slope V V' a b : 0 < V -> 0 < V' -> 0 <= b ->
  (V' - V) * (V * a - b / V) <= V * (ceiling_form V' a b - ceiling_form V a b).
Proof.
  intros HV HV' Hb; unfold ceiling_form.
  assert (E : V * (V' * a + b / V' - (V * a + b / V)) - (V' - V) * (V * a - b / V)
              = (V' - V) * (V' - V) * b * / (V * V')) by (field; lra).
  assert (0 <= (V' - V) * (V' - V) * b * / (V * V')).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_0_sqr|assumption]|]; apply Rlt_le, Rinv_0_lt_compat; nra. }
  lra.
Qed.

Section At_a_minimizer.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u : nat -> R) (v C S : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis features : (0 < d)%nat.
Hypothesis facts : data_facts N d r X s e w y c.
Hypothesis minimizer : forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n.
Hypothesis nonzero : 0 < ∑ i < r, c i ^ 2 / s i ^ 2.
Hypothesis imbalance : C = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2.
Hypothesis sharpness_here : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S.

Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.

Lemma weight_equation : (∑ i < r, (∑ k < d, u k * w i k) ^ 2) * v ^ 2 = Q.
Proof.
  rewrite printed_projection; unfold Q.
  rewrite <- (difficulty_of_the_weights N d r 1 X s e w y c u (fun _ => v) facts).
  - simpl; ring.
  - now apply printed_fits_two_layers.
Qed.

Lemma weight_positive : 0 < v ^ 2.
Proof.
  pose proof weight_equation as E; pose proof (pow2_ge_0 v).
  destruct (Req_dec (v ^ 2) 0) as [Z|]; [|lra]; rewrite Z in E; unfold Q in E; lra.
Qed.

Lemma imbalance_of_weight : C = Q / v ^ 2 - v ^ 2.
Proof.
  pose proof weight_positive as P; rewrite imbalance, <- weight_equation; field; intros Z; rewrite Z in P; lra.
Qed.

Lemma weight_of_imbalance : v ^ 2 = minimizer_V C Q.
Proof.
  apply minimizer_V_unique; [exact nonzero|exact weight_positive|].
  pose proof weight_equation as E; rewrite imbalance; nra.
Qed.

Lemma size_of_weights : v ^ 2 + (∑ i < r, (∑ k < d, u k * w i k) ^ 2) = v ^ 2 + Q / v ^ 2.
Proof. pose proof imbalance_of_weight; lra. Qed.

Lemma kernel_value x :
  ∑ n < N, ∑ n' < N, x n * tangent_kernel d 1 X u (fun _ => v) n n' * x n'
  = ceiling_form (v ^ 2) (norm_sq d (transposed_vector N X x)) (dot N x y ^ 2).
Proof.
  pose proof weight_positive as P; assert (Hv : v <> 0) by (intros Z; rewrite Z in P; lra).
  rewrite tangent_kernel_form; unfold back_u, back_v, ceiling_form; rewrite norm_sq_scal.
  replace (Prod 1 (fun _ => v)) with v by (simpl; ring).
  assert (E : dot N x (matrix_vector d X u) = / v * dot N x y).
  { rewrite <- dot_scal_r; apply dot_ext; [reflexivity|]; intros n Hn; rewrite <- (minimizer n Hn).
    unfold matrix_vector, dot; field; exact Hv. }
  rewrite E; unfold norm_sq at 2, dot at 1, Prod_except; simpl; field; exact Hv.
Qed.

Lemma kernel_norm : is_lub (unit_form_value N (tangent_kernel d 1 X u (fun _ => v))) (INR N * S).
Proof.
  apply (sharpness_is_kernel_norm N d 1 X y u (fun _ => v) S samples features); [|assumption].
  now apply printed_fits_two_layers.
Qed.

Lemma below_the_ceiling x :
  ceiling_form (v ^ 2) (norm_sq d (transposed_vector N X x)) (dot N x y ^ 2) <= INR N * S * norm_sq N x.
Proof.
  destruct kernel_norm as [U _].
  destruct (Req_dec (norm_sq N x) 0) as [Z|Z].
  - rewrite Z, Rmult_0_r, <- kernel_value.
    rewrite (Sum_ext N _ (fun _ => 0)), Sum_zero; [lra|]; intros n Hn.
    rewrite (Sum_ext N _ (fun _ => 0)), Sum_zero; [reflexivity|]; intros m Hm.
    rewrite (norm_sq_zero N x Z n Hn); ring.
  - pose proof (norm_sq_nonneg N x) as P; set (k := / sqrt (norm_sq N x)).
    assert (Hk : k * k * norm_sq N x = 1) by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
    assert (H : ∑ n < N, ∑ n' < N, (k * x n) * tangent_kernel d 1 X u (fun _ => v) n n' * (k * x n') <= INR N * S).
    { apply U; exists (fun n => k * x n); split; [|reflexivity]; rewrite norm_sq_scal; exact Hk. }
    rewrite (Sum_ext N _ (fun n => k * k * ∑ n' < N, x n * tangent_kernel d 1 X u (fun _ => v) n n' * x n')) in H
      by (intros; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring).
    rewrite Sum_scal_l, kernel_value in H.
    set (F := ceiling_form _ _ _) in *.
    apply Rle_trans with (k * k * norm_sq N x * F); [rewrite Hk; lra|].
    replace (k * k * norm_sq N x * F) with (k * k * F * norm_sq N x) by ring.
    apply Rmult_le_compat_r; lra.
Qed.

Lemma ceiling_is_lowest M :
  (forall x, norm_sq N x = 1 ->
     ceiling_form (v ^ 2) (norm_sq d (transposed_vector N X x)) (dot N x y ^ 2) <= M) -> INR N * S <= M.
Proof.
  intros H; destruct kernel_norm as [_ L]; apply L; intros q [x [Hx ->]]; rewrite kernel_value; now apply H.
Qed.

End At_a_minimizer.

(** The product with the labels is at most the gradient times the difficulty. *)
Lemma labels_by_gradient N d r X s e w y c x :
  data_facts N d r X s e w y c ->
  dot N x y ^ 2 <= (∑ i < r, c i ^ 2 / s i ^ 2) * norm_sq d (transposed_vector N X x).
Proof.
  intros F; destruct F as [D Y ED EN EQ EP].
  destruct (difficulty_is_least_norm N d r X s e w y D Y) as [_ [t [Ht Et]]].
  assert (E : dot N x y = dot d (transposed_vector N X x) t).
  { rewrite transpose_dot; apply dot_ext; [reflexivity|]; intros n Hn; now rewrite Ht. }
  rewrite E, <- EQ, <- Et; replace (dot d (transposed_vector N X x) t ^ 2)
    with (dot d (transposed_vector N X x) t * dot d (transposed_vector N X x) t) by ring.
  rewrite (Rmult_comm (norm_sq d t)); apply cauchy_schwarz.
Qed.
