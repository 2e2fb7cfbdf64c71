(** Rules of equality: normal forms, and equals for equals. *)

From Coq Require Import Reals List QArith Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums terms meaning monomials simplify simplify_sound normal_form normal_form_sound formulas.
Import ListNotations.
Local Open Scope R_scope.

Section Rules.

Variable sort : nat -> nat.
Notation "H |- f" := (follows sort H f) (at level 70).

Fixpoint all_follow (H : list formula) (l : list formula) : Prop :=
  match l with [] => True | f :: l => H |- f /\ all_follow H l end.

Lemma all_follow_hold H l M e : proper sort M e -> all_hold M e H -> all_follow H l -> all_hold M e l.
Proof. intros Hp Hh; induction l as [|f l IH]; simpl; [tauto|]; intros [H1 H2]; auto. Qed.

(** What a formula tells normal forms: a sign, or that something differs from 0. *)

Definition is_zero (t : term) : bool := match t with Num q => Qeq_bool q 0 | _ => false end.

(** [for all i, j: sum_k w(i, k) w(j, k) = delta(i, j)], in any order of the two rows. *)
Definition rows_told_by (f : formula) : list orthonormal_rows :=
  match axes f, left_side f, right_side f with
  | [r; r'], Total c (Mul (Entry l i) (Entry l' j)), Delta p q =>
      if (r =? r') && (l =? l') && (p + q =? 1) then
        match i, j with
        | [2; 0], [1; 0] | [1; 0], [2; 0] => [Rows l false r c]
        | [0; 2], [0; 1] | [0; 1], [0; 2] => [Rows l true r c]
        | _, _ => []
        end%nat
      else []
  | _, _, _ => []
  end.

Definition told_by (f : formula) : facts :=
  let positive_side := [Fact (rev (axes f)) (right_side f)] in
  match relation f with
  | Less => if is_zero (left_side f) then Facts positive_side positive_side positive_side [] else no_facts
  | At_most => if is_zero (left_side f) then Facts [] [] positive_side [] else no_facts
  | Different => Facts [Fact (rev (axes f)) (Sub (right_side f) (left_side f))] [] [] []
  | Equal => Facts [] [] [] (rows_told_by f)
  end.

Definition both (k l : facts) : facts :=
  Facts (nonzero k ++ nonzero l) (positive k ++ positive l) (nonnegative k ++ nonnegative l)
    (orthonormal k ++ orthonormal l).

Definition told (l : list formula) : facts := fold_right (fun f k => both (told_by f) k) no_facts l.

Lemma is_zero_holds M e t : is_zero t = true -> denote M e t = 0.
Proof. destruct t; try discriminate; simpl; intros H; rewrite rational_Q2R; now apply Q2R_zero. Qed.

Lemma rows_told_by_hold M e f rows : relation f = Equal -> holds M e f -> In rows (rows_told_by f) -> rows_hold M rows.
Proof.
  destruct f as [k p l r]; unfold rows_told_by, holds; simpl; intros -> H Hin.
  destruct p as [|a [|b [|? ?]]]; try contradiction.
  destruct l as [| | | | | | | | | | | | | |c u|]; try contradiction.
  destruct u as [| | | | | |v w| | | | | | | | |]; try contradiction.
  destruct v as [| |x i| | | | | | | | | | | | |]; try contradiction.
  destruct w as [| |y j| | | | | | | | | | | | |]; try contradiction.
  destruct r as [| | |m n| | | | | | | | | | | |]; try contradiction.
  destruct (_ && _) eqn:A; [|contradiction].
  apply andb_prop in A; destruct A as [A A3]; apply andb_prop in A; destruct A as [A1 A2].
  apply Nat.eqb_eq in A1; apply Nat.eqb_eq in A2; apply Nat.eqb_eq in A3; subst b y.
  assert (D : forall s t : nat, delta (push t (push s e) m) (push t (push s e) n) = delta s t).
  { intros s t; destruct m as [|[|m]], n as [|[|n]]; try lia; simpl; [apply delta_sym|reflexivity]. }
  simpl in H.
  repeat (match type of Hin with context [match ?x with _ => _ end] => destruct x end; try contradiction);
    destruct Hin as [<-|[]]; intros s t Hs Ht; simpl in *;
    rewrite <- (D s t), <- (H s Hs t Ht); apply Sum_ext; intros; try reflexivity; apply Rmult_comm.
Qed.

Lemma told_by_holds M e f : holds M e f -> facts_hold M e (told_by f).
Proof.
  intros H0; pose proof H0 as H; unfold holds in H; rewrite everywhere_inside in H; unfold told_by.
  destruct (relation f) eqn:K; simpl in H; [split; simpl; try tauto; intros rows; now apply (rows_told_by_hold M e)|..];
    try (destruct (is_zero (left_side f)) eqn:Z); try apply no_facts_hold; split; simpl; try tauto;
    intros g Hg; destruct Hg as [<-|[]] || destruct Hg; intros e' He'; simpl in *; specialize (H e' He');
    try rewrite (is_zero_holds M e' _ Z) in H; try rewrite (is_zero_holds M e' _ Z);
    first [lra | intros E; first [lra | apply H; lra]].
Qed.

Lemma both_hold M e k l : facts_hold M e k -> facts_hold M e l -> facts_hold M e (both k l).
Proof.
  intros [H1 H2 H3 H4] [K1 K2 K3 K4]; split; simpl; intros f Hf; apply in_app_or in Hf; destruct Hf; auto.
Qed.

Lemma told_holds M e l : all_hold M e l -> facts_hold M e (told l).
Proof.
  induction l as [|f l IH]; simpl; [intros _; apply no_facts_hold|].
  intros [H1 H2]; apply both_hold; [now apply told_by_holds|now apply IH].
Qed.

Lemma equal_in strong known M e t u :
  proper sort M e -> facts_hold M e known -> equal strong sort known t u = true -> denote M e t = denote M e u.
Proof. intros [Ha Hr] Hk; now apply equal_sound. Qed.

(** The same comparison in other words. *)

Definition agrees (f g : formula) : bool :=
  same_formula f g ||
  (let inner := sort_inside sort (rev (axes f)) in
   same_kind (relation f) (relation g) && same_axes (axes f) (axes g)
   && equal false inner no_facts (left_side f) (left_side g)
   && equal false inner no_facts (right_side f) (right_side g)).

Lemma agrees_holds f g M e : agrees f g = true -> proper sort M e -> holds M e f -> holds M e g.
Proof.
  intros A Hp Hf; apply orb_prop in A; destruct A as [A|A]; [now rewrite <- (same_formula_eq _ _ A)|].
  apply andb_prop in A; destruct A as [A A4]; apply andb_prop in A; destruct A as [A A3].
  apply andb_prop in A; destruct A as [A1 A2].
  apply same_kind_eq in A1; apply same_axes_eq in A2.
  unfold holds in *; rewrite <- A1, <- A2; rewrite everywhere_inside in *; intros e' He'.
  assert (E : forall t u, equal false (sort_inside sort (rev (axes f))) no_facts t u = true ->
                          denote M e' t = denote M e' u).
  { intros t u; apply equal_sound; [apply Hp|now apply (proper_inside sort M e)|apply no_facts_hold]. }
  rewrite <- (E _ _ A3), <- (E _ _ A4); now apply Hf.
Qed.

Theorem reworded f H g : agrees f g = true -> H |- f -> H |- g.
Proof. intros A Hf M e Hp Hh; apply (agrees_holds f); auto. Qed.

Definition all_agree (H G : list formula) : bool := forallb (fun f => existsb (fun g => agrees g f) G) H.

Theorem assumptions_reworded H G f : all_agree H G = true -> H |- f -> G |- f.
Proof.
  intros A Hf M e Hp Hh; apply Hf; [assumption|]; rewrite all_hold_in in *; intros h Hin.
  unfold all_agree in A; rewrite forallb_forall in A; specialize (A h Hin); apply existsb_exists in A.
  destruct A as (g & Hg & A); apply (agrees_holds g); auto.
Qed.

(** Normal forms. *)

Theorem identity H l t u : equal true sort (told l) t u = true -> all_follow H l -> H |- Formula Equal [] t u.
Proof.
  intros A Hl M e Hp Hh; apply (equal_in true (told l)); auto.
  apply told_holds, (all_follow_hold H); auto.
Qed.

Theorem same_difference H l k t u t' u' :
  equal true sort (told l) (Sub u' t') (Sub u t) = true -> H |- Formula k [] t u -> all_follow H l ->
  H |- Formula k [] t' u'.
Proof.
  intros A Hf Hl M e Hp Hh; specialize (Hf M e Hp Hh).
  apply (equal_in true (told l) M e) in A; [|assumption|apply told_holds, (all_follow_hold H); auto].
  unfold holds in *; simpl in *; destruct k; simpl in *; lra.
Qed.

Theorem with_equal_sides H k t u t' u' :
  H |- Formula k [] t u -> H |- Formula Equal [] t t' -> H |- Formula Equal [] u u' -> H |- Formula k [] t' u'.
Proof.
  intros Hf H1 H2 M e Hp Hh; specialize (Hf M e Hp Hh); specialize (H1 M e Hp Hh); specialize (H2 M e Hp Hh).
  unfold holds in *; simpl in *; now rewrite <- H1, <- H2.
Qed.

(** The right side of an equation for each part that is its left side at some indices, the outermost parts first. *)

Definition fits (b : list nat) (t : term) (f : formula) : option term :=
  let p := rev (axes f) in
  let g := assignment (length p) (length b) (combine (indices (left_side f)) (indices t)) in
  match relation f with
  | Equal =>
      if speaks_of sort b t (Fact p (left_side f)) then Some (rename g (right_side f)) else None
  | _ => None
  end.

Fixpoint rewritten (l : list formula) (b : list nat) (t : term) : term :=
  match first_some (fits b t) l with
  | Some u => u
  | None =>
      match t with
      | Num _ | Size _ | Entry _ _ | Delta _ _ => t
      | Add t u => Add (rewritten l b t) (rewritten l b u)
      | Sub t u => Sub (rewritten l b t) (rewritten l b u)
      | Mul t u => Mul (rewritten l b t) (rewritten l b u)
      | Div t u => Div (rewritten l b t) (rewritten l b u)
      | Opp t => Opp (rewritten l b t)
      | Inv t => Inv (rewritten l b t)
      | Pow t n => Pow (rewritten l b t) n
      | RealPower t u => RealPower (rewritten l b t) (rewritten l b u)
      | Root t => Root (rewritten l b t)
      | Apply f t => Apply f (rewritten l b t)
      | Total a t => Total a (rewritten l (a :: b) t)
      | Product a t => Product a (rewritten l (a :: b) t)
      end
  end.

Lemma assignment_inside M e p b pairs e' :
  proper sort M e -> inside M b e e' ->
  forallb (fun k => match nth_error p k with
                    | Some a => sort_inside sort b (assignment (length p) (length b) pairs k) =? a
                    | None => true end) (seq 0 (length p)) = true ->
  inside M p e (fun k => e' (assignment (length p) (length b) pairs k)).
Proof.
  intros [Ha Hr] Hb A; split.
  - intros k a Hk; rewrite forallb_forall in A; specialize (A k); rewrite Hk in A.
    assert (Hl : (k < length p)%nat) by (apply nth_error_Some; congruence).
    assert (Hs : In k (seq 0 (length p))) by (apply in_seq; lia).
    apply A, Nat.eqb_eq in Hs; rewrite <- Hs; now apply (sort_inside_holds M sort e Hr).
  - intros k; unfold assignment; destruct (Nat.ltb_spec (length p + k) (length p)); [lia|].
    rewrite <- (proj2 Hb k); f_equal; lia.
Qed.

Lemma fits_value M e b e' t f u :
  proper sort M e -> inside M b e e' -> holds M e f -> fits b t f = Some u -> denote M e' t = denote M e' u.
Proof.
  intros Hp Hb Hf; unfold fits, speaks_of; simpl.
  destruct (relation f) eqn:K; try discriminate.
  destruct (same t _ && _) eqn:A; [|discriminate]; intros [= <-].
  apply andb_prop in A; destruct A as [A1 A2]; apply same_eq in A1; rewrite A1 at 1; rewrite !denote_rename.
  unfold holds in Hf; rewrite K in Hf; rewrite everywhere_inside in Hf; apply Hf.
  now apply (assignment_inside M e (rev (axes f)) b _ e' Hp Hb).
Qed.

Lemma first_fit M e b e' t l u :
  proper sort M e -> inside M b e e' -> all_hold M e l -> first_some (fits b t) l = Some u ->
  denote M e' t = denote M e' u.
Proof.
  intros Hp Hb; induction l as [|f l IH]; simpl; [discriminate|]; intros [H1 H2].
  destruct (fits b t f) as [v|] eqn:F; [|auto]; intros [= <-]; now apply (fits_value M e b e' t f).
Qed.

Lemma rewritten_value M e l t : proper sort M e -> all_hold M e l -> forall b e', inside M b e e' ->
  denote M e' (rewritten l b t) = denote M e' t.
Proof.
  intros Hp Hl; induction t; intros b e' Hb; cbn [rewritten];
    match goal with |- context [first_some ?f ?m] => destruct (first_some f m) as [w|] eqn:F end;
    try (symmetry; exact (first_fit M e b e' _ l w Hp Hb Hl F)); simpl; try reflexivity;
    try (now rewrite ?(IHt b e' Hb), ?(IHt1 b e' Hb), ?(IHt2 b e' Hb)).
  - apply Sum_ext; intros i Hi; now apply IHt, inside_push.
  - apply Prod_ext; intros i Hi; now apply IHt, inside_push.
Qed.

Theorem rewrite_with H l t : all_follow H l -> H |- Formula Equal [] t (rewritten l [] t).
Proof.
  intros Hl M e Hp Hh; unfold holds; simpl; symmetry; apply (rewritten_value M e); auto.
  - now apply (all_follow_hold H).
  - apply inside_nothing.
Qed.

End Rules.
