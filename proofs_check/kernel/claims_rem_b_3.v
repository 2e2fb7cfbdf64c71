(** The claims of rem-b.3: Lemma B.3 where its quotient has no value. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model sharpness
  lemma_b_3 printed_setting claims_lem_b_3.
From Kernel Require rem_b_3.
Local Open Scope R_scope.

Theorem lower : rem_b_3.lower.
Proof.
  intros N d r S v X e w c s u y H.
  apply (sharpness_nonneg N d X y u (fun _ => v) S); destruct H; try assumption.
  now apply printed_sharpness_two_layers.
Qed.

Theorem upper : rem_b_3.upper.
Proof.
  intros N d r S v X e w c s u y H.
  assert (U : S <= (sqrt (∑ i < r, s i ^ 2 * (s i * v * (∑ k < d, u k * w i k) - c i) ^ 2) + s 0%nat ^ 2 * v ^ 2
        + ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N).
  { destruct H; apply (printed_upper N d r X s e w y c u v S); try assumption;
      [now apply printed_data|now apply printed_sharpness_two_layers]. }
  destruct H; eapply Rle_trans; [exact U|apply Req_le; unfold Rdiv; f_equal].
  rewrite second_layer_zero; replace (s 0%nat ^ 2 * 0 ^ 2) with 0 by ring; rewrite Rplus_0_r; f_equal.
  - f_equal; apply Sum_ext; intros; ring.
  - apply Sum_ext; intros [|i] _; [rewrite first_mode_zero|unfold delta; simpl]; ring.
Qed.
