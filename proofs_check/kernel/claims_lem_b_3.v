(** The claims of lem-b.3: both bounds on the sharpness at any weights of two layers. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  minimalist_model sharpness theorem_4_3 lemma_b_3 printed_setting two_layer_coordinates.
From Kernel Require lem_b_3.
Local Open Scope R_scope.

Section Any_weights.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u : nat -> R) (v S : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis rank : (0 < r)%nat.
Hypothesis facts : data_facts N d r X s e w y c.
Hypothesis sharpness_here : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S.

Let first := ∑ k < d, u k * w 0%nat k.

Lemma printed_lower : 0 < v ^ 2 + first ^ 2 ->
  (2 * s 0%nat * v * (s 0%nat * v * first - c 0%nat) * first / (v ^ 2 + first ^ 2)
   + s 0%nat ^ 2 * (v ^ 2 + first ^ 2)) / INR N <= S.
Proof.
  intros H; pose proof (facts_svd _ _ _ _ _ _ _ _ _ facts) as D.
  pose proof (lemma_b_3_lower N d r X s e w y u _ S samples rank D sharpness_here) as L; simpl in L.
  rewrite <- printed_coefficient in L; fold first in L.
  rewrite (residual_coefficient N d r X s e w y c u v facts 0 rank) in L; fold first in L.
  eapply Rle_trans; [apply Req_le|apply L; replace (v * v + first * first) with (v ^ 2 + first ^ 2) by ring; exact H].
  assert (0 < INR N) by now apply lt_0_INR.
  field; split; [|lra]; replace (v * v + first * first) with (v ^ 2 + first ^ 2) by ring; lra.
Qed.

Lemma printed_upper :
  S <= (sqrt (∑ i < r, s i ^ 2 * (s i * v * (∑ k < d, u k * w i k) - c i) ^ 2) + s 0%nat ^ 2 * v ^ 2
        + ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N.
Proof.
  pose proof (facts_svd _ _ _ _ _ _ _ _ _ facts) as D.
  pose proof (lemma_b_3_upper N d r X s e w y u _ S samples D sharpness_here) as U.
  unfold norm in U; rewrite (squared_gradient N d r X s e w y c u v facts) in U.
  rewrite (squared_output N d r X s e w y c u facts) in U.
  eapply Rle_trans; [exact U|apply Req_le; unfold Rdiv; ring].
Qed.

End Any_weights.

Theorem lower : lem_b_3.lower.
Proof.
  intros N d r S v X e w c s u y []; apply (printed_lower N d r X s e w y c u v S); try assumption.
  - now apply printed_data.
  - now apply printed_sharpness_two_layers.
Qed.

Theorem upper : lem_b_3.upper.
Proof.
  intros N d r S v X e w c s u y []; apply (printed_upper N d r X s e w y c u v S); try assumption.
  - now apply printed_data.
  - now apply printed_sharpness_two_layers.
Qed.
