(** The claims of thm-4.6: at a balanced minimizer the squares of all layers are the [D]-th root of the difficulty. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 definition_4_2
  minimalist_model sharpness sharpness_at_minimizer printed_setting language_of_statements claims_own_minimizer.
From Kernel Require thm_4_6.
Local Open Scope R_scope.

Section Balanced.

Variables (N d r M : nat) (D : R) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u v : nat -> R).
Hypothesis facts : data_facts N d r X s e w y c.
Hypothesis fits : forall n, (n < N)%nat -> residual d M X y u v n = 0.
Hypothesis nonzero : 0 < ∑ i < r, c i ^ 2 / s i ^ 2.
Hypothesis depth : D = 1 + INR M.
Hypothesis balanced : forall j, (j < M)%nat -> v j ^ 2 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2).

Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.
Let q := ∑ i < r, (∑ k < d, u k * w i k) ^ 2.

Lemma squared_product : Prod M v ^ 2 = q ^ M.
Proof.
  rewrite <- printed_square_product, <- Prod_const; apply Prod_ext; intros j Hj; now apply balanced.
Qed.

Lemma difficulty_is_power : Q = q ^ S M.
Proof.
  unfold Q; rewrite <- (difficulty_of_the_weights N d r M X s e w y c u v facts fits), squared_product.
  unfold q; rewrite printed_projection; simpl; ring.
Qed.

Lemma square_positive : 0 < q.
Proof.
  assert (H : 0 <= q) by (unfold q; apply Sum_nonneg; intros; apply pow2_ge_0).
  destruct (Req_dec q 0) as [E|]; [|lra]; exfalso.
  pose proof difficulty_is_power as H'; rewrite E, pow_i in H' by lia; unfold Q in H'; lra.
Qed.

Lemma depth_positive : 0 < D.
Proof. rewrite depth; pose proof (pos_INR M); lra. Qed.

Lemma difficulty_power p : real_power Q p = Rpower q (D * p).
Proof.
  rewrite real_power_positive by exact nonzero; rewrite difficulty_is_power, <- Rpower_pow by exact square_positive.
  rewrite Rpower_mult, S_INR, depth; f_equal; ring.
Qed.

Lemma root : real_power Q (/ D) = q.
Proof.
  rewrite difficulty_power, Rinv_r, Rpower_1; [reflexivity|exact square_positive|].
  pose proof depth_positive; lra.
Qed.

Lemma inverse_root : real_power Q (- (1 / D)) = / q.
Proof.
  rewrite difficulty_power; pose proof depth_positive.
  replace (D * - (1 / D)) with (- (1)) by (field; lra); rewrite Rpower_Ropp, Rpower_1; [reflexivity|exact square_positive].
Qed.

Lemma power_of_root : real_power Q ((D - 1) / D) = q ^ M.
Proof.
  rewrite difficulty_power; pose proof depth_positive.
  replace (D * ((D - 1) / D)) with (INR M) by (rewrite depth in *; field; lra); apply Rpower_pow; exact square_positive.
Qed.

Lemma inverse_squares : (∑ j < M, / v j ^ 2) = real_power Q (- (1 / D)) * (D - 1).
Proof.
  rewrite inverse_root, depth, (Sum_ext M _ (fun _ => / q)), Sum_const; [ring|].
  intros j Hj; now rewrite balanced.
Qed.

End Balanced.

Tactic Notation "balanced_minimizer" hyp(H) ident(F) ident(Z) :=
  match type of H with thm_4_6.hypotheses ?M ?N ?d ?r ?D ?S ?X ?e ?w ?c ?s ?u ?v ?y =>
    assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data);
    assert (Z : forall n, (n < N)%nat -> residual d M X y u v n = 0) by (destruct H; now apply printed_fits_deep)
  end.

Theorem first_layer : thm_4_6.first_layer.
Proof.
  intros M N d r D S X e w c s u v y H; balanced_minimizer H F Z; destruct H.
  symmetry; now apply (root N d r M D X s e w y c u v).
Qed.

Theorem later_layers : thm_4_6.later_layers.
Proof.
  intros M N d r D S X e w c s u v y H j Hj; balanced_minimizer H F Z; destruct H.
  rewrite balanced by assumption; symmetry; now apply (root N d r M D X s e w y c u v).
Qed.

Theorem kernel : thm_4_6.kernel.
Proof.
  intros M N d r D S X e w c s u v y H n m Hn Hm; balanced_minimizer H F Z; destruct H.
  rewrite (claims_own_minimizer.kernel M N d r S X e w c s u v y) by (try assumption; now split).
  rewrite (Rmult_assoc (y m * y n)), <- (inverse_squares N d r M D X s e w y c u v) by assumption.
  rewrite (power_of_root N d r M D X s e w y c u v), <- (squared_product d r M w u v balanced) by assumption.
  rewrite <- printed_square_product; ring.
Qed.

Theorem lower : thm_4_6.lower.
Proof.
  intros M N d r D S X e w c s u v y H; balanced_minimizer H F Z; destruct H.
  rewrite Rmult_assoc, <- (inverse_squares N d r M D X s e w y c u v) by assumption.
  rewrite (power_of_root N d r M D X s e w y c u v), <- (squared_product d r M w u v balanced) by assumption.
  rewrite Rplus_comm; apply (sharpness_bounds N d r M X s e w y c u v); try assumption.
  now apply printed_sharpness_deep.
Qed.

Theorem upper : thm_4_6.upper.
Proof.
  intros M N d r D S X e w c s u v y H; balanced_minimizer H F Z; destruct H.
  rewrite <- (inverse_squares N d r M D X s e w y c u v) by assumption.
  rewrite (power_of_root N d r M D X s e w y c u v), <- (squared_product d r M w u v balanced) by assumption.
  apply (sharpness_bounds N d r M X s e w y c u v); try assumption.
  now apply printed_sharpness_deep.
Qed.
