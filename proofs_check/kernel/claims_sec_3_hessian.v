(** The claims of sec-3.hessian: the Hessian at any depth in the coordinates of the data, and its border of rank one. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model gradient
  hessian language_of_statements printed_setting coefficients.
From Kernel Require sec_3_hessian.
Local Open Scope R_scope.

(** Products of all layers but one or two, as they are printed. *)
Lemma printed_other_pairs M j g v :
  Prod M (fun t => delta t j + (1 - delta t j) * (delta t g + v t * (1 - delta t g))) = Prod_except_two M j g v.
Proof.
  apply Prod_ext; intros t _; unfold delta.
  destruct (Nat.eqb t j) eqn:Ej; destruct (Nat.eqb t g) eqn:Eg; simpl; ring.
Qed.

Lemma Prod_except_two_sym M j g v : Prod_except_two M j g v = Prod_except_two M g j v.
Proof. apply Prod_ext; intros t _; destruct (Nat.eqb t j), (Nat.eqb t g); reflexivity. Qed.

Lemma other_pair M j g v : (g < M)%nat -> j <> g -> v g * Prod_except_two M j g v = Prod_except M j v.
Proof.
  intros Hg H; unfold Prod_except.
  rewrite <- (Prod_except_mult M g (fun k => if Nat.eqb k j then 1 else v k) Hg).
  replace (Nat.eqb g j) with false by (symmetry; apply Nat.eqb_neq; auto); f_equal.
Qed.

Theorem rank_one_border : sec_3_hessian.rank_one_border.
Proof.
  intros M N d r X e w a b c o s u v y [] i j Hi Hj; rewrite printed_others, (Prod_ext M (fun g => v g) v) by reflexivity.
  rewrite <- (Prod_except_mult M j v Hj); unfold Rdiv; ring.
Qed.

Theorem rank_one_corner : sec_3_hessian.rank_one_corner.
Proof.
  intros M N d r X e w a b c o s u v y [] j g Hj Hg; assert (HN : 0 < INR N) by now apply lt_0_INR.
  rewrite !printed_others, printed_other_pairs, (Prod_ext M (fun t => v t) v) by reflexivity.
  set (T := ∑ i < r, s i * (s i * (∑ k < d, u k * w i k) * Prod M v - c i) * (∑ k < d, u k * w i k)).
  set (A := ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2).
  destruct (Nat.eq_dec j g) as [<-|H].
  - rewrite delta_same, <- (Prod_except_mult M j v Hj); field; lra.
  - rewrite (delta_other g j) by auto.
    replace (Prod M v) with (v j * (v g * Prod_except_two M j g v))
      by (rewrite (other_pair M j g v Hg H); now apply Prod_except_mult).
    rewrite <- (other_pair M j g v Hg H), <- (other_pair M g j v Hj ltac:(auto)), (Prod_except_two_sym M g j); field; lra.
Qed.

(** Only the image of a direction under the data counts. *)
Lemma curvature_of_image N d M X y u v a a' b :
  (forall n, (n < N)%nat -> matrix_vector d X a n = matrix_vector d X a' n) ->
  curvature (INR N) N d M X y u v a b = curvature (INR N) N d M X y u v a' b.
Proof.
  intros E; unfold curvature; f_equal; f_equal.
  - apply norm_sq_ext; intros n Hn; unfold residual_slope; now rewrite E.
  - apply dot_ext; [reflexivity|]; intros n Hn; unfold residual_curvature; now rewrite E.
Qed.

Theorem other_directions : sec_3_hessian.other_directions.
Proof.
  intros M N d r X e w a b c o s u v y [].
  rewrite (printed_curvature N d M X y u v (fun k => a k + o k) b size_N), (printed_curvature N d M X y u v a b size_N).
  apply curvature_of_image; intros n Hn; unfold matrix_vector; rewrite dot_plus_r.
  replace (dot d (X n) o) with 0; [ring|]; symmetry.
  unfold dot; rewrite (Sum_ext d _ (fun k => ∑ i < r, e i n * s i * (o k * w i k)))
    by (intros k Hk; rewrite svd by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
  rewrite Sum_swap, (Sum_ext r _ (fun _ => 0)); [apply Sum_zero|]; intros i Hi.
  rewrite Sum_scal_l, orthogonal by assumption; ring.
Qed.
