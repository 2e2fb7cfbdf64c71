(** The procedure at work: identities of sums of any size, each decided by computation alone. *)

From Coq Require Import Reals List QArith PeanoNat Lia.
From Kernel Require Import finite_sums terms meaning monomials simplify normal_form normal_form_sound.
Import ListNotations.
Local Open Scope R_scope.

(** One axis of [n] indices, and two families over it. *)
Definition two_families (n : nat) (a b : nat -> R) : model :=
  Model (fun _ => S n) (fun l i => match l, i with O, [k] => a k | S O, [k] => b k | _, _ => 0 end) (fun _ x => x).

(** Lagrange's identity, for families of any size. *)
Theorem lagrange n a b :
  Sum (S n) (fun i => a i ^ 2) * Sum (S n) (fun i => b i ^ 2) - Sum (S n) (fun i => a i * b i) ^ 2 =
  / 2 * Sum (S n) (fun i => Sum (S n) (fun j => (a i * b j - a j * b i) ^ 2)).
Proof.
  pose (A k := Entry 0 [k]); pose (B k := Entry 1 [k]).
  refine (equal_sound (two_families n a b) true (fun _ => O) no_facts (fun _ => O)
    (Sub (Mul (Total 0 (Pow (A 0%nat) 2)) (Total 0 (Pow (B 0%nat) 2)))
         (Pow (Total 0 (Mul (A 0%nat) (B 0%nat))) 2))
    (Mul (Inv (Num 2))
         (Total 0 (Total 0 (Pow (Sub (Mul (A 1%nat) (B 0%nat)) (Mul (A 0%nat) (B 1%nat))) 2)))) _ _ _ _).
  - intros; simpl; lia.
  - intros; simpl; lia.
  - apply no_facts_hold.
  - vm_compute; reflexivity.
Qed.

(** A quotient: [sum a^2 / (sum a^2 + c) + c / (sum a^2 + c) = 1], where the divisor differs from 0. *)
Theorem parts_of_a_whole n a (c : R) : Sum (S n) (fun i => a i ^ 2) + c <> 0 ->
  Sum (S n) (fun i => a i ^ 2) / (Sum (S n) (fun i => a i ^ 2) + c) + c / (Sum (S n) (fun i => a i ^ 2) + c) = 1.
Proof.
  intros H; pose (s := Total 0 (Pow (Entry 0 [0%nat]) 2)); pose (d := Add s (Entry 1 [])).
  refine (equal_sound
    (Model (fun _ => S n) (fun l i => match l, i with O, [k] => a k | S O, [] => c | _, _ => 0 end) (fun _ x => x))
    true (fun _ => O) (Facts [Fact [] d] [] [] []) (fun _ => O)
    (Add (Div s d) (Div (Entry 1 []) d)) (Num 1) _ _ _ _).
  - intros; simpl; lia.
  - intros; simpl; lia.
  - split; simpl; try tauto.
    intros f [<-|[]] e He; exact H.
  - vm_compute; reflexivity.
Qed.
