(** The claims of lem-5.2-two-layer: gradient flow conserves the imbalance of two layers. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model gradient
  language_of_statements printed_setting coefficients step_of_descent flow_of_a_loss claims_own_size.
From Kernel Require lem_5_2_two_layer.
Local Open Scope R_scope.

Theorem gradient : lem_5_2_two_layer.gradient.
Proof.
  intros N d r X e w a c s u u_0 u_t y b v v_0 v_t []; rewrite printed_slope_two_layers by assumption.
  rewrite Rplus_comm; f_equal.
  - unfold gradient_v, Prod_except; simpl Prod; rewrite transpose_dot; unfold dot, residual, output, matrix_vector, dot;
      simpl Prod; unfold Rdiv.
    rewrite (Sum_ext N (fun i => ((∑ j < d, X i j * u j) * (1 * v) - y i) * (∑ j < d, X i j * u j))
      (fun n => (v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * u k))) by (intros; ring); ring.
  - apply Sum_ext; intros k _; unfold gradient_u, transposed_vector, residual, output, matrix_vector, dot; simpl Prod.
    rewrite (Sum_ext N (fun n => ((∑ i < d, X n i * u i) * (1 * v) - y n) * X n k)
      (fun n => X n k * (v * (∑ l < d, X n l * u l) - y n))) by (intros; ring); unfold Rdiv; ring.
Qed.

Theorem rate : lem_5_2_two_layer.rate.
Proof.
  intros N d r X e w a c s u u_0 u_t y b v v_0 v_t []; assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (G := printed_gradient N d X y u v).
  assert (E : dot d u G = ∑ n < N, (v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * u k)).
  { exact (product_in_samples N d X (printed_residual d X y u v) u). }
  apply (coefficient_of_cubic _ (norm_sq r (fun i => dot d (w i) u) - v ^ 2) 0
    ((v / INR N) ^ 2 * norm_sq d G - (dot d u G / INR N) ^ 2) 0); intros t.
  rewrite <- E.
  replace (∑ i < r, (∑ k < d, w i k * (u k - t * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N)) ^ 2)
    with (norm_sq r (fun i => dot d (w i) (fun k => u k - t * v / INR N * G k))).
  - rewrite (projection_after_step N d r X s e w svd right_orthonormal (printed_residual d X y u v) u _ (t * v / INR N))
      by reflexivity.
    change (fun k => ∑ n < N, X n k * printed_residual d X y u v n) with G.
    field; lra.
  - apply Sum_ext; intros i _.
    replace (∑ k < d, w i k * (u k - t * v * (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) / INR N))
      with (dot d (w i) (fun k => u k - t * v / INR N * G k)); [ring|].
    apply Sum_ext; intros k _; unfold G, printed_gradient, printed_residual, Rdiv; ring.
Qed.

Theorem conserved : lem_5_2_two_layer.conserved.
Proof.
  intros N d r X e w a c s u u_0 u_t y b v v_0 v_t [].
  apply (flow_keeps_imbalance N d 1 r X s e w y u_0 (fun _ => v_0) u_t (fun _ => v_t)) with (k := 0%nat); auto with arith.
  now apply printed_flow_two_layers.
Qed.
