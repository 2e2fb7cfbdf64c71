(** Terms with equal normal forms are equal, in every model in which the facts hold. *)

From Coq Require Import Reals List ZArith QArith Qround Qreals Bool PeanoNat Lia Lra FunctionalExtensionality.
From Kernel Require Import finite_sums language_of_statements terms meaning monomials simplify simplify_sound
  normal_form real_power.
Import ListNotations.
Local Open Scope R_scope.
Local Arguments Qred : simpl never.
Local Arguments Qinv : simpl never.
Local Arguments Qmult : simpl never.
Local Arguments Q2R : simpl never.

Definition holds_of (M : model) (e0 : env) (P : R -> Prop) (f : fact) : Prop :=
  forall e, inside M (prefix f) e0 e -> P (denote M e (subject f)).

Record facts_hold (M : model) (e0 : env) (known : facts) : Prop := {
  nonzero_hold : forall f, In f (nonzero known) -> holds_of M e0 (fun x => x <> 0) f;
  positive_hold : forall f, In f (positive known) -> holds_of M e0 (fun x => 0 < x) f;
  nonnegative_hold : forall f, In f (nonnegative known) -> holds_of M e0 (fun x => 0 <= x) f;
  orthonormal_hold : forall rows, In rows (orthonormal known) -> rows_hold M rows
}.

(** Rational numbers. *)

Lemma Q2R_red q : Q2R (Qred q) = Q2R q.
Proof. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_1 : Q2R 1 = 1.
Proof. unfold Q2R; simpl; field. Qed.

Lemma Q2R_0 : Q2R 0 = 0.
Proof. unfold Q2R; simpl; ring. Qed.

Lemma Q2R_zero q : Qeq_bool q 0 = true -> Q2R q = 0.
Proof. intros H; apply Qeq_bool_eq, Qeq_eqR in H; now rewrite H, Q2R_0. Qed.

Lemma Q2R_not_zero q : Qeq_bool q 0 = false -> Q2R q <> 0.
Proof.
  intros H E; rewrite <- Q2R_0 in E; apply eqR_Qeq, Qeq_eq_bool in E; congruence.
Qed.

Lemma Q2R_inverse q : Q2R (Qinv q) = / Q2R q.
Proof.
  destruct (Qeq_bool q 0) eqn:E.
  - pose proof (Q2R_zero q E) as H; apply Qeq_bool_eq in E; rewrite (Qeq_eqR (/ q) 0), H, Q2R_0, Rinv_0;
      [reflexivity|now rewrite E].
  - apply Q2R_inv; intros H; apply Qeq_eq_bool in H; congruence.
Qed.

Section Sound.

Variable M : model.
Hypothesis no_axis_is_empty : forall a, (0 < size M a)%nat.

(** What does not depend on facts. *)

Lemma value_of_constant q e : value_of M (constant q) e = rational q.
Proof.
  unfold constant; rewrite rational_Q2R; destruct (Qeq_bool q 0) eqn:E; simpl; [now rewrite (Q2R_zero q E)|].
  unfold value; simpl; rewrite Q2R_red; ring.
Qed.

Lemma value_of_atom t e : value_of M [atom t] e = denote M e t.
Proof. unfold value_of, value, atom; simpl; rewrite Q2R_1; ring. Qed.

Lemma value_scale c c' b l e : value M (Monomial (Qred (c * c')) b l) e = Q2R c * value M (Monomial c' b l) e.
Proof. unfold value; simpl; rewrite Q2R_red, Q2R_mult; ring. Qed.

Lemma value_of_scaled c p e : value_of M (scaled c p) e = Q2R c * value_of M p e.
Proof.
  induction p as [|[d b l] p IH]; simpl; [ring|]; rewrite IH, value_scale; ring.
Qed.

Lemma value_zero m e : Q2R (coefficient m) = 0 -> value M m e = 0.
Proof. intros H; unfold value; rewrite H; ring. Qed.

Lemma compare_monomial_eq m n : compare_monomial m n = Eq -> bound m = bound n /\ factors m = factors n.
Proof.
  unfold compare_monomial; intros H; apply lex_eq in H; destruct H as [H1 H2].
  split; [revert H1; apply compare_list_eq, Nat.compare_eq|revert H2; apply compare_list_eq, compare_eq].
Qed.

Lemma value_of_included m p e : value_of M (included m p) e = value M m e + value_of M p e.
Proof.
  induction p as [|n p IH]; simpl.
  - destruct (Qeq_bool _ _) eqn:E; simpl; [rewrite value_zero by (now apply Q2R_zero)|]; ring.
  - destruct (compare_monomial m n) eqn:C; simpl; [|ring|rewrite IH; ring].
    apply compare_monomial_eq in C; destruct C as [H1 H2], m as [c b l], n as [d b' l']; simpl in *; subst.
    assert (H : value M (Monomial c b' l') e + value M (Monomial d b' l') e = Q2R (c + d) * sums M b' (product_of M l') e)
      by (unfold value; simpl; rewrite Q2R_plus; ring).
    destruct (Qeq_bool _ 0) eqn:E; simpl.
    + apply Q2R_zero in E; rewrite Q2R_red in E; rewrite E in H; rewrite <- Rplus_assoc, H; ring.
    + rewrite <- Rplus_assoc, H; unfold value at 1; simpl; now rewrite Q2R_red.
Qed.

Lemma value_of_added p q e : value_of M (added p q) e = value_of M p e + value_of M q e.
Proof. unfold added; induction p as [|m p IH]; simpl; [ring|rewrite value_of_included, IH; ring]. Qed.

Lemma denote_of_factors c l e : denote M e (of_factors c l) = Q2R c * product_of M l e.
Proof.
  destruct l as [|t l]; simpl; [rewrite rational_Q2R; ring|].
  assert (H : denote M e (fold_left Mul l t) = denote M e t * product_of M l e).
  { revert t; induction l as [|u l IH]; intros t; simpl; [ring|rewrite IH; simpl; ring]. }
  destruct (Qeq_bool c 1) eqn:E; simpl; rewrite H; [|now rewrite rational_Q2R].
  apply Qeq_bool_eq, Qeq_eqR in E; rewrite E, Q2R_1; ring.
Qed.

Lemma denote_summed b : forall t e, denote M e (summed b t) = sums M b (fun e => denote M e t) e.
Proof. induction b as [|a b IH]; intros t e; simpl; [reflexivity|now rewrite IH]. Qed.

Lemma denote_of_monomial m e : denote M e (of_monomial m) = value M m e.
Proof.
  unfold of_monomial, value; rewrite denote_summed, <- sums_scale; apply sums_ext; intros; apply denote_of_factors.
Qed.

Lemma denote_of_polynomial p e : denote M e (of_polynomial p) = value_of M p e.
Proof.
  induction p as [|m p IH]; [simpl; rewrite rational_Q2R; apply Q2R_0|].
  destruct p as [|n p]; simpl in *; rewrite ?denote_of_monomial, ?IH; [simpl; ring|reflexivity].
Qed.

Lemma value_of_times m q e : value_of M (map (times m) q) e = value M m e * value_of M q e.
Proof. induction q as [|n q IH]; simpl; [ring|rewrite value_times, IH; ring]. Qed.

Lemma value_of_products p q e :
  value_of M (flat_map (fun m => map (times m) q) p) e = value_of M p e * value_of M q e.
Proof. induction p as [|m p IH]; simpl; [ring|rewrite value_of_app, value_of_times, IH; ring]. Qed.

Lemma inverse_factor_value t : forall e, denote M e (inverse_factor t) = / denote M e t.
Proof.
  induction t; intros e; simpl; try reflexivity.
  - now rewrite !rational_Q2R, Q2R_inverse.
  - now rewrite Rinv_inv.
  - now rewrite real_power_inverse.
  - rewrite (Prod_ext _ _ (fun i => / denote M (push i e) t)) by (intros; apply IHt).
    induction (size M axis) as [|n IH]; simpl; [now rewrite Rinv_1|now rewrite IH, Rinv_mult].
Qed.

Lemma product_of_inverses l e : product_of M (map inverse_factor l) e = / product_of M l e.
Proof. induction l as [|t l IH]; simpl; [now rewrite Rinv_1|now rewrite IH, inverse_factor_value, Rinv_mult]. Qed.

Lemma value_one c l e : value M (Monomial c [] l) e = Q2R c * product_of M l e.
Proof. reflexivity. Qed.

Lemma value_of_inverse_of_sum p e : value_of M (inverse_of_sum p) e = / value_of M p e.
Proof.
  unfold inverse_of_sum; destruct (Qeq_bool (lead p) 0) eqn:E.
  - rewrite value_of_atom; simpl; now rewrite denote_of_polynomial.
  - apply Q2R_not_zero in E; unfold value_of at 1; simpl fold_right; rewrite value_one; simpl product_of.
    rewrite denote_of_polynomial, value_of_scaled, !Q2R_inverse, Rinv_mult, Rinv_inv.
    generalize (/ value_of M p e); intros w; field; assumption.
Qed.

Lemma value_of_total a p e :
  value_of M (map (fun m => Monomial (coefficient m) (bound m ++ [a]) (factors m)) p) e =
  Sum (size M a) (fun i => value_of M p (push i e)).
Proof.
  induction p as [|m p IH]; simpl; [now rewrite Sum_zero|].
  rewrite IH, Sum_plus; f_equal; unfold value; simpl; rewrite sums_app; simpl; now rewrite Sum_scal_l.
Qed.

Lemma product_of_repeat t n e : product_of M (repeat t n) e = denote M e t ^ n.
Proof. induction n as [|n IH]; simpl; [reflexivity|now rewrite IH]. Qed.

Lemma product_over_factors a c l e :
  product_of M ((if Qeq_bool c 1 then [] else [Product a (Num c)]) ++ map (Product a) l) e =
  Prod (size M a) (fun i => Q2R c * product_of M l (push i e)).
Proof.
  rewrite Prod_mult, product_of_app; f_equal.
  - destruct (Qeq_bool c 1) eqn:E.
    + apply Qeq_bool_eq, Qeq_eqR in E; rewrite E, Q2R_1; simpl; now rewrite Prod_one.
    + simpl; rewrite rational_Q2R; ring.
  - induction l as [|t l IH]; simpl; [now rewrite Prod_one|now rewrite IH, Prod_mult].
Qed.

Variable strong : bool.
Variable sort : nat -> nat.
Variable known : facts.
Variable e0 : env.

Hypothesis in_range : forall k, (e0 k < size M (sort k))%nat.
Hypothesis facts_are_true : facts_hold M e0 known.

Local Notation normal := (normal strong sort known).

Lemma value_of_collected b p e : inside M b e0 e -> value_of M (collected sort known b p) e = value_of M p e.
Proof.
  intros Hb; unfold collected; induction p as [|m p IH]; simpl; [reflexivity|].
  rewrite value_of_included, IH; f_equal; apply (simplified_value M sort (nonzero known) (orthonormal known) e0); auto.
  - intros f Hf; now apply (nonzero_hold _ _ _ facts_are_true).
  - exact (orthonormal_hold _ _ _ facts_are_true).
Qed.

Lemma value_of_as_factor p e : value_of M (as_factor strong p) e = value_of M p e.
Proof.
  assert (G : value_of M (if Qeq_bool (lead p) 0 then [atom (of_polynomial p)]
    else [Monomial (lead p) [] [of_polynomial (scaled (Qinv (lead p)) p)]]) e = value_of M p e).
  { destruct (Qeq_bool (lead p) 0) eqn:E; [rewrite value_of_atom; apply denote_of_polynomial|].
    apply Q2R_not_zero in E; unfold value_of at 1; simpl fold_right; rewrite value_one; simpl product_of.
    rewrite denote_of_polynomial, value_of_scaled, Q2R_inverse; field; assumption. }
  unfold as_factor; destruct strong; [reflexivity|]; destruct p as [|[c [|a b] l] [|n p]]; try exact G; reflexivity.
Qed.

Lemma value_of_multiplied b p q e : inside M b e0 e ->
  value_of M (multiplied strong sort known b p q) e = value_of M p e * value_of M q e.
Proof.
  intros Hb; unfold multiplied; rewrite value_of_collected by assumption.
  now rewrite value_of_products, !value_of_as_factor.
Qed.

Lemma value_of_raised b p n e : inside M b e0 e ->
  value_of M (raised strong sort known b p n) e = value_of M p e ^ n.
Proof.
  intros Hb; induction n as [|n IH]; cbn [raised pow]; [rewrite value_of_constant, rational_Q2R; apply Q2R_1|].
  now rewrite value_of_multiplied, IH.
Qed.

Lemma value_of_inverted b p e : inside M b e0 e ->
  value_of M (inverted sort known b p) e = / value_of M p e.
Proof.
  intros Hb; destruct p as [|[c [|a b'] l] [|n p]].
  - simpl; now rewrite Rinv_0.
  - unfold inverted; rewrite value_of_collected by assumption; simpl; rewrite !value_one, product_of_inverses, Q2R_inverse.
    now rewrite !Rplus_0_r, Rinv_mult.
  - unfold inverted; rewrite value_of_collected by assumption; apply value_of_inverse_of_sum.
  - unfold inverted; rewrite value_of_collected by assumption; apply value_of_inverse_of_sum.
  - unfold inverted; rewrite value_of_collected by assumption; apply value_of_inverse_of_sum.
Qed.

Lemma has_sign_holds strict b t e : inside M b e0 e -> has_sign sort known strict b t = true ->
  if strict then 0 < denote M e t else 0 <= denote M e t.
Proof.
  intros Hb; unfold has_sign.
  assert (F : existsb (speaks_of sort b t) (if strict then positive known else nonnegative known) = true ->
              if strict then 0 < denote M e t else 0 <= denote M e t).
  { intros H; apply existsb_exists in H; destruct H as (f & Hin & H).
    destruct (speaks_of_holds M sort e0 in_range _ _ _ _ H Hb) as (e' & He' & ->).
    destruct strict; [now apply (positive_hold _ _ _ facts_are_true f)|now apply (nonnegative_hold _ _ _ facts_are_true f)]. }
  assert (S : 0 < denote M e t -> if strict then 0 < denote M e t else 0 <= denote M e t) by (destruct strict; lra).
  destruct t; try exact F.
  - destruct (Qlt_le_dec 0 q) as [H|]; [|discriminate]; intros _; apply S; simpl.
    rewrite rational_Q2R, <- Q2R_0; now apply Qlt_Rlt.
  - intros _; apply S; simpl; apply lt_0_INR, no_axis_is_empty.
  - destruct function; [|exact F]; intros _; apply S; apply exp_pos.
Qed.

Lemma is_signed_holds strict b p e : inside M b e0 e -> is_signed sort known strict b p = true ->
  if strict then 0 < value_of M p e else 0 <= value_of M p e.
Proof.
  intros Hb H; unfold is_signed in H; apply andb_prop in H; destruct H as [H1 H2].
  apply negb_true_iff in H1; apply Q2R_not_zero in H1.
  apply (has_sign_holds strict b _ e Hb) in H2; rewrite denote_of_polynomial in H2.
  unfold without_size in H2; rewrite value_of_scaled, Q2R_inverse in H2.
  assert (A : 0 < Q2R (Qabs.Qabs (lead p))).
  { destruct (Rtotal_order (Q2R (lead p)) 0) as [L|[L|L]]; [|contradiction|].
    - rewrite (Qeq_eqR (Qabs.Qabs (lead p)) (- lead p)), Q2R_opp; [lra|].
      apply Qabs.Qabs_neg, Rle_Qle; rewrite Q2R_0; lra.
    - rewrite (Qeq_eqR (Qabs.Qabs (lead p)) (lead p)); [lra|].
      apply Qabs.Qabs_pos, Rle_Qle; rewrite Q2R_0; lra. }
  set (a := Q2R (Qabs.Qabs (lead p))) in *; set (v := value_of M p e) in *.
  assert (V : v = a * (/ a * v)) by (field; lra).
  destruct strict; rewrite V; [now apply Rmult_lt_0_compat|apply Rmult_le_pos; [lra|assumption]].
Qed.

Lemma constant_part_alone q e : match q with [Monomial _ [] []] => true | _ => false end = true ->
  value_of M q e = Q2R (constant_part q).
Proof.
  destruct q as [|[c [|? ?] [|? ?]] [|? ?]]; try discriminate; intros _; simpl.
  unfold value; simpl; rewrite Q2R_plus, Q2R_0; ring.
Qed.

Lemma Q2R_Z k : Q2R (inject_Z k) = IZR k.
Proof. unfold Q2R; simpl; field. Qed.

Lemma value_of_real_power b p q e : inside M b e0 e ->
  value_of M (real_power_of strong sort known b p q) e = real_power (value_of M p e) (value_of M q e).
Proof.
  intros Hb; unfold real_power_of.
  set (c := constant_part q); set (k := Qfloor c); set (rest := added _ q).
  assert (Hrest : value_of M q e = IZR k + value_of M rest e).
  { unfold rest; rewrite value_of_added, value_of_constant, rational_Q2R, Q2R_opp, Q2R_Z; ring. }
  set (whole := if (0 <=? k)%Z then _ else _); set (closed := [atom _]).
  set (may_split := is_signed _ _ _ _ _ || _).
  assert (Hplain : value_of M [atom (RealPower (of_polynomial p) (of_polynomial q))] e
                   = real_power (value_of M p e) (value_of M q e))
    by (rewrite value_of_atom; simpl; now rewrite !denote_of_polynomial).
  destruct (match p with [Monomial c [] []] => Qeq_bool c 1 | _ => false end) eqn:One.
  { destruct p as [|[d [|? ?] [|? ?]] [|? ?]]; try discriminate; apply Qeq_bool_eq, Qeq_eqR in One.
    rewrite value_of_constant, rational_Q2R; unfold value_of, value; simpl; rewrite One, Q2R_1.
    replace (1 * 1 + 0) with 1 by ring; symmetry; apply real_power_of_one. }
  clear One; destruct (may_split && _) eqn:E; [|exact Hplain].
  apply andb_prop in E; destruct E as [E _]; clear Hplain.
  assert (Hwhole : value_of M whole e =
    if (0 <=? k)%Z then value_of M p e ^ Z.to_nat k else (/ value_of M p e) ^ Z.to_nat (- k)).
  { unfold whole; destruct (0 <=? k)%Z; rewrite value_of_raised by assumption; [reflexivity|].
    now rewrite value_of_inverted. }
  assert (Hclosed : value_of M closed e = real_power (value_of M p e) (value_of M rest e))
    by (unfold closed; rewrite value_of_atom; simpl; now rewrite !denote_of_polynomial).
  assert (Hsplit : real_power (value_of M p e) (value_of M q e) =
                   real_power (value_of M p e) (value_of M rest e) * value_of M whole e
                   /\ 0 <= value_of M p e).
  { unfold may_split in E; apply orb_prop in E; destruct E as [E|E].
    - apply (is_signed_holds true b p e Hb) in E; simpl in E.
      rewrite Hwhole, Hrest; split; [now apply real_power_split|lra].
    - apply andb_prop in E; destruct E as [E E0]; apply andb_prop in E; destruct E as [E E1].
      apply andb_prop in E; destruct E as [E E2].
      apply (is_signed_holds false b p e Hb) in E; simpl in E.
      destruct (Qlt_le_dec 0 c) as [Hc|]; [|discriminate].
      pose proof (constant_part_alone q e E0) as Hq; fold c in Hq.
      assert (Hk : (0 <= k)%Z) by (now apply Z.leb_le).
      assert (Hr : 0 <= value_of M rest e).
      { assert (IZR k <= Q2R c) by (rewrite <- Q2R_Z; apply Qle_Rle, Qfloor_le); lra. }
      rewrite Hwhole, (proj2 (Z.leb_le 0 k) Hk); split; [|assumption].
      rewrite Hrest; apply real_power_split_nonnegative; auto.
      rewrite <- Hrest, Hq, <- Q2R_0; now apply Qlt_Rlt. }
  destruct Hsplit as [Hsplit Hp]; rewrite Hsplit, <- Hclosed; clearbody closed whole.
  destruct rest as [|m r].
  - rewrite Hclosed; simpl value_of at 2; rewrite real_power_zero by assumption; ring.
  - destruct (k =? 0)%Z eqn:K.
    + rewrite Hwhole; apply Z.eqb_eq in K; rewrite K.
      change (0 <=? 0)%Z with true; change (Z.to_nat 0) with 0%nat; simpl; ring.
    + now rewrite value_of_multiplied.
Qed.

Lemma another_power_value b x u l r e : inside M b e0 e -> another_power sort known b x u l = Some r ->
  product_of M r e = real_power (denote M e x) (denote M e u) * product_of M l e.
Proof.
  intros Hb; revert r; induction l as [|t l IH]; intros r; [discriminate|].
  assert (Next : match another_power sort known b x u l with Some r => Some (t :: r) | None => None end = Some r ->
    product_of M r e = real_power (denote M e x) (denote M e u) * product_of M (t :: l) e).
  { destruct (another_power sort known b x u l) as [s|]; [|discriminate]; intros [= <-]; simpl.
    rewrite (IH s eq_refl); ring. }
  destruct t; try exact Next; simpl.
  destruct (same x t1 && _) eqn:E; [|exact Next].
  apply andb_prop in E; destruct E as [E1 E2]; apply same_eq in E1; subst t1; intros [= <-]; simpl.
  rewrite <- Rmult_assoc; f_equal.
  apply orb_prop in E2; destruct E2 as [E2|E2].
  - apply (has_sign_holds true b _ e Hb) in E2; now apply real_power_plus.
  - apply andb_prop in E2; destruct E2 as [E2 E3]; apply andb_prop in E2; destruct E2 as [E2 E4].
    apply (has_sign_holds false b _ e Hb) in E2.
    assert (P : forall v, is_positive_number v = true -> 0 < denote M e v).
    { intros [] Hv; try discriminate; simpl in *; destruct (Qlt_le_dec 0 q) as [H|]; [|discriminate].
      rewrite rational_Q2R, <- Q2R_0; now apply Qlt_Rlt. }
    apply real_power_plus_nonnegative; auto.
Qed.

Lemma powers_joined_value fuel b e : inside M b e0 e -> forall done l,
  product_of M (powers_joined sort known fuel b done l) e = product_of M done e * product_of M l e.
Proof.
  intros Hb; induction fuel as [|fuel IH]; intros done l; [apply product_of_app|].
  destruct l as [|t l]; [apply product_of_app|].
  destruct t; simpl powers_joined; try (rewrite IH; simpl; ring).
  destruct (another_power sort known b t1 t2 l) as [r|] eqn:E; rewrite IH; simpl; [|ring].
  rewrite (another_power_value b t1 t2 l r e Hb E); ring.
Qed.

Lemma value_of_joined b p e : inside M b e0 e -> value_of M (with_joined_powers sort known b p) e = value_of M p e.
Proof.
  intros Hb; induction p as [|[c b' l] p IH]; simpl; [reflexivity|]; rewrite IH; f_equal.
  apply value_ext; intros e' He'; rewrite (powers_joined_value _ (b' ++ b)); [simpl; ring|].
  now apply (inside_trans M b b' e0 e).
Qed.

Lemma Prod_of_zeros a e : Prod (size M a) (fun i => value_of M [] (push i e)) = 0.
Proof. specialize (no_axis_is_empty a); destruct (size M a); [lia|]; simpl; ring. Qed.

Lemma value_of_product b a p e : inside M b e0 e ->
  value_of M (product_over sort known b a p) e = Prod (size M a) (fun i => value_of M p (push i e)).
Proof.
  intros Hb.
  assert (G : value_of M (collected sort known b [atom (Product a (of_polynomial p))]) e
              = Prod (size M a) (fun i => value_of M p (push i e))).
  { rewrite value_of_collected, value_of_atom by assumption; simpl; apply Prod_ext; intros; apply denote_of_polynomial. }
  destruct p as [|[c [|a' b'] l] [|n p]]; try exact G.
  - now rewrite Prod_of_zeros.
  - unfold product_over; rewrite value_of_collected by assumption; unfold value_of at 1; simpl fold_right.
    rewrite value_one, Q2R_1, product_over_factors, Rmult_1_l, Rplus_0_r.
    apply Prod_ext; intros; simpl; rewrite value_one; ring.
Qed.

Lemma exp_times x n : exp (INR n * x) = exp x ^ n.
Proof.
  induction n as [|n IH]; [simpl; now rewrite Rmult_0_l, exp_0|].
  rewrite S_INR; simpl; rewrite <- IH, <- exp_plus; f_equal; ring.
Qed.

Lemma value_of_exponential b p e : inside M b e0 e ->
  value_of M (exponential_of sort known b p) e = exp (value_of M p e).
Proof.
  intros Hb; unfold exponential_of; destruct p as [|m p0] eqn:Ep.
  - rewrite value_of_constant, rational_Q2R, Q2R_1; simpl; now rewrite exp_0.
  - rewrite <- Ep in *; clear Ep m p0; set (c := lead p); destruct (Qeq_bool c 0) eqn:E.
    + rewrite value_of_atom; simpl; now rewrite denote_of_polynomial.
    + apply Q2R_not_zero in E.
      rewrite value_of_collected by assumption; unfold value_of at 1; simpl fold_right.
      rewrite value_one, Q2R_1, Rmult_1_l, Rplus_0_r, product_of_repeat.
      set (whole := Pos.eqb (Qden c) 1); set (v := value_of M p e).
      set (sign := if Qlt_le_dec 0 c then 1%Q else (- (1))%Q).
      assert (A : Q2R (Qabs.Qabs c) = Q2R sign * Q2R c /\ Q2R sign * Q2R sign = 1).
      { unfold sign; destruct (Qlt_le_dec 0 c) as [H|H].
        - rewrite (Qeq_eqR (Qabs.Qabs c) c), Q2R_1 by (apply Qabs.Qabs_pos; now apply Qlt_le_weak); lra.
        - rewrite (Qeq_eqR (Qabs.Qabs c) (- c)), !Q2R_opp, Q2R_1 by (now apply Qabs.Qabs_neg); lra. }
      set (size := if whole then 1%Q else Qabs.Qabs c).
      set (n := if whole then Z.to_nat (Z.abs (Qnum c)) else 1%nat).
      assert (N : INR n * Q2R size = Q2R (Qabs.Qabs c)).
      { unfold n, size; destruct whole eqn:W; [|simpl; ring].
        apply Pos.eqb_eq in W; rewrite INR_IZR_INZ, Z2Nat.id by apply Z.abs_nonneg.
        destruct c as [z d]; simpl in *; subst d; unfold Q2R; simpl; field. }
      assert (X : denote M e (Apply 0 (of_polynomial (scaled (size / Qabs.Qabs c * sign) p)))
                  = exp (Q2R size * / Q2R (Qabs.Qabs c) * Q2R sign * v)).
      { simpl; rewrite denote_of_polynomial, value_of_scaled; unfold Qdiv; rewrite !Q2R_mult, Q2R_inverse; reflexivity. }
      assert (Nz : Q2R (Qabs.Qabs c) <> 0).
      { rewrite (proj1 A); apply Rmult_integral_contrapositive_currified; [|assumption].
        intros Z; destruct A as [_ A]; rewrite Z in A; lra. }
      assert (Y : INR n * (Q2R size * / Q2R (Qabs.Qabs c) * Q2R sign * v) = Q2R sign * v).
      { transitivity (INR n * Q2R size * / Q2R (Qabs.Qabs c) * Q2R sign * v); [ring|]; rewrite N; field; assumption. }
      assert (Z : exp (Q2R sign * v) = denote M e (Apply 0 (of_polynomial (scaled (size / Qabs.Qabs c * sign) p))) ^ n)
        by (now rewrite X, <- exp_times, Y).
      unfold sign in *; destruct (Qlt_le_dec 0 c).
      * transitivity (exp (Q2R 1 * v)); [symmetry; exact Z|rewrite Q2R_1; f_equal; ring].
      * transitivity (/ exp (Q2R (- (1)) * v)); [rewrite Z; apply pow_inv|].
        rewrite Q2R_opp, Q2R_1, <- exp_Ropp; f_equal; ring.
Qed.

Lemma value_of_closed_sums p e : value_of M (map (closed_sum strong) p) e = value_of M p e.
Proof.
  induction p as [|[c b l] p IH]; simpl; [reflexivity|]; rewrite IH; f_equal.
  unfold closed_sum; simpl; destruct b as [|a b]; [reflexivity|]; destruct strong; [reflexivity|].
  rewrite value_one; cbn [product_of fold_right]; rewrite denote_of_monomial; unfold value; simpl; rewrite Q2R_1; ring.
Qed.

Theorem normal_value t : forall b e, inside M b e0 e -> value_of M (normal b t) e = denote M e t.
Proof.
  induction t; intros b e Hb; cbn [normal_form.normal denote].
  - apply value_of_constant.
  - rewrite value_of_collected by assumption; apply value_of_atom.
  - rewrite value_of_collected by assumption; apply value_of_atom.
  - rewrite value_of_collected by assumption; apply value_of_atom.
  - now rewrite value_of_added, IHt1, IHt2.
  - rewrite value_of_added, value_of_scaled, Q2R_opp, Q2R_1, IHt1, IHt2 by assumption; ring.
  - now rewrite value_of_multiplied, IHt1, IHt2.
  - now rewrite value_of_multiplied, value_of_inverted, IHt1, IHt2.
  - rewrite value_of_scaled, Q2R_opp, Q2R_1, IHt by assumption; ring.
  - now rewrite value_of_inverted, IHt.
  - now rewrite value_of_raised, value_of_as_factor, IHt.
  - now rewrite value_of_real_power, IHt1, IHt2.
  - rewrite value_of_real_power, IHt, value_of_constant, rational_Q2R by assumption.
    rewrite <- real_power_half; f_equal; unfold Q2R; simpl; field.
  - destruct function as [|f]; [now rewrite value_of_exponential, IHt|].
    rewrite value_of_atom; simpl; now rewrite denote_of_polynomial, IHt.
  - rewrite value_of_added, value_of_closed_sums, value_of_collected, value_of_total by assumption.
    simpl value_of at 2; rewrite Rplus_0_r; apply Sum_ext; intros i Hi.
    now apply IHt, inside_push.
  - rewrite value_of_product by assumption; apply Prod_ext; intros i Hi; now apply IHt, inside_push.
Qed.

Lemma settled_value b e rounds : inside M b e0 e -> forall t,
  value_of M (settled strong sort known b rounds t) e = denote M e t.
Proof.
  intros Hb; assert (N : forall t, value_of M (normal b t) e = denote M e t) by (intros; now apply normal_value).
  induction rounds as [|rounds IH]; intros t; simpl; [apply N|].
  destruct (same t _); [apply N|].
  rewrite IH, denote_of_polynomial, value_of_joined by assumption; apply N.
Qed.

Lemma occurrences_value x y e l : denote M e x = / y -> y <> 0 -> forall d, (occurrences x l <= d)%nat ->
  product_of M l e * y ^ d = product_of M (filter (fun t => negb (same x t)) l) e * y ^ (d - occurrences x l).
Proof.
  intros Hx Hy; unfold occurrences; induction l as [|t l IH]; intros d Hd; simpl in *; [now rewrite Nat.sub_0_r|].
  destruct (same x t) eqn:E; simpl in *; [|rewrite !Rmult_assoc, IH by assumption; reflexivity].
  apply same_eq in E; subst t; destruct d as [|d]; [lia|]; simpl.
  rewrite <- IH by lia; rewrite Hx; field; assumption.
Qed.

Lemma cleared_value y p : denote M e0 y <> 0 ->
  value_of M (cleared strong sort known (Inv y) y p) e0 = value_of M p e0 * denote M e0 y ^ degree (Inv y) p.
Proof.
  intros Hy; unfold cleared; set (d := degree (Inv y) p).
  assert (Hd : forall m, In m p -> (occurrences (within m (Inv y)) (factors m) <= d)%nat).
  { unfold d; clear d; induction p as [|n p IH]; intros m; [intros []|].
    change (degree (Inv y) (n :: p)) with (Nat.max (degree (Inv y) p) (occurrences (within n (Inv y)) (factors n))).
    intros [<-|Hm]; [lia|]; specialize (IH m Hm); lia. }
  revert Hd; generalize d as d'; clear d; intros d Hd; induction p as [|m p IH]; simpl; [ring|].
  rewrite value_of_added, IH by (intros; apply Hd; simpl; auto).
  rewrite Rmult_plus_distr_r; f_equal.
  unfold cleared_monomial; rewrite value_of_multiplied, value_of_raised, normal_value by apply inside_nothing.
  unfold value_of at 1; simpl fold_right; rewrite Rplus_0_r.
  specialize (Hd m (or_introl eq_refl)); destruct m as [c b l]; unfold value; cbn [coefficient bound factors] in *.
  set (x := within _ _) in *; rewrite !Rmult_assoc; f_equal.
  rewrite !(Rmult_comm (sums _ _ _ _)), <- !sums_scale; apply sums_ext; intros e [_ He].
  rewrite !(Rmult_comm (denote M e0 y ^ _)); symmetry; apply occurrences_value; auto.
  unfold x, within; rewrite denote_rename; cbn [bound denote]; do 2 f_equal; now apply functional_extensionality.
Qed.

Lemma vanishes_zero fuel : forall p, vanishes strong sort known fuel p = true -> value_of M p e0 = 0.
Proof.
  induction fuel as [|fuel IH]; intros [|m p]; try reflexivity; [discriminate|].
  cbn [vanishes]; destruct (flat_map _ _) as [|t r] eqn:E; [discriminate|]; destruct t; try discriminate.
  intros H; apply IH in H; rewrite settled_value, denote_of_polynomial in H by apply inside_nothing.
  assert (Hin : In (Inv t) (flat_map (outer_inverses sort known) (m :: p))) by (rewrite E; simpl; auto).
  apply in_flat_map in Hin; destruct Hin as (n & _ & Hn); apply filter_In in Hn; destruct Hn as [_ Hn].
  assert (Ht : denote M e0 t <> 0).
  { apply (differs_holds M sort (nonzero known) e0 no_axis_is_empty in_range) with (b := []); auto.
    - intros f Hf; now apply (nonzero_hold _ _ _ facts_are_true).
    - apply inside_nothing. }
  rewrite cleared_value in H by assumption.
  apply Rmult_integral in H; destruct H as [H|H]; [exact H|].
  exfalso; revert H; now apply pow_nonzero.
Qed.

End Sound.

(** Facts are put into normal form by the same procedure, inside of their own prefix. *)

Lemma no_facts_hold M e : facts_hold M e no_facts.
Proof. split; simpl; tauto. Qed.

Lemma prepared_fact_holds M sort known e0 sign f g (P : R -> Prop) :
  (forall a, (0 < size M a)%nat) -> (forall k, (e0 k < size M (sort k))%nat) -> facts_hold M e0 known ->
  (forall c x, c <> 0 -> (sign = true -> 0 < c) -> P x -> P (c * x)) ->
  holds_of M e0 P f -> In g (prepared_fact sign sort known f) -> holds_of M e0 P g.
Proof.
  intros Ha Hr Hk HP Hf; unfold prepared_fact; set (p := settled _ _ _ _ _ _).
  destruct (Qeq_bool (lead p) 0) eqn:E.
  - intros [<-|[]]; exact Hf.
  - intros Hg e He.
    assert (Hp : value_of M p e = denote M e (subject f)).
    { unfold p; apply (settled_value M Ha true sort known e0 Hr Hk); destruct Hg as [<-|[<-|[<-|[]]]]; exact He. }
    destruct Hg as [<-|[<-|[<-|[]]]]; cbn [prefix subject] in *; [now apply Hf|rewrite denote_of_polynomial, Hp; now apply Hf|].
    apply Q2R_not_zero in E; rewrite denote_of_polynomial.
    destruct sign; unfold without_size, monic; rewrite value_of_scaled, Q2R_inverse, Hp.
    + assert (A : 0 < Q2R (Qabs.Qabs (lead p))).
      { destruct (Rtotal_order (Q2R (lead p)) 0) as [L|[L|L]]; [|contradiction|].
        - rewrite (Qeq_eqR (Qabs.Qabs (lead p)) (- lead p)), Q2R_opp; [lra|].
          apply Qabs.Qabs_neg, Rle_Qle; rewrite Q2R_0; lra.
        - rewrite (Qeq_eqR (Qabs.Qabs (lead p)) (lead p)); [lra|].
          apply Qabs.Qabs_pos, Rle_Qle; rewrite Q2R_0; lra. }
      apply HP; [apply Rinv_neq_0_compat; lra|intros _; now apply Rinv_0_lt_compat|now apply Hf].
    + apply HP; [now apply Rinv_neq_0_compat|discriminate|now apply Hf].
Qed.

Lemma prepared_by_holds M sort e0 known by_what :
  (forall a, (0 < size M a)%nat) -> (forall k, (e0 k < size M (sort k))%nat) ->
  facts_hold M e0 known -> facts_hold M e0 by_what ->
  facts_hold M e0 (Facts (flat_map (prepared_fact false sort by_what) (nonzero known))
                         (flat_map (prepared_fact true sort by_what) (positive known))
                         (flat_map (prepared_fact true sort by_what) (nonnegative known))
                         (orthonormal known)).
Proof.
  intros Ha Hr [H1 H2 H3 H4] Hk; split; simpl; try exact H4;
    intros g Hg; apply in_flat_map in Hg; destruct Hg as (f & Hf & Hg).
  - apply (prepared_fact_holds M sort by_what e0 false f g); try assumption; [|now apply H1].
    intros c x Hc _ Hx; now apply Rmult_integral_contrapositive_currified.
  - apply (prepared_fact_holds M sort by_what e0 true f g); try assumption; [|now apply H2].
    intros c x _ Hc Hx; apply Rmult_lt_0_compat; auto.
  - apply (prepared_fact_holds M sort by_what e0 true f g); try assumption; [|now apply H3].
    intros c x _ Hc Hx; apply Rmult_le_pos; [specialize (Hc eq_refl); lra|assumption].
Qed.

Theorem equal_sound M strong sort known e t u :
  (forall a, (0 < size M a)%nat) -> (forall k, (e k < size M (sort k))%nat) -> facts_hold M e known ->
  equal strong sort known t u = true -> denote M e t = denote M e u.
Proof.
  intros Ha Hr Hf H; unfold equal in H; apply orb_prop in H; destruct H as [H|H].
  - now rewrite (same_eq _ _ H).
  - assert (Hp : facts_hold M e (prepared_twice sort known)).
    { exact (prepared_by_holds M sort e known (prepared sort known) Ha Hr Hf
        (prepared_by_holds M sort e known known Ha Hr Hf Hf)). }
    apply (vanishes_zero M Ha _ _ _ _ Hr Hp) in H.
    rewrite (settled_value M Ha strong sort _ e Hr Hp) in H by apply inside_nothing; simpl in H; lra.
Qed.
