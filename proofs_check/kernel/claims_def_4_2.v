(** The claims of def-4.2: the imbalance does not see what the data do not see. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_2 printed_setting.
From Kernel Require def_4_2.
Local Open Scope R_scope.

Theorem output : def_4_2.output.
Proof.
  intros N d r X e w c q s u y v [] n Hn.
  rewrite (Sum_ext d _ (fun k => X n k * q k + X n k * u k)) by (intros; ring).
  rewrite Sum_plus, unseen by assumption; ring.
Qed.

(** A vector that the data send to 0 has no coordinates. *)
Lemma unseen_coordinate N d r X e w c q s u y v i :
  def_4_2.hypotheses N d r X e w c q s u y v -> (i < r)%nat -> dot d (w i) q = 0.
Proof.
  intros H Hi; destruct (printed_data N d r X s e w y c) as [D Y ED EN EQ EP]; try (destruct H; assumption); destruct H.
  pose proof (svd_left_coefficient N d r X s e w D q i Hi) as E; pose proof (domain_of_s i Hi).
  apply Rmult_eq_reg_l with (s i); [|lra]; rewrite <- E, Rmult_0_r; unfold dot.
  rewrite (Sum_ext N _ (fun _ => 0)); [apply Sum_zero|]; intros n Hn.
  pose proof (unseen n Hn) as Z; unfold matrix_vector, dot; rewrite Z; ring.
Qed.

Theorem imbalance : def_4_2.imbalance.
Proof.
  intros N d r X e w c q s u y v H; f_equal; apply Sum_ext; intros i Hi; f_equal.
  rewrite (Sum_ext d _ (fun k => w i k * q k + u k * w i k)) by (intros; ring).
  rewrite Sum_plus; pose proof (unseen_coordinate _ _ _ _ _ _ _ _ _ _ _ _ i H Hi) as Z; unfold dot in Z; rewrite Z; ring.
Qed.

Lemma projected d r w u k :
  (∑ i < r, w i k * (∑ l < d, u l * w i l)) = row_projection d r w u k.
Proof. apply Sum_ext; intros; rewrite printed_coefficient; ring. Qed.

Theorem split : def_4_2.split.
Proof.
  intros N d r X e w c q s u y v H.
  assert (O : orthonormal d r w) by (destruct H; now apply printed_right).
  rewrite printed_projection, <- (row_projection_norm d r w u O).
  replace (∑ k < d, (u k - ∑ i < r, w i k * (∑ l < d, u l * w i l)) ^ 2)
    with (norm_sq d (fun k => u k - row_projection d r w u k)) by (apply Sum_ext; intros; rewrite projected; ring).
  rewrite norm_sq_minus.
  replace (dot d u (row_projection d r w u)) with (norm_sq d (row_projection d r w u)).
  - replace (∑ k < d, u k ^ 2) with (norm_sq d u) by (apply Sum_ext; intros; ring); ring.
  - rewrite (row_projection_norm d r w u O); unfold row_projection; rewrite dot_combination_r.
    apply Sum_ext; intros; now rewrite (dot_sym d u).
Qed.

Theorem at_most : def_4_2.at_most.
Proof.
  intros N d r X e w c q s u y v H; rewrite (split _ _ _ _ _ _ _ _ _ _ _ _ H).
  assert (0 <= ∑ k < d, (u k - ∑ i < r, w i k * (∑ l < d, u l * w i l)) ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  lra.
Qed.
