(** Sharpness: the least upper bound of the second derivative of the loss over the unit directions, which is
    the Rayleigh quotient of its Hessian and so its largest eigenvalue. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  minimalist_model gradient hessian.
Local Open Scope R_scope.

Definition rayleigh_value (F : (nat -> R) -> (nat -> R) -> R) (d m : nat) (u v : nat -> R) (q : R) : Prop :=
  exists a b, norm_sq d a + norm_sq m b = 1 /\
              is_derive_n (fun t => F (along u a t) (along v b t)) 2 0 q.

Definition is_sharpness (F : (nat -> R) -> (nat -> R) -> R) (d m : nat) (u v : nat -> R) (S : R) : Prop :=
  is_lub (rayleigh_value F d m u v) S.

Theorem sharpness_unique F d m u v S S' :
  is_sharpness F d m u v S -> is_sharpness F d m u v S' -> S = S'.
Proof.
  intros [U L] [U' L']; apply Rle_antisym; [now apply L|now apply L'].
Qed.

Lemma product_slope_scal m v b k :
  product_slope m v (fun i => k * b i) = k * product_slope m v b.
Proof. unfold product_slope; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring. Qed.

Lemma product_curvature_scal m v b k :
  product_curvature m v (fun i => k * b i) = k * k * product_curvature m v b.
Proof.
  unfold product_curvature; rewrite <- Sum_scal_l; apply Sum_ext; intros j _.
  rewrite <- !Sum_scal_l; apply Sum_ext; intros i _; destruct (Nat.eqb i j); ring.
Qed.

Lemma matrix_vector_scal d X a k n :
  matrix_vector d X (fun i => k * a i) n = k * matrix_vector d X a n.
Proof. apply dot_scal_r. Qed.

Lemma curvature_scal K N d m X y u v a b k :
  curvature K N d m X y u v (fun i => k * a i) (fun i => k * b i)
  = k * k * curvature K N d m X y u v a b.
Proof.
  unfold curvature.
  rewrite (norm_sq_ext N _ (fun n => k * residual_slope d m X u v a b n)).
  - rewrite (dot_ext N _ _ (residual d m X y u v)
               (fun n => k * k * residual_curvature d m X u v a b n)).
    + rewrite norm_sq_scal, dot_scal_r; ring.
    + reflexivity.
    + intros n _; unfold residual_curvature.
      rewrite matrix_vector_scal, product_slope_scal, product_curvature_scal; ring.
  - intros n _; unfold residual_slope; rewrite matrix_vector_scal, product_slope_scal; ring.
Qed.

Section Bounds.

Variables (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R).
Hypothesis K_nonzero : K <> 0.

Lemma rayleigh_value_curvature q :
  rayleigh_value (scaled_loss K N d m X y) d m u v q <->
  exists a b, norm_sq d a + norm_sq m b = 1 /\ q = curvature K N d m X y u v a b.
Proof.
  split; intros [a [b [H Hq]]]; exists a, b; split; auto.
  - rewrite curvature_is_hessian_form by assumption.
    now apply hessian_is_the_second_derivative.
  - apply hessian_is_the_second_derivative; auto.
    now rewrite <- curvature_is_hessian_form.
Qed.

Lemma sharpness_upper S M :
  is_sharpness (scaled_loss K N d m X y) d m u v S ->
  (forall a b, norm_sq d a + norm_sq m b = 1 -> curvature K N d m X y u v a b <= M) ->
  S <= M.
Proof.
  intros [_ L] H; apply L; intros q Hq.
  apply rayleigh_value_curvature in Hq; destruct Hq as [a [b [Hab ->]]]; auto.
Qed.

Lemma sharpness_lower S a b :
  is_sharpness (scaled_loss K N d m X y) d m u v S ->
  0 < norm_sq d a + norm_sq m b ->
  curvature K N d m X y u v a b <= S * (norm_sq d a + norm_sq m b).
Proof.
  intros [U _] H.
  set (h := norm_sq d a + norm_sq m b) in *.
  set (k := / sqrt h).
  assert (Hk : k * k * h = 1).
  { unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra. }
  assert (Hq : curvature K N d m X y u v (fun i => k * a i) (fun i => k * b i) <= S).
  { apply U, rayleigh_value_curvature; eexists; eexists; split; [|reflexivity].
    rewrite !norm_sq_scal; unfold h in Hk; lra. }
  rewrite curvature_scal in Hq.
  apply Rle_trans with (h * (k * k * curvature K N d m X y u v a b)).
  - apply Req_le; transitivity (k * k * h * curvature K N d m X y u v a b); [rewrite Hk|]; ring.
  - rewrite (Rmult_comm S); apply Rmult_le_compat_l; lra.
Qed.

Lemma curvature_bounded : exists M, forall a b,
  norm_sq d a + norm_sq m b = 1 -> curvature K N d m X y u v a b <= M.
Proof.
  exists ((∑ i < d, ∑ l < d, Rabs (hessian_uu K N d m X y u v i l))
          + 2 * (∑ i < d, ∑ k < m, Rabs (hessian_uv K N d m X y u v i k))
          + ∑ j < m, ∑ k < m, Rabs (hessian_vv K N d m X y u v j k)).
  intros a b H; rewrite curvature_is_hessian_form by assumption.
  assert (Ha : forall i, (i < d)%nat -> a i * a i <= 1).
  { intros i Hi; pose proof (norm_sq_nonneg m b).
    assert (a i * a i <= norm_sq d a)
      by (apply (Sum_term_le d (fun i => a i * a i)); auto; intros; nra); lra. }
  assert (Hb : forall i, (i < m)%nat -> b i * b i <= 1).
  { intros i Hi; pose proof (norm_sq_nonneg d a).
    assert (b i * b i <= norm_sq m b)
      by (apply (Sum_term_le m (fun i => b i * b i)); auto; intros; nra); lra. }
  assert (T : forall p q g, p * p <= 1 -> q * q <= 1 -> p * g * q <= Rabs g).
  { intros p q g Hp Hq; pose proof (Rle_abs g); pose proof (Rle_abs (- g)).
    rewrite Rabs_Ropp in *.
    assert (-1 <= p * q <= 1) by (pose proof (Rle_0_sqr (p - q)); pose proof (Rle_0_sqr (p + q));
                                   unfold Rsqr in *; lra).
    replace (p * g * q) with (p * q * g) by ring; nra. }
  unfold hessian_form; apply Rplus_le_compat; [apply Rplus_le_compat|].
  - apply Sum_le; intros i Hi; apply Sum_le; intros l Hl; apply T; auto.
  - apply Rmult_le_compat_l; [lra|].
    apply Sum_le; intros i Hi; apply Sum_le; intros l Hl; apply T; auto.
  - apply Sum_le; intros i Hi; apply Sum_le; intros l Hl; apply T; auto.
Qed.

(** The set of Rayleigh quotients is bounded and not empty: there is at least one weight. *)
Lemma rayleigh_bounded : (0 < d)%nat ->
  bound (rayleigh_value (scaled_loss K N d m X y) d m u v) /\
  exists q, rayleigh_value (scaled_loss K N d m X y) d m u v q.
Proof.
  intros Hd; split.
  - destruct curvature_bounded as [M HM].
    exists M; intros q Hq; apply rayleigh_value_curvature in Hq.
    destruct Hq as [a [b [Hab ->]]]; auto.
  - eexists; apply rayleigh_value_curvature; exists (basis 0), (fun _ => 0); split; [|reflexivity].
    rewrite norm_sq_basis by assumption.
    unfold norm_sq, dot; rewrite (Sum_ext m _ (fun _ => 0)), Sum_zero by (intros; ring); ring.
Qed.

(** Every point has a sharpness. *)
Theorem sharpness_exists : (0 < d)%nat ->
  exists S, is_sharpness (scaled_loss K N d m X y) d m u v S.
Proof.
  intros Hd; destruct (rayleigh_bounded Hd) as [Hb Hn].
  destruct (completeness _ Hb Hn) as [S HS]; now exists S.
Qed.

(** A bound that is attained is the sharpness. *)
Theorem sharpness_attained M a b :
  (forall a b, norm_sq d a + norm_sq m b = 1 -> curvature K N d m X y u v a b <= M) ->
  0 < norm_sq d a + norm_sq m b ->
  curvature K N d m X y u v a b = M * (norm_sq d a + norm_sq m b) ->
  is_sharpness (scaled_loss K N d m X y) d m u v M.
Proof.
  intros Hup Hpos E; split.
  - intros q Hq; apply rayleigh_value_curvature in Hq; destruct Hq as [a' [b' [Hab ->]]]; auto.
  - intros M' HM'; apply HM', rayleigh_value_curvature.
    set (h := norm_sq d a + norm_sq m b) in *; set (k := / sqrt h).
    assert (Hk : k * k * h = 1) by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
    exists (fun i => k * a i), (fun i => k * b i); split.
    + rewrite !norm_sq_scal; unfold h in Hk; lra.
    + rewrite curvature_scal, E; transitivity (M * (k * k * h)); [rewrite Hk|]; ring.
Qed.

(** Every eigenvalue of the Hessian is at most the sharpness. *)
Theorem sharpness_bounds_eigenvalues S lambda a b :
  is_sharpness (scaled_loss K N d m X y) d m u v S ->
  0 < norm_sq d a + norm_sq m b ->
  (forall i, (i < d)%nat ->
     ∑ l < d, hessian_uu K N d m X y u v i l * a l
     + ∑ k < m, hessian_uv K N d m X y u v i k * b k = lambda * a i) ->
  (forall k, (k < m)%nat ->
     ∑ i < d, hessian_uv K N d m X y u v i k * a i
     + ∑ j < m, hessian_vv K N d m X y u v k j * b j = lambda * b k) ->
  lambda <= S.
Proof.
  intros HS Hpos Hu Hv.
  pose proof (sharpness_lower S a b HS Hpos) as H.
  rewrite curvature_is_hessian_form in H by assumption.
  assert (E : hessian_form K N d m X y u v a b = lambda * (norm_sq d a + norm_sq m b)).
  { assert (E1 : lambda * norm_sq d a =
      (∑ i < d, ∑ l < d, a i * hessian_uu K N d m X y u v i l * a l)
      + ∑ i < d, ∑ k < m, a i * hessian_uv K N d m X y u v i k * b k).
    { unfold norm_sq, dot; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros i Hi.
      rewrite <- Rmult_assoc, <- (Hu i Hi), Rmult_plus_distr_r, <- !Sum_scal_r; f_equal;
        apply Sum_ext; intros; ring. }
    assert (E2 : lambda * norm_sq m b =
      (∑ i < d, ∑ k < m, a i * hessian_uv K N d m X y u v i k * b k)
      + ∑ j < m, ∑ k < m, b j * hessian_vv K N d m X y u v j k * b k).
    { rewrite (Sum_swap d m).
      unfold norm_sq, dot; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros i Hi.
      rewrite <- Rmult_assoc, <- (Hv i Hi), Rmult_plus_distr_r, <- !Sum_scal_r; f_equal;
        apply Sum_ext; intros; ring. }
    unfold hessian_form; lra. }
  rewrite E in H; now apply Rmult_le_reg_r with (norm_sq d a + norm_sq m b).
Qed.

End Bounds.
