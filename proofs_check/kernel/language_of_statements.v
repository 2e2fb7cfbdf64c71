(** What the printed statements of the ledger say beyond the real numbers of Coq: powers with any exponent, which are
    0 where the ledger says so, and the coefficients of a polynomial. *)

From Coq Require Import Reals Lra.
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
