(** Coefficients of the loss along a line: its slope and half its curvature, in the form in which the statements print
    the loss. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model gradient
  hessian theorem_4_3 lemma_b_3 language_of_statements printed_setting.
Local Open Scope R_scope.

Lemma coefficient_ext k f g : (forall t, f t = g t) -> coefficient k f = coefficient k g.
Proof. intros H; unfold coefficient; f_equal; now apply Derive_n_ext. Qed.

Lemma coefficient_one f l : is_derive f 0 l -> coefficient 1 f = l.
Proof.
  intros H; unfold coefficient; rewrite (is_derive_n_unique f 1 0 l H); simpl; field.
Qed.

Lemma coefficient_two f l : is_derive_n f 2 0 l -> 2 * coefficient 2 f = l.
Proof.
  intros H; unfold coefficient; rewrite (is_derive_n_unique f 2 0 l H).
  replace (INR (fact 2)) with 2 by (simpl; ring); field.
Qed.

Lemma coefficient_of_cubic f a b c e : (forall t, f t = a + t * b + t ^ 2 * c + t ^ 3 * e) -> coefficient 1 f = b.
Proof.
  intros H; rewrite (coefficient_ext 1 f _ H); apply coefficient_one; auto_derive; [trivial|ring].
Qed.

Section Deep.

Variables (N d M : nat) (X : nat -> nat -> R) (y u v a b : nat -> R).
Hypothesis samples : (0 < N)%nat.

Lemma printed_line t :
  (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j) - y n) ^ 2) / INR N / 2
  = loss N d M X y (along u a t) (along v b t).
Proof.
  assert (0 < INR N) by now apply lt_0_INR.
  unfold loss, scaled_loss.
  replace (norm_sq N (residual d M X y (along u a t) (along v b t)))
    with (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j) - y n) ^ 2).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output, matrix_vector, dot, along; ring.
Qed.

Lemma printed_slope :
  coefficient 1 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j) - y n) ^ 2)
    / INR N / 2) = dot d (gradient_u (INR N) N d M X y u v) a + dot M (gradient_v (INR N) N d M X y u v) b.
Proof.
  rewrite (coefficient_ext 1 _ (fun t => loss N d M X y (along u a t) (along v b t)) printed_line).
  apply coefficient_one, gradient_is_the_derivative, not_0_INR; lia.
Qed.

Lemma printed_curvature :
  2 * coefficient 2 (fun t => (∑ n < N, ((∑ k < d, X n k * (u k + t * a k)) * Prod M (fun j => v j + t * b j) - y n) ^ 2)
    / INR N / 2) = curvature (INR N) N d M X y u v a b.
Proof.
  rewrite (coefficient_ext 2 _ (fun t => loss N d M X y (along u a t) (along v b t)) printed_line).
  apply coefficient_two, second_derivative_is_curvature, not_0_INR; lia.
Qed.

End Deep.

Section Two_layers.

Variables (N d : nat) (X : nat -> nat -> R) (y u a : nat -> R) (v b : R).
Hypothesis samples : (0 < N)%nat.

Lemma printed_line_two_layers t :
  (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N / 2
  = loss N d 1 X y (along u a t) (along (fun _ => v) (fun _ => b) t).
Proof.
  assert (0 < INR N) by now apply lt_0_INR.
  unfold loss, scaled_loss.
  replace (norm_sq N (residual d 1 X y (along u a t) (along (fun _ => v) (fun _ => b) t)))
    with (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output, matrix_vector, dot, along; simpl Prod; ring.
Qed.

Lemma printed_slope_two_layers :
  coefficient 1 (fun t => (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N / 2)
  = dot d (gradient_u (INR N) N d 1 X y u (fun _ => v)) a + gradient_v (INR N) N d 1 X y u (fun _ => v) 0 * b.
Proof.
  rewrite (coefficient_ext 1 _ _ printed_line_two_layers); apply coefficient_one.
  eapply derive_value; [apply gradient_is_the_derivative, not_0_INR; lia|].
  f_equal; unfold dot; simpl Sum; ring.
Qed.

(** [v^2 |X a|^2 + 2 b (2 v X u - y) . X a + b^2 |X u|^2], over [N]. *)
Lemma printed_curvature_two_layers :
  2 * coefficient 2 (fun t => (∑ n < N, ((v + t * b) * (∑ k < d, X n k * (u k + t * a k)) - y n) ^ 2) / INR N / 2)
  = / INR N * (v ^ 2 * (∑ n < N, (∑ k < d, X n k * a k) ^ 2)
      + 2 * b * (∑ n < N, (2 * v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * a k))
      + b ^ 2 * ∑ n < N, (∑ k < d, X n k * u k) ^ 2).
Proof.
  rewrite (coefficient_ext 2 _ _ printed_line_two_layers).
  rewrite (coefficient_two _ (curvature (INR N) N d 1 X y u (fun _ => v) a (fun _ => b)))
    by (apply second_derivative_is_curvature, not_0_INR; lia).
  rewrite curvature_depth_two, transpose_dot; f_equal.
  unfold norm_sq, dot; rewrite <- !Sum_scal_l, <- !Sum_plus.
  apply Sum_ext; intros n _; unfold residual, output, matrix_vector, dot; simpl Prod; ring.
Qed.

End Two_layers.
