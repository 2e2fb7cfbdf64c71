(** The claims of app-b.1: the model and its optimizers in the singular basis, at any depth. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition printed_setting step_of_descent
  batch_step.
From Kernel Require app_b_1.
Local Open Scope R_scope.

Section Modes.

Variables (K N d r : nat) (B P epsilon eta : R) (R_ a c p s u v y : nat -> R) (X e w : nat -> nat -> R).
Hypothesis given : app_b_1.hypotheses K N d r B P epsilon eta R_ a c p s u v y X e w.

Let product : forall k n, (k < d)%nat -> (n < N)%nat -> X n k = (∑ i < r, e i n * s i * w i k) := app_b_1.svd _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ given.
Let right : forall i j, (i < r)%nat -> (j < r)%nat -> (∑ k < d, w j k * w i k) = delta j i := app_b_1.right_orthonormal _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ given.

Lemma samples_positive : 0 < INR N.
Proof. destruct given; now apply lt_0_INR. Qed.

Lemma left_rows : orthonormal N r e.
Proof. intros i k Hi Hk; destruct given; now apply left_orthonormal. Qed.

Let coordinate (i : nat) : R := ∑ k < d, u k * w i k.
Let z (n : nat) : R := P * (∑ k < d, X n k * u k) - y n.

Lemma output_in_modes n : (n < N)%nat -> (∑ k < d, X n k * u k) = ∑ i < r, ((s i * coordinate i) * e i n).
Proof.
  intros Hn; rewrite (Sum_ext d _ (fun k => ∑ i < r, e i n * s i * (u k * w i k)))
    by (intros k Hk; rewrite product by assumption; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring).
  rewrite Sum_swap; apply Sum_ext; intros i _; rewrite Sum_scal_l; unfold coordinate; ring.
Qed.

Lemma residual_expansion n : (n < N)%nat -> z n = ∑ i < r, ((P * s i * coordinate i - c i) * e i n).
Proof.
  intros Hn; unfold z; rewrite output_in_modes by assumption; destruct given; rewrite labels by assumption.
  rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; ring.
Qed.

Lemma residual_mode i : (i < r)%nat -> dot N (e i) z = P * s i * coordinate i - c i.
Proof.
  intros Hi; rewrite (dot_ext N (e i) z (e i) (fun n => ∑ l < r, ((P * s l * coordinate l - c l) * e l n)))
    by (auto; exact residual_expansion).
  exact (orthonormal_coefficient N r e _ i left_rows Hi).
Qed.

(** The gradient of any residual: its coordinates, that it lies in the row space, and its product with the weights. *)
Lemma mode_of_gradient x i : (i < r)%nat -> dot d (w i) (gradient_of N X x) = s i * dot N (e i) x.
Proof. exact (gradient_coefficient N d r X s e w product right x i). Qed.

Lemma gradient_in_row_space x k : (k < d)%nat ->
  gradient_of N X x k = ∑ i < r, w i k * dot d (w i) (gradient_of N X x).
Proof.
  intros Hk; etransitivity; [exact (gradient_in_rows N d r X s e w product x k Hk)|].
  apply Sum_ext; intros i Hi; rewrite mode_of_gradient by assumption; ring.
Qed.

Lemma weights_with_gradient x Q :
  (∑ k < d, u k * gradient_of N X x k / Q) = (∑ i < r, s i * dot N (e i) x * coordinate i) / Q.
Proof.
  unfold Rdiv; rewrite Sum_scal_r; f_equal; etransitivity.
  - symmetry; exact (gradient_product N d r X s e w product right x u).
  - unfold dot at 1; apply Sum_ext; intros i Hi; unfold coordinate; rewrite printed_coefficient.
    change (fun k => ∑ n < N, X n k * x n) with (gradient_of N X x); rewrite (mode_of_gradient x i Hi); ring.
Qed.

(** A step leaves alone what the data do not see. *)
Lemma outside_of_step x t k : (k < d)%nat ->
  u k - t * gradient_of N X x k - (∑ i < r, w i k * dot d (w i) (fun l => u l - t * gradient_of N X x l))
  = u k - ∑ i < r, w i k * coordinate i.
Proof.
  intros Hk; rewrite (gradient_in_row_space x k Hk).
  rewrite (Sum_ext r (fun i => w i k * dot d (w i) (fun l => u l - t * gradient_of N X x l))
    (fun i => w i k * coordinate i - t * (w i k * dot d (w i) (gradient_of N X x)))).
  - rewrite Sum_minus, Sum_scal_l; ring.
  - intros i _; rewrite dot_minus_r, dot_scal_r; unfold coordinate; rewrite printed_coefficient; ring.
Qed.

(** Squares of residuals with weights, where they move along a line. *)
Lemma squares_along (q A : nat -> R) t :
  (∑ n < N, q n * (z n + t * A n) ^ 2)
  = t ^ 2 * (∑ n < N, q n * A n ^ 2) + (∑ n < N, q n * z n ^ 2) + 2 * t * ∑ n < N, q n * z n * A n.
Proof. rewrite <- !Sum_scal_l, <- !Sum_plus; apply Sum_ext; intros; ring. Qed.

Lemma direction_with_gradient (h x : nat -> R) :
  (∑ k < d, h k * gradient_of N X x k) = ∑ n < N, x n * (∑ k < d, X n k * h k).
Proof. exact (product_in_samples N d X x h). Qed.

End Modes.

Definition rest (d : nat) (X : nat -> nat -> R) (y u : nat -> R) (P : R) (n : nat) : R := P * (∑ k < d, X n k * u k) - y n.

Lemma printed_full N d X y u P k :
  (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) = gradient_of N X (rest d X y u P) k.
Proof. reflexivity. Qed.

Lemma printed_masked N d X y u P p k :
  (∑ n < N, X n k * p n * (P * (∑ l < d, X n l * u l) - y n)) = gradient_of N X (fun n => p n * rest d X y u P n) k.
Proof. apply Sum_ext; intros; unfold rest; ring. Qed.

Theorem output : app_b_1.output.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H n Hn.
  rewrite (output_in_modes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H n Hn), <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Theorem residual : app_b_1.residual.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H n Hn.
  rewrite (residual_expansion _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H n Hn); apply Sum_ext; intros; ring.
Qed.

Theorem residual_in_modes : app_b_1.residual_in_modes.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H i Hi.
  exact (residual_mode _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi).
Qed.

Theorem loss_in_modes : app_b_1.loss_in_modes.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H; do 2 f_equal.
  transitivity (norm_sq N (fun n => ∑ i < r, ((P * s i * (∑ k < d, u k * w i k) - c i) * e i n))).
  - apply Sum_ext; intros n Hn; rewrite (residual_expansion _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H n Hn); ring.
  - rewrite (orthonormal_norm_sq N r e _ (left_rows _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H)).
    apply Sum_ext; intros; ring.
Qed.

(** The loss along a direction of the first layer, with weights [q] for the samples. *)
Lemma along_first N d X (y u a q : nat -> R) P t Q : Q <> 0 ->
  (∑ n < N, q n * (P * (∑ k < d, X n k * (u k + a k * t)) - y n) ^ 2) / Q / 2
  = P ^ 2 * t ^ 2 * (∑ n < N, q n * (∑ k < d, X n k * a k) ^ 2) / Q / 2
    + (∑ n < N, q n * rest d X y u P n ^ 2) / Q / 2
    + t * (∑ k < d, P * a k * gradient_of N X (fun n => q n * rest d X y u P n) k / Q).
Proof.
  intros HQ; rewrite (Sum_ext N _ (fun n => q n * (rest d X y u P n + (t * P) * (∑ k < d, X n k * a k)) ^ 2)).
  - rewrite (Sum_ext d _ (fun k => P * / Q * (a k * gradient_of N X (fun n => q n * rest d X y u P n) k)))
      by (intros; unfold Rdiv; ring).
    rewrite Sum_scal_l, direction_with_gradient.
    pose proof (squares_along N d P u y X q (fun n => ∑ k < d, X n k * a k) (t * P)) as S.
    unfold rest in *; rewrite S.
    field; assumption.
  - intros n _; unfold rest; rewrite (Sum_ext d _ (fun k => X n k * u k + t * (X n k * a k))) by (intros; ring).
    rewrite Sum_plus, Sum_scal_l; ring.
Qed.

Lemma along_later N d X (y u q : nat -> R) P R_b v_b t Q : Q <> 0 -> R_b * v_b = P ->
  (∑ n < N, q n * (R_b * (t + v_b) * (∑ k < d, X n k * u k) - y n) ^ 2) / Q / 2
  = R_b ^ 2 * t ^ 2 * (∑ n < N, q n * (∑ k < d, X n k * u k) ^ 2) / Q / 2
    + (∑ n < N, q n * rest d X y u P n ^ 2) / Q / 2
    + R_b * t * (∑ k < d, u k * gradient_of N X (fun n => q n * rest d X y u P n) k / Q).
Proof.
  intros HQ E; rewrite (Sum_ext N _ (fun n => q n * (rest d X y u P n + (t * R_b) * (∑ k < d, X n k * u k)) ^ 2)).
  - rewrite (Sum_ext d _ (fun k => / Q * (u k * gradient_of N X (fun n => q n * rest d X y u P n) k)))
      by (intros; unfold Rdiv; ring).
    rewrite Sum_scal_l, direction_with_gradient.
    pose proof (squares_along N d P u y X q (fun n => ∑ k < d, X n k * u k) (t * R_b)) as S.
    unfold rest in *; rewrite S.
    field; assumption.
  - intros n _; unfold rest; rewrite <- E; ring.
Qed.

Lemma gradient_ext N X x x' k : (forall n, (n < N)%nat -> x n = x' n) -> gradient_of N X x k = gradient_of N X x' k.
Proof. intros H; apply Sum_ext; intros n Hn; now rewrite H. Qed.

Theorem first_layer_gradient : app_b_1.first_layer_gradient.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (along_first N d X y u a (fun _ => 1) P epsilon (INR N) ltac:(lra)) as E; cbv beta in E.
  rewrite (Sum_ext N (fun n => 1 * (P * (∑ k < d, X n k * (u k + a k * epsilon)) - y n) ^ 2)
    (fun n => (P * (∑ k < d, X n k * (u k + a k * epsilon)) - y n) ^ 2)) in E by (intros; ring).
  rewrite E; f_equal; [f_equal; do 2 f_equal|].
  - f_equal; apply Sum_ext; intros; ring.
  - apply Sum_ext; intros; unfold rest; ring.
  - f_equal; apply Sum_ext; intros k _; rewrite printed_full.
    rewrite (gradient_ext N X _ (rest d X y u P)) by (intros; ring); reflexivity.
Qed.

Theorem later_layer_gradient : app_b_1.later_layer_gradient.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H b Hb.
  pose proof (samples_positive _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  pose proof (along_later N d X y u (fun _ => 1) P (R_ b) (v b) epsilon (INR N) ltac:(lra) (app_b_1.others _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H b Hb)) as E; cbv beta in E.
  rewrite (Sum_ext N (fun n => 1 * (R_ b * (epsilon + v b) * (∑ k < d, X n k * u k) - y n) ^ 2)
    (fun n => (R_ b * (epsilon + v b) * (∑ k < d, X n k * u k) - y n) ^ 2)) in E by (intros; ring).
  rewrite E; f_equal; [f_equal; do 2 f_equal|].
  - f_equal; apply Sum_ext; intros; ring.
  - apply Sum_ext; intros; unfold rest; ring.
  - f_equal; apply Sum_ext; intros k _; rewrite printed_full.
    rewrite (gradient_ext N X _ (rest d X y u P)) by (intros; ring); reflexivity.
Qed.

Theorem first_layer_batch_gradient : app_b_1.first_layer_batch_gradient.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w [].
  pose proof (along_first N d X y u a (fun n => p n ^ 2) P epsilon B ltac:(lra)) as E; cbv beta in E.
  rewrite E; f_equal; f_equal.
  apply Sum_ext; intros k _; rewrite printed_masked.
  rewrite (gradient_ext N X _ (fun n => p n * rest d X y u P n)) by (intros n Hn; now rewrite binary); reflexivity.
Qed.

Theorem later_layer_batch_gradient : app_b_1.later_layer_batch_gradient.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w [] b Hb.
  pose proof (along_later N d X y u (fun n => p n ^ 2) P (R_ b) (v b) epsilon B ltac:(lra) (others b Hb)) as E.
  cbv beta in E; rewrite E; f_equal; f_equal.
  apply Sum_ext; intros k _; rewrite printed_masked.
  rewrite (gradient_ext N X _ (fun n => p n * rest d X y u P n)) by (intros n Hn; now rewrite binary); reflexivity.
Qed.

Theorem flow_first_layer : app_b_1.flow_first_layer.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H i Hi.
  rewrite (Sum_ext d _ (fun k => (- (P / INR N)) * (w i k * gradient_of N X (rest d X y u P) k)))
    by (intros; rewrite printed_full; unfold Rdiv; ring).
  rewrite Sum_scal_l; fold (dot d (w i) (gradient_of N X (rest d X y u P))).
  rewrite (mode_of_gradient _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H _ i Hi).
  unfold rest; rewrite (residual_mode _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi); unfold Rdiv; ring.
Qed.

Lemma later_slopes K N d r B P epsilon eta R_ a c p s u v y X e w :
  app_b_1.hypotheses K N d r B P epsilon eta R_ a c p s u v y X e w ->
  (∑ k < d, u k * (∑ n < N, X n k * (P * (∑ l < d, X n l * u l) - y n)) / INR N)
  = ∑ i < r, s i * (P * s i * (∑ k < d, u k * w i k) - c i) * (∑ k < d, u k * w i k) / INR N.
Proof.
  intros H; etransitivity; [exact (weights_with_gradient _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H (rest d X y u P) (INR N))|].
  unfold Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros i Hi.
  unfold rest; rewrite (residual_mode _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi); reflexivity.
Qed.

Theorem flow_later_layers : app_b_1.flow_later_layers.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H b Hb; now rewrite (later_slopes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem flow_outside : app_b_1.flow_outside.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H k Hk; rewrite printed_full.
  rewrite (Sum_ext r _ (fun i => (- (P / INR N)) * (w i k * dot d (w i) (gradient_of N X (rest d X y u P))))).
  - rewrite Sum_scal_l, <- (gradient_in_row_space _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H _ k Hk); unfold Rdiv; ring.
  - intros i _; rewrite (Sum_ext d _ (fun l => (- (P / INR N)) * (w i l * gradient_of N X (rest d X y u P) l)))
      by (intros; rewrite printed_full; unfold Rdiv; ring).
    rewrite Sum_scal_l; unfold dot; ring.
Qed.

Lemma step_in_modes N d X (u x : nat -> R) (w_i : nat -> R) t :
  (∑ k < d, w_i k * (u k - t * gradient_of N X x k)) = (∑ k < d, u k * w_i k) - t * dot d w_i (gradient_of N X x).
Proof. unfold dot; rewrite <- Sum_scal_l, <- Sum_minus; apply Sum_ext; intros; ring. Qed.

Theorem descent_first_layer : app_b_1.descent_first_layer.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H i Hi.
  rewrite (Sum_ext d _ (fun k => w i k * (u k - P * eta / INR N * gradient_of N X (rest d X y u P) k)))
    by (intros; rewrite printed_full; unfold Rdiv; ring).
  rewrite step_in_modes, (mode_of_gradient _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H _ i Hi).
  unfold rest; rewrite (residual_mode _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi); unfold Rdiv; ring.
Qed.

Theorem descent_later_layers : app_b_1.descent_later_layers.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H b Hb; now rewrite (later_slopes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
Qed.

Theorem descent_outside : app_b_1.descent_outside.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H k Hk.
  rewrite <- (outside_of_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H (rest d X y u P) (P * eta / INR N) k Hk).
  rewrite printed_full; f_equal; [unfold Rdiv; ring|].
  apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros l _; rewrite printed_full; unfold Rdiv; ring.
Qed.

Theorem sgd_first_layer : app_b_1.sgd_first_layer.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H i Hi.
  rewrite (Sum_ext d _ (fun k => w i k * (u k - P * eta / B * gradient_of N X (fun n => p n * rest d X y u P n) k)))
    by (intros; rewrite printed_masked; unfold Rdiv; ring).
  rewrite step_in_modes, (mode_of_gradient _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H _ i Hi); unfold dot, Rdiv.
  rewrite (Sum_ext N (fun n => e i n * (p n * rest d X y u P n)) (fun n => e i n * p n * (P * (∑ k < d, X n k * u k) - y n)))
    by (intros; unfold rest; ring); ring.
Qed.

Theorem sgd_later_layers : app_b_1.sgd_later_layers.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H b Hb.
  rewrite (Sum_ext d _ (fun k => u k * gradient_of N X (fun n => p n * rest d X y u P n) k / B))
    by (intros; now rewrite printed_masked).
  rewrite (weights_with_gradient _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H (fun n => p n * rest d X y u P n) B).
  unfold Rdiv at 1 2; rewrite <- Rmult_assoc; do 3 f_equal; apply Sum_ext; intros i _; do 2 f_equal; unfold dot.
  apply Sum_ext; intros; unfold rest; ring.
Qed.

Theorem sgd_outside : app_b_1.sgd_outside.
Proof.
  intros K N d r B P epsilon eta R_ a c p s u v y X e w H k Hk.
  rewrite <- (outside_of_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H (fun n => p n * rest d X y u P n) (P * eta / B) k Hk).
  rewrite printed_masked; f_equal; [unfold Rdiv; ring|].
  apply Sum_ext; intros i _; f_equal; apply Sum_ext; intros l _; rewrite printed_masked; unfold Rdiv; ring.
Qed.
