(** own-balanced-network. Sharpness at a balanced minimizer, three layers or more of any widths. *)

From Coq Require Import Reals List.
From Kernel Require Import finite_sums language_of_statements layers_of_weights.
Import ListNotations.
Local Open Scope R_scope.

Record hypotheses (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat -> nat -> R) (S
  V : R) (a a' d_ q s y : nat -> R) : Prop := {
  size_H : (0 < H)%nat;
  size_L : (0 < L)%nat;
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_r : (0 < r)%nat;
  domain_of_s : forall i, (i < r)%nat -> 0 < s i;
  svd : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k);
  labels : forall n, (n < N)%nat -> y n = (∑ i < r, d_ i * e i n);
  left_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ n < N, e j n * e i n) = delta j i;
  right_orthonormal : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i;
  descending : forall i, (i < r)%nat -> s i <= s 0%nat;
  nonzero_labels : 0 < (∑ i < r, d_ i ^ 2 / s i ^ 2);
  given_first : forall b n, (b < H)%nat -> (n < N)%nat -> A 0%nat n b = (∑ k < d, W b k * X n k);
  given_next : forall b c n, (b < H)%nat -> (c < L)%nat -> (n < N)%nat -> A (1 + c)%nat n b = (∑ a1 < H, A c n
    a1 * U c b a1);
  later_last : forall b, (b < H)%nat -> B L b = a b;
  later_previous : forall b c, (b < H)%nat -> (c < L)%nat -> B c b = (∑ a1 < H, B (1 + c)%nat a1 * U c a1 b);
  minimizer : forall n, (n < N)%nat -> (∑ b < H, A L n b * a b) = y n;
  size : V = (∑ b < H, a b ^ 2);
  balanced_first : forall b c, (b < H)%nat -> (c < H)%nat -> G 0%nat b c = (∑ i < r, (∑ k < d, W c k * w i k)
    * (∑ k < d, W b k * w i k));
  gram_below : forall b c a1, (b < H)%nat -> (c < H)%nat -> (a1 < L)%nat -> G a1 b c = (∑ b1 < H, U a1 b1 c *
    U a1 b1 b);
  gram_above : forall b c a1, (b < H)%nat -> (c < H)%nat -> (a1 < L)%nat -> G (1 + a1)%nat b c = (∑ b1 < H, U
    a1 c b1 * U a1 b b1);
  balanced_last : forall b c, (b < H)%nat -> (c < H)%nat -> G L b c = a c * a b;
  rates_first : forall b n, (b < H)%nat -> (n < N)%nat -> T 0%nat n b = (∑ k < d, W' b k * X n k);
  rates_next : forall b c n, (b < H)%nat -> (c < L)%nat -> (n < N)%nat -> T (1 + c)%nat n b = (∑ a1 < H, A c n
    a1 * U' c b a1) + (∑ a1 < H, T c n a1 * U c b a1);
  sharpness : is_sharpness_of_layers (fun w_ => (∑ n < N, ((∑ b < H, w_ (1 + L)%nat b 0%nat * A L n b) + (∑ b
    < H, B 0%nat b * (∑ k < d, w_ 0%nat b k * X n k)) + (∑ b < L, (∑ c < H, (∑ a1 < H, w_ (1 + b)%nat c a1 * A
    b n a1 * B (1 + b)%nat c))) - y n * (2 + INR L)) ^ 2) / INR N / 2) ([(H, d)] ++ repeat (H, H) L ++ [(H,
    1%nat)]) ([W] ++ map U (seq 0 L) ++ [(fun b _ => a b)]) S;
}.

Definition slopes : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat
  -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  forall n, (n < N)%nat -> (∑ b < H, A L n b * a' b) + (∑ b < H, T L n b * a b) = (∑ b < H, A L n b * a' b) +
    (∑ b < H, B 0%nat b * (∑ k < d, W' b k * X n k)) + (∑ b < L, (∑ c < H, (∑ a1 < H, A b n a1 * B (1 + b)%nat
    c * U' b c a1))).

Definition curvature : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w :
  nat -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  coefficient 2 (fun t => (∑ n < N, (t * ((∑ b < H, A L n b * a' b) + (∑ b < H, B 0%nat b * (∑ k < d, W' b k *
    X n k)) + (∑ b < L, (∑ c < H, (∑ a1 < H, A b n a1 * B (1 + b)%nat c * U' b c a1)))) + q n * t ^ 2 + (∑ b <
    H, A L n b * a b) - y n) ^ 2) / INR N / 2) = (∑ n < N, ((∑ b < H, A L n b * a' b) + (∑ b < H, B 0%nat b *
    (∑ k < d, W' b k * X n k)) + (∑ b < L, (∑ c < H, (∑ a1 < H, A b n a1 * B (1 + b)%nat c * U' b c a1)))) ^
    2) / INR N / 2.

Definition size_to_the_depth : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W'
  X e w : nat -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  V ^ 2 * Prod L (fun b => V) = (∑ i < r, d_ i ^ 2 / s i ^ 2).

Definition first_layer : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w
  : nat -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  forall b i, (b < H)%nat -> (i < r)%nat -> (∑ c < H, B 0%nat c ^ 2) * (∑ k < d, W b k * w i k) = B 0%nat b *
    (∑ c < H, B 0%nat c * (∑ k < d, W c k * w i k)).

Definition square_layers : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e
  w : nat -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  forall b c a1, (b < H)%nat -> (c < H)%nat -> (a1 < L)%nat -> U a1 b c * (∑ b1 < H, B (1 + a1)%nat b1 ^ 2) =
    B a1 c * B (1 + a1)%nat b.

Definition kernel : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat
  -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  forall n m, (n < N)%nat -> (m < N)%nat -> (∑ b < H, B 0%nat b ^ 2) * (∑ k < d, X m k * X n k) + (∑ b < H, A
    L m b * A L n b) + (∑ b < L, (∑ c < H, B (1 + b)%nat c ^ 2) * (∑ c < H, A b m c * A b n c)) = y m * y n *
    real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / (2 + INR L))) * (1 + INR L) + real_power (∑ i < r, d_ i ^
    2 / s i ^ 2) ((1 + INR L) / (2 + INR L)) * (∑ k < d, X m k * X n k).

Definition lower : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat
  -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  (d_ 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) (- (1 / (2 + INR L))) * (1 + INR L) + s 0%nat ^ 2 *
    real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) ((1 + INR L) / (2 + INR L))) / INR N <= S.

Definition upper : Prop := forall (H L N d r : nat) (A G T U U' : nat -> nat -> nat -> R) (B W W' X e w : nat
  -> nat -> R) (S V : R) (a a' d_ q s y : nat -> R),
  hypotheses H L N d r A G T U U' B W W' X e w S V a a' d_ q s y ->
  S <= (s 0%nat ^ 2 * real_power (∑ i < r, d_ i ^ 2 / s i ^ 2) ((1 + INR L) / (2 + INR L)) + real_power (∑ i <
    r, d_ i ^ 2 / s i ^ 2) (- (1 / (2 + INR L))) * (1 + INR L) * (∑ i < r, d_ i ^ 2)) / INR N.
