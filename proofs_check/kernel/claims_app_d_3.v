(** The claims of app-d.3: the map of self-stabilization, and the gradient of the sharpness of two layers. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums language_of_statements coefficients.
From Kernel Require app_d_3.
Local Open Scope R_scope.

Lemma Sum_of_three n a b c f g h :
  ∑ i < n, (a * f i + b * g i + c * h i) = a * Sum n f + b * Sum n g + c * Sum n h.
Proof. now rewrite !Sum_plus, !Sum_scal_l. Qed.

Theorem displacement_after : app_d_3.displacement_after.
Proof.
  intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t [].
  rewrite (Sum_ext p _ (fun c => e c * theta c + (- eta * 1) * (1 * (e c * g c) + x_t ^ 2 / 2 * (G c * e c)
    + x_t * (y_t + 2 / eta) * e c ^ 2))) by (intros c Hc; rewrite step by assumption; field; lra).
  rewrite Sum_plus, Sum_scal_l, Sum_of_three, <- displacement, unit, not_along_the_gradient, not_along_the_sharpness.
  field; lra.
Qed.

Theorem excess_after : app_d_3.excess_after.
Proof.
  intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t [].
  rewrite (Sum_ext p _ (fun c => G c * theta c + (- eta * 1) * (1 * (G c * g c) + x_t ^ 2 / 2 * G c ^ 2
    + x_t * (y_t + 2 / eta) * (G c * e c)))) by (intros c Hc; rewrite step by assumption; field; lra).
  rewrite Sum_plus, Sum_scal_l, Sum_of_three, <- excess, <- stabilizing, not_along_the_sharpness.
  replace (∑ i < p, G i * g i) with (- alpha) by lra; field; lra.
Qed.

Theorem cycle_turns : app_d_3.cycle_turns.
Proof. intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t _; reflexivity. Qed.

Theorem cycle_stays : app_d_3.cycle_stays.
Proof. intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t []; rewrite amplitude; field. Qed.

Theorem quadratic_form : app_d_3.quadratic_form.
Proof.
  intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t [].
  rewrite printed_curvature_two_layers by assumption; unfold Rdiv; ring.
Qed.

Theorem gradient_of_form : app_d_3.gradient_of_form.
Proof.
  intros N d p G a e g h theta theta' u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t [].
  assert (HN : 0 < INR N) by now apply lt_0_INR.
  set (A := fun n => ∑ l < d, X n l * a l); set (U := fun n => ∑ l < d, X n l * u l); set (H := fun n => ∑ l < d, X n l * h l).
  assert (EM : forall t n, (∑ l < d, X n l * (u l + t * h l)) = U n + t * H n).
  { intros t n; unfold U, H; rewrite <- Sum_scal_l, <- Sum_plus; apply Sum_ext; intros; ring. }
  apply (coefficient_of_cubic _
    ((2 * b * (∑ n < N, (2 * v * U n - y n) * A n) + b ^ 2 * (∑ n < N, U n ^ 2) + v ^ 2 * (∑ n < N, A n ^ 2)) / INR N) _
    ((4 * b * k * (∑ n < N, H n * A n) + b ^ 2 * (∑ n < N, H n ^ 2) + k ^ 2 * (∑ n < N, A n ^ 2)) / INR N) 0); intros t.
  rewrite (Sum_ext N (fun n => ((2 * t * k + 2 * v) * (∑ l < d, X n l * (u l + t * h l)) - y n) * (∑ l < d, X n l * a l))
    (fun n => (2 * v * U n - y n) * A n + t * (2 * k * (U n * A n) + 2 * v * (H n * A n)) + t ^ 2 * (2 * k) * (H n * A n)))
    by (intros n _; rewrite EM; fold (A n); ring).
  rewrite (Sum_ext N (fun n => (∑ l < d, X n l * (u l + t * h l)) ^ 2)
    (fun n => U n ^ 2 + t * (2 * (U n * H n)) + t ^ 2 * H n ^ 2)) by (intros n _; rewrite EM; ring).
  rewrite !Sum_plus, !Sum_scal_l, Sum_plus, !Sum_scal_l.
  change (∑ n < N, (∑ l < d, X n l * a l) ^ 2) with (∑ n < N, A n ^ 2).
  change (∑ n < N, (∑ l < d, X n l * a l) * (∑ l < d, X n l * u l)) with (∑ n < N, A n * U n).
  replace (∑ l < d, h l * (∑ n < N, X n l * (2 * b ^ 2 * (∑ k1 < d, X n k1 * u k1) + 4 * b * v * (∑ k1 < d, X n k1 * a k1)))
      / INR N) with ((2 * b ^ 2 * (∑ n < N, U n * H n) + 4 * b * v * (∑ n < N, H n * A n)) / INR N).
  - rewrite (Sum_ext N (fun n => A n * U n) (fun n => U n * A n)) by (intros; ring); field; lra.
  - rewrite (Sum_ext d _ (fun l => ∑ n < N, / INR N * (2 * b ^ 2 * U n + 4 * b * v * A n) * (X n l * h l))).
    + rewrite Sum_swap, <- !Sum_scal_l, <- Sum_plus; unfold Rdiv; rewrite <- Sum_scal_r; apply Sum_ext; intros n _.
      rewrite Sum_scal_l; fold (H n); ring.
    + intros l _; unfold Rdiv; rewrite <- Sum_scal_l, <- Sum_scal_r; apply Sum_ext; intros; unfold U, A; ring.
Qed.
