(** The claims of own-spikes-must-come: a run that needs imbalance cannot fall quietly. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums.
From Kernel Require own_spikes_must_come own_imbalance_budget claims_own_imbalance_budget.
Local Open Scope R_scope.

Theorem gain_at_most : own_spikes_must_come.gain_at_most.
Proof.
  intros N T d r C_0 C_T C_b L_0 L_T eta gamma X e u u' w s v v' y H.
  assert (B : own_imbalance_budget.hypotheses N T d r C_0 C_T C_b eta X e u u' w s v v' y) by (destruct H; now split).
  pose proof (claims_own_imbalance_budget.path _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ B) as P; destruct H.
  rewrite Sum_swap in P; rewrite <- losses_consecutive, <- Sum_scal_l.
  apply Rle_trans with (gamma * (C_T - C_0)); [apply Rmult_le_compat_l; lra|].
  rewrite P, <- Sum_minus, <- Sum_scal_l; apply Sum_le; intros a Ha.
  eapply Rle_trans; [|exact (falls_quietly a Ha)]; apply Rmult_le_compat_l; [lra|].
  pose proof (pow2_ge_0 (v' a - v a)); lra.
Qed.

Theorem all_losses : own_spikes_must_come.all_losses.
Proof.
  intros N T d r C_0 C_T C_b L_0 L_T eta gamma X e u u' w s v v' y H.
  pose proof (gain_at_most _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as G; destruct H.
  assert (0 <= eta * L_T) by (apply Rmult_le_pos; lra); lra.
Qed.
