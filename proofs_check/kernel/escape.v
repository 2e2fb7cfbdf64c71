(** A region of weights that gradient descent never leaves, at any depth: with [h = eta / N] and the output
    [b = s_1 c_1 P] in the top mode it is [h (b^2 - |y|^2) >= 6 w^2] for each weight [w] among [c_1] and the [v_j].
    Every step at least doubles each of these weights, so the loss tends to infinity. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz singular_value_decomposition definition_4_1
  minimalist_model gradient hessian sharpness optimizers hessian_in_singular_coordinates.
Local Open Scope R_scope.

(** A weight that is pulled by at least three times its square goes at least twice as far to the other side. *)
Lemma pulled_weight_doubles w w' pull :
  w * (w - w') = pull -> 3 * (w * w) <= pull -> 4 * (w * w) <= w' * w'.
Proof.
  intros E H; destruct (Req_dec w 0) as [->|Hw]; [nra|].
  assert (Hp : 0 < w * w) by nra.
  apply Rmult_le_reg_l with (w * w); [exact Hp|].
  replace (w * w * (w' * w')) with ((w * w - pull) * (w * w - pull)) by (rewrite <- E; ring).
  nra.
Qed.

(** With [b = t w q]: where the weight [w] and the rest [q] at least double, the inequality of the region is kept. *)
Lemma region_is_kept h Y t w q w' q' :
  0 < h -> 0 <= Y -> w <> 0 ->
  6 * (w * w) <= h * (t * w * q * (t * w * q) - Y) -> 4 * (w * w) <= w' * w' -> 4 * (q * q) <= q' * q' ->
  6 * (w' * w') <= h * (t * w' * q' * (t * w' * q') - Y).
Proof.
  intros Hh HY Hw H Ww Wq.
  assert (Hp : 0 < w * w) by nra.
  apply Rmult_le_reg_l with (w * w); [exact Hp|].
  pose proof (Rle_0_sqr t) as St; pose proof (Rle_0_sqr w') as Sw; unfold Rsqr in St, Sw.
  assert (A : 0 <= w * w * (h * (t * t)) * (w' * w') * (q' * q' - 4 * (q * q))).
  { apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [|exact Sw].
    apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [lra|exact St]. }
  assert (B : 0 <= 4 * (w' * w') * (h * (t * w * q * (t * w * q) - Y) - 6 * (w * w))).
  { apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [lra|exact Sw]. }
  assert (Z : 0 <= h * Y) by (apply Rmult_le_pos; lra).
  assert (C : 0 <= h * Y * (w' * w' - 4 * (w * w))) by (apply Rmult_le_pos; lra).
  assert (D : 0 <= w * w * (h * Y)) by (apply Rmult_le_pos; lra).
  assert (F : 0 <= w * w * (w' * w')) by (apply Rmult_le_pos; lra).
  assert (G : w * w * (h * (t * w' * q' * (t * w' * q') - Y)) - w * w * (6 * (w' * w'))
    = w * w * (h * (t * t)) * (w' * w') * (q' * q' - 4 * (q * q))
      + 4 * (w' * w') * (h * (t * w * q * (t * w * q) - Y) - 6 * (w * w))
      + 4 * (h * Y * (w' * w' - 4 * (w * w))) + 15 * (w * w * (h * Y)) + 18 * (w * w * (w' * w'))) by ring.
  lra.
Qed.

Lemma Prod_squares_grow n f g :
  (forall i, (i < n)%nat -> f i * f i <= g i * g i) -> Prod n f * Prod n f <= Prod n g * Prod n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  replace (Prod n f * f n * (Prod n f * f n)) with (Prod n f * Prod n f * (f n * f n)) by ring.
  replace (Prod n g * g n * (Prod n g * g n)) with (Prod n g * Prod n g * (g n * g n)) by ring.
  apply Rmult_le_compat; [apply Rle_0_sqr|apply Rle_0_sqr|apply IH; auto|apply H; lia].
Qed.

Section Escape.

Variables (N d m r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y : nat -> R) (eta : R).
Hypothesis samples : (0 < N)%nat.
Hypothesis rank : (0 < r)%nat.
Hypothesis layers : (0 < m)%nat.
Hypothesis decomposition : svd N d r X s e w.
Hypothesis reachable : in_column_space N d X y.
Hypothesis step_size : 0 < eta.

Let h := eta / INR N.
Let Y := norm_sq N y.
Definition top_coefficient (u : nat -> R) : R := dot d (w 0%nat) u.
Definition top_output (u v : nat -> R) : R := s 0%nat * top_coefficient u * Prod m v.

Definition in_escape_region (u v : nat -> R) : Prop :=
  top_output u v <> 0
  /\ 6 * (top_coefficient u * top_coefficient u) <= h * (top_output u v * top_output u v - Y)
  /\ forall j, (j < m)%nat -> 6 * (v j * v j) <= h * (top_output u v * top_output u v - Y).

Let h_positive : 0 < h.
Proof. unfold h; apply Rdiv_lt_0_compat; [assumption|now apply lt_0_INR]. Qed.

Let unit_left a : dot N (e 0%nat) a * dot N (e 0%nat) a <= norm_sq N a.
Proof.
  pose proof (cauchy_schwarz N (e 0%nat) a) as H.
  unfold norm_sq at 1 in H; rewrite (svd_left _ _ _ _ _ _ _ decomposition 0%nat 0%nat rank rank) in H.
  rewrite delta_same in H; lra.
Qed.

Lemma first_pull u v :
  let c := top_coefficient u in
  let b := top_output u v in
  c * (c - top_coefficient (gd_u eta N d m X y u v)) = h * (b * (b - label_coefficient N e y 0)).
Proof.
  intros c b; unfold top_coefficient, gd_u; rewrite dot_minus_r, dot_scal_r; fold (top_coefficient u); fold c.
  unfold gradient_u.
  rewrite (dot_ext d (w 0%nat) _ (w 0%nat) (fun j => / INR N * Prod m v
    * transposed_vector N X (residual d m X y u v) j)) by (intros; auto; ring).
  rewrite dot_scal_r, (svd_right_coefficient N d r X s e w decomposition _ 0 rank).
  rewrite (residual_coordinate N d m r X s e w y u v decomposition 0 rank).
  fold (top_coefficient u); unfold b, top_output, h, c; field.
  apply not_0_INR; lia.
Qed.

Lemma later_pull u v j :
  (j < m)%nat ->
  v j * (v j - gd_v eta N d m X y u v j)
  = h / 2 * (norm_sq N (residual d m X y u v) + norm_sq N (output d m X u v) - Y).
Proof.
  intros Hj; unfold gd_v, gradient_v.
  assert (E : norm_sq N y = norm_sq N (output d m X u v)
    - 2 * dot N (output d m X u v) (residual d m X y u v) + norm_sq N (residual d m X y u v)).
  { rewrite <- norm_sq_minus; apply norm_sq_ext; intros; unfold residual; ring. }
  assert (F : v j * Prod_except m j v * dot d (transposed_vector N X (residual d m X y u v)) u
    = dot N (output d m X u v) (residual d m X y u v)).
  { rewrite Prod_except_mult by assumption; rewrite transpose_dot, dot_sym.
    unfold output; rewrite <- dot_scal_l; apply dot_ext; intros; ring. }
  unfold Y, h; rewrite E.
  transitivity (eta * / INR N
    * (v j * Prod_except m j v * dot d (transposed_vector N X (residual d m X y u v)) u)).
  - ring.
  - rewrite F; field; apply not_0_INR; lia.
Qed.

(** One step at least doubles every weight. *)
Theorem escape_doubles u v :
  in_escape_region u v ->
  4 * (top_coefficient u * top_coefficient u)
  <= top_coefficient (gd_u eta N d m X y u v) * top_coefficient (gd_u eta N d m X y u v)
  /\ forall j, (j < m)%nat -> 4 * (v j * v j) <= gd_v eta N d m X y u v j * gd_v eta N d m X y u v j.
Proof.
  intros (Hb & Hc & Hv); split.
  - apply pulled_weight_doubles with (1 := first_pull u v).
    pose proof (unit_left y) as HY; fold (label_coefficient N e y 0) in HY; fold Y in HY.
    set (b := top_output u v) in *; set (l := label_coefficient N e y 0) in *.
    assert (0 <= h * ((b - l) * (b - l) + (Y - l * l))).
    { apply Rmult_le_pos; [lra|]; pose proof (Rle_0_sqr (b - l)) as Q; unfold Rsqr in Q; lra. }
    nra.
  - intros j Hj; apply pulled_weight_doubles with (1 := later_pull u v j Hj); specialize (Hv j Hj).
    assert (Eb : dot N (e 0%nat) (output d m X u v) = top_output u v).
    { unfold output; rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => Prod m v * matrix_vector d X u n))
        by (intros; auto; ring).
      rewrite dot_scal_r, (svd_left_coefficient N d r X s e w decomposition u 0 rank).
      unfold top_output, top_coefficient; ring. }
    pose proof (unit_left (output d m X u v)) as Hf; rewrite Eb in Hf.
    pose proof (norm_sq_nonneg N (residual d m X y u v)).
    assert (0 <= h * (norm_sq N (residual d m X y u v)
      + (norm_sq N (output d m X u v) - top_output u v * top_output u v))) by (apply Rmult_le_pos; lra).
    nra.
Qed.

(** The step ends in the region again. *)
Theorem escape_is_kept u v :
  in_escape_region u v -> in_escape_region (gd_u eta N d m X y u v) (gd_v eta N d m X y u v).
Proof.
  intros H; destruct (escape_doubles u v H) as [Dc Dv]; destruct H as (Hb & Hc & Hv).
  set (u' := gd_u eta N d m X y u v) in *; set (v' := gd_v eta N d m X y u v) in *.
  assert (HY : 0 <= Y) by apply norm_sq_nonneg.
  assert (Nc : top_coefficient u <> 0) by (intros E; apply Hb; unfold top_output; rewrite E; ring).
  assert (NP : Prod m v <> 0) by (intros E; apply Hb; unfold top_output; rewrite E; ring).
  assert (Ns : 0 < s 0%nat) by now apply (svd_positive _ _ _ _ _ _ _ decomposition).
  assert (DP : forall j, (j < m)%nat ->
    Prod_except m j v * Prod_except m j v <= Prod_except m j v' * Prod_except m j v').
  { intros j Hj; apply Prod_squares_grow; intros i Hi; destruct (Nat.eqb i j); [lra|].
    specialize (Dv i Hi); pose proof (Rle_0_sqr (v i)) as Q; unfold Rsqr in Q; lra. }
  assert (D4 : 4 * (Prod m v * Prod m v) <= Prod m v' * Prod m v').
  { rewrite <- (Prod_except_mult m 0 v layers), <- (Prod_except_mult m 0 v' layers).
    specialize (DP 0%nat layers); specialize (Dv 0%nat layers).
    set (a := Prod_except m 0 v) in *; set (a' := Prod_except m 0 v') in *.
    replace (4 * (v 0%nat * a * (v 0%nat * a))) with (4 * (v 0%nat * v 0%nat) * (a * a)) by ring.
    replace (v' 0%nat * a' * (v' 0%nat * a')) with (v' 0%nat * v' 0%nat * (a' * a')) by ring.
    apply Rmult_le_compat; [|apply Rle_0_sqr|exact Dv|exact DP].
    pose proof (Rle_0_sqr (v 0%nat)) as Q; unfold Rsqr in Q; lra. }
  assert (Pc : 0 < top_coefficient u * top_coefficient u) by nra.
  assert (PP : 0 < Prod m v * Prod m v) by nra.
  split; [|split].
  - unfold top_output; apply Rmult_integral_contrapositive; split.
    + apply Rmult_integral_contrapositive; split; [lra|]; intros E; rewrite E in Dc; lra.
    + intros E; rewrite E in D4; lra.
  - apply region_is_kept with (w := top_coefficient u) (q := Prod m v); assumption.
  - intros j Hj; specialize (Hv j Hj).
    assert (Eb : forall a b, top_output a b = s 0%nat * b j * (top_coefficient a * Prod_except m j b)).
    { intros a b; unfold top_output; rewrite <- (Prod_except_mult m j b Hj); ring. }
    rewrite Eb; rewrite Eb in Hv.
    apply region_is_kept with (w := v j) (q := top_coefficient u * Prod_except m j v); try assumption.
    + now apply (Prod_nonzero_factor m j v).
    + apply Dv; assumption.
    + specialize (DP j Hj).
      set (a := Prod_except m j v) in *; set (a' := Prod_except m j v') in *.
      set (c := top_coefficient u) in *; set (c' := top_coefficient u') in *.
      replace (4 * (c * a * (c * a))) with (4 * (c * c) * (a * a)) by ring.
      replace (c' * a' * (c' * a')) with (c' * c' * (a' * a')) by ring.
      apply Rmult_le_compat; [lra|apply Rle_0_sqr|exact Dc|exact DP].
Qed.

(** Gradient descent, step after step. *)
Fixpoint gd_run (u v : nat -> R) (t : nat) : (nat -> R) * (nat -> R) :=
  match t with
  | 0%nat => (u, v)
  | S t => let before := gd_run u v t in
           (gd_u eta N d m X y (fst before) (snd before), gd_v eta N d m X y (fst before) (snd before))
  end.

(** From the region on, for ever: after [t] steps each weight has grown at least [2^t]-fold. *)
Theorem escape_for_ever u v t :
  in_escape_region u v ->
  let u' := fst (gd_run u v t) in
  let v' := snd (gd_run u v t) in
  in_escape_region u' v'
  /\ 4 ^ t * (top_coefficient u * top_coefficient u) <= top_coefficient u' * top_coefficient u'
  /\ forall j, (j < m)%nat -> 4 ^ t * (v j * v j) <= v' j * v' j.
Proof.
  intros H; induction t as [|t IH]; simpl; [repeat split; try apply H; intros; lra|].
  destruct IH as (Ht & Hc & Hv); destruct (escape_doubles _ _ Ht) as [Dc Dv].
  split; [now apply escape_is_kept|split].
  - lra.
  - intros j Hj; specialize (Hv j Hj); specialize (Dv j Hj); lra.
Qed.

(** The loss is at least [(b^2 / 2 - |y|^2) / (2 N)]. *)
Theorem escape_loss_floor u v :
  (top_output u v * top_output u v / 2 - Y) / (2 * INR N) <= loss N d m X y u v.
Proof.
  unfold loss, scaled_loss.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  pose proof (unit_left (residual d m X y u v)) as Hz; pose proof (unit_left y) as HY.
  rewrite (residual_coordinate N d m r X s e w y u v decomposition 0 rank) in Hz.
  fold (top_coefficient u) in Hz; fold (top_output u v) in Hz.
  fold (label_coefficient N e y 0) in HY; fold Y in HY.
  set (b := top_output u v) in *; set (l := label_coefficient N e y 0) in *.
  pose proof (Rle_0_sqr (b - 2 * l)) as Q; unfold Rsqr in Q; nra.
Qed.

(** So it passes every bound: after [t] steps from the region it is at least [(4^t b^2 / 2 - |y|^2) / (2 N)]. *)
Theorem escape_loss_grows u v t :
  in_escape_region u v ->
  (4 ^ t * (top_output u v * top_output u v) / 2 - Y) / (2 * INR N)
  <= loss N d m X y (fst (gd_run u v t)) (snd (gd_run u v t)).
Proof.
  intros H; destruct (escape_for_ever u v t H) as (Ht & Hc & Hv).
  set (u' := fst (gd_run u v t)) in *; set (v' := snd (gd_run u v t)) in *.
  apply Rle_trans with (2 := escape_loss_floor u' v').
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  assert (G : forall n, 1 <= 4 ^ n) by (intros n; apply pow_R1_Rle; lra).
  assert (P : Prod m v * Prod m v <= Prod m v' * Prod m v').
  { apply Prod_squares_grow; intros j Hj; specialize (Hv j Hj); specialize (G t).
    pose proof (Rle_0_sqr (v j)) as Q; unfold Rsqr in Q; nra. }
  assert (4 ^ t * (top_output u v * top_output u v) <= top_output u' v' * top_output u' v').
  { unfold top_output; set (c := top_coefficient u) in *; set (c' := top_coefficient u') in *.
    replace (4 ^ t * (s 0%nat * c * Prod m v * (s 0%nat * c * Prod m v)))
      with (s 0%nat * s 0%nat * ((4 ^ t * (c * c)) * (Prod m v * Prod m v))) by ring.
    replace (s 0%nat * c' * Prod m v' * (s 0%nat * c' * Prod m v'))
      with (s 0%nat * s 0%nat * ((c' * c') * (Prod m v' * Prod m v'))) by ring.
    apply Rmult_le_compat_l; [apply Rle_0_sqr|].
    apply Rmult_le_compat; [|apply Rle_0_sqr|exact Hc|exact P].
    apply Rmult_le_pos; [specialize (G t); lra|apply Rle_0_sqr]. }
  lra.
Qed.

(** The sharpness is at least the curvature along the top right singular vector. *)
Theorem escape_sharpness_floor u v S :
  is_sharpness (loss N d m X y) d m u v S -> s 0%nat * s 0%nat * (Prod m v * Prod m v) / INR N <= S.
Proof.
  intros HS; assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (Nw : norm_sq d (w 0%nat) = 1).
  { unfold norm_sq; rewrite (svd_right _ _ _ _ _ _ _ decomposition 0%nat 0%nat rank rank); apply delta_same. }
  assert (N0 : norm_sq m (fun _ => 0) = 0).
  { unfold norm_sq, dot; transitivity (∑ i < m, 0); [apply Sum_ext; intros; ring|apply Sum_zero]. }
  assert (Zs : product_slope m v (fun _ => 0) = 0).
  { unfold product_slope; transitivity (∑ i < m, 0); [apply Sum_ext; intros; ring|apply Sum_zero]. }
  assert (Zc : product_curvature m v (fun _ => 0) = 0).
  { unfold product_curvature; transitivity (∑ i < m, 0); [apply Sum_ext; intros; ring|apply Sum_zero]. }
  pose proof (sharpness_lower (INR N) N d m X y u v ltac:(lra) S (w 0%nat) (fun _ => 0) HS ltac:(lra)) as H.
  rewrite Nw, N0 in H; unfold curvature in H.
  assert (Zd : dot N (residual d m X y u v) (residual_curvature d m X u v (w 0%nat) (fun _ => 0)) = 0).
  { unfold dot; transitivity (∑ i < N, 0); [|apply Sum_zero].
    apply Sum_ext; intros; unfold residual_curvature; rewrite Zs, Zc; ring. }
  assert (E : dot N (e 0%nat) (residual_slope d m X u v (w 0%nat) (fun _ => 0)) = s 0%nat * Prod m v).
  { rewrite (dot_ext N (e 0%nat) _ (e 0%nat) (fun n => Prod m v * matrix_vector d X (w 0%nat) n));
      [|auto|intros; unfold residual_slope; rewrite Zs; ring].
    rewrite dot_scal_r, (svd_left_coefficient N d r X s e w decomposition (w 0%nat) 0 rank).
    unfold norm_sq in Nw; rewrite Nw; ring. }
  pose proof (unit_left (residual_slope d m X u v (w 0%nat) (fun _ => 0))) as Hn; rewrite E in Hn.
  rewrite Zd in H; unfold Rdiv.
  assert (HI : 0 < / INR N) by now apply Rinv_0_lt_compat.
  apply Rle_trans with (/ INR N * (norm_sq N (residual_slope d m X u v (w 0%nat) (fun _ => 0)) + 0)); [|lra].
  rewrite (Rmult_comm _ (/ INR N)); apply Rmult_le_compat_l; [lra|].
  replace (s 0%nat * s 0%nat * (Prod m v * Prod m v)) with (s 0%nat * Prod m v * (s 0%nat * Prod m v)) by ring; lra.
Qed.

(** In the region it is at least [6 / eta]. *)
Theorem escape_sharpness u v S :
  in_escape_region u v -> is_sharpness (loss N d m X y) d m u v S -> 6 / eta <= S.
Proof.
  intros (Hb & Hc & _) HS; apply Rle_trans with (2 := escape_sharpness_floor u v S HS).
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  assert (Nc : top_coefficient u <> 0) by (intros E; apply Hb; unfold top_output; rewrite E; ring).
  assert (Pc : 0 < top_coefficient u * top_coefficient u) by nra.
  assert (HY : 0 <= Y) by apply norm_sq_nonneg.
  assert (Z : 0 <= h * Y) by (apply Rmult_le_pos; lra).
  assert (F : 6 <= h * (s 0%nat * s 0%nat * (Prod m v * Prod m v))).
  { apply Rmult_le_reg_l with (1 := Pc); unfold top_output in Hc; lra. }
  apply Rmult_le_reg_l with (1 := step_size).
  replace (eta * (6 / eta)) with 6 by (field; lra).
  replace (eta * (s 0%nat * s 0%nat * (Prod m v * Prod m v) / INR N))
    with (h * (s 0%nat * s 0%nat * (Prod m v * Prod m v))) by (unfold h; field; lra).
  exact F.
Qed.

End Escape.
