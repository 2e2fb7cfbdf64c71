(** The claims of thm-4.3, from Theorem 4.3. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 definition_4_2
  minimalist_model sharpness equation_16 theorem_4_3 printed_setting.
From Kernel Require thm_4_3.
Local Open Scope R_scope.

(** The square of the second layer and the bounds, with the closed forms of [V] and [1 / V] as the ledger prints them. *)
Lemma printed_theorem N d r C S v X e w c s u y :
  thm_4_3.hypotheses N d r C S v X e w c s u y ->
  let Q := ∑ i < r, c i ^ 2 / s i ^ 2 in
  let V := sqrt (C ^ 2 + 4 * Q) / 2 - C / 2 in
  let U := (C / 2 + sqrt (C ^ 2 + 4 * Q) / 2) / Q in
  v ^ 2 = V /\ (c 0%nat ^ 2 * U + s 0%nat ^ 2 * V) / INR N <= S
  /\ S <= (s 0%nat ^ 2 * V + U * ∑ i < r, c i ^ 2) / INR N.
Proof.
  intros H Q V U.
  destruct (printed_data N d r X s e w y c) as [D Y ED EN EQ EP]; try (destruct H; assumption).
  pose proof (EP (thm_4_3.nonzero_labels _ _ _ _ _ _ _ _ _ _ _ _ _ H)) as P.
  assert (M : is_global_minimizer (loss N d 1 X y) u (fun _ => v)).
  { destruct H; apply fitting_labels_minimizes; [assumption|]; now apply printed_fits_two_layers. }
  assert (HS : is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S)
    by (destruct H; now apply printed_sharpness_two_layers).
  assert (EC : imbalance d r w u (fun _ => v) 0 = C) by (destruct H; rewrite printed_imbalance; auto).
  destruct H.
  destruct (theorem_4_3 N d r X s e w y u _ S size_r D Y P M HS) as [E B].
  rewrite EQ, EC in E, B.
  fold Q in E, B, nonzero_labels.
  rewrite ED, EN in B by assumption.
  assert (EV : minimizer_V C Q = V).
  { unfold minimizer_V, V; replace (C * C) with (C ^ 2) by ring; field. }
  assert (EU : U = / minimizer_V C Q).
  { rewrite minimizer_V_reciprocal by assumption; unfold U; replace (C * C) with (C ^ 2) by ring; field; lra. }
  rewrite EU, <- EV; unfold sharpness_bound in B.
  split; [rewrite <- E; simpl; ring|].
  replace (c 0%nat ^ 2 * / minimizer_V C Q + s 0%nat ^ 2 * minimizer_V C Q)
    with (s 0%nat * s 0%nat * minimizer_V C Q + c 0%nat * c 0%nat / minimizer_V C Q) by (unfold Rdiv; ring).
  replace (s 0%nat ^ 2 * minimizer_V C Q + / minimizer_V C Q * ∑ i < r, c i ^ 2)
    with (s 0%nat * s 0%nat * minimizer_V C Q + (∑ i < r, c i ^ 2) / minimizer_V C Q) by (unfold Rdiv; ring).
  exact B.
Qed.

Theorem weight : thm_4_3.weight.
Proof. intros N d r C S v X e w c s u y H; destruct (printed_theorem _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [E _]; exact E. Qed.

Theorem lower : thm_4_3.lower.
Proof.
  intros N d r C S v X e w c s u y H; destruct (printed_theorem _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [_ [E _]].
  eapply Rle_trans; [apply Req_le|exact E]; unfold Rdiv; ring.
Qed.

Theorem upper : thm_4_3.upper.
Proof.
  intros N d r C S v X e w c s u y H; destruct (printed_theorem _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [_ [_ E]].
  eapply Rle_trans; [exact E|apply Req_le]; unfold Rdiv; ring.
Qed.
