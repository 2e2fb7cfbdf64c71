(** Refutes err-4.4-difficulty: X = diag(5, s) and y = (0, 19.6) at C = 0. The sharpness, which is s 19.6, falls from
    s = 4.9 to s = 3.6, while the difficulty rises. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data language_of_statements concrete_claims.
From Kernel Require err_4_4_difficulty.
Import ListNotations.
Local Open Scope R_scope.

Theorem rises : ~ err_4_4_difficulty.rises.
Proof.
  intros H; specialize (H 2%nat 2%nat 2%nat 0 (2 * (49 / 10) ^ 2 * 2 ^ 2 / 2) (2 * (18 / 5) ^ 2 * (7 / 3) ^ 2 / 2) 2 (7 / 3)
    (diagonal_matrix 5 (49 / 10)) (diagonal_matrix 5 (18 / 5)) (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]])
    (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (vec [0; 98 / 5]) (vec [0; 98 / 5]) (vec [5; 49 / 10]) (vec [5; 18 / 5])
    (diagonal_minimizer (49 / 10) (98 / 5) 2) (diagonal_minimizer (18 / 5) (98 / 5) (7 / 3))
    (second_label (98 / 5)) (second_label (98 / 5))).
  assert (E : 2 * (49 / 10) ^ 2 * 2 ^ 2 / 2 <= 2 * (18 / 5) ^ 2 * (7 / 3) ^ 2 / 2); [apply H|lra].
  split; try (unfold diagonal_matrix, diagonal_minimizer, second_label; on_numbers; lia).
  - apply diagonal_sharpness; lra.
  - apply diagonal_sharpness; lra.
  - replace (∑ i < 2, vec [0; 98 / 5] i ^ 2) with ((98 / 5) ^ 2) by (numbers; ring).
    rewrite inverse_root_of_square by lra; numbers; lra.
Qed.
