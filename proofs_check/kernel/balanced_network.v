(** A linear network of any depth and any widths whose neighbouring layers are balanced, at a minimizer: every layer has
    rank one and the squared singular value [Q^(1/D)], and the tangent kernel is Theorem 4.6's.

    Layer [l] of [D] is [W l], with [size (l + 1)] rows and [size l] columns; the features are [size 0], and [size D] is
    1. *)

From Coq Require Import Reals Lra Lia PeanoNat FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition definition_4_1 real_power
  language_of_statements layers_of_weights balanced_layers.
Local Open Scope R_scope.

Section Network.

Variables (D : nat) (size : nat -> nat) (X : nat -> nat -> R).
Hypothesis one_output : size D = 1%nat.

(** What layer [l] is given of sample [n]. *)
Fixpoint given_layer (W : weights) (l n k : nat) : R :=
  match l with
  | O => X n k
  | S j => ∑ i < size j, W j k i * given_layer W j n i
  end.

Definition network_output (W : weights) (n : nat) : R := given_layer W D n 0.

(** The product of the layers from [l] on, of which there are [j]. *)
Fixpoint product_from (W : weights) (j l k : nat) : R :=
  match j with
  | O => 1
  | S i => ∑ b < size (S l), product_from W i (S l) b * W l b k
  end.

Definition later_layers (W : weights) (l k : nat) : R := product_from W (D - l) l k.

Lemma later_step W l k : (l < D)%nat -> later_layers W l k = ∑ b < size (S l), later_layers W (S l) b * W l b k.
Proof. intros Hl; unfold later_layers; replace (D - l)%nat with (S (D - S l)) by lia; reflexivity. Qed.

Lemma later_last W k : later_layers W D k = 1.
Proof. unfold later_layers; now rewrite Nat.sub_diag. Qed.

Lemma output_through W l n : (l <= D)%nat -> network_output W n = dot (size l) (later_layers W l) (given_layer W l n).
Proof.
  intros Hl; remember (D - l)%nat as j eqn:Ej; revert l Hl Ej; induction j as [|j IH]; intros l Hl Ej.
  - replace l with D by lia; unfold dot; rewrite one_output; cbn [Sum]; rewrite later_last; unfold network_output; ring.
  - rewrite (IH (S l)) by lia.
    rewrite (dot_ext (size l) (later_layers W l) (given_layer W l n) (fun k => ∑ b < size (S l), later_layers W (S l) b * W l b k) (given_layer W l n))
      by (auto; intros; apply later_step; lia).
    rewrite (dot_combination_l (size l) (size (S l)) (given_layer W l n) (later_layers W (S l)) (W l)); reflexivity.
Qed.

Lemma given_below W W' l n k : (forall j, (j < l)%nat -> W j = W' j) -> given_layer W l n k = given_layer W' l n k.
Proof.
  revert k; induction l as [|l IH]; intros k E; [reflexivity|]; cbn [given_layer].
  apply Sum_ext; intros i _; rewrite (E l) by lia; f_equal; apply IH; intros; apply E; lia.
Qed.

Lemma product_from_above W W' j l k : (forall i, (l <= i)%nat -> W i = W' i) -> product_from W j l k = product_from W' j l k.
Proof.
  revert l k; induction j as [|j IH]; intros l k E; [reflexivity|]; cbn [product_from].
  apply Sum_ext; intros b _; rewrite (E l) by lia; f_equal; apply IH; intros; apply E; lia.
Qed.

(** The slope of an output in one weight. *)
Theorem slope_in_a_weight W l b k n : (l < D)%nat -> (b < size (S l))%nat -> (k < size l)%nat ->
  is_derive (fun x => network_output (with_weight l b k x W) n) (W l b k) (later_layers W (S l) b * given_layer W l n k).
Proof.
  intros Hl Hb Hk.
  apply is_derive_ext with (fun x => network_output W n + (x - W l b k) * (later_layers W (S l) b * given_layer W l n k)).
  - intros x; set (W' := with_weight l b k x W); match goal with |- ?f = ?g => change (@eq R f g) end.
    assert (Other : forall j, j <> l -> W j = W' j).
    { intros j Hj; apply functional_extensionality; intros b'; apply functional_extensionality; intros k'.
      unfold W', with_weight; destruct (Nat.eqb j l) eqn:E; [apply Nat.eqb_eq in E; contradiction|reflexivity]. }
    rewrite (output_through W (S l)), (output_through W' (S l)) by lia; cbn [given_layer]; unfold dot.
    rewrite (Sum_ext (size (S l)) (fun i => later_layers W' (S l) i * (∑ j < size l, W' l i j * given_layer W' l n j))
      (fun i => later_layers W (S l) i * (∑ j < size l, W l i j * given_layer W l n j)
        + (x - W l b k) * given_layer W l n k * (delta b i * later_layers W (S l) i))).
    + rewrite Sum_plus, Sum_scal_l, (Sum_delta_l (size (S l)) (fun i => later_layers W (S l) i) b Hb); ring.
    + intros i Hi; replace (later_layers W' (S l) i) with (later_layers W (S l) i)
        by (apply product_from_above; intros; apply Other; lia).
      rewrite (Sum_ext (size l) (fun j => W' l i j * given_layer W' l n j)
        (fun j => W l i j * given_layer W l n j + (x - W l b k) * delta b i * (delta k j * given_layer W l n j))).
      * rewrite Sum_plus, Sum_scal_l, (Sum_delta_l (size l) (fun j => given_layer W l n j) k Hk); ring.
      * intros j _; replace (given_layer W' l n j) with (given_layer W l n j) by (apply given_below; intros; apply Other; lia).
        unfold W', with_weight, delta; rewrite Nat.eqb_refl, (Nat.eqb_sym b i), (Nat.eqb_sym k j).
        destruct (Nat.eqb i b) eqn:Ei, (Nat.eqb j k) eqn:Ej; cbn; try ring.
        apply Nat.eqb_eq in Ei, Ej; subst; ring.
  - auto_derive; [trivial|ring].
Qed.

(** The sum of the products of these slopes over all weights. *)
Definition network_kernel (W : weights) (n m : nat) : R :=
  ∑ l < D, norm_sq (size (S l)) (later_layers W (S l)) * dot (size l) (given_layer W l n) (given_layer W l m).

Theorem network_kernel_is_the_gram_of_slopes W n m :
  network_kernel W n m = ∑ l < D, ∑ b < size (S l), ∑ k < size l,
    (later_layers W (S l) b * given_layer W l n k) * (later_layers W (S l) b * given_layer W l m k).
Proof.
  apply Sum_ext; intros l _; unfold norm_sq, dot at 1; rewrite <- Sum_scal_r; apply Sum_ext; intros b _.
  unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Variables (N r : nat) (s : nat -> R) (e w : nat -> nat -> R) (y : nat -> R) (W : weights).
Hypothesis decomposition : svd N (size 0) r X s e w.
Hypothesis positive_depth : (0 < D)%nat.

(** What the data see of a layer: the first one in the row space. *)
Definition layer_gram (l b c : nat) : R :=
  match l with
  | O => dot r (fun i => dot (size 0) (w i) (W 0%nat b)) (fun i => dot (size 0) (w i) (W 0%nat c))
  | S _ => dot (size l) (W l b) (W l c)
  end.

Hypothesis balanced : forall l b c, (S l < D)%nat -> (b < size (S l))%nat -> (c < size (S l))%nat ->
  (∑ i < size (S (S l)), W (S l) i b * W (S l) i c) = layer_gram l b c.
Hypothesis fits : forall n, (n < N)%nat -> network_output W n = y n.
Hypothesis nonzero : 0 < difficulty N r s e y.

(** The squared norm of the last layer. *)
Definition last_size : R := layer_gram (D - 1) 0 0.
Let V := last_size.
Let p := later_layers W.
Let A (b i : nat) : R := dot (size 0) (w i) (W 0%nat b).

Lemma last_positive : 0 < V.
Proof.
  assert (Z : V <> 0).
  { intros E; assert (P : forall k, (k < size (D - 1))%nat -> (0 < D - 1)%nat -> W (D - 1)%nat 0%nat k = 0).
    { intros k Hk HD; unfold V, last_size in E; destruct (D - 1)%nat as [|l]; [lia|].
      exact (norm_sq_zero (size (S l)) (W (S l) 0%nat) E k Hk). }
    assert (T : forall l, (S l = D)%nat -> forall k, p l k = W l 0%nat k).
    { intros l El k; unfold p; rewrite later_step, El, one_output by lia; cbn [Sum]; rewrite later_last; ring. }
    destruct (Nat.eq_dec (D - 1) 0) as [H1|H1].
    - assert (D = 1%nat) as HD by lia.
      rewrite <- (solution_projection N (size 0) r X s e w y decomposition (p 0%nat)) in nonzero.
      + unfold V, last_size in E; rewrite H1 in E; unfold layer_gram in E.
        rewrite (norm_sq_ext r _ (fun i => dot (size 0) (w i) (W 0%nat 0%nat))) in nonzero; [unfold norm_sq in nonzero; lra|].
        intros i _; apply dot_ext; auto; intros; apply T; lia.
      + intros n Hn; rewrite <- (fits n Hn), (output_through W 0 n) by lia; unfold matrix_vector; rewrite dot_sym; reflexivity.
    - assert (Y : forall n, (n < N)%nat -> y n = 0).
      { intros n Hn; rewrite <- (fits n Hn), (output_through W (D - 1) n) by lia; unfold dot.
        rewrite (Sum_ext _ _ (fun _ => 0)); [apply Sum_zero|]; intros k Hk; fold p.
        rewrite (T (D - 1)%nat) by lia; rewrite P by (assumption || lia); ring. }
      unfold difficulty in nonzero; rewrite (Sum_ext r _ (fun _ => 0)), Sum_zero in nonzero; [lra|].
      intros i Hi; replace (label_coefficient N e y i) with 0; [unfold Rdiv; ring|].
      unfold label_coefficient, dot; rewrite (Sum_ext N _ (fun _ => 0)) by (intros n Hn; rewrite (Y n Hn); ring).
      symmetry; apply Sum_zero. }
  assert (0 <= V); [|lra].
  unfold V, last_size, layer_gram; destruct (D - 1)%nat; apply norm_sq_nonneg.
Qed.

Lemma descent j : forall l, (S l + j = D)%nat ->
  (forall b c, (b < size (S l))%nat -> (c < size (S l))%nat -> layer_gram l b c = V / V ^ j * (p (S l) b * p (S l) c)) /\
  norm_sq (size (S l)) (p (S l)) = V ^ j.
Proof.
  induction j as [|j IH]; intros l E.
  - assert (El : S l = D) by lia; rewrite El; split.
    + rewrite one_output; intros b c Hb Hc; replace b with 0%nat by lia; replace c with 0%nat by lia.
      unfold p; rewrite !later_last; replace l with (D - 1)%nat by lia; unfold V, last_size; simpl; field.
    + unfold norm_sq, dot, p; rewrite one_output; cbn [Sum]; rewrite later_last; simpl; ring.
  - destruct (IH (S l) ltac:(lia)) as [G Z]; pose proof last_positive as HV; pose proof (pow_lt V j HV) as P.
    assert (Pp : 0 < norm_sq (size (S (S l))) (p (S (S l)))) by (rewrite Z; exact P).
    assert (Q : forall k, p (S l) k = ∑ b < size (S (S l)), p (S (S l)) b * W (S l) b k)
      by (intros; apply later_step; lia).
    split.
    + intros b c Hb Hc; rewrite <- (balanced l b c) by (assumption || lia).
      rewrite (gram_of_columns _ _ (W (S l)) (p (S (S l))) (V / V ^ j) G Pp b c Hb Hc), <- !Q, Z; simpl; field.
      split; lra.
    + rewrite (norm_sq_ext _ (p (S l)) (fun k => ∑ b < size (S (S l)), p (S (S l)) b * W (S l) b k)) by (intros; apply Q).
      rewrite (image_norm _ _ (W (S l)) (p (S (S l))) (V / V ^ j) G), Z; simpl; field; lra.
Qed.

Lemma gram_at l b c : (l < D)%nat -> (b < size (S l))%nat -> (c < size (S l))%nat ->
  layer_gram l b c = V / V ^ (D - S l) * (p (S l) b * p (S l) c).
Proof. intros Hl; apply (descent (D - S l) l); lia. Qed.

Lemma later_size l : (l < D)%nat -> norm_sq (size (S l)) (p (S l)) = V ^ (D - S l).
Proof. intros Hl; apply (descent (D - S l) l); lia. Qed.

(** Every layer has rank one, the first in the row space, and the squared norm [V]. *)
Theorem later_layer_rank_one l b k : (S l < D)%nat -> (b < size (S (S l)))%nat -> (k < size (S l))%nat ->
  W (S l) b k * norm_sq (size (S (S l))) (p (S (S l))) = p (S (S l)) b * p (S l) k.
Proof.
  intros Hl Hb Hk; unfold p at 3; rewrite (later_step W (S l) k Hl); fold p.
  apply (rank_one (size (S (S l))) (size (S l)) (W (S l)) (p (S (S l))) (V / V ^ (D - S (S l)))); try assumption.
  intros b' c Hb' Hc; exact (gram_at (S l) b' c Hl Hb' Hc).
Qed.

Lemma through_modes i : (i < r)%nat -> dot (size 0) (w i) (p 0%nat) = ∑ b < size 1, p 1%nat b * A b i.
Proof.
  intros Hi.
  rewrite (dot_ext _ (w i) (p 0%nat) (w i) (fun k => ∑ b < size 1, p 1%nat b * W 0%nat b k))
    by (auto; intros; apply later_step; lia).
  exact (dot_combination_r (size 0) (size 1) (w i) (p 1%nat) (W 0%nat)).
Qed.

Theorem first_layer_rank_one b i : (b < size 1)%nat -> (i < r)%nat ->
  A b i * norm_sq (size 1) (p 1%nat) = p 1%nat b * dot (size 0) (w i) (p 0%nat).
Proof.
  intros Hb Hi; rewrite through_modes by assumption.
  apply (rank_one (size 1) r A (p 1%nat) (V / V ^ (D - 1))); try assumption.
  intros b' c Hb' Hc; exact (gram_at 0 b' c positive_depth Hb' Hc).
Qed.

Theorem layer_norm l : (l < D)%nat -> (∑ b < size (S l), layer_gram l b b) = V.
Proof.
  intros Hl; pose proof last_positive; pose proof (pow_lt V (D - S l) last_positive).
  rewrite (Sum_ext _ _ (fun b => V / V ^ (D - S l) * (p (S l) b * p (S l) b))) by (intros; now apply gram_at).
  rewrite Sum_scal_l; fold (dot (size (S l)) (p (S l)) (p (S l))); fold (norm_sq (size (S l)) (p (S l))).
  rewrite later_size by assumption; field; lra.
Qed.

Lemma labels_at n : (n < N)%nat -> matrix_vector (size 0) X (p 0%nat) n = y n.
Proof.
  intros Hn; rewrite <- (fits n Hn), (output_through W 0 n) by lia; unfold matrix_vector; rewrite dot_sym; reflexivity.
Qed.

Theorem size_to_the_depth : V ^ D = difficulty N r s e y.
Proof.
  rewrite <- (solution_projection N (size 0) r X s e w y decomposition (p 0%nat) labels_at).
  rewrite (norm_sq_ext r _ (fun i => ∑ b < size 1, p 1%nat b * A b i)) by (intros; now apply through_modes).
  rewrite (image_norm (size 1) r A (p 1%nat) (V / V ^ (D - 1))).
  - rewrite later_size by assumption; pose proof last_positive; pose proof (pow_lt V (D - 1) last_positive).
    replace D with (S (D - 1)) at 1 by lia; simpl; field; lra.
  - intros b c Hb Hc; exact (gram_at 0 b c positive_depth Hb Hc).
Qed.

(** Every layer but the first is given the labels, in one direction. *)
Lemma given_at l n b : (l < D)%nat -> (n < N)%nat -> (b < size (S l))%nat ->
  given_layer W (S l) n b * V ^ (D - S l) = p (S l) b * y n.
Proof.
  intros Hl Hn Hb; cbn [given_layer]; rewrite <- later_size, <- Sum_scal_r by assumption; destruct l as [|l].
  - rewrite (Sum_ext _ _ (fun k => X n k * W 0%nat b k * norm_sq (size 1) (p 1%nat))) by (intros; cbn [given_layer]; ring).
    rewrite Sum_scal_r; fold (dot (size 0) (X n) (W 0%nat b)); fold (matrix_vector (size 0) X (W 0%nat b) n).
    rewrite <- (labels_at n Hn), !(svd_apply N (size 0) r X s e w decomposition _ n Hn), <- Sum_scal_r, <- Sum_scal_l.
    apply Sum_ext; intros i Hi; pose proof (first_layer_rank_one b i Hb Hi) as R1; unfold A in R1.
    replace (s i * dot (size 0) (w i) (W 0%nat b) * e i n * norm_sq (size 1) (p 1%nat))
      with (s i * (dot (size 0) (w i) (W 0%nat b) * norm_sq (size 1) (p 1%nat)) * e i n) by ring.
    rewrite R1; ring.
  - rewrite <- (fits n Hn), (output_through W (S l) n) by lia; unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros k Hk.
    fold p; replace (W (S l) b k * given_layer W (S l) n k * norm_sq (size (S (S l))) (p (S (S l))))
      with (W (S l) b k * norm_sq (size (S (S l))) (p (S (S l))) * given_layer W (S l) n k) by ring.
    rewrite (later_layer_rank_one l b k Hl Hb Hk); ring.
Qed.

Lemma Sum_from_the_first n f : Sum (S n) f = f 0%nat + Sum n (fun i => f (S i)).
Proof.
  induction n as [|n IH]; [simpl; ring|]; change (Sum (S (S n)) f) with (Sum (S n) f + f (S n)); rewrite IH; simpl; ring.
Qed.

Theorem balanced_network_kernel n m : (n < N)%nat -> (m < N)%nat ->
  network_kernel W n m = V ^ (D - 1) * dot (size 0) (X n) (X m) + INR (D - 1) / V * (y n * y m).
Proof.
  intros Hn Hm; unfold network_kernel.
  assert (First : forall f, Sum D f = f 0%nat + Sum (D - 1) (fun i => f (S i)))
    by (intros f; rewrite <- Sum_from_the_first; f_equal; lia).
  rewrite First; clear First.
  f_equal; [fold p; rewrite later_size by assumption; reflexivity|].
  rewrite (Sum_ext (D - 1) _ (fun _ => y n * y m / V)); [rewrite Sum_const; unfold Rdiv; ring|].
  intros l Hl; fold p; rewrite later_size by lia.
  pose proof last_positive; pose proof (pow_lt V (D - S l) last_positive) as P;
    pose proof (pow_lt V (D - S (S l)) last_positive) as P'.
  apply Rmult_eq_reg_r with (V ^ (D - S l) * V ^ (D - S l)); [|nra].
  unfold dot; rewrite Rmult_assoc, <- Sum_scal_r.
  rewrite (Sum_ext _ _ (fun k => y n * y m * (p (S l) k * p (S l) k))).
  - rewrite Sum_scal_l; fold (dot (size (S l)) (p (S l)) (p (S l))); fold (norm_sq (size (S l)) (p (S l))).
    rewrite later_size by lia; replace (D - S l)%nat with (S (D - S (S l))) by lia; simpl; field; lra.
  - intros k Hk; pose proof (given_at l n k ltac:(lia) Hn Hk) as En; pose proof (given_at l m k ltac:(lia) Hm Hk) as Em.
    transitivity ((given_layer W (S l) n k * V ^ (D - S l)) * (given_layer W (S l) m k * V ^ (D - S l))); [ring|rewrite En, Em; ring].
Qed.

Let Q := difficulty N r s e y.

Lemma real_power_of_difficulty x : real_power Q x = Rpower V (INR D * x).
Proof.
  pose proof last_positive; unfold Q; rewrite <- size_to_the_depth, real_power_positive by now apply pow_lt.
  now rewrite <- (Rpower_pow D V), Rpower_mult by assumption.
Qed.

Let depth : 0 < INR D.
Proof. now apply lt_0_INR. Qed.

Lemma size_as_power : real_power Q (1 / INR D) = V.
Proof.
  rewrite real_power_of_difficulty; replace (INR D * (1 / INR D)) with 1 by (field; lra); apply Rpower_1, last_positive.
Qed.

Lemma inverse_as_power : real_power Q (- (1 / INR D)) = / V.
Proof. now rewrite <- real_power_inverse, size_as_power. Qed.

Lemma first_as_power : real_power Q ((INR D - 1) / INR D) = V ^ (D - 1).
Proof.
  rewrite real_power_of_difficulty, <- (Rpower_pow (D - 1) V last_positive), minus_INR by lia; f_equal; simpl; field; lra.
Qed.

(** Theorem 4.6 at every depth and all widths. *)
Theorem balanced_network : forall n m, (n < N)%nat -> (m < N)%nat ->
  network_kernel W n m = real_power Q ((INR D - 1) / INR D) * dot (size 0) (X n) (X m)
    + (INR D - 1) * real_power Q (- (1 / INR D)) * (y n * y m).
Proof.
  intros n m Hn Hm; rewrite balanced_network_kernel, first_as_power, inverse_as_power, minus_INR by (assumption || lia).
  simpl; unfold Rdiv; ring.
Qed.

Theorem balanced_layer_norm l : (l < D)%nat -> (∑ b < size (S l), layer_gram l b b) = real_power Q (1 / INR D).
Proof. intros Hl; rewrite size_as_power; now apply layer_norm. Qed.

End Network.
