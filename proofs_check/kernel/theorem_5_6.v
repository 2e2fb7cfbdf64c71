(** Theorem 5.6, the upper bound on the expected sharpness at the start: Lemma B.3 and moments of the weights. It holds
    for every law that has these moments. The lower bound, for which the law itself counts, is in [claims_thm_5_6]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model sharpness theorem_4_3 lemma_b_3 expectation gaussian_moments.
Local Open Scope R_scope.

Section Start.

Context {Omega : Type}.
Variables (E : expectation Omega) (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Variables (y : nat -> R) (alpha beta : R) (u : Omega -> nat -> R) (v : Omega -> R) (S : Omega -> R) (mean_S : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis rank_positive : (0 < r)%nat.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis sharpness_here : forall o, is_sharpness (loss N d 1 X y) d 1 (u o) (fun _ => v o) (S o).
Hypothesis gaussian : gaussian_weights E d alpha beta u v.
Hypothesis mean_sharpness : has_mean E S mean_S.

Let c (o : Omega) (i : nat) : R := dot d (w i) (u o).

Lemma singular_residual o i :
  (i < r)%nat ->
  dot N (e i) (residual d 1 X y (u o) (fun _ => v o)) = s i * c o i * v o - label_coefficient N e y i.
Proof.
  intros Hi; unfold residual, output, label_coefficient.
  rewrite dot_minus_r; f_equal.
  rewrite (dot_ext N (e i) (fun n => matrix_vector d X (u o) n * Prod 1 (fun _ => v o))
             (e i) (fun n => v o * matrix_vector d X (u o) n)).
  - rewrite dot_scal_r, (svd_left_coefficient N d r X s e w decomposition (u o) i Hi); unfold c; ring.
  - reflexivity.
  - intros; rewrite Prod_one_factor; ring.
Qed.

Let g (o : Omega) : nat -> R := transposed_vector N X (residual d 1 X y (u o) (fun _ => v o)).

Lemma mean_gradient_norm_sq :
  has_mean E (fun o => norm_sq d (g o))
    (∑ i < r, s i * s i * (s i * s i * (alpha * alpha * (beta * beta))
                           + label_coefficient N e y i * label_coefficient N e y i)).
Proof.
  assert (Hw := svd_right _ _ _ _ _ _ _ decomposition).
  apply has_mean_ext with (fun o => ∑ i < r, s i * s i *
    (s i * s i * (c o i * c o i * (v o * v o)) - 2 * (s i * label_coefficient N e y i) * (c o i * v o)
     + label_coefficient N e y i * label_coefficient N e y i)).
  - intros o; unfold g; rewrite (svd_transposed_norm N d r X s e w decomposition).
    apply Sum_ext; intros i Hi; rewrite singular_residual by assumption; ring.
  - apply has_mean_Sum; intros i Hi; apply has_mean_scal.
    apply has_mean_plus; [|apply has_mean_constant].
    eapply has_mean_value.
    + apply has_mean_minus; apply has_mean_scal.
      * apply (mean_coordinates_v E d alpha beta u v gaussian).
      * apply (mean_coordinate_v E d alpha beta u v gaussian).
    + rewrite Hw, delta_same by assumption; ring.
Qed.

(** The upper bound. The norm of [X^T z] must have a mean for its expectation to be bounded. *)
Theorem theorem_5_6_upper mean_g :
  has_mean E (fun o => norm d (g o)) mean_g ->
  mean_S <= (s 0%nat * s 0%nat * (beta * beta) + alpha * alpha * (∑ i < r, s i * s i)
             + sqrt (alpha * alpha * (beta * beta) * (∑ i < r, s i * s i * (s i * s i))
                     + ∑ i < r, s i * s i * (label_coefficient N e y i * label_coefficient N e y i)))
            / INR N.
Proof.
  intros Hg; assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (Hw := svd_right _ _ _ _ _ _ _ decomposition).
  set (G := alpha * alpha * (beta * beta) * _ + _).
  assert (Hr : mean_g <= sqrt G).
  { apply (mean_below_root E (fun o => norm d (g o))); [assumption|].
    apply has_mean_ext with (fun o => norm_sq d (g o)); [intros; symmetry; apply norm_squared|].
    eapply has_mean_value; [apply mean_gradient_norm_sq|].
    unfold G; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring. }
  assert (HA : has_mean E (fun o => norm_sq N (matrix_vector d X (u o))) (alpha * alpha * ∑ i < r, s i * s i)).
  { apply has_mean_ext with (fun o => ∑ i < r, s i * s i * (c o i * c o i)).
    - intros o; rewrite (svd_apply_norm N d r X s e w decomposition); apply Sum_ext; intros; unfold c; ring.
    - rewrite <- Sum_scal_l; apply has_mean_Sum; intros i Hi.
      eapply has_mean_value; [apply has_mean_scal, (mean_coordinates E d alpha beta u v gaussian)|].
      rewrite Hw, delta_same by assumption; ring. }
  apply Rle_trans with ((s 0%nat * s 0%nat * (beta * beta) + alpha * alpha * (∑ i < r, s i * s i) + mean_g)
                        / INR N).
  2:{ apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|lra]. }
  apply (has_mean_le E S (fun o => / INR N * (s 0%nat * s 0%nat * (v o * v o)
           + norm_sq N (matrix_vector d X (u o)) + norm d (g o)))); [assumption| |].
  - eapply has_mean_value; [|unfold Rdiv; apply Rmult_comm].
    apply has_mean_scal, has_mean_plus; [apply has_mean_plus|]; try assumption.
    apply has_mean_scal, (moment_v_v E d alpha beta u v gaussian).
  - intros o; rewrite Rmult_comm.
    exact (lemma_b_3_upper N d r X s e w y (u o) (fun _ => v o) (S o) samples decomposition
             (sharpness_here o)).
Qed.

End Start.
