(** Comparisons of terms for all values of some indices, and what follows from hypotheses in every model. *)

From Coq Require Import Reals List QArith Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums terms meaning monomials simplify simplify_sound normal_form normal_form_sound.
Import ListNotations.
Local Open Scope R_scope.

Inductive kind : Set := Equal | At_most | Less | Different.

(** The axes of the variables stand in [axes], the outermost first. *)
Record formula : Set := Formula { relation : kind; axes : list nat; left_side : term; right_side : term }.

Definition related (k : kind) (x y : R) : Prop :=
  match k with Equal => x = y | At_most => x <= y | Less => x < y | Different => x <> y end.

Fixpoint everywhere_in (M : model) (b : list nat) (P : env -> Prop) (e : env) : Prop :=
  match b with
  | [] => P e
  | a :: b => forall i, (i < size M a)%nat -> everywhere_in M b P (push i e)
  end.

Definition holds (M : model) (e : env) (f : formula) : Prop :=
  everywhere_in M (axes f) (fun e => related (relation f) (denote M e (left_side f)) (denote M e (right_side f))) e.

(** No axis is empty, and free indices are in the range of theirs. *)
Definition proper (sort : nat -> nat) (M : model) (e : env) : Prop :=
  (forall a, (0 < size M a)%nat) /\ forall k, (e k < size M (sort k))%nat.

Fixpoint all_hold (M : model) (e : env) (l : list formula) : Prop :=
  match l with [] => True | f :: l => holds M e f /\ all_hold M e l end.

(** [hypotheses |- conclusion]: in every model, at all values of the free indices. *)
Definition follows (sort : nat -> nat) (hypotheses : list formula) (conclusion : formula) : Prop :=
  forall M e, proper sort M e -> all_hold M e hypotheses -> holds M e conclusion.

Definition kind_number (k : kind) : nat :=
  match k with Equal => 0 | At_most => 1 | Less => 2 | Different => 3 end.

Definition same_kind (k l : kind) : bool := Nat.eqb (kind_number k) (kind_number l).

Lemma same_kind_eq k l : same_kind k l = true -> k = l.
Proof. destruct k, l; simpl; auto; discriminate. Qed.

Definition same_axes (b c : list nat) : bool := match compare_list Nat.compare b c with Eq => true | _ => false end.

Lemma same_axes_eq b c : same_axes b c = true -> b = c.
Proof.
  unfold same_axes; destruct (compare_list Nat.compare b c) eqn:E; try discriminate; intros _.
  revert E; apply compare_list_eq, Nat.compare_eq.
Qed.

Definition same_formula (f g : formula) : bool :=
  same_kind (relation f) (relation g) && same_axes (axes f) (axes g)
  && same (left_side f) (left_side g) && same (right_side f) (right_side g).

Lemma same_formula_eq f g : same_formula f g = true -> f = g.
Proof.
  destruct f, g; unfold same_formula; simpl; intros H.
  apply andb_prop in H; destruct H as [H H4]; apply andb_prop in H; destruct H as [H H3].
  apply andb_prop in H; destruct H as [H1 H2].
  f_equal; auto using same_kind_eq, same_axes_eq, same_eq.
Qed.

Definition among (f : formula) (l : list formula) : bool := existsb (same_formula f) l.
Definition all_among (l m : list formula) : bool := forallb (fun f => among f m) l.

Lemma all_hold_in M e l : all_hold M e l <-> forall f, In f l -> holds M e f.
Proof.
  induction l as [|f l IH]; simpl; [tauto|]; rewrite IH; split.
  - intros [H1 H2] g [<-|Hg]; auto.
  - intros H; split; auto.
Qed.

Lemma among_in f l : among f l = true -> In f l.
Proof.
  intros H; apply existsb_exists in H; destruct H as (g & Hg & E); now rewrite (same_formula_eq _ _ E).
Qed.

Lemma all_among_hold M e l m : all_among l m = true -> all_hold M e m -> all_hold M e l.
Proof.
  rewrite !all_hold_in; unfold all_among; rewrite forallb_forall; intros H Hm f Hf; now apply Hm, among_in, H.
Qed.

(** The variables of a formula as indices inside of binders. *)
Lemma everywhere_inside M b P e : everywhere_in M b P e <-> forall e', inside M (rev b) e e' -> P e'.
Proof.
  revert e; induction b as [|a b IH]; intros e; simpl.
  - split; [intros H e' [_ H2]|intros H; apply H, inside_nothing].
    replace e' with e; [assumption|]; apply functional_extensionality; intros k; symmetry; exact (H2 k).
  - split.
    + intros H e' [H1 H2].
      set (i := e' (length (rev b))).
      assert (Hi : (i < size M a)%nat).
      { apply H1; rewrite nth_error_app2, Nat.sub_diag by lia; reflexivity. }
      apply (proj1 (IH (push i e)) (H i Hi)); split.
      * intros k c Hk; apply H1; rewrite nth_error_app1; [assumption|apply nth_error_Some; congruence].
      * intros [|k]; simpl; [unfold i; f_equal; lia|].
        rewrite <- (H2 k); f_equal; rewrite app_length; simpl; lia.
    + intros H i Hi; apply IH; intros e' He'; apply H.
      apply (inside_trans M [a] (rev b) e (push i e) e'); [|assumption].
      apply inside_push; [apply inside_nothing|assumption].
Qed.

Lemma proper_inside sort M e e' b : proper sort M e -> inside M b e e' ->
  forall k, (e' k < size M (sort_inside sort b k))%nat.
Proof. intros [_ Hr] He k; now apply (sort_inside_holds M sort e Hr b e' k). Qed.
