(** Probability spaces by what they do: which numbers that depend on the outcome have an expectation, what it is, and
    what holds for almost every outcome. Expectation is linear, keeps the order and gives 1 to the number 1; nothing
    else is used, so every theorem here holds for finite laws and for Gaussian ones. *)

From Coq Require Import Reals Lra Lia List.
From Kernel Require Import finite_sums inner_products.
Import ListNotations.
Local Open Scope R_scope.

Record expectation (Omega : Type) := {
  integrable : (Omega -> R) -> Prop;
  expected_value : (Omega -> R) -> R;
  integrable_constant : forall c, integrable (fun _ => c);
  integrable_plus : forall f g, integrable f -> integrable g -> integrable (fun o => f o + g o);
  integrable_scal : forall c f, integrable f -> integrable (fun o => c * f o);
  almost : (Omega -> Prop) -> Prop;
  almost_weaker : forall P Q : Omega -> Prop, (forall o, P o -> Q o) -> almost P -> almost Q;
  almost_both : forall P Q : Omega -> Prop, almost P -> almost Q -> almost (fun o => P o /\ Q o);
  almost_every : forall P : Omega -> Prop, (forall o, P o) -> almost P;
  integrable_ext : forall f g, almost (fun o => f o = g o) -> integrable f -> integrable g;
  mean_constant : forall c, expected_value (fun _ => c) = c;
  mean_plus : forall f g, integrable f -> integrable g ->
    expected_value (fun o => f o + g o) = expected_value f + expected_value g;
  mean_scal : forall c f, integrable f -> expected_value (fun o => c * f o) = c * expected_value f;
  mean_le : forall f g, integrable f -> integrable g -> almost (fun o => f o <= g o) ->
    expected_value f <= expected_value g
}.

Arguments integrable {Omega}.
Arguments expected_value {Omega}.
Arguments almost {Omega}.

Section Expectation.

Context {Omega : Type}.
Variable E : expectation Omega.

(** [f] is integrable with mean [a]. *)
Definition has_mean (f : Omega -> R) (a : R) : Prop := integrable E f /\ expected_value E f = a.

Lemma has_mean_intro f : integrable E f -> has_mean f (expected_value E f).
Proof. now split. Qed.

Lemma has_mean_almost f g a : almost E (fun o => f o = g o) -> has_mean f a -> has_mean g a.
Proof.
  intros H [If Mf]; assert (Ig : integrable E g) by (eapply integrable_ext; eauto).
  split; [assumption|]; rewrite <- Mf; apply Rle_antisym; apply mean_le; auto;
    refine (almost_weaker _ E _ _ _ H); intros o ->; apply Rle_refl.
Qed.

Lemma has_mean_ext f g a : (forall o, f o = g o) -> has_mean f a -> has_mean g a.
Proof. intros H; now apply has_mean_almost, almost_every. Qed.

Lemma has_mean_value f a b : has_mean f a -> a = b -> has_mean f b.
Proof. now intros H <-. Qed.

Lemma has_mean_constant c : has_mean (fun _ => c) c.
Proof. split; [apply integrable_constant|apply mean_constant]. Qed.

Lemma has_mean_plus f g a b : has_mean f a -> has_mean g b -> has_mean (fun o => f o + g o) (a + b).
Proof.
  intros [If Mf] [Ig Mg]; split; [now apply integrable_plus|]; rewrite mean_plus by assumption; congruence.
Qed.

Lemma has_mean_scal c f a : has_mean f a -> has_mean (fun o => c * f o) (c * a).
Proof. intros [If Mf]; split; [now apply integrable_scal|]; rewrite mean_scal by assumption; congruence. Qed.

Lemma has_mean_minus f g a b : has_mean f a -> has_mean g b -> has_mean (fun o => f o - g o) (a - b).
Proof.
  intros Hf Hg; apply has_mean_ext with (fun o => f o + (-1) * g o); [intros; ring|].
  apply has_mean_value with (a + (-1) * b); [|ring].
  now apply has_mean_plus, has_mean_scal.
Qed.

Lemma has_mean_Sum n (f : nat -> Omega -> R) a :
  (forall i, (i < n)%nat -> has_mean (f i) (a i)) -> has_mean (fun o => ∑ i < n, f i o) (Sum n a).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply has_mean_constant|].
  apply has_mean_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma has_mean_le_almost f g a b :
  has_mean f a -> has_mean g b -> almost E (fun o => f o <= g o) -> a <= b.
Proof. intros [If <-] [Ig <-] H; now apply mean_le. Qed.

Lemma has_mean_le f g a b : has_mean f a -> has_mean g b -> (forall o, f o <= g o) -> a <= b.
Proof. intros Hf Hg H; apply (has_mean_le_almost f g); auto; now apply almost_every. Qed.

(** A random number is measurable if it is integrable when it is cut off below and above at integrable numbers. *)
Definition measurable (f : Omega -> R) : Prop :=
  forall low high, integrable E low -> integrable E high -> integrable E (fun o => Rmax (low o) (Rmin (f o) (high o))).

Lemma between_is_integrable f low high : measurable f -> integrable E low -> integrable E high ->
  almost E (fun o => low o <= f o <= high o) -> integrable E f.
Proof.
  intros M L H A; refine (integrable_ext _ E _ _ _ (M low high L H)); refine (almost_weaker _ E _ _ _ A).
  intros o [B C]; now rewrite Rmin_left, Rmax_right.
Qed.

(** Jensen's inequality for the square: [(E f)^2 <= E f^2]. *)
Theorem square_of_mean f a b : has_mean f a -> has_mean (fun o => f o * f o) b -> a * a <= b.
Proof.
  intros Hf Hf2.
  assert (H : has_mean (fun o => f o * f o - 2 * a * f o + a * a) (b - 2 * a * a + a * a)).
  { apply has_mean_plus; [|apply has_mean_constant].
    apply has_mean_minus; [assumption|now apply has_mean_scal]. }
  assert (0 <= b - 2 * a * a + a * a); [|lra].
  apply (has_mean_le (fun _ => 0) _ _ _ (has_mean_constant 0) H).
  intros o; pose proof (Rle_0_sqr (f o - a)) as Hq; unfold Rsqr in Hq; lra.
Qed.

Corollary mean_below_root f a b :
  has_mean f a -> has_mean (fun o => f o * f o) b -> a <= sqrt b.
Proof.
  intros Hf Hf2; pose proof (square_of_mean f a b Hf Hf2).
  apply Rle_trans with (Rabs a); [apply Rle_abs|].
  rewrite <- sqrt_Rsqr_abs; apply sqrt_le_1_alt; unfold Rsqr; lra.
Qed.

End Expectation.

(** Jensen's inequality for a function with supporting lines. *)
Theorem jensen {Omega} (E : expectation Omega) (g : R -> R) (slope : R -> R) f a b :
  (forall m x, g m + slope m * (x - m) <= g x) ->
  has_mean E f a -> has_mean E (fun o => g (f o)) b -> g a <= b.
Proof.
  intros Hg Hf Hgf.
  assert (H : has_mean E (fun o => g a + slope a * (f o - a)) (g a + slope a * (a - a))).
  { apply has_mean_plus; [apply has_mean_constant|].
    apply has_mean_scal, has_mean_minus; [assumption|apply has_mean_constant]. }
  replace (g a) with (g a + slope a * (a - a)) by ring.
  apply (has_mean_le E _ _ _ _ H Hgf); intros; apply Hg.
Qed.

(** Finite laws are expectations: a list of outcomes with nonnegative weights of sum one. *)
Section Finite.

Context {Omega : Type}.

Fixpoint weighted_sum (law : list (R * Omega)) (f : Omega -> R) : R :=
  match law with
  | [] => 0
  | (weight, o) :: rest => weight * f o + weighted_sum rest f
  end.

Variable law : list (R * Omega).
Hypothesis weights_nonneg : forall weight o, In (weight, o) law -> 0 <= weight.
Hypothesis weights_total : weighted_sum law (fun _ => 1) = 1.

Lemma weighted_sum_plus l f g : weighted_sum l (fun o => f o + g o) = weighted_sum l f + weighted_sum l g.
Proof. induction l as [|[weight o] l IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma weighted_sum_scal l c f : weighted_sum l (fun o => c * f o) = c * weighted_sum l f.
Proof. induction l as [|[weight o] l IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma weighted_sum_le l f g :
  (forall weight o, In (weight, o) l -> 0 <= weight) ->
  (forall weight o, In (weight, o) l -> weight <> 0 -> f o <= g o) ->
  weighted_sum l f <= weighted_sum l g.
Proof.
  intros Hw H; induction l as [|[weight o] l IH]; simpl; [lra|].
  assert (0 <= weight) by (apply (Hw weight o); now left).
  assert (weighted_sum l f <= weighted_sum l g).
  { apply IH; intros w' o' Hin; [apply (Hw w' o')|apply (H w' o')]; now right. }
  destruct (Req_dec weight 0) as [->|Z]; [lra|]; specialize (H weight o (or_introl eq_refl) Z); nra.
Qed.

(** An outcome of weight 0 does not count. *)
Definition finite_expectation : expectation Omega.
Proof.
  refine {| integrable := fun _ => True; expected_value := weighted_sum law;
            almost := fun P => forall weight o, In (weight, o) law -> weight <> 0 -> P o |}; try tauto; eauto.
  - intros c; transitivity (c * weighted_sum law (fun _ => 1)); [|rewrite weights_total; ring].
    clear; induction law as [|[weight o] l IH]; simpl; [ring|rewrite IH; ring].
  - intros; apply weighted_sum_plus.
  - intros; apply weighted_sum_scal.
  - intros; now apply weighted_sum_le.
Defined.

End Finite.
