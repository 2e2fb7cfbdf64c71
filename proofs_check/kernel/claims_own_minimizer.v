(** The claims of own-minimizer: Theorem 4.3's argument at any depth, with the squares of the later layers. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 definition_4_2
  minimalist_model sharpness sharpness_at_minimizer printed_setting.
From Kernel Require own_minimizer.
Local Open Scope R_scope.

Section At_a_minimizer.

Variables (N d r M : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u v : nat -> R).
Hypothesis facts : data_facts N d r X s e w y c.
Hypothesis fits : forall n, (n < N)%nat -> residual d M X y u v n = 0.
Hypothesis nonzero : 0 < ∑ i < r, c i ^ 2 / s i ^ 2.

Lemma output_is_label n : (n < N)%nat -> matrix_vector d X u n * Prod M v = y n.
Proof. intros Hn; specialize (fits n Hn); unfold residual, output in fits; lra. Qed.

Lemma difficulty_of_the_weights :
  norm_sq r (fun i => dot d (w i) u) * Prod M v ^ 2 = ∑ i < r, c i ^ 2 / s i ^ 2.
Proof.
  destruct facts as [D Y ED EN EQ EP].
  rewrite <- EQ, <- (solution_projection N d r X s e w y D (fun j => Prod M v * u j)).
  - rewrite (norm_sq_ext r (fun i => dot d (w i) (fun j => Prod M v * u j)) (fun i => Prod M v * dot d (w i) u))
      by (intros; apply dot_scal_r).
    rewrite norm_sq_scal; ring.
  - intros n Hn; unfold matrix_vector; rewrite dot_scal_r, <- (output_is_label n Hn); unfold matrix_vector; ring.
Qed.

Lemma layers_product_nonzero : Prod M v <> 0.
Proof.
  intros E; pose proof difficulty_of_the_weights as H; rewrite E in H; lra.
Qed.

Lemma other_layers j : (j < M)%nat -> Prod_except M j v = Prod M v * / v j.
Proof.
  intros Hj; rewrite <- (Prod_except_mult M j v Hj); field.
  exact (Prod_nonzero_factor M j v layers_product_nonzero Hj).
Qed.

(** [sum_j (P / v_j)^2 = P^2 sum_j 1 / v_j^2]. *)
Lemma slopes : slope_norm_sq M v = Prod M v ^ 2 * ∑ j < M, / v j ^ 2.
Proof.
  unfold slope_norm_sq; rewrite <- Sum_scal_l; apply Sum_ext; intros j Hj; rewrite other_layers by assumption.
  field; exact (Prod_nonzero_factor M j v layers_product_nonzero Hj).
Qed.

Lemma output_from_label n : (n < N)%nat -> matrix_vector d X u n = / Prod M v * y n.
Proof.
  intros Hn; rewrite <- (output_is_label n Hn); field; exact layers_product_nonzero.
Qed.

Lemma sharpness_bounds S :
  (0 < N)%nat -> (0 < r)%nat -> is_sharpness (loss N d M X y) d M u v S ->
  (s 0%nat ^ 2 * Prod M v ^ 2 + c 0%nat ^ 2 * ∑ j < M, / v j ^ 2) / INR N <= S
  <= (s 0%nat ^ 2 * Prod M v ^ 2 + (∑ j < M, / v j ^ 2) * ∑ i < r, c i ^ 2) / INR N.
Proof.
  intros HN Hr HS; destruct facts as [D Y ED EN EQ EP].
  assert (HNp : 0 < INR N) by now apply lt_0_INR.
  pose proof (minimizer_lower_bound (INR N) N d M r X s e w y u v S HNp Hr D fits HS) as L.
  pose proof (minimizer_upper_bound (INR N) N d M r X s e w y u v S HNp D fits HS) as U.
  pose proof layers_product_nonzero as HP.
  rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => / Prod M v * y n)) in L
    by (auto; intros; now apply output_from_label).
  rewrite dot_scal_r in L; fold (label_coefficient N e y 0) in L; rewrite (ED 0%nat Hr) in L.
  rewrite (norm_sq_ext N _ (fun n => / Prod M v * y n)), norm_sq_scal, EN in U
    by (intros; now apply output_from_label).
  rewrite slopes in L, U; split; [eapply Rle_trans; [apply Req_le|exact L]|eapply Rle_trans; [exact U|apply Req_le]];
    unfold Rdiv; f_equal; field; exact HP.
Qed.

End At_a_minimizer.

Theorem difficulty : own_minimizer.difficulty.
Proof.
  intros M N d r S X e w c s u v y H; rewrite printed_projection, printed_square_product.
  apply (difficulty_of_the_weights N d r M X s e w y c u v).
  - destruct H; now apply printed_data.
  - destruct H; now apply printed_fits_deep.
Qed.

Theorem kernel : own_minimizer.kernel.
Proof.
  intros M N d r S X e w c s u v y H n m Hn Hm.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (Z : forall n, (n < N)%nat -> residual d M X y u v n = 0) by (destruct H; now apply printed_fits_deep).
  pose proof (own_minimizer.nonzero_labels _ _ _ _ _ _ _ _ _ _ _ _ _ H) as P.
  pose proof (layers_product_nonzero N d r M X s e w y c u v F Z P) as HP.
  rewrite (Sum_ext M _ (fun j => Prod_except M j v * Prod_except M j v)) by (intros; rewrite printed_others; ring).
  fold (slope_norm_sq M v); rewrite (slopes N d r M X s e w y c u v F Z P), printed_square_product.
  pose proof (output_from_label N d r M X s e w y c u v F Z P n Hn) as En.
  pose proof (output_from_label N d r M X s e w y c u v F Z P m Hm) as Em.
  unfold matrix_vector, dot in En, Em; rewrite En, Em.
  rewrite (Prod_ext M (fun j => v j) v) by reflexivity; field; exact HP.
Qed.

Theorem lower : own_minimizer.lower.
Proof.
  intros M N d r S X e w c s u v y H; rewrite printed_square_product.
  rewrite Rplus_comm; destruct H; apply (sharpness_bounds N d r M X s e w y c u v); try assumption.
  - now apply printed_data.
  - now apply printed_fits_deep.
  - now apply printed_sharpness_deep.
Qed.

Theorem upper : own_minimizer.upper.
Proof.
  intros M N d r S X e w c s u v y H; rewrite printed_square_product.
  destruct H; apply (sharpness_bounds N d r M X s e w y c u v); try assumption.
  - now apply printed_data.
  - now apply printed_fits_deep.
  - now apply printed_sharpness_deep.
Qed.
