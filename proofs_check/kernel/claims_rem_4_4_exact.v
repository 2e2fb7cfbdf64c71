(** The claim of rem-4.4-exact: up to balance the exact sharpness falls with the imbalance. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  equation_16 printed_setting ceiling.
From Kernel Require rem_4_4_exact.
Local Open Scope R_scope.

Theorem falls : rem_4_4_exact.falls.
Proof.
  intros N d r C C' S S' v v' X e w c s u u' y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S) by (destruct H; now apply printed_sharpness_two_layers).
  assert (HS' : is_sharpness (loss N d 1 X y) d 1 u' (fun _ => v') S') by (destruct H; now apply printed_sharpness_two_layers).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (weight_positive N d r X s e w y c u v F minimizer nonzero_labels) as P.
  pose proof (weight_positive N d r X s e w y c u' v' F other_minimizer nonzero_labels) as P'.
  pose proof (imbalance_of_weight N d r X s e w y c u v C F minimizer nonzero_labels imbalance) as E.
  pose proof (imbalance_of_weight N d r X s e w y c u' v' C' F other_minimizer nonzero_labels other_imbalance) as E'.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; set (V := v ^ 2) in *; set (V' := v' ^ 2) in *.
  assert (HQ : Q <= V' * V').
  { apply Rmult_le_reg_r with (/ V'); [now apply Rinv_0_lt_compat|].
    replace (V' * V' * / V') with V' by (field; lra); fold (Q / V'); lra. }
  assert (HV : V' <= V).
  { apply Rnot_lt_le; intros L; assert (Q / V' < Q / V) by (apply Rmult_lt_compat_l; [assumption|apply Rinv_lt_contravar; nra]); lra. }
  apply Rmult_le_reg_l with (INR N); [assumption|].
  apply (ceiling_is_lowest N d r X s e w y c u' v' S' size_N size_d F other_minimizer nonzero_labels HS'); intros x Hx.
  apply Rle_trans with (INR N * S * norm_sq N x); [|rewrite Hx; lra].
  eapply Rle_trans; [|apply (below_the_ceiling N d r X s e w y c u v S size_N size_d F minimizer nonzero_labels HS)].
  apply (form_rises _ _ Q); auto; [apply norm_sq_nonneg|apply (labels_by_gradient N d r X s e w y c x F)].
Qed.
