(** A linear network of [L + 2] layers whose inner widths are all [H], as a chain: what each layer is given and the
    products of the later ones go from one layer to the next. It is a network of [balanced_network], and the loss of its
    linearization has the second derivatives of the network's. *)

From Coq Require Import Reals Lra Lia List PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1
  real_power language_of_statements layers_of_weights balanced_network balanced_network_sharpness.
Import ListNotations.
Local Open Scope R_scope.

Lemma Sum_of_a_chain n f : Sum (S (S n)) f = f 0%nat + (∑ i < n, f (S i)) + f (S n).
Proof. change (Sum (S (S n)) f) with (Sum (S n) f + f (S n)); now rewrite Sum_from_the_first. Qed.

Section Chain.

Variables (L H d : nat).

(** The widths: the features, [H] in between, and one output. *)
Definition widths (l : nat) : nat :=
  match l with O => d | S j => if Nat.leb j L then H else 1%nat end.

Lemma inner_width j : (j <= L)%nat -> widths (S j) = H.
Proof. intros Hj; cbn [widths]; apply Nat.leb_le in Hj; now rewrite Hj. Qed.

Lemma one_output : widths (S (S L)) = 1%nat.
Proof. cbn [widths]; replace (Nat.leb (S L) L) with false; [reflexivity|symmetry; apply Nat.leb_gt; lia]. Qed.

Variables (W : nat -> nat -> R) (U : nat -> nat -> nat -> R) (a : nat -> R).

(** The layers, the last as a row. *)
Definition stacked : weights :=
  fun l b k => match l with O => W b k | S j => if Nat.ltb j L then U j b k else a k end.

Lemma inner_layer j b k : (j < L)%nat -> stacked (S j) b k = U j b k.
Proof. intros Hj; cbn [stacked]; apply Nat.ltb_lt in Hj; now rewrite Hj. Qed.

Lemma last_layer b k : stacked (S L) b k = a k.
Proof. cbn [stacked]; now rewrite Nat.ltb_irrefl. Qed.

Variables (N : nat) (X : nat -> nat -> R) (A : nat -> nat -> nat -> R) (B : nat -> nat -> R).
Hypothesis given_first : forall n b, (n < N)%nat -> (b < H)%nat -> A 0%nat n b = ∑ k < d, X n k * W b k.
Hypothesis given_next : forall j n b, (j < L)%nat -> (n < N)%nat -> (b < H)%nat -> A (S j) n b = ∑ c < H, A j n c * U j b c.
Hypothesis later_last : forall b, (b < H)%nat -> B L b = a b.
Hypothesis later_previous : forall j b, (j < L)%nat -> (b < H)%nat -> B j b = ∑ c < H, B (S j) c * U j c b.

Lemma given_is j n b : (j <= L)%nat -> (n < N)%nat -> (b < H)%nat -> given_layer widths X stacked (S j) n b = A j n b.
Proof.
  revert b; induction j as [|j IH]; intros b Hj Hn Hb.
  - rewrite given_first by assumption; cbn [given_layer]; apply Sum_ext; intros; cbn [stacked]; ring.
  - rewrite given_next by (assumption || lia).
    change (given_layer widths X stacked (S (S j)) n b)
      with (∑ i < widths (S j), stacked (S j) b i * given_layer widths X stacked (S j) n i).
    rewrite inner_width by lia; apply Sum_ext; intros c Hc; rewrite inner_layer, IH by (assumption || lia); ring.
Qed.

Lemma later_is j b : (j <= L)%nat -> (b < H)%nat -> later_layers (S (S L)) widths stacked (S j) b = B j b.
Proof.
  intros Hj; remember (L - j)%nat as i eqn:Ei; revert j b Hj Ei; induction i as [|i IH]; intros j b Hj Ei Hb.
  - replace j with L by lia; rewrite (later_step _ _ one_output) by lia; rewrite one_output; cbn [Sum].
    rewrite balanced_network.later_last, last_layer, later_last by assumption; ring.
  - rewrite (later_step _ _ one_output), inner_width, later_previous by (assumption || lia).
    apply Sum_ext; intros c Hc; rewrite inner_layer, IH by (assumption || lia); reflexivity.
Qed.

Lemma output_is n : (n < N)%nat -> network_output (S (S L)) widths X stacked n = ∑ b < H, A L n b * a b.
Proof.
  intros Hn; unfold network_output.
  change (given_layer widths X stacked (S (S L)) n 0%nat)
    with (∑ i < widths (S L), stacked (S L) 0%nat i * given_layer widths X stacked (S L) n i).
  rewrite inner_width by lia; apply Sum_ext; intros b Hb; rewrite last_layer, given_is by (assumption || lia); ring.
Qed.

Lemma kernel_is n m : (n < N)%nat -> (m < N)%nat -> network_kernel (S (S L)) widths X stacked n m
  = norm_sq H (B 0%nat) * dot d (X n) (X m) + (∑ j < L, norm_sq H (B (S j)) * dot H (A j n) (A j m)) + dot H (A L n) (A L m).
Proof.
  intros Hn Hm; unfold network_kernel; rewrite Sum_of_a_chain; f_equal; [f_equal|].
  - rewrite inner_width by lia; f_equal; apply norm_sq_ext; intros; apply later_is; assumption || lia.
  - apply Sum_ext; intros j Hj; rewrite !inner_width by lia; f_equal.
    + apply norm_sq_ext; intros; apply later_is; assumption || lia.
    + apply dot_ext; intros; apply given_is; assumption || lia.
  - rewrite one_output, inner_width by lia; unfold norm_sq, dot at 1; cbn [Sum]; rewrite balanced_network.later_last.
    rewrite (dot_ext H _ _ (A L n) (A L m)) by (intros; apply given_is; assumption || lia); ring.
Qed.

(** The neighbours of a balanced network share their Gram matrices. *)
Theorem chain_is_balanced r w G :
  (forall b c, (b < H)%nat -> (c < H)%nat -> G 0%nat b c = dot r (fun i => dot d (w i) (W b)) (fun i => dot d (w i) (W c))) ->
  (forall j b c, (j < L)%nat -> (b < H)%nat -> (c < H)%nat -> G j b c = ∑ i < H, U j i b * U j i c) ->
  (forall j b c, (j < L)%nat -> (b < H)%nat -> (c < H)%nat -> G (S j) b c = dot H (U j b) (U j c)) ->
  (forall b c, (b < H)%nat -> (c < H)%nat -> G L b c = a b * a c) ->
  forall l b c, (S l < S (S L))%nat -> (b < widths (S l))%nat -> (c < widths (S l))%nat ->
    (∑ i < widths (S (S l)), stacked (S l) i b * stacked (S l) i c) = layer_gram widths r w stacked l b c.
Proof.
  intros First Below Above Last l b c Hl; rewrite inner_width by lia; intros Hb Hc; transitivity (G l b c).
  - destruct (Nat.eq_dec l L) as [->|Other].
    + rewrite one_output, Last by assumption; cbn [Sum]; rewrite !last_layer; ring.
    + rewrite inner_width, Below by (assumption || lia); apply Sum_ext; intros; rewrite !inner_layer by lia; reflexivity.
  - destruct l as [|l]; cbn [layer_gram]; [now apply First|].
    rewrite inner_width, Above by (assumption || lia); apply dot_ext; intros; now rewrite inner_layer by lia.
Qed.

(** The derivative of an output along a direction whose last layer is a column. *)
Definition slope_along (F : weights) (n : nat) : R :=
  (∑ b < H, ∑ k < d, F 0%nat b k * (B 0%nat b * X n k))
  + (∑ j < L, ∑ b < H, ∑ c < H, F (S j) b c * (B (S j) b * A j n c))
  + ∑ b < H, F (S L) b 0%nat * A L n b.

(** A column is turned into a row, and a row into a column. *)
Definition turned (F : weights) : weights := fun l b k => if Nat.eqb l (S L) then F l k b else F l b k.

Lemma turned_before F l b k : (l <= L)%nat -> turned F l b k = F l b k.
Proof. intros Hl; unfold turned; replace (Nat.eqb l (S L)) with false; [reflexivity|symmetry; apply Nat.eqb_neq; lia]. Qed.

Lemma turned_last F b k : turned F (S L) b k = F (S L) k b.
Proof. unfold turned; now rewrite Nat.eqb_refl. Qed.

Lemma turned_twice F : forall l b k, turned (turned F) l b k = F l b k.
Proof. intros l b k; unfold turned; now destruct (Nat.eqb l (S L)). Qed.

Lemma slope_is F n : (n < N)%nat -> direction_slope (S (S L)) widths X stacked (turned F) n = slope_along F n.
Proof.
  intros Hn; unfold direction_slope, slope_along; rewrite Sum_of_a_chain; f_equal; [f_equal|].
  - rewrite inner_width by lia; apply Sum_ext; intros b Hb; apply Sum_ext; intros k Hk.
    rewrite turned_before, later_is by (assumption || lia); reflexivity.
  - apply Sum_ext; intros j Hj; rewrite !inner_width by lia; apply Sum_ext; intros b Hb; apply Sum_ext; intros c Hc.
    rewrite turned_before, later_is, given_is by (assumption || lia); reflexivity.
  - rewrite one_output, inner_width by lia; cbn [Sum]; rewrite Rplus_0_l; apply Sum_ext; intros b Hb.
    rewrite turned_last, given_is, balanced_network.later_last by (assumption || lia); ring.
Qed.

Lemma slope_ext F F' n : (forall l b k, F l b k = F' l b k) -> slope_along F n = slope_along F' n.
Proof.
  intros E; unfold slope_along; f_equal; [f_equal|].
  - apply Sum_ext; intros; apply Sum_ext; intros; now rewrite E.
  - apply Sum_ext; intros; apply Sum_ext; intros; apply Sum_ext; intros; now rewrite E.
  - apply Sum_ext; intros; now rewrite E.
Qed.

Lemma slope_moved P F t n : slope_along (moved P F t) n = slope_along P n + t * slope_along F n.
Proof.
  unfold slope_along, moved; rewrite !Rmult_plus_distr_l.
  rewrite (Sum_ext H (fun b => (P (S L) b 0%nat + t * F (S L) b 0%nat) * A L n b)
    (fun b => P (S L) b 0%nat * A L n b + t * (F (S L) b 0%nat * A L n b))) by (intros; ring).
  rewrite (Sum_ext H (fun b => ∑ k < d, (P 0%nat b k + t * F 0%nat b k) * (B 0%nat b * X n k))
    (fun b => (∑ k < d, P 0%nat b k * (B 0%nat b * X n k)) + t * ∑ k < d, F 0%nat b k * (B 0%nat b * X n k)))
    by (intros; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring).
  rewrite (Sum_ext L (fun j => ∑ b < H, ∑ c < H, (P (S j) b c + t * F (S j) b c) * (B (S j) b * A j n c))
    (fun j => (∑ b < H, ∑ c < H, P (S j) b c * (B (S j) b * A j n c))
      + t * ∑ b < H, ∑ c < H, F (S j) b c * (B (S j) b * A j n c))).
  - rewrite !Sum_plus, !Sum_scal_l; ring.
  - intros j _; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; rewrite <- Sum_scal_l, <- Sum_plus.
    apply Sum_ext; intros; ring.
Qed.

(** It is what the rates of the layers' inputs lead to. *)
Theorem rates_lead_to_the_slope F T n : (n < N)%nat ->
  (forall b, (b < H)%nat -> T 0%nat b = ∑ k < d, X n k * F 0%nat b k) ->
  (forall j b, (j < L)%nat -> (b < H)%nat -> T (S j) b = (∑ c < H, T j c * U j b c) + ∑ c < H, A j n c * F (S j) b c) ->
  (∑ b < H, T L b * a b) + (∑ b < H, F (S L) b 0%nat * A L n b) = slope_along F n.
Proof.
  intros Hn First Next; unfold slope_along; f_equal.
  assert (P : forall j, (j <= L)%nat -> (∑ b < H, T j b * B j b) = (∑ b < H, ∑ k < d, F 0%nat b k * (B 0%nat b * X n k))
    + ∑ i < j, ∑ b < H, ∑ c < H, F (S i) b c * (B (S i) b * A i n c)).
  { induction j as [|j IH]; intros Hj.
    - cbn [Sum]; rewrite Rplus_0_r; apply Sum_ext; intros b Hb; rewrite First, <- Sum_scal_r by assumption.
      apply Sum_ext; intros; ring.
    - change (Sum (S j) ?f) with (Sum j f + f j); rewrite <- Rplus_assoc, <- IH by lia.
      rewrite (Sum_ext H (fun b => T j b * B j b) (fun b => ∑ c < H, T j b * (B (S j) c * U j c b)))
        by (intros b Hb; rewrite later_previous, <- Sum_scal_l by (assumption || lia); reflexivity).
      rewrite Sum_swap, <- Sum_plus; apply Sum_ext; intros b Hb; rewrite Next by (assumption || lia).
      rewrite Rmult_plus_distr_r, <- !Sum_scal_r; f_equal; apply Sum_ext; intros; ring. }
  rewrite <- P by lia; apply Sum_ext; intros b Hb; now rewrite later_last.
Qed.

(** The loss of the linearization. *)
Variables (target : nat -> R).
Definition linearized_loss (F : weights) : R := (∑ n < N, (slope_along F n - target n) ^ 2) / INR N / 2.

Lemma linearized_second_derivative P F : (0 < N)%nat ->
  is_derive_n (fun t => linearized_loss (moved P F t)) 2 0 (norm_sq N (slope_along F) / INR N).
Proof.
  intros HN; assert (0 < INR N) by now apply lt_0_INR.
  set (z := fun n => slope_along P n - target n).
  apply is_derive_n_ext with (fun t => (norm_sq N z + 2 * t * dot N z (slope_along F) + t * t * norm_sq N (slope_along F)) / INR N / 2).
  { intros t; unfold linearized_loss; f_equal; f_equal.
    rewrite (Sum_ext N _ (fun n => z n * z n + 2 * t * (z n * slope_along F n) + t * t * (slope_along F n * slope_along F n)))
      by (intros; rewrite slope_moved; unfold z; ring).
    rewrite !Sum_plus, !Sum_scal_l; reflexivity. }
  apply second_derivative with (fun t => (dot N z (slope_along F) + t * norm_sq N (slope_along F)) / INR N).
  - intros t; auto_derive; [trivial|field; lra].
  - auto_derive; [trivial|field; lra].
Qed.

(** The layers and their shapes as they are printed. *)
Let shapes : list (nat * nat) := [(H, d)] ++ repeat (H, H) L ++ [(H, 1%nat)].

Lemma shapes_at j : (j < L)%nat -> nth (S j) shapes (0%nat, 0%nat) = (H, H).
Proof.
  intros Hj; unfold shapes; cbn [app nth]; rewrite app_nth1 by now rewrite repeat_length.
  rewrite (nth_indep _ _ (H, H)) by now rewrite repeat_length.
  apply nth_repeat.
Qed.

Lemma shapes_last : nth (S L) shapes (0%nat, 0%nat) = (H, 1%nat).
Proof. unfold shapes; cbn [app nth]; rewrite app_nth2; rewrite repeat_length; [now rewrite Nat.sub_diag|lia]. Qed.

Lemma printed_size F : squared_size (length shapes) (row_count shapes) (column_count shapes) F
  = squared_size (S (S L)) (fun l => widths (S l)) widths (turned F).
Proof.
  unfold squared_size; replace (length shapes) with (S (S L))
    by (unfold shapes; rewrite !app_length, repeat_length; simpl; lia).
  rewrite !Sum_of_a_chain; cbv beta; f_equal; [f_equal|].
  - apply Sum_ext; intros j Hj; unfold row_count, column_count; rewrite shapes_at, !inner_width by lia; cbn [fst snd].
    apply Sum_ext; intros; apply Sum_ext; intros; now rewrite turned_before by lia.
  - unfold row_count, column_count; rewrite shapes_last, one_output, inner_width by lia; cbn [fst snd Sum].
    rewrite Rplus_0_l; apply Sum_ext; intros; rewrite turned_last; ring.
Qed.

Variables (y : nat -> R) (top : R) (point : weights).
Hypothesis samples : (0 < N)%nat.
Hypothesis fits : forall n, (n < N)%nat -> (∑ b < H, A L n b * a b) = y n.

(** The sharpness of the linearization is that of the network. *)
Theorem sharpness_of_linearization :
  is_sharpness_of_network linearized_loss (length shapes) (row_count shapes) (column_count shapes) point top ->
  is_sharpness_of_network (network_loss (S (S L)) widths X N y) (S (S L)) (fun l => widths (S l)) widths stacked top.
Proof.
  assert (Fits : forall n, (n < N)%nat -> network_output (S (S L)) widths X stacked n = y n)
    by (intros; rewrite output_is by assumption; now apply fits).
  assert (E : forall F q, is_derive_n (fun t => network_loss (S (S L)) widths X N y (moved stacked (turned F) t)) 2 0 q
    <-> is_derive_n (fun t => linearized_loss (moved point F t)) 2 0 q).
  { intros F q.
    pose proof (second_derivative_of_network (S (S L)) widths X N y stacked one_output samples Fits (turned F)) as Dn.
    pose proof (linearized_second_derivative point F samples) as Dl.
    rewrite (norm_sq_ext N (direction_slope (S (S L)) widths X stacked (turned F)) (slope_along F)) in Dn
      by (intros; now apply slope_is).
    split; intros Dq.
    - now rewrite (second_derivative_unique _ _ _ _ Dq Dn).
    - now rewrite (second_derivative_unique _ _ _ _ Dq Dl). }
  assert (T : forall F, turned (turned F) = F).
  { intros F; do 3 (apply functional_extensionality; intros); apply turned_twice. }
  unfold is_sharpness_of_network; intros [Upper Least]; split.
  - intros q [F [One Dq]]; apply Upper; exists (turned F); split.
    + now rewrite printed_size, T.
    + apply (proj1 (E (turned F) q)); rewrite T; exact Dq.
  - intros M HM; apply Least; intros q [F [One Dq]]; apply HM; exists (turned F); split.
    + now rewrite <- printed_size.
    + exact (proj2 (E F q) Dq).
Qed.

End Chain.
