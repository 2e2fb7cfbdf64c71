(** Assumption 5.5 through the moments of the weights up to order four, equations (25) and (27).

    [u] has independent [N(0, alpha^2)] entries and [v] is an independent [N(0, beta^2)]: of this only the
    moments below are used, the even ones by Isserlis' formula and the mixed ones by independence. That normal numbers
    have them is [normal_weights] in [normal_numbers]. *)

From Coq Require Import Reals Lra Lia PeanoNat.
From Kernel Require Import finite_sums inner_products singular_value_decomposition definition_4_2 expectation.
Local Open Scope R_scope.

Record gaussian_weights {Omega} (E : expectation Omega) (d : nat) (alpha beta : R)
  (u : Omega -> nat -> R) (v : Omega -> R) : Prop := {
  moment_u_u : forall i j, (i < d)%nat -> (j < d)%nat ->
    has_mean E (fun o => u o i * u o j) (alpha * alpha * delta i j);
  moment_v_v : has_mean E (fun o => v o * v o) (beta * beta);
  moment_u_v : forall i, (i < d)%nat -> has_mean E (fun o => u o i * v o) 0;
  moment_u_u_v_v : forall i j, (i < d)%nat -> (j < d)%nat ->
    has_mean E (fun o => u o i * u o j * (v o * v o)) (alpha * alpha * delta i j * (beta * beta));
  moment_v_4 : has_mean E (fun o => v o * v o * (v o * v o)) (3 * (beta * beta * (beta * beta)));
  moment_u_4 : forall i j k l, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat ->
    has_mean E (fun o => u o i * u o j * (u o k * u o l))
      (alpha * alpha * (alpha * alpha) * (delta i j * delta k l + delta i k * delta j l + delta i l * delta j k))
}.

Section Moments.

Context {Omega : Type}.
Variables (E : expectation Omega) (d r : nat) (alpha beta : R) (u : Omega -> nat -> R) (v : Omega -> R).
Variable w : nat -> nat -> R.
Hypothesis gaussian : gaussian_weights E d alpha beta u v.
Hypothesis row_basis : orthonormal d r w.

Let c (o : Omega) (i : nat) : R := dot d (w i) (u o).

(** The mean of a bilinear form of [u]. *)
Lemma mean_bilinear (f : Omega -> R) (k : R) a b :
  (forall i j, (i < d)%nat -> (j < d)%nat -> has_mean E (fun o => u o i * u o j * f o) (k * delta i j)) ->
  has_mean E (fun o => dot d a (u o) * dot d b (u o) * f o) (k * dot d a b).
Proof.
  intros H.
  apply has_mean_ext with (fun o => ∑ i < d, ∑ j < d, a i * b j * (u o i * u o j * f o)).
  - intros o; unfold dot; rewrite Sum_mult, <- Sum_scal_r; apply Sum_ext; intros i _.
    rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
  - apply has_mean_value with (∑ i < d, ∑ j < d, a i * b j * (k * delta i j)).
    + apply has_mean_Sum; intros i Hi; apply has_mean_Sum; intros j Hj.
      now apply has_mean_scal, H.
    + unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros i Hi.
      rewrite (Sum_ext d _ (fun j => delta i j * (k * (a i * b j)))) by (intros; ring).
      now rewrite (Sum_delta_l d (fun j => k * (a i * b j)) i Hi).
Qed.

Lemma mean_coordinates a b :
  has_mean E (fun o => dot d a (u o) * dot d b (u o)) (alpha * alpha * dot d a b).
Proof.
  apply has_mean_ext with (fun o => dot d a (u o) * dot d b (u o) * 1); [intros; ring|].
  apply mean_bilinear; intros i j Hi Hj.
  apply has_mean_ext with (fun o => u o i * u o j); [intros; ring|].
  now apply (moment_u_u E d alpha beta u v gaussian).
Qed.

Lemma mean_coordinates_v a b :
  has_mean E (fun o => dot d a (u o) * dot d b (u o) * (v o * v o))
    (alpha * alpha * (beta * beta) * dot d a b).
Proof.
  apply mean_bilinear; intros i j Hi Hj.
  eapply has_mean_value; [now apply (moment_u_u_v_v E d alpha beta u v gaussian)|ring].
Qed.

Lemma mean_coordinate_v a : has_mean E (fun o => dot d a (u o) * v o) 0.
Proof.
  apply has_mean_ext with (fun o => ∑ i < d, a i * (u o i * v o)).
  - intros o; unfold dot; rewrite <- Sum_scal_r; apply Sum_ext; intros; ring.
  - apply has_mean_value with (∑ i < d, a i * 0).
    + apply has_mean_Sum; intros i Hi; now apply has_mean_scal, (moment_u_v E d alpha beta u v gaussian).
    + rewrite Sum_scal_r; ring.
Qed.

(** [E (a.u)^2 (b.u)^2 = alpha^4 (|a|^2 |b|^2 + 2 (a.b)^2)], Isserlis' formula in any direction. *)
Lemma mean_fourth a b :
  has_mean E (fun o => dot d a (u o) * dot d a (u o) * (dot d b (u o) * dot d b (u o)))
    (alpha * alpha * (alpha * alpha) * (norm_sq d a * norm_sq d b + 2 * (dot d a b * dot d a b))).
Proof.
  set (k4 := alpha * alpha * (alpha * alpha)).
  apply has_mean_ext with (fun o => ∑ i < d, ∑ j < d, ∑ k < d, ∑ l < d,
     a i * a j * (b k * b l) * (u o i * u o j * (u o k * u o l))).
  - intros o; unfold dot.
    rewrite (Sum_mult d d (fun i => a i * u o i) (fun j => a j * u o j)).
    rewrite (Sum_mult d d (fun k => b k * u o k) (fun l => b l * u o l)).
    rewrite <- Sum_scal_r; apply Sum_ext; intros i _.
    rewrite <- Sum_scal_r; apply Sum_ext; intros j _.
    rewrite <- Sum_scal_l; apply Sum_ext; intros k _.
    rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
  - eapply has_mean_value.
    + apply has_mean_Sum; intros i Hi; apply has_mean_Sum; intros j Hj.
      apply has_mean_Sum; intros k Hk; apply has_mean_Sum; intros l Hl.
      apply has_mean_scal, (moment_u_4 E d alpha beta u v gaussian); assumption.
    + fold k4.
      rewrite (Sum_ext d _ (fun i => k4 * (a i * a i * norm_sq d b) + k4 * (2 * (a i * b i * dot d a b)))).
      * rewrite Sum_plus, !Sum_scal_l, !Sum_scal_r; unfold norm_sq, dot; ring.
      * intros i Hi.
        rewrite (Sum_ext d _ (fun j => delta i j * (k4 * (a i * a j * norm_sq d b))
                                       + k4 * (2 * (a i * a j * (b i * b j))))).
        -- rewrite Sum_plus, (Sum_delta_l d (fun j => k4 * (a i * a j * norm_sq d b)) i Hi), Sum_scal_l.
           f_equal; f_equal; rewrite Sum_scal_l; f_equal; unfold dot; rewrite <- Sum_scal_l.
           apply Sum_ext; intros; ring.
        -- intros j Hj.
           rewrite (Sum_ext d _ (fun k => k4 * (a i * a j) * (delta i j * (b k * b k))
              + delta i k * (k4 * (a i * a j) * (b k * b j)) + delta j k * (k4 * (a i * a j) * (b k * b i)))).
           ++ rewrite !Sum_plus, (Sum_delta_l d (fun k => k4 * (a i * a j) * (b k * b j)) i Hi),
                (Sum_delta_l d (fun k => k4 * (a i * a j) * (b k * b i)) j Hj), !Sum_scal_l.
              unfold norm_sq, dot; ring.
           ++ intros k Hk.
              rewrite (Sum_ext d _ (fun l => delta k l * (k4 * (a i * a j) * (delta i j * (b k * b l)))
                 + delta j l * (k4 * (a i * a j) * (delta i k * (b k * b l)))
                 + delta i l * (k4 * (a i * a j) * (delta j k * (b k * b l)))) ) by (intros; ring).
              rewrite !Sum_plus.
              rewrite (Sum_delta_l d (fun l => k4 * (a i * a j) * (delta i j * (b k * b l))) k Hk).
              rewrite (Sum_delta_l d (fun l => k4 * (a i * a j) * (delta i k * (b k * b l))) j Hj).
              rewrite (Sum_delta_l d (fun l => k4 * (a i * a j) * (delta j k * (b k * b l))) i Hi).
              ring.
Qed.

(** The imbalance of the random start. *)
Let C (o : Omega) : R := imbalance d r w (u o) (fun _ => v o) 0.

Lemma imbalance_coordinates o : C o = ∑ i < r, (c o i * c o i) - v o * v o.
Proof. unfold C, imbalance; now rewrite row_projection_norm. Qed.

(** Equation (25). *)
Theorem equation_25 : has_mean E C (INR r * (alpha * alpha) - beta * beta).
Proof.
  apply has_mean_ext with (fun o => ∑ i < r, (c o i * c o i) - v o * v o).
  - intros; symmetry; apply imbalance_coordinates.
  - apply has_mean_minus; [|apply (moment_v_v E d alpha beta u v gaussian)].
    rewrite <- Sum_const; apply has_mean_Sum; intros i Hi.
    eapply has_mean_value; [apply mean_coordinates|].
    rewrite row_basis, delta_same by assumption; ring.
Qed.

(** Equation (27). *)
Theorem equation_27 :
  let m := INR r * (alpha * alpha) - beta * beta in
  has_mean E (fun o => C o * C o)
    (2 * INR r * (alpha * alpha * (alpha * alpha)) + 2 * (beta * beta * (beta * beta)) + m * m).
Proof.
  intros m.
  apply has_mean_ext with (fun o =>
    (∑ i < r, ∑ k < r, c o i * c o i * (c o k * c o k))
    - 2 * (∑ i < r, c o i * c o i * (v o * v o)) + v o * v o * (v o * v o)).
  - intros o; rewrite imbalance_coordinates, Sum_scal_r.
    rewrite <- (Sum_mult r r (fun i => c o i * c o i) (fun k => c o k * c o k)); ring.
  - eapply has_mean_value.
    + apply has_mean_plus; [apply has_mean_minus|apply (moment_v_4 E d alpha beta u v gaussian)].
      * apply has_mean_Sum; intros i Hi; apply has_mean_Sum; intros k Hk; apply mean_fourth.
      * apply has_mean_scal, has_mean_Sum; intros i Hi; apply mean_coordinates_v.
    + set (k4 := alpha * alpha * (alpha * alpha)).
      rewrite (Sum_ext r _ (fun i => k4 * (INR r + 2))).
      * rewrite (Sum_ext r (fun i => _ * dot d (w i) (w i)) (fun _ => alpha * alpha * (beta * beta))).
        -- rewrite !Sum_const; unfold m, k4; ring.
        -- intros i Hi; rewrite row_basis, delta_same by assumption; ring.
      * intros i Hi.
        rewrite (Sum_ext r _ (fun k => k4 + delta i k * (k4 * 2))).
        -- rewrite Sum_plus, Sum_const, (Sum_delta_l r (fun _ => k4 * 2) i Hi); ring.
        -- intros k Hk; unfold norm_sq; rewrite !row_basis, !delta_same by assumption.
           fold k4; destruct (Nat.eq_dec i k) as [<-|Hne];
             [rewrite delta_same|rewrite delta_other by assumption]; ring.
Qed.

End Moments.
