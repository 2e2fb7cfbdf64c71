(** The claims of own-wide-balanced: three layers whose neighbours are balanced, at a minimizer. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives singular_value_decomposition definition_4_1
  real_power language_of_statements printed_setting layers_of_weights wide_model wide_minimizer balanced_layers.
From Kernel Require own_wide_balanced.
Import ListNotations.
Local Open Scope R_scope.

Section At_a_minimizer.

Variables (G H N d r : nat) (S V : R) (U W X e w : nat -> nat -> R) (a c q s y : nat -> R).
Hypothesis all : own_wide_balanced.hypotheses G H N d r S V U W X e w a c q s y.

Let facts : data_facts N d r X s e w y c.
Proof. destruct all; now apply printed_data. Qed.
Let D := facts_svd _ _ _ _ _ _ _ _ _ facts.
Let samples : 0 < INR N.
Proof. destruct all; now apply lt_0_INR. Qed.
Let modes : (0 < r)%nat.
Proof. now destruct all. Qed.

Let size : norm_sq G a = V.
Proof. destruct all; rewrite size; apply Sum_ext; intros; ring. Qed.

(** [p = U^T a], [A = W w_i], [seen = A^T p]. *)
Let p (b : nat) : R := ∑ g < G, a g * U g b.
Let A (b i : nat) : R := ∑ k < d, W b k * w i k.
Let seen (i : nat) : R := ∑ b < H, p b * A b i.
Let hidden (n b : nat) : R := ∑ k < d, W b k * X n k.

Lemma hidden_in_modes n b : (n < N)%nat -> hidden n b = ∑ i < r, e i n * s i * A b i.
Proof.
  intros Hn; unfold hidden.
  replace (∑ k < d, W b k * X n k) with (matrix_vector d X (W b) n) by (unfold matrix_vector; now rewrite <- printed_coefficient).
  rewrite (svd_apply N d r X s e w D (W b) n Hn); apply Sum_ext; intros i _; unfold A; rewrite printed_coefficient; ring.
Qed.

Lemma output_at n : (∑ g < G, a g * (∑ b < H, U g b * hidden n b)) = ∑ b < H, p b * hidden n b.
Proof.
  rewrite (Sum_ext G _ (fun g => ∑ b < H, a g * (U g b * hidden n b))) by (intros; now rewrite Sum_scal_l).
  rewrite Sum_swap; apply Sum_ext; intros b _; unfold p; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

Lemma label_at n : (n < N)%nat -> y n = ∑ b < H, p b * hidden n b.
Proof. intros Hn; rewrite <- output_at; destruct all; rewrite <- (minimizer n Hn); reflexivity. Qed.

Lemma labels_in_modes n : (n < N)%nat -> y n = ∑ i < r, (s i * seen i) * e i n.
Proof.
  intros Hn; rewrite label_at by assumption.
  rewrite (Sum_ext H _ (fun b => ∑ i < r, p b * (e i n * s i * A b i)))
    by (intros; rewrite hidden_in_modes by assumption; now rewrite Sum_scal_l).
  rewrite Sum_swap; apply Sum_ext; intros i _; unfold seen.
  rewrite Rmult_assoc, (Rmult_comm (∑ b < H, p b * A b i)), <- Sum_scal_l, <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Lemma coefficient_at i : (i < r)%nat -> c i = s i * seen i.
Proof.
  intros Hi; rewrite <- (facts_coefficient _ _ _ _ _ _ _ _ _ facts i Hi); unfold label_coefficient.
  rewrite (dot_ext N (e i) y (e i) (fun n => ∑ l < r, (s l * seen l) * e l n)) by (auto; intros; now apply labels_in_modes).
  exact (orthonormal_coefficient N r e (fun l => s l * seen l) i (svd_left _ _ _ _ _ _ _ D) Hi).
Qed.

Lemma size_not_zero : V <> 0.
Proof.
  intros E; pose proof (norm_sq_zero G a) as Z; rewrite size in Z; specialize (Z E).
  assert (P : forall b, p b = 0).
  { intros b; unfold p; rewrite (Sum_ext G _ (fun _ => 0)) by (intros g Hg; rewrite (Z g Hg); ring); apply Sum_zero. }
  destruct all; rewrite (Sum_ext r _ (fun _ => 0)), Sum_zero in nonzero_labels; [lra|].
  intros i Hi; rewrite (coefficient_at i Hi); replace (seen i) with 0; [field; specialize (domain_of_s i Hi); lra|].
  unfold seen; rewrite (Sum_ext H _ (fun _ => 0)) by (intros; rewrite P; ring); symmetry; apply Sum_zero.
Qed.

Lemma size_positive : 0 < V.
Proof. pose proof size_not_zero; pose proof (norm_sq_nonneg G a); rewrite size in *; lra. Qed.

(** Both layers have rank one. *)
Lemma second_gram b b' : (b < G)%nat -> (b' < G)%nat -> dot H (U b) (U b') = 1 * (a b * a b').
Proof.
  intros Hb Hb'; destruct all; rewrite Rmult_1_l; rewrite (Rmult_comm (a b)), (balanced_second b b' Hb Hb').
  apply Sum_ext; intros; ring.
Qed.

Let a_positive : 0 < norm_sq G a.
Proof. rewrite size; exact size_positive. Qed.

Lemma second_layer g b : (g < G)%nat -> (b < H)%nat -> U g b * V = a g * p b.
Proof. rewrite <- size; exact (rank_one G H U a 1 second_gram g b). Qed.

Lemma image_size : norm_sq H p = V * V.
Proof. rewrite <- size, <- (Rmult_1_l (_ * _)); exact (image_norm G H U a 1 second_gram). Qed.

Lemma first_gram b b' : (b < H)%nat -> (b' < H)%nat -> dot r (A b) (A b') = / V * (p b * p b').
Proof.
  intros Hb Hb'; rewrite <- size; transitivity (∑ g < G, U g b * U g b').
  - destruct all; rewrite (Sum_ext G _ (fun g => U g b' * U g b)) by (intros; ring).
    rewrite (balanced_first b b' Hb Hb'); apply Sum_ext; intros; unfold A; ring.
  - exact (gram_of_columns G H U a 1 second_gram a_positive b b' Hb Hb').
Qed.

Lemma first_layer b i : (b < H)%nat -> (i < r)%nat -> A b i * (V * V) = p b * seen i.
Proof. rewrite <- image_size; exact (rank_one H r A p (/ V) first_gram b i). Qed.

Lemma modes_size : norm_sq r seen = V ^ 3.
Proof.
  pose proof size_positive; transitivity (/ V * (norm_sq H p * norm_sq H p));
    [exact (image_norm H r A p (/ V) first_gram)|rewrite image_size; field; lra].
Qed.

Lemma difficulty_at : V ^ 3 = ∑ i < r, c i ^ 2 / s i ^ 2.
Proof.
  rewrite <- modes_size; apply Sum_ext; intros i Hi; rewrite (coefficient_at i Hi).
  pose proof (svd_positive _ _ _ _ _ _ _ D i Hi); field; lra.
Qed.

(** What the second and the third layer are given is one direction each, in proportion to the labels. *)
Lemma hidden_at n b : (n < N)%nat -> (b < H)%nat -> hidden n b = p b * y n / V ^ 2.
Proof.
  intros Hn Hb; pose proof size_positive; rewrite hidden_in_modes, labels_in_modes by assumption.
  apply Rmult_eq_reg_r with (V * V); [|nra].
  replace (p b * (∑ i < r, s i * seen i * e i n) / V ^ 2 * (V * V)) with (p b * (∑ i < r, s i * seen i * e i n)) by (field; lra).
  rewrite <- Sum_scal_r, <- Sum_scal_l; apply Sum_ext; intros i Hi.
  replace (e i n * s i * A b i * (V * V)) with (e i n * s i * (A b i * (V * V))) by ring.
  rewrite (first_layer b i Hb Hi); ring.
Qed.

Lemma given_to_third n g : (n < N)%nat -> (g < G)%nat -> (∑ b < H, U g b * hidden n b) = a g * y n / V.
Proof.
  intros Hn Hg; pose proof size_positive; apply Rmult_eq_reg_r with V; [|lra].
  replace (a g * y n / V * V) with (a g * y n) by (field; lra).
  rewrite (label_at n Hn), <- Sum_scal_r, <- Sum_scal_l; apply Sum_ext; intros b Hb.
  replace (U g b * hidden n b * V) with (U g b * V * hidden n b) by ring.
  rewrite (second_layer g b Hg Hb); ring.
Qed.

Lemma kernel_entry n m : (n < N)%nat -> (m < N)%nat ->
  (∑ g < G, a g ^ 2) * (∑ b < H, hidden m b * hidden n b) + (∑ b < H, (∑ g < G, U g b * a g) ^ 2) * (∑ k < d, X m k * X n k)
  + (∑ g < G, (∑ b < H, U g b * hidden m b) * (∑ b < H, U g b * hidden n b))
  = V ^ 2 * (∑ k < d, X m k * X n k) + 2 * (y m * y n) / V.
Proof.
  intros Hn Hm; pose proof size_positive.
  replace (∑ g < G, a g ^ 2) with V by (rewrite <- size; apply Sum_ext; intros; ring).
  replace (∑ b < H, (∑ g < G, U g b * a g) ^ 2) with (V * V).
  - rewrite (Sum_ext H _ (fun b => y m * y n / V ^ 4 * (p b * p b)))
      by (intros; rewrite !hidden_at by assumption; field; lra).
    rewrite (Sum_ext G _ (fun g => y m * y n / V ^ 2 * (a g * a g)))
      by (intros; rewrite !given_to_third by assumption; field; lra).
    rewrite !Sum_scal_l; fold (dot H p p) (dot G a a); fold (norm_sq H p) (norm_sq G a).
    rewrite image_size, size; field; lra.
  - rewrite <- image_size; apply Sum_ext; intros b _; unfold p.
    rewrite (Sum_ext G (fun g => U g b * a g) (fun g => a g * U g b)) by (intros; ring); ring.
Qed.

Lemma kernel_at : (∑ n < N, q n * (∑ m < N, q m * ((∑ g < G, a g ^ 2) * (∑ b < H, hidden m b * hidden n b)
    + (∑ b < H, (∑ g < G, U g b * a g) ^ 2) * (∑ k < d, X m k * X n k)
    + (∑ g < G, (∑ b < H, U g b * hidden m b) * (∑ b < H, U g b * hidden n b)))))
  = 2 * (∑ n < N, q n * y n) ^ 2 / V + V ^ 2 * (∑ k < d, (∑ n < N, X n k * q n) ^ 2).
Proof.
  pose proof size_positive.
  rewrite (Sum_ext d (fun k => (∑ n < N, X n k * q n) ^ 2) (fun k => (∑ n < N, q n * X n k) ^ 2))
    by (intros; f_equal; apply Sum_ext; intros; ring).
  rewrite <- (Sum_scal_l d (V ^ 2)), <- (form_of_squares N d q (fun _ => V ^ 2) (fun k n => X n k)).
  replace (2 * (∑ n < N, q n * y n) ^ 2 / V) with (∑ l < 1, 2 / V * (∑ n < N, q n * y n) ^ 2) by (simpl; field; lra).
  rewrite <- (form_of_squares N 1 q (fun _ => 2 / V) (fun _ => y)), <- Sum_plus; apply Sum_ext; intros n Hn.
  rewrite <- Rmult_plus_distr_l; f_equal; rewrite <- Sum_plus; apply Sum_ext; intros m Hm.
  rewrite (kernel_entry n m Hn Hm), <- Rmult_plus_distr_l, <- Sum_scal_l; f_equal; rewrite Rplus_comm; f_equal.
  - simpl; field; lra.
  - apply Sum_ext; intros; ring.
Qed.

(** The network along a direction: [output a U W] is linear in each layer. *)
Let output (x : nat -> R) (B C : nat -> nat -> R) (n : nat) : R :=
  ∑ g < G, x g * (∑ b < H, B g b * (∑ k < d, C b k * X n k)).

Lemma output_first x B C C' t n : output x B (fun b k => C b k + t * C' b k) n = output x B C n + t * output x B C' n.
Proof.
  unfold output; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros g _.
  replace (∑ b < H, B g b * (∑ k < d, (C b k + t * C' b k) * X n k)) with
    ((∑ b < H, B g b * (∑ k < d, C b k * X n k)) + t * (∑ b < H, B g b * (∑ k < d, C' b k * X n k))); [ring|].
  rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros b _.
  replace (∑ k < d, (C b k + t * C' b k) * X n k) with ((∑ k < d, C b k * X n k) + t * (∑ k < d, C' b k * X n k)); [ring|].
  rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring.
Qed.

Lemma output_second x B B' C t n : output x (fun g b => B g b + t * B' g b) C n = output x B C n + t * output x B' C n.
Proof.
  unfold output; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros g _.
  rewrite (Sum_ext H (fun b => (B g b + t * B' g b) * _) (fun b => B g b * (∑ k < d, C b k * X n k)
    + t * (B' g b * (∑ k < d, C b k * X n k)))) by (intros; ring).
  rewrite Sum_plus, Sum_scal_l; ring.
Qed.

Lemma output_third x x' B C t n : output (fun g => x g + t * x' g) B C n = output x B C n + t * output x' B C n.
Proof. unfold output; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring. Qed.

Let slope (F : weights) (n : nat) : R :=
  output (fun g => F 2%nat g 0%nat) U W n + output a (F 1%nat) W n + output a U (F 0%nat) n.

Let shapes : list (nat * nat) := [(H, d); (G, H); (G, 1%nat)].
Let point : weights := in_layers [W; U; (fun g _ => a g)].
Let L (F : weights) : R :=
  (∑ n < N, (output (fun g => F 2%nat g 0%nat) (F 1%nat) (F 0%nat) n - y n) ^ 2) / INR N / 2.
Let length_of (F : weights) : R := squared_size (length shapes) (row_count shapes) (column_count shapes) F.

Lemma second_derivative_along F : is_derive_n (fun t => L (moved point F t)) 2 0 (norm_sq N (slope F) / INR N).
Proof.
  set (f := fun g => F 2%nat g 0%nat).
  set (K := fun n => output f (F 1%nat) W n + output f U (F 0%nat) n + output a (F 1%nat) (F 0%nat) n).
  set (T := output f (F 1%nat) (F 0%nat)).
  apply is_derive_n_ext with (fun t => (t * t * norm_sq N (slope F) + 2 * (t * t * t) * dot N (slope F) K
    + t * t * (t * t) * (norm_sq N K + 2 * dot N (slope F) T) + 2 * (t * t * t * (t * t)) * dot N K T
    + t * t * t * (t * t * t) * norm_sq N T) / (2 * INR N)).
  - intros t; unfold L.
    replace (∑ n < N, (output (fun g => moved point F t 2%nat g 0%nat) (moved point F t 1%nat) (moved point F t 0%nat) n - y n) ^ 2)
      with (norm_sq N (fun n => (t * slope F n + t * t * K n) + t * t * t * T n)).
    + rewrite norm_sq_plus, norm_sq_plus, dot_plus_l, !norm_sq_scal, !dot_scal_l, !dot_scal_r; field; lra.
    + apply Sum_ext; intros n Hn.
      assert (E : output a U W n = y n) by (destruct all; exact (minimizer n Hn)).
      change (output (fun g => moved point F t 2%nat g 0%nat) (moved point F t 1%nat) (moved point F t 0%nat) n)
        with (output (fun g => a g + t * f g) (fun g b => U g b + t * F 1%nat g b) (fun b k => W b k + t * F 0%nat b k) n).
      rewrite output_third, !output_second, !output_first, E; unfold slope, K, T; fold f; ring.
  - apply second_derivative with (fun t => (2 * t * norm_sq N (slope F) + 6 * (t * t) * dot N (slope F) K
      + 4 * (t * t * t) * (norm_sq N K + 2 * dot N (slope F) T) + 10 * (t * t * (t * t)) * dot N K T
      + 6 * (t * t * t * (t * t)) * norm_sq N T) / (2 * INR N)).
    + intros t; auto_derive; [trivial|field; lra].
    + auto_derive; [trivial|field; lra].
Qed.

Let sharp : is_sharpness_of_network L (length shapes) (row_count shapes) (column_count shapes) point S.
Proof. destruct all; exact sharpness. Qed.

Lemma length_at F : length_of F
  = (∑ b < H, norm_sq d (F 0%nat b)) + (∑ g < G, norm_sq H (F 1%nat g)) + norm_sq G (fun g => F 2%nat g 0%nat).
Proof.
  unfold length_of, squared_size; cbn [Sum length shapes]; rewrite Rplus_0_l.
  f_equal; [f_equal|]; apply Sum_ext; intros; [apply Sum_ext; intros; ring|apply Sum_ext; intros; ring|cbn; ring].
Qed.

Lemma slope_at F n : (n < N)%nat -> slope F n = matrix_vector d X (fun k => ∑ b < H, p b * F 0%nat b k) n
  + (∑ g < G, a g * (∑ b < H, F 1%nat g b * p b)) / V ^ 2 * y n + (∑ g < G, F 2%nat g 0%nat * a g) / V * y n.
Proof.
  intros Hn; pose proof size_positive; unfold slope.
  rewrite Rplus_comm, (Rplus_comm (output _ U W n)), <- Rplus_assoc; f_equal; [f_equal|].
  - unfold output, matrix_vector; rewrite (dot_combination_r d H (X n) p (F 0%nat)).
    rewrite (Sum_ext G _ (fun g => ∑ b < H, a g * (U g b * (∑ k < d, F 0%nat b k * X n k)))) by (intros; now rewrite Sum_scal_l).
    rewrite Sum_swap; apply Sum_ext; intros b _; rewrite (printed_coefficient d (F 0%nat b) (X n)); unfold p; rewrite <- Sum_scal_r.
    apply Sum_ext; intros; ring.
  - unfold output, Rdiv; rewrite Rmult_assoc, <- Sum_scal_r; apply Sum_ext; intros g _; rewrite Rmult_assoc; f_equal.
    rewrite <- Sum_scal_r; apply Sum_ext; intros b Hb; pose proof (hidden_at n b Hn Hb) as E; unfold hidden in E.
    rewrite E; unfold Rdiv; ring.
  - unfold output, Rdiv; rewrite Rmult_assoc, <- Sum_scal_r; apply Sum_ext; intros g Hg.
    pose proof (given_to_third n g Hn Hg) as E; unfold hidden in E; rewrite E; unfold Rdiv; ring.
Qed.

Let top : R := s 0%nat * s 0%nat * (V * V) + norm_sq N y / V + norm_sq N y / V.

Lemma slope_at_most F : norm_sq N (slope F) <= top * length_of F.
Proof.
  pose proof size_positive; set (alpha := fun k => ∑ b < H, p b * F 0%nat b k).
  set (x := ∑ g < G, a g * (∑ b < H, F 1%nat g b * p b)); set (z := ∑ g < G, F 2%nat g 0%nat * a g).
  rewrite (norm_sq_ext N (slope F) (fun n => matrix_vector d X alpha n + x / V ^ 2 * y n + z / V * y n))
    by (intros; now apply slope_at).
  rewrite length_at; unfold top; apply three_parts.
  - apply Sum_nonneg; intros; apply norm_sq_nonneg.
  - apply Sum_nonneg; intros; apply norm_sq_nonneg.
  - apply norm_sq_nonneg.
  - apply Rmult_le_pos; apply Rle_0_sqr.
  - apply Rmult_le_pos; [apply norm_sq_nonneg|left; now apply Rinv_0_lt_compat].
  - apply Rmult_le_pos; [apply norm_sq_nonneg|left; now apply Rinv_0_lt_compat].
  - eapply Rle_trans; [apply (svd_operator_norm N d r X s e w D)|]; rewrite (Rmult_assoc _ (V * V)).
    apply Rmult_le_compat_l; [apply Rle_0_sqr|]; rewrite <- image_size.
    replace (norm_sq H p * (∑ b < H, norm_sq d (F 0%nat b))) with (∑ k < d, norm_sq H p * norm_sq H (fun b => F 0%nat b k)).
    + apply Sum_le; intros k _; exact (cauchy_schwarz H p (fun b => F 0%nat b k)).
    + rewrite Sum_scal_l; f_equal; unfold norm_sq, dot; apply Sum_swap.
  - rewrite norm_sq_scal; assert (Hx : x * x <= V * (V * V * ∑ g < G, norm_sq H (F 1%nat g))).
    { eapply Rle_trans; [exact (cauchy_schwarz G a (fun g => ∑ b < H, F 1%nat g b * p b))|]; rewrite size.
      apply Rmult_le_compat_l; [lra|]; rewrite <- image_size, <- Sum_scal_l; apply Sum_le; intros g _.
      rewrite (Rmult_comm (norm_sq H p)); exact (cauchy_schwarz H (F 1%nat g) p). }
    apply Rle_trans with (norm_sq N y / V ^ 4 * (x * x)); [apply Req_le; field; lra|].
    replace (norm_sq N y / V * (∑ g < G, norm_sq H (F 1%nat g)))
      with (norm_sq N y / V ^ 4 * (V * (V * V * ∑ g < G, norm_sq H (F 1%nat g)))) by (field; lra).
    apply Rmult_le_compat_l; [|exact Hx].
    apply Rmult_le_pos; [apply norm_sq_nonneg|left; apply Rinv_0_lt_compat; now apply pow_lt].
  - rewrite norm_sq_scal; set (f := fun g => F 2%nat g 0%nat).
    pose proof (cauchy_schwarz G f a) as Hz; rewrite size in Hz; change (dot G f a) with z in Hz.
    apply Rle_trans with (norm_sq N y / V ^ 2 * (z * z)); [apply Req_le; field; lra|].
    replace (norm_sq N y / V * norm_sq G f) with (norm_sq N y / V ^ 2 * (norm_sq G f * V)) by (field; lra).
    apply Rmult_le_compat_l; [|exact Hz].
    apply Rmult_le_pos; [apply norm_sq_nonneg|left; apply Rinv_0_lt_compat; now apply pow_lt].
Qed.

Lemma sharpness_at_most : S <= top / INR N.
Proof.
  destruct sharp as [_ Least]; apply Least; intros x [F [Size X2]].
  rewrite (second_derivative_unique _ _ _ _ X2 (second_derivative_along F)).
  pose proof (slope_at_most F) as B; unfold length_of in B; rewrite Size in B.
  unfold Rdiv; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|lra].
Qed.

(** The direction that the first mode asks for. *)
Let along : weights := in_layers [(fun b k => p b * (s 0%nat * w 0%nat k)); (fun g b => a g * (c 0%nat / V ^ 2 * p b));
  (fun g _ => c 0%nat / V * a g)].
Let kappa : R := s 0%nat * s 0%nat * (V * V) + 2 * (c 0%nat * c 0%nat) / V.

Lemma length_along : length_of along = kappa.
Proof.
  pose proof size_positive; rewrite length_at; unfold along, in_layers, kappa; cbn [nth].
  rewrite (Sum_ext H _ (fun b => s 0%nat * s 0%nat * (p b * p b))).
  - rewrite (Sum_ext G _ (fun g => (c 0%nat / V ^ 2) ^ 2 * (V * V) * (a g * a g))).
    + rewrite !Sum_scal_l; fold (dot H p p) (dot G a a); fold (norm_sq H p) (norm_sq G a).
      rewrite (norm_sq_scal G (c 0%nat / V) a), image_size, size; field; lra.
    + intros g _; rewrite (norm_sq_scal H (a g)), norm_sq_scal, image_size; ring.
  - intros b _; rewrite (norm_sq_scal d (p b)), (norm_sq_scal d (s 0%nat) (w 0%nat)).
    replace (norm_sq d (w 0%nat)) with 1; [ring|]; symmetry.
    exact (eq_trans (svd_right _ _ _ _ _ _ _ D 0%nat 0%nat modes modes) (delta_same 0)).
Qed.

Lemma kappa_positive : 0 < kappa.
Proof.
  pose proof size_positive; pose proof (svd_positive _ _ _ _ _ _ _ D 0%nat modes); unfold kappa.
  assert (0 < s 0%nat * s 0%nat * (V * V)) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (0 <= 2 * (c 0%nat * c 0%nat) / V); [|lra].
  apply Rmult_le_pos; [pose proof (Rle_0_sqr (c 0%nat)); unfold Rsqr in *; lra|left; now apply Rinv_0_lt_compat].
Qed.

Lemma first_mode_along : dot N (e 0%nat) (slope along) = kappa.
Proof.
  pose proof size_positive.
  assert (First : forall n, (n < N)%nat -> matrix_vector d X (w 0%nat) n = s 0%nat * e 0%nat n).
  { intros n Hn; rewrite (svd_apply N d r X s e w D (w 0%nat) n Hn).
    rewrite (Sum_ext r _ (fun i => delta 0 i * (s i * e i n))); [now apply Sum_delta_l|].
    intros i Hi; rewrite (svd_right _ _ _ _ _ _ _ D i 0%nat Hi modes), delta_sym; ring. }
  rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => V * V * s 0%nat * s 0%nat * e 0%nat n + 2 * c 0%nat / V * y n)).
  - rewrite dot_plus_r, !dot_scal_r; fold (label_coefficient N e y 0).
    rewrite (facts_coefficient _ _ _ _ _ _ _ _ _ facts 0%nat modes).
    rewrite (svd_left _ _ _ _ _ _ _ D 0%nat 0%nat modes modes), delta_same; unfold kappa; field; lra.
  - reflexivity.
  - intros n Hn; rewrite slope_at by assumption; unfold along, in_layers; cbn [nth].
    replace (matrix_vector d X (fun k => ∑ b < H, p b * (p b * (s 0%nat * w 0%nat k))) n)
      with (V * V * s 0%nat * matrix_vector d X (w 0%nat) n).
    + rewrite (First n Hn).
      rewrite (Sum_ext G (fun g => a g * (∑ b < H, a g * (c 0%nat / V ^ 2 * p b) * p b)) (fun g => c 0%nat * (a g * a g))).
      * rewrite (Sum_ext G (fun g => c 0%nat / V * a g * a g) (fun g => c 0%nat / V * (a g * a g))) by (intros; ring).
        rewrite !Sum_scal_l; fold (dot G a a); fold (norm_sq G a); rewrite size; field; lra.
      * intros g _; rewrite (Sum_ext H _ (fun b => a g * (c 0%nat / V ^ 2) * (p b * p b))) by (intros; ring).
        rewrite Sum_scal_l; fold (dot H p p); fold (norm_sq H p); rewrite image_size; field; lra.
    + unfold matrix_vector; rewrite <- dot_scal_r; apply dot_ext; [reflexivity|]; intros k _.
      rewrite (Sum_ext H _ (fun b => s 0%nat * w 0%nat k * (p b * p b))) by (intros; ring).
      rewrite Sum_scal_l; fold (dot H p p); fold (norm_sq H p); rewrite image_size; ring.
Qed.

Lemma sharpness_at_least : kappa / INR N <= S.
Proof.
  pose proof kappa_positive as K; destruct sharp as [Upper _]; set (k := / sqrt kappa).
  assert (Hk : k * k * kappa = 1) by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
  set (unit := fun l b j => k * along l b j).
  assert (Scaled : forall n, slope unit n = k * slope along n).
  { intros n; unfold slope; pose proof (output_first a U (fun _ _ => 0) (along 0%nat) k n) as E0.
    pose proof (output_second a (fun _ _ => 0) (along 1%nat) W k n) as E1.
    pose proof (output_third (fun _ => 0) (fun g => along 2%nat g 0%nat) U W k n) as E2.
    assert (Z0 : output a U (fun _ _ => 0) n = 0).
    { unfold output; rewrite (Sum_ext G _ (fun _ => 0)); [apply Sum_zero|]; intros g _.
      rewrite (Sum_ext H _ (fun _ => 0)), Sum_zero; [ring|]; intros b _.
      rewrite (Sum_ext d _ (fun _ => 0)), Sum_zero; intros; ring. }
    assert (Z1 : output a (fun _ _ => 0) W n = 0).
    { unfold output; rewrite (Sum_ext G _ (fun _ => 0)); [apply Sum_zero|]; intros g _.
      rewrite (Sum_ext H _ (fun _ => 0)), Sum_zero; intros; ring. }
    assert (Z2 : output (fun _ => 0) U W n = 0).
    { unfold output; rewrite (Sum_ext G _ (fun _ => 0)); [apply Sum_zero|]; intros; ring. }
    rewrite Z0 in E0; rewrite Z1 in E1; rewrite Z2 in E2.
    transitivity (output (fun g => 0 + k * along 2%nat g 0%nat) U W n + output a (fun g b => 0 + k * along 1%nat g b) W n
      + output a U (fun b j => 0 + k * along 0%nat b j) n); [|rewrite E0, E1, E2; ring].
    f_equal; [f_equal|]; apply Sum_ext; intros; unfold unit; [ring|f_equal; apply Sum_ext; intros; ring|].
    f_equal; apply Sum_ext; intros; f_equal; apply Sum_ext; intros; ring. }
  assert (Q : norm_sq N (slope unit) / INR N <= S).
  { apply Upper; exists unit; split; [|apply second_derivative_along].
    fold (length_of unit); rewrite <- Hk, <- length_along, !length_at.
    rewrite (Sum_ext H _ (fun b => k * k * norm_sq d (along 0%nat b))) by (intros; apply norm_sq_scal).
    rewrite (Sum_ext G _ (fun g => k * k * norm_sq H (along 1%nat g))) by (intros; apply norm_sq_scal).
    unfold unit; rewrite (norm_sq_scal G k), !Sum_scal_l; ring. }
  rewrite (norm_sq_ext N _ (fun n => k * slope along n)), norm_sq_scal in Q by (intros; apply Scaled).
  pose proof (cauchy_schwarz N (e 0%nat) (slope along)) as CS; rewrite first_mode_along in CS.
  assert (E : norm_sq N (e 0%nat) = 1)
    by exact (eq_trans (svd_left _ _ _ _ _ _ _ D 0%nat 0%nat modes modes) (delta_same 0)).
  rewrite E, Rmult_1_l in CS.
  eapply Rle_trans; [|exact Q]; unfold Rdiv; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
  apply Rle_trans with (k * k * (kappa * kappa)).
  - apply Req_le; transitivity (k * k * kappa * kappa); [rewrite Hk|]; ring.
  - apply Rmult_le_compat_l; [apply Rle_0_sqr|exact CS].
Qed.

Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.

Lemma power_of_difficulty x : real_power Q x = Rpower V (3 * x).
Proof.
  pose proof size_positive; unfold Q; rewrite <- difficulty_at, real_power_positive by now apply pow_lt.
  rewrite <- (Rpower_pow 3 V), Rpower_mult by assumption; f_equal; simpl; ring.
Qed.

Lemma first_power : real_power Q (2 / 3) = V ^ 2.
Proof.
  rewrite power_of_difficulty, <- (Rpower_pow 2 V size_positive); f_equal; simpl; field.
Qed.

Lemma second_power : real_power Q (- (1 / 3)) = / V.
Proof.
  rewrite power_of_difficulty, <- (Rpower_1 V) at 1 by exact size_positive; rewrite Rpower_mult.
  replace (1 * (3 * - (1 / 3))) with (- (1)) by field; rewrite Rpower_Ropp, Rpower_1 by exact size_positive; reflexivity.
Qed.

Lemma lower_at : (2 * c 0%nat ^ 2 * real_power Q (- (1 / 3)) + s 0%nat ^ 2 * real_power Q (2 / 3)) / INR N <= S.
Proof.
  eapply Rle_trans; [|exact sharpness_at_least]; apply Req_le; rewrite first_power, second_power; unfold kappa, Rdiv; ring.
Qed.

Lemma upper_at :
  S <= (2 * real_power Q (- (1 / 3)) * (∑ i < r, c i ^ 2) + s 0%nat ^ 2 * real_power Q (2 / 3)) / INR N.
Proof.
  eapply Rle_trans; [exact sharpness_at_most|]; apply Req_le; rewrite first_power, second_power; unfold top.
  rewrite (facts_norm _ _ _ _ _ _ _ _ _ facts); unfold Rdiv; ring.
Qed.

Lemma image_printed b : (∑ g < G, U g b * a g) = p b.
Proof. apply Sum_ext; intros; ring. Qed.

Lemma first_distance_at : (∑ i < r, (∑ b < H, (V ^ 2 * (∑ k < d, W b k * w i k) - (∑ c < G, U c b * a c) * (∑ c < H,
    (∑ a1 < G, U a1 c * a a1) * (∑ k < d, W c k * w i k))) ^ 2)) = 0.
Proof.
  rewrite (Sum_ext r _ (fun _ => 0)); [apply Sum_zero|]; intros i Hi.
  rewrite (Sum_ext H _ (fun _ => 0)); [apply Sum_zero|]; intros b Hb.
  rewrite image_printed, (Sum_ext H (fun c => (∑ a1 < G, U a1 c * a a1) * (∑ k < d, W c k * w i k)) (fun b => p b * A b i))
    by (intros; now rewrite image_printed).
  change (∑ b < H, p b * A b i) with (seen i); change (∑ k < d, W b k * w i k) with (A b i).
  replace (V ^ 2 * A b i) with (A b i * (V * V)) by ring; rewrite (first_layer b i Hb Hi); ring.
Qed.

Lemma second_distance_at : (∑ b < H, (∑ c < G, (U c b * V - a c * (∑ a1 < G, U a1 b * a a1)) ^ 2)) = 0.
Proof.
  rewrite (Sum_ext H _ (fun _ => 0)); [apply Sum_zero|]; intros b Hb.
  rewrite (Sum_ext G _ (fun _ => 0)); [apply Sum_zero|]; intros g Hg.
  rewrite image_printed, (second_layer g b Hg Hb); ring.
Qed.

End At_a_minimizer.

Ltac at_the_minimizer fact := intros G H N d r S V U W X e w a c q s y all;
  pose proof (fact G H N d r S V U W X e w a c q s y all).

Theorem size_cubed : own_wide_balanced.size_cubed.
Proof. at_the_minimizer difficulty_at; assumption. Qed.

Theorem first_layer_rank_one : own_wide_balanced.first_layer_rank_one.
Proof. at_the_minimizer first_distance_at; assumption. Qed.

Theorem second_layer_rank_one : own_wide_balanced.second_layer_rank_one.
Proof. at_the_minimizer second_distance_at; assumption. Qed.

Theorem kernel_at_least : own_wide_balanced.kernel_at_least.
Proof. at_the_minimizer kernel_at; now apply Req_le. Qed.

Theorem kernel_at_most : own_wide_balanced.kernel_at_most.
Proof. at_the_minimizer kernel_at; now apply Req_le. Qed.

Theorem lower : own_wide_balanced.lower.
Proof. at_the_minimizer lower_at; assumption. Qed.

Theorem upper : own_wide_balanced.upper.
Proof. at_the_minimizer upper_at; assumption. Qed.
