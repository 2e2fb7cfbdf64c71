(** Two layers of any width: the loss, its gradient, and the matrix that gradient flow conserves.

    The network is [f(x) = sum_b a_b (W_b . x)] with [H] neurons [b]; its imbalance matrix is [W Pi W^T - a a^T]. *)

From Coq Require Import Reals Lra Lia List PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_2
  minimalist_model gradient gradient_flow printed_setting step_of_descent batch_step flow_of_a_loss
  layers_of_weights.
Import ListNotations.
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

(** What a step along [X^T x / Q] does to it. *)
Section Step.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (eta Q : R) (x : nat -> R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis nonzero : Q <> 0.

Let G := gradient_of N X x.

(** The product of two rows of the first layer, as the data see them, after a step of both. *)
Lemma rows_after (W_b W_c : nat -> R) (a_b a_c : R) :
  (∑ i < r, (∑ k < d, w i k * (W_c k - a_c * eta * G k / Q)) * (∑ k < d, w i k * (W_b k - a_b * eta * G k / Q)))
  = (∑ i < r, (∑ k < d, W_c k * w i k) * (∑ k < d, W_b k * w i k)) - eta / Q * (a_b * dot d W_c G + a_c * dot d W_b G)
    + (eta / Q) ^ 2 * (a_b * a_c * norm_sq d G).
Proof.
  assert (E : forall (h : nat -> R) (a : R) i, (∑ k < d, w i k * (h k - a * eta * G k / Q)) = dot d (w i) h - a * (eta / Q) * dot d (w i) G).
  { intros h a i; unfold dot; rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; unfold Rdiv; ring. }
  rewrite (Sum_ext r _ (fun i => (∑ k < d, W_c k * w i k) * (∑ k < d, W_b k * w i k)
    + (- (a_b * (eta / Q))) * (dot d (w i) W_c * dot d (w i) G) + (- (a_c * (eta / Q))) * (dot d (w i) W_b * dot d (w i) G)
    + (a_b * a_c * (eta / Q) ^ 2) * (dot d (w i) G * dot d (w i) G))).
  - rewrite !Sum_plus, !Sum_scal_l.
    pose proof (gradient_product N d r X s e w product right x W_c) as Pc.
    pose proof (gradient_product N d r X s e w product right x W_b) as Pb.
    pose proof (gradient_norm N d r X s e w product right x) as Pn.
    change ((∑ i < r, dot d (w i) W_c * dot d (w i) G) = dot d W_c G) in Pc.
    change ((∑ i < r, dot d (w i) W_b * dot d (w i) G) = dot d W_b G) in Pb.
    change ((∑ i < r, dot d (w i) G * dot d (w i) G) = norm_sq d G) in Pn.
    rewrite Pc, Pb, Pn; ring.
  - intros i _; rewrite !E, !printed_coefficient; ring.
Qed.

Lemma slope_over h : (∑ k < d, h k * G k / Q) = dot d h G / Q.
Proof. unfold dot, Rdiv; rewrite <- Sum_scal_r; reflexivity. Qed.

End Step.

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

(** Where its gradient flow leads. *)
Section Conservation.

Variables (N d H r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y : nat -> R).
Hypothesis samples : (0 < N)%nat.
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.

Let L (W : weights) : R := wide_loss N d H X y (W 0%nat) (fun b => W 1%nat b 0%nat).
Let shapes : list (nat * nat) := [(H, d); (H, 1%nat)].

Lemma one_entry (W : nat -> nat -> R) b k x :
  (fun b' k' => if (true && Nat.eqb b' b && Nat.eqb k' k)%bool then x else W b' k')
  = fun b' k' => W b' k' + (x - W b k) * (delta b b' * delta k k').
Proof.
  apply functional_extensionality; intros b'; apply functional_extensionality; intros k'.
  unfold delta; rewrite (Nat.eqb_sym b b'), (Nat.eqb_sym k k').
  destruct (Nat.eqb b' b) eqn:Eb, (Nat.eqb k' k) eqn:Ek; cbn; try ring.
  apply Nat.eqb_eq in Eb, Ek; subst; ring.
Qed.

Lemma slope_of_first W b k : (b < H)%nat -> (k < d)%nat ->
  is_derive (fun x => L (with_weight 0 b k x W)) (W 0%nat b k)
    (W 1%nat b 0%nat * wide_slope N d H X y (W 0%nat) (fun b => W 1%nat b 0%nat) k).
Proof.
  intros Hb Hk; set (a := fun b => W 1%nat b 0%nat); set (g := wide_slope N d H X y (W 0%nat) a).
  apply is_derive_ext with (fun x => wide_loss N d H X y
    (fun b' k' => W 0%nat b' k' + (x - W 0%nat b k) * (delta b b' * delta k k')) (fun b' => a b' + (x - W 0%nat b k) * 0)).
  - intros x; unfold L; f_equal.
    + symmetry; exact (one_entry (W 0%nat) b k x).
    + apply functional_extensionality; intros b'; unfold a, with_weight; cbn; ring.
  - eapply derive_value; [apply (derive_shifted (fun t => wide_loss N d H X y
      (fun b' k' => W 0%nat b' k' + t * (delta b b' * delta k k')) (fun b => a b + t * 0))); apply (wide_gradient_is_the_derivative N d H X y (W 0%nat) a _ (fun _ => 0) samples)|].
    fold g.
    rewrite (Sum_ext H _ (fun b' => delta b b' * (a b' * g k))); [now rewrite (Sum_delta_l H (fun b' => a b' * g k))|].
    intros b' _; rewrite Rmult_0_l, Rplus_0_r.
    rewrite dot_scal_r; replace (dot d g (delta k)) with (g k); [ring|].
    rewrite dot_sym; symmetry; exact (Sum_delta_l d g k Hk).
Qed.

Lemma slope_of_second W b : (b < H)%nat ->
  is_derive (fun x => L (with_weight 1 b 0 x W)) (W 1%nat b 0%nat)
    (dot d (wide_slope N d H X y (W 0%nat) (fun b => W 1%nat b 0%nat)) (W 0%nat b)).
Proof.
  intros Hb; set (a := fun b => W 1%nat b 0%nat); set (g := wide_slope N d H X y (W 0%nat) a).
  apply is_derive_ext with (fun x => wide_loss N d H X y
    (fun b' k' => W 0%nat b' k' + (x - a b) * 0) (fun b' => a b' + (x - a b) * delta b b')).
  - intros x; unfold L; f_equal.
    + apply functional_extensionality; intros b'; apply functional_extensionality; intros k'; unfold with_weight; cbn; ring.
    + apply functional_extensionality; intros b'; unfold a, delta, with_weight; cbn; rewrite (Nat.eqb_sym b b').
      destruct (Nat.eqb b' b) eqn:E; cbn; [apply Nat.eqb_eq in E; subst; ring|ring].
  - eapply derive_value; [apply (derive_shifted (fun t => wide_loss N d H X y (fun b' k' => W 0%nat b' k' + t * 0)
      (fun b' => a b' + t * delta b b'))); apply (wide_gradient_is_the_derivative N d H X y (W 0%nat) a (fun _ _ => 0) (delta b) samples)|].
    fold g.
    rewrite (Sum_ext H _ (fun b' => delta b b' * dot d g (W 0%nat b'))).
    + exact (Sum_delta_l H (fun b' => dot d g (W 0%nat b')) b Hb).
    + intros b' _; rewrite dot_nowhere; ring.
Qed.

Let measured (W : weights) (b c : nat) : R :=
  dot r (fun i => dot d (w i) (W 0%nat b)) (fun i => dot d (w i) (W 0%nat c)) - W 1%nat b 0%nat * W 1%nat c 0%nat.

Lemma entry_of_first b k : (b < H)%nat -> (k < d)%nat -> is_entry (length shapes) (row_count shapes) (column_count shapes) 0 b k.
Proof. intros; repeat split; cbn; auto with arith. Qed.

Lemma entry_of_second b : (b < H)%nat -> is_entry (length shapes) (row_count shapes) (column_count shapes) 1 b 0.
Proof. intros; repeat split; cbn; auto with arith. Qed.

Lemma wide_measured_ext W W' b c : (b < H)%nat -> (c < H)%nat ->
  (forall l b k, is_entry (length shapes) (row_count shapes) (column_count shapes) l b k -> W l b k = W' l b k) ->
  measured W b c = measured W' b c.
Proof.
  intros Hb Hc E; unfold measured; rewrite !(E 1%nat) by now apply entry_of_second.
  f_equal; apply dot_ext; intros i Hi; apply dot_ext; auto; intros; apply E; now apply entry_of_first.
Qed.

Lemma wide_measured_limit (F : (R -> Prop) -> Prop) {FF : Filter F} (U : R -> weights) W b c : (b < H)%nat -> (c < H)%nat ->
  (forall l b k, is_entry (length shapes) (row_count shapes) (column_count shapes) l b k ->
     filterlim (fun t => U t l b k) F (locally (W l b k))) ->
  filterlim (fun t => measured (U t) b c) F (locally (measured W b c)).
Proof.
  intros Hb Hc E; unfold measured; apply limit_minus; [assumption| |].
  - assert (L1 : forall n i, (n < H)%nat ->
        filterlim (fun t => dot d (w i) (U t 0%nat n)) F (locally (dot d (w i) (W 0%nat n)))).
    { intros n i Hn; apply (limit_Sum F d (fun l t => w i l * U t 0%nat n l) (fun l => w i l * W 0%nat n l)); intros l Hl.
      apply limit_mult; [assumption|apply limit_constant; assumption|]; apply E; now apply entry_of_first. }
    apply (limit_Sum F r (fun i t => dot d (w i) (U t 0%nat b) * dot d (w i) (U t 0%nat c))
      (fun i => dot d (w i) (W 0%nat b) * dot d (w i) (W 0%nat c))).
    intros i _; apply limit_mult; auto.
  - apply limit_mult; auto using entry_of_second.
Qed.

(** Every entry of the matrix is the same at both ends. *)
Theorem flow_keeps_wide_imbalance W W' b c : (b < H)%nat -> (c < H)%nat ->
  flow_of_network_leads L (length shapes) (row_count shapes) (column_count shapes) W W' -> measured W' b c = measured W b c.
Proof.
  intros Hb Hc [U [U0 [DU [CU End]]]].
  assert (Rate : forall t, 0 < t -> is_derive (fun t => measured (U t) b c) t 0).
  { intros t Ht; set (W0 := U t 0%nat); set (a := fun b => U t 1%nat b 0%nat).
    set (z := fun n => wide_residual d H X y W0 a n / INR N); set (g := fun k => ∑ n < N, X n k * z n).
    assert (G : forall k, wide_slope N d H X y W0 a k = g k) by (intros; apply Sum_ext; intros; unfold z; ring).
    assert (D0 : forall n k, (n < H)%nat -> (k < d)%nat -> is_derive (fun t => U t 0%nat n k) t (- (a n * g k))).
    { intros n k Hn Hk; destruct (DU t 0%nat n k Ht (entry_of_first n k Hn Hk)) as [slope [P Q]].
      rewrite <- G; replace (a n * wide_slope N d H X y W0 a k) with slope; [exact Q|].
      rewrite <- (is_derive_unique _ _ _ P); apply is_derive_unique; exact (slope_of_first (U t) n k Hn Hk). }
    assert (D1 : forall n, (n < H)%nat -> is_derive (fun t => U t 1%nat n 0%nat) t (- dot d (W0 n) g)).
    { intros n Hn; destruct (DU t 1%nat n 0%nat Ht (entry_of_second n Hn)) as [slope [P Q]].
      rewrite dot_sym, (dot_ext d g (W0 n) (wide_slope N d H X y W0 a) (W0 n)) by auto.
      replace (dot d (wide_slope N d H X y W0 a) (W0 n)) with slope; [exact Q|].
      rewrite <- (is_derive_unique _ _ _ P); apply is_derive_unique; exact (slope_of_second (U t) n Hn). }
    assert (DW : forall n i, (n < H)%nat -> is_derive (fun t => dot d (w i) (U t 0%nat n)) t (- (a n * dot d (w i) g))).
    { intros n i Hn; eapply derive_value; [apply derive_dot_l; intros k Hk; exact (D0 n k Hn Hk)|].
      rewrite (dot_ext d (w i) _ (w i) (fun k => - a n * g k)) by (intros; auto; ring).
      rewrite dot_scal_r; ring. }
    unfold measured; eapply derive_value.
    - apply derive_difference; [|apply derive_product; apply D1; assumption].
      apply (derive_Sum r (fun i t => dot d (w i) (U t 0%nat b) * dot d (w i) (U t 0%nat c))); intros i _.
      apply derive_product; apply DW; assumption.
    - pose proof (gradient_product N d r X s e w product right z (W0 b)) as Pb.
      pose proof (gradient_product N d r X s e w product right z (W0 c)) as Pc.
      change ((∑ i < r, dot d (w i) (W0 b) * dot d (w i) g) = dot d (W0 b) g) in Pb.
      change ((∑ i < r, dot d (w i) (W0 c) * dot d (w i) g) = dot d (W0 c) g) in Pc.
      rewrite (Sum_ext r _ (fun i => - a b * (dot d (w i) (W0 c) * dot d (w i) g)
                                     + - a c * (dot d (w i) (W0 b) * dot d (w i) g))) by (intros; unfold W0; ring).
      rewrite Sum_plus, !Sum_scal_l, Pb, Pc; unfold a, W0; ring. }
  assert (Kept : forall t, 0 <= t -> measured (U t) b c = measured (U 0) b c).
  { apply (constant_of_zero_derivative (fun t => measured (U t) b c) Rate).
    apply wide_measured_limit; [apply at_right_proper_filter|auto|auto|auto]. }
  rewrite <- (wide_measured_ext (U 0) W b c Hb Hc U0).
  destruct End as [[T [HT EU]]|LU].
  - rewrite <- (wide_measured_ext (U T) W' b c Hb Hc EU); now apply Kept.
  - assert (L1 : filterlim (fun t => measured (U t) b c) (Rbar_locally p_infty) (locally (measured W' b c)))
      by (apply wide_measured_limit; [apply Rbar_locally_filter|auto|auto|auto]).
    assert (L2 : filterlim (fun t => measured (U t) b c) (Rbar_locally p_infty) (locally (measured (U 0) b c))).
    { apply filterlim_ext_loc with (fun _ => measured (U 0) b c); [|apply filterlim_const].
      exists 0; intros t Ht; symmetry; apply Kept; lra. }
    exact (filterlim_locally_unique _ _ _ L1 L2).
Qed.

End Conservation.

(** The loss as the statements print it. *)
Lemma printed_wide_loss N d H X y (W : nat -> nat -> R) (a : nat -> R) : (0 < N)%nat ->
  (∑ n < N, ((∑ b < H, a b * (∑ k < d, W b k * X n k)) - y n) ^ 2) / INR N / 2 = wide_loss N d H X y W a.
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  unfold wide_loss; replace (norm_sq N (wide_residual d H X y W a))
    with (∑ n < N, ((∑ b < H, a b * (∑ k < d, W b k * X n k)) - y n) ^ 2); [field; lra|].
  apply Sum_ext; intros n _; unfold wide_residual, wide_output.
  rewrite (Sum_ext H (fun b => a b * dot d (X n) (W b)) (fun b => a b * (∑ k < d, W b k * X n k))); [ring|].
  intros b _; now rewrite <- printed_coefficient.
Qed.
