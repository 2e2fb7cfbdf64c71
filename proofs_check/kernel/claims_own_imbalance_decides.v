(** The claims of own-imbalance-decides: where the imbalance is not positive, no step raises the square of the second
    layer at the minimizer ahead. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products printed_setting step_of_descent.
From Kernel Require own_imbalance_decides claims_own_size.
Local Open Scope R_scope.

Theorem imbalance_rises : own_imbalance_decides.imbalance_rises.
Proof.
  intros N d r C C' V V' eta v v' X e w c s u u' y [].
  pose proof (claims_own_size.imbalance_after N d r X s e w y u u' v v' eta svd right_orthonormal step_first step_second) as E.
  pose proof (claims_own_size.imbalance_gap N d r X s e w y u v eta svd right_orthonormal) as G.
  rewrite <- imbalance, <- next_imbalance in E.
  replace (v ^ 2 - (∑ i < r, (∑ k < d, u k * w i k) ^ 2)) with (- C) in G by lra.
  set (A := norm_sq d _) in *; assert (HA : 0 <= A) by apply norm_sq_nonneg.
  assert (0 <= (eta / INR N) ^ 2 * - C * A).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|assumption]. }
  lra.
Qed.

Theorem root_moves : own_imbalance_decides.root_moves.
Proof.
  intros N d r C C' V V' eta v v' X e w c s u u' y []; set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *.
  assert (E : C = Q / V - V) by (rewrite <- root; field; lra).
  assert (E' : C' = Q / V' - V') by (rewrite <- next_root; field; lra).
  rewrite E, E'; field; lra.
Qed.

Theorem root_never_rises : own_imbalance_decides.root_never_rises.
Proof.
  intros N d r C C' V V' eta v v' X e w c s u u' y H.
  pose proof (imbalance_rises _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as R.
  pose proof (root_moves _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as E; destruct H.
  set (Q := ∑ i < r, c i ^ 2 / s i ^ 2) in *; assert (0 < V * V') by nra.
  apply Rnot_lt_le; intros L.
  assert (0 <= V * V' * (C' - C)) by (apply Rmult_le_pos; lra).
  assert (0 < (V' - V) * (V * V' + Q)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.
