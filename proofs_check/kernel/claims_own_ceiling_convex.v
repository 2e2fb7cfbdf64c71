(** The claim of own-ceiling-convex: the ceiling is a convex function of the imbalance. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  equation_16 printed_setting ceiling.
From Kernel Require own_ceiling_convex.
Local Open Scope R_scope.

Theorem convex : own_ceiling_convex.convex.
Proof.
  intros N d r C C' C_m S S' S_m p p' v v' v_m X e w c s u u' u_m y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S) by (destruct H; now apply printed_sharpness_two_layers).
  assert (HS' : is_sharpness (loss N d 1 X y) d 1 u' (fun _ => v') S') by (destruct H; now apply printed_sharpness_two_layers).
  assert (HM : is_sharpness (loss N d 1 X y) d 1 u_m (fun _ => v_m) S_m) by (destruct H; now apply printed_sharpness_two_layers).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (weight_of_imbalance N d r X s e w y c u v C F minimizer nonzero_labels imbalance) as E.
  pose proof (weight_of_imbalance N d r X s e w y c u' v' C' F other_minimizer nonzero_labels other_imbalance) as E'.
  pose proof (weight_of_imbalance N d r X s e w y c u_m v_m C_m F middle_minimizer nonzero_labels middle_imbalance) as EM.
  apply Rmult_le_reg_l with (INR N); [assumption|].
  apply (ceiling_is_lowest N d r X s e w y c u_m v_m S_m size_N size_d F middle_minimizer nonzero_labels HM); intros x Hx.
  pose proof (below_the_ceiling N d r X s e w y c u v S size_N size_d F minimizer nonzero_labels HS x) as B.
  pose proof (below_the_ceiling N d r X s e w y c u' v' S' size_N size_d F other_minimizer nonzero_labels HS' x) as B'.
  rewrite Hx in B, B'; rewrite E in B; rewrite E' in B'; rewrite EM, between.
  eapply Rle_trans; [apply form_convex; auto using norm_sq_nonneg, pow2_ge_0|].
  replace (INR N * (S * p + S' * p')) with (p * (INR N * S * 1) + p' * (INR N * S' * 1)) by ring.
  apply Rplus_le_compat; now apply Rmult_le_compat_l.
Qed.
