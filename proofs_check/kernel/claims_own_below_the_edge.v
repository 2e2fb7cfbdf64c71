(** The claims of own-below-the-edge: without labels, at a sharpness of at most 2 / eta, no weight grows. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums sharpness.
From Kernel Require own_below_the_edge own_curvatures claims_own_curvatures own_shrinking_weights
  claims_own_shrinking_weights.
Local Open Scope R_scope.

Lemma no_curvature_passes M N d r S eta X e w c s u u' v v' y :
  own_below_the_edge.hypotheses M N d r S eta X e w c s u u' v v' y ->
  own_shrinking_weights.hypotheses M N d r X e w eta s u u' v v' y.
Proof.
  intros H.
  assert (K : own_curvatures.hypotheses M N d r S X e w c s u v y) by (destruct H; now split).
  pose proof (claims_own_curvatures.first_layer _ _ _ _ _ _ _ _ _ _ _ _ _ K) as F.
  pose proof (claims_own_curvatures.later_layers _ _ _ _ _ _ _ _ _ _ _ _ _ K) as L.
  destruct H; split; try assumption.
  - apply Rle_trans with (S * eta); [|exact below_the_edge].
    rewrite (Rmult_comm S); eapply Rle_trans; [|apply Rmult_le_compat_l; [lra|exact F]].
    apply Req_le; unfold Rdiv; ring.
  - intros j Hj; apply Rle_trans with (S * eta); [|exact below_the_edge].
    rewrite (Rmult_comm S); eapply Rle_trans; [|apply Rmult_le_compat_l; [lra|exact (L j Hj)]].
    apply Req_le; unfold Rdiv; ring.
Qed.

Theorem first_layer : own_below_the_edge.first_layer.
Proof.
  intros M N d r S eta X e w c s u u' v v' y H.
  apply (claims_own_shrinking_weights.first_layer _ _ _ _ _ _ _ _ _ _ _ _ _ _ (no_curvature_passes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.

Theorem later_layers : own_below_the_edge.later_layers.
Proof.
  intros M N d r S eta X e w c s u u' v v' y H.
  apply (claims_own_shrinking_weights.later_layers _ _ _ _ _ _ _ _ _ _ _ _ _ _ (no_curvature_passes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.

Theorem first_layer_rate_kept : own_below_the_edge.first_layer_rate_kept.
Proof.
  intros M N d r S eta X e w c s u u' v v' y H.
  apply (claims_own_shrinking_weights.first_layer_rate_kept _ _ _ _ _ _ _ _ _ _ _ _ _ _ (no_curvature_passes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.

Theorem later_layer_rates_kept : own_below_the_edge.later_layer_rates_kept.
Proof.
  intros M N d r S eta X e w c s u u' v v' y H.
  apply (claims_own_shrinking_weights.later_layer_rates_kept _ _ _ _ _ _ _ _ _ _ _ _ _ _ (no_curvature_passes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
Qed.
