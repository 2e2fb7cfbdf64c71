(** Corollaries 5.3 and 5.4: the bounds of Theorems 4.3 and 4.6 at the limit of the gradient flow, from its
    start. That the flow converges to a global minimizer is Assumption 5.1, a hypothesis here as in the paper. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  definition_4_1 definition_4_2 minimalist_model gradient sharpness gradient_flow lemma_5_2 equation_16
  theorem_4_3 theorem_4_6.
Local Open Scope R_scope.

(** Assumption 5.1. *)
Definition converges_to_minimizer (N d m : nat) (X : nat -> nat -> R) (y : nat -> R)
  (u v : R -> nat -> R) (u' v' : nat -> R) : Prop :=
  (forall j, (j < d)%nat -> filterlim (fun t => u t j) (Rbar_locally p_infty) (locally (u' j))) /\
  (forall k, (k < m)%nat -> filterlim (fun t => v t k) (Rbar_locally p_infty) (locally (v' k))) /\
  is_global_minimizer (loss N d m X y) u' v'.

(** The imbalance at the limit is the imbalance at the start. *)
Theorem imbalance_at_the_limit N d m r X s e w y u v u' v' k :
  svd N d r X s e w -> gradient_flow N d m X y u v -> converges_to_minimizer N d m X y u v u' v' ->
  (k < m)%nat -> imbalance d r w u' v' k = imbalance d r w (u 0) (v 0) k.
Proof.
  intros Hsvd Hflow [Hu [Hv _]] Hk.
  assert (H1 : filterlim (fun t => imbalance d r w (u t) (v t) k) (Rbar_locally p_infty)
                 (locally (imbalance d r w u' v' k))).
  { apply limit_imbalance; [apply Rbar_locally_filter|assumption|auto]. }
  assert (H2 : filterlim (fun t => imbalance d r w (u t) (v t) k) (Rbar_locally p_infty)
                 (locally (imbalance d r w (u 0) (v 0) k))).
  { apply filterlim_ext_loc with (fun _ => imbalance d r w (u 0) (v 0) k); [|apply filterlim_const].
    exists 0; intros t Ht; symmetry.
    apply (lemma_5_2 N d m r X s e w y u v Hsvd Hflow k t Hk); lra. }
  exact (filterlim_locally_unique _ _ _ H1 H2).
Qed.

Theorem corollary_5_3 N d r X s e w y u v u' v' S :
  (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  gradient_flow N d 1 X y u v -> converges_to_minimizer N d 1 X y u v u' v' ->
  is_sharpness (loss N d 1 X y) d 1 u' v' S ->
  let C0 := imbalance d r w (u 0) (v 0) 0 in
  let V := minimizer_V C0 (difficulty N r s e y) in
  let d1 := label_coefficient N e y 0 in
  sharpness_bound N (s 0%nat) V (d1 * d1) <= S <= sharpness_bound N (s 0%nat) V (norm_sq N y).
Proof.
  intros Hr Hsvd Hy Hpos Hflow Hconv HS C0 V d1.
  pose proof (theorem_4_3 N d r X s e w y u' v' S Hr Hsvd Hy Hpos (proj2 (proj2 Hconv)) HS) as [_ H].
  rewrite (imbalance_at_the_limit N d 1 r X s e w y u v u' v' 0 Hsvd Hflow Hconv) in H by lia.
  exact H.
Qed.

Theorem corollary_5_4 N D d r X s e w y u v u' v' S :
  (2 <= D)%nat -> (0 < r)%nat -> svd N d r X s e w -> in_column_space N d X y -> 0 < norm_sq N y ->
  gradient_flow N d (D - 1) X y u v -> converges_to_minimizer N d (D - 1) X y u v u' v' ->
  balanced D d r w (u 0) (v 0) ->
  is_sharpness (loss N d (D - 1) X y) d (D - 1) u' v' S ->
  let Q := difficulty N r s e y in
  let d1 := label_coefficient N e y 0 in
  depth_bound N D (s 0%nat) Q (d1 * d1) <= S <= depth_bound N D (s 0%nat) Q (norm_sq N y).
Proof.
  intros HD Hr Hsvd Hy Hpos Hflow Hconv Hbal HS Q d1.
  assert (Hb : balanced D d r w u' v').
  { intros k Hk.
    rewrite (imbalance_at_the_limit N d (D - 1) r X s e w y u v u' v' k Hsvd Hflow Hconv Hk); auto. }
  pose proof (theorem_4_6 N D d r X s e w y u' v' S HD Hr Hsvd Hy Hpos (proj2 (proj2 Hconv)) Hb HS)
    as [_ [_ H]]; exact H.
Qed.
