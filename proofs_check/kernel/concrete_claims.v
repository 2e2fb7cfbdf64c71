(** The tactics that check the hypotheses of a printed statement on numbers. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition concrete_data
  minimalist_model gradient hessian sharpness sharpness_at_minimizer theorem_4_3 lemma_b_3 language_of_statements printed_setting.
Import ListNotations.
Local Open Scope R_scope.

(** Every index below a given number is one of finitely many. *)
Ltac cases :=
  intros; repeat match goal with
  | [ H : (?i < S ?n)%nat |- _ ] => is_var i; destruct i as [|i]; [clear H|apply Nat.succ_lt_mono in H]
  | [ H : (_ < 0)%nat |- _ ] => exfalso; inversion H
  end.

Ltac numbers := cbv [vec mat delta Nat.eqb nth Sum Prod]; simpl INR.

Ltac on_numbers := cases; numbers; try lra; try (field; lra); try nra.

Lemma inverse_root_of_square a : 0 < a -> real_power (a ^ 2) (- (1 / 2)) = / a.
Proof.
  intros Ha; rewrite real_power_positive by nra; rewrite Rpower_Ropp; f_equal.
  replace (1 / 2) with (/ 2) by field; rewrite Rpower_sqrt by nra; apply sqrt_pow2; lra.
Qed.

(** Two samples along two axes, the label on the second one alone: the two modes do not meet, and the larger of their
    two values is the sharpness. *)
Section Diagonal.

Variables (p q b x M : R).
Hypothesis nonzero_weight : x <> 0.
Hypothesis nonzero_value : q <> 0.

Definition diagonal_matrix : nat -> nat -> R := mat [[p; 0]; [0; q]].
Definition second_label : nat -> R := vec [0; b].
Definition diagonal_minimizer : nat -> R := vec [0; b / q / x].

Lemma diagonal_curvature a c :
  curvature (INR 2) 2 2 1 diagonal_matrix second_label diagonal_minimizer (fun _ => x) a c
  = / 2 * ((p * x * a 0%nat) ^ 2 + (q * x * a 1%nat + b / x * c 0%nat) ^ 2).
Proof.
  rewrite curvature_depth_two.
  assert (Z : forall n, (n < 2)%nat -> residual 2 1 diagonal_matrix second_label diagonal_minimizer (fun _ => x) n = 0).
  { cases; unfold residual, output, matrix_vector, dot, diagonal_matrix, second_label, diagonal_minimizer; numbers; field;
      auto. }
  replace (dot 2 (transposed_vector 2 diagonal_matrix
      (residual 2 1 diagonal_matrix second_label diagonal_minimizer (fun _ => x))) a) with 0.
  - unfold norm_sq, matrix_vector, dot, diagonal_matrix, second_label, diagonal_minimizer; numbers; field; auto.
  - unfold dot, transposed_vector; simpl Sum; rewrite (Z 0%nat), (Z 1%nat) by lia; ring.
Qed.

Hypothesis first_mode : p ^ 2 * x ^ 2 <= M.
Hypothesis second_mode : q ^ 2 * x ^ 2 + b ^ 2 / x ^ 2 <= M.

Lemma diagonal_upper a c : norm_sq 2 a + norm_sq 1 c = 1 ->
  curvature (INR 2) 2 2 1 diagonal_matrix second_label diagonal_minimizer (fun _ => x) a c <= M / 2.
Proof.
  rewrite diagonal_curvature; unfold norm_sq, dot; simpl Sum; intros E.
  set (a0 := a 0%nat) in *; set (a1 := a 1%nat) in *; set (c0 := c 0%nat) in *.
  assert (H1 : (p * x * a0) ^ 2 <= M * a0 ^ 2).
  { replace ((p * x * a0) ^ 2) with (p ^ 2 * x ^ 2 * a0 ^ 2) by ring.
    apply Rmult_le_compat_r; [apply pow2_ge_0|assumption]. }
  assert (H2 : (q * x * a1 + b / x * c0) ^ 2 <= M * (a1 ^ 2 + c0 ^ 2)).
  { apply Rle_trans with ((q ^ 2 * x ^ 2 + b ^ 2 / x ^ 2) * (a1 ^ 2 + c0 ^ 2)).
    - assert (E2 : (q ^ 2 * x ^ 2 + b ^ 2 / x ^ 2) * (a1 ^ 2 + c0 ^ 2) - (q * x * a1 + b / x * c0) ^ 2
                   = (q * x * c0 - b / x * a1) ^ 2) by (field; auto).
      pose proof (pow2_ge_0 (q * x * c0 - b / x * a1)); lra.
    - apply Rmult_le_compat_r; [|assumption]; pose proof (pow2_ge_0 a1); pose proof (pow2_ge_0 c0); lra. }
  replace (M / 2) with (/ 2 * (M * (0 + a0 * a0 + a1 * a1 + (0 + c0 * c0)))) by (rewrite E; field).
  apply Rmult_le_compat_l; [lra|]; nra.
Qed.

Hypothesis larger : M = p ^ 2 * x ^ 2 \/ M = q ^ 2 * x ^ 2 + b ^ 2 / x ^ 2.

Theorem diagonal_sharpness :
  is_sharpness (fun u_ v_ => (∑ n < 2, (v_ 0%nat * (∑ k < 2, u_ k * diagonal_matrix n k) - second_label n) ^ 2) / INR 2 / 2)
    2 1 diagonal_minimizer (fun _ => x) (M / 2).
Proof.
  apply is_sharpness_ext with (loss 2 2 1 diagonal_matrix second_label).
  { intros u v; unfold loss, scaled_loss, norm_sq, dot, residual, output, matrix_vector, dot; simpl; field. }
  assert (H2 : INR 2 <> 0) by (simpl; lra).
  destruct larger as [E|E].
  - apply (sharpness_attained (INR 2) 2 2 1 _ _ _ _ H2 _ (vec [1; 0]) (fun _ => 0)); [exact diagonal_upper| |].
    + unfold norm_sq, dot; numbers; lra.
    + rewrite diagonal_curvature, E; unfold norm_sq, dot; numbers; field; auto.
  - apply (sharpness_attained (INR 2) 2 2 1 _ _ _ _ H2 _ (vec [0; q * x]) (fun _ => b / x)); [exact diagonal_upper| |].
    + unfold norm_sq, dot; numbers.
      assert (0 < (q * x) * (q * x)) by (apply Rlt_0_sqr; apply Rmult_integral_contrapositive; split; auto).
      pose proof (Rle_0_sqr (b / x)) as B; unfold Rsqr in B; lra.
    + rewrite diagonal_curvature, E; unfold norm_sq, dot; numbers; field; auto.
Qed.

End Diagonal.
