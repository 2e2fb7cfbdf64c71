(** One step of gradient descent at any depth, in the form in which the statements print it. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent.
Local Open Scope R_scope.

Definition deep_residual (d M : nat) (X : nat -> nat -> R) (y u v : nat -> R) (n : nat) : R :=
  (∑ k < d, X n k * u k) * Prod M v - y n.

Definition deep_gradient (N d M : nat) (X : nat -> nat -> R) (y u v : nat -> R) (k : nat) : R :=
  ∑ n < N, X n k * deep_residual d M X y u v n.

Section Step.

Variables (N d r M : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u u' v v' : nat -> R) (eta : R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis step_first : forall k, (k < d)%nat -> u' k = u k - eta *
  (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun j => v j) - y n)) * Prod M (fun j => v j) / INR N.
Hypothesis step_later : forall j, (j < M)%nat -> v' j = v j - eta *
  (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) * (∑ k < d, X n k * u k))
  * Prod M (fun g => delta g j + v g * (1 - delta g j)) / INR N.

Let G := deep_gradient N d M X y u v.
Let t := eta / INR N.
Let P := Prod M v.

Lemma first_layer_step k : (k < d)%nat -> u' k = u k - t * P * G k.
Proof.
  intros Hk; rewrite step_first by assumption; unfold t, P, G, deep_gradient, deep_residual, Rdiv.
  rewrite (Prod_ext M (fun j => v j) v) by reflexivity; ring.
Qed.

Lemma later_layer_step j : (j < M)%nat -> v' j = v j - t * Prod_except M j v * dot d u G.
Proof.
  intros Hj; rewrite step_later, printed_others by assumption; unfold G, deep_gradient.
  rewrite (product_in_samples N d X (deep_residual d M X y u v) u); unfold deep_residual, t, Rdiv.
  rewrite (Prod_ext M (fun g => v g) v) by reflexivity; ring.
Qed.

Lemma seen_after_step :
  (∑ i < r, (∑ k < d, u' k * w i k) ^ 2)
  = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - 2 * (t * P) * dot d u G + (t * P) ^ 2 * norm_sq d G.
Proof.
  rewrite !printed_projection.
  apply (projection_after_step N d r X s e w product right (deep_residual d M X y u v)); exact first_layer_step.
Qed.

Lemma imbalance_step j : (j < M)%nat ->
  (∑ i < r, (∑ k < d, u' k * w i k) ^ 2) - v' j ^ 2 - ((∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v j ^ 2)
  = t ^ 2 * (P ^ 2 * norm_sq d G - Prod_except M j v ^ 2 * dot d u G ^ 2).
Proof.
  intros Hj; rewrite seen_after_step, later_layer_step by assumption.
  replace P with (v j * Prod_except M j v) by (unfold P; now apply Prod_except_mult); ring.
Qed.

Lemma product_with_first_layer :
  dot d u G ^ 2 <= (∑ i < r, (∑ k < d, u k * w i k) ^ 2) * norm_sq d G.
Proof.
  rewrite printed_projection; exact (product_with_gradient N d r X s e w product right (deep_residual d M X y u v) u).
Qed.

End Step.
