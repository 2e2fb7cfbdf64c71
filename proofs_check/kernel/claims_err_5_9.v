(** Refutes err-5.9: one sample x = 1 without a label, u = 2, v = 1. The imbalance falls from 3. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data concrete_claims.
From Kernel Require err_5_9.
Import ListNotations.
Local Open Scope R_scope.

Theorem descent : ~ err_5_9.descent.
Proof.
  intros H; specialize (H 1%nat 1%nat 1%nat (mat [[1]]) (mat [[1]]) (mat [[1]]) (1 / 10) 1 (vec [1]) (vec [2]) (vec [0])).
  assert (E := H ltac:(split; on_numbers; lia)); revert E; numbers; lra.
Qed.
