(** The claims of own-zero-labels: without labels the weights inside the ball stay there. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products printed_setting.
From Kernel Require own_zero_labels own_size claims_own_size.
Local Open Scope R_scope.

Lemma same_step N d r X e w eta v v' s u u' y :
  own_zero_labels.hypotheses N d r X e w eta v v' s u u' y -> own_size.hypotheses N d r X e w eta v v' s u u' y.
Proof. intros []; now split. Qed.

Theorem increment : own_zero_labels.increment.
Proof.
  intros N d r X e w eta v v' s u u' y H.
  pose proof (claims_own_size.increment_at_most _ _ _ _ _ _ _ _ _ _ _ _ _ (same_step _ _ _ _ _ _ _ _ _ _ _ _ _ H)) as L.
  destruct H; eapply Rle_trans; [exact L|apply Req_le].
  rewrite (Sum_ext N (fun n => (v * (∑ k < d, X n k * u k) - y n) ^ 2) (fun n => v ^ 2 * (∑ k < d, X n k * u k) ^ 2))
    by (intros n Hn; rewrite zero_labels by assumption; ring).
  rewrite (Sum_ext N (fun n => y n * (v * (∑ k < d, X n k * u k) - y n)) (fun _ => 0))
    by (intros n Hn; rewrite zero_labels by assumption; ring).
  rewrite Sum_zero, Sum_scal_l; unfold Rdiv; ring.
Qed.

Theorem never_grows : own_zero_labels.never_grows.
Proof.
  intros N d r X e w eta v v' s u u' y H; pose proof (increment _ _ _ _ _ _ _ _ _ _ _ _ _ H) as L; destruct H.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (A := ∑ n < N, (∑ k < d, X n k * u k) ^ 2) in *; set (R := eta * s 0%nat ^ 2 * _ / INR N) in *.
  assert (HA : 0 <= A) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  assert (0 <= eta * v ^ 2 * (4 - R) * A / INR N).
  { apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat]; apply Rmult_le_pos; [|assumption].
    apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|lra]. }
  replace (eta * v ^ 2 * (R - 4) * A / INR N) with (- (eta * v ^ 2 * (4 - R) * A / INR N)) in L by (unfold Rdiv; ring); lra.
Qed.

Theorem kept : own_zero_labels.kept.
Proof.
  intros N d r X e w eta v v' s u u' y H; pose proof (never_grows _ _ _ _ _ _ _ _ _ _ _ _ _ H) as L; destruct H.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  eapply Rle_trans; [|exact inside]; apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|].
  apply Rmult_le_compat_l; [|lra]; apply Rmult_le_pos; [lra|apply pow2_ge_0].
Qed.
