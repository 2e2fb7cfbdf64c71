(** Refutes err-5.9-strict: one sample x = 1 without a label, u = v = 1. The imbalance stays 0. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data concrete_claims.
From Kernel Require err_5_9_strict.
Import ListNotations.
Local Open Scope R_scope.

Theorem descent : ~ err_5_9_strict.descent.
Proof.
  intros H; specialize (H 1%nat 1%nat 1%nat (mat [[1]]) (mat [[1]]) (mat [[1]]) (1 / 10) 1 (vec [1]) (vec [1]) (vec [0])).
  assert (E := H ltac:(split; on_numbers; lia)); revert E; numbers; lra.
Qed.
