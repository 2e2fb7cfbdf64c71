(** app-d.3. The map of self-stabilization. *)

From Coq Require Import Reals.
From Kernel Require Import finite_sums language_of_statements.
Local Open Scope R_scope.

Record hypotheses (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X : nat -> nat -> R) (alpha
  alpha_c b beta beta_c eta k v x_c x_t y_t : R) : Prop := {
  size_N : (0 < N)%nat;
  size_d : (0 < d)%nat;
  size_p : (0 < p)%nat;
  domain_of_eta : 0 < eta;
  unit : (∑ c < p, e c ^ 2) = 1;
  not_along_the_gradient : (∑ c < p, e c * g c) = 0;
  not_along_the_sharpness : (∑ c < p, G c * e c) = 0;
  displacement : x_t = (∑ c < p, e c * theta c);
  excess : y_t = (∑ c < p, G c * theta c);
  sharpening : alpha = - (∑ c < p, G c * g c);
  stabilizing : beta = (∑ c < p, G c ^ 2);
  step : forall c, (c < p)%nat -> theta_next c = theta c - eta * (g c + G c * x_t ^ 2 / 2 + e c * x_t * (y_t +
    2 / eta));
  amplitude : beta_c * x_c ^ 2 = 2 * alpha_c;
}.

Definition displacement_after : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X :
  nat -> nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  (∑ c < p, e c * theta_next c) = x_t * (- 1 - eta * y_t).

Definition excess_after : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X : nat ->
  nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  (∑ c < p, G c * theta_next c) = y_t + eta * (alpha - beta * x_t ^ 2 / 2).

Definition cycle_turns : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X : nat ->
  nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  - x_c = - x_c.

Definition cycle_stays : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X : nat ->
  nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  eta * (alpha_c - beta_c * x_c ^ 2 / 2) = 0.

Definition quadratic_form : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X : nat
  -> nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  2 * coefficient 2 (fun t => (∑ n < N, ((v + t * b) * (∑ l < d, X n l * (u l + t * a l)) - y n) ^ 2) / INR N
    / 2) = (2 * b * (∑ n < N, (2 * v * (∑ l < d, X n l * u l) - y n) * (∑ l < d, X n l * a l)) + b ^ 2 * (∑ n
    < N, (∑ l < d, X n l * u l) ^ 2) + v ^ 2 * (∑ n < N, (∑ l < d, X n l * a l) ^ 2)) / INR N.

Definition gradient_of_form : Prop := forall (N d p : nat) (G a e g h theta theta_next u y : nat -> R) (X :
  nat -> nat -> R) (alpha alpha_c b beta beta_c eta k v x_c x_t y_t : R),
  hypotheses N d p G a e g h theta theta_next u y X alpha alpha_c b beta beta_c eta k v x_c x_t y_t ->
  coefficient 1 (fun t => (2 * b * (∑ n < N, ((2 * t * k + 2 * v) * (∑ l < d, X n l * (u l + t * h l)) - y n)
    * (∑ l < d, X n l * a l)) + b ^ 2 * (∑ n < N, (∑ l < d, X n l * (u l + t * h l)) ^ 2) + (v + t * k) ^ 2 *
    (∑ n < N, (∑ l < d, X n l * a l) ^ 2)) / INR N) = k * (2 * v * (∑ n < N, (∑ l < d, X n l * a l) ^ 2) + 4 *
    b * (∑ n < N, (∑ l < d, X n l * a l) * (∑ l < d, X n l * u l))) / INR N + (∑ l < d, h l * (∑ n < N, X n l
    * (2 * b ^ 2 * (∑ k1 < d, X n k1 * u k1) + 4 * b * v * (∑ k1 < d, X n k1 * a k1))) / INR N).
