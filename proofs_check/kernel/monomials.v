(** Monomials: a rational number times factors, summed over axes; and what may be done with one. *)

From Coq Require Import Reals List ZArith QArith Qreals Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums terms meaning.
Import ListNotations.
Local Open Scope nat_scope.

(** The variable of the first axis of [bound] is index 0, that of the second index 1, and so on. *)
Record monomial : Set := Monomial { coefficient : Q; bound : list nat; factors : list term }.

Definition polynomial := list monomial.

(** Binders are moved to the inside, the one with number [p]; what becomes of the index [k]. *)
Definition to_front (p k : nat) : nat :=
  if k <? p then S k else if k =? p then O else k.

Fixpoint taken (p : nat) (b : list nat) : option (nat * list nat) :=
  match p, b with
  | _, [] => None
  | O, a :: b => Some (a, b)
  | S p, a :: b => match taken p b with Some (x, r) => Some (x, a :: r) | None => None end
  end.

Definition front (p : nat) (m : monomial) : monomial :=
  match taken p (bound m) with
  | Some (a, r) => Monomial (coefficient m) (a :: r) (map (rename (to_front p)) (factors m))
  | None => m
  end.

(** Where [i] more binders stand inside of the first [n]. *)
Definition skip (n i k : nat) : nat := if k <? n then k else i + k.

Definition times (first second : monomial) : monomial :=
  let n := length (bound first) in
  let m := length (bound second) in
  Monomial (Qred (coefficient first * coefficient second)) (bound second ++ bound first)
    (map (rename (fun k => m + k)) (factors first) ++ map (rename (skip m n)) (factors second)).

Section Meaning.

Local Open Scope R_scope.
Variable M : model.

Definition product_of (l : list term) (e : env) : R := fold_right (fun t x => denote M e t * x) 1 l.

Fixpoint sums (b : list nat) (F : env -> R) (e : env) : R :=
  match b with
  | [] => F e
  | a :: b => sums b (fun e => Sum (size M a) (fun i => F (push i e))) e
  end.

Definition value (m : monomial) (e : env) : R := Q2R (coefficient m) * sums (bound m) (product_of (factors m)) e.

Definition value_of (p : polynomial) (e : env) : R := fold_right (fun m x => value m e + x) 0 p.

(** [e] is an environment inside of the binders [b] around which [e0] holds. *)
Definition inside (b : list nat) (e0 e : env) : Prop :=
  (forall k a, nth_error b k = Some a -> (e k < size M a)%nat) /\ forall k, e (length b + k)%nat = e0 k.

Lemma inside_nothing e : inside [] e e.
Proof. split; [intros [|k]; discriminate|reflexivity]. Qed.

Lemma inside_push a b e0 e i : inside b e0 e -> (i < size M a)%nat -> inside (a :: b) e0 (push i e).
Proof.
  intros [H1 H2] Hi; split; [|exact H2].
  intros [|k] c; simpl; [intros [= <-]; exact Hi|apply H1].
Qed.

Lemma inside_trans b c e0 e1 e : inside b e0 e1 -> inside c e1 e -> inside (c ++ b) e0 e.
Proof.
  intros [H1 H2] [H3 H4]; split.
  - intros k a Hk; destruct (Nat.lt_ge_cases k (length c)) as [H|H].
    + rewrite nth_error_app1 in Hk by assumption; now apply H3.
    + rewrite nth_error_app2 in Hk by assumption.
      replace k with (length c + (k - length c))%nat by lia; rewrite H4; now apply H1.
  - intros k; rewrite app_length, <- Nat.add_assoc, H4; apply H2.
Qed.

Lemma sums_ext b F G e : (forall e', inside b e e' -> F e' = G e') -> sums b F e = sums b G e.
Proof.
  revert F G e; induction b as [|a b IH]; intros F G e H; simpl; [apply H, inside_nothing|].
  apply IH; intros e' He'; apply Sum_ext; intros i Hi; now apply H, inside_push.
Qed.

Lemma sums_app b c F e : sums (c ++ b) F e = sums b (sums c F) e.
Proof. revert F; induction c as [|a c IH]; intros F; simpl; [reflexivity|apply IH]. Qed.

Lemma sums_scale b c F e : sums b (fun e => c * F e) e = c * sums b F e.
Proof.
  revert F; induction b as [|a b IH]; intros F; simpl; [reflexivity|].
  rewrite <- IH; apply sums_ext; intros e' _; apply Sum_scal_l.
Qed.

Lemma sums_plus b F G e : sums b (fun e => F e + G e) e = sums b F e + sums b G e.
Proof.
  revert F G; induction b as [|a b IH]; intros F G; simpl; [reflexivity|].
  rewrite <- IH; apply sums_ext; intros e' _; apply Sum_plus.
Qed.

Lemma sums_zero b e : sums b (fun _ => 0) e = 0.
Proof.
  transitivity (0 * sums b (fun _ => 0) e); [|ring].
  rewrite <- sums_scale; apply sums_ext; intros; ring.
Qed.

(** Sums that do not see the binders which were put in between. *)
Lemma sums_skip b n F e : sums b (fun e => F (fun k => e (skip (length b) n k))) e = sums b F (fun k => e (n + k)%nat).
Proof.
  revert n F e; induction b as [|a b IH]; intros n F e; [reflexivity|].
  simpl length; simpl sums.
  rewrite <- IH; apply sums_ext; intros e' _; apply Sum_ext; intros i _; f_equal.
  apply functional_extensionality; intros [|k]; [reflexivity|].
  unfold skip; simpl.
  destruct (Nat.ltb_spec (S k) (S (length b))), (Nat.ltb_spec k (length b)); try lia; simpl; try reflexivity.
  replace (n + S k)%nat with (S (n + k)) by lia; reflexivity.
Qed.

Lemma product_of_app l m e : product_of (l ++ m) e = product_of l e * product_of m e.
Proof. induction l as [|t l IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma product_of_rename f l e : product_of (map (rename f) l) e = product_of l (fun k => e (f k)).
Proof. induction l as [|t l IH]; simpl; [reflexivity|now rewrite denote_rename, IH]. Qed.

Lemma value_times m n e : value (times m n) e = value m e * value n e.
Proof.
  destruct m as [c b f], n as [d c' g]; unfold value, times; cbn [coefficient bound factors].
  rewrite (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult, sums_app.
  rewrite (sums_ext b _ (fun e1 => product_of f e1 * sums c' (product_of g) e)).
  2:{ intros e1 [_ H1].
      rewrite (sums_ext c' _ (fun e2 => product_of f e1 * product_of g (fun k => e2 (skip (length c') (length b) k)))).
      - rewrite sums_scale; f_equal; rewrite sums_skip; f_equal; now apply functional_extensionality.
      - intros e2 [_ H2]; rewrite product_of_app, !product_of_rename; f_equal; f_equal.
        now apply functional_extensionality. }
  rewrite (sums_ext b _ (fun e1 => sums c' (product_of g) e * product_of f e1)) by (intros; ring).
  rewrite sums_scale; ring.
Qed.

Lemma sums_front p b a r F e :
  taken p b = Some (a, r) -> sums (a :: r) (fun e => F (fun k => e (to_front p k))) e = sums b F e.
Proof.
  revert b r F e; induction p as [|p IH]; intros [|x b] r F e; simpl; try discriminate.
  - intros [= -> ->]; apply sums_ext; intros e' _; apply Sum_ext; intros i _; f_equal.
    apply functional_extensionality; intros [|k]; reflexivity.
  - destruct (taken p b) as [[y s]|] eqn:E; [|discriminate]; intros [= -> <-].
    rewrite <- (IH b s _ e E); simpl.
    apply sums_ext; intros e' _; rewrite Sum_swap; apply Sum_ext; intros i _; apply Sum_ext; intros k _; f_equal.
    apply functional_extensionality; intros [|j]; [reflexivity|].
    unfold to_front; simpl.
    destruct (Nat.ltb_spec (S j) (S p)), (Nat.ltb_spec j p); try lia; simpl; [reflexivity|].
    destruct (Nat.eqb_spec j p); simpl; [reflexivity|].
    destruct j as [|j]; [lia|reflexivity].
Qed.

Lemma value_front p m e : value (front p m) e = value m e.
Proof.
  unfold front, value; destruct (taken p (bound m)) as [[a r]|] eqn:E; [|reflexivity]; simpl coefficient.
  f_equal; simpl bound; simpl factors; rewrite <- (sums_front p _ a r _ e E).
  apply sums_ext; intros e' _; apply product_of_rename.
Qed.

Lemma value_of_app p q e : value_of (p ++ q) e = value_of p e + value_of q e.
Proof. induction p as [|m p IH]; simpl; [ring|rewrite IH; ring]. Qed.

End Meaning.
