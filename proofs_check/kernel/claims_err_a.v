(** Refutes err-a: X = diag(4, 1), y = (0, 48), u = (8, 8), v = 0. With eta = 13/320 the imbalance falls from 128 to
    1679/25, and the sharpness ahead, half of 16 V, rises with V from 16 to 25. The threshold T_1 is 180. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data language_of_statements concrete_claims.
From Kernel Require err_a.
Import ListNotations.
Local Open Scope R_scope.

Theorem falls : ~ err_a.falls.
Proof.
  intros H; specialize (H 2%nat 2%nat 2%nat 128 (1679 / 25) (256 / 2) (400 / 2) (13 / 320) 4 5 0 (39 / 5)
    (diagonal_matrix 4 1) (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (vec [0; 48]) (vec [4; 1])
    (diagonal_minimizer 1 48 4) (diagonal_minimizer 1 48 5) (vec [8; 8]) (vec [8; 8]) (second_label 48)).
  assert (E : 400 / 2 <= 256 / 2); [apply H|lra].
  split; try (unfold diagonal_matrix, diagonal_minimizer, second_label; on_numbers; lia).
  - apply diagonal_sharpness; lra.
  - apply diagonal_sharpness; lra.
  - replace (∑ i < 2, vec [0; 48] i ^ 2) with (48 ^ 2) by (numbers; ring).
    rewrite inverse_root_of_square by lra; numbers; lra.
Qed.
