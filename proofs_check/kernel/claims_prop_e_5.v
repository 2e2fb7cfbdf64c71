(** The claim of prop-e.5: equation (35) at a minimizer of zero loss, for any activation. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums.
From Kernel Require prop_e_5.
Local Open Scope R_scope.

Theorem side : prop_e_5.side.
Proof.
  intros N d C v X s u y Phi F phi phi' [].
  assert (Hv : v <> 0) by (intros E; rewrite E in second_layer; lra).
  rewrite imbalance, (Sum_ext N (fun n => F (y n / v) / s n ^ 2)
    (fun n => Phi (∑ k < d, X n k * u k) / s n ^ 2)); [ring|].
  intros n Hn; rewrite <- (inverse n Hn), (minimizer n Hn); do 2 f_equal; field; exact Hv.
Qed.
