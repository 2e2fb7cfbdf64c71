(** Refutes err-4.3: the unit matrix and the labels (3, 4), with its two axes in either order. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data concrete_claims.
From Kernel Require err_4_3.
Import ListNotations.
Local Open Scope R_scope.

Theorem one_value : ~ err_4_3.one_value.
Proof.
  intros H; specialize (H 2%nat 2%nat 2%nat (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (mat [[0; 1]; [1; 0]])
    (mat [[1; 0]; [0; 1]]) (mat [[0; 1]; [1; 0]]) (vec [3; 4]) (vec [4; 3]) (vec [1; 1]) (vec [3; 4])).
  assert (E : vec [3; 4] 0%nat ^ 2 = vec [4; 3] 0%nat ^ 2) by (apply H; split; on_numbers; lia).
  revert E; numbers; lra.
Qed.
