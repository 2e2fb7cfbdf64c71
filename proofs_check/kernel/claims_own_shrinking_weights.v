(** The claims of own-shrinking-weights: without labels, where no curvature passes 2 / eta, no weight grows. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent
  descent_any_depth.
From Kernel Require own_shrinking_weights.
Local Open Scope R_scope.

(** A factor between -1 and 1 shrinks. *)
Lemma shrunk q a : 0 <= q <= 2 -> ((1 - q) * a) ^ 2 <= a ^ 2.
Proof.
  intros H; replace (((1 - q) * a) ^ 2) with ((1 - q) ^ 2 * a ^ 2) by ring.
  rewrite <- (Rmult_1_l (a ^ 2)) at 2; apply Rmult_le_compat_r; [apply pow2_ge_0|nra].
Qed.

Lemma squared_product_shrinks M v v' :
  (forall j, (j < M)%nat -> v' j ^ 2 <= v j ^ 2) -> Prod M v' ^ 2 <= Prod M v ^ 2.
Proof.
  induction M as [|M IH]; intros H; simpl Prod; [lra|].
  rewrite !Rpow_mult_distr; apply Rmult_le_compat; try apply pow2_ge_0; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Section Step.

Variables (N d r M : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u u' v v' : nat -> R) (eta : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis step_size : 0 < eta.
Hypothesis positive : forall i, (i < r)%nat -> 0 < s i.
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis left : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i.
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis largest : forall i, (i < r)%nat -> s i <= s 0%nat.
Hypothesis step_first : forall k, (k < d)%nat -> u' k = u k - eta *
  (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR N.
Hypothesis step_later : forall j, (j < M)%nat -> v' j = v j - eta *
  (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) * (∑ k < d, X n k * u k))
  * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N.
Hypothesis no_labels : forall n, (n < N)%nat -> y n = 0.
Hypothesis first_rate : eta * s 0%nat ^ 2 * Prod M (fun j => v j) ^ 2 / INR N <= 2.
Hypothesis later_rates : forall j, (j < M)%nat -> eta * Prod M (fun g => delta g j + v g * (1 - delta g j)) ^ 2 *
    (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N <= 2.

Let sample_count : 0 < INR N := lt_0_INR N samples.

Lemma output_coefficient i : (i < r)%nat ->
  dot N (e i) (deep_residual d M X y u v) = Prod M v * (s i * (∑ k < d, u k * w i k)).
Proof.
  intros Hi; rewrite (dot_ext N (e i) (deep_residual d M X y u v) (e i)
    (fun n => Prod M v * ∑ l < r, ((s l * dot d (w l) u) * e l n))).
  - assert (O : orthonormal N r e) by (intros p q Hp Hq; now apply left).
    rewrite dot_scal_r, (orthonormal_coefficient N r e (fun l => s l * dot d (w l) u) i O Hi), printed_coefficient; ring.
  - reflexivity.
  - intros n Hn; unfold deep_residual; rewrite no_labels by assumption.
    replace (∑ k < d, X n k * u k) with (∑ l < r, ((s l * dot d (w l) u) * e l n)); [ring|].
    rewrite (Sum_ext d _ (fun k => ∑ l < r, e l n * s l * (w l k * u k)))
      by (intros k Hk; rewrite product by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
    rewrite Sum_swap; apply Sum_ext; intros l _; rewrite Sum_scal_l; unfold dot; ring.
Qed.

Lemma coordinate_after i : (i < r)%nat ->
  (∑ k < d, u' k * w i k) = (1 - eta * s i ^ 2 * Prod M v ^ 2 / INR N) * (∑ k < d, u k * w i k).
Proof.
  intros Hi; rewrite (printed_coefficient d u').
  rewrite (dot_ext d (w i) u' (w i) (fun k => u k - eta / INR N * Prod M v * deep_gradient N d M X y u v k))
    by (auto; intros; now apply (first_layer_step N d M X y u u' v eta)).
  rewrite dot_minus_r, dot_scal_r; unfold deep_gradient.
  rewrite (gradient_coefficient N d r X s e w product right (deep_residual d M X y u v) i Hi).
  rewrite output_coefficient, printed_coefficient by assumption; unfold Rdiv; ring.
Qed.

Lemma rate_nonneg a : 0 <= eta * a ^ 2 * Prod M v ^ 2 / INR N.
Proof.
  apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat].
  apply Rmult_le_pos; [apply Rmult_le_pos; [lra|]|]; apply pow2_ge_0.
Qed.

Lemma first_layer_shrinks i : (i < r)%nat -> (∑ k < d, u' k * w i k) ^ 2 <= (∑ k < d, u k * w i k) ^ 2.
Proof.
  intros Hi; rewrite coordinate_after by assumption; apply shrunk; split; [apply rate_nonneg|].
  eapply Rle_trans; [|exact first_rate]; rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|]; apply Rmult_le_compat_r; [apply pow2_ge_0|].
  apply Rmult_le_compat_l; [lra|]; apply pow_incr; pose proof (positive i Hi); pose proof (largest i Hi); lra.
Qed.

Lemma squared_output : (∑ n < N, deep_residual d M X y u v n * (∑ k < d, X n k * u k))
  = Prod M v * ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2.
Proof.
  rewrite <- (product_in_samples N d X (deep_residual d M X y u v) u).
  rewrite <- (gradient_product N d r X s e w product right (deep_residual d M X y u v) u); unfold dot at 1.
  rewrite <- Sum_scal_l; apply Sum_ext; intros i Hi.
  rewrite (gradient_coefficient N d r X s e w product right (deep_residual d M X y u v) i Hi).
  rewrite output_coefficient, printed_coefficient by assumption; ring.
Qed.

Lemma later_layer_after j : (j < M)%nat ->
  v' j = (1 - eta * Prod_except M j v ^ 2 * (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) / INR N) * v j.
Proof.
  intros Hj; rewrite (later_layer_step N d M X y u v v' eta step_later j Hj).
  unfold deep_gradient; rewrite (product_in_samples N d X (deep_residual d M X y u v) u), squared_output.
  rewrite <- (Prod_except_mult M j v Hj); unfold Rdiv; ring.
Qed.

Lemma later_layers_shrink j : (j < M)%nat -> v' j ^ 2 <= v j ^ 2.
Proof.
  intros Hj; rewrite later_layer_after by assumption; apply shrunk; split.
  - apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat].
    apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|].
    apply Sum_nonneg; intros; apply Rmult_le_pos; apply pow2_ge_0.
  - pose proof (later_rates j Hj) as L; rewrite printed_others in L; exact L.
Qed.

Lemma first_rate_kept : eta * s 0%nat ^ 2 * Prod M (fun j => v' j) ^ 2 / INR N <= 2.
Proof.
  eapply Rle_trans; [|exact first_rate]; rewrite (Prod_ext M (fun j => v j) v), (Prod_ext M (fun j => v' j) v') by reflexivity.
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|]; apply Rmult_le_compat_l.
  - apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - apply squared_product_shrinks; exact later_layers_shrink.
Qed.

Lemma later_rates_kept j : (j < M)%nat -> eta * Prod M (fun g => delta g j + v' g * (1 - delta g j)) ^ 2 *
    (∑ i < r, s i ^ 2 * (∑ k < d, u' k * w i k) ^ 2) / INR N <= 2.
Proof.
  intros Hj; eapply Rle_trans; [|exact (later_rates j Hj)].
  apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|]; rewrite !printed_others.
  apply Rmult_le_compat.
  - apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - apply Sum_nonneg; intros; apply Rmult_le_pos; apply pow2_ge_0.
  - apply Rmult_le_compat_l; [lra|]; unfold Prod_except; apply squared_product_shrinks; intros g Hg.
    destruct (Nat.eqb g j); [lra|now apply later_layers_shrink].
  - apply Sum_le; intros i Hi; apply Rmult_le_compat_l; [apply pow2_ge_0|now apply first_layer_shrinks].
Qed.

End Step.

Theorem first_layer : own_shrinking_weights.first_layer.
Proof.
  intros M N d r X e w eta s u u' v v' y [] i Hi.
  now apply (first_layer_shrinks N d r M X s e w y u u' v eta).
Qed.

Theorem later_layers : own_shrinking_weights.later_layers.
Proof.
  intros M N d r X e w eta s u u' v v' y [] j Hj.
  now apply (later_layers_shrink N d r M X s e w y u v v' eta).
Qed.

Theorem first_layer_rate_kept : own_shrinking_weights.first_layer_rate_kept.
Proof.
  intros M N d r X e w eta s u u' v v' y [].
  now apply (first_rate_kept N d r M X s e w y u v v' eta).
Qed.

Theorem later_layer_rates_kept : own_shrinking_weights.later_layer_rates_kept.
Proof.
  intros M N d r X e w eta s u u' v v' y [] j Hj.
  now apply (later_rates_kept N d r M X s e w y u u' v v' eta).
Qed.
