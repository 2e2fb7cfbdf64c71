(** Terms as data: what the ledger's kernel speaks of, for any number of indices, letters and sizes.

    Indices are numbers of de Bruijn: 0 is the variable of the innermost sum or product around, and so on outwards;
    beyond all binders they are the free indices. Axes, letters and functions are numbers of tables. *)

From Coq Require Import List ZArith QArith Bool PeanoNat Lia.
Import ListNotations.
Local Open Scope nat_scope.

Inductive term : Set :=
| Num (q : Q)
| Size (axis : nat)
| Entry (letter : nat) (indices : list nat)
| Delta (i j : nat)
| Add (t u : term)
| Sub (t u : term)
| Mul (t u : term)
| Div (t u : term)
| Opp (t : term)
| Inv (t : term)
| Pow (t : term) (n : nat)
| RealPower (t u : term)
| Root (t : term)
| Apply (function : nat) (t : term)
| Total (axis : nat) (t : term)
| Product (axis : nat) (t : term).

(** An order on terms; all that is used of it is that terms that compare as equal are the same. *)

Definition lex (first second : comparison) : comparison :=
  match first with Eq => second | _ => first end.

Fixpoint compare_list {A : Set} (compare : A -> A -> comparison) (l m : list A) : comparison :=
  match l, m with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | a :: l, b :: m => lex (compare a b) (compare_list compare l m)
  end.

Definition compare_q (p q : Q) : comparison := lex (Z.compare (Qnum p) (Qnum q)) (Pos.compare (Qden p) (Qden q)).

Definition rank (t : term) : nat :=
  match t with
  | Num _ => 0 | Size _ => 1 | Entry _ _ => 2 | Delta _ _ => 3 | Add _ _ => 4 | Sub _ _ => 5 | Mul _ _ => 6
  | Div _ _ => 7 | Opp _ => 8 | Inv _ => 9 | Pow _ _ => 10 | RealPower _ _ => 11 | Apply _ _ => 12 | Total _ _ => 13
  | Product _ _ => 14 | Root _ => 15
  end.

Fixpoint compare (t u : term) : comparison :=
  match t, u with
  | Num p, Num q => compare_q p q
  | Size a, Size b => Nat.compare a b
  | Entry l i, Entry m j => lex (Nat.compare l m) (compare_list Nat.compare i j)
  | Delta i j, Delta k l => lex (Nat.compare i k) (Nat.compare j l)
  | Add t u, Add v w | Sub t u, Sub v w | Mul t u, Mul v w | Div t u, Div v w | RealPower t u, RealPower v w =>
      lex (compare t v) (compare u w)
  | Opp t, Opp u | Inv t, Inv u | Root t, Root u => compare t u
  | Pow t n, Pow u m => lex (compare t u) (Nat.compare n m)
  | Apply f t, Apply g u => lex (Nat.compare f g) (compare t u)
  | Total a t, Total b u | Product a t, Product b u => lex (Nat.compare a b) (compare t u)
  | _, _ => Nat.compare (rank t) (rank u)
  end.

Lemma lex_eq c d : lex c d = Eq -> c = Eq /\ d = Eq.
Proof. destruct c; simpl; auto; discriminate. Qed.

Lemma compare_list_eq {A : Set} (f : A -> A -> comparison) :
  (forall a b, f a b = Eq -> a = b) -> forall l m, compare_list f l m = Eq -> l = m.
Proof.
  intros H; induction l as [|a l IH]; destruct m as [|b m]; simpl; try discriminate; auto.
  intros E; apply lex_eq in E; destruct E as [E1 E2]; f_equal; auto.
Qed.

Lemma compare_q_eq p q : compare_q p q = Eq -> p = q.
Proof.
  destruct p as [n d], q as [m c]; unfold compare_q; simpl; intros E; apply lex_eq in E; destruct E as [E1 E2].
  apply Z.compare_eq in E1; apply Pos.compare_eq in E2; now subst.
Qed.

Lemma compare_eq t u : compare t u = Eq -> t = u.
Proof.
  revert u; induction t; destruct u; simpl; try discriminate; intros E;
    repeat match goal with H : lex _ _ = Eq |- _ => apply lex_eq in H; destruct H end;
    f_equal; auto using compare_q_eq, Nat.compare_eq, (compare_list_eq _ Nat.compare_eq).
Qed.

Definition same (t u : term) : bool := match compare t u with Eq => true | _ => false end.

Lemma same_eq t u : same t u = true -> t = u.
Proof. unfold same; destruct (compare t u) eqn:E; try discriminate; intros _; now apply compare_eq. Qed.

(** Other indices for the indices, everywhere at once. *)

Definition lift (f : nat -> nat) (k : nat) : nat := match k with O => O | S k => S (f k) end.

Fixpoint rename (f : nat -> nat) (t : term) : term :=
  match t with
  | Num q => Num q
  | Size a => Size a
  | Entry l i => Entry l (map f i)
  | Delta i j => Delta (f i) (f j)
  | Add t u => Add (rename f t) (rename f u)
  | Sub t u => Sub (rename f t) (rename f u)
  | Mul t u => Mul (rename f t) (rename f u)
  | Div t u => Div (rename f t) (rename f u)
  | Opp t => Opp (rename f t)
  | Inv t => Inv (rename f t)
  | Pow t n => Pow (rename f t) n
  | RealPower t u => RealPower (rename f t) (rename f u)
  | Root t => Root (rename f t)
  | Apply g t => Apply g (rename f t)
  | Total a t => Total a (rename (lift f) t)
  | Product a t => Product a (rename (lift f) t)
  end.

(** The indices of a term that no binder inside of it holds, in the order in which they stand. *)

Definition outwards (l : list nat) : list nat :=
  flat_map (fun k => match k with O => [] | S k => [k] end) l.

Fixpoint indices (t : term) : list nat :=
  match t with
  | Num _ | Size _ => []
  | Entry _ i => i
  | Delta i j => [i; j]
  | Add t u | Sub t u | Mul t u | Div t u | RealPower t u => indices t ++ indices u
  | Opp t | Inv t | Root t | Pow t _ | Apply _ t => indices t
  | Total _ t | Product _ t => outwards (indices t)
  end.

Definition mentions (k : nat) (t : term) : bool := existsb (Nat.eqb k) (indices t).
