(** The claims of own-deep-mini-batches: what the choice of a mini-batch adds to the imbalances, at any depth. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent batch_step.
From Kernel Require own_deep_mini_batches.
Local Open Scope R_scope.

Section Step.

Variables (M N Omega d r : nat) (B eta kappa mu : R) (X e p w : nat -> nat -> R) (pi s u v y : nat -> R).
Hypothesis given : own_deep_mini_batches.hypotheses M N Omega d r B eta kappa mu X e p w pi s u v y.

Let P := Prod M v.
Definition deep_rest (n : nat) : R := (∑ l < d, X n l * u l) * Prod M v - y n.
Let z := deep_rest.
Let c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2.

Lemma counts : 0 < INR N /\ 1 <= B /\ 0 < INR N - 1.
Proof. destruct given; split; [now apply lt_0_INR|auto]. Qed.

(** The imbalance of layer [j] after a step along the gradient of any residual [x], over [Q] samples. *)
Definition layer_after (j : nat) (x : nat -> R) (Q : R) : R :=
  (∑ i < r, (∑ k < d, w i k * (u k - eta * gradient_of N X x k * P / Q)) ^ 2)
  - (v j - eta * (∑ k < d, u k * gradient_of N X x k / Q) * Prod_except M j v) ^ 2.

Lemma layer_step j x Q : (j < M)%nat -> Q <> 0 ->
  layer_after j x Q - (c - v j ^ 2)
  = (eta / Q) ^ 2 * (P ^ 2 * norm_sq d (gradient_of N X x) - Prod_except M j v ^ 2 * dot d u (gradient_of N X x) ^ 2).
Proof.
  intros Hj HQ; unfold layer_after, c; destruct given.
  replace (∑ k < d, u k * gradient_of N X x k / Q) with (dot d u (gradient_of N X x) / Q)
    by (unfold dot, Rdiv; rewrite <- Sum_scal_r; reflexivity).
  replace (∑ i < r, (∑ k < d, w i k * (u k - eta * gradient_of N X x k * P / Q)) ^ 2)
    with (norm_sq r (fun i => dot d (w i) (fun k => u k - eta * P / Q * gradient_of N X x k))).
  - rewrite (projection_after_step N d r X s e w svd right_orthonormal x u _ (eta * P / Q)) by reflexivity.
    rewrite printed_projection; change (fun k => ∑ n < N, X n k * x n) with (gradient_of N X x).
    replace P with (v j * Prod_except M j v) by (unfold P; now apply Prod_except_mult); field; assumption.
  - apply Sum_ext; intros i _.
    replace (∑ k < d, w i k * (u k - eta * gradient_of N X x k * P / Q))
      with (dot d (w i) (fun k => u k - eta * P / Q * gradient_of N X x k)); [ring|].
    apply Sum_ext; intros; unfold Rdiv; ring.
Qed.

Let f (j n m : nat) : R := P ^ 2 * dot d (X n) (X m) - Prod_except M j v ^ 2 * (dot d (X n) u * dot d (X m) u).

Lemma deep_bracket j x :
  P ^ 2 * norm_sq d (gradient_of N X x) - Prod_except M j v ^ 2 * dot d u (gradient_of N X x) ^ 2
  = ∑ n < N, ∑ m < N, x n * x m * f j n m.
Proof.
  rewrite gradient_norm_pairs, gradient_square_pairs, <- !Sum_scal_l, <- Sum_minus; apply Sum_ext; intros n _.
  rewrite <- !Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; unfold f; ring.
Qed.

Lemma deep_diagonal j : (∑ n < N, z n ^ 2 * f j n n)
  = P ^ 2 * (∑ n < N, z n ^ 2 * (∑ k < d, X n k ^ 2)) - Prod_except M j v ^ 2 * ∑ n < N, z n ^ 2 * (∑ k < d, X n k * u k) ^ 2.
Proof.
  rewrite <- !Sum_scal_l, <- Sum_minus; apply Sum_ext; intros n _; unfold f, dot.
  rewrite (Sum_ext d (fun i => X n i * X n i) (fun k => X n k ^ 2)) by (intros; ring); ring.
Qed.

Lemma deep_mean j : (j < M)%nat ->
  (∑ a < Omega, pi a * layer_after j (fun n => p a n * z n) B) - layer_after j z (INR N)
  = eta ^ 2 * (INR N - B) * ((P ^ 2 * (∑ n < N, z n ^ 2 * (∑ k < d, X n k ^ 2))
        - Prod_except M j v ^ 2 * ∑ n < N, z n ^ 2 * (∑ k < d, X n k * u k) ^ 2)
      - (P ^ 2 * norm_sq d (gradient_of N X z) - Prod_except M j v ^ 2 * dot d u (gradient_of N X z) ^ 2) / INR N)
    / INR N / B / (INR N - 1).
Proof.
  intros Hj; rewrite <- deep_diagonal; destruct counts as [HN [HB H1]].
  pose proof (layer_step j z (INR N) Hj ltac:(lra)) as D.
  assert (S : (∑ a < Omega, pi a * layer_after j (fun n => p a n * z n) B) = (c - v j ^ 2)
    + (eta / B) ^ 2 * (kappa * (∑ n < N, ∑ m < N, z n * z m * f j n m) + (mu - kappa) * ∑ n < N, z n ^ 2 * f j n n)).
  { rewrite (Sum_ext Omega _ (fun a => pi a * (c - v j ^ 2)
      + (eta / B) ^ 2 * (pi a * ∑ n < N, ∑ m < N, (p a n * z n) * (p a m * z m) * f j n m))).
    - destruct given; rewrite Sum_plus, Sum_scal_r, Sum_scal_l, (mass Omega pi probabilities).
      rewrite (mean_of_pairs N Omega kappa mu p pi exchangeable z (f j)); ring.
    - intros a _; pose proof (layer_step j (fun n => p a n * z n) B Hj ltac:(lra)) as L; rewrite deep_bracket in L.
      transitivity (pi a * ((c - v j ^ 2) + (layer_after j (fun n => p a n * z n) B - (c - v j ^ 2)))); [ring|].
      rewrite L; ring. }
  transitivity ((∑ a < Omega, pi a * layer_after j (fun n => p a n * z n) B) - (c - v j ^ 2)
    - (layer_after j z (INR N) - (c - v j ^ 2))); [ring|]; rewrite D, S, deep_bracket.
  destruct given; rewrite (joint_inclusion N Omega B kappa mu p pi), (inclusion N Omega B kappa mu p pi) by assumption.
  field; lra.
Qed.

End Step.

(** The gradients as they are printed. *)
Lemma printed_batch_gradient M N d X (p : nat -> nat -> R) u v y (a k : nat) :
  (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n))
  = gradient_of N X (fun n => p a n * deep_rest M d X u v y n) k.
Proof.
  apply Sum_ext; intros; unfold deep_rest; rewrite (Prod_ext M (fun g => v g) v) by reflexivity; ring.
Qed.

Lemma printed_batch_after M N d r B eta (X p w : nat -> nat -> R) u v y (j a : nat) :
  (∑ i < r, (∑ k < d, w i k * (u k - eta * (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n))
    * Prod M (fun g => v g) / B)) ^ 2)
  - (v j - eta * (∑ k < d, u k * (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n)) / B)
    * Prod M (fun g => delta g j + v g * (1 - delta g j))) ^ 2
  = layer_after M N d r eta X w u v j (fun n => p a n * deep_rest M d X u v y n) B.
Proof.
  unfold layer_after; rewrite printed_others; f_equal; [|f_equal; f_equal; f_equal; f_equal].
  - apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros k _; rewrite printed_batch_gradient; reflexivity.
  - apply Sum_ext; intros k _; now rewrite printed_batch_gradient.
Qed.

Theorem any_batch : own_deep_mini_batches.any_batch.
Proof.
  intros M N Omega d r B eta kappa mu X e p w pi s u v y H j a Hj Ha.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB H1]].
  set (x := fun n => p a n * deep_rest M d X u v y n).
  pose proof (layer_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H j x B Hj ltac:(lra)) as L.
  transitivity (layer_after M N d r eta X w u v j x B - ((∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v j ^ 2)).
  - unfold x; rewrite <- printed_batch_after; ring.
  - rewrite L, printed_others, (Prod_ext M (fun g => v g) v) by reflexivity.
    replace (∑ k < d, u k * (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M v - y n)) / B)
      with (dot d u (gradient_of N X x) / B)
      by (unfold dot, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros; unfold x; now rewrite <- printed_batch_gradient).
    replace (∑ k < d, (∑ n < N, X n k * p a n * ((∑ l < d, X n l * u l) * Prod M v - y n)) ^ 2 / B ^ 2)
      with (norm_sq d (gradient_of N X x) / B ^ 2)
      by (unfold norm_sq, dot, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros; unfold x; rewrite <- printed_batch_gradient;
          rewrite (Prod_ext M (fun g => v g) v) by reflexivity; ring).
    field; lra.
Qed.

Theorem sgd_less_descent : own_deep_mini_batches.sgd_less_descent.
Proof.
  intros M N Omega d r B eta kappa mu X e p w pi s u v y H j Hj.
  destruct (counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as [HN [HB H1]].
  pose proof (deep_mean _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H j Hj) as E.
  rewrite (Sum_ext Omega _ (fun a => pi a * layer_after M N d r eta X w u v j (fun n => p a n * deep_rest M d X u v y n) B))
    by (intros; now rewrite printed_batch_after).
  set (S := ∑ a < Omega, pi a * layer_after M N d r eta X w u v j (fun n => p a n * deep_rest M d X u v y n) B) in *.
  transitivity (S - layer_after M N d r eta X w u v j (deep_rest M d X u v y) (INR N)).
  - unfold layer_after; rewrite printed_others; rewrite (Prod_ext M (fun g => v g) v) by reflexivity.
    unfold gradient_of, deep_rest; ring.
  - rewrite E, printed_others, (Prod_ext M (fun g => v g) v) by reflexivity.
    replace (∑ k < d, (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M v - y n)) ^ 2)
      with (norm_sq d (gradient_of N X (deep_rest M d X u v y)))
      by (apply Sum_ext; intros; unfold gradient_of, deep_rest; ring).
    change (∑ k < d, u k * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M v - y n)))
      with (dot d u (gradient_of N X (deep_rest M d X u v y))).
    unfold deep_rest; field; lra.
Qed.
