(** Rules of order: signs of sums, products, powers, and what may be cancelled. *)

From Coq Require Import Reals List QArith Qreals Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums language_of_statements terms meaning monomials normal_form normal_form_sound real_power formulas
  rules_of_logic rules_of_equality.
Import ListNotations.
Local Open Scope R_scope.

Section Rules.

Variable sort : nat -> nat.
Notation "H |- f" := (follows sort H f) (at level 70).
Local Notation bare := (fun k t u => Formula k [] t u).
Local Notation sign := (fun k t => Formula k [] (Num 0) t).

Lemma use H k t u M e : H |- bare k t u -> proper sort M e -> all_hold M e H -> related k (denote M e t) (denote M e u).
Proof. intros Hf Hp Hh; exact (Hf M e Hp Hh). Qed.

Lemma use_sign H k t M e : H |- sign k t -> proper sort M e -> all_hold M e H -> related k 0 (denote M e t).
Proof. intros Hf Hp Hh; exact (Hf M e Hp Hh). Qed.

Definition is_order (k : kind) : bool := match k with Different => false | _ => true end.

Definition compare_numbers (k : kind) (p q : Q) : bool :=
  match k with
  | Equal => Qeq_bool p q
  | At_most => Qle_bool p q
  | Less => negb (Qle_bool q p)
  | Different => negb (Qeq_bool p q)
  end.

Theorem numbers H k p q : compare_numbers k p q = true -> H |- bare k (Num p) (Num q).
Proof.
  intros A M e _ _; unfold holds; simpl; rewrite !rational_Q2R; destruct k; simpl in *.
  - now apply Qeq_eqR, Qeq_bool_eq.
  - now apply Qle_Rle, Qle_bool_iff.
  - apply Qlt_Rlt, Qnot_le_lt; intros B; apply Qle_bool_iff in B; rewrite B in A; discriminate.
  - intros B; apply eqR_Qeq, Qeq_eq_bool in B; rewrite B in A; discriminate.
Qed.

Definition weakens (k l : kind) : bool :=
  match k, l with Equal, At_most | Less, At_most | Less, Different => true | _, _ => false end.

Theorem weakened H k l t u : weakens k l = true -> H |- bare k t u -> H |- bare l t u.
Proof.
  intros A Hf M e Hp Hh; pose proof (use _ _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl.
  destruct k, l; try discriminate; simpl in *; lra.
Qed.

Definition sum_kind (k l : kind) : kind :=
  match k, l with Less, _ | _, Less => Less | At_most, _ | _, At_most => At_most | _, _ => Equal end.

Theorem added H k l t u v w : is_order k && is_order l = true ->
  H |- bare k t u -> H |- bare l v w -> H |- bare (sum_kind k l) (Add t v) (Add u w).
Proof.
  intros A H1 H2 M e Hp Hh; pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use _ _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl; destruct k, l; try discriminate; simpl in *; lra.
Qed.

Definition product_kind (k l : kind) : kind :=
  match k, l with Equal, _ | _, Equal => Equal | At_most, _ | _, At_most => At_most | _, _ => Less end.

Theorem multiplied H k l t u : is_order k && is_order l = true ->
  H |- sign k t -> H |- sign l u -> H |- sign (product_kind k l) (Mul t u).
Proof.
  intros A H1 H2 M e Hp Hh; pose proof (use_sign _ _ _ M e H1 Hp Hh) as B1; pose proof (use_sign _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl; destruct k, l; try discriminate; simpl in *; rewrite <- ?B1, <- ?B2; unfold rational; simpl;
    try ring; try (apply Rmult_le_pos; lra); now apply Rmult_lt_0_compat.
Qed.

Theorem zero_times H t u : H |- sign Equal t -> H |- sign Equal (Mul t u).
Proof.
  intros Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  rewrite <- B; unfold rational; simpl; ring.
Qed.

Theorem square H t n : Nat.even n = true -> H |- sign At_most (Pow t n).
Proof.
  intros A M e _ _; unfold holds; simpl; apply Nat.even_spec in A; destruct A as [m ->].
  rewrite pow_mult; apply pow_le, pow2_ge_0.
Qed.

Theorem square_of_nonzero H t n : Nat.even n = true -> H |- bare Different t (Num 0) -> H |- sign Less (Pow t n).
Proof.
  intros A Hf M e Hp Hh; pose proof (use _ _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  apply Nat.even_spec in A; destruct A as [m ->]; rewrite pow_mult; apply pow_lt.
  rewrite <- Rsqr_pow2; apply Rsqr_pos_lt; exact B.
Qed.

Theorem positive_differs H t : H |- sign Less t -> H |- bare Different t (Num 0).
Proof.
  intros Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  unfold rational; simpl; lra.
Qed.

Theorem base_differs H t n : (1 <=? n)%nat = true -> H |- bare Different (Pow t n) (Num 0) -> H |- bare Different t (Num 0).
Proof.
  intros A Hf M e Hp Hh; pose proof (use _ _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  intros E; apply B; rewrite E; unfold rational; simpl; apply pow_ne_zero; intros ->; discriminate.
Qed.

Theorem whole_power H k t n : is_order k && (1 <=? n)%nat = true -> H |- sign k t -> H |- sign k (Pow t n).
Proof.
  intros A Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  apply andb_prop in A; destruct A as [A1 A2].
  destruct k; try discriminate; simpl in *.
  - rewrite <- B; symmetry; unfold rational; simpl; apply pow_ne_zero; intros ->; discriminate.
  - now apply pow_le.
  - now apply pow_lt.
Qed.

Theorem inverted H k t : is_order k = true -> H |- sign k t -> H |- sign k (Inv t).
Proof.
  intros A Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  destruct k; try discriminate; simpl in *; unfold rational; simpl.
  - now rewrite <- B, Rinv_0.
  - destruct B as [B| <-]; [left; now apply Rinv_0_lt_compat|rewrite Rinv_0; lra].
  - now apply Rinv_0_lt_compat.
Qed.

Theorem real_power_positive H t p : H |- sign Less t -> H |- sign Less (RealPower t p).
Proof.
  intros Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  now apply real_power_is_positive.
Qed.

Theorem real_power_at_least_zero H t p : H |- sign At_most (RealPower t p).
Proof. intros M e _ _; unfold holds; simpl; apply real_power_nonnegative. Qed.

Theorem exponential_positive H t : H |- sign Less (Apply 0 t).
Proof. intros M e _ _; unfold holds; simpl; apply exp_pos. Qed.

Theorem logarithm_of_exponential H t : H |- bare Equal (Apply 1 (Apply 0 t)) t.
Proof. intros M e _ _; unfold holds; simpl; apply ln_exp. Qed.

Theorem size_positive H a : H |- bare At_most (Num 1) (Size a).
Proof.
  intros M e [Ha _] _; unfold holds; simpl; unfold rational; simpl.
  specialize (Ha a); change 1 with (INR 1); apply le_INR; lia.
Qed.

(** A free index becomes the variable of a sum or a product over its axis. *)

Definition bind (j : nat) (t : term) : term := rename (close_at 0 j) t.

Lemma denote_bind M e i j t : denote M (push i e) (bind j t) = denote M (with_index e j i) t.
Proof.
  unfold bind; rewrite denote_rename; f_equal; apply functional_extensionality; intros k; unfold close_at, with_index.
  simpl; destruct (Nat.eqb_spec k j); reflexivity.
Qed.

Lemma Sum_lt n f g : (0 < n)%nat -> (forall i, (i < n)%nat -> f i < g i) -> Sum n f < Sum n g.
Proof.
  intros Hn H; destruct n as [|n]; [lia|]; simpl.
  apply Rplus_le_lt_compat; [apply Sum_le; intros; left|]; apply H; lia.
Qed.

Theorem summed H k j t u : is_order k && fixed j H = true -> H |- bare k t u ->
  H |- bare k (Total (sort j) (bind j t)) (Total (sort j) (bind j u)).
Proof.
  intros A Hf M e Hp Hh; apply andb_prop in A; destruct A as [A1 A2]; unfold holds; simpl.
  assert (B : forall i, (i < size M (sort j))%nat -> related k (denote M (push i e) (bind j t)) (denote M (push i e) (bind j u))).
  { intros i Hi; rewrite !denote_bind; apply (use H); auto using proper_with_index, hypotheses_with_index. }
  destruct k; try discriminate; simpl in *.
  - now apply Sum_ext.
  - now apply Sum_le.
  - apply Sum_lt; [apply Hp|assumption].
Qed.

Lemma Prod_le n f g : (forall i, (i < n)%nat -> 0 <= f i <= g i) -> 0 <= Prod n f <= Prod n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  destruct IH as [I1 I2]; [intros; apply H; lia|]; destruct (H n) as [H1 H2]; [lia|]; split.
  - now apply Rmult_le_pos.
  - now apply Rmult_le_compat.
Qed.

Lemma Prod_lt n f : (forall i, (i < n)%nat -> 0 < f i) -> 0 < Prod n f.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|]; apply Rmult_lt_0_compat; [apply IH; intros; apply H|apply H]; lia.
Qed.

Theorem factors_multiplied H k j t : is_order k && fixed j H = true -> H |- sign k t ->
  H |- sign k (Product (sort j) (bind j t)).
Proof.
  intros A Hf M e Hp Hh; apply andb_prop in A; destruct A as [A1 A2]; unfold holds; simpl.
  assert (B : forall i, (i < size M (sort j))%nat -> related k 0 (denote M (push i e) (bind j t))).
  { intros i Hi; rewrite denote_bind; apply (use_sign H); auto using proper_with_index, hypotheses_with_index. }
  destruct Hp as [Ha _]; specialize (Ha (sort j)); destruct k; try discriminate; simpl in *; unfold rational; simpl.
  - destruct (size M (sort j)) as [|n]; [lia|]; simpl; rewrite <- (B n) by lia; ring.
  - apply (Prod_le _ _ (fun i => denote M (push i e) (bind j t))); intros i Hi; specialize (B i Hi); lra.
  - now apply Prod_lt.
Qed.

Theorem products_in_order H k l j t u : is_order k && is_order l && fixed j H = true ->
  H |- sign k t -> H |- bare l t u ->
  H |- bare At_most (Product (sort j) (bind j t)) (Product (sort j) (bind j u)).
Proof.
  intros A H1 H2 M e Hp Hh; apply andb_prop in A; destruct A as [A1 A2]; apply andb_prop in A1.
  destruct A1 as [A0 A1]; unfold holds; simpl; apply Prod_le; intros i Hi; rewrite !denote_bind.
  assert (Hp' := proper_with_index sort M e j i Hp Hi); assert (Hh' := hypotheses_with_index M e j i H A2 Hh).
  pose proof (use_sign _ _ _ _ _ H1 Hp' Hh') as B1; pose proof (use _ _ _ _ _ _ H2 Hp' Hh') as B2.
  destruct k, l; try discriminate; simpl in *; lra.
Qed.

(** What may be cancelled: normal forms show that the old difference is the factor times the new one. *)

Lemma difference H l f t u t' u' M e :
  equal true sort (told l) (Sub u t) (Mul f (Sub u' t')) = true -> all_follow sort H l -> proper sort M e -> all_hold M e H ->
  denote M e u - denote M e t = denote M e f * (denote M e u' - denote M e t').
Proof.
  intros A Hl Hp Hh; apply (equal_in sort true (told l) M e) in A; [exact A|assumption|].
  apply told_holds, (all_follow_hold sort H); auto.
Qed.

Theorem cancelled_positive H l k f t u t' u' :
  equal true sort (told l) (Sub u t) (Mul f (Sub u' t')) = true ->
  H |- bare k t u -> H |- sign Less f -> all_follow sort H l -> H |- bare k t' u'.
Proof.
  intros A H1 H2 Hl M e Hp Hh; pose proof (difference _ _ _ _ _ _ _ M e A Hl Hp Hh) as D.
  pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use_sign _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl in *; set (d := denote M e u' - denote M e t') in *.
  destruct k; simpl in *.
  - assert (d = 0) by (apply (Rmult_eq_reg_l (denote M e f)); lra); unfold d in *; lra.
  - assert (0 <= d) by (apply (Rmult_le_reg_l (denote M e f)); lra); unfold d in *; lra.
  - assert (0 < d) by (apply (Rmult_lt_reg_l (denote M e f)); lra); unfold d in *; lra.
  - intros E; apply B1; replace d with 0 in D by (unfold d; lra); lra.
Qed.

Theorem cancelled_nonzero H l k f t u t' u' : match k with Equal | Different => true | _ => false end = true ->
  equal true sort (told l) (Sub u t) (Mul f (Sub u' t')) = true ->
  H |- bare k t u -> H |- bare Different f (Num 0) -> all_follow sort H l -> H |- bare k t' u'.
Proof.
  intros K A H1 H2 Hl M e Hp Hh; pose proof (difference _ _ _ _ _ _ _ M e A Hl Hp Hh) as D.
  pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use _ _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl in *; set (d := denote M e u' - denote M e t') in *.
  destruct k; try discriminate; simpl in *.
  - assert (d = 0); [|unfold d in *; lra].
    apply (Rmult_eq_reg_l (denote M e f)); [lra|exact B2].
  - intros E; apply B1; replace d with 0 in D by (unfold d; lra); lra.
Qed.

Theorem positive_factor H l k f t u t' u' : match k with At_most | Less => true | _ => false end = true ->
  equal true sort (told l) (Sub u t) (Mul f (Sub u' t')) = true ->
  H |- bare Less t u -> H |- sign k f -> all_follow sort H l -> H |- bare Less t' u'.
Proof.
  intros K A H1 H2 Hl M e Hp Hh; pose proof (difference _ _ _ _ _ _ _ M e A Hl Hp Hh) as D.
  pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use_sign _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl in *; set (d := denote M e u' - denote M e t') in *; set (x := denote M e f) in *.
  assert (0 <= x) by (destruct k; try discriminate; simpl in *; lra).
  destruct (Rlt_dec 0 d) as [|N]; [unfold d in *; lra|].
  assert (x * d <= 0) by (rewrite <- (Rmult_0_r x); apply Rmult_le_compat_l; lra); lra.
Qed.

Theorem squares_in_order H l k a b t u : is_order k = true ->
  equal true sort (told l) (Sub u t) (Sub (Pow b 2) (Pow a 2)) = true ->
  H |- bare At_most t u -> H |- sign k b -> all_follow sort H l -> H |- bare At_most a b.
Proof.
  intros K A H1 H2 Hl M e Hp Hh; apply (equal_in sort true (told l) M e) in A;
    [|assumption|apply told_holds, (all_follow_hold sort H); auto].
  pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use_sign _ _ _ M e H2 Hp Hh) as B2.
  unfold holds; simpl in *; set (x := denote M e a) in *; set (y := denote M e b) in *.
  assert (0 <= y) by (destruct k; try discriminate; simpl in *; lra).
  destruct (Rle_dec x y); [assumption|].
  assert (y * y < x * x) by (apply Rmult_le_0_lt_compat; lra); lra.
Qed.

(** Powers with real exponents. *)

Lemma real_power_lt x y p : 0 < p -> 0 <= x -> x < y -> real_power x p < real_power y p.
Proof.
  intros Hp [Hx| <-] Hy.
  - rewrite !language_of_statements.real_power_positive by lra; now apply Rlt_Rpower_l.
  - rewrite real_power_at_zero by lra; now apply real_power_is_positive.
Qed.

Theorem powers_in_order H k a b p : is_order k = true ->
  H |- bare k (RealPower a p) (RealPower b p) -> H |- sign Less p -> H |- sign At_most a -> H |- sign At_most b ->
  H |- bare k a b.
Proof.
  intros K H1 H2 H3 H4 M e Hp Hh.
  pose proof (use _ _ _ _ M e H1 Hp Hh) as B1; pose proof (use_sign _ _ _ M e H2 Hp Hh) as B2.
  pose proof (use_sign _ _ _ M e H3 Hp Hh) as B3; pose proof (use_sign _ _ _ M e H4 Hp Hh) as B4.
  unfold holds; simpl in *; set (x := denote M e a) in *; set (y := denote M e b) in *; set (q := denote M e p) in *.
  pose proof (real_power_lt x y q B2 B3) as L1; pose proof (real_power_lt y x q B2 B4) as L2.
  destruct k; try discriminate; simpl in *; destruct (Rtotal_order x y) as [T|[T|T]]; try lra;
    try (specialize (L1 T); lra); try (specialize (L2 T); lra); rewrite T in B1; lra.
Qed.

Theorem product_as_power H a b : H |- sign Less b -> H |- bare Equal (Product a (rename S b)) (RealPower b (Size a)).
Proof.
  intros Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  rewrite real_power_nat by assumption; rewrite <- Prod_const; apply Prod_ext; intros; now rewrite denote_rename.
Qed.

Theorem power_of_power H b p q : H |- sign Less b ->
  H |- bare Equal (RealPower (RealPower b p) q) (RealPower b (Mul p q)).
Proof.
  intros Hf M e Hp Hh; pose proof (use_sign _ _ _ M e Hf Hp Hh) as B; unfold holds; simpl in *.
  rewrite (language_of_statements.real_power_positive (real_power _ _)) by now apply real_power_is_positive.
  rewrite !language_of_statements.real_power_positive by assumption; apply Rpower_mult.
Qed.

End Rules.
