(** One step on a mini-batch, and its mean over exchangeable batches, as the statements print them. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition printed_setting
  step_of_descent.
Local Open Scope R_scope.

Section Data.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u : nat -> R) (v eta : R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.

Definition residual_of (n : nat) : R := v * (∑ l < d, X n l * u l) - y n.
Definition gradient_of (z : nat -> R) (k : nat) : R := ∑ n < N, X n k * z n.

Lemma step_along z K : K <> 0 ->
  (∑ i < r, (∑ k < d, w i k * (u k - eta * v * gradient_of z k / K)) ^ 2)
    - (v - eta * (∑ k < d, u k * gradient_of z k / K)) ^ 2
    - ((∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2)
  = (eta / K) ^ 2 * (v ^ 2 * norm_sq d (gradient_of z) - dot d u (gradient_of z) ^ 2).
Proof.
  intros HK.
  replace (∑ k < d, u k * gradient_of z k / K) with (dot d u (gradient_of z) / K)
    by (unfold dot, Rdiv; rewrite <- Sum_scal_r; reflexivity).
  replace (∑ i < r, (∑ k < d, w i k * (u k - eta * v * gradient_of z k / K)) ^ 2)
    with (norm_sq r (fun i => dot d (w i) (fun k => u k - eta * v / K * gradient_of z k))).
  - rewrite (projection_after_step N d r X s e w product right z u _ (eta * v / K)) by reflexivity.
    rewrite printed_projection; change (fun k => ∑ n < N, X n k * z n) with (gradient_of z); field; assumption.
  - apply Sum_ext; intros i _.
    replace (∑ k < d, w i k * (u k - eta * v * gradient_of z k / K))
      with (dot d (w i) (fun k => u k - eta * v / K * gradient_of z k)); [ring|].
    apply Sum_ext; intros; unfold Rdiv; ring.
Qed.

Lemma gap_along z : 0 <= (∑ i < r, (∑ k < d, u k * w i k) ^ 2) * norm_sq d (gradient_of z) - dot d u (gradient_of z) ^ 2.
Proof.
  rewrite printed_projection; pose proof (product_with_gradient N d r X s e w product right z u) as P.
  change (dot d u (gradient_of z) ^ 2 <= norm_sq r (fun i => dot d (w i) u) * norm_sq d (gradient_of z)) in P; lra.
Qed.

End Data.

(** Products of gradients as sums over pairs of samples. *)
Section Pairs.

Variables (N d : nat) (X : nat -> nat -> R) (u : nat -> R).

Lemma gradient_norm_pairs z :
  norm_sq d (gradient_of N X z) = ∑ n < N, ∑ m < N, z n * z m * dot d (X n) (X m).
Proof.
  unfold norm_sq, dot at 1, gradient_of.
  rewrite (Sum_ext d _ (fun k => ∑ n < N, ∑ m < N, X n k * z n * (X m k * z m))) by (intros; apply Sum_mult).
  rewrite Sum_swap; apply Sum_ext; intros n _; rewrite Sum_swap; apply Sum_ext; intros m _.
  unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Lemma gradient_product_samples z : dot d u (gradient_of N X z) = ∑ n < N, z n * dot d (X n) u.
Proof. exact (product_in_samples N d X z u). Qed.

Lemma gradient_square_pairs z :
  dot d u (gradient_of N X z) ^ 2 = ∑ n < N, ∑ m < N, z n * z m * (dot d (X n) u * dot d (X m) u).
Proof.
  rewrite gradient_product_samples.
  replace ((∑ n < N, z n * dot d (X n) u) ^ 2) with ((∑ n < N, z n * dot d (X n) u) * (∑ n < N, z n * dot d (X n) u)) by ring.
  rewrite Sum_mult; apply Sum_ext; intros; apply Sum_ext; intros; ring.
Qed.

End Pairs.

(** Batches that prefer no sample and no pair of samples. *)
Section Batches.

Variables (N Omega : nat) (B kappa mu : R) (p : nat -> nat -> R) (pi : nat -> R).
Hypothesis probabilities : (∑ a < Omega, pi a) = 1.
Hypothesis binary : forall n a, (n < N)%nat -> (a < Omega)%nat -> p a n ^ 2 = p a n.
Hypothesis batch_size : forall a, (a < Omega)%nat -> (∑ n < N, p a n) = B.
Hypothesis exchangeable : forall n m, (n < N)%nat -> (m < N)%nat ->
  (∑ a < Omega, p a m * p a n * pi a) = kappa * (1 - delta m n) + mu * delta m n.
Hypothesis two_samples : 0 < INR N - 1.

Lemma mass : Sum Omega pi = 1.
Proof. exact probabilities. Qed.

Lemma size_of_batch a : (a < Omega)%nat -> Sum N (p a) = B.
Proof. exact (batch_size a). Qed.

Lemma inclusion : mu = B / INR N.
Proof.
  assert (E : INR N * mu = B); [|rewrite <- E; field; lra].
  transitivity (∑ n < N, ∑ a < Omega, p a n * p a n * pi a).
  - rewrite (Sum_ext N _ (fun _ => mu)) by (intros n Hn; rewrite exchangeable, delta_same by assumption; ring).
    now rewrite Sum_const.
  - rewrite Sum_swap, (Sum_ext Omega _ (fun a => B * pi a)), Sum_scal_l, mass; [ring|].
    intros a Ha; rewrite <- (size_of_batch a Ha), <- Sum_scal_r; apply Sum_ext; intros n Hn.
    replace (p a n * p a n) with (p a n ^ 2) by ring; now rewrite binary.
Qed.

Lemma joint_inclusion : kappa = B * (B - 1) / (INR N * (INR N - 1)).
Proof.
  assert (E : INR N * mu + INR N * (INR N - 1) * kappa = B * B).
  { transitivity (∑ n < N, ∑ m < N, ∑ a < Omega, p a m * p a n * pi a).
    - rewrite (Sum_ext N _ (fun n => mu + (INR N - 1) * kappa)); [rewrite Sum_const; ring|].
      intros n Hn; rewrite (Sum_ext N _ (fun m => kappa + delta n m * (mu - kappa)))
        by (intros m Hm; rewrite exchangeable, (delta_sym m n) by assumption; ring).
      rewrite Sum_plus, Sum_const, (Sum_delta_l N (fun _ => mu - kappa) n Hn); ring.
    - rewrite (Sum_ext N _ (fun n => ∑ a < Omega, ∑ m < N, p a m * p a n * pi a)) by (intros; apply Sum_swap).
      rewrite Sum_swap, (Sum_ext Omega _ (fun a => B * B * pi a)), Sum_scal_l, mass; [ring|].
      intros a Ha; rewrite (Sum_ext N _ (fun n => B * pi a * p a n)).
      + rewrite Sum_scal_l, (size_of_batch a Ha); ring.
      + intros n _; rewrite <- (size_of_batch a Ha) at 1; rewrite <- !Sum_scal_r; apply Sum_ext; intros; ring. }
  assert (INR N <> 0) by lra; apply Rmult_eq_reg_l with (INR N * (INR N - 1)).
  - transitivity (B * B - INR N * mu); [lra|]; rewrite inclusion; field; lra.
  - apply Rmult_integral_contrapositive; split; lra.
Qed.

(** The mean of a quadratic form in the masked residual. *)
Lemma mean_of_pairs (z : nat -> R) (f : nat -> nat -> R) :
  (∑ a < Omega, pi a * ∑ n < N, ∑ m < N, (p a n * z n) * (p a m * z m) * f n m)
  = kappa * (∑ n < N, ∑ m < N, z n * z m * f n m) + (mu - kappa) * ∑ n < N, z n ^ 2 * f n n.
Proof.
  rewrite (Sum_ext Omega _ (fun a => ∑ n < N, ∑ m < N, (p a m * p a n * pi a) * (z n * z m * f n m))).
  - rewrite Sum_swap, <- !Sum_scal_l, <- Sum_plus; apply Sum_ext; intros n Hn.
    rewrite Sum_swap.
    rewrite (Sum_ext N _ (fun m => kappa * (z n * z m * f n m) + delta n m * ((mu - kappa) * (z n * z m * f n m)))).
    + rewrite Sum_plus, Sum_scal_l, (Sum_delta_l N (fun m => (mu - kappa) * (z n * z m * f n m)) n Hn); ring.
    + intros m Hm; rewrite Sum_scal_r, exchangeable, (delta_sym m n) by assumption; ring.
  - intros a _; rewrite <- Sum_scal_l; apply Sum_ext; intros; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Lemma batch_at_most a : (a < Omega)%nat -> B <= INR N.
Proof.
  intros Ha; rewrite <- (batch_size a Ha); replace (INR N) with (∑ n < N, 1) by (rewrite Sum_const; ring).
  apply Sum_le; intros n Hn; pose proof (binary n a Hn Ha); nra.
Qed.

End Batches.
