(** The claim of sec-3.hessian-two-layer: the quadratic form of the Hessian of two layers. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums language_of_statements coefficients.
From Kernel Require sec_3_hessian_two_layer.
Local Open Scope R_scope.

Theorem quadratic_form : sec_3_hessian_two_layer.quadratic_form.
Proof.
  intros N d X a u y b v []; rewrite printed_curvature_two_layers by assumption.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  replace (∑ k < d, a k * (∑ n < N, X n k * (2 * v * (∑ l < d, X n l * u l) - y n)) / INR N)
    with (/ INR N * ∑ n < N, (2 * v * (∑ k < d, X n k * u k) - y n) * (∑ k < d, X n k * a k)).
  2:{ rewrite (Sum_ext d _ (fun k => / INR N * ∑ n < N, (a k * (X n k * (2 * v * (∑ l < d, X n l * u l) - y n)))))
        by (intros; rewrite Sum_scal_l; unfold Rdiv; ring).
      rewrite Sum_scal_l, Sum_swap; f_equal; apply Sum_ext; intros n _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring. }
  replace (∑ k < d, a k * (∑ l < d, a l * v ^ 2 * (∑ n < N, X n l * X n k) / INR N))
    with (/ INR N * (v ^ 2 * ∑ n < N, (∑ k < d, X n k * a k) ^ 2)).
  2:{ rewrite <- Sum_scal_l, <- Sum_scal_l.
      rewrite (Sum_ext N _ (fun n => ∑ k < d, ∑ l < d, / INR N * v ^ 2 * (X n k * a k * (X n l * a l)))).
      - rewrite Sum_swap; apply Sum_ext; intros k _; rewrite Sum_swap, <- Sum_scal_l; apply Sum_ext; intros l _.
        rewrite Sum_scal_l, (Sum_ext N _ (fun n => a k * a l * (X n l * X n k))) by (intros; ring).
        rewrite Sum_scal_l; field; lra.
      - intros n _; replace ((∑ k < d, X n k * a k) ^ 2) with ((∑ k < d, X n k * a k) * (∑ l < d, X n l * a l)) by ring.
        rewrite Sum_mult, <- !Sum_scal_l; apply Sum_ext; intros k _; rewrite <- !Sum_scal_l; apply Sum_ext; intros; ring. }
  rewrite (Sum_ext N (fun n => (∑ k < d, X n k * u k) * (∑ k < d, X n k * u k)) (fun n => (∑ k < d, X n k * u k) ^ 2))
    by (intros; ring).
  field; lra.
Qed.
