(** Finite laws with the moments that Theorems 5.6 and 5.7 assume: their hypotheses are satisfiable. *)

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

Lemma quarter : 0 <= 1/4 <= 1/2.
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
  split; intros; repeat match goal with H : (?i < 1)%nat |- _ => assert (i = 0%nat) as -> by lia; clear H end;
    rewrite ?H3, ?delta_same; (split; [exact I|]);
    unfold gauss_expectation, finite_expectation, start_u, start_v, three_points; simpl; field.
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

(** Every hypothesis of the lower bound, with [alpha^2 = beta^2 = 2]. *)
Definition half_expectation : expectation (R * R) :=
  finite_expectation (three_points 2 (1/4)) (three_points_nonneg 2 (1/4) quarter) (three_points_total 2 (1/4)).

Example theorem_5_6_lower_not_vacuous : exists alpha beta,
  let c := fun o : R * R => dot 1 (basis 0) (start_u o) in
  0 < alpha /\ 0 < beta /\
  has_mean half_expectation (fun o => start_v o * start_v o) (beta * beta) /\
  has_mean half_expectation (fun o => c o * c o) (alpha * alpha) /\
  has_mean half_expectation (fun o => start_v o * c o / (start_v o * start_v o + c o * c o)) 0 /\
  has_mean half_expectation
    (fun o => start_v o * start_v o * (c o * c o) / (start_v o * start_v o + c o * c o))
    (alpha * beta / (alpha + beta) * (alpha * beta / (alpha + beta))).
Proof.
  assert (H2 : sqrt 2 * sqrt 2 = 2) by (apply sqrt_sqrt; lra).
  assert (Hp : 0 < sqrt 2) by (apply sqrt_lt_R0; lra).
  assert (Hh : sqrt 2 * sqrt 2 / (sqrt 2 + sqrt 2) * (sqrt 2 * sqrt 2 / (sqrt 2 + sqrt 2)) = 1/2).
  { replace (sqrt 2 * sqrt 2 / (sqrt 2 + sqrt 2)) with (sqrt 2 / 2) by (field; lra).
    replace (sqrt 2 / 2 * (sqrt 2 / 2)) with (sqrt 2 * sqrt 2 / 4) by field; rewrite H2; field. }
  exists (sqrt 2), (sqrt 2); intros c; rewrite Hh, H2.
  assert (Hc : forall o, c o = fst o).
  { intros o; unfold c; now rewrite dot_basis_l by lia. }
  split; [assumption|]; split; [assumption|].
  split; [|split; [|split]]; (split; [exact I|]);
    unfold half_expectation, finite_expectation, start_v, three_points; simpl; rewrite ?Hc; simpl.
  - field.
  - field.
  - unfold Rdiv; rewrite ?Rmult_0_l, ?Rmult_0_r; field.
  - unfold Rdiv; rewrite ?Rmult_0_l, ?Rmult_0_r; field.
Qed.
