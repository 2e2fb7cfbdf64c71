(** What a step along the gradient does to the part of the first layer that the data see, as the statements print it. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition printed_setting.
Local Open Scope R_scope.

Section Row_space.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.

Let orthonormal_rows : orthonormal d r w := printed_right d r w right.

Variable z : nat -> R.

(** [X^T z] as it is printed. *)
Let G (k : nat) : R := ∑ n < N, X n k * z n.

(** It lies in the row space. *)
Lemma gradient_in_rows k : (k < d)%nat -> G k = ∑ i < r, ((s i * dot N (e i) z) * w i k).
Proof.
  intros Hk; unfold G.
  rewrite (Sum_ext N _ (fun n => ∑ i < r, (s i * w i k * (e i n * z n)))).
  - rewrite Sum_swap; apply Sum_ext; intros; rewrite Sum_scal_l; unfold dot; ring.
  - intros n Hn; rewrite product by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
Qed.

Lemma gradient_coefficient i : (i < r)%nat -> dot d (w i) G = s i * dot N (e i) z.
Proof.
  intros Hi; rewrite (dot_ext d (w i) G (w i) (fun k => ∑ l < r, ((s l * dot N (e l) z) * w l k)))
    by (auto; intros; now apply gradient_in_rows).
  now apply (orthonormal_coefficient d r w (fun l => s l * dot N (e l) z)).
Qed.

Lemma gradient_norm : norm_sq r (fun i => dot d (w i) G) = norm_sq d G.
Proof.
  rewrite (norm_sq_ext r _ (fun i => s i * dot N (e i) z)) by (intros; now apply gradient_coefficient).
  rewrite (norm_sq_ext d G (fun k => ∑ l < r, ((s l * dot N (e l) z) * w l k))) by (intros; now apply gradient_in_rows).
  symmetry; exact (orthonormal_norm_sq d r w (fun l => s l * dot N (e l) z) orthonormal_rows).
Qed.

Lemma gradient_product u : dot r (fun i => dot d (w i) u) (fun i => dot d (w i) G) = dot d u G.
Proof.
  rewrite (dot_ext d u G u (fun k => ∑ l < r, ((s l * dot N (e l) z) * w l k)))
    by (auto; intros; now apply gradient_in_rows).
  rewrite dot_combination_r; apply Sum_ext; intros i Hi; rewrite gradient_coefficient, (dot_sym d u) by assumption; ring.
Qed.

(** The squared length of what the data see, after a step of length [t]. *)
Lemma projection_after_step u u' t :
  (forall k, (k < d)%nat -> u' k = u k - t * G k) ->
  norm_sq r (fun i => dot d (w i) u') = norm_sq r (fun i => dot d (w i) u) - 2 * t * dot d u G + t ^ 2 * norm_sq d G.
Proof.
  intros E.
  rewrite (norm_sq_ext r _ (fun i => dot d (w i) u - t * dot d (w i) G)).
  - rewrite norm_sq_minus, dot_scal_r, norm_sq_scal, gradient_norm, gradient_product; ring.
  - intros i Hi; rewrite (dot_ext d (w i) u' (w i) (fun k => u k - t * G k)) by auto.
    now rewrite dot_minus_r, dot_scal_r.
Qed.

Lemma product_with_gradient u : dot d u G ^ 2 <= norm_sq r (fun i => dot d (w i) u) * norm_sq d G.
Proof.
  rewrite <- gradient_product, <- gradient_norm.
  replace (dot r (fun i => dot d (w i) u) (fun i => dot d (w i) G) ^ 2)
    with (dot r (fun i => dot d (w i) u) (fun i => dot d (w i) G) * dot r (fun i => dot d (w i) u) (fun i => dot d (w i) G))
    by ring; apply cauchy_schwarz.
Qed.

(** The product with the first layer is that of the residual with the output. *)
Lemma product_in_samples u : dot d u G = ∑ n < N, (z n * (∑ k < d, X n k * u k)).
Proof.
  unfold G, dot; rewrite (Sum_ext d _ (fun k => ∑ n < N, z n * (X n k * u k)))
    by (intros; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring).
  rewrite Sum_swap; apply Sum_ext; intros; now rewrite Sum_scal_l.
Qed.

Hypothesis left : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i.
Hypothesis positive : forall i, (i < r)%nat -> 0 < s i.
Hypothesis largest : forall i, (i < r)%nat -> s i <= s 0%nat.

Lemma gradient_bound : norm_sq d G <= s 0%nat ^ 2 * norm_sq N z.
Proof.
  rewrite <- gradient_norm, (norm_sq_ext r _ (fun i => s i * dot N (e i) z)) by (intros; now apply gradient_coefficient).
  apply Rle_trans with (s 0%nat ^ 2 * norm_sq r (fun i => dot N (e i) z)).
  - unfold norm_sq at 2, dot at 2; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi.
    replace (s i * dot N (e i) z * (s i * dot N (e i) z)) with (s i ^ 2 * (dot N (e i) z * dot N (e i) z)) by ring.
    apply Rmult_le_compat_r; [apply Rle_0_sqr|]; apply pow_incr.
    pose proof (positive i Hi); pose proof (largest i Hi); lra.
  - apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply bessel; intros i k Hi Hk; now apply left.
Qed.

End Row_space.
