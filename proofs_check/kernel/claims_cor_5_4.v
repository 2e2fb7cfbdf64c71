(** The claims of cor-5.4: Theorem 4.6 at the end of the flow from balanced layers. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums flow_of_a_loss.
From Kernel Require cor_5_4 thm_4_6 claims_thm_4_6.
Local Open Scope R_scope.

Theorem balanced_at_the_limit : cor_5_4.balanced_at_the_limit.
Proof.
  intros M N d r D S X e w c s u u_0 v v_0 y [] j Hj; specialize (balanced j Hj).
  assert (E : (∑ i < r, (∑ l < d, u l * w i l) ^ 2) - v j ^ 2 = (∑ i < r, (∑ l < d, u_0 l * w i l) ^ 2) - v_0 j ^ 2).
  { apply (flow_keeps_imbalance N d M r X s e w y u_0 v_0 u v); try assumption; now apply printed_flow_deep. }
  lra.
Qed.

Lemma at_the_limit M N d r D S X e w c s u u_0 v v_0 y :
  cor_5_4.hypotheses M N d r D S X e w c s u u_0 v v_0 y -> thm_4_6.hypotheses M N d r D S X e w c s u v y.
Proof.
  intros H; pose proof (balanced_at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as B; destruct H; now split.
Qed.

Theorem lower : cor_5_4.lower.
Proof. intros M N d r D S X e w c s u u_0 v v_0 y H; exact (claims_thm_4_6.lower _ _ _ _ _ _ _ _ _ _ _ _ _ _ (at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem upper : cor_5_4.upper.
Proof. intros M N d r D S X e w c s u u_0 v v_0 y H; exact (claims_thm_4_6.upper _ _ _ _ _ _ _ _ _ _ _ _ _ _ (at_the_limit _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.
