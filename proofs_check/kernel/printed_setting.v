(** From the hypotheses that the printed statements share to the notions of this development: the decomposition of the
    data, the labels, a minimizer, the imbalance and the sharpness. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1
  definition_4_2 minimalist_model gradient hessian sharpness theorem_4_3.
Local Open Scope R_scope.

Lemma is_sharpness_ext F G d m u v S :
  (forall u v, F u v = G u v) -> is_sharpness F d m u v S -> is_sharpness G d m u v S.
Proof.
  intros H; unfold is_sharpness, rayleigh_value; intros [U L]; split.
  - intros q [a [b [Hab Hq]]]; apply U; exists a, b; split; [exact Hab|].
    eapply is_derive_n_ext; [|exact Hq]; intros t; symmetry; apply H.
  - intros M HM; apply L; intros q [a [b [Hab Hq]]]; apply HM; exists a, b; split; [exact Hab|].
    eapply is_derive_n_ext; [|exact Hq]; intros t; apply H.
Qed.

Lemma printed_sharpness_two_layers N d X y u v S :
  (0 < N)%nat ->
  is_sharpness (fun u_ v_ => (∑ n < N, (v_ 0%nat * (∑ k < d, u_ k * X n k) - y n) ^ 2) / INR N / 2) d 1 u (fun _ => v) S ->
  is_sharpness (loss N d 1 X y) d 1 u (fun _ => v) S.
Proof.
  intros HN; apply is_sharpness_ext; intros a b; unfold loss, scaled_loss.
  assert (0 < INR N) by now apply lt_0_INR.
  replace (∑ n < N, (b 0%nat * (∑ k < d, a k * X n k) - y n) ^ 2) with (norm_sq N (residual d 1 X y a b)).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output; rewrite Prod_one_factor.
    unfold matrix_vector; rewrite dot_sym; unfold dot; ring.
Qed.

Lemma printed_sharpness_deep N d M X y u v S :
  (0 < N)%nat ->
  is_sharpness (fun u_ v_ => (∑ n < N, ((∑ k < d, u_ k * X n k) * Prod M (fun j => v_ j) - y n) ^ 2) / INR N / 2) d M u v S ->
  is_sharpness (loss N d M X y) d M u v S.
Proof.
  intros HN; apply is_sharpness_ext; intros a b; unfold loss, scaled_loss.
  assert (0 < INR N) by now apply lt_0_INR.
  replace (∑ n < N, ((∑ k < d, a k * X n k) * Prod M (fun j => b j) - y n) ^ 2) with (norm_sq N (residual d M X y a b)).
  - field; lra.
  - apply Sum_ext; intros n _; unfold residual, output, matrix_vector.
    rewrite (Prod_ext M (fun j => b j) b) by reflexivity; rewrite dot_sym; unfold dot; ring.
Qed.

Lemma printed_fits_two_layers N d X y u v :
  (forall n, (n < N)%nat -> v * (∑ k < d, X n k * u k) = y n) ->
  forall n, (n < N)%nat -> residual d 1 X y u (fun _ => v) n = 0.
Proof.
  intros H n Hn; unfold residual, output; rewrite Prod_one_factor, <- (H n Hn); unfold matrix_vector, dot; ring.
Qed.

Lemma printed_fits_deep N d M X y u v :
  (forall n, (n < N)%nat -> (∑ k < d, X n k * u k) * Prod M (fun j => v j) = y n) ->
  forall n, (n < N)%nat -> residual d M X y u v n = 0.
Proof.
  intros H n Hn; unfold residual, output; rewrite <- (H n Hn); unfold matrix_vector, dot.
  rewrite (Prod_ext M (fun j => v j) v) by reflexivity; ring.
Qed.

Lemma printed_coefficient d (u w : nat -> R) : (∑ k < d, u k * w k) = dot d w u.
Proof. rewrite dot_sym; reflexivity. Qed.

(** [|Pi_W u|^2] in coordinates. *)
Lemma printed_projection d r (w : nat -> nat -> R) u :
  (∑ i < r, (∑ k < d, u k * w i k) ^ 2) = norm_sq r (fun i => dot d (w i) u).
Proof. apply Sum_ext; intros i _; rewrite printed_coefficient; ring. Qed.

Section Data.

Variables (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R).
Hypothesis right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i.

Lemma printed_right : orthonormal d r w.
Proof. intros i k Hi Hk; apply right; assumption. Qed.

Lemma printed_imbalance u v :
  imbalance d r w u (fun _ => v) 0 = (∑ i < r, (∑ k < d, u k * w i k) ^ 2) - v ^ 2.
Proof.
  unfold imbalance; rewrite row_projection_norm, printed_projection by exact printed_right; ring.
Qed.

Hypothesis left : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i.
Hypothesis positive : forall i, (i < r)%nat -> 0 < s i.
Hypothesis product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k).
Hypothesis largest : forall i, (i < r)%nat -> s i <= s 0%nat.

Lemma printed_svd : svd N d r X s e w.
Proof.
  split; try assumption; [intros i k Hi Hk; now apply left|exact printed_right|].
  intros n j Hn Hj; rewrite product by assumption; apply Sum_ext; intros; ring.
Qed.

Variables (y c : nat -> R).
Hypothesis labels : forall n, (n < N)%nat -> y n = (∑ i < r, c i * e i n).

Lemma printed_label_coefficient i : (i < r)%nat -> label_coefficient N e y i = c i.
Proof.
  intros Hi; unfold label_coefficient.
  rewrite (dot_ext N (e i) y (e i) (fun n => ∑ l < r, (c l * e l n))) by (auto; intros; now apply labels).
  apply (orthonormal_coefficient N r e); [|assumption]; intros p q Hp Hq; now apply left.
Qed.

Lemma printed_reachable : in_column_space N d X y.
Proof.
  exists (fun k => ∑ i < r, (c i / s i * w i k)); intros n Hn.
  rewrite (svd_apply N d r X s e w printed_svd _ n Hn), labels by assumption; apply Sum_ext; intros i Hi.
  rewrite (orthonormal_coefficient d r w _ i printed_right Hi).
  pose proof (positive i Hi); field; lra.
Qed.

Lemma printed_label_norm : norm_sq N y = ∑ i < r, c i ^ 2.
Proof.
  rewrite (labels_norm N d r X s e w printed_svd y printed_reachable); apply Sum_ext; intros i Hi.
  fold (label_coefficient N e y i); rewrite printed_label_coefficient by assumption; ring.
Qed.

Lemma printed_difficulty : difficulty N r s e y = ∑ i < r, c i ^ 2 / s i ^ 2.
Proof.
  apply Sum_ext; intros i Hi; rewrite printed_label_coefficient by assumption.
  pose proof (positive i Hi); field; lra.
Qed.

(** Labels of positive difficulty are not zero. *)
Lemma printed_labels_positive : 0 < (∑ i < r, c i ^ 2 / s i ^ 2) -> 0 < norm_sq N y.
Proof.
  intros H; rewrite printed_label_norm.
  assert (Hn : 0 <= ∑ i < r, c i ^ 2) by (apply Sum_nonneg; intros; apply pow2_ge_0).
  destruct (Req_dec (∑ i < r, c i ^ 2) 0) as [E|]; [exfalso|lra].
  rewrite (Sum_ext r _ (fun _ => 0)), Sum_zero in H; [lra|]; intros i Hi.
  rewrite (Sum_zero_terms r (fun i => c i ^ 2)) by (auto; intros; apply pow2_ge_0).
  unfold Rdiv; ring.
Qed.

End Data.

(** All of it about the data at once. *)
Record data_facts (N d r : nat) (X : nat -> nat -> R) (s : nat -> R) (e w : nat -> nat -> R) (y c : nat -> R) : Prop := {
  facts_svd : svd N d r X s e w;
  facts_reachable : in_column_space N d X y;
  facts_coefficient : forall i, (i < r)%nat -> label_coefficient N e y i = c i;
  facts_norm : norm_sq N y = ∑ i < r, c i ^ 2;
  facts_difficulty : difficulty N r s e y = ∑ i < r, c i ^ 2 / s i ^ 2;
  facts_positive : 0 < (∑ i < r, c i ^ 2 / s i ^ 2) -> 0 < norm_sq N y
}.

Lemma printed_data N d r X s e w y c :
  (forall i, (i < r)%nat -> 0 < s i) ->
  (forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k)) ->
  (forall n, (n < N)%nat -> y n = (∑ i < r, c i * e i n)) ->
  (forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i) ->
  (forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i) ->
  (forall i, (i < r)%nat -> s i <= s 0%nat) ->
  data_facts N d r X s e w y c.
Proof.
  intros Hp HX Hy He Hw Hl; split.
  - now apply printed_svd.
  - eapply printed_reachable; eassumption.
  - intros i Hi; eapply printed_label_coefficient; eassumption.
  - eapply printed_label_norm; eassumption.
  - eapply printed_difficulty; eassumption.
  - eapply printed_labels_positive; eassumption.
Qed.

(** The product of all layers but one, as it is printed. *)
Lemma printed_others M j v : Prod M (fun g => delta g j + v g * (1 - delta g j)) = Prod_except M j v.
Proof.
  apply Prod_ext; intros g _; unfold delta; destruct (Nat.eqb g j); ring.
Qed.

Lemma printed_square_product M v : Prod M (fun j => v j ^ 2) = Prod M v ^ 2.
Proof.
  rewrite (Prod_ext M (fun j => v j ^ 2) (fun j => v j * v j)) by (intros; ring); rewrite Prod_mult; ring.
Qed.
