(** The hypotheses of Remark 4.4, of the depth comparison and of Lemma B.3 on concrete data. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model hessian
  sharpness equation_16 theorem_4_3 theorem_4_6 remark_4_4 lemma_b_3 concrete_data examples_minimizer.
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
