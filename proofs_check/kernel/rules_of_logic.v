(** Rules of logic: assuming, indices and letters put in every place at once, and lemmas cut out. *)

From Coq Require Import Reals List QArith Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums terms meaning monomials simplify normal_form normal_form_sound formulas.
Import ListNotations.
Local Open Scope R_scope.

Section Rules.

Variable sort : nat -> nat.
Notation "H |- f" := (follows sort H f) (at level 70).

Theorem assume H f : among f H = true -> H |- f.
Proof. intros A M e _ Hh; rewrite all_hold_in in Hh; now apply Hh, among_in. Qed.

Theorem weaken H G f : all_among H G = true -> H |- f -> G |- f.
Proof. intros A Hf M e Hp Hh; apply Hf; [assumption|now apply (all_among_hold M e H G)]. Qed.

Theorem cut H G a f : (H |- a) -> G |- f -> forall K, all_among H K && all_among G (a :: K) = true -> K |- f.
Proof.
  intros Ha Hf K A M e Hp Hh; apply andb_prop in A; destruct A as [A1 A2]; apply Hf; [assumption|].
  apply (all_among_hold M e G (a :: K)); [assumption|]; split; [|assumption].
  apply Ha; [assumption|now apply (all_among_hold M e H K)].
Qed.

(** The index [j] for the outermost variable. *)

Definition open_at (n j k : nat) : nat := if k <? n then k else if k =? n then n + j else pred k.

Definition opened (j : nat) (f : formula) : formula :=
  let n := length (tl (axes f)) in
  Formula (relation f) (tl (axes f)) (rename (open_at n j) (left_side f)) (rename (open_at n j) (right_side f)).

Definition opens (j : nat) (f : formula) : bool := match axes f with a :: _ => Nat.eqb (sort j) a | [] => false end.

Theorem at_index j H f : opens j f = true -> H |- f -> H |- opened j f.
Proof.
  intros A Hf M e Hp Hh; specialize (Hf M e Hp Hh); destruct f as [k [|a p] l r]; [discriminate|].
  unfold opens, holds, opened in *; simpl in *; apply Nat.eqb_eq in A; subst a.
  specialize (Hf (e j) (proj2 Hp j)); rewrite everywhere_inside in Hf; apply everywhere_inside; intros e' He'.
  rewrite !denote_rename; apply Hf; destruct He' as [H1 H2]; rewrite rev_length in H2; split.
  - intros m c Hm; assert (Hl : (m < length p)%nat) by (rewrite <- rev_length; apply nth_error_Some; congruence).
    unfold open_at; rewrite (proj2 (Nat.ltb_lt _ _) Hl); now apply H1.
  - intros m; rewrite rev_length; unfold open_at.
    destruct (Nat.ltb_spec (length p + m) (length p)); [lia|].
    destruct (Nat.eqb_spec (length p + m) (length p)); destruct m; simpl; try lia; [now rewrite H2|].
    rewrite <- (H2 m); f_equal; lia.
Qed.

(** A variable for a free index of which nothing is assumed. *)

Definition close_at (n j k : nat) : nat := if k <? n then k else if k =? n + j then n else S k.

Definition closed (j : nat) (f : formula) : formula :=
  let n := length (axes f) in
  Formula (relation f) (sort j :: axes f) (rename (close_at n j) (left_side f)) (rename (close_at n j) (right_side f)).

Definition speaks_of_index (j : nat) (f : formula) : bool :=
  mentions (length (axes f) + j) (left_side f) || mentions (length (axes f) + j) (right_side f).

Definition with_index (e : env) (j i : nat) : env := fun k => if k =? j then i else e k.

Lemma proper_with_index M e j i : proper sort M e -> (i < size M (sort j))%nat -> proper sort M (with_index e j i).
Proof.
  intros [Ha Hr] Hi; split; [assumption|]; intros k; unfold with_index.
  destruct (Nat.eqb_spec k j) as [->|]; auto.
Qed.

Lemma holds_with_index M e j i f : speaks_of_index j f = false -> holds M e f -> holds M (with_index e j i) f.
Proof.
  intros A Hf; apply orb_false_elim in A; destruct A as [A1 A2].
  unfold holds in *; rewrite everywhere_inside in *; intros e' [H1 H2]; rewrite rev_length in H2.
  set (n := length (axes f)) in *.
  assert (E : forall t, mentions (n + j) t = false -> denote M e' t = denote M (with_index e' (n + j) (e j)) t).
  { intros t Ht; apply denote_agree; intros k Hk; unfold with_index; destruct (Nat.eqb_spec k (n + j)) as [->|]; auto.
    exfalso; revert Hk; now apply mentions_not. }
  rewrite !E by assumption; apply Hf; split.
  - intros k a Hk; unfold with_index; assert (k < n)%nat by (unfold n; rewrite <- rev_length; apply nth_error_Some; congruence).
    destruct (Nat.eqb_spec k (n + j)); [lia|now apply H1].
  - intros k; rewrite rev_length; fold n; unfold with_index in *; specialize (H2 k).
    destruct (Nat.eqb_spec (n + k) (n + j)); destruct (Nat.eqb_spec k j); try lia; subst; auto.
Qed.

Definition fixed (j : nat) (H : list formula) : bool := forallb (fun f => negb (speaks_of_index j f)) H.

Lemma hypotheses_with_index M e j i H : fixed j H = true -> all_hold M e H -> all_hold M (with_index e j i) H.
Proof.
  rewrite !all_hold_in; unfold fixed; rewrite forallb_forall; intros A Hh f Hf.
  apply holds_with_index; [now apply negb_true_iff, A|now apply Hh].
Qed.

Theorem for_all j H f : fixed j H = true -> H |- f -> H |- closed j f.
Proof.
  intros A Hf M e Hp Hh i Hi.
  specialize (Hf M (with_index e j i) (proper_with_index M e j i Hp Hi) (hypotheses_with_index M e j i H A Hh)).
  destruct f as [k p l r]; unfold holds in Hf; simpl in *.
  rewrite everywhere_inside in Hf; apply everywhere_inside; intros e' [H1 H2]; rewrite rev_length in H2.
  rewrite !denote_rename; apply Hf; split.
  - intros m c Hm; assert (Hl : (m < length p)%nat) by (rewrite <- rev_length; apply nth_error_Some; congruence).
    unfold close_at; rewrite (proj2 (Nat.ltb_lt _ _) Hl); now apply H1.
  - intros m; rewrite rev_length; unfold close_at, with_index.
    destruct (Nat.ltb_spec (length p + m) (length p)); [lia|].
    destruct (Nat.eqb_spec (length p + m) (length p + j)); destruct (Nat.eqb_spec m j); try lia.
    + specialize (H2 O); simpl in H2; rewrite Nat.add_0_r in H2; exact H2.
    + specialize (H2 (S m)); simpl in H2; rewrite <- H2; f_equal; lia.
Qed.

(** Terms for letters: each with the number of its indices, which stand innermost in the term, the last one first. *)

Definition values := list (nat * (nat * term)).

Fixpoint value_for (l : nat) (s : values) : option (nat * term) :=
  match s with
  | [] => None
  | (m, x) :: s => if m =? l then Some x else value_for l s
  end.

Definition placed_at (d n : nat) (i : list nat) (k : nat) : nat :=
  if k <? n then nth (n - 1 - k) i 0%nat else d + (k - n).

Fixpoint substituted (s : values) (d : nat) (t : term) : term :=
  match t with
  | Num q => Num q
  | Size a => Size a
  | Entry l i =>
      match value_for l s with
      | Some (n, body) => if length i =? n then rename (placed_at d n i) body else Entry l i
      | None => Entry l i
      end
  | Delta i j => Delta i j
  | Add t u => Add (substituted s d t) (substituted s d u)
  | Sub t u => Sub (substituted s d t) (substituted s d u)
  | Mul t u => Mul (substituted s d t) (substituted s d u)
  | Div t u => Div (substituted s d t) (substituted s d u)
  | Opp t => Opp (substituted s d t)
  | Inv t => Inv (substituted s d t)
  | Pow t n => Pow (substituted s d t) n
  | RealPower t u => RealPower (substituted s d t) (substituted s d u)
  | Root t => Root (substituted s d t)
  | Apply f t => Apply f (substituted s d t)
  | Total a t => Total a (substituted s (S d) t)
  | Product a t => Product a (substituted s (S d) t)
  end.

Definition substituted_in (s : values) (f : formula) : formula :=
  let n := length (axes f) in
  Formula (relation f) (axes f) (substituted s n (left_side f)) (substituted s n (right_side f)).

Definition with_values (M : model) (s : values) (e : env) : model :=
  Model (size M)
    (fun l i =>
       match value_for l s with
       | Some (n, body) =>
           if length i =? n
           then denote M (fun k => if k <? n then nth (n - 1 - k) i 0%nat else e (k - n)%nat) body
           else letter M l i
       | None => letter M l i
       end)
    (function M).

Lemma denote_substituted M s e t : forall d e', (forall k, e' (d + k)%nat = e k) ->
  denote M e' (substituted s d t) = denote (with_values M s e) e' t.
Proof.
  induction t; intros d e' H; simpl; try reflexivity;
    try (now rewrite ?(IHt d e'), ?(IHt1 d e'), ?(IHt2 d e')).
  - rewrite map_length; destruct (value_for letter s) as [[n body]|]; [|reflexivity].
    destruct (Nat.eqb_spec (length indices) n) as [Hn|]; [|reflexivity].
    rewrite denote_rename; f_equal; apply functional_extensionality; intros k; unfold placed_at.
    destruct (Nat.ltb_spec k n); [|apply H].
    rewrite <- (map_nth e'), (nth_indep _ (e' 0%nat) 0%nat); [reflexivity|rewrite map_length; lia].
  - apply Sum_ext; intros i _; now apply IHt.
  - apply Prod_ext; intros i _; now apply IHt.
Qed.

Lemma holds_substituted M s e f : holds M e (substituted_in s f) <-> holds (with_values M s e) e f.
Proof.
  unfold holds; rewrite !everywhere_inside; simpl; split; intros H e' He'; specialize (H e' He');
    destruct He' as [_ H2]; rewrite rev_length in H2.
  - now rewrite !(denote_substituted M s e) in H by assumption.
  - now rewrite !(denote_substituted M s e) by assumption.
Qed.

Theorem instance s H f : H |- f -> map (substituted_in s) H |- substituted_in s f.
Proof.
  intros Hf M e Hp Hh; apply holds_substituted, Hf; [exact Hp|].
  rewrite all_hold_in in *; intros g Hg; now apply holds_substituted, Hh, in_map.
Qed.

End Rules.
