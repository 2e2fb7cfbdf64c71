(** What the printed statements of the ledger say beyond the real numbers of Coq: powers with any exponent, which are
    0 where the ledger says so, the coefficients of a polynomial, and where the gradient flow of a loss leads. *)

From Coq Require Import Reals Lra PeanoNat.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

(** [x ^ p] for a base of at least 0: 0 for a smaller one, and at 0 unless the exponent is 0. *)
Definition real_power (x p : R) : R :=
  if Rlt_dec 0 x then Rpower x p
  else if Req_EM_T x 0 then (if Req_EM_T p 0 then 1 else 0) else 0.

Lemma real_power_positive x p : 0 < x -> real_power x p = Rpower x p.
Proof. intros H; unfold real_power; destruct (Rlt_dec 0 x); [reflexivity|contradiction]. Qed.

(** The coefficient of order [k] of a polynomial in one variable. *)
Definition coefficient (k : nat) (f : R -> R) : R := Derive_n f k 0 / INR (fact k).

(** A vector with the number [x] in place [j]. *)
Definition with_entry (j : nat) (x : R) (u : nat -> R) (i : nat) : R := if Nat.eqb i j then x else u i.

(** A solution of the gradient flow of [F], for [t > 0] and continuous at 0, runs from [(u, v)] to [(u', v')] or
    converges to it. The weights are a first layer of length [d] and [m] numbers; every slope is the derivative of [F]
    where one weight alone moves. *)
Definition flow_leads (F : (nat -> R) -> (nat -> R) -> R) (d m : nat) (u v u' v' : nat -> R) : Prop :=
  exists U V : R -> nat -> R,
    (forall j, (j < d)%nat -> U 0 j = u j) /\ (forall k, (k < m)%nat -> V 0 k = v k) /\
    (forall (t : R) j, 0 < t -> (j < d)%nat -> exists slope,
       is_derive (fun x => F (with_entry j x (U t)) (V t)) (U t j) slope /\ is_derive (fun t => U t j) t (- slope)) /\
    (forall (t : R) k, 0 < t -> (k < m)%nat -> exists slope,
       is_derive (fun x => F (U t) (with_entry k x (V t))) (V t k) slope /\ is_derive (fun t => V t k) t (- slope)) /\
    (forall j, (j < d)%nat -> filterlim (fun t => U t j) (at_right 0) (locally (U 0 j))) /\
    (forall k, (k < m)%nat -> filterlim (fun t => V t k) (at_right 0) (locally (V 0 k))) /\
    ((exists T, 0 <= T /\ (forall j, (j < d)%nat -> U T j = u' j) /\ (forall k, (k < m)%nat -> V T k = v' k)) \/
     ((forall j, (j < d)%nat -> filterlim (fun t => U t j) (Rbar_locally p_infty) (locally (u' j))) /\
      (forall k, (k < m)%nat -> filterlim (fun t => V t k) (Rbar_locally p_infty) (locally (v' k))))).
