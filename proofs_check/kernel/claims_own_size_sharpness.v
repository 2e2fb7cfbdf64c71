(** The claim of own-size-sharpness: without labels the sharpness is at most three halves of the size of the weights. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums printed_setting claims_lem_b_3.
From Kernel Require own_size_sharpness.
Local Open Scope R_scope.

Theorem upper : own_size_sharpness.upper.
Proof.
  intros N d r S eta v X e w c s u y H.
  assert (U : S <= (sqrt (∑ i < r, s i ^ 2 * (s i * v * (∑ k < d, u k * w i k) - c i) ^ 2) + s 0%nat ^ 2 * v ^ 2
        + ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N).
  { destruct H; apply (printed_upper N d r X s e w y c u v S); try assumption;
      [now apply printed_data|now apply printed_sharpness_two_layers]. }
  assert (Z : forall i, (i < r)%nat -> c i = 0).
  { intros i Hi; destruct H.
    rewrite <- (printed_label_coefficient N r e left_orthonormal y c labels i Hi).
    unfold definition_4_1.label_coefficient, inner_products.dot.
    rewrite (Sum_ext N _ (fun _ => 0)); [apply Sum_zero|]; intros n Hn; rewrite zero_labels by assumption; ring. }
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  pose proof (domain_of_s 0%nat size_r) as Hs.
  set (C := ∑ i < r, (∑ k < d, u k * w i k) ^ 2).
  assert (HC : 0 <= C) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (HV : 0 <= v ^ 2) by apply pow2_ge_0.
  assert (Top : forall i, (i < r)%nat -> s i ^ 2 <= s 0%nat ^ 2).
  { intros i Hi; apply pow_incr; pose proof (domain_of_s i Hi); pose proof (descending i Hi); lra. }
  assert (B : (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) <= s 0%nat ^ 2 * C).
  { unfold C; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi; apply Rmult_le_compat_r; [apply pow2_ge_0|auto]. }
  assert (A : sqrt (∑ i < r, s i ^ 2 * (s i * v * (∑ k < d, u k * w i k) - c i) ^ 2) <= s 0%nat ^ 2 * (v ^ 2 + C) / 2).
  { rewrite <- (sqrt_pow2 (s 0%nat ^ 2 * (v ^ 2 + C) / 2)) by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|lra]).
    apply sqrt_le_1_alt; apply Rle_trans with (s 0%nat ^ 2 * s 0%nat ^ 2 * v ^ 2 * C).
    - unfold C; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi; rewrite (Z i Hi), Rminus_0_r.
      replace (s i ^ 2 * (s i * v * (∑ k < d, u k * w i k)) ^ 2) with (s i ^ 2 * s i ^ 2 * v ^ 2 * (∑ k < d, u k * w i k) ^ 2) by ring.
      apply Rmult_le_compat_r; [apply pow2_ge_0|]; apply Rmult_le_compat_r; [assumption|].
      apply Rmult_le_compat; auto using pow2_ge_0.
    - replace ((s 0%nat ^ 2 * (v ^ 2 + C) / 2) ^ 2) with (s 0%nat ^ 2 * s 0%nat ^ 2 * ((v ^ 2 + C) ^ 2 / 4)) by field.
      rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply Rmult_le_pos; apply pow2_ge_0|].
      pose proof (pow2_ge_0 (v ^ 2 - C)); lra. }
  apply Rle_trans with (3 * (s 0%nat ^ 2 * (v ^ 2 + C)) / 2 / INR N * eta); [|apply Req_le; unfold Rdiv; ring].
  apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact U|].
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|]; lra.
Qed.
