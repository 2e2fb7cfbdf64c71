(** Residual, gradient and output of two layers in the singular coordinates, as the statements print them. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1 minimalist_model
  theorem_4_3 printed_setting.
Local Open Scope R_scope.

Section Coordinates.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c u : nat -> R) (v : R).
Hypothesis facts : data_facts N d r X s e w y c.

Lemma residual_coefficient i : (i < r)%nat ->
  dot N (e i) (residual d 1 X y u (fun _ => v)) = s i * v * (∑ k < d, u k * w i k) - c i.
Proof.
  destruct facts as [D Y ED EN EQ EP]; intros Hi; unfold residual, output; rewrite Prod_one_factor, dot_minus_r.
  rewrite (dot_ext N (e i) (fun n => matrix_vector d X u n * v) (e i) (fun n => v * matrix_vector d X u n))
    by (intros; auto; ring).
  rewrite dot_scal_r, (svd_left_coefficient N d r X s e w D u i Hi), printed_coefficient.
  fold (label_coefficient N e y i); rewrite (ED i Hi); ring.
Qed.

Lemma squared_gradient :
  norm_sq d (transposed_vector N X (residual d 1 X y u (fun _ => v)))
  = ∑ i < r, s i ^ 2 * (s i * v * (∑ k < d, u k * w i k) - c i) ^ 2.
Proof.
  destruct facts as [D Y ED EN EQ EP]; rewrite (svd_transposed_norm N d r X s e w D).
  apply Sum_ext; intros i Hi; rewrite (residual_coefficient i Hi); ring.
Qed.

Lemma squared_output : norm_sq N (matrix_vector d X u) = ∑ i < r, s i ^ 2 * (∑ k < d, u k * w i k) ^ 2.
Proof.
  destruct facts as [D Y ED EN EQ EP]; rewrite (svd_apply_norm N d r X s e w D).
  apply Sum_ext; intros i Hi; rewrite printed_coefficient; ring.
Qed.

End Coordinates.
