(** The hypotheses of Theorems 4.3 and 4.6 hold on concrete rational data of rank 2 in dimension 3, with weights
    that have a part outside the row space. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 definition_4_2
  minimalist_model hessian sharpness equation_16 equation_17 theorem_4_3
  theorem_4_6 concrete_data.
Import ListNotations.
Local Open Scope R_scope.

(** [X = 5 e_1 w_1^T + 2 e_2 w_2^T], [y = 6 e_1 + 3 e_2]. *)
Definition example_s := vec [5; 2].
Definition example_e := mat [[3/5; 4/5]; [-4/5; 3/5]].
Definition example_w := mat [[2/3; 2/3; 1/3]; [-2/3; 1/3; 2/3]].
Definition example_X := mat [[46/15; 22/15; -1/15]; [28/15; 46/15; 32/15]].
Definition example_y := vec [6/5; 33/5].

Ltac open_example := unfold example_s, example_e, example_w, example_X, example_y.

Lemma example_svd : svd 2 3 2 example_X example_s example_e example_w.
Proof. open_example; concrete_svd. Qed.

Lemma example_reachable : in_column_space 2 3 example_X example_y.
Proof.
  exists (vec [-1/5; 13/10; 7/5]); open_example.
  apply (below 2 (fun n => matrix_vector 3 _ _ n = _)); cbn [all_below]; concrete.
Qed.

Lemma example_positive : 0 < norm_sq 2 example_y.
Proof. open_example; concrete. Qed.

Lemma example_difficulty : difficulty 2 2 example_s example_e example_y = 369/100.
Proof. open_example; unfold difficulty, label_coefficient; concrete. Qed.

(** [v = 3/2], [u = (-1/5, 13/10, 7/5) / v + (1, -2, 2)], the last part orthogonal to the rows. *)
Definition example_u := vec [13/15; -17/15; 44/15].
Definition example_v := vec [3/2].

Lemma example_fits n : (n < 2)%nat -> residual 3 1 example_X example_y example_u example_v n = 0.
Proof.
  revert n; apply (below 2); cbn [all_below]; unfold residual, output, example_u, example_v; open_example.
  concrete.
Qed.

Lemma example_minimizer : is_global_minimizer (loss 2 3 1 example_X example_y) example_u example_v.
Proof. apply fitting_labels_minimizes; [lia|exact example_fits]. Qed.

Lemma example_imbalance : imbalance 3 2 example_w example_u example_v 0 = - (61 / 100).
Proof.
  unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ example_svd).
  unfold example_u, example_v; open_example; concrete.
Qed.

(** Every hypothesis of Theorem 4.3 at once. *)
Example theorem_4_3_not_vacuous : exists S,
  svd 2 3 2 example_X example_s example_e example_w /\
  in_column_space 2 3 example_X example_y /\ 0 < norm_sq 2 example_y /\
  is_global_minimizer (loss 2 3 1 example_X example_y) example_u example_v /\
  is_sharpness (loss 2 3 1 example_X example_y) 3 1 example_u example_v S.
Proof.
  assert (H2 : INR 2 <> 0) by (simpl; lra).
  destruct (sharpness_exists (INR 2) 2 3 1 example_X example_y example_u example_v H2 ltac:(lia)) as [S HS].
  exists S; split; [exact example_svd|]; split; [exact example_reachable|].
  split; [exact example_positive|]; split; [exact example_minimizer|exact HS].
Qed.

(** What the theorem then says: [C = -61/100], [V = 9/4], and a sharpness between 289/8 and 305/8. *)
Example theorem_4_3_on_the_example S :
  is_sharpness (loss 2 3 1 example_X example_y) 3 1 example_u example_v S -> 289 / 8 <= S <= 305 / 8.
Proof.
  intros HS.
  destruct (theorem_4_3 2 3 2 example_X example_s example_e example_w example_y example_u example_v S
              ltac:(lia) example_svd example_reachable example_positive example_minimizer HS) as [HV H].
  rewrite <- HV in H; revert H; unfold sharpness_bound, label_coefficient, example_v; open_example.
  compute_sums; simpl; lra.
Qed.

(** A balanced minimizer of depth 3, one weight negative, with [|Pi_W u|^2 = v_j^2 = 4] and [Q = 64]. *)
Definition deep_y := vec [-104/25; -672/25].
Definition deep_u := vec [11/15; -2/3; 52/15].
Definition deep_v := vec [2; -2].

Lemma deep_reachable : in_column_space 2 3 example_X deep_y.
Proof.
  exists (vec [16/15; -16/3; -88/15]); open_example; unfold deep_y.
  apply (below 2 (fun n => matrix_vector 3 _ _ n = _)); cbn [all_below]; concrete.
Qed.

Lemma deep_positive : 0 < norm_sq 2 deep_y.
Proof. unfold deep_y; concrete. Qed.

Lemma deep_minimizer : is_global_minimizer (loss 2 3 2 example_X deep_y) deep_u deep_v.
Proof.
  apply fitting_labels_minimizes; [lia|].
  apply (below 2); cbn [all_below]; unfold residual, output, deep_u, deep_v, deep_y; open_example; concrete.
Qed.

Lemma deep_balanced : balanced 3 3 2 example_w deep_u deep_v.
Proof.
  unfold balanced; apply (below 2 (fun k => imbalance 3 2 example_w deep_u deep_v k = 0)).
  cbn [all_below]; unfold imbalance; rewrite !row_projection_norm by apply (svd_right _ _ _ _ _ _ _ example_svd).
  unfold deep_u, deep_v; open_example; concrete.
Qed.

Lemma deep_difficulty : difficulty 2 2 example_s example_e deep_y = 4 ^ 3.
Proof. unfold deep_y; open_example; unfold difficulty, label_coefficient; concrete. Qed.

Example theorem_4_6_not_vacuous : exists S,
  svd 2 3 2 example_X example_s example_e example_w /\
  in_column_space 2 3 example_X deep_y /\ 0 < norm_sq 2 deep_y /\
  is_global_minimizer (loss 2 3 2 example_X deep_y) deep_u deep_v /\
  balanced 3 3 2 example_w deep_u deep_v /\
  is_sharpness (loss 2 3 2 example_X deep_y) 3 2 deep_u deep_v S.
Proof.
  assert (H2 : INR 2 <> 0) by (simpl; lra).
  destruct (sharpness_exists (INR 2) 2 3 2 example_X deep_y deep_u deep_v H2 ltac:(lia)) as [S HS].
  exists S; split; [exact example_svd|]; split; [exact deep_reachable|]; split; [exact deep_positive|].
  split; [exact deep_minimizer|]; split; [exact deep_balanced|exact HS].
Qed.

Example theorem_4_6_on_the_example S :
  is_sharpness (loss 2 3 2 example_X deep_y) 3 2 deep_u deep_v S -> 344 <= S <= 9624 / 25.
Proof.
  intros HS.
  destruct (theorem_4_6 2 3 3 2 example_X example_s example_e example_w deep_y deep_u deep_v S
              ltac:(lia) ltac:(lia) example_svd deep_reachable deep_positive deep_minimizer deep_balanced HS)
    as [_ [_ H]].
  rewrite deep_difficulty, !depth_bound_at_power in H by (lia || lra).
  revert H; unfold label_coefficient, deep_y; open_example; compute_sums; simpl; lra.
Qed.

(** The kernel there: [16 X X^T + y y^T / 2]. *)
Example balanced_kernel_on_the_example :
  tangent_kernel 3 2 example_X deep_u deep_v 0 1
  = 16 * dot 3 (example_X 0%nat) (example_X 1%nat) + 1 / 2 * (deep_y 0%nat * deep_y 1%nat).
Proof.
  assert (Hfit : forall n, (n < 2)%nat -> residual 3 2 example_X deep_y deep_u deep_v n = 0).
  { apply (below 2); cbn [all_below]; unfold residual, output, deep_u, deep_v, deep_y; open_example; concrete. }
  pose proof (balanced_kernel 2 3 3 2 example_X example_s example_e example_w deep_y deep_u deep_v 0 1
    ltac:(lia) example_svd ltac:(rewrite deep_difficulty; lra) Hfit deep_balanced ltac:(lia) ltac:(lia)) as E.
  cbv zeta in E; change (3 - 1)%nat with 2%nat in E.
  rewrite E, deep_difficulty, power_of_difficulty, (inverse_root_of_difficulty 3) by (lia || lra); simpl; field.
Qed.
