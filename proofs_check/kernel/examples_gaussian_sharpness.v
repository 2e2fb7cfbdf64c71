(** Every hypothesis of Theorem 5.6 holds together: the same weights at their start, where the Hessian is a matrix of two
    rows and the sharpness a root of its characteristic polynomial. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model hessian sharpness
  lemma_b_3 printed_setting theorem_4_3 expectation gaussian_law gaussian_harmonic_mean gaussian_lebesgue normal_numbers
  examples_logistic_flow examples_gaussian_start.
From Kernel Require thm_5_6.
Local Open Scope R_scope.

(** The larger eigenvalue of [[p, m], [m, q]]. *)
Definition larger_root (p q m : R) : R := (p + q + sqrt ((p - q) * (p - q) + 4 * (m * m))) / 2.

Lemma larger_root_facts p q m : let T := larger_root p q m in
  p <= T /\ q <= T /\ (T - p) * (T - q) = m * m.
Proof.
  intros T; set (D := (p - q) * (p - q) + 4 * (m * m)).
  assert (HD : (p - q) * (p - q) <= D) by (unfold D; pose proof (Rle_0_sqr m) as S; unfold Rsqr in S; lra).
  assert (P : 0 <= D) by (pose proof (Rle_0_sqr (p - q)) as S; unfold Rsqr in S; lra).
  assert (R : Rabs (p - q) <= sqrt D) by (rewrite <- sqrt_Rsqr_abs; now apply sqrt_le_1_alt).
  pose proof (sqrt_sqrt D P) as SD; apply Rabs_le_between in R.
  unfold T, larger_root; fold D; split; [lra|]; split; [lra|].
  replace (((p + q + sqrt D) / 2 - p) * ((p + q + sqrt D) / 2 - q))
    with ((sqrt D * sqrt D - (p - q) * (p - q)) / 4) by field.
  rewrite SD; unfold D; field.
Qed.

Definition start_sharpness (x : nat -> R) : R :=
  larger_root (x 1%nat * x 1%nat) (x 0%nat * x 0%nat) (2 * (x 0%nat * x 1%nat) - 1).

Lemma curvature_of_one (u v : R) a b :
  curvature (INR 1) 1 1 1 (fun _ _ => 1) (fun _ => 1) (fun _ => u) (fun _ => v) a b
  = v * v * (a 0%nat * a 0%nat) + 2 * ((2 * (u * v) - 1) * (a 0%nat * b 0%nat)) + u * u * (b 0%nat * b 0%nat).
Proof.
  rewrite curvature_depth_two; unfold transposed_vector, residual, output, matrix_vector, norm_sq, dot; simpl; field.
Qed.

Lemma start_sharpness_is x :
  is_sharpness one_loss 1 1 (fun _ => x 0%nat) (fun _ => x 1%nat) (start_sharpness x).
Proof.
  set (u := x 0%nat); set (v := x 1%nat); set (T := start_sharpness x); set (m := 2 * (u * v) - 1).
  destruct (larger_root_facts (v * v) (u * u) m) as [P [Q M]]; fold T in P, Q, M.
  change (larger_root (v * v) (u * u) m) with T in P, Q, M.
  assert (H1 : INR 1 <> 0) by (simpl; lra).
  destruct (sharpness_exists (INR 1) 1 1 1 (fun _ _ => 1) (fun _ => 1) (fun _ => u) (fun _ => v) H1 ltac:(lia)) as [S HS].
  assert (E : S = T).
  { apply Rle_antisym.
    - apply (sharpness_upper (INR 1) 1 1 1 (fun _ _ => 1) (fun _ => 1) (fun _ => u) (fun _ => v) H1 S _ HS); intros a b Hab.
      rewrite curvature_of_one; fold m; unfold norm_sq, dot in Hab; simpl in Hab.
      set (s := a 0%nat) in *; set (t := b 0%nat) in *; set (p := T - v * v) in *; set (q := T - u * u) in *.
      assert (N : 0 <= p * (s * s) - 2 * (m * (s * t)) + q * (t * t)).
      { destruct (Req_dec p 0) as [Z|Z].
        - assert (m = 0) as -> by (rewrite Z in M; nra); pose proof (Rle_0_sqr t) as W; unfold Rsqr in W.
          assert (0 <= q * (t * t)) by (apply Rmult_le_pos; unfold q; lra); rewrite Z; lra.
        - assert (0 < p) by (unfold p in *; lra); apply Rmult_le_reg_l with p; [assumption|].
          replace (p * (p * (s * s) - 2 * (m * (s * t)) + q * (t * t)))
            with ((p * s - m * t) * (p * s - m * t) + (p * q - m * m) * (t * t)) by ring.
          rewrite M; pose proof (Rle_0_sqr (p * s - m * t)) as W; unfold Rsqr in W; lra. }
      assert (T = T * (s * s + t * t)) as -> by (replace (s * s + t * t) with 1 by lra; ring); unfold p, q in N; lra.
    - pose proof (fun a b => sharpness_lower (INR 1) 1 1 1 (fun _ _ => 1) (fun _ => 1) (fun _ => u) (fun _ => v) H1 S a b HS) as L.
      set (p := T - v * v) in *.
      destruct (Req_dec (m * m + p * p) 0) as [Z|Z].
      + assert (p = 0) by (pose proof (Rle_0_sqr m); pose proof (Rle_0_sqr p); unfold Rsqr in *; nra).
        specialize (L (fun _ => 1) (fun _ => 0)); rewrite curvature_of_one in L; unfold norm_sq, dot in L; simpl in L.
        specialize (L ltac:(lra)); unfold p in *; lra.
      + assert (Pos : 0 < m * m + p * p) by (pose proof (Rle_0_sqr m); pose proof (Rle_0_sqr p); unfold Rsqr in *; lra).
        specialize (L (fun _ => m) (fun _ => p)); rewrite curvature_of_one in L; unfold norm_sq, dot in L; simpl in L.
        specialize (L ltac:(lra)); fold m in L; apply Rmult_le_reg_r with (m * m + p * p); [assumption|].
        eapply Rle_trans; [apply Req_le|eapply Rle_trans; [exact L|apply Req_le; ring]].
        replace (u * u) with (T - (T - u * u)) by ring.
        replace (v * v * (m * m) + 2 * (m * (m * p)) + (T - (T - u * u)) * (p * p))
          with (v * v * (m * m) + 2 * (m * m) * p + T * (p * p) - p * (p * (T - u * u))) by ring.
        rewrite M; unfold p; ring. }
  rewrite <- E; refine (is_sharpness_ext _ _ _ _ _ _ _ _ HS); intros a b; rewrite one_loss_is.
  unfold scaled_loss, residual, output, matrix_vector, norm_sq, dot; simpl; field.
Qed.

Theorem theorem_5_6_holds_for_gaussian_weights :
  thm_5_6.hypotheses (nat -> R) (gaussian_space 2) 1 1 1 start_sharpness (fun x => x 1%nat)
    (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1) 1 1 (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun x _ => x 0%nat).
Proof.
  assert (R0 : regular 2 (fun x => x 0%nat)) by (apply regular_coordinate; lia).
  assert (R1 : regular 2 (fun x => x 1%nat)) by (apply regular_coordinate; lia).
  assert (random : forall f, regular 2 f -> measurable (gaussian_space 2) f).
  { intros f Hf; apply integrable_measurable; eexists; now apply lebesgue_regular. }
  assert (RS : regular 2 start_sharpness).
  { pose proof (regular_mult _ _ _ R0 R0) as R00; pose proof (regular_mult _ _ _ R1 R1) as R11.
    pose proof (regular_plus _ _ _ R11 (regular_scal _ (-1) _ R00)) as Rd.
    pose proof (regular_plus _ _ _ (regular_scal _ 2 _ (regular_mult _ _ _ R0 R1)) (regular_constant 2 (-1))) as Rm.
    pose proof (regular_sqrt _ _ (regular_plus _ _ _ (regular_mult _ _ _ Rd Rd) (regular_scal _ 4 _ (regular_mult _ _ _ Rm Rm)))) as Rr.
    eapply regular_ext; [|exact (regular_scal _ (/ 2) _ (regular_plus _ _ _ (regular_plus _ _ _ R11 R00) Rr))].
    intros x; unfold start_sharpness, larger_root, Rdiv; cbv beta; rewrite Rmult_comm; do 2 f_equal; f_equal; ring. }
  split; try lia; try lra; try (intros i Hi; lra).
  - exact (random _ RS).
  - intros k Hk; exact (random _ R0).
  - exact (random _ R1).
  - intros k n Hk Hn; simpl; ring.
  - intros n Hn; simpl; ring.
  - intros i j Hi Hj; assert (i = 0%nat) as -> by lia; assert (j = 0%nat) as -> by lia; rewrite delta_same; simpl; ring.
  - intros i j Hi Hj; assert (i = 0%nat) as -> by lia; assert (j = 0%nat) as -> by lia; rewrite delta_same; simpl; ring.
  - apply almost_every; exact start_sharpness_is.
  - exact start_weights_normal.
Qed.
