(** The claim of own-ceiling-ratio: divided by the size of the weights the ceiling falls with every imbalance. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  printed_setting ceiling.
From Kernel Require own_ceiling_ratio.
Local Open Scope R_scope.

Theorem falls : own_ceiling_ratio.falls.
Proof.
  intros N d r C C' S S' v v' X e w c s u u' y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S) by (destruct H; now apply printed_sharpness_two_layers).
  assert (HS' : is_sharpness (loss N d 1 X y) d 1 u' (fun _ => v') S') by (destruct H; now apply printed_sharpness_two_layers).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  rewrite (size_of_weights N d r X s e w y c u v C F minimizer nonzero_labels imbalance).
  rewrite (size_of_weights N d r X s e w y c u' v' C' F other_minimizer nonzero_labels other_imbalance).
  pose proof (weight_positive N d r X s e w y c u v F minimizer nonzero_labels) as P.
  pose proof (weight_positive N d r X s e w y c u' v' F other_minimizer nonzero_labels) as P'.
  pose proof (imbalance_of_weight N d r X s e w y c u v C F minimizer nonzero_labels imbalance) as E.
  pose proof (imbalance_of_weight N d r X s e w y c u' v' C' F other_minimizer nonzero_labels other_imbalance) as E'.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; set (V := v ^ 2) in *; set (V' := v' ^ 2) in *.
  assert (HV : V' <= V).
  { apply Rnot_lt_le; intros L; assert (Q / V' < Q / V) by (apply Rmult_lt_compat_l; [assumption|apply Rinv_lt_contravar; nra]); lra. }
  assert (Size : 0 < V + Q / V) by (pose proof (Rdiv_lt_0_compat Q V nonzero_labels P); lra).
  assert (Size' : 0 < V' + Q / V') by (pose proof (Rdiv_lt_0_compat Q V' nonzero_labels P'); lra).
  apply Rmult_le_reg_l with (INR N); [assumption|].
  apply Rmult_le_reg_r with (/ (V + Q / V)); [now apply Rinv_0_lt_compat|].
  replace (INR N * (S' * (V + Q / V)) * / (V + Q / V)) with (INR N * S') by (field; nra).
  apply (ceiling_is_lowest N d r X s e w y c u' v' S' size_N size_d F other_minimizer nonzero_labels HS'); intros x Hx.
  apply Rmult_le_reg_r with (V + Q / V); [assumption|].
  replace (INR N * (S * (V' + Q / V')) * / (V + Q / V) * (V + Q / V)) with (INR N * S * (V' + Q / V')) by (field; nra).
  eapply Rle_trans; [apply (form_by_size _ _ Q) with (V := V); auto|];
    [apply (labels_by_gradient N d r X s e w y c x F)|].
  apply Rmult_le_compat_r; [lra|].
  apply Rle_trans with (INR N * S * norm_sq N x); [|rewrite Hx; lra].
  apply (below_the_ceiling N d r X s e w y c u v S size_N size_d F minimizer nonzero_labels HS).
Qed.
