(** The claims of cor-5.3: Theorem 4.3 at the end of the flow, with the imbalance of its start. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums flow_of_a_loss.
From Kernel Require cor_5_3 thm_4_3 claims_thm_4_3.
Local Open Scope R_scope.

Lemma at_the_limit N d r C S v v_0 X e w c s u u_0 y :
  cor_5_3.hypotheses N d r C S v v_0 X e w c s u u_0 y -> thm_4_3.hypotheses N d r C S v X e w c s u y.
Proof.
  intros [].
  assert (E : (∑ i < r, (∑ l < d, u l * w i l) ^ 2) - v ^ 2 = (∑ i < r, (∑ l < d, u_0 l * w i l) ^ 2) - v_0 ^ 2).
  { apply (flow_keeps_imbalance N d 1 r X s e w y u_0 (fun _ => v_0) u (fun _ => v)) with (k := 0%nat); auto with arith.
    now apply printed_flow_two_layers. }
  split; try assumption; now rewrite E.
Qed.

Theorem weight : cor_5_3.weight.
Proof. intros N d r C S v v_0 X e w c s u u_0 y H; exact (claims_thm_4_3.weight _ _ _ _ _ _ _ _ _ _ _ _ _ (at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem lower : cor_5_3.lower.
Proof. intros N d r C S v v_0 X e w c s u u_0 y H; exact (claims_thm_4_3.lower _ _ _ _ _ _ _ _ _ _ _ _ _ (at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem upper : cor_5_3.upper.
Proof. intros N d r C S v v_0 X e w c s u u_0 y H; exact (claims_thm_4_3.upper _ _ _ _ _ _ _ _ _ _ _ _ _ (at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.
