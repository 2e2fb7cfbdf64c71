(** Theorem 5.9 on concrete rational data, a step of gradient descent that lowers a positive imbalance, and a start
    from which gradient descent escapes. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_2
  minimalist_model gradient batch_law uniform_batches optimizers theorem_5_9 blow_up_identity concrete_data
  erratum_depth escape.
Import ListNotations.
Local Open Scope R_scope.

(** Three samples in dimension 2: [X] has the singular values 3 and 1. *)
Definition step_s := vec [3; 1].
Definition step_e := mat [[2/3; 2/3; 1/3]; [-2/3; 1/3; 2/3]].
Definition step_w := mat [[3/5; 4/5]; [-4/5; 3/5]].
Definition step_X := mat [[26/15; 6/5]; [14/15; 9/5]; [1/15; 6/5]].
Definition step_y := vec [1; -1; 2].
Definition step_u := vec [1/2; 1].
Definition step_v := vec [2].

Ltac open_step := unfold step_s, step_e, step_w, step_X, step_y, step_u, step_v.

Lemma step_svd : svd 3 2 2 step_X step_s step_e step_w.
Proof. open_step; concrete_svd. Qed.

(** The mean over the three batches of two samples, from the definition of the step alone. *)
Definition step_mean : R :=
  expect (uniform_law 3 2) (imbalance_after_sgd 3 2 2 step_X step_w step_y step_u step_v (1/10) 2).

(** The hypotheses of the one-step theorem: at negative imbalance [C = 5/4 - 4], both consequences apply. *)
Example step_imbalance : imbalance 2 2 step_w step_u step_v 0 = - (11 / 4).
Proof.
  unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ step_svd).
  open_step; concrete.
Qed.

Example theorem_5_9_not_vacuous :
  svd 3 2 2 step_X step_s step_e step_w /\ exchangeable_batch_law 3 2 (uniform_law 3 2) /\
  imbalance 2 2 step_w step_u step_v 0 <= 0.
Proof.
  split; [exact step_svd|]; split; [apply uniform_law_is_exchangeable; lia|]; rewrite step_imbalance; lra.
Qed.

(** For positive imbalance a step can lower it: [x = 1], [u = 2], [v = 1], [y = 0] gives [-12 eta^2]. *)
Theorem gd_can_decrease eta :
  let u := fun _ : nat => 2 in let v := fun _ : nat => 1 in
  imbalance 1 1 basis u v 0 = 3 /\
  imbalance_after_gd 1 1 1 unit_X basis (unit_y 0) u v eta - imbalance 1 1 basis u v 0 = - (12 * (eta * eta)).
Proof.
  intros u v; split.
  - unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ unit_svd).
    unfold u, v, basis; compute_sums; ring.
  - rewrite (theorem_5_9_gd 1 1 1 unit_X unit_s basis basis (unit_y 0) u v eta unit_svd) by lia.
    unfold u, v, residual, output, unit_X, unit_y; compute_sums; simpl; field.
Qed.

(** One step with [eta = 1/4] and label 1 from [u = 2], [v = 3]: [x = 1], [y = 3/2], [z = 5/4] go to -7/8 and 1/4. *)
Example one_mode_step_on_the_example :
  let u := fun _ : nat => 2 in let v := fun _ : nat => 3 in
  dot 1 (basis 0) (gd_u (1/4) 1 1 1 unit_X (unit_y 1) u v) * 1 * (1/2) = - (7 / 8) /\
  gd_v (1/4) 1 1 1 unit_X (unit_y 1) u v 0 * 1 * (1/2) = 1 / 4.
Proof.
  intros u v.
  destruct (one_mode_step 1 1 unit_X unit_s basis basis (unit_y 1) u v (1/4) (1/2) ltac:(lia) unit_svd
              (unit_reachable 1) ltac:(simpl; field)) as [Ex Ev].
  change (unit_s 0) with 1 in Ex, Ev; rewrite Ex, Ev.
  unfold definition_4_1.label_coefficient; rewrite !dot_basis_l by lia; unfold u, v, unit_y; split; field.
Qed.

(** Three layers of weight 3 on one sample with label 1 and [eta = 1/10]: [b = 27] and [6 * 9 <= (27^2 - 1) / 10]. *)
Example escape_not_vacuous :
  in_escape_region 1 1 2 unit_s basis (unit_y 1) (1 / 10) (fun _ => 3) (fun _ => 3).
Proof.
  unfold in_escape_region, top_output, top_coefficient; rewrite dot_basis_l, unit_norm by lia.
  unfold unit_s; simpl; repeat split; intros; lra.
Qed.

(** So the loss is at least [(4^t 27^2 / 2 - 1) / 2] after [t] steps. *)
Example escape_on_the_example t :
  let after := gd_run 1 1 2 unit_X (unit_y 1) (1 / 10) (fun _ => 3) (fun _ => 3) t in
  (4 ^ t * (729 / 2) - 1) / 2 <= loss 1 1 2 unit_X (unit_y 1) (fst after) (snd after).
Proof.
  intros after; subst after.
  pose proof (escape_loss_grows 1 1 2 1 unit_X unit_s basis basis (unit_y 1) (1 / 10) ltac:(lia) ltac:(lia) ltac:(lia)
                unit_svd ltac:(lra) _ _ t escape_not_vacuous) as G.
  unfold top_output, top_coefficient in G; rewrite dot_basis_l, unit_norm in G by lia.
  unfold unit_s in G; simpl Prod in G; simpl INR in G; lra.
Qed.
