(** Refutes err-5.9-noise: four samples x = 1 with the labels 0, 0, 1, 1, u = 2, v = 1, batches of one. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data concrete_claims.
From Kernel Require err_5_9_noise.
Import ListNotations.
Local Open Scope R_scope.

Theorem sgd : ~ err_5_9_noise.sgd.
Proof.
  intros H; specialize (H 4%nat 4%nat 1%nat 1%nat 1 (1 / 10) 0 (1 / 4) 1
    (mat [[1]; [1]; [1]; [1]]) (mat [[1 / 2; 1 / 2; 1 / 2; 1 / 2]])
    (mat [[1; 0; 0; 0]; [0; 1; 0; 0]; [0; 0; 1; 0]; [0; 0; 0; 1]]) (mat [[1]])
    (vec [1 / 4; 1 / 4; 1 / 4; 1 / 4]) (vec [2]) (vec [2]) (vec [0; 0; 1; 1])).
  assert (E := H ltac:(split; on_numbers; lia)); revert E; numbers; lra.
Qed.
