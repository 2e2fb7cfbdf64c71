(** The sharpness, defined as a least upper bound, is an eigenvalue of the Hessian, and the largest one. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives singular_value_decomposition
  minimalist_model gradient hessian sharpness quadratic_forms.
Local Open Scope R_scope.

(** A direction as one vector of length [d + m]: first the entries of [a], then those of [b]. *)
Definition joined (d : nat) (a b : nat -> R) (i : nat) : R := if Nat.ltb i d then a i else b (i - d)%nat.

Definition hessian_matrix (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R) (i k : nat) : R :=
  match Nat.ltb i d, Nat.ltb k d with
  | true, true => hessian_uu K N d m X y u v i k
  | true, false => hessian_uv K N d m X y u v i (k - d)
  | false, true => hessian_uv K N d m X y u v k (i - d)
  | false, false => hessian_vv K N d m X y u v (i - d) (k - d)
  end.

Lemma Sum_joined d m f : Sum (d + m) f = Sum d f + ∑ i < m, f (d + i)%nat.
Proof.
  induction m as [|m IH]; [rewrite Nat.add_0_r; simpl; ring|].
  rewrite Nat.add_succ_r; simpl; rewrite IH; ring.
Qed.

Lemma below_is_true i d : (i < d)%nat -> Nat.ltb i d = true.
Proof. apply Nat.ltb_lt. Qed.

Lemma beyond_is_false i d : Nat.ltb (d + i) d = false.
Proof. apply Nat.ltb_ge; lia. Qed.

Lemma beyond_minus i d : (d + i - d)%nat = i.
Proof. lia. Qed.

Section Eigenvalue.

Variables (K : R) (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R).
Hypothesis K_nonzero : K <> 0.

Let H := hessian_matrix K N d m X y u v.

Lemma hessian_matrix_symmetric n : symmetric n H.
Proof.
  intros i k _ _; unfold H, hessian_matrix.
  destruct (hessian_symmetric K N d m X y u v) as [Su Sv].
  destruct (Nat.ltb i d), (Nat.ltb k d); auto.
Qed.

Lemma row_of_u i x : (i < d)%nat ->
  dot (d + m) (H i) x
  = ∑ l < d, hessian_uu K N d m X y u v i l * x l + ∑ k < m, hessian_uv K N d m X y u v i k * x (d + k)%nat.
Proof.
  intros Hi; unfold dot; rewrite Sum_joined; f_equal; apply Sum_ext; intros k Hk; unfold H, hessian_matrix.
  - now rewrite !below_is_true.
  - now rewrite below_is_true, beyond_is_false, beyond_minus.
Qed.

Lemma row_of_v k x : (k < m)%nat ->
  dot (d + m) (H (d + k)%nat) x
  = ∑ i < d, hessian_uv K N d m X y u v i k * x i + ∑ j < m, hessian_vv K N d m X y u v k j * x (d + j)%nat.
Proof.
  intros Hk; unfold dot; rewrite Sum_joined; f_equal; apply Sum_ext; intros l Hl; unfold H, hessian_matrix.
  - now rewrite beyond_is_false, below_is_true, beyond_minus.
  - now rewrite !beyond_is_false, !beyond_minus.
Qed.

Lemma form_is_hessian_form x :
  form (d + m) H x = hessian_form K N d m X y u v x (fun k => x (d + k)%nat).
Proof.
  transitivity (dot (d + m) x (fun i => dot (d + m) (H i) x)).
  - unfold form, dot; apply Sum_ext; intros; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
  - unfold dot at 1; rewrite Sum_joined.
    rewrite (Sum_ext d _ (fun i => ∑ l < d, x i * hessian_uu K N d m X y u v i l * x l
               + ∑ k < m, x i * hessian_uv K N d m X y u v i k * x (d + k)%nat)).
    2:{ intros i Hi; rewrite row_of_u, Rmult_plus_distr_l, <- !Sum_scal_l by assumption.
        f_equal; apply Sum_ext; intros; ring. }
    rewrite (Sum_ext m _ (fun k => ∑ i < d, x i * hessian_uv K N d m X y u v i k * x (d + k)%nat
               + ∑ j < m, x (d + k)%nat * hessian_vv K N d m X y u v k j * x (d + j)%nat)).
    2:{ intros k Hk; rewrite row_of_v, Rmult_plus_distr_l, <- !Sum_scal_l by assumption.
        f_equal; apply Sum_ext; intros; ring. }
    rewrite !Sum_plus, (Sum_swap m d); unfold hessian_form; ring.
Qed.

Lemma norm_sq_joined x : norm_sq (d + m) x = norm_sq d x + norm_sq m (fun k => x (d + k)%nat).
Proof. apply Sum_joined. Qed.

Theorem sharpness_is_an_eigenvalue S :
  (0 < d)%nat -> is_sharpness (scaled_loss K N d m X y) d m u v S ->
  exists a b, norm_sq d a + norm_sq m b = 1 /\
    (forall i, (i < d)%nat ->
       ∑ l < d, hessian_uu K N d m X y u v i l * a l
       + ∑ k < m, hessian_uv K N d m X y u v i k * b k = S * a i) /\
    (forall k, (k < m)%nat ->
       ∑ i < d, hessian_uv K N d m X y u v i k * a i
       + ∑ j < m, hessian_vv K N d m X y u v k j * b j = S * b k).
Proof.
  intros Hd HS.
  assert (HL : is_lub (fun q => exists x, norm_sq (d + m) x = 1 /\ q = form (d + m) H x) S).
  { destruct HS as [U L]; split.
    - intros q [x [Hx ->]]; apply U, rayleigh_value_curvature; [assumption|].
      exists x, (fun k => x (d + k)%nat); split; [now rewrite <- norm_sq_joined|].
      now rewrite form_is_hessian_form, curvature_is_hessian_form.
    - intros M HM; apply L; intros q Hq.
      apply rayleigh_value_curvature in Hq; [|assumption]; destruct Hq as [a [b [Hab ->]]].
      set (x := joined d a b).
      assert (Ea : forall i, (i < d)%nat -> x i = a i)
        by (intros i Hi; unfold x, joined; now rewrite below_is_true).
      assert (Eb : forall k, x (d + k)%nat = b k)
        by (intros k; unfold x, joined; now rewrite beyond_is_false, beyond_minus).
      apply HM; exists x; split.
      + rewrite norm_sq_joined, <- Hab; f_equal; apply norm_sq_ext; auto.
      + rewrite curvature_is_hessian_form, form_is_hessian_form by assumption; unfold hessian_form.
        f_equal; [f_equal|].
        * apply Sum_ext; intros i Hi; apply Sum_ext; intros l Hl; now rewrite !Ea.
        * f_equal; apply Sum_ext; intros i Hi; apply Sum_ext; intros k Hk; now rewrite Ea, Eb.
        * apply Sum_ext; intros j Hj; apply Sum_ext; intros k Hk; now rewrite !Eb. }
  destruct (rayleigh_attained (d + m) H S (hessian_matrix_symmetric _) ltac:(lia) HL) as [x [Hx Ex]].
  exists x, (fun k => x (d + k)%nat); split; [now rewrite <- norm_sq_joined|]; split.
  - intros i Hi; rewrite <- row_of_u by assumption; apply Ex; lia.
  - intros k Hk; rewrite <- row_of_v by assumption; apply Ex; lia.
Qed.

End Eigenvalue.
