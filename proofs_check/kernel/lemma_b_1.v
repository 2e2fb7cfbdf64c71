(** Lemma B.1: the spectrum and the spectral norm of the bordered matrix [[0, b], [b^T, 0]]. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz.
Local Open Scope R_scope.

(** The symmetric matrix of size [d + 1] with a zero [d x d] block, border [b] and corner 0. *)
Definition bordered (d : nat) (b : nat -> R) (i j : nat) : R :=
  match Nat.ltb i d, Nat.ltb j d with
  | true, false => b i
  | false, true => b j
  | _, _ => 0
  end.

Definition apply_bordered (d : nat) (b x : nat -> R) (i : nat) : R := dot (S d) (bordered d b i) x.

Definition bordered_eigenvalue (d : nat) (b : nat -> R) (lambda : R) : Prop :=
  exists x, 0 < norm_sq (S d) x /\ forall i, (i < S d)%nat -> apply_bordered d b x i = lambda * x i.

Lemma apply_bordered_inside d b x i : (i < d)%nat -> apply_bordered d b x i = x d * b i.
Proof.
  intros Hi; unfold apply_bordered, dot; simpl.
  apply Nat.ltb_lt in Hi; unfold bordered; rewrite Hi, Nat.ltb_irrefl.
  rewrite (Sum_ext d _ (fun _ => 0)), Sum_zero; [ring|].
  intros j Hj; apply Nat.ltb_lt in Hj; rewrite Hj; ring.
Qed.

Lemma apply_bordered_last d b x : apply_bordered d b x d = dot d b x.
Proof.
  unfold apply_bordered, dot; simpl; unfold bordered; rewrite Nat.ltb_irrefl.
  rewrite (Sum_ext d _ (fun j => b j * x j)); [ring|].
  intros j Hj; apply Nat.ltb_lt in Hj; rewrite Hj; ring.
Qed.

Lemma apply_bordered_norm d b x :
  norm_sq (S d) (apply_bordered d b x) = x d * x d * norm_sq d b + dot d b x * dot d b x.
Proof.
  unfold norm_sq at 1, dot at 1; simpl; rewrite apply_bordered_last; f_equal.
  fold (dot d (apply_bordered d b x) (apply_bordered d b x)).
  rewrite (dot_ext d _ _ (fun i => x d * b i) (fun i => x d * b i)) by (intros; now apply apply_bordered_inside).
  now rewrite <- norm_sq_scal.
Qed.

(** There is no other eigenvalue. *)
Theorem bordered_eigenvalues d b lambda :
  bordered_eigenvalue d b lambda -> lambda = norm d b \/ lambda = - norm d b \/ lambda = 0.
Proof.
  intros [x [Hx H]].
  destruct (Req_dec lambda 0) as [|Hl]; [auto|].
  assert (Hin : forall i, (i < d)%nat -> x d * b i = lambda * x i).
  { intros i Hi; rewrite <- (H i) by lia; now rewrite apply_bordered_inside. }
  assert (Hlast : dot d b x = lambda * x d) by (rewrite <- (H d) by lia; now rewrite apply_bordered_last).
  assert (E : x d * norm_sq d b = lambda * lambda * x d).
  { transitivity (lambda * dot d b x); [|rewrite Hlast; ring].
    unfold norm_sq; rewrite <- !dot_scal_r; apply dot_ext; auto. }
  assert (Hd : x d <> 0).
  { intros H0; assert (Hz : norm_sq (S d) x = 0); [|lra].
    unfold norm_sq, dot; simpl; rewrite H0, (Sum_ext d _ (fun _ => 0)), Sum_zero; [ring|].
    intros i Hi; specialize (Hin i Hi); rewrite H0 in Hin.
    assert (x i = 0) as -> by (apply Rmult_eq_reg_l with lambda; lra); ring. }
  assert (E2 : norm d b * norm d b = lambda * lambda).
  { rewrite norm_squared; apply Rmult_eq_reg_l with (x d); [lra|assumption]. }
  assert ((lambda - norm d b) * (lambda + norm d b) = 0) as E3 by lra.
  apply Rmult_integral in E3; destruct E3; [left|right; left]; lra.
Qed.

(** Both signs of the norm are eigenvalues. *)
Lemma bordered_eigenvector d b lambda : lambda * lambda = norm_sq d b -> bordered_eigenvalue d b lambda.
Proof.
  intros Hl; destruct (Req_dec lambda 0) as [->|Hne].
  - exists (basis d); split; [rewrite norm_sq_basis; [lra|lia]|].
    assert (Hb : forall i, (i < d)%nat -> b i = 0) by (apply norm_sq_zero; lra).
    intros i Hi; destruct (Nat.eq_dec i d) as [->|Hn].
    + rewrite apply_bordered_last; unfold dot; rewrite (Sum_ext d _ (fun _ => 0)), Sum_zero; [ring|].
      intros k Hk; rewrite Hb by assumption; ring.
    + rewrite apply_bordered_inside, Hb by lia; ring.
  - exists (fun i => if Nat.eqb i d then lambda else b i); split.
    + apply norm_sq_positive with d; [lia|]; now rewrite Nat.eqb_refl.
    + intros i Hi; destruct (Nat.eq_dec i d) as [->|Hn].
      * rewrite apply_bordered_last, Nat.eqb_refl, Hl; apply dot_ext; [reflexivity|].
        intros k Hk; replace (Nat.eqb k d) with false; [reflexivity|].
        symmetry; apply Nat.eqb_neq; lia.
      * rewrite apply_bordered_inside, Nat.eqb_refl by lia.
        replace (Nat.eqb i d) with false; [ring|]; symmetry; apply Nat.eqb_neq; lia.
Qed.

Theorem bordered_norm_is_eigenvalue d b :
  bordered_eigenvalue d b (norm d b) /\ bordered_eigenvalue d b (- norm d b).
Proof.
  split; apply bordered_eigenvector; rewrite <- norm_squared; ring.
Qed.

(** Zero is an eigenvalue once [d >= 2] (at [d = 1] only when [b = 0]). *)
Theorem bordered_zero_is_eigenvalue d b : (2 <= d)%nat -> bordered_eigenvalue d b 0.
Proof.
  intros Hd.
  assert (Hpq : exists p q, b 0%nat * p + b 1%nat * q = 0 /\ (p <> 0 \/ q <> 0)).
  { destruct (Req_dec (b 0%nat) 0) as [E|E].
    - exists 1, 0; split; [rewrite E; ring|left; lra].
    - exists (- b 1%nat), (b 0%nat); split; [ring|now right]. }
  destruct Hpq as [p [q [Hpq Hne]]].
  set (x := fun i => p * delta 0 i + q * delta 1 i).
  assert (Hx0 : x 0%nat = p) by (unfold x; rewrite delta_same, delta_other by lia; ring).
  assert (Hx1 : x 1%nat = q) by (unfold x; rewrite delta_same, delta_other by lia; ring).
  exists x; split.
  - destruct Hne as [Hp|Hq].
    + apply norm_sq_positive with 0%nat; [lia|congruence].
    + apply norm_sq_positive with 1%nat; [lia|congruence].
  - intros i Hi; destruct (Nat.eq_dec i d) as [->|Hn].
    + rewrite apply_bordered_last, Rmult_0_l; unfold dot, x.
      rewrite (Sum_ext d _ (fun j => delta 0 j * (b j * p) + delta 1 j * (b j * q))) by (intros; ring).
      rewrite Sum_plus, (Sum_delta_l d (fun j => b j * p)), (Sum_delta_l d (fun j => b j * q)) by lia.
      exact Hpq.
    + rewrite apply_bordered_inside by lia; unfold x; rewrite !delta_other by lia; ring.
Qed.

(** The spectral norm is the norm of the border. *)
Theorem bordered_spectral_norm d b :
  is_lub (fun q => exists x, norm_sq (S d) x = 1 /\ q = norm (S d) (apply_bordered d b x)) (norm d b).
Proof.
  split.
  - intros q [x [Hx ->]]; unfold norm; apply sqrt_le_1_alt.
    rewrite apply_bordered_norm.
    pose proof (cauchy_schwarz d b x).
    unfold norm_sq at 1, dot at 1 in Hx; simpl in Hx; fold (dot d x x) in Hx; fold (norm_sq d x) in Hx.
    pose proof (norm_sq_nonneg d b); nra.
  - intros M HM; apply HM; exists (basis d); split; [apply norm_sq_basis; lia|].
    unfold norm; f_equal; rewrite apply_bordered_norm; unfold basis at 1 2; rewrite delta_same.
    unfold dot; rewrite (Sum_ext d (fun i => b i * basis d i) (fun _ => 0)), Sum_zero; [ring|].
    intros i Hi; unfold basis; rewrite delta_other by lia; ring.
Qed.

(** Lemma B.1 in one statement. *)
Theorem lemma_b_1 d b : (2 <= d)%nat ->
  (forall lambda, bordered_eigenvalue d b lambda <->
     (lambda = norm d b \/ lambda = - norm d b \/ lambda = 0)) /\
  is_lub (fun q => exists x, norm_sq (S d) x = 1 /\ q = norm (S d) (apply_bordered d b x)) (norm d b).
Proof.
  intros Hd; split; [|apply bordered_spectral_norm].
  intros lambda; split; [apply bordered_eigenvalues|].
  intros [->|[->| ->]]; [apply bordered_norm_is_eigenvalue|apply bordered_norm_is_eigenvalue|].
  now apply bordered_zero_is_eigenvalue.
Qed.
