(** The claims of own-escape: from the escape region on, gradient descent doubles every weight and never comes back. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  gradient sharpness optimizers theorem_4_3 escape printed_setting.
From Kernel Require own_escape.
Local Open Scope R_scope.

Section Region.

Variables (N d r : nat) (S eta v v' : R) (X e w : nat -> nat -> R) (c s u u' y : nat -> R).
Hypothesis given : own_escape.hypotheses N d r S eta v v' X e w c s u u' y.

Let one : (0 < 1)%nat := Nat.lt_0_1.
Let first := ∑ k < d, u k * w 0%nat k.
Let first' := ∑ k < d, u' k * w 0%nat k.

Lemma facts : data_facts N d r X s e w y c.
Proof. destruct given; now apply printed_data. Qed.

Let D := facts_svd _ _ _ _ _ _ _ _ _ facts.

Lemma sizes : (0 < N)%nat /\ (0 < r)%nat /\ 0 < eta.
Proof. destruct given; auto. Qed.

Lemma top_is_first a : top_coefficient d w a = ∑ k < d, a k * w 0%nat k.
Proof. unfold top_coefficient; now rewrite printed_coefficient. Qed.

Lemma region : in_escape_region N d 1 s w y eta u (fun _ => v).
Proof.
  unfold in_escape_region, top_output; rewrite top_is_first; fold first; simpl Prod.
  rewrite (facts_norm _ _ _ _ _ _ _ _ _ facts); destruct given; fold first in output, first_outside, second_outside.
  replace (s 0%nat * first * (1 * v) * (s 0%nat * first * (1 * v))) with (s 0%nat ^ 2 * v ^ 2 * first ^ 2) by ring.
  split; [|split].
  - intros Z; assert (E : s 0%nat ^ 2 * v ^ 2 * first ^ 2 = (s 0%nat * first * (1 * v)) ^ 2) by ring.
    rewrite Z in E; lra.
  - replace (6 * (first * first)) with (6 * first ^ 2) by ring; unfold Rdiv in *; lra.
  - intros j _; replace (6 * (v * v)) with (6 * v ^ 2) by ring; unfold Rdiv in *; lra.
Qed.

(** The printed step is the step of this development. *)
Lemma same_first k : (k < d)%nat -> u' k = gd_u eta N d 1 X y u (fun _ => v) k.
Proof.
  intros Hk; destruct given; rewrite step_first by assumption; unfold gd_u, gradient_u, transposed_vector, residual, minimalist_model.output,
    matrix_vector, dot; simpl Prod; rewrite (Sum_ext N (fun n => ((∑ i < d, X n i * u i) * (1 * v) - y n) * X n k)
    (fun n => X n k * (v * (∑ l < d, X n l * u l) - y n))) by (intros; ring); unfold Rdiv; ring.
Qed.

Lemma same_second : v' = gd_v eta N d 1 X y u (fun _ => v) 0.
Proof.
  destruct given; rewrite step_second; unfold gd_v, gradient_v, Prod_except, dot at 1; simpl Prod.
  rewrite (Sum_ext d (fun i => transposed_vector N X (residual d 1 X y u (fun _ => v)) i * u i)
    (fun k => u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)))); [unfold Rdiv; ring|].
  intros k _; rewrite Rmult_comm; f_equal; apply Sum_ext; intros n _; unfold residual, minimalist_model.output, matrix_vector, dot;
    simpl Prod; ring.
Qed.

Lemma same_coefficient : top_coefficient d w (gd_u eta N d 1 X y u (fun _ => v)) = first'.
Proof.
  rewrite top_is_first; unfold first'; apply Sum_ext; intros k Hk; now rewrite same_first.
Qed.

Lemma doubled : 4 * first ^ 2 <= first' ^ 2 /\ 4 * v ^ 2 <= v' ^ 2.
Proof.
  destruct sizes as [HN [Hr He]].
  destruct (escape_doubles N d 1 r X s e w y eta HN Hr one D He u (fun _ => v) region) as [A B].
  rewrite same_coefficient, top_is_first in A; fold first in A; specialize (B 0%nat one); rewrite <- same_second in B.
  split; lra.
Qed.

Lemma next_region : in_escape_region N d 1 s w y eta (gd_u eta N d 1 X y u (fun _ => v)) (gd_v eta N d 1 X y u (fun _ => v)).
Proof.
  destruct sizes as [HN [Hr He]]; exact (escape_is_kept N d 1 r X s e w y eta HN Hr one D He u (fun _ => v) region).
Qed.

Lemma stays :
  6 * first' ^ 2 <= eta / INR N * (s 0%nat ^ 2 * v' ^ 2 * first' ^ 2 - ∑ i < r, c i ^ 2)
  /\ 6 * v' ^ 2 <= eta / INR N * (s 0%nat ^ 2 * v' ^ 2 * first' ^ 2 - ∑ i < r, c i ^ 2).
Proof.
  pose proof next_region as R; unfold in_escape_region, top_output in R; rewrite same_coefficient in R; simpl Prod in R.
  rewrite <- same_second, (facts_norm _ _ _ _ _ _ _ _ _ facts) in R; destruct R as [_ [A B]].
  specialize (B 0%nat one); rewrite <- same_second in B.
  replace (s 0%nat * first' * (1 * v') * (s 0%nat * first' * (1 * v'))) with (s 0%nat ^ 2 * v' ^ 2 * first' ^ 2) in A, B by ring.
  split; [eapply Rle_trans; [|exact A]|eapply Rle_trans; [|exact B]]; apply Req_le; ring.
Qed.

End Region.

Theorem doubles_first : own_escape.doubles_first.
Proof. intros N d r S eta v v' X e w c s u u' y H; exact (proj1 (doubled _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem doubles_second : own_escape.doubles_second.
Proof. intros N d r S eta v v' X e w c s u u' y H; exact (proj2 (doubled _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)). Qed.

Theorem output_grows : own_escape.output_grows.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; destruct (doubled _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [A B].
  set (a := ∑ k < d, u k * w 0%nat k) in *; set (a' := ∑ k < d, u' k * w 0%nat k) in *.
  replace (16 * s 0%nat ^ 2 * v ^ 2 * a ^ 2) with (s 0%nat ^ 2 * ((4 * v ^ 2) * (4 * a ^ 2))) by ring.
  replace (s 0%nat ^ 2 * v' ^ 2 * a' ^ 2) with (s 0%nat ^ 2 * (v' ^ 2 * a' ^ 2)) by ring.
  apply Rmult_le_compat_l; [apply pow2_ge_0|].
  pose proof (pow2_ge_0 v); pose proof (pow2_ge_0 a); apply Rmult_le_compat; lra.
Qed.

Theorem first_stays_outside : own_escape.first_stays_outside.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; pose proof (proj1 (stays _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
  unfold Rdiv in *; lra.
Qed.

Theorem second_stays_outside : own_escape.second_stays_outside.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; pose proof (proj2 (stays _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
  unfold Rdiv in *; lra.
Qed.

Theorem loss : own_escape.loss.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; destruct (sizes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [Hr He]].
  pose proof (facts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as F.
  pose proof (escape_loss_floor N d 1 r X s e w y HN Hr (facts_svd _ _ _ _ _ _ _ _ _ F) u (fun _ => v)) as L.
  assert (P : 0 < INR N) by now apply lt_0_INR.
  unfold top_output in L; rewrite top_is_first, (facts_norm _ _ _ _ _ _ _ _ _ F) in L; simpl Prod in L.
  set (a := ∑ k < d, u k * w 0%nat k) in *.
  eapply Rle_trans; [|eapply Rle_trans; [exact L|]]; apply Req_le; [field; lra|].
  unfold minimalist_model.loss, scaled_loss.
  replace (norm_sq N (residual d 1 X y u (fun _ => v))) with (∑ n < N, (v * (∑ k < d, X n k * u k) - y n) ^ 2); [field; lra|].
  apply Sum_ext; intros n _; unfold residual, minimalist_model.output, matrix_vector, dot; simpl Prod; ring.
Qed.

Theorem sharpness : own_escape.sharpness.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; destruct (sizes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [Hr He]].
  pose proof (facts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as F.
  assert (HS : is_sharpness (minimalist_model.loss N d 1 X y) d 1 u (fun _ => v) S)
    by (destruct H; now apply printed_sharpness_two_layers).
  pose proof (escape_sharpness_floor N d 1 r X s e w y HN Hr (facts_svd _ _ _ _ _ _ _ _ _ F) u (fun _ => v) S HS) as L.
  simpl Prod in L; eapply Rle_trans; [apply Req_le|exact L]; unfold Rdiv; ring.
Qed.

Theorem above_the_edge : own_escape.above_the_edge.
Proof.
  intros N d r S eta v v' X e w c s u u' y H; destruct (sizes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [Hr He]].
  pose proof (facts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as F.
  assert (HS : is_sharpness (minimalist_model.loss N d 1 X y) d 1 u (fun _ => v) S)
    by (destruct H; now apply printed_sharpness_two_layers).
  exact (escape_sharpness N d 1 r X s e w y eta HN Hr (facts_svd _ _ _ _ _ _ _ _ _ F) He u (fun _ => v) S
    (region _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) HS).
Qed.
