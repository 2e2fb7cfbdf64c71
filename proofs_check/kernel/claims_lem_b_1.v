(** The claims of lem-b.1: eigenvalues and norm of a zero block with one border. *)

From Coq Require Import Reals Lra Lia.
From Kernel Require Import finite_sums inner_products cauchy_schwarz.
From Kernel Require lem_b_1.
Local Open Scope R_scope.

Theorem plus_first : lem_b_1.plus_first.
Proof. intros d b h k x g lambda t _ l Hl; reflexivity. Qed.

Theorem plus_last : lem_b_1.plus_last.
Proof. intros d b h k x g lambda t _; reflexivity. Qed.

Theorem minus_first : lem_b_1.minus_first.
Proof. intros d b h k x g lambda t _ l Hl; reflexivity. Qed.

Theorem minus_last : lem_b_1.minus_last.
Proof. intros d b h k x g lambda t _; reflexivity. Qed.

Theorem kernel : lem_b_1.kernel.
Proof. intros d b h k x g lambda t []; assumption. Qed.

Lemma root_square d (b : nat -> R) : sqrt (∑ p < d, b p ^ 2) * sqrt (∑ p < d, b p ^ 2) = ∑ p < d, b p ^ 2.
Proof. apply sqrt_sqrt, Sum_nonneg; intros; apply pow2_ge_0. Qed.

(** [|b|^2 t = lambda^2 t]. *)
Lemma squared_eigenvalue d b h k x g lambda t :
  lem_b_1.hypotheses d b h k x g lambda t -> (∑ p < d, b p ^ 2) * t = lambda * (lambda * t).
Proof.
  intros []; rewrite <- eigenvector_last, <- Sum_scal_r, <- Sum_scal_l; apply Sum_ext; intros l Hl.
  replace (lambda * (b l * x l)) with (b l * (lambda * x l)) by ring; rewrite <- eigenvector_first by assumption; ring.
Qed.

Theorem only_last : lem_b_1.only_last.
Proof.
  intros d b h k x g lambda t H; pose proof (squared_eigenvalue _ _ _ _ _ _ _ _ H) as E; pose proof (root_square d b) as R2.
  set (R := sqrt _) in *; transitivity (lambda * (lambda * (lambda * t) - R * R * t)); [ring|rewrite R2, E; ring].
Qed.

Theorem only_first : lem_b_1.only_first.
Proof.
  intros d b h k x g lambda t H l Hl; pose proof (squared_eigenvalue _ _ _ _ _ _ _ _ H) as E; pose proof (root_square d b) as R2.
  destruct H; pose proof (eigenvector_first l Hl) as F; set (R := sqrt _) in *.
  transitivity (lambda * lambda * (lambda * x l) - R * R * (lambda * x l)); [ring|]; rewrite R2, <- F.
  transitivity (b l * (lambda * (lambda * t) - (∑ p < d, b p ^ 2) * t)); [ring|rewrite E; ring].
Qed.

Theorem norm : lem_b_1.norm.
Proof.
  intros d b h k x g lambda t _; rewrite Sum_scal_r.
  pose proof (cauchy_schwarz d b h) as C; unfold norm_sq, dot in C.
  rewrite (Sum_ext d (fun i => b i * b i) (fun l => b l ^ 2)) in C by (intros; ring).
  rewrite (Sum_ext d (fun i => h i * h i) (fun l => h l ^ 2)) in C by (intros; ring).
  nra.
Qed.
