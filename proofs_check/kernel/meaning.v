(** What terms mean: real numbers, given sizes, letters and functions, and a value for every free index. *)

From Coq Require Import Reals List ZArith QArith Qreals Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums language_of_statements terms.
Import ListNotations.
Local Open Scope R_scope.

Record model := Model {
  size : nat -> nat;
  letter : nat -> list nat -> R;
  function : nat -> R -> R
}.

Definition env := nat -> nat.

Definition push (i : nat) (e : env) : env := fun k => match k with O => i | S k => e k end.

Definition rational (q : Q) : R :=
  match Qden q with xH => IZR (Qnum q) | d => IZR (Qnum q) / IZR (Zpos d) end.

(** The functions 0 and 1 are the exponential and the logarithm; the others are known by their number alone. *)
Definition apply (M : model) (f : nat) (x : R) : R :=
  match f with O => exp x | S O => ln x | S (S f) => function M f x end.

Fixpoint denote (M : model) (e : env) (t : term) : R :=
  match t with
  | Num q => rational q
  | Size a => INR (size M a)
  | Entry l i => letter M l (map e i)
  | Delta i j => delta (e i) (e j)
  | Add t u => denote M e t + denote M e u
  | Sub t u => denote M e t - denote M e u
  | Mul t u => denote M e t * denote M e u
  | Div t u => denote M e t / denote M e u
  | Opp t => - denote M e t
  | Inv t => / denote M e t
  | Pow t n => denote M e t ^ n
  | RealPower t u => real_power (denote M e t) (denote M e u)
  | Root t => sqrt (denote M e t)
  | Apply f t => apply M f (denote M e t)
  | Total a t => Sum (size M a) (fun i => denote M (push i e) t)
  | Product a t => Prod (size M a) (fun i => denote M (push i e) t)
  end.

Lemma rational_Q2R q : rational q = Q2R q.
Proof. destruct q as [n [d|d|]]; unfold rational, Q2R; simpl; try reflexivity; field. Qed.

Lemma push_lift i (f : nat -> nat) (e : env) : (fun k => push i e (lift f k)) = push i (fun k => e (f k)).
Proof. apply functional_extensionality; intros [|k]; reflexivity. Qed.

Lemma denote_rename M t : forall f e, denote M e (rename f t) = denote M (fun k => e (f k)) t.
Proof.
  induction t; intros f e; simpl; try rewrite ?IHt, ?IHt1, ?IHt2; auto.
  - now rewrite map_map.
  - apply Sum_ext; intros i _; now rewrite IHt, push_lift.
  - apply Prod_ext; intros i _; now rewrite IHt, push_lift.
Qed.

Lemma in_outwards k l : In (S k) l -> In k (outwards l).
Proof. intros H; apply in_flat_map; exists (S k); simpl; auto. Qed.

(** Only the values of the indices that stand in a term matter. *)
Lemma denote_agree M t : forall e e', (forall k, In k (indices t) -> e k = e' k) -> denote M e t = denote M e' t.
Proof.
  assert (P : forall i (e e' : env) u, (forall k, In k (outwards (indices u)) -> e k = e' k) ->
            forall k, In k (indices u) -> push i e k = push i e' k).
  { intros i e e' u H [|k] Hk; simpl; auto using in_outwards. }
  induction t; intros e e' H; simpl in *; auto;
    try (rewrite (IHt1 e e'), (IHt2 e e') by (intros; apply H; apply in_or_app; auto); reflexivity);
    try (rewrite (IHt e e') by auto; reflexivity).
  - f_equal; apply map_ext_in; auto.
  - apply Sum_ext; intros i _; apply IHt; intros k Hk; now apply (P i e e' t).
  - apply Prod_ext; intros i _; apply IHt; intros k Hk; now apply (P i e e' t).
Qed.

Lemma mentions_not k t : mentions k t = false -> ~ In k (indices t).
Proof.
  intros H Hk; assert (mentions k t = true); [|congruence].
  apply existsb_exists; exists k; split; [assumption|apply Nat.eqb_refl].
Qed.
