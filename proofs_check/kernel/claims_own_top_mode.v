(** The claims of own-top-mode: the law of blow-up with the drift of the other modes. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products printed_setting language_of_statements mode_dynamics.
From Kernel Require own_top_mode.
Local Open Scope R_scope.

Lemma root_powers x : 0 < x ->
  real_power x (- (1 / 2)) = / sqrt x /\ real_power x (- (3 / 2)) = / (x * sqrt x) /\ real_power x (3 / 2) = x * sqrt x.
Proof.
  intros H; rewrite !real_power_positive by assumption.
  assert (E : Rpower x (3 / 2) = x * sqrt x).
  { replace (3 / 2) with (1 + / 2) by field; rewrite Rpower_plus, Rpower_1, Rpower_sqrt by assumption; ring. }
  rewrite !Rpower_Ropp, E; replace (1 / 2) with (/ 2) by field; rewrite Rpower_sqrt by assumption; auto.
Qed.

Section Step.

Variables (N d r : nat) (X e w : nat -> nat -> R) (c s u u' y : nat -> R) (delta_t eta mu_t v v' x_t y_t : R).
Hypothesis given : own_top_mode.hypotheses N d r X e w c s u u' y delta_t eta mu_t v v' x_t y_t.

Let n := sqrt (INR N).
Let h := sqrt eta.
Let first := ∑ k < d, u k * w 0%nat k.
Let others := ∑ i < r, s i * (1 - delta i 0) * (s i * v * (∑ k < d, u k * w i k) - c i) * (∑ k < d, u k * w i k).

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

Lemma roots : 0 < n /\ n * n = INR N /\ h * h = eta.
Proof.
  pose proof samples_positive as HN; destruct given; unfold n, h.
  split; [now apply sqrt_lt_R0|split; apply sqrt_sqrt; lra].
Qed.

Lemma first_after : (∑ k < d, u' k * w 0%nat k)
  = first - eta * v / INR N * (s 0%nat * (s 0%nat * v * first - c 0%nat)).
Proof. destruct given; now apply (mode_step N d r X s e w y c u u' v eta). Qed.

Lemma second_after : v' = v - eta / INR N * (s 0%nat * (s 0%nat * v * first - c 0%nat) * first + others).
Proof.
  destruct given; rewrite (second_layer_step N d r X s e w y c u v v' eta) by assumption; f_equal; f_equal.
  unfold others, first; set (f := fun i => s i * (s i * v * (∑ k < d, u k * w i k) - c i) * (∑ k < d, u k * w i k)).
  rewrite (Sum_ext r _ (fun i => delta 0 i * f i + s i * (1 - delta i 0)
    * (s i * v * (∑ k < d, u k * w i k) - c i) * (∑ k < d, u k * w i k))).
  - rewrite Sum_plus, (Sum_delta_l r f 0 size_r); reflexivity.
  - intros i _; unfold f; rewrite (delta_sym 0 i); ring.
Qed.

Lemma scales : x_t = s 0%nat / n * h * first /\ y_t = s 0%nat * v / n * h /\ delta_t = c 0%nat * (h * h) * s 0%nat / (n * n)
  /\ mu_t = - (s 0%nat / (n * n * n) * (h * h * h) * others).
Proof.
  pose proof samples_positive as HN; destruct roots as [Hn [En Eh]]; destruct given.
  destruct (root_powers (INR N) HN) as [A [B _]]; destruct (root_powers eta domain_of_eta) as [_ [_ C]].
  rewrite scaled_first, scaled_second, scaled_label, drift, A, B, C; fold n h first others; rewrite <- En, <- Eh.
  repeat split; unfold Rdiv; try ring; do 2 f_equal; ring.
Qed.

Lemma first_law : s 0%nat / n * h * (∑ k < d, u' k * w 0%nat k) = x_t - y_t * (x_t * y_t - delta_t).
Proof.
  destruct scales as [Ex [Ey [Ed _]]]; destruct roots as [Hn [En Eh]]; rewrite first_after, Ex, Ey, Ed.
  rewrite <- En, <- Eh; field; lra.
Qed.

Lemma second_law : s 0%nat * v' / n * h = mu_t + y_t - x_t * (x_t * y_t - delta_t).
Proof.
  destruct scales as [Ex [Ey [Ed Em]]]; destruct roots as [Hn [En Eh]]; rewrite second_after, Ex, Ey, Ed, Em.
  rewrite <- En, <- Eh; field; lra.
Qed.

End Step.

Lemma printed_scale N : 0 < INR N -> real_power (INR N) (- (1 / 2)) = / sqrt (INR N).
Proof. intros H; exact (proj1 (root_powers (INR N) H)). Qed.

Theorem first : own_top_mode.first.
Proof.
  intros N d r X e w c s u u' y delta_t eta mu_t v v' x_t y_t H.
  rewrite printed_scale by exact (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite <- (first_law _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); unfold Rdiv; ring.
Qed.

Theorem second : own_top_mode.second.
Proof.
  intros N d r X e w c s u u' y delta_t eta mu_t v v' x_t y_t H.
  rewrite printed_scale by exact (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  rewrite <- (second_law _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); unfold Rdiv; ring.
Qed.

Theorem increment : own_top_mode.increment.
Proof.
  intros N d r X e w c s u u' y delta_t eta mu_t v v' x_t y_t H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as HN.
  pose proof (first_law _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as A.
  pose proof (second_law _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as B.
  destruct (roots _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [Hn [En Eh]].
  replace (eta * s 0%nat ^ 2 * v' ^ 2 / INR N) with ((s 0%nat * v' / sqrt (INR N) * sqrt eta) ^ 2)
    by (rewrite <- En, <- Eh at 2; field; lra).
  replace (eta * s 0%nat ^ 2 * (∑ k < d, u' k * w 0%nat k) ^ 2 / INR N)
    with ((s 0%nat / sqrt (INR N) * sqrt eta * (∑ k < d, u' k * w 0%nat k)) ^ 2) by (rewrite <- En, <- Eh at 2; field; lra).
  rewrite A, B; ring.
Qed.
