(** The hypotheses of Remark 4.4, of the depth comparison and of Lemma B.3 on concrete data. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model hessian
  sharpness sharpness_is_an_eigenvalue equation_16 theorem_4_3 theorem_4_6 remark_4_4 lemma_b_3 concrete_data examples_minimizer.
Import ListNotations.
Local Open Scope R_scope.

(** Imbalances 0 and 1/2 below the threshold [T_1 = 15/2]. *)
Example remark_4_4_not_vacuous :
  threshold 4 2 1 = 15 / 2 /\
  sharpness_bound 3 2 (minimizer_V (1/2) 4) 1 < sharpness_bound 3 2 (minimizer_V 0 4) 1 /\
  sharpness_bound 3 2 (minimizer_V 0 4) 1 = 17 / 6.
Proof.
  assert (E : threshold 4 2 1 = 15 / 2) by (unfold threshold; field).
  split; [exact E|]; split.
  - apply (bounds_fall_with_imbalance 3 2 1 1); try lra; try lia; rewrite E; lra.
  - rewrite minimizer_V_balanced by lra.
    replace (sqrt 4) with 2 by (replace 4 with (2 * 2) by ring; symmetry; apply sqrt_square; lra).
    unfold sharpness_bound; simpl; field.
Qed.

(** A point that is no minimizer: [u = (1, 0, 0)], [v = 1], with [c_1 = 2/3] and [z_1 = -8/3]. *)
Definition point_u := vec [1; 0; 0].
Definition point_v := vec [1].

Example lemma_b_3_on_the_example S :
  is_sharpness (loss 2 3 1 example_X example_y) 3 1 point_u point_v S -> 2785 / 234 <= S.
Proof.
  intros HS.
  pose proof (lemma_b_3_lower 2 3 2 example_X example_s example_e example_w example_y point_u point_v S
                ltac:(lia) ltac:(lia) example_svd HS) as L.
  revert L; unfold residual, output, point_u, point_v; open_example; compute_sums; simpl; lra.
Qed.

(** Depth 3 is bounded higher than depth 2 where [Q = 4]. *)
Example bounds_rise_with_depth_on_numbers : depth_bound 1 2 1 4 1 < depth_bound 1 3 1 4 1.
Proof. apply bounds_rise_with_depth; lra || lia. Qed.

(** The sharpness at that point is an eigenvalue of the Hessian. *)
Example eigenvalue_on_the_example S :
  is_sharpness (loss 2 3 1 example_X example_y) 3 1 point_u point_v S ->
  exists a b, norm_sq 3 a + norm_sq 1 b = 1 /\
    ∑ i < 3, hessian_uv 2 2 3 1 example_X example_y point_u point_v i 0 * a i
    + ∑ j < 1, hessian_vv 2 2 3 1 example_X example_y point_u point_v 0 j * b j = S * b 0%nat.
Proof.
  intros HS; change (is_sharpness (scaled_loss (INR 2) 2 3 1 example_X example_y) 3 1 point_u point_v S) in HS.
  assert (H2 : INR 2 <> 0) by (simpl; lra).
  destruct (sharpness_is_an_eigenvalue (INR 2) 2 3 1 example_X example_y point_u point_v H2 S ltac:(lia) HS)
    as [a [b [Hab [_ Hv]]]].
  replace (INR 2) with 2 in Hv by (simpl; ring).
  exists a, b; split; [exact Hab|exact (Hv 0%nat ltac:(lia))].
Qed.
