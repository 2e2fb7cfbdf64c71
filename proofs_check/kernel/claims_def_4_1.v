(** The claims of def-4.1: the difficulty is the squared norm of the least linear solution. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 printed_setting.
From Kernel Require def_4_1.
Local Open Scope R_scope.

Lemma printed_solution r (c s : nat -> R) (w : nat -> nat -> R) k :
  (∑ i < r, c i * w i k / s i) = ∑ i < r, ((c i / s i) * w i k).
Proof. apply Sum_ext; intros; unfold Rdiv; ring. Qed.

Theorem solves : def_4_1.solves.
Proof.
  intros N d r X e w c s theta y H n Hn.
  destruct (printed_data N d r X s e w y c) as [D Y ED EN EQ EP]; try (destruct H; assumption); destruct H.
  rewrite (Sum_ext d _ (fun k => X n k * ∑ i < r, ((c i / s i) * w i k))) by (intros; now rewrite printed_solution).
  fold (dot d (X n) (fun k => ∑ i < r, ((c i / s i) * w i k))).
  fold (matrix_vector d X (fun k => ∑ i < r, ((c i / s i) * w i k)) n).
  rewrite (svd_apply N d r X s e w D _ n Hn), labels by assumption; apply Sum_ext; intros i Hi.
  rewrite (orthonormal_coefficient d r w _ i (svd_right _ _ _ _ _ _ _ D) Hi).
  pose proof (domain_of_s i Hi); field; lra.
Qed.

Theorem norm : def_4_1.norm.
Proof.
  intros N d r X e w c s theta y H.
  destruct (printed_data N d r X s e w y c) as [D Y ED EN EQ EP]; try (destruct H; assumption); destruct H.
  transitivity (norm_sq d (fun k => ∑ i < r, ((c i / s i) * w i k))).
  - apply Sum_ext; intros k _; rewrite printed_solution; ring.
  - rewrite (orthonormal_norm_sq d r w _ (svd_right _ _ _ _ _ _ _ D)); apply Sum_ext; intros i Hi.
    pose proof (domain_of_s i Hi); field; lra.
Qed.

Theorem least : def_4_1.least.
Proof.
  intros N d r X e w c s theta y H.
  destruct (printed_data N d r X s e w y c) as [D Y ED EN EQ EP]; try (destruct H; assumption); destruct H.
  rewrite <- EQ; replace (∑ k < d, theta k ^ 2) with (norm_sq d theta) by (apply Sum_ext; intros; ring).
  now apply (proj1 (difficulty_is_least_norm N d r X s e w y D Y)).
Qed.
