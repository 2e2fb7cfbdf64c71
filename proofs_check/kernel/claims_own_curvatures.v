(** The claims of own-curvatures: the sharpness is at least the curvature along every single weight. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_1
  minimalist_model gradient hessian sharpness printed_setting two_layer_coordinates.
From Kernel Require own_curvatures.
Local Open Scope R_scope.

Lemma product_slope_zero M v : product_slope M v (fun _ => 0) = 0.
Proof. unfold product_slope; rewrite (Sum_ext M _ (fun _ => 0)) by (intros; ring); apply Sum_zero. Qed.

Lemma product_curvature_zero M v : product_curvature M v (fun _ => 0) = 0.
Proof.
  unfold product_curvature; rewrite (Sum_ext M _ (fun _ => 0)); [apply Sum_zero|]; intros; ring.
Qed.

Lemma product_slope_basis M v j : (j < M)%nat -> product_slope M v (basis j) = Prod_except M j v.
Proof. intros Hj; exact (Sum_delta_l M (fun i => Prod_except M i v) j Hj). Qed.

Lemma matrix_vector_zero d X n : matrix_vector d X (fun _ => 0) n = 0.
Proof. unfold matrix_vector, dot; rewrite (Sum_ext d _ (fun _ => 0)) by (intros; ring); apply Sum_zero. Qed.

Lemma product_curvature_basis M v j : product_curvature M v (basis j) = 0.
Proof.
  unfold product_curvature; rewrite (Sum_ext M _ (fun _ => 0)); [apply Sum_zero|]; intros k _; unfold basis.
  destruct (Nat.eq_dec j k) as [<-|Hjk]; [|rewrite (delta_other j k) by assumption; ring].
  rewrite (Sum_ext M _ (fun _ => 0)), Sum_zero; [ring|]; intros i _.
  destruct (Nat.eqb i j) eqn:E; [ring|]; apply Nat.eqb_neq in E; rewrite (delta_other j i) by auto; ring.
Qed.

Theorem first_layer : own_curvatures.first_layer.
Proof.
  intros M N d r S X e w c s u v y H.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d M X y) d M u v S) by (destruct H; now apply printed_sharpness_deep).
  destruct H; pose proof (facts_svd _ _ _ _ _ _ _ _ _ F) as D.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (Ew : norm_sq d (w 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_right _ _ _ _ _ _ _ D) by assumption; apply delta_same. }
  assert (E0 : norm_sq M (fun _ => 0) = 0).
  { unfold norm_sq, dot; rewrite (Sum_ext M _ (fun _ => 0)) by (intros; ring); apply Sum_zero. }
  pose proof (sharpness_lower (INR N) N d M X y u v ltac:(lra) S (w 0%nat) (fun _ => 0) HS) as L.
  rewrite Ew, E0 in L; specialize (L ltac:(lra)).
  eapply Rle_trans; [apply Req_le|eapply Rle_trans; [exact L|lra]]; unfold curvature.
  rewrite (norm_sq_ext N _ (fun n => Prod M v * matrix_vector d X (w 0%nat) n))
    by (intros; unfold residual_slope; rewrite product_slope_zero; ring).
  rewrite (dot_ext N _ (residual_curvature d M X u v (w 0%nat) (fun _ => 0)) (residual d M X y u v) (fun _ => 0 * 0))
    by (auto; intros; unfold residual_curvature; rewrite product_slope_zero, product_curvature_zero; ring).
  rewrite dot_scal_r, norm_sq_scal, (svd_apply_norm N d r X s e w D).
  rewrite (Sum_ext r _ (fun i => delta 0 i * (s i * s i))).
  - rewrite (Sum_delta_l r (fun i => s i * s i) 0 size_r); rewrite (Prod_ext M (fun j => v j) v) by reflexivity.
    field; lra.
  - intros i Hi; rewrite (svd_right _ _ _ _ _ _ _ D) by assumption.
    unfold delta; rewrite (Nat.eqb_sym i); destruct (Nat.eqb 0 i); ring.
Qed.

Theorem later_layers : own_curvatures.later_layers.
Proof.
  intros M N d r S X e w c s u v y H j Hj.
  assert (F : data_facts N d r X s e w y c) by (destruct H; now apply printed_data).
  assert (HS : is_sharpness (loss N d M X y) d M u v S) by (destruct H; now apply printed_sharpness_deep).
  destruct H; assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (E0 : norm_sq d (fun _ => 0) = 0).
  { unfold norm_sq, dot; rewrite (Sum_ext d _ (fun _ => 0)) by (intros; ring); apply Sum_zero. }
  pose proof (sharpness_lower (INR N) N d M X y u v ltac:(lra) S (fun _ => 0) (basis j) HS) as L.
  rewrite E0, norm_sq_basis in L by assumption; specialize (L ltac:(lra)).
  eapply Rle_trans; [apply Req_le|eapply Rle_trans; [exact L|lra]]; unfold curvature.
  rewrite (norm_sq_ext N _ (fun n => Prod_except M j v * matrix_vector d X u n))
    by (intros; unfold residual_slope; rewrite product_slope_basis, matrix_vector_zero by assumption; ring).
  rewrite (dot_ext N _ (residual_curvature d M X u v (fun _ => 0) (basis j)) (residual d M X y u v) (fun _ => 0 * 0))
    by (auto; intros; unfold residual_curvature; rewrite matrix_vector_zero, product_curvature_basis; ring).
  rewrite dot_scal_r, norm_sq_scal, (squared_output N d r X s e w y c u F), printed_others; field; lra.
Qed.
