(** The claims of own-wide-minimizer: the sharpness at a minimizer of two layers of any width. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 equation_16
  printed_setting layers_of_weights wide_model wide_minimizer.
From Kernel Require own_wide_minimizer.
Import ListNotations.
Local Open Scope R_scope.

Lemma printed_imbalance_form d r H w W a x : orthonormal d r w ->
  imbalance_form d r H w W a x = ∑ b < H, x b * (∑ c < H, x c * ((∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k
    * w i k)) - a c * a b)).
Proof.
  intros Hw; apply Sum_ext; intros b _; rewrite <- Sum_scal_l; apply Sum_ext; intros c _.
  unfold wide_imbalance; rewrite row_projection_dot by assumption.
  replace (∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k * w i k))
    with (dot r (fun i => dot d (w i) (W b)) (fun i => dot d (w i) (W c))); [ring|].
  apply Sum_ext; intros i _; rewrite !printed_coefficient; ring.
Qed.

(** The printed sharpness is that of the wide model. *)
Lemma printed_wide_sharpness N d H X y W a S : (0 < N)%nat ->
  is_sharpness_of_layers (fun w_ => (∑ n < N, ((∑ b < H, w_ 1%nat b 0%nat * (∑ k < d, w_ 0%nat b k * X n k)) - y n) ^ 2)
    / INR N / 2) [(H, d); (H, 1%nat)] [W; (fun b _ => a b)] S -> is_wide_sharpness N d H X y W a S.
Proof.
  intros HN HS.
  assert (E : is_sharpness_of_network (fun V => wide_loss N d H X y (V 0%nat) (fun b => V 1%nat b 0%nat)) 2
    (row_count [(H, d); (H, 1%nat)]) (column_count [(H, d); (H, 1%nat)]) (in_layers [W; (fun b _ => a b)]) S).
  { eapply is_sharpness_of_network_ext; [|exact HS].
    intros V; exact (printed_wide_loss N d H X y (V 0%nat) (fun b => V 1%nat b 0%nat) HN). }
  assert (Z : forall F, squared_size 2 (row_count [(H, d); (H, 1%nat)]) (column_count [(H, d); (H, 1%nat)]) F
    = direction_norm_sq d H (F 0%nat) (fun b => F 1%nat b 0%nat)).
  { intros F; unfold squared_size, direction_norm_sq; cbn [Sum row_count column_count nth fst snd]; rewrite Rplus_0_l.
    f_equal; apply Sum_ext; intros b _; [apply Sum_ext; intros|cbn]; ring. }
  destruct E as [U L]; split.
  - intros q [F [f [Size Q]]]; apply U; exists (in_layers [F; (fun b _ => f b)]); split; [rewrite Z; exact Size|exact Q].
  - intros M HM; apply L; intros q [F [Size Q]]; apply HM; exists (F 0%nat), (fun b => F 1%nat b 0%nat).
    split; [rewrite <- Z; exact Size|exact Q].
Qed.

Section At_a_minimizer.

Variables (H N d r : nat) (S V m_max m_min : R) (W X e o w : nat -> nat -> R) (a c m q s y : nat -> R).
Hypothesis all : own_wide_minimizer.hypotheses H N d r S V m_max m_min W X e o w a c m q s y.

Let facts : data_facts N d r X s e w y c.
Proof. destruct all; now apply printed_data. Qed.

Let fits : forall n, (n < N)%nat -> wide_residual d H X y W a n = 0.
Proof.
  destruct all; intros n Hn; unfold wide_residual, wide_output; rewrite <- (minimizer n Hn).
  apply Rminus_diag_eq, Sum_ext; intros b _; now rewrite printed_coefficient.
Qed.

Let size : V = norm_sq H a.
Proof. destruct all; rewrite size; apply Sum_ext; intros; ring. Qed.

Let positive : 0 < norm_sq N y.
Proof. destruct all; now apply (facts_positive _ _ _ _ _ _ _ _ _ facts). Qed.

Let sharp : is_wide_sharpness N d H X y W a S.
Proof. destruct all; now apply printed_wide_sharpness. Qed.

Lemma in_eigenvectors x :
  imbalance_form d r H w W a x = ∑ p < H, m p * (∑ b < H, x b * o p b) ^ 2 /\
  norm_sq H x = ∑ p < H, (∑ b < H, x b * o p b) ^ 2.
Proof.
  destruct all; split.
  - rewrite printed_imbalance_form by exact (svd_right _ _ _ _ _ _ _ (facts_svd _ _ _ _ _ _ _ _ _ facts)).
    rewrite <- form_of_squares; apply Sum_ext; intros b Hb; f_equal; apply Sum_ext; intros b' Hb'; f_equal.
    now apply eigenvalues.
  - rewrite (Sum_ext H (fun p => (∑ b < H, x b * o p b) ^ 2) (fun p => 1 * (∑ b < H, x b * o p b) ^ 2)) by (intros; ring).
    rewrite <- form_of_squares; apply Sum_ext; intros b Hb; f_equal.
    rewrite (Sum_ext H _ (fun b' => delta b b' * x b')); [symmetry; now apply Sum_delta_l|].
    intros b' Hb'; rewrite (Sum_ext H _ (fun p => o p b' * o p b)) by (intros; ring).
    rewrite (complete b b' Hb Hb'), delta_sym; ring.
Qed.

Lemma least_value x : m_min * norm_sq H x <= imbalance_form d r H w W a x.
Proof.
  destruct (in_eigenvectors x) as [-> ->]; rewrite <- Sum_scal_l; apply Sum_le; intros p Hp.
  apply Rmult_le_compat_r; [apply pow2_ge_0|]; destruct all; now apply least.
Qed.

Lemma greatest_value x : imbalance_form d r H w W a x <= m_max * norm_sq H x.
Proof.
  destruct (in_eigenvectors x) as [-> ->]; rewrite <- Sum_scal_l; apply Sum_le; intros p Hp.
  apply Rmult_le_compat_r; [apply pow2_ge_0|]; destruct all; now apply greatest.
Qed.

Let samples : (0 < N)%nat.
Proof. now destruct all. Qed.
Let modes : (0 < r)%nat.
Proof. now destruct all. Qed.

Let greatest_positive : 0 < m_max.
Proof. now destruct all. Qed.

Let D := facts_svd _ _ _ _ _ _ _ _ _ facts.
Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.
Let difficulty_is : difficulty N r s e y = Q := facts_difficulty _ _ _ _ _ _ _ _ _ facts.
Let first_label : label_coefficient N e y 0 = c 0%nat := facts_coefficient _ _ _ _ _ _ _ _ _ facts 0%nat modes.
Let label_norm : norm_sq N y = ∑ i < r, c i ^ 2 := facts_norm _ _ _ _ _ _ _ _ _ facts.

Lemma printed_root C : sqrt (C ^ 2 + 4 * Q) / 2 - C / 2 = minimizer_V C Q.
Proof. unfold minimizer_V; replace (C ^ 2) with (C * C) by ring; field. Qed.

Lemma difficulty_nonzero : 0 < Q.
Proof. now destruct all. Qed.

Lemma printed_inverse_root C : (C / 2 + sqrt (C ^ 2 + 4 * Q) / 2) / Q = / minimizer_V C Q.
Proof.
  pose proof difficulty_nonzero; rewrite (minimizer_V_reciprocal C Q) by assumption.
  replace (C ^ 2) with (C * C) by ring; field; lra.
Qed.

Lemma quadratic_at : V ^ 2 + (∑ b < H, a b * (∑ b' < H, a b' * ((∑ i < r, (∑ k < d, W b' k * w i k) * (∑ k < d, W b k
    * w i k)) - a b' * a b))) = Q.
Proof.
  rewrite <- (printed_imbalance_form d r H w W a a (svd_right _ _ _ _ _ _ _ D)), <- difficulty_is, size.
  rewrite <- (wide_quadratic N d r H X s e w y W a D fits); ring.
Qed.

Lemma weight_at : minimizer_V m_max Q <= V <= minimizer_V m_min Q.
Proof.
  rewrite size, <- difficulty_is.
  exact (wide_weight N d r H X s e w y W a D fits positive m_min m_max least_value greatest_value).
Qed.

Lemma kernel_at : V * (∑ k < d, (∑ n < N, X n k * q n) ^ 2) + (∑ n < N, q n * y n) ^ 2 / V <= (∑ n < N, q n * (∑ n1 < N, q n1
    * ((∑ b < H, a b ^ 2) * (∑ k < d, X n1 k * X n k) + (∑ b < H, (∑ k < d, W b k * X n1 k) * (∑ k < d, W b k * X n k))))).
Proof.
  pose proof (weight_positive N d H X y W a fits positive) as HV; rewrite <- size in HV.
  pose proof (labels_cauchy_schwarz N d H X y W a fits q) as CS; rewrite <- size in CS.
  apply Rle_trans with (V * (∑ k < d, (∑ n < N, X n k * q n) ^ 2) + (∑ b < H, (∑ n < N, q n * (∑ k < d, W b k * X n k)) ^ 2)).
  - apply Rplus_le_compat_l; apply Rmult_le_reg_r with V; [assumption|].
    replace ((∑ n < N, q n * y n) ^ 2 / V * V) with (dot N q y * dot N q y) by (unfold dot; field; lra).
    eapply Rle_trans; [exact CS|]; rewrite (Rmult_comm _ V); apply Rmult_le_compat_l; [lra|].
    apply Req_le, Sum_ext; intros b _; unfold dot at 1 2; unfold matrix_vector.
    rewrite (Sum_ext N (fun n => q n * (∑ k < d, W b k * X n k)) (fun n => q n * dot d (X n) (W b))); [ring|].
    intros n _; now rewrite printed_coefficient.
  - apply Req_le.
    rewrite (Sum_ext d _ (fun k => 1 * (∑ n < N, q n * X n k) ^ 2))
      by (intros; rewrite Rmult_1_l; f_equal; apply Sum_ext; intros; ring).
    rewrite (Sum_ext H _ (fun b => 1 * (∑ n < N, q n * (∑ k < d, W b k * X n k)) ^ 2)) by (intros; ring).
    rewrite <- (form_of_squares N d q (fun _ => 1) (fun k n => X n k)).
    rewrite <- (form_of_squares N H q (fun _ => 1) (fun b n => ∑ k < d, W b k * X n k)).
    rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros n _.
    rewrite <- Rmult_assoc, (Rmult_comm V), Rmult_assoc, <- Rmult_plus_distr_l; f_equal.
    rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros n1 _.
    rewrite <- Rmult_assoc, (Rmult_comm V), Rmult_assoc, <- Rmult_plus_distr_l; f_equal.
    replace (∑ b < H, a b ^ 2) with V by (rewrite size; apply Sum_ext; intros; ring).
    f_equal; [f_equal|]; apply Sum_ext; intros; ring.
Qed.

Lemma sharpness_at : (V * s 0%nat ^ 2 + c 0%nat ^ 2 / V) / INR N <= S
  <= (s 0%nat ^ 2 * (V + m_max) + (∑ i < r, c i ^ 2) / V) / INR N.
Proof.
  split.
  - eapply Rle_trans; [|exact (wide_lower N d r H X s e w y W a D fits samples positive S modes sharp)].
    rewrite <- size, first_label; apply Req_le; unfold Rdiv; ring.
  - eapply Rle_trans; [exact (wide_upper N d r H X s e w y W a D fits samples positive m_max greatest_value (Rlt_le _ _ greatest_positive) S sharp)|].
    rewrite <- size, label_norm; apply Req_le; unfold Rdiv; ring.
Qed.

Lemma sharpness_from_the_start :
  (s 0%nat * s 0%nat * minimizer_V m_max Q + c 0%nat * c 0%nat / minimizer_V m_min Q) / INR N <= S
  <= (s 0%nat * s 0%nat * (minimizer_V m_min Q + m_max) + (∑ i < r, c i ^ 2) / minimizer_V m_max Q) / INR N.
Proof.
  rewrite <- difficulty_is, <- first_label, <- label_norm.
  exact (wide_from_the_start N d r H X s e w y W a D fits samples positive m_min m_max least_value greatest_value
    (Rlt_le _ _ greatest_positive) S modes sharp).
Qed.

Lemma lower_from_start_at :
  (c 0%nat ^ 2 * (m_min / 2 + sqrt (m_min ^ 2 + 4 * Q) / 2) / Q + s 0%nat ^ 2 * (sqrt (m_max ^ 2 + 4 * Q) / 2 - m_max / 2))
    / INR N <= S.
Proof.
  eapply Rle_trans; [|exact (proj1 sharpness_from_the_start)]; apply Req_le.
  rewrite <- (printed_root m_max); unfold Rdiv; rewrite <- printed_inverse_root; unfold Rdiv; ring.
Qed.

Lemma upper_from_start_at :
  S <= (s 0%nat ^ 2 * (m_max + sqrt (m_min ^ 2 + 4 * Q) / 2 - m_min / 2)
    + (m_max / 2 + sqrt (m_max ^ 2 + 4 * Q) / 2) * (∑ i < r, c i ^ 2) / Q) / INR N.
Proof.
  eapply Rle_trans; [exact (proj2 sharpness_from_the_start)|]; apply Req_le.
  rewrite <- (printed_root m_min); unfold Rdiv; rewrite <- printed_inverse_root; unfold Rdiv; ring.
Qed.

End At_a_minimizer.

Ltac at_the_minimizer fact := intros H N d r S V m_max m_min W X e o w a c m q s y all;
  pose proof (fact H N d r S V m_max m_min W X e o w a c m q s y all).

Theorem quadratic : own_wide_minimizer.quadratic.
Proof. at_the_minimizer quadratic_at; assumption. Qed.

Theorem weight_at_least : own_wide_minimizer.weight_at_least.
Proof. at_the_minimizer weight_at; rewrite printed_root; tauto. Qed.

Theorem weight_at_most : own_wide_minimizer.weight_at_most.
Proof. at_the_minimizer weight_at; rewrite printed_root; tauto. Qed.

Theorem kernel_at_least : own_wide_minimizer.kernel_at_least.
Proof. at_the_minimizer kernel_at; assumption. Qed.

Theorem lower : own_wide_minimizer.lower.
Proof. at_the_minimizer sharpness_at; tauto. Qed.

Theorem upper : own_wide_minimizer.upper.
Proof. at_the_minimizer sharpness_at; tauto. Qed.

Theorem lower_from_start : own_wide_minimizer.lower_from_start.
Proof. at_the_minimizer lower_from_start_at; assumption. Qed.

Theorem upper_from_start : own_wide_minimizer.upper_from_start.
Proof. at_the_minimizer upper_from_start_at; assumption. Qed.
