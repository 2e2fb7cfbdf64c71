(** The claim of lem-5.2-balanced: balanced layers stay balanced. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums flow_of_a_loss.
From Kernel Require lem_5_2_balanced.
Local Open Scope R_scope.

Theorem stays_balanced : lem_5_2_balanced.stays_balanced.
Proof.
  intros M N d r X e w c s u_0 u_t v_0 v_t y [] j Hj; specialize (balanced j Hj).
  assert (E : (∑ i < r, (∑ l < d, u_t l * w i l) ^ 2) - v_t j ^ 2 = (∑ i < r, (∑ l < d, u_0 l * w i l) ^ 2) - v_0 j ^ 2).
  { apply (flow_keeps_imbalance N d M r X s e w y u_0 v_0 u_t v_t); try assumption; now apply printed_flow_deep. }
  lra.
Qed.
