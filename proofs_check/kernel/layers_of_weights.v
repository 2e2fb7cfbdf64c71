(** A loss of several layers of weights, each a matrix: its sharpness, and where its gradient flow leads, as the printed
    statements say them. Layer [l] of [D] has [rows l] rows and [columns l] columns, and [W l b k] is an entry of it. *)

From Coq Require Import Reals Lra List PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
Import ListNotations.
Local Open Scope R_scope.

Definition weights := nat -> nat -> nat -> R.

Section Loss.

Variables (L : weights -> R) (D : nat) (rows columns : nat -> nat).

Definition is_entry (l b k : nat) : Prop := (l < D)%nat /\ (b < rows l)%nat /\ (k < columns l)%nat.

Definition squared_size (F : weights) : R := ∑ l < D, ∑ b < rows l, ∑ k < columns l, F l b k ^ 2.

Definition moved (W F : weights) (t : R) : weights := fun l b k => W l b k + t * F l b k.

(** The least upper bound of the second derivative along the unit directions. *)
Definition is_sharpness_of_network (W : weights) (S : R) : Prop :=
  is_lub (fun q => exists F, squared_size F = 1 /\ is_derive_n (fun t => L (moved W F t)) 2 0 q) S.

(** Weights with the number [x] in place of one of them. *)
Definition with_weight (l b k : nat) (x : R) (W : weights) : weights :=
  fun l' b' k' => if (Nat.eqb l' l && Nat.eqb b' b && Nat.eqb k' k)%bool then x else W l' b' k'.

(** A solution of the gradient flow, for [t > 0] and continuous at 0, runs from [W] to [W'] or converges to it. *)
Definition flow_of_network_leads (W W' : weights) : Prop :=
  exists U : R -> weights,
    (forall l b k, is_entry l b k -> U 0 l b k = W l b k) /\
    (forall (t : R) l b k, 0 < t -> is_entry l b k -> exists slope,
       is_derive (fun x => L (with_weight l b k x (U t))) (U t l b k) slope /\
       is_derive (fun t => U t l b k) t (- slope)) /\
    (forall l b k, is_entry l b k -> filterlim (fun t => U t l b k) (at_right 0) (locally (U 0 l b k))) /\
    ((exists T, 0 <= T /\ forall l b k, is_entry l b k -> U T l b k = W' l b k) \/
     forall l b k, is_entry l b k -> filterlim (fun t => U t l b k) (Rbar_locally p_infty) (locally (W' l b k))).

End Loss.

(** The same of layers in a list, whose rows and columns are another. A vector of weights has one column. *)
Definition row_count (shapes : list (nat * nat)) (l : nat) : nat := fst (nth l shapes (0%nat, 0%nat)).
Definition column_count (shapes : list (nat * nat)) (l : nat) : nat := snd (nth l shapes (0%nat, 0%nat)).
Definition in_layers (matrices : list (nat -> nat -> R)) (l : nat) : nat -> nat -> R := nth l matrices (fun _ _ => 0).

Definition is_sharpness_of_layers (L : weights -> R) (shapes : list (nat * nat)) (W : list (nat -> nat -> R)) (S : R) :
  Prop := is_sharpness_of_network L (length shapes) (row_count shapes) (column_count shapes) (in_layers W) S.

Definition flow_of_layers_leads (L : weights -> R) (shapes : list (nat * nat)) (W W' : list (nat -> nat -> R)) : Prop :=
  flow_of_network_leads L (length shapes) (row_count shapes) (column_count shapes) (in_layers W) (in_layers W').

Lemma flow_of_network_leads_ext L L' D rows columns W W' :
  (forall V, L V = L' V) -> flow_of_network_leads L D rows columns W W' -> flow_of_network_leads L' D rows columns W W'.
Proof. intros E; now rewrite (functional_extensionality L L' E). Qed.

Lemma is_sharpness_of_network_ext L L' D rows columns W S :
  (forall V, L V = L' V) -> is_sharpness_of_network L D rows columns W S -> is_sharpness_of_network L' D rows columns W S.
Proof. intros E; now rewrite (functional_extensionality L L' E). Qed.
