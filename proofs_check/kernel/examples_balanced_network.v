(** Three layers of one neuron of weight 2 on one sample with the label 8 are balanced and fit: the theorem speaks of them. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 layers_of_weights
  erratum_depth balanced_network.
Local Open Scope R_scope.

Theorem balanced_network_not_vacuous : network_kernel 3 (fun _ => 1%nat) unit_X (fun _ _ _ => 2) 0 0 = 48.
Proof.
  set (W := (fun _ _ _ => 2) : weights).
  assert (Last : last_size 3 (fun _ => 1%nat) 1 basis W = 4) by (unfold last_size, layer_gram, dot, W; simpl; ring).
  rewrite (balanced_network_kernel 3 (fun _ => 1%nat) unit_X eq_refl 1 1 unit_s basis basis (unit_y 8) W unit_svd ltac:(lia)).
  - rewrite Last; unfold dot, unit_X, unit_y; simpl; field.
  - intros [|[|l]] b c Hl Hb Hc; [| |lia]; replace b with 0%nat by lia; replace c with 0%nat by lia;
      unfold layer_gram, dot, W, basis, delta; simpl; ring.
  - intros [|n] Hn; [|lia]; unfold network_output, W, unit_X, unit_y; simpl; ring.
  - rewrite unit_difficulty; lra.
  - lia.
  - lia.
Qed.
