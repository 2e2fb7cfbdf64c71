(** The claims of own-balanced-network: a network of any depth whose neighbouring layers are balanced, at a minimizer. *)

From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1 real_power
  language_of_statements printed_setting coefficients layers_of_weights balanced_network balanced_network_sharpness
  chain_of_layers.
From Kernel Require own_balanced_network.
Import ListNotations.
Local Open Scope R_scope.

Section At_a_minimizer.

Variables (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat -> nat -> R) (S V : R)
  (a a' c q s y : nat -> R).
Hypothesis all : own_balanced_network.hypotheses H L N d r A G T U U' B W W' X e w S V a a' c q s y.

Let facts : data_facts N d r X s e w y c.
Proof. destruct all; now apply printed_data. Qed.
Let samples : (0 < N)%nat.
Proof. now destruct all. Qed.
Let Q := ∑ i < r, c i ^ 2 / s i ^ 2.
Let depth := Datatypes.S (Datatypes.S L).
Let size := widths L H d.
Let network := stacked L W U a.

Let first n b : (n < N)%nat -> (b < H)%nat -> A 0%nat n b = ∑ k < d, X n k * W b k.
Proof. intros; destruct all; rewrite given_first by assumption; apply Sum_ext; intros; ring. Qed.
Let next j n b : (j < L)%nat -> (n < N)%nat -> (b < H)%nat -> A (Datatypes.S j) n b = ∑ k < H, A j n k * U j b k.
Proof. intros; destruct all; now apply given_next. Qed.
Let last b : (b < H)%nat -> B L b = a b.
Proof. intros; destruct all; now apply later_last. Qed.
Let previous j b : (j < L)%nat -> (b < H)%nat -> B j b = ∑ k < H, B (Datatypes.S j) k * U j k b.
Proof. intros; destruct all; now apply later_previous. Qed.
Let one : size depth = 1%nat.
Proof. apply one_output. Qed.

Let fits n : (n < N)%nat -> network_output depth size X network n = y n.
Proof.
  intros Hn; unfold depth, size, network; rewrite (output_is L H d W U a N X A first next n Hn).
  destruct all; now apply minimizer.
Qed.

Let balanced l b k : (Datatypes.S l < depth)%nat -> (b < size (Datatypes.S l))%nat -> (k < size (Datatypes.S l))%nat ->
  (∑ i < size (Datatypes.S (Datatypes.S l)), network (Datatypes.S l) i b * network (Datatypes.S l) i k) = layer_gram size r w network l b k.
Proof.
  destruct all; apply (chain_is_balanced L H d W U a r w G).
  - intros i j Hi Hj; rewrite balanced_first by assumption; apply Sum_ext; intros; rewrite !printed_coefficient; ring.
  - intros j i m Hj Hi Hm; rewrite gram_below by assumption; apply Sum_ext; intros; ring.
  - intros j i m Hj Hi Hm; change (Datatypes.S j) with (1 + j)%nat; rewrite gram_above by assumption; apply Sum_ext; intros; ring.
  - intros i j Hi Hj; rewrite balanced_last by assumption; ring.
Qed.

Let nonzero : 0 < difficulty N r s e y.
Proof. rewrite (facts_difficulty _ _ _ _ _ _ _ _ _ facts); now destruct all. Qed.
Let decomposition := facts_svd _ _ _ _ _ _ _ _ _ facts.
Let positive : (0 < depth)%nat.
Proof. unfold depth; lia. Qed.

Let later j b : (j <= L)%nat -> (b < H)%nat -> later_layers depth size network (Datatypes.S j) b = B j b.
Proof. exact (later_is L H d W U a B last previous j b). Qed.

Let later_norm j : (j <= L)%nat -> norm_sq H (later_layers depth size network (Datatypes.S j)) = ∑ b < H, B j b ^ 2.
Proof. intros Hj; apply Sum_ext; intros b Hb; rewrite later by assumption; ring. Qed.

(** The direction of the printed claims, whose last layer is a column. *)
Let along : weights := fun l b k => match l with O => W' b k | Datatypes.S j => if Nat.ltb j L then U' j b k else a' b end.

Let along_square j b k : (j < L)%nat -> along (Datatypes.S j) b k = U' j b k.
Proof. intros Hj; unfold along; apply Nat.ltb_lt in Hj; now rewrite Hj. Qed.
Let along_last b : along (Datatypes.S L) b 0%nat = a' b.
Proof. unfold along; now rewrite Nat.ltb_irrefl. Qed.

Lemma slope_printed F n : slope_along L H d X A B F n
  = (∑ b < H, F (Datatypes.S L) b 0%nat * A L n b) + (∑ b < H, B 0%nat b * (∑ k < d, F 0%nat b k * X n k))
    + (∑ j < L, (∑ b < H, (∑ k < H, F (1 + j)%nat b k * A j n k * B (1 + j)%nat b))).
Proof.
  unfold slope_along; rewrite (Rplus_comm (∑ b < H, F (Datatypes.S L) b 0%nat * A L n b)), !Rplus_assoc; f_equal.
  - apply Sum_ext; intros b _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
  - rewrite Rplus_comm; f_equal; apply Sum_ext; intros j _; apply Sum_ext; intros b _; apply Sum_ext; intros; cbn [Nat.add]; ring.
Qed.

Lemma slope_along_printed n : slope_along L H d X A B along n
  = (∑ b < H, A L n b * a' b) + (∑ b < H, B 0%nat b * (∑ k < d, W' b k * X n k))
    + (∑ j < L, (∑ b < H, (∑ k < H, A j n k * B (1 + j)%nat b * U' j b k))).
Proof.
  rewrite slope_printed; f_equal; [f_equal|].
  - apply Sum_ext; intros; rewrite along_last; ring.
  - apply Sum_ext; intros j Hj; apply Sum_ext; intros b _; apply Sum_ext; intros k _.
    change (1 + j)%nat with (Datatypes.S j); rewrite along_square by assumption; ring.
Qed.

Lemma slopes_at n : (n < N)%nat -> (∑ b < H, A L n b * a' b) + (∑ b < H, T L n b * a b) = slope_along L H d X A B along n.
Proof.
  intros Hn; rewrite Rplus_comm.
  rewrite <- (rates_lead_to_the_slope L H d U a N X A B last previous along (fun j => T j n) n Hn).
  - f_equal; apply Sum_ext; intros; rewrite along_last; ring.
  - intros b Hb; destruct all; rewrite rates_first by assumption; apply Sum_ext; intros; cbn [along]; ring.
  - intros j b Hj Hb; destruct all; change (Datatypes.S j) with (1 + j)%nat at 1; rewrite rates_next, Rplus_comm by assumption.
    f_equal; apply Sum_ext; intros; rewrite along_square by assumption; ring.
Qed.

Lemma coefficient_of_quartic f p0 p1 p2 p3 p4 :
  (forall t, f t = p0 + t * p1 + t ^ 2 * p2 + t ^ 3 * p3 + t ^ 4 * p4) -> coefficient 2 f = p2.
Proof.
  intros E; rewrite (coefficient_ext 2 f _ E).
  enough (2 * coefficient 2 (fun t => p0 + t * p1 + t ^ 2 * p2 + t ^ 3 * p3 + t ^ 4 * p4) = 2 * p2) by lra.
  apply coefficient_two, second_derivative with (fun t => p1 + 2 * t * p2 + 3 * t ^ 2 * p3 + 4 * t ^ 3 * p4).
  - intros t; auto_derive; [trivial|ring].
  - auto_derive; [trivial|ring].
Qed.

Lemma curvature_at (slope : nat -> R) :
  coefficient 2 (fun t => (∑ n < N, (t * slope n + q n * t ^ 2 + (∑ b < H, A L n b * a b) - y n) ^ 2) / INR N / 2)
  = (∑ n < N, slope n ^ 2) / INR N / 2.
Proof.
  apply coefficient_of_quartic with 0 0 ((∑ n < N, slope n * q n * 2) / INR N / 2) ((∑ n < N, q n ^ 2) / INR N / 2); intros t.
  rewrite (Sum_ext N _ (fun n => t ^ 2 * slope n ^ 2 + (t ^ 3 * (slope n * q n * 2) + t ^ 4 * q n ^ 2))).
  - rewrite !Sum_plus, !Sum_scal_l; unfold Rdiv; ring.
  - intros n Hn; destruct all; rewrite minimizer by assumption; ring.
Qed.

Let last_size_is : last_size depth size r w network = V.
Proof.
  destruct all; unfold last_size, depth; rewrite size0.
  replace (Datatypes.S (Datatypes.S L) - 1)%nat with (Datatypes.S L) by lia; cbn [layer_gram].
  unfold size; rewrite inner_width by lia; apply Sum_ext; intros b Hb; unfold network; rewrite !last_layer; ring.
Qed.

Let deep := size_to_the_depth depth size X one N r s e w y network decomposition positive balanced fits nonzero.

Lemma size_at : V ^ depth = Q.
Proof. pose proof deep as E; rewrite last_size_is, (facts_difficulty _ _ _ _ _ _ _ _ _ facts) in E; exact E. Qed.

Lemma size_printed : V ^ 2 * Prod L (fun _ => V) = Q.
Proof.
  rewrite <- size_at; unfold depth.
  assert (E : Prod L (fun _ => V) = V ^ L) by (clear; induction L as [|l IH]; [reflexivity|cbn [Prod]; rewrite IH; simpl; ring]).
  rewrite E; simpl; ring.
Qed.

Lemma first_layer_at b i : (b < H)%nat -> (i < r)%nat ->
  (∑ k < H, B 0%nat k ^ 2) * (∑ k < d, W b k * w i k) = B 0%nat b * (∑ k < H, B 0%nat k * (∑ m < d, W k m * w i m)).
Proof.
  intros Hb Hi; assert (Hw : size 1 = H) by (apply (inner_width L H d); lia).
  pose proof (first_layer_rank_one depth size X one N r s e w y network decomposition positive balanced fits nonzero b i) as E.
  rewrite Hw in E; specialize (E Hb Hi); rewrite later, later_norm in E by (assumption || lia).
  rewrite printed_coefficient, Rmult_comm; etransitivity; [exact E|]; f_equal.
  unfold dot; rewrite (Sum_ext (size 0) _ (fun k => ∑ m < H, w i k * (B 0%nat m * W m k))).
  - change (size 0) with d; rewrite Sum_swap; apply Sum_ext; intros m _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
  - intros k _; rewrite (later_step depth size one) by lia; rewrite Hw, <- Sum_scal_l; apply Sum_ext; intros m Hm.
    rewrite later by (assumption || lia); reflexivity.
Qed.

Lemma square_layers_at j b k : (j < L)%nat -> (b < H)%nat -> (k < H)%nat ->
  U j b k * (∑ m < H, B (1 + j)%nat m ^ 2) = B j k * B (1 + j)%nat b.
Proof.
  intros Hj Hb Hk; assert (Hw : forall i, (i <= L)%nat -> size (Datatypes.S i) = H) by (intros; now apply inner_width).
  pose proof (later_layer_rank_one depth size X one N r s e w y network decomposition positive balanced fits nonzero j b k) as E.
  rewrite !Hw in E by lia; unfold depth in E at 1; specialize (E ltac:(lia) Hb Hk).
  rewrite later_norm, !later in E by (assumption || lia); unfold network in E; rewrite inner_layer in E by assumption.
  cbn [Nat.add]; rewrite E; ring.
Qed.

Let depth_real : INR depth = INR L + 2.
Proof. unfold depth; rewrite !S_INR; ring. Qed.
Let Q_printed : difficulty N r s e y = Q := facts_difficulty _ _ _ _ _ _ _ _ _ facts.

Lemma kernel_at n m : (n < N)%nat -> (m < N)%nat ->
  norm_sq H (B 0%nat) * dot d (X n) (X m) + (∑ j < L, norm_sq H (B (Datatypes.S j)) * dot H (A j n) (A j m)) + dot H (A L n) (A L m)
  = real_power Q ((1 + INR L) / (2 + INR L)) * dot d (X n) (X m)
    + (1 + INR L) * real_power Q (- (1 / (2 + INR L))) * (y n * y m).
Proof.
  intros Hn Hm; rewrite <- (kernel_is L H d W U a N X A B first next last previous n m Hn Hm).
  pose proof (balanced_network depth size X one N r s e w y network decomposition positive balanced fits nonzero n m Hn Hm) as K.
  rewrite Q_printed, depth_real in K; fold depth size network; rewrite K; change (size 0) with d.
  replace (INR L + 2 - 1) with (1 + INR L) by ring; rewrite (Rplus_comm (INR L) 2).
  ring.
Qed.

Let sharp : is_sharpness_of_network (network_loss depth size X N y) depth (fun l => size (Datatypes.S l)) size network S.
Proof.
  destruct all; unfold depth, size, network.
  apply (sharpness_of_linearization L H d W U a N X A B first next last previous (fun n => y n * (2 + INR L)) y S
    (in_layers ([W] ++ map U (seq 0 L) ++ [fun b _ => a b])) samples minimizer).
  eapply is_sharpness_of_network_ext; [|exact sharpness]; intros F; cbv beta; unfold linearized_loss.
  f_equal; f_equal; apply Sum_ext; intros n _; rewrite slope_printed; reflexivity.
Qed.

Lemma bounds_at :
  (real_power Q ((1 + INR L) / (2 + INR L)) * s 0%nat ^ 2 + (1 + INR L) * real_power Q (- (1 / (2 + INR L))) * c 0%nat ^ 2) / INR N <= S
  <= (real_power Q ((1 + INR L) / (2 + INR L)) * s 0%nat ^ 2
    + (1 + INR L) * real_power Q (- (1 / (2 + INR L))) * (∑ i < r, c i ^ 2)) / INR N.
Proof.
  assert (modes : (0 < r)%nat) by now destruct all.
  pose proof (balanced_network_sharpness depth size X N r s e w y network S one positive samples modes decomposition balanced
    fits nonzero sharp) as E; cbv zeta in E.
  rewrite Q_printed, depth_real, (facts_norm _ _ _ _ _ _ _ _ _ facts), (facts_coefficient _ _ _ _ _ _ _ _ _ facts) in E by exact modes.
  replace (INR L + 2 - 1) with (1 + INR L) in E by ring; rewrite (Rplus_comm (INR L) 2) in E.
  replace (s 0%nat * s 0%nat) with (s 0%nat ^ 2) in E by ring; replace (c 0%nat * c 0%nat) with (c 0%nat ^ 2) in E by ring.
  exact E.
Qed.

End At_a_minimizer.

Ltac at_the_minimizer fact := intros H L N d r A G T U U' B W W' X e w S V a a' c q s y all;
  pose proof (fact H L N d r A G T U U' B W W' X e w S V a a' c q s y all).

Theorem slopes : own_balanced_network.slopes.
Proof.
  at_the_minimizer slopes_at; intros n Hn; rewrite H0 by assumption.
  apply slope_along_printed.
Qed.

Theorem curvature : own_balanced_network.curvature.
Proof.
  intros H L N d r A G T U U' B W W' X e w S V a a' c q s y all.
  exact (curvature_at H L N d r A G T U U' B W W' X e w S V a a' c q s y all (fun n => (∑ b < H, A L n b * a' b)
    + (∑ b < H, B 0%nat b * (∑ k < d, W' b k * X n k)) + (∑ j < L, (∑ b < H, (∑ k < H, A j n k * B (1 + j)%nat b * U' j b k))))).
Qed.

Theorem size_to_the_depth : own_balanced_network.size_to_the_depth.
Proof. at_the_minimizer size_printed; assumption. Qed.

Theorem first_layer : own_balanced_network.first_layer.
Proof. at_the_minimizer first_layer_at; assumption. Qed.

Theorem square_layers : own_balanced_network.square_layers.
Proof. at_the_minimizer square_layers_at; intros; auto. Qed.

Theorem kernel : own_balanced_network.kernel.
Proof.
  at_the_minimizer kernel_at; intros n m Hn Hm; specialize (H0 m n Hm Hn).
  transitivity (real_power (∑ i < r, c i ^ 2 / s i ^ 2) ((1 + INR L) / (2 + INR L)) * dot d (X m) (X n)
    + (1 + INR L) * real_power (∑ i < r, c i ^ 2 / s i ^ 2) (- (1 / (2 + INR L))) * (y m * y n)).
  - rewrite <- H0, Rplus_assoc, (Rplus_comm (∑ b < H, A L m b * A L n b)), <- Rplus_assoc.
    f_equal; f_equal; [f_equal|apply Sum_ext; intros j _; f_equal]; apply Sum_ext; intros; cbn [Nat.add]; ring.
  - unfold dot; ring.
Qed.

Theorem lower : own_balanced_network.lower.
Proof.
  at_the_minimizer bounds_at; destruct H0 as [Least _]; eapply Rle_trans; [|exact Least]; apply Req_le; f_equal; ring.
Qed.

Theorem upper : own_balanced_network.upper.
Proof.
  at_the_minimizer bounds_at; destruct H0 as [_ Most]; eapply Rle_trans; [exact Most|]; apply Req_le; f_equal; ring.
Qed.
