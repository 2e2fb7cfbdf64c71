(** The claim of own-radius-sharpness: where the residual of the top mode pulls inwards, its term in the lower bound of
    Lemma B.3 can be left out. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums printed_setting claims_lem_b_3.
From Kernel Require own_radius_sharpness.
Local Open Scope R_scope.

Theorem lower : own_radius_sharpness.lower.
Proof.
  intros N d r S eta v X e w c s u y H.
  assert (L : let first := ∑ k < d, u k * w 0%nat k in
    (2 * s 0%nat * v * (s 0%nat * v * first - c 0%nat) * first / (v ^ 2 + first ^ 2)
     + s 0%nat ^ 2 * (v ^ 2 + first ^ 2)) / INR N <= S).
  { destruct H; apply (printed_lower N d r X s e w y c u v S); try assumption;
      [now apply printed_data|now apply printed_sharpness_two_layers]. }
  destruct H; simpl in L; set (first := ∑ k < d, u k * w 0%nat k) in *; pose proof (domain_of_s 0%nat size_r) as Hs.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (P : 0 <= 2 * s 0%nat * v * (s 0%nat * v * first - c 0%nat) * first / (v ^ 2 + first ^ 2)).
  { apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat].
    replace (2 * s 0%nat * v * (s 0%nat * v * first - c 0%nat) * first)
      with (2 * s 0%nat * (v * (s 0%nat * v * first - c 0%nat) * first)) by ring.
    apply Rmult_le_pos; [lra|exact pull]. }
  apply Rle_trans with (eta * (s 0%nat ^ 2 * (v ^ 2 + first ^ 2) / INR N)); [apply Req_le; unfold Rdiv; ring|].
  rewrite (Rmult_comm S); apply Rmult_le_compat_l; [lra|].
  eapply Rle_trans; [|exact L]; apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|].
  simpl in *; lra.
Qed.
