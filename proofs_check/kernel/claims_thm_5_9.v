(** The claims of thm-5.9: one step of gradient descent and of SGD, in the mean over exchangeable batches. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition printed_setting
  step_of_descent batch_step.
From Kernel Require thm_5_9.
Local Open Scope R_scope.

Section Step.

Variables (N Omega d r : nat) (B eta kappa mu v : R) (X e p w : nat -> nat -> R) (pi s u y : nat -> R).
Hypothesis given : thm_5_9.hypotheses N Omega d r B eta kappa mu v X e p w pi s u y.

Let z := residual_of d X y u v.
Let G := gradient_of N X z.
Let c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2.
Let A2 := ∑ n < N, z n ^ 2 * (∑ k < d, X n k ^ 2).
Let B2 := ∑ n < N, z n ^ 2 * (∑ k < d, X n k * u k) ^ 2.
Let masked (a : nat) (n : nat) : R := p a n * z n.

(** Imbalances after the two steps, as they are printed. *)
Definition printed_descent : R :=
  (∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2)
  - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2.

Definition printed_batch (a : nat) : R :=
  (∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) / B)) ^ 2)
  - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) / B)) ^ 2.

Lemma counts : 0 < INR N /\ 1 <= B /\ 0 < INR N - 1.
Proof. destruct given; split; [now apply lt_0_INR|auto]. Qed.

Lemma after_descent : printed_descent - (c - v ^ 2) = (eta / INR N) ^ 2 * (v ^ 2 * norm_sq d G - dot d u G ^ 2).
Proof.
  destruct counts as [HN [HB H1]]; destruct given.
  exact (step_along N d r X s e w u v eta svd right_orthonormal z (INR N) ltac:(lra)).
Qed.

Lemma masked_gradient a k :
  (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) = gradient_of N X (masked a) k.
Proof. apply Sum_ext; intros n _; unfold masked, z, residual_of; ring. Qed.

Lemma after_batch a : printed_batch a - (c - v ^ 2)
  = (eta / B) ^ 2 * (v ^ 2 * norm_sq d (gradient_of N X (masked a)) - dot d u (gradient_of N X (masked a)) ^ 2).
Proof.
  destruct counts as [HN [HB H1]]; unfold printed_batch, c; destruct given.
  rewrite <- (step_along N d r X s e w u v eta svd right_orthonormal (masked a) B ltac:(lra)).
  f_equal; f_equal; [|f_equal; f_equal; f_equal].
  - apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros k _; now rewrite masked_gradient.
  - apply Sum_ext; intros k _; now rewrite masked_gradient.
Qed.

Let f (n m : nat) : R := v ^ 2 * dot d (X n) (X m) - dot d (X n) u * dot d (X m) u.

Lemma bracket (x : nat -> R) :
  v ^ 2 * norm_sq d (gradient_of N X x) - dot d u (gradient_of N X x) ^ 2 = ∑ n < N, ∑ m < N, x n * x m * f n m.
Proof.
  rewrite gradient_norm_pairs, gradient_square_pairs, <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros n _.
  rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; unfold f; ring.
Qed.

Lemma diagonal : ∑ n < N, z n ^ 2 * f n n = v ^ 2 * A2 - B2.
Proof.
  unfold A2, B2; rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros n _; unfold f, dot.
  rewrite (Sum_ext d (fun i => X n i * X n i) (fun k => X n k ^ 2)) by (intros; ring); ring.
Qed.

Lemma weighted_mean (g : nat -> R) (q : R) :
  (∑ a < Omega, pi a * (q + g a)) = q + ∑ a < Omega, pi a * g a.
Proof.
  rewrite (Sum_ext Omega _ (fun a => pi a * q + pi a * g a)) by (intros; ring); rewrite Sum_plus, Sum_scal_r.
  destruct given; rewrite (mass Omega pi probabilities); ring.
Qed.

Lemma after_sgd : (∑ a < Omega, pi a * printed_batch a) - (c - v ^ 2)
  = eta ^ 2 * ((B - 1) * (v ^ 2 * norm_sq d G - dot d u G ^ 2) + (INR N - B) * (v ^ 2 * A2 - B2))
    / INR N / B / (INR N - 1).
Proof.
  destruct counts as [HN [HB H1]].
  rewrite (Sum_ext Omega _ (fun a => pi a * ((c - v ^ 2)
    + (eta / B) ^ 2 * ∑ n < N, ∑ m < N, (p a n * z n) * (p a m * z m) * f n m))).
  - rewrite weighted_mean.
    rewrite (Sum_ext Omega _ (fun a => (eta / B) ^ 2 * (pi a * ∑ n < N, ∑ m < N, (p a n * z n) * (p a m * z m) * f n m)))
      by (intros; ring).
    destruct given; rewrite Sum_scal_l, (mean_of_pairs N Omega kappa mu p pi exchangeable z f), diagonal.
    rewrite (joint_inclusion N Omega B kappa mu p pi), (inclusion N Omega B kappa mu p pi) by assumption.
    rewrite <- (bracket z); fold G; field; lra.
  - intros a _; f_equal; transitivity ((c - v ^ 2) + (printed_batch a - (c - v ^ 2))); [ring|].
    rewrite after_batch, bracket; reflexivity.
Qed.

Let T_3 := A2 - norm_sq d G / INR N.
Let T_4 := B2 - dot d u G ^ 2 / INR N.

Lemma sgd_less_gradient_descent : (∑ a < Omega, pi a * printed_batch a) - printed_descent
  = eta ^ 2 * (INR N - B) * (v ^ 2 * T_3 - T_4) / INR N / B / (INR N - 1).
Proof.
  destruct counts as [HN [HB H1]]; pose proof after_sgd as S; pose proof after_descent as D.
  transitivity (((∑ a < Omega, pi a * printed_batch a) - (c - v ^ 2)) - (printed_descent - (c - v ^ 2))); [ring|].
  rewrite S, D; unfold T_3, T_4; field; lra.
Qed.

(** The residual of one sample less the mean of all. *)
Let centred (n k : nat) : R := z k * delta n k - z k / INR N.

Lemma sum_against_centred (n : nat) (h : nat -> R) : (n < N)%nat ->
  (∑ k < N, h k * centred n k) = z n * h n - (∑ k < N, h k * z k) / INR N.
Proof.
  intros Hn; rewrite (Sum_ext N _ (fun k => delta n k * (z k * h k) - / INR N * (h k * z k)))
    by (intros; unfold centred, Rdiv; ring).
  rewrite Sum_minus, Sum_scal_l, (Sum_delta_l N (fun k => z k * h k) n Hn); unfold Rdiv; ring.
Qed.

Lemma centred_gradient n k : (n < N)%nat -> gradient_of N X (centred n) k = z n * X n k - G k / INR N.
Proof. intros Hn; exact (sum_against_centred n (fun m => X m k) Hn). Qed.

Lemma centred_product n : (n < N)%nat -> dot d u (gradient_of N X (centred n)) = z n * dot d (X n) u - dot d u G / INR N.
Proof.
  intros Hn; rewrite gradient_product_samples.
  rewrite (Sum_ext N _ (fun k => dot d (X k) u * centred n k)) by (intros; ring); rewrite sum_against_centred by assumption.
  unfold G; rewrite gradient_product_samples; do 2 f_equal; apply Sum_ext; intros; ring.
Qed.

Lemma variance (a : nat -> R) (S : R) : (∑ n < N, a n) = S ->
  (∑ n < N, (a n - S / INR N) ^ 2) = (∑ n < N, a n ^ 2) - S ^ 2 / INR N.
Proof.
  destruct counts as [HN _]; intros E.
  rewrite (Sum_ext N _ (fun n => a n ^ 2 + (- 2 * S / INR N) * a n + S ^ 2 / INR N ^ 2)) by (intros; field; lra).
  rewrite !Sum_plus, Sum_scal_l, Sum_const; replace (Sum N a) with S by (rewrite <- E; reflexivity); field; lra.
Qed.

Lemma T_3_variance : T_3 = ∑ n < N, norm_sq d (gradient_of N X (centred n)).
Proof.
  destruct counts as [HN _]; unfold T_3, A2.
  transitivity (∑ k < d, ((∑ n < N, (z n * X n k) ^ 2) - G k ^ 2 / INR N)).
  - rewrite Sum_minus, Sum_swap; f_equal.
    + apply Sum_ext; intros n _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
    + unfold norm_sq, dot, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
  - rewrite (Sum_ext d _ (fun k => ∑ n < N, (z n * X n k - G k / INR N) ^ 2)).
    + rewrite Sum_swap; apply Sum_ext; intros n Hn; apply Sum_ext; intros k _; rewrite centred_gradient by assumption; ring.
    + intros k _; symmetry; apply (variance (fun n => z n * X n k)); apply Sum_ext; intros; ring.
Qed.

Lemma T_4_variance : T_4 = ∑ n < N, dot d u (gradient_of N X (centred n)) ^ 2.
Proof.
  destruct counts as [HN _]; unfold T_4, B2.
  rewrite (Sum_ext N (fun n => z n ^ 2 * (∑ k < d, X n k * u k) ^ 2) (fun n => (z n * dot d (X n) u) ^ 2))
    by (intros; unfold dot; ring).
  rewrite <- (variance (fun n => z n * dot d (X n) u) (dot d u G)).
  - apply Sum_ext; intros n Hn; now rewrite centred_product.
  - unfold G; now rewrite gradient_product_samples.
Qed.

Lemma T_3_nonneg : 0 <= T_3.
Proof. rewrite T_3_variance; apply Sum_nonneg; intros; apply norm_sq_nonneg. Qed.

Lemma T_4_nonneg : 0 <= T_4.
Proof. rewrite T_4_variance; apply Sum_nonneg; intros; apply pow2_ge_0. Qed.

Lemma noise_bracket : 0 <= c * T_3 - T_4.
Proof.
  rewrite T_3_variance, T_4_variance, <- Sum_scal_l, <- Sum_minus; apply Sum_nonneg; intros n Hn; destruct given.
  exact (gap_along N d r X s e w u svd right_orthonormal (centred n)).
Qed.

Lemma full_bracket : 0 <= norm_sq d G * c - dot d u G ^ 2.
Proof.
  destruct given; rewrite Rmult_comm; exact (gap_along N d r X s e w u svd right_orthonormal z).
Qed.

Lemma batch_below : B <= INR N.
Proof. destruct given; exact (batch_at_most N Omega B p binary batch_size 0 size_Omega). Qed.

(** The printed forms of the gradient's length and product. *)
Lemma printed_norm : (∑ k < d, (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) ^ 2) = norm_sq d G.
Proof. apply Sum_ext; intros; unfold G, gradient_of, z, residual_of; ring. Qed.

Lemma printed_product : (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) = dot d u G.
Proof. reflexivity. Qed.

Lemma printed_mean :
  v ^ 2 * 0 + (∑ a < Omega, pi a * ((∑ i < r, (∑ k < d, w i k * (u k - eta * v * (∑ n < N, X n k * p a n
    * (v * (∑ l < d, X n l * u l) - y n)) / B)) ^ 2) - (v - eta * (∑ k < d, u k * (∑ n < N, X n k * p a n
    * (v * (∑ l < d, X n l * u l) - y n)) / B)) ^ 2)) = ∑ a < Omega, pi a * printed_batch a.
Proof. rewrite Rmult_0_r, Rplus_0_l; reflexivity. Qed.

End Step.

Theorem descent : thm_5_9.descent.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H.
  pose proof (after_descent _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as E; destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN _].
  rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  transitivity ((eta / INR N) ^ 2 * (v ^ 2 * norm_sq d (gradient_of N X (residual_of d X y u v))
    - dot d u (gradient_of N X (residual_of d X y u v)) ^ 2)); [|field; lra].
  rewrite <- E; unfold printed_descent; ring.
Qed.

Theorem any_batch : thm_5_9.any_batch.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H a Ha.
  pose proof (after_batch _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H a) as E.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB _]].
  set (x := fun n => p a n * residual_of d X y u v n) in *.
  assert (M : forall k, (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) = gradient_of N X x k)
    by (intros; apply Sum_ext; intros; unfold x, residual_of; ring).
  rewrite (Sum_ext d (fun k => (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) ^ 2 / B ^ 2)
    (fun k => gradient_of N X x k * gradient_of N X x k * / B ^ 2)) by (intros; rewrite M; unfold Rdiv; ring).
  rewrite Sum_scal_r; fold (dot d (gradient_of N X x) (gradient_of N X x)); fold (norm_sq d (gradient_of N X x)).
  replace (∑ k < d, u k * (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) / B)
    with (dot d u (gradient_of N X x) * / B)
    by (unfold dot; rewrite <- Sum_scal_r; apply Sum_ext; intros; rewrite M; reflexivity).
  transitivity ((eta / B) ^ 2 * (v ^ 2 * norm_sq d (gradient_of N X x) - dot d u (gradient_of N X x) ^ 2)); [|field; lra].
  rewrite <- E; unfold printed_batch.
  replace (∑ k < d, u k * (∑ n < N, X n k * p a n * (v * (∑ l < d, X n l * u l) - y n)) / B)
    with (dot d u (gradient_of N X x) * / B)
    by (unfold dot; rewrite <- Sum_scal_r; apply Sum_ext; intros; rewrite M; reflexivity).
  ring.
Qed.

Theorem moments : thm_5_9.moments.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H n m Hn Hm.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB H1]]; destruct H.
  rewrite exchangeable, (joint_inclusion N Omega B kappa mu p pi), (inclusion N Omega B kappa mu p pi) by assumption.
  field; lra.
Qed.

Theorem batch_matrix : thm_5_9.batch_matrix.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H n m Hn Hm.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB H1]].
  rewrite (moments _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H n m Hn Hm); field; lra.
Qed.

Theorem sgd : thm_5_9.sgd.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H.
  pose proof (after_sgd _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as E.
  rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  etransitivity; [|etransitivity; [exact E|reflexivity]]; unfold printed_batch; ring.
Qed.

Theorem sgd_less_descent : thm_5_9.sgd_less_descent.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H.
  pose proof (sgd_less_gradient_descent _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as E.
  rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  etransitivity; [|etransitivity; [exact E|]]; unfold printed_batch, printed_descent, residual_of, Rdiv; ring.
Qed.

Theorem full_batch : thm_5_9.full_batch.
Proof. intros N Omega d r B eta kappa mu v X e p w pi s u y _; reflexivity. Qed.

Theorem noise_first : thm_5_9.noise_first.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (printed_norm N d v X u y).
  exact (T_3_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem noise_second : thm_5_9.noise_second.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (printed_product N d v X u y).
  exact (T_4_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem full_batch_gap : thm_5_9.full_batch_gap.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  exact (full_bracket _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem noise_gap : thm_5_9.noise_gap.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  pose proof (noise_bracket _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as G; eapply Rle_trans; [exact G|apply Req_le].
  unfold residual_of; ring.
Qed.

Theorem descent_at_least : thm_5_9.descent_at_least.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (descent _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (full_bracket _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as G.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN _].
  rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, pow_lt; assumption|].
  rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|]; lra.
Qed.

Theorem sgd_at_least : thm_5_9.sgd_at_least.
Proof.
  intros N Omega d r B eta kappa mu v X e p w pi s u y H; rewrite (sgd_less_descent _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (noise_bracket _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as G.
  pose proof (batch_below _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as L.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB H1]].
  rewrite (printed_norm N d v X u y), (printed_product N d v X u y).
  repeat (apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|]).
  rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|].
  apply Rminus_le; pose proof (Ropp_le_contravar _ _ G) as G'; rewrite Ropp_0 in G'.
  eapply Rle_trans; [apply Req_le|exact G']; unfold residual_of; ring.
Qed.
