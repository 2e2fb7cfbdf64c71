(** Two layers of any width: the matrix that gradient flow conserves, and what one step adds to it.

    The network is [f(x) = sum_b a_b (W_b . x)] with [H] neurons [b]; its imbalance matrix is [W Pi W^T - a a^T]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_2
  minimalist_model gradient gradient_flow.
Local Open Scope R_scope.

Definition wide_output (d H : nat) (X : nat -> nat -> R) (W : nat -> nat -> R) (a : nat -> R) (n : nat) : R :=
  ∑ b < H, a b * dot d (X n) (W b).

Definition wide_residual (d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : nat -> nat -> R) (a : nat -> R)
  (n : nat) : R := wide_output d H X W a n - y n.

Definition wide_loss (N d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : nat -> nat -> R) (a : nat -> R) : R :=
  norm_sq N (wide_residual d H X y W a) / (2 * INR N).

(** [g = X^T z / N]; the gradient is [a g^T] in [W] and [W g] in [a]. *)
Definition wide_slope (N d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : nat -> nat -> R) (a : nat -> R) :
  nat -> R := transposed_vector N X (fun n => wide_residual d H X y W a n / INR N).

Definition wide_imbalance (d r : nat) (w : nat -> nat -> R) (W : nat -> nat -> R) (a : nat -> R) (b c : nat) : R :=
  dot d (row_projection d r w (W b)) (row_projection d r w (W c)) - a b * a c.

Lemma row_projection_dot d r w x x' :
  orthonormal d r w ->
  dot d (row_projection d r w x) (row_projection d r w x') = dot r (fun i => dot d (w i) x) (fun i => dot d (w i) x').
Proof. intros Hw; exact (orthonormal_dot d r w _ _ Hw). Qed.

(** At width 1 it is the imbalance. *)
Theorem wide_imbalance_at_width_one d r w u v :
  wide_imbalance d r w (fun _ => u) v 0 0 = imbalance d r w u v 0.
Proof. reflexivity. Qed.

(** A step of size [eta] along [X^T q], for any weighting [q] of the samples: [q = z / N] for gradient descent, and
    [q = p z / B] for a mini-batch. *)
Theorem wide_step N d r X s e w (W W' : nat -> nat -> R) (a a' : nat -> R) q eta b c :
  svd N d r X s e w ->
  let g := transposed_vector N X q in
  (forall n j, (j < d)%nat -> W' n j = W n j - eta * (a n * g j)) ->
  (forall n, a' n = a n - eta * dot d g (W n)) ->
  wide_imbalance d r w W' a' b c - wide_imbalance d r w W a b c
  = eta * eta * (a b * a c * norm_sq d g - dot d g (W b) * dot d g (W c)).
Proof.
  intros Hsvd g HW Ha; unfold wide_imbalance.
  assert (Hw := svd_right _ _ _ _ _ _ _ Hsvd).
  rewrite !row_projection_dot, !Ha by assumption.
  assert (Hmoved : forall n i, (i < r)%nat ->
            dot d (w i) (W' n) = dot d (w i) (W n) - (eta * a n) * dot d (w i) g).
  { intros n i Hi; rewrite (dot_ext d (w i) (W' n) (w i) (fun j => W n j - (eta * a n) * g j)).
    - now rewrite dot_minus_r, dot_scal_r.
    - reflexivity.
    - intros j Hj; rewrite HW by assumption; ring. }
  assert (Hg : forall x, dot r (fun i => dot d (w i) x) (fun i => dot d (w i) g) = dot d g x).
  { intros x; unfold g; rewrite (svd_transposed_dot N d r X s e w Hsvd); apply Sum_ext; intros i Hi.
    rewrite (svd_right_coefficient N d r X s e w Hsvd q i Hi); ring. }
  assert (Hgg : norm_sq r (fun i => dot d (w i) g) = norm_sq d g).
  { unfold g; rewrite (svd_transposed_norm N d r X s e w Hsvd); apply Sum_ext; intros i Hi.
    now rewrite (svd_right_coefficient N d r X s e w Hsvd q i Hi). }
  assert (Hall : dot r (fun i => dot d (w i) (W' b)) (fun i => dot d (w i) (W' c))
    = dot r (fun i => dot d (w i) (W b)) (fun i => dot d (w i) (W c))
      - eta * a c * dot d g (W b) - eta * a b * dot d g (W c) + eta * eta * (a b * a c) * norm_sq d g).
  { rewrite <- (Hg (W b)), <- (Hg (W c)), <- Hgg; unfold norm_sq, dot at 1 4 7 10 13.
    rewrite <- !Sum_scal_l, <- !Sum_minus, <- Sum_plus; apply Sum_ext; intros i Hi.
    rewrite !Hmoved by assumption; ring. }
  rewrite Hall; ring.
Qed.

(** Gradient descent, and SGD with the diagonal [p] of its mask, each on the gradient of its loss. *)
Definition wide_step_first (eta : R) (g : nat -> R) (W : nat -> nat -> R) (a : nat -> R) (b j : nat) : R :=
  W b j - eta * (a b * g j).
Definition wide_step_second (eta : R) (d : nat) (g : nat -> R) (W : nat -> nat -> R) (a : nat -> R) (b : nat) : R :=
  a b - eta * dot d g (W b).
Definition wide_batch_slope (N d H B : nat) (p : nat -> R) (X : nat -> nat -> R) (y : nat -> R)
  (W : nat -> nat -> R) (a : nat -> R) : nat -> R :=
  transposed_vector N X (fun n => p n * wide_residual d H X y W a n / INR B).

Theorem wide_descent N d H r X s e w y W a eta b c :
  svd N d r X s e w ->
  let g := wide_slope N d H X y W a in
  wide_imbalance d r w (wide_step_first eta g W a) (wide_step_second eta d g W a) b c - wide_imbalance d r w W a b c
  = eta * eta * (a b * a c * norm_sq d g - dot d g (W b) * dot d g (W c)).
Proof. intros Hsvd g; apply (wide_step N d r X s e w W _ a _ _ eta b c Hsvd); reflexivity. Qed.

Theorem wide_any_batch N d H B p r X s e w y W a eta b c :
  svd N d r X s e w ->
  let g := wide_batch_slope N d H B p X y W a in
  wide_imbalance d r w (wide_step_first eta g W a) (wide_step_second eta d g W a) b c - wide_imbalance d r w W a b c
  = eta * eta * (a b * a c * norm_sq d g - dot d g (W b) * dot d g (W c)).
Proof. intros Hsvd g; apply (wide_step N d r X s e w W _ a _ _ eta b c Hsvd); reflexivity. Qed.

Lemma derive_wide_residual d H X y W a (F : nat -> nat -> R) (f : nat -> R) n :
  is_derive (fun t => wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n) 0
    (∑ b < H, (a b * dot d (X n) (F b) + f b * dot d (X n) (W b))).
Proof.
  unfold wide_residual, wide_output; eapply derive_value.
  - apply derive_difference; [|apply derive_constant].
    apply (derive_Sum H (fun b t => (a b + t * f b) * dot d (X n) (fun j => W b j + t * F b j))); intros b _.
    apply derive_product; [apply derive_affine|].
    apply derive_ext with (fun t => dot d (X n) (W b) + t * dot d (X n) (F b)); [|apply derive_affine].
    intros t; now rewrite dot_plus_r, dot_scal_r.
  - rewrite Rminus_0_r; apply Sum_ext; intros b _.
    replace (dot d (X n) (fun j => W b j + 0 * F b j)) with (dot d (X n) (W b))
      by (apply dot_ext; intros; auto; ring).
    ring.
Qed.

(** The gradient in these steps is the derivative of the loss. *)
Theorem wide_gradient_is_the_derivative N d H X y W a (F : nat -> nat -> R) (f : nat -> R) :
  (0 < N)%nat ->
  let g := wide_slope N d H X y W a in
  is_derive (fun t => wide_loss N d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b)) 0
    (∑ b < H, (a b * dot d g (F b) + f b * dot d g (W b))).
Proof.
  intros HN g; assert (0 < INR N) by now apply lt_0_INR.
  unfold wide_loss, norm_sq, dot at 1.
  apply derive_ext with (fun t => / (2 * INR N) *
    ∑ n < N, (wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n
              * wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n)).
  { intros; unfold Rdiv; ring. }
  eapply derive_value.
  - apply derive_scaled.
    apply (derive_Sum N (fun n t => wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n
              * wide_residual d H X y (fun b j => W b j + t * F b j) (fun b => a b + t * f b) n)).
    intros n _; apply derive_square, derive_wide_residual.
  - unfold g, wide_slope.
    rewrite (Sum_ext H _ (fun b => ∑ n < N, wide_residual d H X y W a n / INR N *
               (a b * dot d (X n) (F b) + f b * dot d (X n) (W b)))).
    + rewrite Sum_swap, <- Sum_scal_l; apply Sum_ext; intros n _; rewrite Sum_scal_l.
      replace (wide_residual d H X y (fun b j => W b j + 0 * F b j) (fun b => a b + 0 * f b) n)
        with (wide_residual d H X y W a n).
      * field; lra.
      * unfold wide_residual, wide_output; f_equal; apply Sum_ext; intros b _; f_equal; [ring|].
        apply dot_ext; intros; auto; ring.
    + intros b _; rewrite !transpose_dot; unfold dot at 1 2, matrix_vector.
      rewrite <- !Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring.
Qed.

(** [W t], [a t] solve the gradient flow of the loss for [t > 0] and start continuously at [t = 0]. *)
Record wide_flow (N d H : nat) (X : nat -> nat -> R) (y : nat -> R) (W : R -> nat -> nat -> R) (a : R -> nat -> R)
  : Prop := {
  flow_first : forall (t : R) b j, 0 < t -> (b < H)%nat -> (j < d)%nat ->
    is_derive (fun t => W t b j) t (- (a t b * wide_slope N d H X y (W t) (a t) j));
  flow_second : forall (t : R) b, 0 < t -> (b < H)%nat ->
    is_derive (fun t => a t b) t (- dot d (wide_slope N d H X y (W t) (a t)) (W t b));
  start_first : forall b j, (b < H)%nat -> (j < d)%nat ->
    filterlim (fun t => W t b j) (at_right 0) (locally (W 0 b j));
  start_second : forall b, (b < H)%nat -> filterlim (fun t => a t b) (at_right 0) (locally (a 0 b))
}.

Lemma wide_imbalance_derivative N d H r X s e w y W a (t : R) b c :
  svd N d r X s e w -> wide_flow N d H X y W a -> 0 < t -> (b < H)%nat -> (c < H)%nat ->
  is_derive (fun t => wide_imbalance d r w (W t) (a t) b c) t 0.
Proof.
  intros Hsvd Hflow Ht Hb Hc.
  assert (Hw := svd_right _ _ _ _ _ _ _ Hsvd).
  set (g := wide_slope N d H X y (W t) (a t)).
  assert (Hcoordinate : forall n i, (n < H)%nat -> (i < r)%nat ->
            is_derive (fun t => dot d (w i) (W t n)) t (- (a t n * dot d (w i) g))).
  { intros n i Hn Hi; eapply derive_value.
    - apply derive_dot_l; intros j Hj; exact (flow_first _ _ _ _ _ _ _ Hflow t n j Ht Hn Hj).
    - rewrite (dot_ext d (w i) _ (w i) (fun j => - a t n * g j)) by (intros; auto; unfold g; ring).
      rewrite dot_scal_r; ring. }
  apply derive_ext with
    (fun t => (∑ i < r, dot d (w i) (W t b) * dot d (w i) (W t c)) - a t b * a t c).
  { intros t'; unfold wide_imbalance; now rewrite row_projection_dot by assumption. }
  eapply derive_value.
  - apply derive_difference.
    + apply (derive_Sum r (fun i t => dot d (w i) (W t b) * dot d (w i) (W t c))); intros i Hi.
      apply derive_product; apply Hcoordinate; assumption.
    + apply derive_product; apply (flow_second _ _ _ _ _ _ _ Hflow); assumption.
  - fold g.
    assert (Hg : forall x, dot d g x = ∑ i < r, dot d (w i) g * dot d (w i) x).
    { intros x; unfold g, wide_slope; rewrite (svd_transposed_dot N d r X s e w Hsvd); apply Sum_ext; intros i Hi.
      now rewrite (svd_right_coefficient N d r X s e w Hsvd _ i Hi). }
    rewrite (Hg (W t b)), (Hg (W t c)).
    rewrite (Sum_ext r _ (fun i => - a t b * (dot d (w i) g * dot d (w i) (W t c))
                                   + - a t c * (dot d (w i) g * dot d (w i) (W t b)))) by (intros; ring).
    rewrite Sum_plus, !Sum_scal_l; ring.
Qed.

(** Gradient flow conserves every entry of the matrix. *)
Theorem wide_imbalance_conserved N d H r X s e w y W a :
  svd N d r X s e w -> wide_flow N d H X y W a ->
  forall b c t, (b < H)%nat -> (c < H)%nat -> 0 <= t ->
  wide_imbalance d r w (W t) (a t) b c = wide_imbalance d r w (W 0) (a 0) b c.
Proof.
  intros Hsvd Hflow b c t Hb Hc Ht.
  apply (constant_of_zero_derivative (fun t => wide_imbalance d r w (W t) (a t) b c)); [| |exact Ht].
  - intros t' Ht'; exact (wide_imbalance_derivative N d H r X s e w y W a t' b c Hsvd Hflow Ht' Hb Hc).
  - assert (Hw := svd_right _ _ _ _ _ _ _ Hsvd).
    assert (Hf : Filter (at_right 0)) by apply at_right_proper_filter.
    unfold wide_imbalance; rewrite row_projection_dot by assumption.
    apply filterlim_ext with
      (fun t => (∑ i < r, dot d (w i) (W t b) * dot d (w i) (W t c)) - a t b * a t c).
    { intros t'; now rewrite row_projection_dot by assumption. }
    assert (Hd : forall n i, (n < H)%nat ->
              filterlim (fun t => dot d (w i) (W t n)) (at_right 0) (locally (dot d (w i) (W 0 n)))).
    { intros n i Hn; apply (limit_Sum (at_right 0) d (fun l t => w i l * W t n l) (fun l => w i l * W 0 n l)).
      intros l Hl; apply limit_mult; [exact Hf|apply limit_constant; exact Hf|].
      exact (start_first _ _ _ _ _ _ _ Hflow n l Hn Hl). }
    apply limit_minus; [exact Hf| |].
    + apply (limit_Sum (at_right 0) r (fun i t => dot d (w i) (W t b) * dot d (w i) (W t c))
               (fun i => dot d (w i) (W 0 b) * dot d (w i) (W 0 c))).
      intros i _; apply limit_mult; [exact Hf| |]; apply Hd; assumption.
    + apply limit_mult; [exact Hf| |]; apply (start_second _ _ _ _ _ _ _ Hflow); assumption.
Qed.
