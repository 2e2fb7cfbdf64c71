(** Refutes err-e.5: X the unit matrix and y = (1, -1). *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums concrete_data concrete_claims.
From Kernel Require err_e_5.
Import ListNotations.
Local Open Scope R_scope.

Theorem one_sign : ~ err_e_5.one_sign.
Proof.
  intros H.
  assert (E : 0 < 1 * -1); [|lra].
  apply (H 2%nat 2%nat (mat [[1; 0]; [0; 1]]) (mat [[1; 0]; [0; 1]]) (vec [1; 1]) (vec [1; -1])) with (n := 1%nat) (m := 0%nat);
    try lia.
  split; try (on_numbers; lia); try lia.
Qed.
