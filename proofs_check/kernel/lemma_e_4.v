(** Lemma E.4: the imbalance of the nonlinear model is constant along every solution of the gradient flow. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  gradient_flow nonlinear_model.
Local Open Scope R_scope.

Section Conservation.

Variables (N d : nat) (phi slope Phi : R -> R) (X : nat -> nat -> R) (y : nat -> R).
Variables (u : R -> nat -> R) (v : R -> R).
Hypothesis orthogonal : orthogonal_samples N d X.
Hypothesis slope_nonzero : forall x, slope x <> 0.
Hypothesis antiderivative : forall x : R, is_derive Phi x (phi x / slope x).
Hypothesis flow : nonlinear_flow N d phi slope X y u v.

(** Each sample moves along itself alone. *)
Lemma sample_flow (t : R) i : 0 < t -> (i < N)%nat ->
  is_derive (fun t => matrix_vector d X (u t) i) t
    (- / INR N * (nonlinear_residual d phi X y (u t) (v t) i
                  * (v t * slope (matrix_vector d X (u t) i)) * norm_sq d (X i))).
Proof.
  intros Ht Hi; eapply derive_value.
  - unfold matrix_vector; apply derive_dot_l; intros j Hj.
    exact (nonlinear_flow_u _ _ _ _ _ _ _ _ flow t j Ht Hj).
  - unfold nonlinear_gradient_u.
    rewrite (dot_ext d (X i) _ (X i) (fun j => - / INR N * ∑ n < N, nonlinear_residual d phi X y (u t) (v t) n
      * (v t * slope (matrix_vector d X (u t) n)) * X n j)) by (intros; auto; ring).
    rewrite dot_scal_r, dot_combination_r; f_equal.
    rewrite (Sum_ext N _ (fun n => delta i n * (nonlinear_residual d phi X y (u t) (v t) n
      * (v t * slope (matrix_vector d X (u t) n)) * norm_sq d (X n)))).
    + now rewrite (Sum_delta_l N (fun n => _) i Hi).
    + intros n Hn; destruct (Nat.eq_dec i n) as [<-|Hne].
      * rewrite delta_same; unfold norm_sq; ring.
      * rewrite delta_other, (proj1 orthogonal i n Hi Hn Hne) by assumption; ring.
Qed.

Theorem nonlinear_imbalance_derivative (t : R) : 0 < t ->
  is_derive (fun t => nonlinear_imbalance N d Phi X (u t) (v t)) t 0.
Proof.
  intros Ht; unfold nonlinear_imbalance.
  eapply derive_value.
  - simple apply derive_difference; [apply derive_scaled|apply derive_square, (nonlinear_flow_v _ _ _ _ _ _ _ _ flow t Ht)].
    apply (derive_Sum N (fun n t => Phi (matrix_vector d X (u t) n) / norm_sq d (X n)) t
      (fun n => / norm_sq d (X n) * ((- / INR N * (nonlinear_residual d phi X y (u t) (v t) n
         * (v t * slope (matrix_vector d X (u t) n)) * norm_sq d (X n)))
         * (phi (matrix_vector d X (u t) n) / slope (matrix_vector d X (u t) n))))).
    intros n Hn.
    apply derive_ext with (fun t => / norm_sq d (X n) * Phi (matrix_vector d X (u t) n)).
    { intros; unfold Rdiv; ring. }
    apply derive_scaled.
    apply (derive_composition Phi (fun t => matrix_vector d X (u t) n)); [apply antiderivative|].
    now apply sample_flow.
  - unfold nonlinear_gradient_v.
    rewrite (Sum_ext N _ (fun n => (- / INR N * v t) * (nonlinear_residual d phi X y (u t) (v t) n
      * phi (matrix_vector d X (u t) n)))).
    + rewrite Sum_scal_l; ring.
    + intros n Hn; pose proof (proj2 orthogonal n Hn).
      set (k := / INR N); field; split; [apply slope_nonzero|lra].
Qed.

Theorem lemma_e_4 t : 0 <= t ->
  nonlinear_imbalance N d Phi X (u t) (v t) = nonlinear_imbalance N d Phi X (u 0) (v 0).
Proof.
  intros Ht; apply (constant_of_zero_derivative (fun t => nonlinear_imbalance N d Phi X (u t) (v t)));
    [apply nonlinear_imbalance_derivative| |exact Ht].
  assert (F : Filter (at_right 0)) by apply at_right_proper_filter.
  unfold nonlinear_imbalance; apply limit_minus; [exact F| |].
  - apply limit_mult; [exact F|apply limit_constant; exact F|].
    apply (limit_Sum (at_right 0) N (fun n t => Phi (matrix_vector d X (u t) n) / norm_sq d (X n))
             (fun n => Phi (matrix_vector d X (u 0) n) / norm_sq d (X n))); intros n Hn.
    unfold Rdiv; apply limit_mult; [exact F| |apply limit_constant; exact F].
    apply filterlim_comp with (locally (matrix_vector d X (u 0) n)).
    + apply (limit_Sum (at_right 0) d (fun j t => X n j * u t j) (fun j => X n j * u 0 j)); intros j Hj.
      apply limit_mult; [exact F|apply limit_constant; exact F|].
      exact (nonlinear_start_u _ _ _ _ _ _ _ _ flow j Hj).
    + apply (ex_derive_continuous (V := R_NormedModule) Phi); eexists; apply antiderivative.
  - apply limit_mult; [exact F| |]; exact (nonlinear_start_v _ _ _ _ _ _ _ _ flow).
Qed.

End Conservation.

(** For [phi x = x] and [Phi x = x^2 / 2] this is Definition 4.2: [C = sum_n (x_n . u)^2 / |x_n|^2 - v^2]. *)
Theorem identity_activation (x : R) : is_derive (fun x => x * x / 2) x (x / 1).
Proof. auto_derive; [trivial|field]. Qed.
