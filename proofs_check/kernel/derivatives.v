(** Derivatives of finite sums and products, in ordinary real arithmetic. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products.
Local Open Scope R_scope.

Lemma derive_value (f : R -> R) (x l l' : R) : is_derive f x l -> l = l' -> is_derive f x l'.
Proof. now intros H <-. Qed.

Lemma derive_ext (f g : R -> R) (x l : R) :
  (forall t, f t = g t) -> is_derive f x l -> is_derive g x l.
Proof. intros H; now apply is_derive_ext. Qed.

Lemma derive_constant (c x : R) : is_derive (fun _ : R => c) x 0.
Proof. apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule)). Qed.

Lemma derive_sum_of_two (f g : R -> R) (x a b : R) :
  is_derive f x a -> is_derive g x b -> is_derive (fun t => f t + g t) x (a + b).
Proof. intros Hf Hg; apply (is_derive_plus (V := R_NormedModule) f g x a b Hf Hg). Qed.

Lemma derive_difference (f g : R -> R) (x a b : R) :
  is_derive f x a -> is_derive g x b -> is_derive (fun t => f t - g t) x (a - b).
Proof. intros Hf Hg; apply (is_derive_minus (V := R_NormedModule) f g x a b Hf Hg). Qed.

Lemma derive_product (f g : R -> R) (x a b : R) :
  is_derive f x a -> is_derive g x b -> is_derive (fun t => f t * g t) x (a * g x + f x * b).
Proof.
  intros Hf Hg; apply (is_derive_mult f g x a b Hf Hg); intros; apply Rmult_comm.
Qed.

Lemma derive_scaled (c : R) (f : R -> R) (x a : R) :
  is_derive f x a -> is_derive (fun t => c * f t) x (c * a).
Proof.
  intros Hf; apply derive_value with (0 * f x + c * a); [|ring].
  apply derive_product; [apply derive_constant|exact Hf].
Qed.

Lemma derive_square (f : R -> R) (x a : R) :
  is_derive f x a -> is_derive (fun t => f t * f t) x (2 * (f x * a)).
Proof.
  intros Hf; apply derive_value with (a * f x + f x * a); [|ring]; now apply derive_product.
Qed.

Lemma derive_inverse (f : R -> R) (x a : R) :
  is_derive f x a -> f x <> 0 -> is_derive (fun t => / f t) x (- a / (f x * f x)).
Proof.
  intros Hf H; apply derive_value with (- a / f x ^ 2); [exact (is_derive_inv f x a Hf H)|].
  field; assumption.
Qed.

Lemma derive_composition (f g : R -> R) (x a b : R) :
  is_derive f (g x) a -> is_derive g x b -> is_derive (fun t => f (g t)) x (b * a).
Proof. intros Hf Hg; exact (is_derive_comp f g x a b Hf Hg). Qed.

Lemma derive_affine (a b x : R) : is_derive (fun t => a + t * b) x b.
Proof. auto_derive; [trivial|ring]. Qed.

Lemma derive_Sum n (f : nat -> R -> R) (x : R) (l : nat -> R) :
  (forall i, (i < n)%nat -> is_derive (f i) x (l i)) ->
  is_derive (fun t => ∑ i < n, f i t) x (Sum n l).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply derive_constant|].
  apply derive_sum_of_two; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

(** The product rule for any number of factors. *)
Lemma derive_Prod n (f : nat -> R -> R) (x : R) (l : nat -> R) :
  (forall i, (i < n)%nat -> is_derive (f i) x (l i)) ->
  is_derive (fun t => Prod n (fun i => f i t)) x
            (∑ j < n, l j * Prod_except n j (fun i => f i x)).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply derive_constant|].
  eapply derive_value.
  - apply derive_product; [apply IH; intros; apply H; lia|apply H; lia].
  - simpl; rewrite Prod_except_last, <- Sum_scal_r, (Rmult_comm (Prod n _)); f_equal.
    apply Sum_ext; intros j Hj; rewrite Prod_except_step by assumption; ring.
Qed.

Lemma derive_dot_l n (a : R -> nat -> R) (b : nat -> R) (x : R) (l : nat -> R) :
  (forall i, (i < n)%nat -> is_derive (fun t => a t i) x (l i)) ->
  is_derive (fun t => dot n b (a t)) x (dot n b l).
Proof.
  intros H; apply (derive_Sum n (fun i t => b i * a t i)); intros i Hi.
  now apply derive_scaled, H.
Qed.

(** [x] is where [f] has first derivative [f' x] for every [x], and [f'] has derivative [l] at [x]. *)
Lemma second_derivative (f f' : R -> R) (x l : R) :
  (forall t, is_derive f t (f' t)) -> is_derive f' x l -> is_derive_n f 2 x l.
Proof.
  intros H1 H2; simpl.
  apply is_derive_ext with f'; [|exact H2].
  intros t; symmetry; apply is_derive_unique, H1.
Qed.

Lemma second_derivative_unique (f : R -> R) (x l l' : R) :
  is_derive_n f 2 x l -> is_derive_n f 2 x l' -> l = l'.
Proof.
  simpl; intros H H'; apply is_derive_unique in H; apply is_derive_unique in H'.
  now rewrite <- H, <- H'.
Qed.
