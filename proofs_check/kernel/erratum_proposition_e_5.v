(** Erratum of Proposition E.5: with the sigmoid two labels of different signs are never met exactly, so that the sentence
    read for every data set would make any two labels have one sign. On [X] the unit matrix and [y = (1, -1)] they have
    not. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums inner_products concrete_data concrete_claims.
Import ListNotations.
Local Open Scope R_scope.

(** The ledger's literal reading, whose second label is one that an axis need not have: there are at least two samples. *)
Theorem erratum_proposition_e_5 :
  ~ (forall (N d : nat) (X w : nat -> nat -> R) (s y : nat -> R) (y_1 y_2 : R),
       (1 < N)%nat -> (0 < d)%nat -> (forall n, (n < N)%nat -> 0 < s n) ->
       (forall n k, (n < N)%nat -> (k < d)%nat -> X n k = s n * w n k) -> orthonormal d N w ->
       y_1 = y 0%nat -> y_2 = y 1%nat -> 0 < y_1 ^ 2 -> 0 < y_2 ^ 2 -> 0 < y_1 * y_2).
Proof.
  intros H.
  assert (E : 0 < 1 * -1); [|lra].
  apply (H 2%nat 2%nat (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (vec [1; 1]) (vec [1; -1])); try lia; try lra;
    try reflexivity; try (cbv [orthonormal dot]; on_numbers).
Qed.
