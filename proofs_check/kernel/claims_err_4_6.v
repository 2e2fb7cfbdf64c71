(** Refutes err-4.6: one sample x = 1 with the label 0.9^6, so that Q = 0.9^12. With two layers the sharpness is
    2 (0.9)^6, with three it is 3 (0.9)^8. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition concrete_data
  minimalist_model sharpness printed_setting concrete_claims.
From Kernel Require err_4_6 own_minimizer claims_own_minimizer.
Import ListNotations.
Local Open Scope R_scope.

Definition printed_loss (M : nat) (u_ v_ : nat -> R) : R :=
  (∑ n < 1, ((∑ k < 1, u_ k * mat [[1]] n k) * Prod M (fun j => v_ j) - vec [(9 / 10) ^ 6] n) ^ 2) / INR 1 / 2.

Lemma some_sharpness M u v : exists S, is_sharpness (printed_loss M) 1 M u v S.
Proof.
  destruct (sharpness_exists (INR 1) 1 1 M (mat [[1]]) (vec [(9 / 10) ^ 6]) u v ltac:(simpl; lra) ltac:(lia)) as [S HS].
  exists S; eapply is_sharpness_ext; [|exact HS]; intros a b.
  unfold printed_loss, scaled_loss, norm_sq, dot, residual, output, matrix_vector, dot; simpl Sum.
  rewrite (Prod_ext M (fun j => b j) b) by reflexivity; simpl INR; field.
Qed.

(** With one sample both bounds meet. *)
Lemma its_value M u v S :
  (0 < M)%nat -> is_sharpness (printed_loss M) 1 M u v S -> u 0%nat * Prod M v = (9 / 10) ^ 6 ->
  S = Prod M v ^ 2 + (9 / 10) ^ 12 * ∑ j < M, / v j ^ 2.
Proof.
  intros HM HS E.
  assert (P : own_minimizer.hypotheses M 1 1 1 S (mat [[1]]) (mat [[1]]) (mat [[1]]) (vec [(9 / 10) ^ 6]) (vec [1]) u v
                (vec [(9 / 10) ^ 6])).
  { split; try exact HS; try assumption; try (on_numbers; lia).
    cases; rewrite (Prod_ext M (fun j => v j) v) by reflexivity; cbv [vec mat nth Sum]; rewrite <- E; ring. }
  pose proof (claims_own_minimizer.lower _ _ _ _ _ _ _ _ _ _ _ _ _ P) as L.
  pose proof (claims_own_minimizer.upper _ _ _ _ _ _ _ _ _ _ _ _ _ P) as U.
  rewrite printed_square_product in L, U; revert L U; set (T := ∑ j < M, / v j ^ 2); set (V := Prod M v ^ 2).
  cbv [vec nth Sum]; simpl INR; intros; lra.
Qed.

Theorem falls : ~ err_4_6.falls.
Proof.
  intros H.
  destruct (some_sharpness 1 (vec [(9 / 10) ^ 3]) (vec [(9 / 10) ^ 3])) as [S HS].
  destruct (some_sharpness 2 (vec [(9 / 10) ^ 2]) (vec [(9 / 10) ^ 2; (9 / 10) ^ 2])) as [S' HS'].
  specialize (H 1%nat 2%nat 1%nat 1%nat 1%nat 2 S S' (mat [[1]]) (mat [[1]]) (mat [[1]]) (vec [(9 / 10) ^ 6]) (vec [1])
    (vec [(9 / 10) ^ 3]) (vec [(9 / 10) ^ 2]) (vec [(9 / 10) ^ 3]) (vec [(9 / 10) ^ 2; (9 / 10) ^ 2]) (vec [(9 / 10) ^ 6])).
  assert (E : S' < S) by (apply H; split; try exact HS; try exact HS'; on_numbers; lia).
  rewrite (its_value 1 _ _ S ltac:(lia) HS), (its_value 2 _ _ S' ltac:(lia) HS') in E by (numbers; lra).
  revert E; numbers; lra.
Qed.
