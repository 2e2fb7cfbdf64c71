(** The claims of own-wide-imbalance: what gradient flow conserves in two layers of any width. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import finite_sums inner_products derivatives singular_value_decomposition language_of_statements
  printed_setting coefficients batch_step layers_of_weights wide_model.
From Kernel Require own_wide_imbalance.
Local Open Scope R_scope.

(** The slope as it is printed. *)
Lemma printed_wide_slope N d H X y W a k :
  wide_slope N d H X y W a k = (∑ n < N, X n k * ((∑ b < H, a b * (∑ l < d, W b l * X n l)) - y n)) / INR N.
Proof.
  unfold wide_slope, transposed_vector, Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros n _.
  unfold wide_residual, wide_output.
  rewrite (Sum_ext H (fun b => a b * dot d (X n) (W b)) (fun b => a b * (∑ l < d, W b l * X n l))); [ring|].
  intros b _; now rewrite <- printed_coefficient.
Qed.

Theorem gradient : own_wide_imbalance.gradient.
Proof.
  intros H N d r F W W_0 W_t X e w a a_0 a_t c f s y [].
  rewrite (coefficient_ext 1 _ (fun t => wide_loss N d H X y (fun b k => W b k + t * F b k) (fun b => a b + t * f b))).
  - etransitivity; [exact (coefficient_one _ _ (wide_gradient_is_the_derivative N d H X y W a F f size_N))|].
    rewrite Sum_plus, Rplus_comm.
    f_equal; [|rewrite Sum_swap]; apply Sum_ext; intros b _.
    + f_equal; apply Sum_ext; intros k _; rewrite printed_wide_slope; unfold Rdiv; ring.
    + unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros k _; rewrite printed_wide_slope; unfold Rdiv; ring.
  - intros t; rewrite <- printed_wide_loss by assumption; do 2 f_equal; apply Sum_ext; intros n _; do 2 f_equal.
    apply Sum_ext; intros b _; f_equal; apply Sum_ext; intros; ring.
Qed.

Theorem rate : own_wide_imbalance.rate.
Proof.
  intros H N d r F W W_0 W_t X e w a a_0 a_t c_ f s y [] b c Hb Hc; assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (z := fun n => (∑ a1 < H, a a1 * (∑ l < d, W a1 l * X n l)) - y n).
  set (G := gradient_of N X z).
  apply (coefficient_of_cubic _ ((∑ i < r, (∑ k < d, W c k * w i k) * (∑ k < d, W b k * w i k)) - a c * a b) 0
    ((/ INR N) ^ 2 * (a b * a c * norm_sq d G - dot d (W c) G * dot d (W b) G)) 0); intros t.
  transitivity ((∑ i < r, (∑ k < d, w i k * (W c k - a c * t * G k / INR N)) * (∑ k < d, w i k * (W b k - a b * t * G k / INR N)))
    - (a c - t * (∑ k < d, W c k * G k / INR N)) * (a b - t * (∑ k < d, W b k * G k / INR N))).
  - f_equal; apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros k _; unfold G, gradient_of, z, Rdiv; ring.
  - unfold G; rewrite (rows_after N d r X s e w t (INR N) z svd right_orthonormal), !slope_over; field; lra.
Qed.

Theorem conserved : own_wide_imbalance.conserved.
Proof.
  intros H N d r F W W_0 W_t X e w a a_0 a_t c_ f s y [] b c Hb Hc.
  assert (E : forall (V : nat -> nat -> R), (∑ i < r, (∑ k < d, V c k * w i k) * (∑ k < d, V b k * w i k))
    = dot r (fun i => dot d (w i) (V c)) (fun i => dot d (w i) (V b)))
    by (intros; apply Sum_ext; intros; now rewrite !printed_coefficient).
  rewrite !E.
  apply (flow_keeps_wide_imbalance N d H r X s e w y size_N svd right_orthonormal
    (in_layers (cons W_0 (cons (fun b _ => a_0 b) nil))) (in_layers (cons W_t (cons (fun b _ => a_t b) nil))) c b Hc Hb).
  eapply flow_of_network_leads_ext; [|exact flow].
  intros V; exact (printed_wide_loss N d H X y (V 0%nat) (fun b => V 1%nat b 0%nat) size_N).
Qed.
