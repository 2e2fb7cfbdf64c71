(** The form of a monomial has its value. *)

From Coq Require Import Reals List ZArith QArith Qreals Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums terms meaning monomials simplify.
Import ListNotations.
Local Open Scope R_scope.
Local Arguments Qred : simpl never.
Local Arguments Q2R : simpl never.

Definition rows_hold (M : model) (known : orthonormal_rows) : Prop :=
  forall i j, (i < size M (rows known))%nat -> (j < size M (rows known))%nat ->
  Sum (size M (columns known)) (fun k =>
    letter M (family known) (if summed_first known then [k; i] else [i; k])
    * letter M (family known) (if summed_first known then [k; j] else [j; k])) = delta i j.

Section Sound.

Variable M : model.
Variable sort : nat -> nat.
Variable nonzero : list fact.
Variable orthonormal : list orthonormal_rows.
Variable e0 : env.

Hypothesis no_axis_is_empty : forall a, (0 < size M a)%nat.
Hypothesis in_range : forall k, (e0 k < size M (sort k))%nat.
Hypothesis facts_hold :
  forall known, In known nonzero -> forall e, inside M (prefix known) e0 e -> denote M e (subject known) <> 0.
Hypothesis rows_are_orthonormal : forall known, In known orthonormal -> rows_hold M known.

Lemma sort_inside_holds b e k : inside M b e0 e -> (e k < size M (sort_inside sort b k))%nat.
Proof.
  intros [H1 H2]; unfold sort_inside; destruct (nth_error b k) as [a|] eqn:E; [now apply H1|].
  apply nth_error_None in E; replace k with (length b + (k - length b))%nat at 1 by lia; rewrite H2; apply in_range.
Qed.

Lemma speaks_of_holds b x known e :
  speaks_of sort b x known = true -> inside M b e0 e ->
  exists e', inside M (prefix known) e0 e' /\ denote M e x = denote M e' (subject known).
Proof.
  unfold speaks_of; set (f := assignment _ _ _); intros H Hb; apply andb_prop in H; destruct H as [H1 H2].
  apply same_eq in H1; exists (fun k => e (f k)); split.
  - split.
    + intros k a Hk; rewrite forallb_forall in H2; specialize (H2 k); rewrite Hk in H2.
      assert (Hl : (k < length (prefix known))%nat) by (apply nth_error_Some; congruence).
      assert (Hs : In k (seq 0 (length (prefix known)))) by (apply in_seq; lia).
      apply H2, Nat.eqb_eq in Hs; rewrite <- Hs; now apply sort_inside_holds.
    + intros k; unfold f, assignment; destruct (Nat.ltb_spec (length (prefix known) + k) (length (prefix known))); [lia|].
      rewrite (proj2 Hb); f_equal; lia.
  - now rewrite H1, denote_rename.
Qed.

Lemma Prod_nonzero n f : (forall i, (i < n)%nat -> f i <> 0) -> Prod n f <> 0.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rmult_integral_contrapositive_currified; [apply IH; intros; apply H|apply H]; lia.
Qed.

Lemma differs_holds x : forall b e, differs sort nonzero b x = true -> inside M b e0 e -> denote M e x <> 0.
Proof.
  assert (F : forall b e x, existsb (speaks_of sort b x) nonzero = true -> inside M b e0 e -> denote M e x <> 0).
  { intros b e y H Hb; apply existsb_exists in H; destruct H as (known & Hin & H).
    destruct (speaks_of_holds _ _ _ _ H Hb) as (e' & He' & ->); now apply facts_hold. }
  induction x; intros b e; try (apply F); simpl.
  - intros _ _; apply not_0_INR; pose proof (no_axis_is_empty axis); lia.
  - destruct function as [|f]; [intros _ _; apply Rgt_not_eq, exp_pos|apply F].
  - intros H Hb; apply Prod_nonzero; intros i Hi; apply (IHx _ _ H); now apply inside_push.
Qed.

Lemma without_value x l r e : without x l = Some r -> product_of M l e = denote M e x * product_of M r e.
Proof.
  revert r; induction l as [|y l IH]; intros r; simpl; [discriminate|].
  destruct (same x y) eqn:E; [intros [= <-]; now rewrite (same_eq _ _ E)|].
  destruct (without x l) as [s|]; [|discriminate]; intros [= <-]; simpl; rewrite (IH s) by reflexivity; ring.
Qed.

Lemma cancelled_value b e l : inside M b e0 e -> forall done,
  product_of M (cancelled sort nonzero b done l) e = product_of M done e * product_of M l e.
Proof.
  intros Hb; induction l as [|t l IH]; intros done; simpl; [ring|].
  destruct t; try (rewrite IH; simpl; ring).
  destruct (without t done) as [r|] eqn:E; [|rewrite IH; simpl; ring].
  destruct (differs sort nonzero b t) eqn:D; [|rewrite IH; simpl; ring].
  rewrite IH, (without_value _ _ _ _ E); simpl; field; now apply (differs_holds _ b).
Qed.

Lemma rational_Qmult p q : rational (Qred (p * q)) = rational p * rational q.
Proof. now rewrite !rational_Q2R, (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult. Qed.

Lemma numbers_value l e :
  product_of M l e = Q2R (numbers_in l) * product_of M (filter (fun t => negb (is_number t)) l) e.
Proof.
  induction l as [|t l IH]; [simpl; unfold Q2R; simpl; field|].
  destruct t; cbn [numbers_in filter negb is_number]; try (simpl; rewrite IH; ring).
  simpl; rewrite IH, rational_Q2R, (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult; ring.
Qed.

Lemma trivial_deltas_value l e :
  product_of M (filter (fun t => negb (is_trivial_delta t)) l) e = product_of M l e.
Proof.
  induction l as [|t l IH]; [reflexivity|].
  destruct t; simpl; try (rewrite IH; reflexivity).
  destruct (Nat.eqb_spec i j) as [->|]; simpl; rewrite IH; [rewrite delta_same; ring|reflexivity].
Qed.

Lemma split_value (f : term -> bool) l e :
  product_of M (filter (fun t => negb (f t)) l ++ filter f l) e = product_of M l e.
Proof.
  rewrite product_of_app; induction l as [|t l IH]; [simpl; ring|].
  simpl; destruct (f t); simpl; rewrite <- IH; ring.
Qed.

Lemma value_ext c b l l' e :
  (forall e', inside M b e e' -> product_of M l e' = product_of M l' e') ->
  value M (Monomial c b l) e = value M (Monomial c b l') e.
Proof. intros H; unfold value; simpl; f_equal; now apply sums_ext. Qed.

Lemma tidied_value b m e : inside M b e0 e -> value M (tidied sort nonzero b m) e = value M m e.
Proof.
  intros Hb; destruct m as [c d l]; unfold tidied, value; cbn [coefficient bound factors].
  rewrite (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult, Rmult_assoc, <- sums_scale; f_equal.
  apply sums_ext; intros e' He'.
  rewrite (cancelled_value (d ++ b)) by (apply (inside_trans M b d e0 e); assumption).
  rewrite split_value, <- (trivial_deltas_value l), (numbers_value (filter _ l)); simpl; ring.
Qed.

Lemma Sum_picked n f j : (j < n)%nat -> Sum n (fun i => delta i j * f i) = f j.
Proof. apply Sum_delta_r. Qed.

Lemma delta_with_innermost_value sorts a l j r i e :
  delta_with_innermost sorts a l = Some (j, r) ->
  sorts j = a /\ product_of M l (push i e) = delta i (e j) * product_of M r (push i e).
Proof.
  revert j r; induction l as [|t l IH]; intros j r; [discriminate|].
  assert (Next : match delta_with_innermost sorts a l with Some (j, r) => Some (j, t :: r) | None => None end
                 = Some (j, r) ->
                 sorts j = a /\ product_of M (t :: l) (push i e) = delta i (e j) * product_of M r (push i e)).
  { destruct (delta_with_innermost sorts a l) as [[k s]|]; [|discriminate]; intros [= <- <-].
    destruct (IH k s eq_refl) as [H1 H2]; split; [assumption|]; simpl; rewrite H2; ring. }
  simpl delta_with_innermost; destruct t as [| | |p q| | | | | | | | | | | |]; try exact Next.
  destruct p as [|p], q as [|q]; try exact Next.
  - destruct (Nat.eqb_spec (sorts q) a) as [H|]; [|exact Next].
    intros [= <- <-]; split; [assumption|reflexivity].
  - destruct (Nat.eqb_spec (sorts p) a) as [H|]; [|exact Next].
    intros [= <- <-]; split; [assumption|simpl; now rewrite delta_sym].
Qed.

Lemma product_of_agree l e e' :
  (forall k t, In t l -> In k (indices t) -> e k = e' k) -> product_of M l e = product_of M l e'.
Proof.
  induction l as [|t l IH]; intros H; [reflexivity|]; simpl.
  rewrite (denote_agree M t e e'), IH; [reflexivity| |]; intros; eapply H; simpl; eauto.
Qed.

Lemma first_some_in {A B : Type} (f : A -> option B) l b :
  first_some f l = Some b -> exists a, In a l /\ f a = Some b.
Proof.
  induction l as [|a l IH]; simpl; [discriminate|].
  destruct (f a) eqn:E; [intros [= <-]; exists a; auto|].
  intros H; destruct (IH H) as (c & Hc & Hf); exists c; auto.
Qed.

Lemma row_of_value known t r i e : row_of known t = Some r ->
  denote M (push i e) t = letter M (family known) (if summed_first known then [i; e r] else [e r; i]).
Proof.
  destruct t as [| |l x| | | | | | | | | | | | |]; try discriminate; destruct x as [|x [|y [|? ?]]]; try discriminate; simpl.
  destruct (Nat.eqb_spec l (family known)) as [->|]; [|discriminate].
  destruct (summed_first known), x, y; try discriminate; intros [= <-]; reflexivity.
Qed.

Lemma unused_innermost l i e :
  product_of M (filter (fun t => negb (mentions 0 t)) l) (push i e) =
  product_of M (map (rename pred) (filter (fun t => negb (mentions 0 t)) l)) e.
Proof.
  rewrite product_of_rename; apply product_of_agree; intros [|k] t Ht Hk; [|reflexivity].
  exfalso; apply filter_In in Ht; destruct Ht as [_ Ht]; apply negb_true_iff in Ht.
  now apply (mentions_not 0 t).
Qed.

Lemma contracts_value sorts a l known i j e :
  contracts sorts a l known = Some (i, j) -> rows_hold M known ->
  (e i < size M (sorts i))%nat -> (e j < size M (sorts j))%nat ->
  Sum (size M a) (fun k => product_of M l (push k e)) =
  delta (e i) (e j) * product_of M (map (rename pred) (filter (fun t => negb (mentions 0 t)) l)) e.
Proof.
  unfold contracts; destruct (filter (mentions 0) l) as [|t [|u [|? ?]]] eqn:F; try discriminate.
  destruct (row_of known t) as [i'|] eqn:T; [|discriminate]; destruct (row_of known u) as [j'|] eqn:U; [|discriminate].
  destruct (_ && _) eqn:A; [|discriminate]; intros [= -> ->] Hk Hi Hj.
  apply andb_prop in A; destruct A as [A A3]; apply andb_prop in A; destruct A as [A1 A2].
  apply Nat.eqb_eq in A1; apply Nat.eqb_eq in A2; apply Nat.eqb_eq in A3; subst a; rewrite A2 in Hi; rewrite A3 in Hj.
  rewrite <- (Hk (e i) (e j) Hi Hj), <- Sum_scal_r; apply Sum_ext; intros k _.
  rewrite <- (split_value (mentions 0)), F, product_of_app, unused_innermost; simpl.
  rewrite (row_of_value known t i k e T), (row_of_value known u j k e U); ring.
Qed.

Lemma sum_eliminated_value b m n e :
  inside M b e0 e -> sum_eliminated sort orthonormal b m = Some n -> value M n e = value M m e.
Proof.
  intros Hb; destruct m as [c [|a r] l]; unfold sum_eliminated; cbn [coefficient bound factors]; [discriminate|].
  destruct (existsb (mentions 0) l) eqn:E.
  - destruct (delta_with_innermost _ a l) as [[j rest]|] eqn:D.
    + intros [= <-]; unfold value; simpl; f_equal; apply sums_ext; intros e1 H1.
      assert (Hj : (e1 j < size M a)%nat).
      { rewrite <- (proj1 (delta_with_innermost_value _ _ _ _ _ 0%nat e1 D)).
        apply sort_inside_holds, (inside_trans M b r e0 e); assumption. }
      rewrite (Sum_ext _ _ (fun i => delta i (e1 j) * product_of M rest (push i e1)))
        by (intros i _; apply (proj2 (delta_with_innermost_value _ _ _ _ _ i e1 D))).
      rewrite Sum_picked by assumption; rewrite product_of_rename; f_equal.
      apply functional_extensionality; intros [|k]; reflexivity.
    + destruct (first_some _ orthonormal) as [[i j]|] eqn:F; [|discriminate]; intros [= <-].
      apply first_some_in in F; destruct F as (known & Hin & F).
      unfold value; simpl; f_equal; apply sums_ext; intros e1 H1.
      assert (R : forall k, (e1 k < size M (sort_inside sort (r ++ b) k))%nat)
        by (intros k; apply sort_inside_holds, (inside_trans M b r e0 e); assumption).
      symmetry; exact (contracts_value _ a l known i j e1 F (rows_are_orthonormal known Hin) (R i) (R j)).
  - intros [= <-]; unfold value; simpl; f_equal; apply sums_ext; intros e1 H1.
    rewrite (Sum_ext _ _ (fun _ => product_of M (map (rename pred) l) e1)); [now rewrite Sum_const|].
    intros i _; rewrite product_of_rename; apply product_of_agree; intros [|k] t Ht Hk; [|reflexivity].
    exfalso; apply (mentions_not 0 t); [|assumption].
    destruct (mentions 0 t) eqn:F; [|reflexivity].
    rewrite <- E; symmetry; apply existsb_exists; now exists t.
Qed.

Lemma without_sums_value fuel b m e :
  inside M b e0 e -> value M (without_sums sort nonzero orthonormal fuel b m) e = value M m e.
Proof.
  intros Hb; revert m; induction fuel as [|fuel IH]; intros m; simpl; [reflexivity|].
  destruct (first_some _ _) as [n|] eqn:E; [|reflexivity].
  apply first_some_in in E; destruct E as (p & _ & E).
  rewrite IH, tidied_value, (sum_eliminated_value b (front p m)) by assumption; apply value_front.
Qed.

Lemma merged_value i j l e : delta (e i) (e j) * product_of M (map (rename (merged i j)) l) e
  = delta (e i) (e j) * product_of M l e.
Proof.
  unfold delta; destruct (Nat.eqb_spec (e i) (e j)) as [H|]; [|ring].
  f_equal; rewrite product_of_rename; f_equal.
  apply functional_extensionality; intros k; unfold merged.
  destruct (Nat.eqb_spec k (Nat.max i j)) as [->|]; [|reflexivity].
  destruct (Nat.max_spec i j) as [[? ->]|[? ->]], (Nat.min_spec i j) as [[? ->]|[? ->]]; try lia; auto.
Qed.

Lemma spread_value fuel : forall done l e, product_of M (spread fuel done l) e = product_of M done e * product_of M l e.
Proof.
  induction fuel as [|fuel IH]; intros done l e; [apply product_of_app|].
  destruct l as [|t l]; [apply product_of_app|].
  destruct t; simpl spread; rewrite IH; simpl; try ring.
  rewrite merged_value, !(Rmult_comm _ (product_of M (map _ l) e)), <- Rmult_assoc.
  rewrite (Rmult_comm _ (delta _ _)), merged_value; ring.
Qed.

Lemma inserted_value t l e : product_of M (inserted t l) e = denote M e t * product_of M l e.
Proof.
  induction l as [|u l IH]; [reflexivity|]; simpl; destruct (compare t u); simpl; try reflexivity; rewrite IH; ring.
Qed.

Lemma sorted_value l e : product_of M (sorted l) e = product_of M l e.
Proof. induction l as [|t l IH]; [reflexivity|]; simpl; now rewrite inserted_value, IH. Qed.

Lemma oriented_value l e : product_of M (map oriented l) e = product_of M l e.
Proof.
  induction l as [|t l IH]; [reflexivity|]; simpl; rewrite IH; f_equal; destruct t; try reflexivity; simpl.
  destruct (Nat.max_spec i j) as [[H ->]|[H ->]], (Nat.min_spec i j) as [[K ->]|[K ->]]; try lia; auto using delta_sym.
Qed.

Lemma in_order_value m e : value M (in_order m) e = value M m e.
Proof. destruct m as [c b l]; apply value_ext; intros; rewrite sorted_value; apply oriented_value. Qed.

Lemma arranged_value fuel : forall order m e, value M (arranged fuel order m) e = value M m e.
Proof.
  induction fuel as [|fuel IH]; intros [|p order] m e; try reflexivity; simpl; now rewrite IH, value_front.
Qed.

Lemma canonical_value m e : value M (canonical m) e = value M m e.
Proof.
  assert (W : forall order, value M (written m order) e = value M m e)
    by (intros; unfold written; now rewrite in_order_value, arranged_value).
  unfold canonical; destruct (firstn MOST_ORDERS (orders m)) as [|order others]; [apply in_order_value|].
  generalize (written m order) (W order); intros best H; revert best H.
  induction others as [|next others IH]; intros best H; simpl; [assumption|].
  destruct (compare_monomial _ best); apply IH; auto.
Qed.

Theorem simplified_value b m e : inside M b e0 e -> value M (simplified sort nonzero orthonormal b m) e = value M m e.
Proof.
  intros Hb; unfold simplified; rewrite canonical_value, tidied_value by assumption.
  set (n := without_sums _ _ _ _ _ _).
  transitivity (value M n e).
  - destruct n as [c d l]; apply value_ext; intros; rewrite spread_value; simpl; ring.
  - unfold n; now rewrite without_sums_value, tidied_value.
Qed.

End Sound.
