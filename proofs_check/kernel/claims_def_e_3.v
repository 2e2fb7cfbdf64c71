(** The claim of def-e.3: for the identity the imbalance of the nonlinear model is that of Definition 4.2. *)

From Coq Require Import Reals Lra.
From Kernel Require Import finite_sums.
From Kernel Require def_e_3.
Local Open Scope R_scope.

Theorem linear : def_e_3.linear.
Proof.
  intros d r u v w _; rewrite <- Sum_scal_l; f_equal; apply Sum_ext; intros; field.
Qed.
