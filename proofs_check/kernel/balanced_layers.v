(** Balanced neighbours: a layer whose Gram matrix has rank one has rank one itself, and passes that on to the layer
    below it. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products.
Local Open Scope R_scope.

Section Rank_one.

Variables (m n : nat) (M : nat -> nat -> R) (p : nat -> R) (kappa : R).
Hypothesis gram : forall b c, (b < m)%nat -> (c < m)%nat -> dot n (M b) (M c) = kappa * (p b * p c).
Hypothesis positive : 0 < norm_sq m p.

(** [M^T p]. *)
Let q (k : nat) : R := ∑ c < m, p c * M c k.

Lemma row_with_image b : (b < m)%nat -> dot n (M b) q = kappa * p b * norm_sq m p.
Proof.
  intros Hb; unfold q; rewrite (dot_combination_r n m (M b) p M).
  unfold norm_sq, dot at 2; rewrite <- Sum_scal_l; apply Sum_ext; intros c Hc; rewrite gram by assumption; ring.
Qed.

Lemma image_norm : norm_sq n q = kappa * (norm_sq m p * norm_sq m p).
Proof.
  unfold norm_sq at 1, q at 1; rewrite (dot_combination_l n m q p M).
  rewrite (Sum_ext m _ (fun b => kappa * norm_sq m p * (p b * p b)))
    by (intros b Hb; rewrite row_with_image by assumption; ring).
  rewrite Sum_scal_l; unfold norm_sq at 2, dot; fold (dot m p p); fold (norm_sq m p); ring.
Qed.

Theorem rank_one b k : (b < m)%nat -> (k < n)%nat -> M b k * norm_sq m p = p b * q k.
Proof.
  intros Hb Hk; apply Rminus_diag_uniq.
  apply (norm_sq_zero n (fun k => M b k * norm_sq m p - p b * q k)); [|exact Hk].
  rewrite norm_sq_minus.
  rewrite (norm_sq_ext n (fun k => M b k * norm_sq m p) (fun k => norm_sq m p * M b k)) by (intros; ring).
  rewrite (dot_ext n (fun k => M b k * norm_sq m p) (fun k => p b * q k) (fun k => norm_sq m p * M b k) (fun k => p b * q k))
    by (intros; ring).
  assert (E : norm_sq n (M b) = kappa * (p b * p b)) by exact (gram b b Hb Hb).
  rewrite (norm_sq_scal n (norm_sq m p) (M b)), (norm_sq_scal n (p b) q), E, image_norm.
  rewrite (dot_scal_l n (M b) (norm_sq m p)), (dot_scal_r n (M b) (p b) q), (row_with_image b Hb); ring.
Qed.

(** The Gram matrix of the columns. *)
Theorem gram_of_columns k l : (k < n)%nat -> (l < n)%nat -> (∑ b < m, M b k * M b l) = / norm_sq m p * (q k * q l).
Proof.
  intros Hk Hl; apply Rmult_eq_reg_l with (norm_sq m p * norm_sq m p); [|nra].
  rewrite <- Sum_scal_l.
  rewrite (Sum_ext m _ (fun b => q k * q l * (p b * p b))).
  - rewrite Sum_scal_l; fold (dot m p p); fold (norm_sq m p); field; lra.
  - intros b Hb; pose proof (rank_one b k Hb Hk); pose proof (rank_one b l Hb Hl).
    replace (norm_sq m p * norm_sq m p * (M b k * M b l)) with (M b k * norm_sq m p * (M b l * norm_sq m p)) by ring.
    rewrite H, H0; ring.
Qed.

End Rank_one.
