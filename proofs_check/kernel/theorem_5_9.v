(** Theorem 5.9: the change of the imbalance in one step of GD and, in expectation, of SGD from the same point,
    at depth 2; and its consequences when the imbalance is not positive. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition
  definition_4_2 minimalist_model gradient batch_law uniform_batches optimizers theorem_4_3.
Local Open Scope R_scope.

(** A step of size [k] along [X^T q], for any weighting [q] of the samples. *)
Lemma step_changes_imbalance N d r X s e w u v u' v' q k :
  svd N d r X s e w ->
  (forall j, (j < d)%nat -> u' j = u j - k * (v 0%nat * transposed_vector N X q j)) ->
  v' 0%nat = v 0%nat - k * dot d (transposed_vector N X q) u ->
  imbalance d r w u' v' 0 - imbalance d r w u v 0
  = k * k * (v 0%nat * v 0%nat * norm_sq d (transposed_vector N X q)
             - dot d (transposed_vector N X q) u * dot d (transposed_vector N X q) u).
Proof.
  intros Hsvd Hu Hv; unfold imbalance.
  assert (Hw := svd_right _ _ _ _ _ _ _ Hsvd).
  rewrite !row_projection_norm, Hv by assumption.
  set (g := transposed_vector N X q) in *.
  rewrite (norm_sq_ext r (fun i => dot d (w i) u')
             (fun i => dot d (w i) u - (k * v 0%nat) * dot d (w i) g)).
  2:{ intros i Hi; rewrite (dot_ext d (w i) u' (w i) (fun j => u j - (k * v 0%nat) * g j)).
      - now rewrite dot_minus_r, dot_scal_r.
      - reflexivity.
      - intros j Hj; rewrite Hu by assumption; ring. }
  rewrite norm_sq_minus, norm_sq_scal, dot_scal_r.
  replace (norm_sq r (fun i => dot d (w i) g)) with (norm_sq d g).
  2:{ unfold g; rewrite (svd_transposed_norm N d r X s e w Hsvd); apply Sum_ext; intros i Hi.
      now rewrite (svd_right_coefficient N d r X s e w Hsvd q i Hi). }
  replace (dot r (fun i => dot d (w i) u) (fun i => dot d (w i) g)) with (dot d g u).
  2:{ unfold g; rewrite (svd_transposed_dot N d r X s e w Hsvd); apply Sum_ext; intros i Hi.
      rewrite (svd_right_coefficient N d r X s e w Hsvd q i Hi); ring. }
  ring.
Qed.

(** Cauchy-Schwarz in the row space: only the projection of [u] counts. *)
Lemma row_space_cauchy_schwarz N d r X s e w u q :
  svd N d r X s e w ->
  dot d (transposed_vector N X q) u * dot d (transposed_vector N X q) u
  <= norm_sq d (row_projection d r w u) * norm_sq d (transposed_vector N X q).
Proof.
  intros Hsvd.
  rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ Hsvd).
  rewrite (svd_transposed_dot N d r X s e w Hsvd), (svd_transposed_norm N d r X s e w Hsvd).
  rewrite (Rmult_comm (norm_sq r _)).
  exact (cauchy_schwarz r (fun i => s i * dot N (e i) q) (fun i => dot d (w i) u)).
Qed.

Section One_step.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u v : nat -> R).
Variable eta : R.
Hypothesis decomposition : svd N d r X s e w.

Let z := residual d 1 X y u v.
Let g := transposed_vector N X z.
Let V := v 0%nat * v 0%nat.
Let C := imbalance d r w u v 0.

(** The sums over the samples. *)
Definition T_a : R := ∑ n < N, z n * z n * norm_sq d (X n).
Definition T_b : R := ∑ n < N, z n * z n * (matrix_vector d X u n * matrix_vector d X u n).
Definition T_3 : R := T_a - norm_sq d g / INR N.
Definition T_4 : R := T_b - dot d g u * dot d g u / INR N.

Definition imbalance_after_gd : R :=
  imbalance d r w (gd_u eta N d 1 X y u v) (gd_v eta N d 1 X y u v) 0.

Definition imbalance_after_sgd (B : nat) (p : nat -> R) : R :=
  imbalance d r w (sgd_u eta B p N d 1 X y u v) (sgd_v eta B p N d 1 X y u v) 0.

Theorem theorem_5_9_gd : (0 < N)%nat ->
  imbalance_after_gd - C
  = eta * eta / (INR N * INR N) * (V * norm_sq d g - dot d g u * dot d g u).
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  unfold imbalance_after_gd, C.
  rewrite (step_changes_imbalance N d r X s e w u v _ _ z (eta / INR N) decomposition).
  - fold g V; field; lra.
  - intros j _; unfold gd_u, gradient_u; rewrite Prod_one_factor; fold z; field; lra.
  - unfold gd_v, gradient_v, Prod_except; simpl; fold z; field; lra.
Qed.

Lemma sgd_step B p : (0 < B)%nat -> (forall n, (n < N)%nat -> p n = 0 \/ p n = 1) ->
  imbalance_after_sgd B p - C
  = eta * eta / (INR B * INR B) *
    ∑ n < N, ∑ n' < N, p n * p n' *
      (z n * z n' * (V * dot d (X n) (X n') - matrix_vector d X u n * matrix_vector d X u n')).
Proof.
  intros HB Hp; assert (0 < INR B) by now apply lt_0_INR.
  unfold imbalance_after_sgd, C.
  rewrite (step_changes_imbalance N d r X s e w u v _ _ (fun n => p n * z n) (eta / INR B) decomposition).
  - replace (eta / INR B * (eta / INR B)) with (eta * eta / (INR B * INR B)) by (field; lra); f_equal.
    fold V; rewrite transpose_dot; unfold norm_sq, transposed_vector.
    rewrite dot_combination_l; unfold dot at 2 3; rewrite Sum_mult, <- Sum_scal_l, <- Sum_minus.
    apply Sum_ext; intros n _; rewrite dot_combination_r, <- !Sum_scal_l, <- Sum_minus.
    apply Sum_ext; intros; ring.
  - intros j _; unfold sgd_u, gradient_u; rewrite Prod_one_factor, masked_transpose by assumption.
    fold z; field; lra.
  - unfold sgd_v, gradient_v, Prod_except; simpl.
    rewrite (dot_ext d _ u (transposed_vector N X (fun n => p n * z n)) u).
    + field; lra.
    + intros j _; now rewrite masked_transpose.
    + reflexivity.
Qed.

Lemma sum_of_pairs :
  ∑ n < N, ∑ n' < N, (z n * z n' * (V * dot d (X n) (X n')
                                    - matrix_vector d X u n * matrix_vector d X u n'))
  = V * norm_sq d g - dot d g u * dot d g u.
Proof.
  unfold g; rewrite transpose_dot; unfold norm_sq, transposed_vector.
  rewrite dot_combination_l; unfold dot at 3 4; rewrite Sum_mult, <- Sum_scal_l, <- Sum_minus.
  apply Sum_ext; intros n _; rewrite dot_combination_r, <- !Sum_scal_l, <- Sum_minus.
  apply Sum_ext; intros; ring.
Qed.

Lemma sum_of_squares :
  ∑ n < N, (z n * z n * (V * dot d (X n) (X n) - matrix_vector d X u n * matrix_vector d X u n))
  = V * T_a - T_b.
Proof.
  unfold T_a, T_b; rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; unfold norm_sq; ring.
Qed.

Theorem theorem_5_9_sgd B law :
  (2 <= N)%nat -> (0 < B)%nat -> exchangeable_batch_law N B law ->
  expect law (imbalance_after_sgd B) - C
  = eta * eta / (INR B * INR N * (INR N - 1)) *
    ((INR N - INR B) * (V * T_a - T_b)
     + (INR B - 1) * (V * norm_sq d g - dot d g u * dot d g u)).
Proof.
  intros HN HB Hlaw.
  assert (0 < INR B) by now apply lt_0_INR.
  assert (2 <= INR N) by (change 2 with (INR 2); now apply le_INR).
  rewrite <- (expect_constant N B law Hlaw C) at 1.
  rewrite <- expect_minus.
  rewrite (expect_ext law _ (fun p => eta * eta / (INR B * INR B) *
    ∑ n < N, ∑ n' < N, p n * p n' *
      (z n * z n' * (V * dot d (X n) (X n') - matrix_vector d X u n * matrix_vector d X u n')))).
  2:{ intros weight p Hp; apply sgd_step; [assumption|].
      intros n Hn; exact (law_zero_one _ _ _ Hlaw weight p n Hp Hn). }
  rewrite expect_scal.
  rewrite (expect_quadratic N B law Hlaw (fun n n' => z n * z n' * (V * dot d (X n) (X n')
             - matrix_vector d X u n * matrix_vector d X u n')) HN).
  rewrite sum_of_pairs, sum_of_squares; field; lra.
Qed.

Theorem theorem_5_9_difference B law :
  (2 <= N)%nat -> (0 < B)%nat -> exchangeable_batch_law N B law ->
  expect law (imbalance_after_sgd B) - imbalance_after_gd
  = eta * eta * (INR N - INR B) / (INR B * INR N * (INR N - 1)) * (V * T_3 - T_4).
Proof.
  intros HN HB Hlaw.
  pose proof (theorem_5_9_sgd B law HN HB Hlaw) as Es.
  pose proof (theorem_5_9_gd ltac:(lia)) as Eg.
  assert (0 < INR B) by now apply lt_0_INR.
  assert (2 <= INR N) by (change 2 with (INR 2); now apply le_INR).
  replace (expect law (imbalance_after_sgd B) - imbalance_after_gd)
    with ((expect law (imbalance_after_sgd B) - C) - (imbalance_after_gd - C)) by ring.
  rewrite Es, Eg; unfold T_3, T_4; field; lra.
Qed.

(** The centred sample gradients, [z_n x_n - g / N]. *)
Let centred (n : nat) : nat -> R := fun k => z n * delta n k - z k / INR N.

Lemma centred_gradient n j :
  (n < N)%nat -> transposed_vector N X (centred n) j = z n * X n j - g j / INR N.
Proof.
  intros Hn; unfold transposed_vector, centred, g.
  rewrite (Sum_ext N _ (fun k => delta n k * (z n * X k j) - / INR N * (z k * X k j)))
    by (intros; unfold Rdiv; ring).
  rewrite Sum_minus, Sum_scal_l, (Sum_delta_l N (fun k => z n * X k j) n Hn).
  unfold transposed_vector; unfold Rdiv; ring.
Qed.

Lemma T_3_variance : (0 < N)%nat -> T_3 = ∑ n < N, norm_sq d (transposed_vector N X (centred n)).
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  rewrite (Sum_ext N _ (fun n => z n * z n * norm_sq d (X n) - (2 / INR N) * (z n * dot d (X n) g)
                                 + norm_sq d g / (INR N * INR N))).
  2:{ intros n Hn.
      rewrite (norm_sq_ext d _ (fun j => z n * X n j - / INR N * g j))
        by (intros; rewrite centred_gradient by assumption; unfold Rdiv; ring).
      rewrite norm_sq_minus, !norm_sq_scal, dot_scal_l, dot_scal_r; field; lra. }
  rewrite Sum_plus, Sum_minus, Sum_const, Sum_scal_l.
  replace (∑ n < N, z n * dot d (X n) g) with (norm_sq d g).
  - unfold T_3, T_a; field; lra.
  - unfold norm_sq, g at 1, transposed_vector; now rewrite dot_combination_l.
Qed.

Lemma T_4_variance : (0 < N)%nat ->
  T_4 = ∑ n < N, dot d (transposed_vector N X (centred n)) u * dot d (transposed_vector N X (centred n)) u.
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  set (A := matrix_vector d X u).
  rewrite (Sum_ext N _ (fun n => z n * z n * (A n * A n) - (2 / INR N * dot d g u) * (z n * A n)
                                 + dot d g u * dot d g u / (INR N * INR N))).
  2:{ intros n Hn.
      rewrite (dot_ext d _ u (fun j => z n * X n j - / INR N * g j) u).
      - rewrite (dot_sym d _ u), dot_minus_r, !dot_scal_r, !(dot_sym d u).
        unfold A, matrix_vector; field; lra.
      - intros j _; rewrite centred_gradient by assumption; unfold Rdiv; ring.
      - reflexivity. }
  rewrite Sum_plus, Sum_minus, Sum_const, Sum_scal_l.
  replace (∑ n < N, z n * A n) with (dot d g u).
  - unfold T_4, T_b; fold A; field; lra.
  - unfold g; now rewrite transpose_dot.
Qed.

Theorem T_3_nonneg : (0 < N)%nat -> 0 <= T_3.
Proof. intros HN; rewrite T_3_variance by assumption; apply Sum_nonneg; intros; apply norm_sq_nonneg. Qed.

Theorem T_4_nonneg : (0 < N)%nat -> 0 <= T_4.
Proof. intros HN; rewrite T_4_variance by assumption; apply Sum_nonneg; intros; apply Rle_0_sqr. Qed.

(** [|Pi_W u|^2 T_3 >= T_4]: the second bracket is a Cauchy-Schwarz gap minus [C] times [T_3]. *)
Theorem variance_gap_nonneg : (0 < N)%nat -> 0 <= norm_sq d (row_projection d r w u) * T_3 - T_4.
Proof.
  intros HN; rewrite T_3_variance, T_4_variance by assumption.
  rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_nonneg; intros n _.
  pose proof (row_space_cauchy_schwarz N d r X s e w u (centred n) decomposition); lra.
Qed.

Lemma V_from_imbalance : V = norm_sq d (row_projection d r w u) - C.
Proof. unfold C, V, imbalance; ring. Qed.

(** Without positive imbalance, gradient descent cannot decrease it... *)
Theorem gd_does_not_decrease : (0 < N)%nat -> C <= 0 -> C <= imbalance_after_gd.
Proof.
  intros HN HC; pose proof (theorem_5_9_gd HN) as E.
  assert (0 < INR N) by now apply lt_0_INR.
  pose proof (row_space_cauchy_schwarz N d r X s e w u z decomposition) as G; fold g in G.
  pose proof (norm_sq_nonneg d g).
  assert (0 <= eta * eta / (INR N * INR N) * (V * norm_sq d g - dot d g u * dot d g u)).
  { apply Rmult_le_pos.
    - apply Rmult_le_pos; [apply Rle_0_sqr|apply Rlt_le, Rinv_0_lt_compat; nra].
    - rewrite V_from_imbalance; nra. }
  lra.
Qed.

(** ... and stochastic gradient descent increases it at least as much, in expectation. *)
Theorem sgd_increases_at_least_as_much B law :
  (2 <= N)%nat -> (0 < B)%nat -> (B <= N)%nat -> exchangeable_batch_law N B law -> C <= 0 ->
  imbalance_after_gd <= expect law (imbalance_after_sgd B).
Proof.
  intros HN HB HBN Hlaw HC; pose proof (theorem_5_9_difference B law HN HB Hlaw) as E.
  assert (0 < INR B) by now apply lt_0_INR.
  assert (2 <= INR N) by (change 2 with (INR 2); now apply le_INR).
  assert (INR B <= INR N) by now apply le_INR.
  pose proof (variance_gap_nonneg ltac:(lia)) as G; pose proof (T_3_nonneg ltac:(lia)) as G3.
  assert (0 <= eta * eta * (INR N - INR B) / (INR B * INR N * (INR N - 1)) * (V * T_3 - T_4)).
  { apply Rmult_le_pos.
    - apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_0_sqr|lra]|].
      apply Rlt_le, Rinv_0_lt_compat, Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra.
    - rewrite V_from_imbalance; nra. }
  lra.
Qed.

(** Sampling without replacement, the case the paper states. *)
Corollary theorem_5_9_uniform B :
  (2 <= N)%nat -> (0 < B)%nat -> (B <= N)%nat ->
  expect (uniform_law N B) (imbalance_after_sgd B) - C
  = eta * eta / (INR B * INR N * (INR N - 1)) *
    ((INR N - INR B) * (V * T_a - T_b)
     + (INR B - 1) * (V * norm_sq d g - dot d g u * dot d g u)).
Proof. intros HN HB HBN; now apply theorem_5_9_sgd, uniform_law_is_exchangeable. Qed.

End One_step.

(** Equation (33): the second moment of the masked residual. *)
Theorem equation_33 N B law z i j :
  (2 <= N)%nat -> (i < N)%nat -> (j < N)%nat -> exchangeable_batch_law N B law ->
  expect law (fun p => (p i * z i) * (p j * z j))
  = INR B / INR N * ((INR N - INR B) / (INR N - 1) * (delta i j * (z i * z i))
                     + (INR B - 1) / (INR N - 1) * (z i * z j)).
Proof.
  intros HN Hi Hj Hlaw.
  rewrite (expect_ext law _ (fun p => p i * p j * (z i * z j))) by (intros; ring).
  rewrite expect_scal_r, (pair_moment N B law Hlaw i j HN Hi Hj).
  destruct (PeanoNat.Nat.eq_dec i j) as [<-|Hij]; [rewrite delta_same|rewrite delta_other by assumption]; ring.
Qed.
