(** The claim of own-deep-valley: at any depth the sharpness at the minimizers is one valley. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  sharpness_at_minimizer equation_17 printed_setting claims_own_minimizer.
From Kernel Require own_deep_valley.
Local Open Scope R_scope.

Section At_a_minimizer.

Variables (N d r M : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u v : nat -> R) (S : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis features : (0 < d)%nat.
Hypothesis facts : data_facts N d r X s e w y c.
Hypothesis minimizer : forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n.
Hypothesis nonzero : 0 < ∑ i < r, c i ^ 2 / s i ^ 2.
Hypothesis sharpness_here : is_sharpness (loss N d M X y) d M u v S.

Let fits : forall n, (n < N)%nat -> residual d M X y u v n = 0 := printed_fits_deep N d M X y u v minimizer.

(** [P^2 |X^T x|^2 + (sum_j 1 / v_j^2) (x . y)^2]. *)
Definition deep_value (x : nat -> R) : R :=
  Prod M v ^ 2 * norm_sq d (transposed_vector N X x) + (∑ j < M, / v j ^ 2) * dot N x y ^ 2.

Lemma deep_kernel_value x :
  ∑ n < N, ∑ n' < N, x n * tangent_kernel d M X u v n n' * x n' = deep_value x.
Proof.
  pose proof (layers_product_nonzero N d r M X s e w y c u v facts fits nonzero) as HP.
  rewrite tangent_kernel_form; unfold back_u, deep_value; rewrite norm_sq_scal; f_equal; [ring|].
  assert (E : dot N x (matrix_vector d X u) = / Prod M v * dot N x y).
  { rewrite <- dot_scal_r; apply dot_ext; [reflexivity|]; intros n Hn.
    exact (output_from_label N d r M X s e w y c u v facts fits nonzero n Hn). }
  unfold norm_sq, dot at 1, back_v; rewrite E, <- Sum_scal_r; apply Sum_ext; intros j Hj.
  rewrite (other_layers N d r M X s e w y c u v facts fits nonzero j Hj).
  field; split; [exact (Prod_nonzero_factor M j v HP Hj)|exact HP].
Qed.

Lemma deep_norm : is_lub (unit_form_value N (tangent_kernel d M X u v)) (INR N * S).
Proof. exact (sharpness_is_kernel_norm N d M X y u v S samples features fits sharpness_here). Qed.

Lemma deep_below x : norm_sq N x = 1 -> deep_value x <= INR N * S.
Proof.
  intros Hx; destruct deep_norm as [U _]; apply U; exists x; split; [exact Hx|symmetry; apply deep_kernel_value].
Qed.

Lemma deep_lowest T : (forall x, norm_sq N x = 1 -> deep_value x <= T) -> INR N * S <= T.
Proof.
  intros H; destruct deep_norm as [_ L]; apply L; intros q [x [Hx ->]]; rewrite deep_kernel_value; now apply H.
Qed.

End At_a_minimizer.

Theorem middle : own_deep_valley.middle.
Proof.
  intros M N d r S S' S_m X e w c s u u' u_m v v' v_m y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d M X y) d M u v S) by (destruct H; now apply printed_sharpness_deep).
  assert (HS' : is_sharpness (loss N d M X y) d M u' v' S') by (destruct H; now apply printed_sharpness_deep).
  assert (HM : is_sharpness (loss N d M X y) d M u_m v_m S_m) by (destruct H; now apply printed_sharpness_deep).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  apply Rmult_le_reg_l with (INR N); [assumption|].
  replace (INR N * (2 * S_m)) with (2 * (INR N * S_m)) by ring.
  apply Rmult_le_reg_l with (/ 2); [lra|].
  replace (/ 2 * (2 * (INR N * S_m))) with (INR N * S_m) by field.
  apply (deep_lowest N d r M X s e w y c u_m v_m S_m size_N size_d F middle_minimizer nonzero_labels HM); intros x Hx.
  pose proof (deep_below N d r M X s e w y c u v S size_N size_d F minimizer nonzero_labels HS x Hx) as A.
  pose proof (deep_below N d r M X s e w y c u' v' S' size_N size_d F other_minimizer nonzero_labels HS' x Hx) as A'.
  pose proof (layers_product_nonzero N d r M X s e w y c u v F (printed_fits_deep N d M X y u v minimizer) nonzero_labels) as P.
  pose proof (layers_product_nonzero N d r M X s e w y c u' v' F (printed_fits_deep N d M X y u' v' other_minimizer) nonzero_labels) as P'.
  unfold deep_value in *; set (a := norm_sq d (transposed_vector N X x)) in *; set (b := dot N x y ^ 2) in *.
  assert (Ha : 0 <= a) by apply norm_sq_nonneg; assert (Hb : 0 <= b) by apply pow2_ge_0.
  assert (E : Prod M v_m ^ 2 = Prod M v * Prod M v').
  { rewrite <- printed_square_product, <- Prod_mult; apply Prod_ext; intros j Hj; now apply between. }
  assert (T : 2 * (∑ j < M, / v_m j ^ 2) <= (∑ j < M, / v j ^ 2) + ∑ j < M, / v' j ^ 2).
  { rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_le; intros j Hj; rewrite between by assumption.
    pose proof (Prod_nonzero_factor M j v P Hj); pose proof (Prod_nonzero_factor M j v' P' Hj).
    assert (G : / v j ^ 2 + / v' j ^ 2 - 2 * / (v j * v' j) = (/ v j - / v' j) ^ 2) by (field; split; assumption).
    pose proof (pow2_ge_0 (/ v j - / v' j)); lra. }
  assert (Q : 2 * (Prod M v_m ^ 2) <= Prod M v ^ 2 + Prod M v' ^ 2)
    by (rewrite E; pose proof (pow2_ge_0 (Prod M v - Prod M v')); lra).
  pose proof (Rmult_le_compat_r a _ _ Ha Q); pose proof (Rmult_le_compat_r b _ _ Hb T); lra.
Qed.
