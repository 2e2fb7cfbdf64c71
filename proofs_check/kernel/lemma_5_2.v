(** Lemma 5.2: along every solution of the gradient flow, at every depth, each layer's imbalance is constant. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  definition_4_2 minimalist_model gradient gradient_flow theorem_4_6.
Local Open Scope R_scope.

(** Section B.1: the flow of the singular coordinates, [c_i' = -(1/N) s_i P z_i]. *)
Lemma coordinate_flow N d m r X s e w y u v (t : R) i :
  svd N d r X s e w -> gradient_flow N d m X y u v -> 0 < t -> (i < r)%nat ->
  is_derive (fun t => dot d (w i) (u t)) t
    (- / INR N * (s i * Prod m (v t) * dot N (e i) (residual d m X y (u t) (v t)))).
Proof.
  intros Hsvd Hflow Ht Hi; eapply derive_value.
  - apply derive_dot_l; intros j Hj; exact (flow_u _ _ _ _ _ _ _ Hflow t j Ht Hj).
  - unfold gradient_u.
    rewrite (dot_ext d (w i) _ (w i) (fun j => (- / INR N * Prod m (v t))
               * transposed_vector N X (residual d m X y (u t) (v t)) j)) by (intros; auto; ring).
    rewrite dot_scal_r, (svd_right_coefficient N d r X s e w Hsvd _ i Hi); ring.
Qed.

Theorem imbalance_derivative N d m r X s e w y u v (t : R) k :
  svd N d r X s e w -> gradient_flow N d m X y u v -> 0 < t -> (k < m)%nat ->
  is_derive (fun t => imbalance d r w (u t) (v t) k) t 0.
Proof.
  intros Hsvd Hflow Ht Hk.
  apply derive_ext with (fun t => (∑ i < r, dot d (w i) (u t) * dot d (w i) (u t)) - v t k * v t k).
  - intros t'; unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ Hsvd).
    reflexivity.
  - eapply derive_value.
    + apply derive_difference.
      * apply (derive_Sum r (fun i t => dot d (w i) (u t) * dot d (w i) (u t))); intros i Hi.
        apply derive_square; exact (coordinate_flow N d m r X s e w y u v t i Hsvd Hflow Ht Hi).
      * apply derive_square; exact (flow_v _ _ _ _ _ _ _ Hflow t k Ht Hk).
    + unfold gradient_v; rewrite (svd_transposed_dot N d r X s e w Hsvd).
      rewrite <- (Prod_except_mult m k (v t) Hk).
      rewrite (Sum_ext r _ (fun i => (-2 * / INR N * (v t k * Prod_except m k (v t)))
        * (s i * dot N (e i) (residual d m X y (u t) (v t)) * dot d (w i) (u t)))) by (intros; ring).
      rewrite Sum_scal_l; ring.
Qed.

Theorem lemma_5_2 N d m r X s e w y u v :
  svd N d r X s e w -> gradient_flow N d m X y u v ->
  forall k t, (k < m)%nat -> 0 <= t ->
  imbalance d r w (u t) (v t) k = imbalance d r w (u 0) (v 0) k.
Proof.
  intros Hsvd Hflow k t Hk Ht.
  apply (constant_of_zero_derivative (fun t => imbalance d r w (u t) (v t) k)); [| |exact Ht].
  - intros t' Ht'; exact (imbalance_derivative N d m r X s e w y u v t' k Hsvd Hflow Ht' Hk).
  - apply limit_imbalance; [apply at_right_proper_filter| |].
    + intros j Hj; exact (start_u _ _ _ _ _ _ _ Hflow j Hj).
    + exact (start_v _ _ _ _ _ _ _ Hflow k Hk).
Qed.

(** Also the differences of the squared scalar weights, and balance itself. *)
Corollary layer_differences_constant N d m r X s e w y u v :
  svd N d r X s e w -> gradient_flow N d m X y u v ->
  forall j k t, (j < m)%nat -> (k < m)%nat -> 0 <= t ->
  v t j * v t j - v t k * v t k = v 0 j * v 0 j - v 0 k * v 0 k.
Proof.
  intros Hsvd Hflow j k t Hj Hk Ht.
  pose proof (lemma_5_2 N d m r X s e w y u v Hsvd Hflow j t Hj Ht).
  pose proof (lemma_5_2 N d m r X s e w y u v Hsvd Hflow k t Hk Ht).
  unfold imbalance in *; lra.
Qed.

Corollary balance_preserved N D d r X s e w y u v :
  svd N d r X s e w -> gradient_flow N d (D - 1) X y u v ->
  balanced D d r w (u 0) (v 0) -> forall t, 0 <= t -> balanced D d r w (u t) (v t).
Proof.
  intros Hsvd Hflow Hb t Ht k Hk.
  rewrite (lemma_5_2 N d (D - 1) r X s e w y u v Hsvd Hflow k t Hk Ht); auto.
Qed.
