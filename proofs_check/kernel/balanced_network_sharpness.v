(** The sharpness of a linear network of any depth and widths where it fits the labels and its kernel is
    [c X X^T + k y y^T] lies between two bounds; where the layers are balanced they are those of Theorem 4.6. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products cauchy_schwarz derivatives singular_value_decomposition definition_4_1
  real_power language_of_statements layers_of_weights balanced_network.
Local Open Scope R_scope.

Section Network.

Variables (D : nat) (size : nat -> nat) (X : nat -> nat -> R) (N : nat) (y : nat -> R) (W : weights).
Hypothesis one_output : size D = 1%nat.
Hypothesis samples : (0 < N)%nat.
Hypothesis fits : forall n, (n < N)%nat -> network_output D size X W n = y n.

Definition network_loss (V : weights) : R := (∑ n < N, (network_output D size X V n - y n) ^ 2) / INR N / 2.

Section Along.

Variable F : weights.

Fixpoint first_rate (l n k : nat) (t : R) : R :=
  match l with
  | O => 0
  | S j => ∑ i < size j, (F j k i * given_layer size X (moved W F t) j n i + moved W F t j k i * first_rate j n i t)
  end.

Fixpoint second_rate (l n k : nat) (t : R) : R :=
  match l with
  | O => 0
  | S j => ∑ i < size j, (F j k i * first_rate j n i t + (F j k i * first_rate j n i t + moved W F t j k i * second_rate j n i t))
  end.

Lemma entry_along j k i (t : R) : is_derive (fun t => moved W F t j k i) t (F j k i).
Proof. unfold moved; auto_derive; [trivial|ring]. Qed.

Lemma given_along l : forall n k (t : R), is_derive (fun t => given_layer size X (moved W F t) l n k) t (first_rate l n k t).
Proof.
  induction l as [|l IH]; intros n k t; cbn [given_layer first_rate]; [apply derive_constant|].
  apply (derive_Sum (size l) (fun i t => moved W F t l k i * given_layer size X (moved W F t) l n i)); intros i _.
  apply derive_product; [apply entry_along|apply IH].
Qed.

Lemma rate_along l : forall n k (t : R), is_derive (fun t => first_rate l n k t) t (second_rate l n k t).
Proof.
  induction l as [|l IH]; intros n k t; cbn [first_rate second_rate]; [apply derive_constant|].
  apply (derive_Sum (size l) (fun i t => F l k i * given_layer size X (moved W F t) l n i + moved W F t l k i * first_rate l n i t)).
  intros i _; apply derive_sum_of_two; [apply derive_scaled, given_along|apply derive_product; [apply entry_along|apply IH]].
Qed.

(** The derivative of an output along the direction, in the slopes of its weights. *)
Definition direction_slope (n : nat) : R :=
  ∑ l < D, ∑ b < size (S l), ∑ k < size l, F l b k * (later_layers D size W (S l) b * given_layer size X W l n k).

Lemma moved_nowhere l n k : given_layer size X (moved W F 0) l n k = given_layer size X W l n k.
Proof.
  revert k; induction l as [|l IH]; intros k; [reflexivity|]; cbn [given_layer]; apply Sum_ext; intros i _.
  rewrite IH; unfold moved; ring.
Qed.

Lemma rate_through n : forall l, (l <= D)%nat ->
  ∑ k < size l, later_layers D size W l k * first_rate l n k 0
  = ∑ j < l, ∑ b < size (S j), ∑ k < size j, F j b k * (later_layers D size W (S j) b * given_layer size X W j n k).
Proof.
  induction l as [|l IH]; intros Hl.
  - cbn [Sum first_rate]; rewrite (Sum_ext _ _ (fun _ => 0)) by (intros; ring); apply Sum_zero.
  - change (Sum (S l) ?f) with (Sum l f + f l); rewrite <- IH by lia.
    rewrite (Sum_ext (size l) (fun k => later_layers D size W l k * first_rate l n k 0)
      (fun k => ∑ b < size (S l), later_layers D size W (S l) b * (W l b k * first_rate l n k 0)))
      by (intros k _; rewrite (later_step D size one_output W l k) by lia; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
    rewrite (Sum_swap (size l) (size (S l))), <- Sum_plus; apply Sum_ext; intros b _; cbn [first_rate].
    rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros k _; rewrite moved_nowhere; unfold moved; ring.
Qed.

Lemma rate_at_the_start n : first_rate D n 0 0 = direction_slope n.
Proof.
  unfold direction_slope; rewrite <- (rate_through n D) by lia; rewrite one_output; cbn [Sum]; rewrite later_last; ring.
Qed.

Theorem second_derivative_of_network :
  is_derive_n (fun t => network_loss (moved W F t)) 2 0 (norm_sq N direction_slope / INR N).
Proof.
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (R0 := fun n t => network_output D size X (moved W F t) n - y n).
  apply is_derive_n_ext with (fun t => / INR N * / 2 * ∑ n < N, R0 n t * R0 n t).
  { intros t; unfold network_loss, R0; rewrite (Sum_ext N (fun n => (_ - y n) ^ 2) (fun n => R0 n t * R0 n t))
      by (intros; unfold R0; ring); unfold R0; field; lra. }
  apply second_derivative with (fun t => / INR N * ∑ n < N, R0 n t * first_rate D n 0 t).
  - intros t; eapply derive_value.
    + apply derive_scaled; apply (derive_Sum N (fun n t => R0 n t * R0 n t)); intros n _; apply derive_square.
      unfold R0, network_output; apply derive_difference; [apply given_along|apply derive_constant].
    + rewrite <- !Sum_scal_l; apply Sum_ext; intros n _; rewrite Rminus_0_r; field; lra.
  - eapply derive_value.
    + apply derive_scaled; apply (derive_Sum N (fun n t => R0 n t * first_rate D n 0 t)); intros n _; apply derive_product.
      * unfold R0, network_output; apply derive_difference; [apply given_along|apply derive_constant].
      * apply rate_along.
    + unfold Rdiv; rewrite Rmult_comm; f_equal; apply Sum_ext; intros n Hn; unfold R0, network_output.
      rewrite moved_nowhere; fold (network_output D size X W n); rewrite (fits n Hn), rate_at_the_start; ring.
Qed.

End Along.

(** The transposed Jacobian. *)
Definition pulled_back (q : nat -> R) : weights :=
  fun l b k => ∑ n < N, q n * (later_layers D size W (S l) b * given_layer size X W l n k).

Let over_all (f : nat -> nat -> nat -> R) : R := ∑ l < D, ∑ b < size (S l), ∑ k < size l, f l b k.

Lemma over_all_ext f g : (forall l b k, f l b k = g l b k) -> over_all f = over_all g.
Proof. intros E; apply Sum_ext; intros; apply Sum_ext; intros; apply Sum_ext; intros; apply E. Qed.

Lemma over_all_plus f g : over_all (fun l b k => f l b k + g l b k) = over_all f + over_all g.
Proof.
  unfold over_all; rewrite <- Sum_plus; apply Sum_ext; intros; rewrite <- Sum_plus; apply Sum_ext; intros.
  now rewrite <- Sum_plus.
Qed.

Lemma over_all_scal c f : over_all (fun l b k => c * f l b k) = c * over_all f.
Proof.
  unfold over_all; rewrite <- Sum_scal_l; apply Sum_ext; intros; rewrite <- Sum_scal_l; apply Sum_ext; intros.
  now rewrite <- Sum_scal_l.
Qed.

Lemma over_all_swap (f : nat -> nat -> nat -> nat -> R) :
  over_all (fun l b k => ∑ n < N, f n l b k) = ∑ n < N, over_all (f n).
Proof.
  unfold over_all; symmetry; rewrite Sum_swap; apply Sum_ext; intros; rewrite Sum_swap; apply Sum_ext; intros; now rewrite Sum_swap.
Qed.

Lemma over_all_nonneg f : (forall l b k, 0 <= f l b k) -> 0 <= over_all f.
Proof. intros P; apply Sum_nonneg; intros; apply Sum_nonneg; intros; apply Sum_nonneg; intros; apply P. Qed.

Lemma slope_of_pulled_back F q : over_all (fun l b k => F l b k * pulled_back q l b k) = dot N q (direction_slope F).
Proof.
  rewrite (over_all_ext _ (fun l b k => ∑ n < N, q n * (F l b k * (later_layers D size W (S l) b * given_layer size X W l n k))))
    by (intros; unfold pulled_back; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring).
  rewrite over_all_swap; apply Sum_ext; intros n _; rewrite over_all_scal; reflexivity.
Qed.

Lemma slope_along_pulled_back q n : direction_slope (pulled_back q) n = ∑ m < N, q m * network_kernel D size X W n m.
Proof.
  change (direction_slope (pulled_back q) n) with
    (over_all (fun l b k => pulled_back q l b k * (later_layers D size W (S l) b * given_layer size X W l n k))).
  rewrite (over_all_ext _ (fun l b k => ∑ m < N, q m * ((later_layers D size W (S l) b * given_layer size X W l n k)
      * (later_layers D size W (S l) b * given_layer size X W l m k))))
    by (intros; unfold pulled_back; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
  rewrite over_all_swap; apply Sum_ext; intros m _; rewrite over_all_scal, network_kernel_is_the_gram_of_slopes; reflexivity.
Qed.

(** The kernel is that of Theorems 4.3 and 4.6. *)
Variables (r : nat) (s : nat -> R) (e w : nat -> nat -> R) (first second S : R).
Hypothesis decomposition : svd N (size 0) r X s e w.
Hypothesis modes : (0 < r)%nat.
Hypothesis first_positive : 0 < first.
Hypothesis second_nonnegative : 0 <= second.
Hypothesis kernel : forall n m, (n < N)%nat -> (m < N)%nat ->
  network_kernel D size X W n m = first * dot (size 0) (X n) (X m) + second * (y n * y m).

Lemma form_at q : dot N q (direction_slope (pulled_back q))
  = first * norm_sq (size 0) (transposed_vector N X q) + second * (dot N q y * dot N q y).
Proof.
  unfold dot at 1; rewrite (Sum_ext N _ (fun n => first * (q n * dot (size 0) (X n) (transposed_vector N X q))
    + second * dot N q y * (q n * y n))).
  - rewrite Sum_plus, !Sum_scal_l; fold (dot N q y); f_equal; [f_equal|ring].
    unfold norm_sq; rewrite (dot_ext _ (transposed_vector N X q) (transposed_vector N X q)
      (fun k => ∑ n < N, q n * X n k) (transposed_vector N X q)) by reflexivity.
    now rewrite (dot_combination_l (size 0) N (transposed_vector N X q) q X).
  - intros n Hn; rewrite slope_along_pulled_back.
    rewrite (Sum_ext N _ (fun m => first * (q m * dot (size 0) (X n) (X m)) + second * y n * (q m * y m)))
      by (intros; rewrite kernel by assumption; ring).
    rewrite Sum_plus, !Sum_scal_l; fold (dot N q y).
    rewrite <- (dot_combination_r (size 0) N (X n) q X); unfold transposed_vector; ring.
Qed.

Let top : R := first * (s 0%nat * s 0%nat) + second * norm_sq N y.

Lemma top_positive : 0 < top.
Proof.
  pose proof (svd_positive _ _ _ _ _ _ _ decomposition 0%nat modes) as P; unfold top.
  assert (0 < first * (s 0%nat * s 0%nat)) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (0 <= second * norm_sq N y) by (apply Rmult_le_pos; [assumption|apply norm_sq_nonneg]); lra.
Qed.

Lemma form_at_most q : dot N q (direction_slope (pulled_back q)) <= top * norm_sq N q.
Proof.
  rewrite form_at; unfold top; rewrite Rmult_plus_distr_r; apply Rplus_le_compat.
  - rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra|]; rewrite (svd_transposed_norm _ _ _ _ _ _ _ decomposition).
    apply Rle_trans with (s 0%nat * s 0%nat * norm_sq r (fun i => dot N (e i) q)).
    + unfold norm_sq, dot at 3; rewrite <- Sum_scal_l; apply Sum_le; intros i Hi.
      pose proof (svd_positive _ _ _ _ _ _ _ decomposition i Hi); pose proof (svd_largest _ _ _ _ _ _ _ decomposition i Hi).
      assert (s i * s i <= s 0%nat * s 0%nat) by nra; pose proof (Rle_0_sqr (dot N (e i) q)) as P; unfold Rsqr in P; nra.
    + apply Rmult_le_compat_l; [apply Rle_0_sqr|]; exact (bessel N r e q (svd_left _ _ _ _ _ _ _ decomposition)).
  - rewrite Rmult_assoc; apply Rmult_le_compat_l; [assumption|]; rewrite (Rmult_comm (norm_sq N y)); apply cauchy_schwarz.
Qed.

Hypothesis sharp : is_sharpness_of_network network_loss D (fun l => size (Datatypes.S l)) size W S.

Let length_is F : squared_size D (fun l => size (Datatypes.S l)) size F = over_all (fun l b k => F l b k * F l b k).
Proof. apply Sum_ext; intros; apply Sum_ext; intros; apply Sum_ext; intros; ring. Qed.

Lemma slope_at_most F : squared_size D (fun l => size (Datatypes.S l)) size F = 1 -> norm_sq N (direction_slope F) <= top.
Proof.
  intros One; rewrite length_is in One; set (q := direction_slope F); pose proof top_positive as T.
  pose proof (over_all_nonneg (fun l b k => (top * F l b k - pulled_back q l b k) ^ 2) ltac:(intros; apply pow2_ge_0)) as P.
  rewrite (over_all_ext _ (fun l b k => top * top * (F l b k * F l b k) + (-2 * top * (F l b k * pulled_back q l b k)
    + pulled_back q l b k * pulled_back q l b k))) in P by (intros; ring).
  rewrite !over_all_plus, !over_all_scal, One, !slope_of_pulled_back in P.
  pose proof (form_at_most q) as B; change (dot N q (direction_slope F)) with (norm_sq N q) in P.
  assert (0 <= top * (top - norm_sq N q)) by lra; apply Rnot_lt_le; intros L; nra.
Qed.

Theorem network_sharpness_at_most : S <= top / INR N.
Proof.
  destruct sharp as [_ Least]; apply Least; intros x [F [One X2]].
  rewrite (second_derivative_unique _ _ _ _ X2 (second_derivative_of_network F)).
  unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; now apply lt_0_INR|now apply slope_at_most].
Qed.

Let kappa : R := first * (s 0%nat * s 0%nat) + second * (label_coefficient N e y 0 * label_coefficient N e y 0).

Lemma form_at_the_first : dot N (e 0%nat) (direction_slope (pulled_back (e 0%nat))) = kappa.
Proof.
  rewrite form_at; unfold kappa, label_coefficient; f_equal; f_equal.
  rewrite (svd_transposed_norm _ _ _ _ _ _ _ decomposition).
  rewrite (Sum_ext r _ (fun i => delta 0 i * (s i * s i))); [now apply Sum_delta_l|]; intros i Hi.
  pose proof (svd_left _ _ _ _ _ _ _ decomposition i 0%nat Hi modes) as E; rewrite E, delta_sym.
  unfold delta; destruct (Nat.eqb 0 i); ring.
Qed.

Theorem network_sharpness_at_least : kappa / INR N <= S.
Proof.
  assert (K : 0 < kappa).
  { pose proof (svd_positive _ _ _ _ _ _ _ decomposition 0%nat modes) as P; unfold kappa.
    assert (0 < first * (s 0%nat * s 0%nat)) by (repeat apply Rmult_lt_0_compat; assumption).
    assert (0 <= second * (label_coefficient N e y 0 * label_coefficient N e y 0))
      by (apply Rmult_le_pos; [assumption|apply Rle_0_sqr]); lra. }
  set (k := / sqrt kappa).
  assert (Hk : k * k * kappa = 1) by (unfold k; rewrite <- Rinv_mult, sqrt_sqrt by lra; field; lra).
  set (F := fun l b j => k * pulled_back (e 0%nat) l b j); destruct sharp as [Upper _].
  assert (Slope : forall n, direction_slope F n = k * direction_slope (pulled_back (e 0%nat)) n).
  { intros n; unfold direction_slope at 2.
    change (direction_slope F n = k * over_all (fun l b j => pulled_back (e 0%nat) l b j
      * (later_layers D size W (Datatypes.S l) b * given_layer size X W l n j))).
    rewrite <- over_all_scal; apply over_all_ext; intros; unfold F; ring. }
  assert (Q : norm_sq N (direction_slope F) / INR N <= S).
  { apply Upper; exists F; split; [|apply second_derivative_of_network]; rewrite length_is, <- Hk.
    rewrite (over_all_ext _ (fun l b j => k * k * (pulled_back (e 0%nat) l b j * pulled_back (e 0%nat) l b j)))
      by (intros; unfold F; ring).
    now rewrite over_all_scal, slope_of_pulled_back, form_at_the_first. }
  rewrite (norm_sq_ext N _ (fun n => k * direction_slope (pulled_back (e 0%nat)) n)), norm_sq_scal in Q by (intros; apply Slope).
  pose proof (cauchy_schwarz N (e 0%nat) (direction_slope (pulled_back (e 0%nat)))) as CS; rewrite form_at_the_first in CS.
  assert (E : norm_sq N (e 0%nat) = 1)
    by exact (eq_trans (svd_left _ _ _ _ _ _ _ decomposition 0%nat 0%nat modes modes) (delta_same 0)).
  rewrite E, Rmult_1_l in CS.
  eapply Rle_trans; [|exact Q]; unfold Rdiv; apply Rmult_le_compat_r;
    [left; apply Rinv_0_lt_compat; now apply lt_0_INR|].
  apply Rle_trans with (k * k * (kappa * kappa)).
  - apply Req_le; transitivity (k * k * kappa * kappa); [rewrite Hk|]; ring.
  - apply Rmult_le_compat_l; [apply Rle_0_sqr|exact CS].
Qed.

End Network.

(** Theorem 4.6 at every depth and all widths. *)
Theorem balanced_network_sharpness D size X N r s e w y W S :
  size D = 1%nat -> (0 < D)%nat -> (0 < N)%nat -> (0 < r)%nat -> svd N (size 0%nat) r X s e w ->
  (forall l b c, ((Datatypes.S l) < D)%nat -> (b < size (Datatypes.S l))%nat -> (c < size (Datatypes.S l))%nat ->
    (∑ i < size (Datatypes.S (Datatypes.S l)), W (Datatypes.S l) i b * W (Datatypes.S l) i c) = layer_gram size r w W l b c) ->
  (forall n, (n < N)%nat -> network_output D size X W n = y n) ->
  0 < difficulty N r s e y ->
  is_sharpness_of_network (network_loss D size X N y) D (fun l => size (Datatypes.S l)) size W S ->
  let Q := difficulty N r s e y in
  let first := real_power Q ((INR D - 1) / INR D) in
  let second := (INR D - 1) * real_power Q (- (1 / INR D)) in
  (first * (s 0%nat * s 0%nat) + second * (label_coefficient N e y 0 * label_coefficient N e y 0)) / INR N <= S
  <= (first * (s 0%nat * s 0%nat) + second * norm_sq N y) / INR N.
Proof.
  intros One HD HN Hr Hsvd Balanced Fits Nonzero Sharp Q first second.
  assert (First : 0 < first) by now apply real_power_is_positive.
  assert (Second : 0 <= second).
  { apply Rmult_le_pos; [|apply real_power_nonnegative]; pose proof (le_INR 1 D HD) as L; simpl in L; lra. }
  pose proof (balanced_network D size X One N r s e w y W Hsvd HD Balanced Fits Nonzero) as K.
  split.
  - exact (network_sharpness_at_least D size X N y W One HN Fits r s e w first second S Hsvd Hr First Second K Sharp).
  - exact (network_sharpness_at_most D size X N y W One HN Fits r s e w first second S Hsvd Hr First Second K Sharp).
Qed.
