(** The claims of own-wide-one-neuron: what a wide first layer and its images add up to, expanded in a step [t]. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums language_of_statements coefficients.
From Kernel Require own_wide_one_neuron.
Local Open Scope R_scope.

Section Pair.

Variables (H r : nat) (A : nat -> nat -> R) (a c g : nat -> R) (kappa v : R).
Hypothesis first : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ b < H, A b j * A b i) - c j * c i = kappa * delta j i.
Hypothesis across : forall i, (i < r)%nat -> (∑ b < H, A b i * a b) - c i * v = 0.
Hypothesis second : (∑ b < H, a b ^ 2) - v ^ 2 = - kappa.

Let image b := ∑ j < r, A b j * g j.
Let slope := ∑ j < r, c j * g j.

Lemma image_across : (∑ b < H, a b * image b) = v * slope.
Proof.
  rewrite (Sum_ext H _ (fun b => ∑ j < r, a b * (A b j * g j))) by (intros; unfold image; now rewrite Sum_scal_l).
  rewrite Sum_swap; unfold slope; rewrite <- Sum_scal_l; apply Sum_ext; intros j Hj.
  rewrite (Sum_ext H _ (fun b => g j * (A b j * a b))) by (intros; ring).
  rewrite Sum_scal_l; specialize (across j Hj); replace (∑ b < H, A b j * a b) with (c j * v) by lra; ring.
Qed.

Lemma image_first i : (i < r)%nat -> (∑ b < H, A b i * image b) = c i * slope + kappa * g i.
Proof.
  intros Hi.
  rewrite (Sum_ext H _ (fun b => ∑ j < r, A b i * (A b j * g j))) by (intros; unfold image; now rewrite Sum_scal_l).
  rewrite Sum_swap.
  rewrite (Sum_ext r _ (fun j => c i * (c j * g j) + kappa * (delta j i * g j))).
  - rewrite Sum_plus, !Sum_scal_l, (Sum_delta_r r g i Hi); reflexivity.
  - intros j Hj; rewrite (Sum_ext H _ (fun b => g j * (A b j * A b i))) by (intros; ring).
    rewrite Sum_scal_l; specialize (first i j Hi Hj).
    replace (∑ b < H, A b j * A b i) with (c j * c i + kappa * delta j i) by lra; ring.
Qed.

Lemma image_image : (∑ b < H, image b ^ 2) = slope ^ 2 + kappa * (∑ i < r, g i ^ 2).
Proof.
  rewrite (Sum_ext H _ (fun b => ∑ j < r, g j * (A b j * image b))).
  - rewrite Sum_swap, (Sum_ext r _ (fun j => slope * (c j * g j) + kappa * g j ^ 2)).
    + rewrite Sum_plus, !Sum_scal_l; unfold slope; ring.
    + intros j Hj; rewrite Sum_scal_l, (image_first j Hj); ring.
  - intros b _; replace (image b ^ 2) with (image b * image b) by ring.
    rewrite (Sum_ext r _ (fun j => A b j * g j * image b)) by (intros; ring).
    rewrite Sum_scal_r; reflexivity.
Qed.

Lemma first_after t i j : (i < r)%nat -> (j < r)%nat ->
  (∑ b < H, (A b j - t * a b * g j) * (A b i - t * a b * g i)) - (c j - t * g j * v) * (c i - t * g i * v)
  = kappa * delta j i - t ^ 2 * (kappa * g j * g i).
Proof.
  intros Hi Hj.
  rewrite (Sum_ext H _ (fun b => A b j * A b i + (- (t * g i)) * (A b j * a b) + (- (t * g j)) * (A b i * a b)
    + (t ^ 2 * g j * g i) * a b ^ 2)) by (intros; ring).
  rewrite !Sum_plus, !Sum_scal_l.
  pose proof (first i j Hi Hj); pose proof (across i Hi); pose proof (across j Hj).
  replace (∑ b < H, A b j * A b i) with (c j * c i + kappa * delta j i) by lra.
  replace (∑ b < H, A b j * a b) with (c j * v) by lra.
  replace (∑ b < H, A b i * a b) with (c i * v) by lra.
  replace (∑ b < H, a b ^ 2) with (v ^ 2 - kappa) by lra; ring.
Qed.

Lemma across_after t i : (i < r)%nat ->
  (∑ b < H, (A b i - t * a b * g i) * (a b - t * image b)) - (c i - t * g i * v) * (v - t * slope) = 0.
Proof.
  intros Hi.
  rewrite (Sum_ext H _ (fun b => A b i * a b + (- t) * (A b i * image b) + (- (t * g i)) * a b ^ 2
    + (t ^ 2 * g i) * (a b * image b))) by (intros; ring).
  rewrite !Sum_plus, !Sum_scal_l, image_across, (image_first i Hi); pose proof (across i Hi).
  replace (∑ b < H, A b i * a b) with (c i * v) by lra.
  replace (∑ b < H, a b ^ 2) with (v ^ 2 - kappa) by lra; ring.
Qed.

Lemma second_after t :
  (∑ b < H, (a b - t * image b) ^ 2) - (v - t * slope) ^ 2 = - kappa + t ^ 2 * (kappa * (∑ i < r, g i ^ 2)).
Proof.
  rewrite (Sum_ext H _ (fun b => a b ^ 2 + (- (2 * t)) * (a b * image b) + t ^ 2 * image b ^ 2)) by (intros; ring).
  rewrite !Sum_plus, !Sum_scal_l, image_across, image_image.
  replace (∑ b < H, a b ^ 2) with (v ^ 2 - kappa) by lra; ring.
Qed.

End Pair.

Theorem first_rate : own_wide_one_neuron.first_rate.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] i j Hi Hj.
  apply (coefficient_of_cubic _ (kappa * delta j i) 0 (- (kappa * g j * g i)) 0); intros t.
  rewrite (first_after H r A a c g kappa v first across second t i j Hi Hj); ring.
Qed.

Theorem across_rate : own_wide_one_neuron.across_rate.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] i Hi.
  apply (coefficient_of_cubic _ 0 0 0 0); intros t.
  rewrite (across_after H r A a c g kappa v first across second t i Hi); ring.
Qed.

Theorem second_rate : own_wide_one_neuron.second_rate.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [].
  apply (coefficient_of_cubic _ (- kappa) 0 (kappa * (∑ i < r, g i ^ 2)) 0); intros t.
  rewrite (second_after H r A a c g kappa v first across second t); ring.
Qed.

Theorem first_step : own_wide_one_neuron.first_step.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] i j Hi Hj.
  replace (kappa * delta j i - g j * g i * kappa * eta ^ 2) with (kappa * delta j i - eta ^ 2 * (kappa * g j * g i)) by ring.
  rewrite <- (first_after H r A a c g kappa v first across second eta i j Hi Hj).
  f_equal; apply Sum_ext; intros; ring.
Qed.

Theorem across_step : own_wide_one_neuron.across_step.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] i Hi.
  rewrite <- (across_after H r A a c g kappa v first across second eta i Hi).
  f_equal; apply Sum_ext; intros; ring.
Qed.

Theorem second_step : own_wide_one_neuron.second_step.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [].
  rewrite (second_after H r A a c g kappa v first across second eta); ring.
Qed.

Section Data.

Variables (H N d r : nat) (A W X e w : nat -> nat -> R) (a c s u : nat -> R) (kappa v : R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis hidden : forall b i, (b < H)%nat -> (i < r)%nat -> A b i = (∑ k < d, W b k * w i k).
Hypothesis neuron : forall i, (i < r)%nat -> c i = (∑ k < d, u k * w i k).
Hypothesis first : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ b < H, A b j * A b i) - c j * c i = kappa * delta j i.
Hypothesis across : forall i, (i < r)%nat -> (∑ b < H, A b i * a b) - c i * v = 0.
Hypothesis second : (∑ b < H, a b ^ 2) - v ^ 2 = - kappa.
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.

Let load n i := e i n * s i.

(** A vector over the features, against a sample, in the modes. *)
Lemma in_modes (x : nat -> R) n : (n < N)%nat -> (∑ k < d, x k * X n k) = ∑ i < r, load n i * (∑ k < d, x k * w i k).
Proof.
  intros Hn; rewrite (Sum_ext d _ (fun k => ∑ i < r, load n i * (x k * w i k))).
  - rewrite Sum_swap; apply Sum_ext; intros; now rewrite Sum_scal_l.
  - intros k Hk; rewrite (product k n Hk Hn), <- Sum_scal_l; apply Sum_ext; intros; unfold load; ring.
Qed.

Lemma row_in_modes b n : (b < H)%nat -> (n < N)%nat -> (∑ k < d, W b k * X n k) = ∑ i < r, A b i * load n i.
Proof.
  intros Hb Hn; rewrite (in_modes (W b) n Hn); apply Sum_ext; intros i Hi; rewrite (hidden b i Hb Hi); ring.
Qed.

Lemma output_in_modes n : (n < N)%nat -> (∑ k < d, X n k * u k) = ∑ i < r, c i * load n i.
Proof.
  intros Hn; rewrite (Sum_ext d _ (fun k => u k * X n k)) by (intros; ring).
  rewrite (in_modes u n Hn); apply Sum_ext; intros i Hi; rewrite (neuron i Hi); ring.
Qed.

Lemma samples_in_modes n m : (n < N)%nat -> (m < N)%nat -> (∑ k < d, X m k * X n k) = ∑ i < r, load m i * load n i.
Proof.
  intros Hn Hm; rewrite (in_modes (X m) n Hn); apply Sum_ext; intros i Hi.
  rewrite (Sum_ext d _ (fun k => w i k * X m k)) by (intros; ring).
  rewrite (in_modes (w i) m Hm), (Sum_ext r _ (fun j => delta i j * load m j)).
  - rewrite (Sum_delta_l r (load m) i Hi); ring.
  - intros j Hj; rewrite (right j i Hj Hi); ring.
Qed.

Lemma same_output n : (n < N)%nat -> (∑ b < H, a b * (∑ k < d, W b k * X n k)) = v * (∑ k < d, X n k * u k).
Proof.
  intros Hn; rewrite (output_in_modes n Hn).
  rewrite (Sum_ext H _ (fun b => a b * (∑ i < r, A b i * load n i))) by (intros b Hb; now rewrite (row_in_modes b n Hb Hn)).
  exact (image_across H r A a c (load n) v across).
Qed.

Lemma same_kernel n m : (n < N)%nat -> (m < N)%nat ->
  (∑ b < H, (∑ k < d, W b k * X m k) * (∑ k < d, W b k * X n k))
  = (∑ k < d, X m k * u k) * (∑ k < d, X n k * u k) + kappa * (∑ k < d, X m k * X n k).
Proof.
  intros Hn Hm; rewrite (output_in_modes n Hn), (output_in_modes m Hm), (samples_in_modes n m Hn Hm).
  rewrite (Sum_ext H _ (fun b => ∑ i < r, load m i * (A b i * (∑ j < r, A b j * load n j)))).
  - rewrite Sum_swap, (Sum_ext r _ (fun i => (∑ j < r, c j * load n j) * (c i * load m i) + kappa * (load m i * load n i))).
    + rewrite Sum_plus, !Sum_scal_l; ring.
    + intros i Hi; rewrite Sum_scal_l, (image_first H r A c (load n) kappa first i Hi); ring.
  - intros b Hb; rewrite (row_in_modes b n Hb Hn), (row_in_modes b m Hb Hm), <- Sum_scal_r.
    apply Sum_ext; intros; ring.
Qed.

End Data.

Theorem output : own_wide_one_neuron.output.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] n Hn.
  exact (same_output H N d r A W X e w a c s u v svd wide_in_modes neuron_in_modes across n Hn).
Qed.

Theorem kernel : own_wide_one_neuron.kernel.
Proof.
  intros H N d r A W X e w a c g s u eta kappa v [] n m Hn Hm.
  rewrite (same_kernel H N d r A W X e w c s u kappa svd wide_in_modes neuron_in_modes first right_orthonormal n m Hn Hm).
  replace (∑ b < H, a b ^ 2) with (v ^ 2 - kappa) by lra; ring.
Qed.
