(** Refutes err-4.4: X = diag(5, 4) and y = (0, 15). For squared weights V from 3 to 15/4 the sharpness, half of
    16 V + 225 / V, rises with the imbalance, and the threshold T_1 is at V = 3. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data language_of_statements concrete_claims.
From Kernel Require err_4_4.
Import ListNotations.
Local Open Scope R_scope.

Theorem falls : ~ err_4_4.falls.
Proof.
  intros H; specialize (H 2%nat 2%nat 2%nat (225 / 16 / (19 / 10) ^ 2 - (19 / 10) ^ 2) (225 / 16 / (9 / 5) ^ 2 - (9 / 5) ^ 2)
    ((16 * (19 / 10) ^ 2 + 225 / (19 / 10) ^ 2) / 2) ((16 * (9 / 5) ^ 2 + 225 / (9 / 5) ^ 2) / 2) (19 / 10) (9 / 5)
    (diagonal_matrix 5 4) (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (vec [0; 15]) (vec [5; 4])
    (diagonal_minimizer 4 15 (19 / 10)) (diagonal_minimizer 4 15 (9 / 5)) (second_label 15)).
  assert (E : (16 * (9 / 5) ^ 2 + 225 / (9 / 5) ^ 2) / 2 <= (16 * (19 / 10) ^ 2 + 225 / (19 / 10) ^ 2) / 2); [apply H|lra].
  split; try (unfold diagonal_matrix, diagonal_minimizer, second_label; on_numbers; lia).
  - apply diagonal_sharpness; lra.
  - apply diagonal_sharpness; lra.
  - replace (∑ i < 2, vec [0; 15] i ^ 2) with (15 ^ 2) by (numbers; ring).
    rewrite inverse_root_of_square by lra; numbers; lra.
Qed.
