(** Inner products and Euclidean norms of vectors of any length. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums.
Local Open Scope R_scope.

Definition dot (n : nat) (a b : nat -> R) : R := ∑ i < n, a i * b i.

Definition norm_sq (n : nat) (a : nat -> R) : R := dot n a a.

Definition norm (n : nat) (a : nat -> R) : R := sqrt (norm_sq n a).

Lemma dot_ext n a b a' b' :
  (forall i, (i < n)%nat -> a i = a' i) -> (forall i, (i < n)%nat -> b i = b' i) ->
  dot n a b = dot n a' b'.
Proof. intros Ha Hb; apply Sum_ext; intros i Hi; now rewrite Ha, Hb. Qed.

Lemma norm_sq_ext n a b : (forall i, (i < n)%nat -> a i = b i) -> norm_sq n a = norm_sq n b.
Proof. intros H; now apply dot_ext. Qed.

Lemma dot_sym n a b : dot n a b = dot n b a.
Proof. apply Sum_ext; intros; lra. Qed.

Lemma dot_plus_r n a b c : dot n a (fun i => b i + c i) = dot n a b + dot n a c.
Proof. unfold dot; rewrite <- Sum_plus; apply Sum_ext; intros; lra. Qed.

Lemma dot_plus_l n a b c : dot n (fun i => a i + b i) c = dot n a c + dot n b c.
Proof. unfold dot; rewrite <- Sum_plus; apply Sum_ext; intros; lra. Qed.

Lemma dot_minus_r n a b c : dot n a (fun i => b i - c i) = dot n a b - dot n a c.
Proof. unfold dot; rewrite <- Sum_minus; apply Sum_ext; intros; lra. Qed.

Lemma dot_scal_r n a k b : dot n a (fun i => k * b i) = k * dot n a b.
Proof. unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; lra. Qed.

Lemma dot_scal_l n a k b : dot n (fun i => k * a i) b = k * dot n a b.
Proof. unfold dot; rewrite <- Sum_scal_l; apply Sum_ext; intros; lra. Qed.

Lemma dot_combination_r n r a (k : nat -> R) (w : nat -> nat -> R) :
  dot n a (fun j => ∑ i < r, (k i * w i j)) = ∑ i < r, (k i * dot n a (w i)).
Proof.
  unfold dot.
  rewrite (Sum_ext n _ (fun j => ∑ i < r, (k i * (a j * w i j)))).
  - rewrite Sum_swap; apply Sum_ext; intros i _; now rewrite Sum_scal_l.
  - intros j _; rewrite <- Sum_scal_l; apply Sum_ext; intros; ring.
Qed.

Lemma dot_combination_l n r a (k : nat -> R) (w : nat -> nat -> R) :
  dot n (fun j => ∑ i < r, (k i * w i j)) a = ∑ i < r, (k i * dot n (w i) a).
Proof.
  rewrite dot_sym, dot_combination_r; apply Sum_ext; intros; now rewrite dot_sym.
Qed.

Lemma norm_sq_nonneg n a : 0 <= norm_sq n a.
Proof. apply Sum_nonneg; intros; nra. Qed.

Lemma norm_sq_scal n k a : norm_sq n (fun i => k * a i) = k * k * norm_sq n a.
Proof. unfold norm_sq; rewrite dot_scal_l, dot_scal_r; ring. Qed.

Lemma norm_sq_plus n a b :
  norm_sq n (fun i => a i + b i) = norm_sq n a + 2 * dot n a b + norm_sq n b.
Proof.
  unfold norm_sq; rewrite dot_plus_l, !dot_plus_r, (dot_sym n b a); ring.
Qed.

Lemma norm_sq_minus n a b :
  norm_sq n (fun i => a i - b i) = norm_sq n a - 2 * dot n a b + norm_sq n b.
Proof.
  rewrite (norm_sq_ext n _ (fun i => a i + (-1) * b i)) by (intros; lra).
  rewrite norm_sq_plus, dot_scal_r, norm_sq_scal; ring.
Qed.

Lemma norm_sq_zero n a : norm_sq n a = 0 -> forall i, (i < n)%nat -> a i = 0.
Proof.
  intros H i Hi.
  assert (a i * a i = 0) by (apply (Sum_zero_terms n (fun i => a i * a i)); auto; intros; nra).
  nra.
Qed.

Lemma norm_sq_positive n a i : (i < n)%nat -> a i <> 0 -> 0 < norm_sq n a.
Proof.
  intros Hi Ha; apply (Sum_positive n _ i); auto; intros; nra.
Qed.

Lemma norm_nonneg n a : 0 <= norm n a.
Proof. apply sqrt_pos. Qed.

Lemma norm_squared n a : norm n a * norm n a = norm_sq n a.
Proof. apply sqrt_sqrt, norm_sq_nonneg. Qed.

(** The standard basis vectors. *)
Definition basis (k : nat) : nat -> R := fun i => delta k i.

Lemma dot_basis_l n k a : (k < n)%nat -> dot n (basis k) a = a k.
Proof. intros H; apply (Sum_delta_l n a k H). Qed.

Lemma norm_sq_basis n k : (k < n)%nat -> norm_sq n (basis k) = 1.
Proof. intros H; unfold norm_sq; rewrite dot_basis_l by assumption; apply delta_same. Qed.

(** A family of [r] vectors of length [n], each of norm one and orthogonal to the others. *)
Definition orthonormal (n r : nat) (e : nat -> nat -> R) : Prop :=
  forall i k, (i < r)%nat -> (k < r)%nat -> dot n (e i) (e k) = delta i k.

Lemma basis_orthonormal n r : (r <= n)%nat -> orthonormal n r basis.
Proof.
  intros H i k Hi Hk; rewrite dot_basis_l by lia; apply delta_sym.
Qed.

Lemma orthonormal_coefficient n r e k i :
  orthonormal n r e -> (i < r)%nat ->
  dot n (e i) (fun j => ∑ l < r, (k l * e l j)) = k i.
Proof.
  intros He Hi; rewrite dot_combination_r.
  rewrite (Sum_ext r _ (fun l => delta i l * k l)).
  - now apply Sum_delta_l.
  - intros l Hl; rewrite He by assumption; ring.
Qed.

(** Parseval: the squared norm of a combination of an orthonormal family. *)
Lemma orthonormal_dot n r e a b :
  orthonormal n r e ->
  dot n (fun j => ∑ i < r, (a i * e i j)) (fun j => ∑ i < r, (b i * e i j)) = ∑ i < r, (a i * b i).
Proof.
  intros He; rewrite dot_combination_l; apply Sum_ext; intros i Hi.
  now rewrite (orthonormal_coefficient n r e b i He Hi).
Qed.

Lemma orthonormal_norm_sq n r e a :
  orthonormal n r e -> norm_sq n (fun j => ∑ i < r, (a i * e i j)) = norm_sq r a.
Proof. intros He; now apply orthonormal_dot. Qed.

(** Bessel's inequality. *)
Lemma bessel n r e u :
  orthonormal n r e -> norm_sq r (fun i => dot n (e i) u) <= norm_sq n u.
Proof.
  intros He.
  set (c := fun i => dot n (e i) u).
  assert (H := norm_sq_nonneg n (fun j => u j - ∑ i < r, (c i * e i j))).
  rewrite norm_sq_minus, (orthonormal_norm_sq n r e c He), dot_combination_r in H.
  rewrite (Sum_ext r (fun i => c i * dot n u (e i)) (fun i => c i * c i)) in H.
  - fold (dot r c c) in H; fold (norm_sq r c) in H; lra.
  - intros i _; unfold c; now rewrite (dot_sym n u).
Qed.
