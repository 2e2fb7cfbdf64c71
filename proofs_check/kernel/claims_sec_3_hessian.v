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

Section Modes.

Variables (M N d r : nat) (X e w : nat -> nat -> R) (a b c o s u v y : nat -> R).
Hypothesis given : sec_3_hessian.hypotheses M N d r X e w a b c o s u v y.

Let mode (h : nat -> R) (i : nat) : R := ∑ k < d, h k * w i k.
Let P := Prod M v.

Lemma left_rows : orthonormal N r e.
Proof. intros i k Hi Hk; destruct given; now apply left_orthonormal. Qed.

Lemma image_in_modes h n : (n < N)%nat -> matrix_vector d X h n = ∑ i < r, ((s i * mode h i) * e i n).
Proof.
  intros Hn; destruct given; unfold matrix_vector, dot.
  rewrite (Sum_ext d _ (fun k => ∑ i < r, e i n * s i * (h k * w i k)))
    by (intros k Hk; rewrite svd by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
  rewrite Sum_swap; apply Sum_ext; intros i _; rewrite Sum_scal_l; unfold mode; ring.
Qed.

Lemma image_product h h' :
  dot N (matrix_vector d X h) (matrix_vector d X h') = ∑ i < r, s i ^ 2 * (mode h i * mode h' i).
Proof.
  rewrite (dot_ext N _ _ (fun n => ∑ i < r, ((s i * mode h i) * e i n)) (fun n => ∑ i < r, ((s i * mode h' i) * e i n)))
    by (intros; now apply image_in_modes).
  rewrite (orthonormal_dot N r e _ _ left_rows); apply Sum_ext; intros; ring.
Qed.

Lemma residual_product h :
  dot N (residual d M X y u v) (matrix_vector d X h) = ∑ i < r, s i * (s i * mode u i * P - c i) * mode h i.
Proof.
  rewrite (dot_ext N _ _ (fun n => ∑ i < r, ((s i * mode u i * P - c i) * e i n)) (fun n => ∑ i < r, ((s i * mode h i) * e i n))).
  - rewrite (orthonormal_dot N r e _ _ left_rows); apply Sum_ext; intros; ring.
  - intros n Hn; unfold residual, output; rewrite image_in_modes by assumption; destruct given; rewrite labels by assumption.
    rewrite <- Sum_scal_r, <- Sum_minus; apply Sum_ext; intros; unfold P; ring.
  - intros; now apply image_in_modes.
Qed.

Lemma curvature_in_modes :
  curvature (INR N) N d M X y u v a b
  = / INR N * (P ^ 2 * (∑ i < r, s i ^ 2 * (mode a i * mode a i))
      + 2 * product_slope M v b * (∑ i < r, s i * (2 * s i * mode u i * P - c i) * mode a i)
      + product_slope M v b ^ 2 * (∑ i < r, s i ^ 2 * (mode u i * mode u i))
      + product_curvature M v b * ∑ i < r, s i * (s i * mode u i * P - c i) * mode u i).
Proof.
  unfold curvature; f_equal; set (p := product_slope M v b); set (q := product_curvature M v b).
  set (A := matrix_vector d X u); set (B := matrix_vector d X a); set (z := residual d M X y u v).
  assert (E1 : norm_sq N (residual_slope d M X u v a b) = P ^ 2 * dot N B B + 2 * (P * p * dot N A B) + p ^ 2 * dot N A A).
  { rewrite (norm_sq_ext N _ (fun n => P * B n + p * A n)) by (intros; unfold residual_slope, P, p, A, B; ring).
    rewrite norm_sq_plus, !norm_sq_scal, dot_scal_l, dot_scal_r, (dot_sym N B A); unfold norm_sq; ring. }
  assert (E2 : dot N z (residual_curvature d M X u v a b) = 2 * p * dot N z B + q * dot N z A).
  { rewrite (dot_ext N z _ z (fun n => (2 * p) * B n + q * A n))
      by (auto; intros; unfold residual_curvature, p, q, A, B; ring).
    now rewrite dot_plus_r, !dot_scal_r. }
  rewrite E1, E2; unfold A, B, z; rewrite !image_product, !residual_product.
  rewrite (Sum_ext r (fun i => s i * (2 * s i * mode u i * P - c i) * mode a i)
    (fun i => P * (s i ^ 2 * (mode u i * mode a i)) + s i * (s i * mode u i * P - c i) * mode a i)) by (intros; ring).
  rewrite Sum_plus, Sum_scal_l; ring.
Qed.

End Modes.

Theorem quadratic_form : sec_3_hessian.quadratic_form.
Proof.
  intros M N d r X e w a b c o s u v y H; assert (HN : 0 < INR N) by (destruct H; now apply lt_0_INR).
  rewrite (printed_curvature N d M X y u v a b) by now destruct H.
  rewrite (curvature_in_modes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H); cbv beta zeta.
  set (alpha := fun i => ∑ k < d, a k * w i k); set (gamma := fun i => ∑ k < d, u k * w i k).
  set (Z := ∑ i < r, s i * (s i * gamma i * Prod M v - c i) * gamma i).
  set (U := ∑ i < r, s i ^ 2 * (gamma i * gamma i)).
  set (T := ∑ i < r, s i * (2 * s i * gamma i * Prod M v - c i) * alpha i).
  set (p := product_slope M v b); set (q := product_curvature M v b).
  transitivity (2 * (T / INR N * p) + / INR N * (Z * q + U * (p * p))
    + Prod M v ^ 2 / INR N * (∑ i < r, s i ^ 2 * (alpha i * alpha i))); [unfold T, Z, U, alpha, gamma; field; lra|].
  apply f_equal2; [apply f_equal2; [apply f_equal|]|].
  - unfold p, product_slope; rewrite <- Sum_scal_l; apply Sum_ext; intros j _.
    rewrite printed_others, (Prod_ext M (fun g => v g) v) by reflexivity.
    rewrite (Sum_ext r _ (fun i => (b j * Prod_except M j v / INR N) * (s i * (2 * s i * gamma i * Prod M v - c i) * alpha i)))
      by (intros; unfold gamma, alpha, Rdiv; ring).
    rewrite Sum_scal_l; fold T; unfold Rdiv; ring.
  - unfold q, product_curvature; replace (p * p) with (∑ j < M, b j * Prod_except M j v * p)
      by (rewrite Sum_scal_r; reflexivity).
    rewrite <- !Sum_scal_l, <- Sum_plus, <- Sum_scal_l; apply Sum_ext; intros j _; unfold p, product_slope.
    rewrite <- !Sum_scal_l, <- Sum_plus, <- Sum_scal_l; apply Sum_ext; intros g _.
    rewrite !printed_others, printed_other_pairs, (Prod_except_two_sym M g j), (Prod_ext M (fun t => v t) v) by reflexivity.
    change (∑ i < r, s i * (s i * (∑ k < d, u k * w i k) * Prod M v - c i) * (∑ l < d, u l * w i l)) with Z.
    replace (∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2) with U by (apply Sum_ext; intros; unfold gamma; ring).
    unfold delta; destruct (Nat.eqb g j); unfold Rdiv; ring.
  - rewrite <- Sum_scal_l; apply Sum_ext; intros i _; rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
    unfold alpha, Rdiv; ring.
Qed.
