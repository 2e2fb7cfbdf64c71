(** Laws of a random 0/1 mask with exactly [B] ones on [N] samples, their expectations and their first two
    moments. Exchangeable moments alone determine both: the law need not be uniform. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums inner_products.
Import ListNotations.
Local Open Scope R_scope.

(** A finite law: a list of masks with their probabilities. *)
Definition mask_law : Type := list (R * (nat -> R)).

Fixpoint expect (law : mask_law) (F : (nat -> R) -> R) : R :=
  match law with
  | [] => 0
  | (weight, p) :: rest => weight * F p + expect rest F
  end.

Lemma expect_plus law F G : expect law (fun p => F p + G p) = expect law F + expect law G.
Proof. induction law as [|[weight p] law IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma expect_minus law F G : expect law (fun p => F p - G p) = expect law F - expect law G.
Proof. induction law as [|[weight p] law IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma expect_scal law c F : expect law (fun p => c * F p) = c * expect law F.
Proof. induction law as [|[weight p] law IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma expect_scal_r law c F : expect law (fun p => F p * c) = expect law F * c.
Proof. induction law as [|[weight p] law IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma expect_Sum law n (F : nat -> (nat -> R) -> R) :
  expect law (fun p => ∑ i < n, F i p) = ∑ i < n, expect law (F i).
Proof.
  induction n as [|n IH]; simpl.
  - induction law as [|[weight p] law IHl]; simpl; [ring|rewrite IHl; ring].
  - now rewrite expect_plus, IH.
Qed.

Lemma expect_ext law F G : (forall weight p, In (weight, p) law -> F p = G p) -> expect law F = expect law G.
Proof.
  induction law as [|[weight p] law IH]; intros H; simpl; [reflexivity|].
  rewrite (H weight p), IH; [reflexivity| |now left].
  intros weight' q Hq; apply (H weight' q); now right.
Qed.

(** The laws of Theorem 5.9: total probability one, 0/1 masks with exactly [B] ones, and moments that do not
    depend on which samples are meant. *)
Record exchangeable_batch_law (N B : nat) (law : mask_law) : Prop := {
  law_total : expect law (fun _ => 1) = 1;
  law_zero_one : forall weight p n, In (weight, p) law -> (n < N)%nat -> p n = 0 \/ p n = 1;
  law_size : forall weight p, In (weight, p) law -> Sum N p = INR B;
  law_first : forall i k, (i < N)%nat -> (k < N)%nat -> expect law (fun p => p i) = expect law (fun p => p k);
  law_second : forall i j k l, (i < N)%nat -> (j < N)%nat -> (k < N)%nat -> (l < N)%nat ->
    i <> j -> k <> l -> expect law (fun p => p i * p j) = expect law (fun p => p k * p l)
}.

Section Moments.

Variables (N B : nat) (law : mask_law).
Hypothesis exchangeable : exchangeable_batch_law N B law.

Lemma expect_constant c : expect law (fun _ => c) = c.
Proof.
  rewrite (expect_ext law _ (fun _ => c * 1)) by (intros; ring).
  rewrite expect_scal, (law_total _ _ _ exchangeable); ring.
Qed.

Theorem first_moment i : (i < N)%nat -> expect law (fun p => p i) = INR B / INR N.
Proof.
  intros Hi; assert (0 < INR N) by (apply lt_0_INR; lia).
  assert (E : INR B = INR N * expect law (fun p => p i)).
  { rewrite <- Sum_const, <- (expect_constant (INR B)).
    rewrite (expect_ext law (fun _ => INR B) (fun p => Sum N p))
      by (intros weight p Hp; symmetry; exact (law_size _ _ _ exchangeable weight p Hp)).
    rewrite expect_Sum; apply Sum_ext; intros k Hk; exact (law_first _ _ _ exchangeable k i Hk Hi). }
  rewrite E; field; lra.
Qed.

Lemma mask_idempotent i : (i < N)%nat -> expect law (fun p => p i * p i) = expect law (fun p => p i).
Proof.
  intros Hi; apply expect_ext; intros weight p Hp.
  destruct (law_zero_one _ _ _ exchangeable weight p i Hp Hi) as [->| ->]; ring.
Qed.

Theorem second_moment i j : (i < N)%nat -> (j < N)%nat -> i <> j ->
  expect law (fun p => p i * p j) = INR B * (INR B - 1) / (INR N * (INR N - 1)).
Proof.
  intros Hi Hj Hij.
  assert (HN : 2 <= INR N) by (change 2 with (INR 2); apply le_INR; lia).
  (* B p_i = sum_k p_i p_k, in expectation *)
  assert (E : INR B * (INR B / INR N)
              = INR B / INR N + (INR N - 1) * expect law (fun p => p i * p j)).
  { transitivity (∑ k < N, expect law (fun p => p i * p k)).
    - rewrite <- expect_Sum, <- (first_moment i Hi), <- expect_scal.
      apply expect_ext; intros weight p Hp.
      rewrite Sum_scal_l; fold (Sum N p); rewrite (law_size _ _ _ exchangeable weight p Hp); ring.
    - rewrite (Sum_ext N _ (fun k => expect law (fun p => p i * p j)
                 + delta i k * (INR B / INR N - expect law (fun p => p i * p j)))).
      + rewrite Sum_plus, Sum_const, (Sum_delta_l N (fun _ => _) i Hi); ring.
      + intros k Hk; destruct (Nat.eq_dec i k) as [<-|Hik].
        * rewrite mask_idempotent, first_moment, delta_same by assumption; ring.
        * rewrite delta_other by assumption.
          rewrite (law_second _ _ _ exchangeable i k i j) by assumption; ring. }
  apply Rmult_eq_reg_l with (INR N - 1); [|lra].
  transitivity (INR B * (INR B / INR N) - INR B / INR N); [lra|field; lra].
Qed.

(** Both moments at once. *)
Lemma pair_moment i j : (2 <= N)%nat -> (i < N)%nat -> (j < N)%nat ->
  expect law (fun p => p i * p j)
  = INR B / INR N * ((INR B - 1) / (INR N - 1) + delta i j * ((INR N - INR B) / (INR N - 1))).
Proof.
  intros HN Hi Hj.
  assert (2 <= INR N) by (change 2 with (INR 2); now apply le_INR).
  destruct (Nat.eq_dec i j) as [<-|Hij].
  - rewrite mask_idempotent, first_moment, delta_same by assumption; field; lra.
  - rewrite second_moment, delta_other by assumption; field; lra.
Qed.

(** The expectation of a quadratic form of the mask. *)
Lemma expect_quadratic (M : nat -> nat -> R) : (2 <= N)%nat ->
  expect law (fun p => ∑ i < N, ∑ j < N, p i * p j * M i j)
  = INR B / INR N * ((INR B - 1) / (INR N - 1) * (∑ i < N, ∑ j < N, M i j)
                     + (INR N - INR B) / (INR N - 1) * ∑ i < N, M i i).
Proof.
  intros HN; rewrite expect_Sum.
  rewrite <- !Sum_scal_l, <- Sum_plus, <- Sum_scal_l; apply Sum_ext; intros i Hi.
  rewrite expect_Sum.
  rewrite (Sum_ext N _ (fun j => INR B / INR N * ((INR B - 1) / (INR N - 1)) * M i j
             + delta i j * (INR B / INR N * ((INR N - INR B) / (INR N - 1)) * M i j))).
  - rewrite Sum_plus, Sum_scal_l.
    rewrite (Sum_delta_l N (fun j => INR B / INR N * ((INR N - INR B) / (INR N - 1)) * M i j) i Hi).
    change (∑ j < N, M i j) with (Sum N (M i)); ring.
  - intros j Hj; rewrite expect_scal_r, pair_moment by assumption; ring.
Qed.

End Moments.
