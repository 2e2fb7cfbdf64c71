(** Finite sums and products of real numbers over a range of any size. *)

From Coq Require Import Reals Lra Lia PeanoNat.
Local Open Scope R_scope.

Fixpoint Sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S k => Sum k f + f k
  end.

Fixpoint Prod (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 1
  | S k => Prod k f * f k
  end.

Notation "'∑' i '<' n , e" := (Sum n (fun i => e))
  (at level 41, i name, n at level 35, e at level 41, format "'∑'  i  '<'  n ,  e").

(** The Kronecker symbol. *)
Definition delta (i k : nat) : R := if Nat.eqb i k then 1 else 0.

Lemma delta_same i : delta i i = 1.
Proof. unfold delta; now rewrite Nat.eqb_refl. Qed.

Lemma delta_other i k : i <> k -> delta i k = 0.
Proof. intros H; unfold delta; apply Nat.eqb_neq in H; now rewrite H. Qed.

Lemma delta_sym i k : delta i k = delta k i.
Proof. unfold delta; now rewrite Nat.eqb_sym. Qed.

Lemma Sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> Sum n f = Sum n g.
Proof.
  induction n as [|n IH]; intros H; [reflexivity|].
  simpl; rewrite (H n) by lia; rewrite IH; auto with arith.
Qed.

Lemma Sum_zero n : ∑ i < n, 0 = 0.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_const n c : ∑ i < n, c = INR n * c.
Proof. induction n as [|n IH]; [simpl; lra|]. rewrite S_INR; simpl; rewrite IH; lra. Qed.

Lemma Sum_plus n f g : ∑ i < n, (f i + g i) = Sum n f + Sum n g.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_minus n f g : ∑ i < n, (f i - g i) = Sum n f - Sum n g.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_opp n f : ∑ i < n, (- f i) = - Sum n f.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_scal_l n c f : ∑ i < n, (c * f i) = c * Sum n f.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_scal_r n c f : ∑ i < n, (f i * c) = Sum n f * c.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_swap n m (f : nat -> nat -> R) :
  ∑ i < n, ∑ k < m, f i k = ∑ k < m, ∑ i < n, f i k.
Proof.
  induction n as [|n IH]; simpl; [now rewrite Sum_zero|].
  now rewrite IH, <- Sum_plus.
Qed.

Lemma Sum_mult n m f g : Sum n f * Sum m g = ∑ i < n, ∑ k < m, f i * g k.
Proof.
  rewrite <- Sum_scal_r; apply Sum_ext; intros i _; now rewrite Sum_scal_l.
Qed.

Lemma Sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= Sum n f.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  assert (0 <= f n) by (apply H; lia).
  assert (0 <= Sum n f) by (apply IH; intros; apply H; lia). lra.
Qed.

Lemma Sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> Sum n f <= Sum n g.
Proof.
  intros H.
  assert (0 <= ∑ i < n, (g i - f i)).
  { apply Sum_nonneg; intros i Hi; specialize (H i Hi); lra. }
  rewrite Sum_minus in H0; lra.
Qed.

Lemma Sum_term_le n f i :
  (forall k, (k < n)%nat -> 0 <= f k) -> (i < n)%nat -> f i <= Sum n f.
Proof.
  induction n as [|n IH]; intros H Hi; [lia|]. simpl.
  assert (0 <= f n) by (apply H; lia).
  assert (0 <= Sum n f) by (apply Sum_nonneg; intros; apply H; lia).
  destruct (Nat.eq_dec i n) as [->|]; [lra|].
  assert (f i <= Sum n f) by (apply IH; [intros; apply H; lia|lia]). lra.
Qed.

Lemma Sum_positive n f i :
  (forall k, (k < n)%nat -> 0 <= f k) -> (i < n)%nat -> 0 < f i -> 0 < Sum n f.
Proof. intros H Hi Hp; pose proof (Sum_term_le n f i H Hi); lra. Qed.

Lemma Sum_zero_terms n f :
  (forall i, (i < n)%nat -> 0 <= f i) -> Sum n f = 0 -> forall i, (i < n)%nat -> f i = 0.
Proof.
  intros H E i Hi; pose proof (Sum_term_le n f i H Hi); specialize (H i Hi); lra.
Qed.

Lemma Sum_delta_l n f k : (k < n)%nat -> ∑ i < n, (delta k i * f i) = f k.
Proof.
  induction n as [|n IH]; intros Hk; [lia|]. simpl.
  destruct (Nat.eq_dec k n) as [->|Hn].
  - rewrite delta_same, (Sum_ext n _ (fun _ => 0)), Sum_zero; [lra|].
    intros i Hi; rewrite delta_other by lia; lra.
  - rewrite (delta_other k n), IH by lia; lra.
Qed.

Lemma Sum_delta_r n f k : (k < n)%nat -> ∑ i < n, (delta i k * f i) = f k.
Proof.
  intros Hk; rewrite <- (Sum_delta_l n f k Hk).
  apply Sum_ext; intros; now rewrite delta_sym.
Qed.

Lemma Prod_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> Prod n f = Prod n g.
Proof.
  induction n as [|n IH]; intros H; [reflexivity|].
  simpl; rewrite (H n) by lia; rewrite IH; auto with arith.
Qed.

Lemma Prod_one n : Prod n (fun _ => 1) = 1.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Prod_const n c : Prod n (fun _ => c) = c ^ n.
Proof. induction n as [|n IH]; simpl; [|rewrite IH]; lra. Qed.

Lemma Prod_mult n f g : Prod n (fun i => f i * g i) = Prod n f * Prod n g.
Proof. induction n as [|n IH]; simpl; [|rewrite IH]; lra. Qed.

(** The product over all indices but [j]: defined also where [f j = 0]. *)
Definition Prod_except (n j : nat) (f : nat -> R) : R :=
  Prod n (fun k => if Nat.eqb k j then 1 else f k).

Lemma Prod_except_beyond n j f : (n <= j)%nat -> Prod_except n j f = Prod n f.
Proof.
  intros H; apply Prod_ext; intros i Hi.
  replace (Nat.eqb i j) with false; [reflexivity|].
  symmetry; apply Nat.eqb_neq; lia.
Qed.

Lemma Prod_except_last n f : Prod_except (S n) n f = Prod n f.
Proof.
  unfold Prod_except; simpl; rewrite Nat.eqb_refl.
  change (Prod_except n n f * 1 = Prod n f).
  rewrite Prod_except_beyond by lia; lra.
Qed.

Lemma Prod_except_step n j f :
  (j < n)%nat -> Prod_except (S n) j f = Prod_except n j f * f n.
Proof.
  intros H; unfold Prod_except; simpl.
  replace (Nat.eqb n j) with false; [reflexivity|].
  symmetry; apply Nat.eqb_neq; lia.
Qed.

Lemma Prod_except_mult n j f : (j < n)%nat -> f j * Prod_except n j f = Prod n f.
Proof.
  induction n as [|n IH]; intros H; [lia|].
  destruct (Nat.eq_dec j n) as [->|Hn].
  - rewrite Prod_except_last; simpl; lra.
  - rewrite Prod_except_step by lia; simpl; rewrite <- IH by lia; lra.
Qed.

Lemma Prod_nonzero_factor n j f : Prod n f <> 0 -> (j < n)%nat -> f j <> 0.
Proof. intros H Hj E; apply H; rewrite <- (Prod_except_mult n j f Hj), E; lra. Qed.
