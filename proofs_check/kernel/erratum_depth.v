(** Erratum of the sentence after Theorem 4.6: for [Q < 1] the bounds need not fall with depth. On one sample
    with [s_1 = 1] both bounds meet, the sharpness is [D Q^((D - 1) / D)], and it is larger at depth 3. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  definition_4_1 definition_4_2 minimalist_model gradient hessian sharpness sharpness_at_minimizer
  theorem_4_3 theorem_4_6.
Local Open Scope R_scope.

(** One sample [x = 1] with label [y]. *)
Definition unit_X (_ _ : nat) : R := 1.
Definition unit_s (_ : nat) : R := 1.
Definition unit_y (label : R) (_ : nat) : R := label.

Lemma unit_svd : svd 1 1 1 unit_X unit_s basis basis.
Proof.
  split.
  - intros; unfold unit_s; lra.
  - intros; unfold unit_s; lra.
  - now apply basis_orthonormal.
  - now apply basis_orthonormal.
  - intros [|n] [|j] Hn Hj; try lia; unfold unit_X, unit_s, basis, delta; simpl; ring.
Qed.

Lemma unit_reachable label : in_column_space 1 1 unit_X (unit_y label).
Proof. exists (unit_y label); intros; unfold matrix_vector, dot, unit_X; simpl; unfold unit_y; ring. Qed.

Lemma unit_difficulty label : difficulty 1 1 unit_s basis (unit_y label) = label * label.
Proof.
  unfold difficulty, label_coefficient; simpl; rewrite dot_basis_l by lia; unfold unit_s, unit_y; field.
Qed.

Lemma unit_norm label : norm_sq 1 (unit_y label) = label * label.
Proof. unfold norm_sq, dot, unit_y; simpl; ring. Qed.

(** Any equal weights whose [D]-th power is the label form a balanced minimizer. *)
Lemma unit_minimizer D x label :
  (2 <= D)%nat -> x ^ D = label ->
  is_global_minimizer (loss 1 1 (D - 1) unit_X (unit_y label)) (fun _ => x) (fun _ => x) /\
  balanced D 1 1 basis (fun _ => x) (fun _ => x).
Proof.
  intros HD Hx; split.
  - apply fitting_labels_minimizes; [lia|]; intros n _.
    unfold residual, output, matrix_vector, dot, unit_X, unit_y; simpl; rewrite Prod_const, <- Hx.
    replace D with (S (D - 1)) at 2 by lia; simpl; ring.
  - intros k _; unfold imbalance; rewrite row_projection_norm by apply (svd_right _ _ _ _ _ _ _ unit_svd).
    unfold norm_sq; unfold dot at 1; simpl; rewrite !dot_basis_l by lia; ring.
Qed.

(** Both bounds of Theorem 4.6 meet: the sharpness is exact. *)
Theorem unit_sharpness D label u v S :
  (2 <= D)%nat -> 0 < label ->
  is_global_minimizer (loss 1 1 (D - 1) unit_X (unit_y label)) u v ->
  balanced D 1 1 basis u v ->
  is_sharpness (loss 1 1 (D - 1) unit_X (unit_y label)) 1 (D - 1) u v S ->
  S = INR D * Rpower (label * label) (INR (D - 1) / INR D).
Proof.
  intros HD Hl Hmin Hbal HS.
  assert (Hp : 0 < norm_sq 1 (unit_y label)) by (rewrite unit_norm; nra).
  destruct (theorem_4_6 1 D 1 1 unit_X unit_s basis basis (unit_y label) u v S HD ltac:(lia) unit_svd
              (unit_reachable label) Hp Hmin Hbal HS) as [_ [_ [L U]]].
  rewrite unit_difficulty in L, U; unfold label_coefficient in L.
  rewrite dot_basis_l in L by lia; rewrite unit_norm in U.
  assert (HDp : 0 < INR D) by (apply lt_0_INR; lia).
  assert (E : depth_bound 1 D (unit_s 0) (label * label) (label * label)
              = INR D * Rpower (label * label) (INR (D - 1) / INR D)).
  { unfold depth_bound, unit_s.
    replace (INR (D - 1) * (label * label) * Rpower (label * label) (- (1 / INR D)))
      with (INR (D - 1) * Rpower (label * label) (INR (D - 1) / INR D)).
    - rewrite minus_INR by lia; simpl; field.
    - rewrite Rmult_assoc; f_equal.
      rewrite <- (Rpower_1 (label * label)) at 2 by nra.
      rewrite <- Rpower_plus; f_equal; rewrite minus_INR by lia; simpl; field; lra. }
  unfold unit_y in L; rewrite E in L, U; lra.
Qed.

(** [2 Q^(1/2) < 3 Q^(2/3)] at [Q = 9/10], by comparing sixth powers: [64 Q^3 < 729 Q^4]. *)
Lemma depth_three_exceeds_depth_two :
  INR 2 * Rpower (9 / 10) (INR 1 / INR 2) < INR 3 * Rpower (9 / 10) (INR 2 / INR 3).
Proof.
  set (p := Rpower (9 / 10) (INR 1 / INR 2)); set (q := Rpower (9 / 10) (INR 2 / INR 3)).
  assert (Hp : 0 < p) by apply exp_pos; assert (Hq : 0 < q) by apply exp_pos.
  assert (Ep : p ^ 6 = (9 / 10) ^ 3).
  { rewrite <- !Rpower_pow by (assumption || lra); unfold p; rewrite Rpower_mult; f_equal; simpl; field. }
  assert (Eq : q ^ 6 = (9 / 10) ^ 4).
  { rewrite <- !Rpower_pow by (assumption || lra); unfold q; rewrite Rpower_mult; f_equal; simpl; field. }
  destruct (Rlt_or_le (INR 2 * p) (INR 3 * q)) as [|Hle]; [assumption|exfalso].
  assert (H : (INR 3 * q) ^ 6 <= (INR 2 * p) ^ 6) by (apply pow_incr; simpl in *; lra).
  rewrite !Rpow_mult_distr, Ep, Eq in H; simpl in H; lra.
Qed.

(** The sentence read literally fails at [Q = 9/10 < 1]: depth 3 is sharper than depth 2. *)
Theorem erratum_depth :
  exists label u v u' v' S S',
    difficulty 1 1 unit_s basis (unit_y label) = 9 / 10 /\
    is_global_minimizer (loss 1 1 1 unit_X (unit_y label)) u v /\ balanced 2 1 1 basis u v /\
    is_global_minimizer (loss 1 1 2 unit_X (unit_y label)) u' v' /\ balanced 3 1 1 basis u' v' /\
    is_sharpness (loss 1 1 1 unit_X (unit_y label)) 1 1 u v S /\
    is_sharpness (loss 1 1 2 unit_X (unit_y label)) 1 2 u' v' S' /\
    S < S'.
Proof.
  set (label := sqrt (9 / 10)).
  assert (Hl : 0 < label) by (apply sqrt_lt_R0; lra).
  assert (El : label * label = 9 / 10) by (apply sqrt_sqrt; lra).
  assert (root : forall D, (2 <= D)%nat -> Rpower label (1 / INR D) ^ D = label).
  { intros D HD; assert (0 < INR D) by (apply lt_0_INR; lia).
    rewrite <- Rpower_pow, Rpower_mult by apply exp_pos.
    replace (1 / INR D * INR D) with 1 by (field; lra); now apply Rpower_1. }
  set (x := Rpower label (1 / INR 2)); set (x' := Rpower label (1 / INR 3)).
  destruct (unit_minimizer 2 x label ltac:(lia) (root 2%nat ltac:(lia))) as [Hm Hb].
  destruct (unit_minimizer 3 x' label ltac:(lia) (root 3%nat ltac:(lia))) as [Hm' Hb'].
  simpl in Hm, Hm'.
  assert (H1 : INR 1 <> 0) by (simpl; lra).
  destruct (sharpness_exists (INR 1) 1 1 1 unit_X (unit_y label) (fun _ => x) (fun _ => x) H1 ltac:(lia))
    as [S HS].
  destruct (sharpness_exists (INR 1) 1 1 2 unit_X (unit_y label) (fun _ => x') (fun _ => x') H1 ltac:(lia))
    as [S' HS'].
  exists label, (fun _ => x), (fun _ => x), (fun _ => x'), (fun _ => x'), S, S'.
  rewrite unit_difficulty; repeat (split; [assumption|]).
  rewrite (unit_sharpness 2 label _ _ S ltac:(lia) Hl Hm Hb HS).
  rewrite (unit_sharpness 3 label _ _ S' ltac:(lia) Hl Hm' Hb' HS').
  rewrite El; exact depth_three_exceeds_depth_two.
Qed.
