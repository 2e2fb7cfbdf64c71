(** Where the gradient flow of a loss leads, as the statements print it, and that it leads imbalances nowhere. *)

From Coq Require Import Reals Lra Lia PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition minimalist_model
  gradient gradient_flow language_of_statements printed_setting step_of_descent.
Local Open Scope R_scope.

Lemma flow_leads_ext F F' d m u v u' v' :
  (forall a b, F a b = F' a b) -> flow_leads F d m u v u' v' -> flow_leads F' d m u v u' v'.
Proof.
  intros E; replace F' with F; [auto|].
  apply functional_extensionality; intros a; apply functional_extensionality; intros b; apply E.
Qed.

Lemma with_entry_along j x (u : nat -> R) : with_entry j x u = along u (basis j) (x - u j).
Proof.
  apply functional_extensionality; intros i; unfold with_entry, along, basis, delta; rewrite (Nat.eqb_sym j i).
  destruct (Nat.eqb i j) eqn:E; [apply Nat.eqb_eq in E; subst; ring|ring].
Qed.

Lemma along_nowhere (v : nat -> R) t : along v (fun _ => 0) t = v.
Proof. apply functional_extensionality; intros i; unfold along; ring. Qed.

Lemma derive_shifted (f : R -> R) (c l : R) : is_derive f 0 l -> is_derive (fun x => f (x - c)) c l.
Proof.
  intros H; replace l with (1 * l) by ring; apply (derive_composition f (fun x => x - c)).
  - now replace (c - c) with 0 by ring.
  - auto_derive; [trivial|ring].
Qed.

Section Partial.

Variables (N d m : nat) (X : nat -> nat -> R) (y u v : nat -> R).
Hypothesis samples : (0 < N)%nat.

Lemma dot_nowhere n a : dot n a (fun _ => 0) = 0.
Proof. unfold dot; rewrite (Sum_ext n _ (fun _ => 0)) by (intros; ring); apply Sum_zero. Qed.

Lemma partial_first j : (j < d)%nat ->
  is_derive (fun x => loss N d m X y (with_entry j x u) v) (u j) (gradient_u (INR N) N d m X y u v j).
Proof.
  intros Hj; assert (HN : INR N <> 0) by (apply not_0_INR; lia).
  apply is_derive_ext with (fun x => loss N d m X y (along u (basis j) (x - u j)) (along v (fun _ => 0) (x - u j))).
  - intros x; now rewrite with_entry_along, along_nowhere.
  - apply (derive_shifted (fun t => loss N d m X y (along u (basis j) t) (along v (fun _ => 0) t))).
    eapply derive_value; [now apply gradient_is_the_derivative|].
    rewrite dot_nowhere, dot_sym, dot_basis_l by assumption; ring.
Qed.

Lemma partial_later k : (k < m)%nat ->
  is_derive (fun x => loss N d m X y u (with_entry k x v)) (v k) (gradient_v (INR N) N d m X y u v k).
Proof.
  intros Hk; assert (HN : INR N <> 0) by (apply not_0_INR; lia).
  apply is_derive_ext with (fun x => loss N d m X y (along u (fun _ => 0) (x - v k)) (along v (basis k) (x - v k))).
  - intros x; now rewrite with_entry_along, along_nowhere.
  - apply (derive_shifted (fun t => loss N d m X y (along u (fun _ => 0) t) (along v (basis k) t))).
    eapply derive_value; [now apply gradient_is_the_derivative|].
    rewrite dot_nowhere, (dot_sym m), dot_basis_l by assumption; ring.
Qed.

End Partial.

Section Conservation.

Variables (N d m r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y u v u' v' : nat -> R).
Hypothesis samples : (0 < N)%nat.
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.
Hypothesis flow : flow_leads (loss N d m X y) d m u v u' v'.

Let measured (a b : nat -> R) (k : nat) : R := norm_sq r (fun i => dot d (w i) a) - b k * b k.

Lemma measured_ext a b a' b' k :
  (forall j, (j < d)%nat -> a j = a' j) -> b k = b' k -> measured a b k = measured a' b' k.
Proof.
  intros Ha Hb; unfold measured; rewrite Hb; f_equal; apply norm_sq_ext; intros i _; now apply dot_ext.
Qed.

Lemma measured_limit (F : (R -> Prop) -> Prop) {FF : Filter F} (U V : R -> nat -> R) a b k :
  (forall j, (j < d)%nat -> filterlim (fun t => U t j) F (locally (a j))) ->
  filterlim (fun t => V t k) F (locally (b k)) ->
  filterlim (fun t => measured (U t) (V t) k) F (locally (measured a b k)).
Proof.
  intros Ha Hb; unfold measured; apply limit_minus; [assumption| |now apply limit_mult].
  apply (limit_Sum F r (fun i t => dot d (w i) (U t) * dot d (w i) (U t)) (fun i => dot d (w i) a * dot d (w i) a)).
  intros i Hi.
  assert (L : filterlim (fun t => dot d (w i) (U t)) F (locally (dot d (w i) a))).
  { apply (limit_Sum F d (fun l t => w i l * U t l) (fun l => w i l * a l)); intros l Hl.
    apply limit_mult; [assumption|apply limit_constant; assumption|auto]. }
  now apply limit_mult.
Qed.

(** Every imbalance is the same at both ends. *)
Theorem flow_keeps_imbalance k : (k < m)%nat ->
  (∑ i < r, (∑ l < d, u' l * w i l) ^ 2) - v' k ^ 2 = (∑ i < r, (∑ l < d, u l * w i l) ^ 2) - v k ^ 2.
Proof.
  intros Hk; destruct flow as [U [V [U0 [V0 [DU [DV [CU [CV End]]]]]]]].
  rewrite !printed_projection; replace (v' k ^ 2) with (v' k * v' k) by ring; replace (v k ^ 2) with (v k * v k) by ring.
  change (measured u' v' k = measured u v k).
  assert (Rate : forall t, 0 < t -> is_derive (fun t => measured (U t) (V t) k) t 0).
  { intros t Ht; set (G := fun l => ∑ n < N, X n l * residual d m X y (U t) (V t) n).
    assert (EG : forall l, transposed_vector N X (residual d m X y (U t) (V t)) l = G l)
      by (intros; apply Sum_ext; intros; ring).
    assert (SU : forall l, (l < d)%nat -> is_derive (fun t => U t l) t (- / INR N * Prod m (V t) * G l)).
    { intros l Hl; destruct (DU t l Ht Hl) as [g [Hg Du]]; eapply derive_value; [exact Du|].
      pose proof (partial_first N d m X y (U t) (V t) samples l Hl) as P.
      apply is_derive_unique in Hg; apply is_derive_unique in P; rewrite <- Hg, P.
      unfold gradient_u; rewrite EG; ring. }
    assert (SV : is_derive (fun t => V t k) t (- / INR N * Prod_except m k (V t) * dot d (U t) G)).
    { destruct (DV t k Ht Hk) as [g [Hg Dv]]; eapply derive_value; [exact Dv|].
      pose proof (partial_later N d m X y (U t) (V t) samples k Hk) as P.
      apply is_derive_unique in Hg; apply is_derive_unique in P; rewrite <- Hg, P.
      unfold gradient_v; rewrite (dot_ext d _ (U t) G (U t)), (dot_sym d G) by (intros; auto); ring. }
    unfold measured; eapply derive_value.
    - apply derive_difference; [|apply derive_square; exact SV].
      apply (derive_Sum r (fun i t => dot d (w i) (U t) * dot d (w i) (U t)) t
        (fun i => 2 * (dot d (w i) (U t) * dot d (w i) (fun l => - / INR N * Prod m (V t) * G l)))).
      intros i Hi; apply derive_square; apply derive_dot_l; exact SU.
    - rewrite (Sum_ext r _ (fun i => 2 * (- / INR N * Prod m (V t)) * (dot d (w i) (U t) * dot d (w i) G)))
        by (intros; rewrite dot_scal_r; ring).
      rewrite Sum_scal_l; fold (dot r (fun i => dot d (w i) (U t)) (fun i => dot d (w i) G)).
      unfold G at 1; rewrite (gradient_product N d r X s e w product right (residual d m X y (U t) (V t)) (U t)); fold G.
      rewrite <- (Prod_except_mult m k (V t) Hk); ring. }
  assert (Kept : forall t, 0 <= t -> measured (U t) (V t) k = measured (U 0) (V 0) k).
  { apply (constant_of_zero_derivative (fun t => measured (U t) (V t) k) Rate).
    apply measured_limit; [apply at_right_proper_filter|auto|auto]. }
  rewrite <- (measured_ext (U 0) (V 0) u v k U0 (V0 k Hk)).
  destruct End as [[T [HT [EU EV]]]|[LU LV]].
  - rewrite <- (measured_ext (U T) (V T) u' v' k EU (EV k Hk)); now apply Kept.
  - assert (L : filterlim (fun t => measured (U t) (V t) k) (Rbar_locally p_infty) (locally (measured u' v' k)))
      by (apply measured_limit; [apply Rbar_locally_filter|auto|auto]).
    assert (L' : filterlim (fun t => measured (U t) (V t) k) (Rbar_locally p_infty) (locally (measured (U 0) (V 0) k))).
    { apply filterlim_ext_loc with (fun _ => measured (U 0) (V 0) k); [|apply filterlim_const].
      exists 0; intros t Ht; symmetry; apply Kept; lra. }
    exact (filterlim_locally_unique _ _ _ L L').
Qed.

End Conservation.

(** The printed losses are those of this development. *)
Lemma printed_flow_deep N d M X y u v u' v' : (0 < N)%nat ->
  flow_leads (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^ 2) / INR N / 2)
    d M u v u' v' -> flow_leads (loss N d M X y) d M u v u' v'.
Proof.
  intros HN; apply flow_leads_ext; intros a b; unfold loss, scaled_loss; assert (0 < INR N) by now apply lt_0_INR.
  replace (∑ n < N, ((∑ k < d, a k * X n k) * Prod M (fun j => b j) - y n) ^ 2) with (norm_sq N (residual d M X y a b)).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output, matrix_vector.
    rewrite (Prod_ext M (fun j => b j) b) by reflexivity; rewrite dot_sym; unfold dot; ring.
Qed.

Lemma printed_flow_two_layers N d X y u v u' v' : (0 < N)%nat ->
  flow_leads (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N / 2)
    d 1 u (fun _ => v) u' (fun _ => v') -> flow_leads (loss N d 1 X y) d 1 u (fun _ => v) u' (fun _ => v').
Proof.
  intros HN; apply flow_leads_ext; intros a b; unfold loss, scaled_loss; assert (0 < INR N) by now apply lt_0_INR.
  replace (∑ n < N, (b 0%nat * (∑ k < d, a k * X n k) - y n) ^ 2) with (norm_sq N (residual d 1 X y a b)).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output, matrix_vector; simpl Prod; rewrite dot_sym; unfold dot; ring.
Qed.
