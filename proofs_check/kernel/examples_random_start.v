(** A finite law with the Gaussian moments up to order four: all that the upper bound of Theorem 5.6 needs. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products singular_value_decomposition minimalist_model hessian
  sharpness erratum_depth expectation gaussian_moments theorem_5_6.
Import ListNotations.
Local Open Scope R_scope.

(** Two independent draws of [-k, 0, k], with probability [q] for each of the ends. *)
Definition three_points (k q : R) : list (R * (R * R)) :=
  let p := 1 - 2 * q in
  [(q * q, (-k, -k)); (q * p, (-k, 0)); (q * q, (-k, k));
   (p * q, (0, -k)); (p * p, (0, 0)); (p * q, (0, k));
   (q * q, (k, -k)); (q * p, (k, 0)); (q * q, (k, k))].

Lemma three_points_nonneg k q : 0 <= q <= 1/2 -> forall weight o, In (weight, o) (three_points k q) -> 0 <= weight.
Proof.
  intros Hq weight o H; unfold three_points in H; simpl in H.
  repeat (destruct H as [H|H]; [injection H as <- _; nra|]); destruct H.
Qed.

Lemma three_points_total k q : weighted_sum (three_points k q) (fun _ => 1) = 1.
Proof. simpl; ring. Qed.

Lemma sixth : 0 <= 1/6 <= 1/2.
Proof. lra. Qed.

Definition gauss_expectation : expectation (R * R) :=
  finite_expectation (three_points 3 (1/6)) (three_points_nonneg 3 (1/6) sixth) (three_points_total 3 (1/6)).

Definition start_u (o : R * R) (_ : nat) : R := fst o.
Definition start_v (o : R * R) : R := snd o.

(** The Gaussian moments up to order four, with [alpha^2 = beta^2 = 3], in dimension 1. *)
Example gaussian_weights_not_vacuous :
  gaussian_weights gauss_expectation 1 (sqrt 3) (sqrt 3) start_u start_v.
Proof.
  assert (H3 : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra).
  split; intros; repeat match goal with H : (?i < 1)%nat |- _ => apply Nat.lt_1_r in H; subst i end;
    rewrite ?H3, ?delta_same; (split; [exact I|]);
    unfold gauss_expectation, finite_expectation, start_u, start_v, three_points; simpl; lra.
Qed.

(** Every hypothesis of the upper bound of Theorem 5.6. *)
Example theorem_5_6_upper_not_vacuous : exists (S : R * R -> R) mean_S,
  (forall o, is_sharpness (loss 1 1 1 unit_X (unit_y 1)) 1 1 (start_u o) (fun _ => start_v o) (S o)) /\
  has_mean gauss_expectation S mean_S.
Proof.
  assert (H1 : INR 1 <> 0) by (simpl; lra).
  exists (fun o => proj1_sig (completeness _
    (proj1 (rayleigh_bounded (INR 1) 1 1 1 unit_X (unit_y 1) (start_u o) (fun _ => start_v o) H1 ltac:(lia)))
    (proj2 (rayleigh_bounded (INR 1) 1 1 1 unit_X (unit_y 1) (start_u o) (fun _ => start_v o) H1 ltac:(lia))))).
  eexists; split; [|split; [exact I|reflexivity]].
  intros o; exact (proj2_sig (completeness _ _ _)).
Qed.
