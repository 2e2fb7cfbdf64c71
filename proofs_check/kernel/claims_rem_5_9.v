(** The claims of rem-5.9: where the imbalance is not positive, no step lowers it in the mean. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products batch_step.
From Kernel Require rem_5_9 thm_5_9 claims_thm_5_9.
Local Open Scope R_scope.

Lemma same_step N Omega d r A B eta kappa mu v X e p w pi s u y :
  rem_5_9.hypotheses N Omega d r A B eta kappa mu v X e p w pi s u y ->
  thm_5_9.hypotheses N Omega d r B eta kappa mu v X e p w pi s u y.
Proof. intros []; now split. Qed.

Theorem descent_never_lowers : rem_5_9.descent_never_lowers.
Proof.
  intros N Omega d r A B eta kappa mu v X e p w pi s u y H.
  pose proof (claims_thm_5_9.descent_at_least _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (same_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)) as L.
  destruct H; assert (HN : 0 < INR N) by lra.
  set (c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2) in *.
  set (G := ∑ k < d, (∑ n < N, X n k * (v * (∑ l < d, X n l * u l) - y n)) ^ 2) in *.
  assert (HG : 0 <= G) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (0 <= eta ^ 2 * (v ^ 2 - c) * G / INR N ^ 2).
  { apply Rmult_le_pos; [|apply Rlt_le, Rinv_0_lt_compat, pow_lt; assumption].
    apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|assumption]. }
  lra.
Qed.

Theorem sgd_raises_at_least_as_much : rem_5_9.sgd_raises_at_least_as_much.
Proof.
  intros N Omega d r A B eta kappa mu v X e p w pi s u y H; pose proof (same_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as S.
  pose proof (claims_thm_5_9.sgd_at_least _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S) as L.
  pose proof (claims_thm_5_9.noise_first _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S) as T.
  pose proof (claims_thm_5_9.batch_below _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S) as B'.
  destruct H; set (c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2) in *; set (T_3 := (∑ n < N, _) - _ / INR N) in *.
  assert (0 <= eta ^ 2 * (INR N - B) * (v ^ 2 - c) * T_3 / INR N / B / (INR N - 1)).
  { repeat (apply Rmult_le_pos; [|apply Rlt_le, Rinv_0_lt_compat; lra]).
    apply Rmult_le_pos; [|assumption]; apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|lra]. }
  lra.
Qed.

Theorem smaller_batches_raise_at_least_as_much : rem_5_9.smaller_batches_raise_at_least_as_much.
Proof.
  intros N Omega d r A B eta kappa mu v X e p w pi s u y H; pose proof (same_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H) as S.
  pose proof (claims_thm_5_9.noise_gap _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S) as G.
  pose proof (claims_thm_5_9.noise_first _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S) as T.
  destruct H; set (c := ∑ i < r, (∑ k < d, u k * w i k) ^ 2) in *.
  set (P := (∑ k < d, u k * _) ^ 2) in *; set (Q := ∑ k < d, (∑ n < N, _) ^ 2) in *.
  set (T_a := ∑ n < N, _ * (∑ k < d, X n k ^ 2)) in *; set (T_b := ∑ n < N, _ * (∑ k < d, X n k * u k) ^ 2) in *.
  assert (K : 0 <= v ^ 2 * (T_a - Q / INR N) - (T_b - P / INR N)).
  { assert (0 <= (v ^ 2 - c) * (T_a - Q / INR N)) by (apply Rmult_le_pos; lra); lra. }
  assert (E : eta ^ 2 * ((B - 1) * (v ^ 2 * Q - P) + (INR N - B) * (v ^ 2 * T_a - T_b)) / INR N / B / (INR N - 1)
    - eta ^ 2 * ((A - 1) * (v ^ 2 * Q - P) + (INR N - A) * (v ^ 2 * T_a - T_b)) / INR N / A / (INR N - 1)
    = eta ^ 2 * ((A - B) * / (A * B * (INR N - 1))) * (v ^ 2 * (T_a - Q / INR N) - (T_b - P / INR N))) by (field; lra).
  assert (0 <= (A - B) * / (A * B * (INR N - 1))).
  { apply Rmult_le_pos; [lra|]; apply Rlt_le, Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra. }
  assert (0 <= eta ^ 2 * ((A - B) * / (A * B * (INR N - 1))) * (v ^ 2 * (T_a - Q / INR N) - (T_b - P / INR N))).
  { apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|assumption]|assumption]. }
  lra.
Qed.
