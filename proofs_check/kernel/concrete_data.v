(** Vectors and matrices given by lists of numbers, and the tactics that check hypotheses on them. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition.
Import ListNotations.
Local Open Scope R_scope.

Definition vec (l : list R) : nat -> R := fun i => nth i l 0.
Definition mat (rows : list (list R)) : nat -> nat -> R := fun i => vec (nth i rows []).

(** A statement for every index below a given number is a finite conjunction. *)
Fixpoint all_below (n : nat) (P : nat -> Prop) : Prop :=
  match n with
  | O => True
  | S k => all_below k P /\ P k
  end.

Lemma below n (P : nat -> Prop) : all_below n P -> forall i, (i < n)%nat -> P i.
Proof.
  induction n as [|n IH]; simpl; intros H i Hi; [lia|].
  destruct H as [H Hn]; destruct (Nat.eq_dec i n) as [->|]; [assumption|apply IH; [assumption|lia]].
Qed.

Lemma below_two n m (P : nat -> nat -> Prop) :
  all_below n (fun i => all_below m (P i)) -> forall i k, (i < n)%nat -> (k < m)%nat -> P i k.
Proof. intros H i k Hi Hk; exact (below m (P i) (below n _ H i Hi) k Hk). Qed.

Ltac compute_sums :=
  cbv [matrix_vector transposed_vector norm_sq dot vec mat delta Nat.eqb nth Sum Prod Nat.sub].

Ltac concrete := compute_sums; repeat split; try lra; try field.

Lemma svd_of_lists N d r X s e w :
  all_below r (fun i => 0 < s i) ->
  all_below r (fun i => s i <= s 0%nat) ->
  all_below r (fun i => all_below r (fun k => dot N (e i) (e k) = delta i k)) ->
  all_below r (fun i => all_below r (fun k => dot d (w i) (w k) = delta i k)) ->
  all_below N (fun n => all_below d (fun j => X n j = ∑ i < r, s i * e i n * w i j)) ->
  svd N d r X s e w.
Proof.
  intros Hp Hd He Hw HX; split.
  - exact (below r _ Hp).
  - exact (below r _ Hd).
  - exact (below_two r r _ He).
  - exact (below_two r r _ Hw).
  - exact (below_two N d _ HX).
Qed.

Ltac concrete_svd := apply svd_of_lists; cbn [all_below Nat.sub]; concrete.
