(** The claims of own-deep-slope: residuals move the imbalances to where they are less amplified. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model printed_setting
  claims_own_minimizer.
From Kernel Require own_deep_slope.
Local Open Scope R_scope.

Theorem rate : own_deep_slope.rate.
Proof.
  intros M N d r X a e w b c s u v y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (Z : forall n, (n < N)%nat -> minimalist_model.residual d M X y u v n = 0) by (destruct H; now apply printed_fits_deep).
  destruct H; pose proof (layers_product_nonzero N d r M X s e w y c u v F Z nonzero_labels) as HP.
  set (A2 := ∑ k < d, (∑ n < N, (∑ m < N, X m k * a n m) ^ 2)) in *.
  set (U2 := ∑ n < N, (∑ m < N, a n m * (∑ k < d, X m k * u k)) ^ 2) in *.
  set (Y2 := ∑ n < N, (∑ m < N, a n m * y m) ^ 2) in *.
  set (q := ∑ i < r, (∑ k < d, u k * w i k) ^ 2) in *; set (sigma := ∑ g < M, b g) in *.
  assert (EU : U2 = Y2 / Prod M v ^ 2).
  { unfold U2, Y2, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros n _.
    rewrite (Sum_ext N _ (fun m => a n m * y m * / Prod M v)).
    - rewrite Sum_scal_r; field; exact HP.
    - intros m Hm; pose proof (output_from_label N d r M X s e w y c u v F Z nonzero_labels m Hm) as E.
      unfold matrix_vector, dot in E; rewrite E; ring. }
  rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
  transitivity (∑ j < M, b j * (Prod M v ^ 2 * A2 - Y2 / v j ^ 2)).
  - rewrite (Sum_ext M (fun j => b j * (Prod M v ^ 2 * A2 - Y2 / v j ^ 2))
      (fun j => b j * (Prod M v ^ 2 * A2) - b j / v j ^ 2 * Y2)) by (intros; unfold Rdiv; ring).
    rewrite Sum_minus, !Sum_scal_r; change (Sum M b) with sigma; ring.
  - rewrite (Sum_ext M _ (fun j => - (sigma * q) * b j + - (1) * (b j ^ 2 * v j ^ 2))).
    + rewrite Sum_plus, !Sum_scal_l; change (Sum M b) with sigma; ring.
    + intros j Hj; pose proof (rates j Hj) as E; rewrite printed_others in E.
      rewrite (Prod_ext M (fun g => v g) v) in E by reflexivity.
      pose proof (Prod_nonzero_factor M j v HP Hj) as Hv.
      rewrite (other_layers N d r M X s e w y c u v F Z nonzero_labels j Hj), EU in E.
      replace (Prod M v ^ 2 * A2 - Y2 / v j ^ 2) with (- (b j * v j ^ 2) - sigma * q); [ring|].
      rewrite E; field; split; assumption.
Qed.

Theorem falls : own_deep_slope.falls.
Proof.
  intros M N d r X a e w b c s u v y H; rewrite (rate _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  assert (0 <= ∑ i < r, (∑ k < d, u k * w i k) ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (0 <= ∑ j < M, b j ^ 2 * v j ^ 2) by (apply Sum_nonneg; intros; apply Rmult_le_pos; apply pow2_ge_0).
  assert (0 <= (∑ j < M, b j) ^ 2 * ∑ i < r, (∑ k < d, u k * w i k) ^ 2) by (apply Rmult_le_pos; [apply pow2_ge_0|assumption]).
  lra.
Qed.
