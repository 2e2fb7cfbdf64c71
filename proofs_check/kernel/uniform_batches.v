(** The uniform law on the [B]-subsets of [{0, ..., N - 1}] (sampling without replacement). *)

From Coq Require Import Reals Lra Lia List PeanoNat Sorted FinFun.
From Kernel Require Import finite_sums inner_products batch_law.
Import ListNotations.
Local Open Scope R_scope.

(** All [B]-subsets of [{0, ..., N - 1}], each as the decreasing list of its elements. *)
Fixpoint subsets (N B : nat) : list (list nat) :=
  match B with
  | O => [[]]
  | S B' => match N with
            | O => []
            | S N' => map (cons N') (subsets N' B') ++ subsets N' B
            end
  end.

Definition decreasing (t : list nat) : Prop := StronglySorted (fun a b => (b < a)%nat) t.

Lemma subsets_sound N : forall B t, In t (subsets N B) ->
  decreasing t /\ length t = B /\ forall n, In n t -> (n < N)%nat.
Proof.
  induction N as [|N IH]; intros [|B] t H; simpl in H.
  - destruct H as [<-|[]]; repeat split; [constructor|intros n []].
  - destruct H.
  - destruct H as [<-|[]]; repeat split; [constructor|intros n []].
  - apply in_app_or in H; destruct H as [H|H].
    + apply in_map_iff in H; destruct H as [t' [<- H]].
      destruct (IH _ _ H) as [Hd [Hl Hn]]; repeat split.
      * constructor; [exact Hd|]; apply Forall_forall; intros n Hin; now apply Hn.
      * simpl; now rewrite Hl.
      * intros n [<-|Hin]; [lia|]; specialize (Hn n Hin); lia.
    + destruct (IH _ _ H) as [Hd [Hl Hn]]; repeat split; auto; intros n Hin; specialize (Hn n Hin); lia.
Qed.

(** Every subset is listed. *)
Lemma subsets_complete N : forall B t,
  decreasing t -> length t = B -> (forall n, In n t -> (n < N)%nat) -> In t (subsets N B).
Proof.
  induction N as [|N IH]; intros [|B] [|n t] Hd Hl Hn; simpl in Hl; try discriminate;
    try (simpl; now left).
  - specialize (Hn n (or_introl eq_refl)); lia.
  - injection Hl as Hl; inversion Hd as [|? ? Ht Hf]; subst; simpl; apply in_or_app.
    rewrite Forall_forall in Hf.
    destruct (Nat.eq_dec n N) as [->|Hne].
    + left; apply in_map, IH; auto.
    + right; apply IH; [exact Hd|reflexivity|].
      pose proof (Hn n (or_introl eq_refl)); intros k [<-|Hk]; [lia|]; specialize (Hf k Hk); lia.
Qed.

Lemma NoDup_app_two (A : Type) (l l' : list A) :
  NoDup l -> NoDup l' -> (forall a, In a l -> In a l' -> False) -> NoDup (l ++ l').
Proof.
  induction l as [|a l IH]; intros H H' Hd; simpl; [assumption|].
  inversion H as [|? ? Ha Hl]; subst; constructor.
  - intros Hin; apply in_app_or in Hin; destruct Hin; [contradiction|].
    apply (Hd a); [now left|assumption].
  - apply IH; auto; intros b Hb; apply Hd; now right.
Qed.

(** No subset is listed twice. *)
Lemma subsets_distinct N : forall B, NoDup (subsets N B).
Proof.
  induction N as [|N IH]; intros [|B]; simpl; try (repeat constructor; intros []).
  apply NoDup_app_two.
  - apply FinFun.Injective_map_NoDup; [|apply IH]; intros a b H; now injection H.
  - apply IH.
  - intros t H1 H2; apply in_map_iff in H1; destruct H1 as [t' [<- _]].
    destruct (subsets_sound _ _ _ H2) as [_ [_ Hn]]; specialize (Hn N (or_introl eq_refl)); lia.
Qed.

Definition indicator (t : list nat) (n : nat) : R := if in_dec Nat.eq_dec n t then 1 else 0.

Lemma indicator_in t n : In n t -> indicator t n = 1.
Proof. intros H; unfold indicator; destruct (in_dec Nat.eq_dec n t); tauto. Qed.

Lemma indicator_out t n : ~ In n t -> indicator t n = 0.
Proof. intros H; unfold indicator; destruct (in_dec Nat.eq_dec n t); tauto. Qed.

Lemma indicator_cons_other k t n : n <> k -> indicator (k :: t) n = indicator t n.
Proof.
  intros H; unfold indicator.
  destruct (in_dec Nat.eq_dec n (k :: t)) as [[E|I]|O]; destruct (in_dec Nat.eq_dec n t) as [I'|O'];
    try reflexivity; simpl in *; try tauto; exfalso; congruence.
Qed.

Fixpoint sum_list (l : list (list nat)) (F : list nat -> R) : R :=
  match l with [] => 0 | t :: rest => F t + sum_list rest F end.

Lemma sum_list_app l l' F : sum_list (l ++ l') F = sum_list l F + sum_list l' F.
Proof. induction l as [|t l IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma sum_list_map l g F : sum_list (map g l) F = sum_list l (fun t => F (g t)).
Proof. induction l as [|t l IH]; simpl; [ring|now rewrite IH]. Qed.

Lemma sum_list_ext l F G : (forall t, In t l -> F t = G t) -> sum_list l F = sum_list l G.
Proof.
  induction l as [|t l IH]; intros H; simpl; [ring|].
  rewrite (H t), IH; [reflexivity| |now left]; intros; apply H; now right.
Qed.

Lemma sum_list_zero l : sum_list l (fun _ => 0) = 0.
Proof. induction l as [|t l IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma sum_list_one l : sum_list l (fun _ => 1) = INR (length l).
Proof. induction l as [|t l IH]; [reflexivity|]. cbn [sum_list length]; rewrite IH, S_INR; ring. Qed.

(** The number of subsets: the binomial coefficient, by Pascal's rule. *)
Definition count (N B : nat) : R := INR (length (subsets N B)).

Lemma count_pascal N B : count (S N) (S B) = count N B + count N (S B).
Proof. unfold count; simpl; now rewrite app_length, map_length, plus_INR. Qed.

Lemma count_zero N : count N 0 = 1.
Proof. unfold count; destruct N; reflexivity. Qed.

Lemma count_nonneg N B : 0 <= count N B.
Proof. apply pos_INR. Qed.

Lemma count_positive N : forall B, (B <= N)%nat -> 0 < count N B.
Proof.
  induction N as [|N IH]; intros [|B] H; try (rewrite count_zero; lra); [lia|].
  rewrite count_pascal; pose proof (IH B ltac:(lia)); pose proof (count_nonneg N (S B)); lra.
Qed.

Lemma step_sum N B F :
  sum_list (subsets (S N) (S B)) F
  = sum_list (subsets N B) (fun t => F (N :: t)) + sum_list (subsets N (S B)) F.
Proof. simpl; now rewrite sum_list_app, sum_list_map. Qed.

Lemma not_in_subset N B t : In t (subsets N B) -> ~ In N t.
Proof. intros H Hin; destruct (subsets_sound _ _ _ H) as [_ [_ Hn]]; specialize (Hn N Hin); lia. Qed.

(** The number of subsets that contain a given sample does not depend on the sample. *)
Lemma count_containing N : forall B i, (i < N)%nat ->
  sum_list (subsets N B) (fun t => indicator t i)
  = match B with O => 0 | S B' => count (N - 1) B' end.
Proof.
  induction N as [|N IH]; intros B i Hi; [lia|].
  destruct B as [|B]; [simpl; rewrite indicator_out by (intros []); ring|].
  rewrite step_sum; replace (S N - 1)%nat with N by lia.
  destruct (Nat.eq_dec i N) as [->|Hne].
  - rewrite (sum_list_ext (subsets N B) _ (fun _ => 1)) by (intros; apply indicator_in; now left).
    rewrite (sum_list_ext (subsets N (S B)) _ (fun _ => 0))
      by (intros t Ht; apply indicator_out; exact (not_in_subset N (S B) t Ht)).
    rewrite sum_list_one, sum_list_zero; unfold count; ring.
  - rewrite (sum_list_ext (subsets N B) _ (fun t => indicator t i))
      by (intros; now apply indicator_cons_other).
    rewrite !IH by lia; destruct N as [|N]; [lia|]; replace (S N - 1)%nat with N by lia.
    destruct B as [|B]; [rewrite !count_zero; ring|now rewrite count_pascal].
Qed.

(** Nor does the number that contain two given samples. *)
Lemma count_containing_two N : forall B i k, (i < k)%nat -> (k < N)%nat ->
  sum_list (subsets N B) (fun t => indicator t i * indicator t k)
  = match B with S (S B') => count (N - 2) B' | _ => 0 end.
Proof.
  induction N as [|N IH]; intros B i k Hik Hk; [lia|].
  destruct B as [|B]; [simpl; rewrite indicator_out by (intros []); ring|].
  rewrite step_sum; replace (S N - 2)%nat with (N - 1)%nat by lia.
  destruct (Nat.eq_dec k N) as [->|Hne].
  - rewrite (sum_list_ext (subsets N B) _ (fun t => indicator t i)).
    2:{ intros; rewrite indicator_cons_other, (indicator_in _ N) by (try lia; now left); ring. }
    rewrite (sum_list_ext (subsets N (S B)) _ (fun _ => 0)).
    2:{ intros t Ht; rewrite (indicator_out t N) by exact (not_in_subset N (S B) t Ht); ring. }
    rewrite sum_list_zero, count_containing by lia; destruct B; ring.
  - rewrite (sum_list_ext (subsets N B) _ (fun t => indicator t i * indicator t k))
      by (intros; rewrite !indicator_cons_other by lia; ring).
    rewrite !IH by lia; destruct N as [|[|N]]; try lia.
    replace (S (S N) - 2)%nat with N by lia; replace (S (S N) - 1)%nat with (S N) by lia.
    destruct B as [|[|B]]; [ring|rewrite !count_zero; ring|now rewrite count_pascal].
Qed.

Lemma indicator_total N t :
  NoDup t -> (forall n, In n t -> (n < N)%nat) -> Sum N (indicator t) = INR (length t).
Proof.
  induction t as [|k t IH]; intros Hd Hn; [apply Sum_zero|].
  inversion Hd as [|? ? Hk Ht]; subst.
  cbn [length]; rewrite S_INR, <- IH; auto; [|intros; apply Hn; now right].
  rewrite (Sum_ext N _ (fun n => indicator t n + delta k n * 1)).
  - rewrite Sum_plus, (Sum_delta_l N (fun _ => 1) k) by (apply Hn; now left); ring.
  - intros n _; destruct (Nat.eq_dec n k) as [->|Hne].
    + rewrite (indicator_in (k :: t)), (indicator_out t), delta_same by (auto; now left); ring.
    + rewrite indicator_cons_other, delta_other by auto; ring.
Qed.

Lemma decreasing_distinct t : decreasing t -> NoDup t.
Proof.
  induction t as [|k t IH]; intros H; [constructor|].
  inversion H as [|? ? Ht Hf]; subst; constructor; [|auto].
  rewrite Forall_forall in Hf; intros Hin; specialize (Hf k Hin); lia.
Qed.

Definition uniform_law (N B : nat) : mask_law :=
  map (fun t => (/ count N B, indicator t)) (subsets N B).

Lemma expect_uniform N B F :
  expect (uniform_law N B) F = / count N B * sum_list (subsets N B) (fun t => F (indicator t)).
Proof.
  unfold uniform_law; induction (subsets N B) as [|t l IH]; simpl; [ring|].
  rewrite IH; ring.
Qed.

(** Sampling without replacement is one of the laws of Theorem 5.9. *)
Theorem uniform_law_is_exchangeable N B :
  (B <= N)%nat -> exchangeable_batch_law N B (uniform_law N B).
Proof.
  intros HB; pose proof (count_positive N B HB); split.
  - rewrite expect_uniform, sum_list_one; fold (count N B); field; lra.
  - intros weight p n Hp _; apply in_map_iff in Hp; destruct Hp as [t [E _]]; injection E as _ <-.
    unfold indicator; destruct (in_dec Nat.eq_dec n t); auto.
  - intros weight p Hp; apply in_map_iff in Hp; destruct Hp as [t [E Ht]]; injection E as _ <-.
    destruct (subsets_sound _ _ _ Ht) as [Hd [Hl Hn]].
    rewrite indicator_total by (auto using decreasing_distinct); now rewrite Hl.
  - intros i k Hi Hk; now rewrite !expect_uniform, !count_containing.
  - assert (Sym : forall i j, (i < N)%nat -> (j < N)%nat -> i <> j ->
      expect (uniform_law N B) (fun p => p i * p j)
      = / count N B * match B with S (S B') => count (N - 2) B' | _ => 0 end).
    { intros i j Hi Hj Hij; rewrite expect_uniform; f_equal.
      destruct (Nat.lt_ge_cases i j) as [Hlt|Hge]; [now apply count_containing_two|].
      rewrite (sum_list_ext _ _ (fun t => indicator t j * indicator t i)) by (intros; ring).
      apply count_containing_two; lia. }
    intros i j k l Hi Hj Hk Hl Hij Hkl; now rewrite !Sym.
Qed.
