(** The claims of own-blow-up: the squared radius of the top mode where nothing else is. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products printed_setting language_of_statements mode_dynamics.
From Kernel Require own_blow_up.
Local Open Scope R_scope.

Section Top_mode.

Variables (N d r : nat) (X e w : nat -> nat -> R) (c_1 d_1 eta v v' x_t y_t : R) (c s u u' y : nat -> R).
Hypothesis given : own_blow_up.hypotheses N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y.

Lemma coordinates i : (i < r)%nat -> (∑ k < d, u k * w i k) = c_1 * delta i 0.
Proof.
  intros Hi; destruct given.
  rewrite (Sum_ext d _ (fun k => c_1 * (w 0%nat k * w i k))) by (intros; rewrite weights_in_top_mode by assumption; ring).
  rewrite Sum_scal_l, (right_orthonormal i 0%nat) by assumption; now rewrite delta_sym.
Qed.

Let z := s 0%nat * v * c_1 - d_1.

Lemma mode_after i : (i < r)%nat -> (∑ k < d, u' k * w i k) = (c_1 - eta * v / INR N * (s 0%nat * z)) * delta i 0.
Proof.
  intros Hi; pose proof (coordinates i Hi) as E; destruct given.
  rewrite (mode_step N d r X s e w y c u u' v eta), E, label_in_top_mode by assumption.
  unfold z; destruct i as [|i]; unfold delta; simpl; ring.
Qed.

Lemma second_after : v' = v - eta / INR N * (s 0%nat * z * c_1).
Proof.
  pose proof coordinates as E; destruct given.
  rewrite (second_layer_step N d r X s e w y c u v v' eta) by assumption; f_equal; f_equal.
  rewrite (Sum_ext r _ (fun i => delta 0 i * (s i * z * c_1))).
  - now rewrite (Sum_delta_l r (fun i => s i * z * c_1) 0 size_r).
  - intros i Hi; rewrite E, label_in_top_mode, (delta_sym 0 i) by assumption; unfold z.
    destruct i as [|i]; unfold delta; simpl; ring.
Qed.

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

End Top_mode.

Theorem stays_in_top_mode : own_blow_up.stays_in_top_mode.
Proof.
  intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y H i Hi.
  rewrite (mode_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi).
  rewrite (mode_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H 0%nat) by now destruct H.
  rewrite (delta_same 0); ring.
Qed.

Theorem scaled_first : own_blow_up.scaled_first.
Proof.
  intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (mode_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H 0%nat) by now destruct H.
  rewrite (delta_same 0); field; lra.
Qed.

Theorem scaled_second : own_blow_up.scaled_second.
Proof.
  intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (second_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); field; lra.
Qed.

Theorem increment : own_blow_up.increment.
Proof.
  intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (second_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite (mode_after _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H 0%nat) by now destruct H.
  rewrite (delta_same 0); field; lra.
Qed.

Theorem side_kept : own_blow_up.side_kept.
Proof. intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y _; ring. Qed.

Theorem away_from_four : own_blow_up.away_from_four.
Proof.
  intros N d r X e w c_1 d_1 eta v v' x_t y_t c s u u' y _.
  replace ((x_t ^ 2 + y_t ^ 2 - 4) * ((x_t - x_t * y_t ^ 2) ^ 2 + (y_t - y_t * x_t ^ 2) ^ 2 - x_t ^ 2 - y_t ^ 2))
    with (((x_t ^ 2 + y_t ^ 2 - 4) * x_t * y_t) ^ 2) by ring; apply pow2_ge_0.
Qed.
