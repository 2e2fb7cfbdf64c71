(** The claims of lem-5.2: gradient flow conserves the imbalance of any two layers. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model gradient
  language_of_statements printed_setting coefficients step_of_descent flow_of_a_loss descent_any_depth.
From Kernel Require lem_5_2.
Local Open Scope R_scope.

Lemma transposed_residual N d M X y u v k :
  transposed_vector N X (residual d M X y u v) k = deep_gradient N d M X y u v k.
Proof.
  apply Sum_ext; intros n _; unfold residual, output, matrix_vector, dot, deep_residual; ring.
Qed.

Theorem gradient : lem_5_2.gradient.
Proof.
  intros M N d r X e w a b c s u u_0 u_t v v_0 v_t y []; rewrite printed_slope by assumption.
  rewrite Rplus_comm; f_equal.
  - apply Sum_ext; intros j _; unfold gradient_v; rewrite transpose_dot, printed_others.
    replace (dot N (residual d M X y u v) (matrix_vector d X u))
      with (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) * (∑ k < d, X n k * u k)); [unfold Rdiv; ring|].
    apply Sum_ext; intros n _; reflexivity.
  - apply Sum_ext; intros k _; unfold gradient_u; rewrite transposed_residual; unfold deep_gradient, deep_residual.
    rewrite (Prod_ext M (fun j => v j) v) by reflexivity; unfold Rdiv; ring.
Qed.

Section Rates.

Variables (N d r M : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u v : nat -> R).
Hypothesis samples : (0 < N)%nat.
Let G := deep_gradient N d M X y u v.

Lemma printed_product :
  (∑ n < N, ((∑ k < d, X n k * u k) * Prod M (fun g => v g) - y n) * (∑ k < d, X n k * u k)) = dot d u G.
Proof. symmetry; exact (product_in_samples N d X (deep_residual d M X y u v) u). Qed.

Lemma later_layer_line j t : (j < M)%nat ->
  v j - t * dot d u G * Prod_except M j v / INR N = v j - t / INR N * (Prod_except M j v * dot d u G).
Proof. intros; unfold Rdiv; ring. Qed.

End Rates.

Theorem rate : lem_5_2.rate.
Proof.
  intros M N d r X e w a b c s u u_0 u_t v v_0 v_t y [] j Hj; assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (G := deep_gradient N d M X y u v).
  apply (coefficient_of_cubic _ (norm_sq r (fun i => dot d (w i) u) - v j ^ 2) 0
    ((Prod M v / INR N) ^ 2 * norm_sq d G - (dot d u G * Prod_except M j v / INR N) ^ 2) 0); intros t.
  rewrite printed_product, printed_others; fold G.
  replace (∑ i < r, (∑ k < d, w i k * (u k - t * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n))
      * Prod M (fun g => v g) / INR N)) ^ 2)
    with (norm_sq r (fun i => dot d (w i) (fun k => u k - t * Prod M v / INR N * G k))).
  - rewrite (projection_after_step N d r X s e w svd right_orthonormal (deep_residual d M X y u v) u _ (t * Prod M v / INR N))
      by reflexivity.
    change (fun k => ∑ n < N, X n k * deep_residual d M X y u v n) with G.
    rewrite <- (Prod_except_mult M j v Hj); field; lra.
  - apply Sum_ext; intros i _.
    replace (∑ k < d, w i k * (u k - t * (∑ n < N, X n k * ((∑ l < d, X n l * u l) * Prod M (fun g => v g) - y n))
        * Prod M (fun g => v g) / INR N))
      with (dot d (w i) (fun k => u k - t * Prod M v / INR N * G k)); [ring|].
    apply Sum_ext; intros k _; unfold G, deep_gradient, deep_residual, Rdiv.
    rewrite (Prod_ext M (fun g => v g) v) by reflexivity; ring.
Qed.

Theorem rate_between : lem_5_2.rate_between.
Proof.
  intros M N d r X e w a b c s u u_0 u_t v v_0 v_t y [] j g Hj Hg; assert (HN : 0 < INR N) by now apply lt_0_INR.
  rewrite printed_product, !printed_others; set (G := dot d u _).
  apply (coefficient_of_cubic _ (v j ^ 2 - v g ^ 2) 0
    ((G * Prod_except M j v / INR N) ^ 2 - (G * Prod_except M g v / INR N) ^ 2) 0); intros t.
  assert (E : v j * Prod_except M j v = v g * Prod_except M g v) by now rewrite !Prod_except_mult.
  transitivity (v j ^ 2 - v g ^ 2 - 2 * t * G / INR N * (v j * Prod_except M j v - v g * Prod_except M g v)
    + t ^ 2 * ((G * Prod_except M j v / INR N) ^ 2 - (G * Prod_except M g v / INR N) ^ 2)); [field; lra|rewrite E; ring].
Qed.

Theorem conserved : lem_5_2.conserved.
Proof.
  intros M N d r X e w a b c s u u_0 u_t v v_0 v_t y [] j Hj.
  apply (flow_keeps_imbalance N d M r X s e w y u_0 v_0 u_t v_t); try assumption; now apply printed_flow_deep.
Qed.

Theorem conserved_between : lem_5_2.conserved_between.
Proof.
  intros M N d r X e w a b c s u u_0 u_t v v_0 v_t y H j g Hj Hg.
  pose proof (conserved _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H j Hj).
  pose proof (conserved _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H g Hg); lra.
Qed.
