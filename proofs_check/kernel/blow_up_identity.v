(** Gradient descent in one mode at depth 2: with [x = c s sqrt(eta / N)], [y = v s sqrt(eta / N)] the step is
    [x+ = x - y z], [y+ = y - x z], [z = x y - delta], and the sum of squares obeys an exact identity. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  gradient optimizers theorem_4_3 hessian_in_singular_coordinates.
Local Open Scope R_scope.

(** [R+ = R + z (z R - 4 x y)]. *)
Theorem sum_of_squares_step x y z :
  let R := x * x + y * y in
  (x - y * z) * (x - y * z) + (y - x * z) * (y - x * z) = R + z * (z * R - 4 * (x * y)).
Proof. intros R; unfold R; ring. Qed.

(** Without labels [R+ = R + x^2 y^2 (R - 4)]. *)
Theorem sum_of_squares_step_without_labels x y :
  let R := x * x + y * y in
  x * (1 - y * y) * (x * (1 - y * y)) + y * (1 - x * x) * (y * (1 - x * x))
  = R + x * x * (y * y) * (R - 4).
Proof. intros R; unfold R; ring. Qed.

(** So 4 is invariant, below it [R] never grows and above it never shrinks. *)
Theorem sum_of_squares_trichotomy x y :
  let R := x * x + y * y in
  let R' := x * (1 - y * y) * (x * (1 - y * y)) + y * (1 - x * x) * (y * (1 - x * x)) in
  (R = 4 -> R' = 4) /\ (R <= 4 -> R' <= R) /\ (4 <= R -> R <= R').
Proof.
  intros R R'; assert (E : R' = R + x * x * (y * y) * (R - 4)) by (unfold R', R; ring).
  assert (H : 0 <= x * x * (y * y)) by (apply Rmult_le_pos; apply Rle_0_sqr).
  split; [intros H4; rewrite E, H4; ring|]; split; intros H4; rewrite E.
  - assert (x * x * (y * y) * (4 - R) >= 0) by (apply Rle_ge, Rmult_le_pos; lra); lra.
  - assert (0 <= x * x * (y * y) * (R - 4)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** These are the coordinates of gradient descent on data of rank one. *)
Theorem one_mode_step N d X s e w y u v eta k :
  (0 < N)%nat -> svd N d 1 X s e w -> in_column_space N d X y -> k * k = eta / INR N ->
  let sigma := s 0%nat in
  let x := dot d (w 0%nat) u * sigma * k in
  let x' := dot d (w 0%nat) (gd_u eta N d 1 X y u v) * sigma * k in
  let b := v 0%nat * sigma * k in
  let b' := gd_v eta N d 1 X y u v 0 * sigma * k in
  let z := x * b - label_coefficient N e y 0 * sigma * (k * k) in
  x' = x - b * z /\ b' = b - x * z.
Proof.
  intros HN Hsvd Hy Hk sigma x x' b b' z.
  assert (HNp : 0 < INR N) by now apply lt_0_INR.
  pose proof (residual_coordinate N d 1 1 X s e w y u v Hsvd 0 ltac:(lia)) as Er.
  rewrite Prod_one_factor in Er; fold sigma in Er.
  set (c := dot d (w 0%nat) u) in *; set (l := label_coefficient N e y 0) in *.
  assert (Ez : z = sigma * (k * k) * (sigma * c * v 0%nat - l)) by (unfold z, x, b; ring).
  split.
  - unfold x', gd_u; rewrite dot_minus_r, dot_scal_r; fold c.
    unfold gradient_u; rewrite Prod_one_factor.
    rewrite (dot_ext d (w 0%nat) _ (w 0%nat) (fun j => / INR N * v 0%nat
      * transposed_vector N X (residual d 1 X y u v) j)) by (intros; auto; ring).
    rewrite dot_scal_r, (svd_right_coefficient N d 1 X s e w Hsvd _ 0 ltac:(lia)), Er.
    rewrite Ez; unfold x, b; fold sigma.
    replace eta with (k * k * INR N) by (rewrite Hk; field; lra); field; lra.
  - unfold b', gd_v, gradient_v, Prod_except; simpl.
    rewrite (svd_transposed_dot N d 1 X s e w Hsvd); simpl; rewrite Er, Ez; unfold x, b; fold c sigma.
    replace eta with (k * k * INR N) by (rewrite Hk; field; lra); field; lra.
Qed.
