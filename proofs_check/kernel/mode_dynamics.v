(** One step of gradient descent on two layers in the singular coordinates, as the statements print it. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent
  claims_own_size.
Local Open Scope R_scope.

Section Step.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u u' : nat -> R) (v v' eta : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis labels : forall n, (n < N)%nat -> y n = (∑ i < r, c i * e i n).
Hypothesis left : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i.
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis step_first : forall k, (k < d)%nat ->
  u' k = u k - eta * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N.
Hypothesis step_second : v' = v - eta * (∑ k < d, u k * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n))) / INR N.

Let coordinate (i : nat) : R := ∑ k < d, u k * w i k.

(** [e_i . z = s_i v c_i - d_i]. *)
Lemma mode_residual i : (i < r)%nat ->
  dot N (e i) (printed_residual d X y u v) = s i * v * coordinate i - c i.
Proof.
  intros Hi; unfold printed_residual; rewrite dot_minus_r, dot_scal_r; f_equal.
  - rewrite (dot_ext N (e i) (fun n => ∑ k < d, X n k * u k) (e i)
      (fun n => ∑ l < r, ((s l * dot d (w l) u) * e l n))).
    + assert (O : orthonormal N r e) by (intros p q Hp Hq; now apply left).
      rewrite (orthonormal_coefficient N r e (fun l => s l * dot d (w l) u) i O Hi).
      unfold coordinate; rewrite printed_coefficient; ring.
    + reflexivity.
    + intros n Hn; rewrite (Sum_ext d _ (fun k => ∑ l < r, e l n * s l * (w l k * u k)))
        by (intros k Hk; rewrite product by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
      rewrite Sum_swap; apply Sum_ext; intros l _; rewrite Sum_scal_l; unfold dot; ring.
  - rewrite (dot_ext N (e i) y (e i) (fun n => ∑ l < r, (c l * e l n))) by auto.
    apply (orthonormal_coefficient N r e c i); [|assumption]; intros p q Hp Hq; now apply left.
Qed.

(** Every coordinate moves by its own slope. *)
Lemma mode_step i : (i < r)%nat ->
  (∑ k < d, u' k * w i k) = coordinate i - eta * v / INR N * (s i * (s i * v * coordinate i - c i)).
Proof.
  intros Hi; unfold coordinate; rewrite !printed_coefficient.
  rewrite (dot_ext d (w i) u' (w i) (fun k => u k - eta * v / INR N * printed_gradient N d X y u v k)).
  - rewrite dot_minus_r, dot_scal_r; unfold printed_gradient.
    rewrite (gradient_coefficient N d r X s e w product right (printed_residual d X y u v) i Hi), mode_residual by assumption.
    unfold coordinate; rewrite printed_coefficient; reflexivity.
  - reflexivity.
  - intros k Hk; rewrite step_first by assumption; unfold printed_gradient, printed_residual, Rdiv; ring.
Qed.

(** The second layer moves by the slopes of all modes. *)
Lemma second_layer_step :
  v' = v - eta / INR N * ∑ i < r, s i * (s i * v * coordinate i - c i) * coordinate i.
Proof.
  rewrite step_second, printed_gradient_product; unfold printed_gradient.
  rewrite <- (gradient_product N d r X s e w product right (printed_residual d X y u v) u); unfold dot at 1.
  rewrite (Sum_ext r _ (fun i => s i * (s i * v * coordinate i - c i) * coordinate i)); [unfold Rdiv; ring|].
  intros i Hi; rewrite (gradient_coefficient N d r X s e w product right (printed_residual d X y u v) i Hi).
  rewrite mode_residual by assumption; unfold coordinate; rewrite printed_coefficient; ring.
Qed.

End Step.
