(** Gradient flow, equation (8) of the paper: solutions on [t >= 0], and limits along them. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition
  definition_4_2 minimalist_model gradient.
Local Open Scope R_scope.

(** [u t], [v t] solve the gradient flow of the loss for [t > 0] and start continuously at [t = 0]. *)
Record gradient_flow (N d m : nat) (X : nat -> nat -> R) (y : nat -> R) (u v : R -> nat -> R) : Prop := {
  flow_u : forall (t : R) j, 0 < t -> (j < d)%nat ->
    is_derive (fun t => u t j) t (- gradient_u (INR N) N d m X y (u t) (v t) j);
  flow_v : forall (t : R) k, 0 < t -> (k < m)%nat ->
    is_derive (fun t => v t k) t (- gradient_v (INR N) N d m X y (u t) (v t) k);
  start_u : forall j, (j < d)%nat -> filterlim (fun t => u t j) (at_right 0) (locally (u 0 j));
  start_v : forall k, (k < m)%nat -> filterlim (fun t => v t k) (at_right 0) (locally (v 0 k))
}.

Section Limits.

Variable F : (R -> Prop) -> Prop.
Context {filter : Filter F}.

Lemma limit_constant (c : R) : filterlim (fun _ : R => c) F (locally c).
Proof. apply filterlim_const. Qed.

Lemma limit_plus (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) ->
  filterlim (fun t => f t + g t) F (locally (a + b)).
Proof.
  intros Hf Hg; eapply filterlim_comp_2; [exact Hf|exact Hg|].
  apply (filterlim_plus (K := R_AbsRing) (V := R_NormedModule)).
Qed.

Lemma limit_mult (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) ->
  filterlim (fun t => f t * g t) F (locally (a * b)).
Proof.
  intros Hf Hg; eapply filterlim_comp_2; [exact Hf|exact Hg|].
  apply (filterlim_mult (K := R_AbsRing)).
Qed.

Lemma limit_minus (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) ->
  filterlim (fun t => f t - g t) F (locally (a - b)).
Proof.
  intros Hf Hg.
  apply filterlim_ext with (fun t => f t + (-1) * g t); [intros; ring|].
  replace (a - b) with (a + (-1) * b) by ring.
  apply limit_plus, limit_mult; auto using limit_constant.
Qed.

Lemma limit_Sum n (f : nat -> R -> R) (l : nat -> R) :
  (forall i, (i < n)%nat -> filterlim (f i) F (locally (l i))) ->
  filterlim (fun t => ∑ i < n, f i t) F (locally (Sum n l)).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply limit_constant|].
  apply limit_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

(** The imbalance is continuous. *)
Lemma limit_imbalance d r w (u v : R -> nat -> R) (u' v' : nat -> R) k :
  (forall j, (j < d)%nat -> filterlim (fun t => u t j) F (locally (u' j))) ->
  filterlim (fun t => v t k) F (locally (v' k)) ->
  filterlim (fun t => imbalance d r w (u t) (v t) k) F (locally (imbalance d r w u' v' k)).
Proof.
  intros Hu Hv; unfold imbalance.
  apply limit_minus; [|now apply limit_mult].
  apply (limit_Sum d (fun j t => row_projection d r w (u t) j * row_projection d r w (u t) j)
           (fun j => row_projection d r w u' j * row_projection d r w u' j)).
  intros j Hj.
  assert (H : filterlim (fun t => row_projection d r w (u t) j) F (locally (row_projection d r w u' j))).
  { apply (limit_Sum r (fun i t => dot d (w i) (u t) * w i j) (fun i => dot d (w i) u' * w i j)); intros i Hi.
    apply limit_mult; [|apply limit_constant].
    apply (limit_Sum d (fun l t => w i l * u t l) (fun l => w i l * u' l)); intros l Hl.
    apply limit_mult; [apply limit_constant|auto]. }
  now apply limit_mult.
Qed.

End Limits.

(** A function with derivative 0 for [t > 0] and right-continuous at 0 keeps its value. *)
Lemma constant_of_zero_derivative (f : R -> R) :
  (forall t : R, 0 < t -> is_derive f t 0) -> filterlim f (at_right 0) (locally (f 0)) ->
  forall t, 0 <= t -> f t = f 0.
Proof.
  intros Hd H0.
  assert (Hc : forall a b, 0 < a -> a <= b -> f b = f a).
  { intros a b Ha Hab.
    destruct (MVT_gen f a b (fun _ => 0)) as [c [_ E]].
    - intros x Hx; apply Hd; rewrite Rmin_left in Hx by assumption; lra.
    - intros x Hx; apply continuity_pt_filterlim.
      apply (ex_derive_continuous (V := R_NormedModule) f x); exists 0; apply Hd.
      rewrite Rmin_left in Hx by assumption; lra.
    - lra. }
  intros t [Ht|<-]; [|reflexivity].
  assert (H1 : filterlim f (at_right 0) (locally (f t))).
  { apply filterlim_ext_loc with (fun _ => f t); [|apply filterlim_const].
    exists (mkposreal t Ht); intros x Hx H0x; simpl in Hx.
    unfold ball in Hx; simpl in Hx; unfold AbsRing_ball, abs, minus, plus, opp in Hx; simpl in Hx.
    apply Hc; [assumption|].
    apply Rabs_def2 in Hx; lra. }
  exact (filterlim_locally_unique f (f t) (f 0) H1 H0).
Qed.
