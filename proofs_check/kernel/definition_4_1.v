(** Definition 4.1: the dataset difficulty [Q = sum_i d_i^2 / s_i^2] is the squared norm of the least-norm
    linear solution, so it depends on the data alone and not on the decomposition chosen. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition.
Local Open Scope R_scope.

Definition label_coefficient (N : nat) (e : nat -> nat -> R) (y : nat -> R) (i : nat) : R := dot N (e i) y.

Definition difficulty (N r : nat) (s : nat -> R) (e : nat -> nat -> R) (y : nat -> R) : R :=
  ∑ i < r, (label_coefficient N e y i * label_coefficient N e y i) / (s i * s i).

Section Difficulty.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y : nat -> R).
Hypothesis decomposition : svd N d r X s e w.
Hypothesis reachable : in_column_space N d X y.

Let Q := difficulty N r s e y.

Lemma difficulty_nonneg : 0 <= Q.
Proof.
  apply Sum_nonneg; intros i Hi.
  pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi).
  apply Rmult_le_pos; [nra|]. apply Rlt_le, Rinv_0_lt_compat; nra.
Qed.

Lemma difficulty_positive : 0 < norm_sq N y -> 0 < Q.
Proof.
  intros Hy; destruct (Req_dec Q 0) as [HQ|HQ]; [|pose proof difficulty_nonneg; lra].
  exfalso; rewrite (labels_norm N d r X s e w decomposition y reachable) in Hy.
  rewrite (Sum_ext r _ (fun _ => 0)), Sum_zero in Hy; [lra|].
  intros i Hi; pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi) as Hs.
  assert (label_coefficient N e y i * label_coefficient N e y i / (s i * s i) = 0) as H.
  { apply (Sum_zero_terms r
      (fun i => label_coefficient N e y i * label_coefficient N e y i / (s i * s i))); auto.
    intros k Hk; pose proof (svd_positive _ _ _ _ _ _ _ decomposition k Hk).
    apply Rmult_le_pos; [nra|]; apply Rlt_le, Rinv_0_lt_compat; nra. }
  unfold label_coefficient in H.
  replace (dot N (e i) y * dot N (e i) y)
    with (dot N (e i) y * dot N (e i) y / (s i * s i) * (s i * s i)) by (field; lra).
  rewrite H; ring.
Qed.

(** The part of a weight vector that the loss sees: the squared norm of its projection on the row space. *)
Lemma solution_coefficient x i :
  (forall n, (n < N)%nat -> matrix_vector d X x n = y n) -> (i < r)%nat ->
  s i * dot d (w i) x = label_coefficient N e y i.
Proof.
  intros Hx Hi; rewrite <- (svd_left_coefficient N d r X s e w decomposition x i Hi).
  now apply dot_ext.
Qed.

Lemma solution_projection x :
  (forall n, (n < N)%nat -> matrix_vector d X x n = y n) ->
  norm_sq r (fun i => dot d (w i) x) = Q.
Proof.
  intros Hx; apply Sum_ext; intros i Hi.
  pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi).
  rewrite <- (solution_coefficient x i Hx Hi); field; lra.
Qed.

Theorem difficulty_is_least_norm :
  (forall x, (forall n, (n < N)%nat -> matrix_vector d X x n = y n) -> Q <= norm_sq d x) /\
  (exists x, (forall n, (n < N)%nat -> matrix_vector d X x n = y n) /\ norm_sq d x = Q).
Proof.
  split.
  - intros x Hx; rewrite <- (solution_projection x Hx).
    exact (bessel d r w x (svd_right _ _ _ _ _ _ _ decomposition)).
  - exists (fun j => ∑ i < r, (label_coefficient N e y i / s i * w i j)); split.
    + intros n Hn; rewrite (svd_apply N d r X s e w decomposition _ n Hn).
      rewrite (labels_expand N d r X s e w decomposition y reachable n Hn).
      apply Sum_ext; intros i Hi.
      pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi).
      rewrite (orthonormal_coefficient d r w _ i (svd_right _ _ _ _ _ _ _ decomposition) Hi).
      unfold label_coefficient; field; lra.
    + rewrite (orthonormal_norm_sq d r w _ (svd_right _ _ _ _ _ _ _ decomposition)).
      apply Sum_ext; intros i Hi.
      pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi); field; lra.
Qed.

End Difficulty.

Theorem difficulty_depends_on_data_alone N d X y r s e w r' s' e' w' :
  svd N d r X s e w -> svd N d r' X s' e' w' -> in_column_space N d X y ->
  difficulty N r s e y = difficulty N r' s' e' y.
Proof.
  intros H H' Hy.
  destruct (difficulty_is_least_norm N d r X s e w y H Hy) as [L [x [Hx Ex]]].
  destruct (difficulty_is_least_norm N d r' X s' e' w' y H' Hy) as [L' [x' [Hx' Ex']]].
  specialize (L x' Hx'); specialize (L' x Hx); lra.
Qed.
