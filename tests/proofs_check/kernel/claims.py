"""Coq files that instantiate the theorems on concrete data and claim the numbers that `exact` computes."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from tests.proofs_check.kernel import exact
from tests.proofs_check.kernel.exact import Data, dot

OPENING = """
From Coq Require Import Reals Lra Lia List PeanoNat.
From Coquelicot Require Import Coquelicot.
From Kernel Require Import {modules}.
Import ListNotations.
Local Open Scope R_scope.
"""


def number(x: Fraction) -> str:
    return f"({x.numerator} / {x.denominator})"


def vector(x: Sequence[Fraction]) -> str:
    return "vec [" + "; ".join(map(number, x)) + "]"


def matrix(rows: Sequence[Sequence[Fraction]]) -> str:
    return "mat [" + "; ".join(vector(row).removeprefix("vec ") for row in rows) + "]"


def declare(data: Data) -> str:
    return f"""
Definition X := {matrix(data.X)}.
Definition s := {vector(data.s)}.
Definition e := {matrix(data.e)}.
Definition w := {matrix(data.w)}.
Definition y := {vector(data.y)}.
Ltac numbers := unfold X, s, e, w, y; compute_sums.
Lemma decomposition : svd {data.N} {data.d} 2 X s e w.
Proof. unfold X, s, e, w; concrete_svd. Qed.
Lemma reachable : in_column_space {data.N} {data.d} X y.
Proof.
  exists ({vector(data.in_rows([k / s for k, s in zip(data.labels, data.s, strict=True)]))}).
  apply (below {data.N} (fun n => matrix_vector {data.d} X _ n = y n)); cbn [all_below]; numbers; concrete.
Qed.
Lemma positive : 0 < norm_sq {data.N} y.
Proof. numbers; lra. Qed.
Lemma difficulty_value : difficulty {data.N} 2 s e y = {number(data.difficulty)}.
Proof. unfold difficulty, label_coefficient; numbers; field. Qed.
Ltac coordinates := unfold imbalance; rewrite ?row_projection_norm by apply (svd_right _ _ _ _ _ _ _ decomposition).
"""


def minimizer(random: Random) -> str:
    """Definition 4.1, Theorem 4.3 and Remark 4.4."""
    data = Data(2, 3, random)
    v = Fraction(random.randint(1, 5), random.randint(1, 4)) * random.choice([-1, 1])
    c = [k / (s * v) for k, s in zip(data.labels, data.s, strict=True)]
    u = [a + b for a, b in zip(data.in_rows(c), data.outside_rows(random), strict=True)]
    V, C, top, norm = v * v, data.imbalance(u, v), data.s[0], data.norm_y
    assert data.difficulty == V * V + C * V
    lower = (top * top * V + data.labels[0] ** 2 / V) / data.N
    upper = (top * top * V + norm * norm / V) / data.N
    threshold = data.difficulty * top / norm - norm / top
    assert (threshold > C) == (norm / top < V)
    side = "C_below" if threshold > C else "C_not_below"
    return (
        declare(data)
        + f"""
Definition u := {vector(u)}.
Definition v := {vector([v])}.
Lemma imbalance_value : imbalance 3 2 w u v 0 = {number(C)}.
Proof. coordinates; unfold u, v; numbers; field. Qed.
Lemma fitted : is_global_minimizer (loss 2 3 1 X y) u v.
Proof.
  apply fitting_labels_minimizes; [lia|]; apply (below 2); cbn [all_below].
  unfold residual, output, u, v; numbers; concrete.
Qed.
Lemma claim_4_3 S : is_sharpness (loss 2 3 1 X y) 3 1 u v S ->
  {number(V)} = minimizer_V {number(C)} {number(data.difficulty)} /\\ {number(lower)} <= S <= {number(upper)}.
Proof.
  intros HS.
  destruct (theorem_4_3 2 3 2 X s e w y u v S ltac:(lia) decomposition reachable positive fitted HS) as [E H].
  rewrite difficulty_value, imbalance_value in *.
  replace (v 0%nat * v 0%nat) with {number(V)} in E by (unfold v; numbers; field).
  rewrite <- E in H; split; [exact E|].
  revert H; unfold sharpness_bound, label_coefficient; numbers; simpl; lra.
Qed.
Lemma claim_4_1 x : (forall n, (n < 2)%nat -> matrix_vector 3 X x n = y n) -> {number(data.difficulty)} <= norm_sq 3 x.
Proof.
  intros Hx; rewrite <- difficulty_value.
  exact (proj1 (difficulty_is_least_norm 2 3 2 X s e w y decomposition reachable) x Hx).
Qed.
Lemma claim_threshold : threshold {number(data.difficulty)} {number(top)} {number(norm)} = {number(threshold)}.
Proof. unfold threshold; field. Qed.
Lemma C_{"" if threshold > C else "not_"}below :
  {"" if threshold > C else "~ "}({number(norm)} / {number(top)} < minimizer_V {number(C)} {number(data.difficulty)}).
Proof.
  rewrite (threshold_equivalence {number(C)} {number(data.difficulty)} {number(top)} {number(norm)}) by lra.
  rewrite claim_threshold; lra.
Qed.
Definition the_side_is_known := {side}.
Lemma claim_balanced : minimizer_V 0 {number(V * V)} = {number(V)}.
Proof. rewrite minimizer_V_balanced by lra; replace {number(V * V)} with ({number(V)} * {number(V)}) by field.
  apply sqrt_square; lra. Qed.
"""
    )


def deep(random: Random) -> str:
    """Theorem 4.6 at a random depth, the weights with random signs."""
    data, depth, root = Data(2, 3, random), random.choice([3, 4]), Fraction(random.randint(1, 4), random.randint(1, 3))
    q = root * root
    v = [root * random.choice([-1, 1]) for _ in range(depth - 1)]
    c = [root * Fraction(3, 5), root * Fraction(4, 5) * random.choice([-1, 1])]
    P = Fraction(1)
    for weight in v:
        P *= weight
    data.labels = [s * k * P for s, k in zip(data.s, c, strict=True)]
    data.y = [sum((data.labels[i] * data.e[i][n] for i in range(2)), Fraction(0)) for n in range(2)]
    assert data.difficulty == q**depth
    u = [a + b for a, b in zip(data.in_rows(c), data.outside_rows(random), strict=True)]
    top, D = data.s[0], depth
    lower = (top * top * q ** (D - 1) + (D - 1) * data.labels[0] ** 2 / q) / 2
    upper = (top * top * q ** (D - 1) + (D - 1) * dot(data.y, data.y) / q) / 2
    return (
        declare(data)
        + f"""
Definition u := {vector(u)}.
Definition v := {vector(v)}.
Lemma fitted : is_global_minimizer (loss 2 3 {D - 1} X y) u v.
Proof.
  apply fitting_labels_minimizes; [lia|]; apply (below 2); cbn [all_below].
  unfold residual, output, u, v; numbers; concrete.
Qed.
Lemma balance : balanced {D} 3 2 w u v.
Proof.
  unfold balanced; apply (below {D - 1} (fun k => imbalance 3 2 w u v k = 0)); cbn [all_below Nat.sub].
  coordinates; unfold u, v; numbers; concrete.
Qed.
Lemma claim_4_6 S : is_sharpness (loss 2 3 {D - 1} X y) 3 {D - 1} u v S ->
  {number(lower)} <= S <= {number(upper)}.
Proof.
  intros HS.
  destruct (theorem_4_6 2 {D} 3 2 X s e w y u v S ltac:(lia) ltac:(lia) decomposition reachable positive
              fitted balance HS) as [_ [_ H]].
  replace (difficulty 2 2 s e y) with ({number(q)} ^ {D}) in H by (rewrite difficulty_value; field).
  rewrite !depth_bound_at_power in H by (lia || lra).
  revert H; unfold label_coefficient; numbers; simpl; lra.
Qed.
"""
    )


def one_step(random: Random) -> str:
    """Theorem 5.9: every mini-batch enumerated in Python, the closed form in Coq."""
    data, eta = Data(3, 2, random), Fraction(1, random.randint(2, 9))
    u = [Fraction(random.randint(-3, 3), 2) for _ in range(2)]
    v = Fraction(random.randint(1, 5), 2)
    before = data.imbalance(u, v)
    after_gd = step_difference = exact.step(data, u, v, eta, range(3)) - before
    z = data.residual(u, [v])
    g = data.transposed(z)
    T_3 = sum((z[n] ** 2 * dot(data.X[n], data.X[n]) for n in range(3)), Fraction(0)) - dot(g, g) / 3
    T_4 = sum((z[n] ** 2 * dot(data.X[n], u) ** 2 for n in range(3)), Fraction(0)) - dot(g, u) ** 2 / 3
    batch, a, b = (0, 2), [Fraction(1), Fraction(-2)], Fraction(3)
    slope = exact.loss_along(data, u, [v], a, [b], batch)[1]
    text = (
        declare(data)
        + f"""
Definition u := {vector(u)}.
Definition v := {vector([v])}.
Lemma claim_batch_gradient :
  is_derive (fun t => batch_loss 2 (vec [1; 0; 1]) 3 2 1 X y (along u (vec [1; -2]) t) (along v (vec [3]) t)) 0
    {number(slope)}.
Proof.
  eapply derive_value; [apply batch_gradient_is_the_derivative; lia|].
  unfold gradient_u, gradient_v, Prod_except, masked_rows, masked_labels, residual, output, u, v; numbers.
  simpl; field.
Qed.
Ltac value := unfold T_3, T_4, T_a, T_b, residual, output, u, v; numbers; simpl; field.
Lemma claim_gd :
  imbalance_after_gd 3 2 2 X w y u v {number(eta)} - imbalance 2 2 w u v 0 = {number(after_gd)}.
Proof. rewrite (theorem_5_9_gd 3 2 2 X s e w y u v {number(eta)} decomposition) by lia; value. Qed.
Lemma claim_T_3 : T_3 3 2 X y u v = {number(T_3)}.
Proof. value. Qed.
Lemma claim_T_4 : T_4 3 2 X y u v = {number(T_4)}.
Proof. value. Qed.
Lemma claim_moment z : expect (uniform_law 3 2) (fun p => p 0%nat * z 0%nat * (p 1%nat * z 1%nat))
  = / 3 * (z 0%nat * z 1%nat).
Proof.
  rewrite (equation_33 3 2 (uniform_law 3 2) z 0 1 ltac:(lia) ltac:(lia) ltac:(lia)
             (uniform_law_is_exchangeable 3 2 ltac:(lia))); rewrite delta_other by lia; simpl; field.
Qed.
"""
    )
    for size in (1, 2):
        mean = exact.mean_over_batches(data, size, lambda batch: exact.step(data, u, v, eta, batch)) - before
        assert mean - step_difference == eta**2 * (3 - size) / Fraction(size * 3 * 2) * (v * v * T_3 - T_4)
        text += f"""
Lemma claim_sgd_{size} :
  expect (uniform_law 3 {size}) (imbalance_after_sgd 3 2 2 X w y u v {number(eta)} {size})
  - imbalance 2 2 w u v 0 = {number(mean)}.
Proof. rewrite (theorem_5_9_uniform 3 2 2 X s e w y u v {number(eta)} decomposition) by lia; value. Qed.
Lemma claim_difference_{size} :
  expect (uniform_law 3 {size}) (imbalance_after_sgd 3 2 2 X w y u v {number(eta)} {size})
  - imbalance_after_gd 3 2 2 X w y u v {number(eta)} = {number(mean - step_difference)}.
Proof.
  rewrite (theorem_5_9_difference 3 2 2 X s e w y u v {number(eta)} decomposition)
    by (try lia; apply uniform_law_is_exchangeable; lia).
  value.
Qed.
"""
    return text


def derivatives(random: Random) -> str:
    """Gradient and Hessian at depth 3 against the exact polynomial of the loss along a line; Lemma B.3 at depth 2."""
    data = Data(2, 3, random)
    u, a = ([Fraction(random.randint(-3, 3), 2) for _ in range(3)] for _ in range(2))
    v, b = ([Fraction(random.choice([-2, -1, 1, 2, 3]), 2) for _ in range(2)] for _ in range(2))
    polynomial = exact.loss_along(data, u, v, a, b)
    c1, z, first = dot(data.w[0], u), data.residual(u, v[:1]), v[0]
    z1, square, top = dot(data.e[0], z), first * first + c1 * c1, data.s[0]
    lower = (top * top * square + 2 * first * c1 * top * z1 / square) / 2
    Xu = [dot(row, u) for row in data.X]
    g = data.transposed(z)
    return (
        declare(data)
        + f"""
Definition u := {vector(u)}.
Definition v := {vector(v)}.
Definition a := {vector(a)}.
Definition b := {vector(b)}.
Ltac point := unfold residual, output, u, v, a, b; numbers; simpl.
Lemma claim_gradient :
  is_derive (fun t => loss 2 3 2 X y (along u a t) (along v b t)) 0 {number(polynomial[1])}.
Proof.
  eapply derive_value; [apply gradient_is_the_derivative; simpl; lra|].
  unfold gradient_u, gradient_v, Prod_except; point; field.
Qed.
Lemma claim_hessian :
  is_derive_n (fun t => loss 2 3 2 X y (along u a t) (along v b t)) 2 0 {number(2 * polynomial[2])}.
Proof.
  apply (hessian_is_the_second_derivative (INR 2)); [simpl; lra|].
  unfold hessian_form, hessian_uu, hessian_uv, hessian_vv, Prod_except_two, Prod_except; point; field.
Qed.
Lemma claim_b_3 S : is_sharpness (loss 2 3 1 X y) 3 1 u v S ->
  {number(lower)} <= S <= ({number(top * top * first * first + dot(Xu, Xu))} + sqrt {number(dot(g, g))}) / 2.
Proof.
  intros HS.
  pose proof (lemma_b_3_lower 2 3 2 X s e w y u v S ltac:(lia) ltac:(lia) decomposition HS) as L.
  pose proof (lemma_b_3_upper 2 3 2 X s e w y u v S ltac:(lia) decomposition HS) as U.
  unfold norm in U.
  replace (norm_sq 3 (transposed_vector 2 X (residual 3 1 X y u v))) with {number(dot(g, g))} in U
    by (point; field).
  revert L U; set (root := sqrt _); point; lra.
Qed.
"""
    )


def closed_forms(random: Random) -> str:
    """Lemmas B.1 and B.2, equations (16), (25), (27) and (35), Theorems 5.6 and 5.7, with numbers for every symbol."""
    V, Q = Fraction(random.randint(1, 9), 4), Fraction(random.randint(1, 9), 2)
    C = Q / V - V
    alpha, beta, r = Fraction(random.randint(1, 5), 3), Fraction(random.randint(1, 5), 2), random.randint(1, 4)
    m = r * alpha**2 - beta**2
    second = 2 * r * alpha**4 + 2 * beta**4 + m * m
    z, difference = alpha * beta - V, alpha**2 - beta**2
    one_mode = " ".join(map(number, (alpha, beta, V)))
    after = (alpha - beta * z) ** 2 - (beta - alpha * z) ** 2
    v, labels = Fraction(random.randint(5, 9)), [Fraction(k) for k in random.sample(range(1, 5), 2)]
    hyperbolic = labels[0] ** 2 / (v * v - labels[0] ** 2) / 25 + labels[1] ** 2 / (v * v - labels[1] ** 2) / 100
    ratios = [k / (v - k) for k in labels]
    sigmoid = " + ".join(
        f"{number(Fraction(2, size))} * (ln {number(x)} + {number(x)})"
        for size, x in zip((25, 100), ratios, strict=True)
    )
    label = Fraction(random.randint(1, 5))
    u, a, w, b = (Fraction(random.randint(-2, 2)), Fraction(1)), (Fraction(2), Fraction(-1)), Fraction(3), Fraction(-2)
    squares = exact.squared_model_along([[3, 4], [-8, 6]], labels, u, w, a, b)
    depth = random.randint(2, 6)
    # Three layers of weight 3 on one sample with this label, step size 1/10: all three weights move alike.
    residual = 27 - label
    first = 3 - residual * 9 / 10
    floor = (16 * Fraction(729, 2) - label**2) / 2
    return f"""
Lemma claim_escape :
  4 * (3 * 3) <= {number(first)} * {number(first)} /\\
  in_escape_region 1 1 2 unit_s basis (unit_y {label}) (1 / 10)
    (fun _ => {number(first)}) (fun _ => {number(first)}) /\\
  {number(floor)} <= loss 1 1 2 unit_X (unit_y {label})
    (fst (gd_run 1 1 2 unit_X (unit_y {label}) (1 / 10) (fun _ => 3) (fun _ => 3) 2))
    (snd (gd_run 1 1 2 unit_X (unit_y {label}) (1 / 10) (fun _ => 3) (fun _ => 3) 2)).
Proof.
  assert (R : in_escape_region 1 1 2 unit_s basis (unit_y {label}) (1 / 10) (fun _ => 3) (fun _ => 3)).
  {{ unfold in_escape_region, top_output, top_coefficient; rewrite dot_basis_l, unit_norm by lia.
    unfold unit_s; simpl; repeat split; intros; lra. }}
  assert (Eu : gd_u (1 / 10) 1 1 2 unit_X (unit_y {label}) (fun _ => 3) (fun _ => 3) 0%nat = {number(first)}).
  {{ unfold gd_u, gradient_u, residual, output, unit_X, unit_y; compute_sums; simpl; field. }}
  assert (Ev : forall j, (j < 2)%nat ->
    gd_v (1 / 10) 1 1 2 unit_X (unit_y {label}) (fun _ => 3) (fun _ => 3) j = {number(first)}).
  {{ intros [|[|j]] Hj; try lia;
    unfold gd_v, gradient_v, residual, output, unit_X, unit_y, Prod_except; compute_sums; simpl; field. }}
  pose proof (escape_doubles 1 1 2 1 unit_X unit_s basis basis (unit_y {label}) (1 / 10) ltac:(lia) ltac:(lia)
    ltac:(lia) unit_svd ltac:(lra) _ _ R) as [D _].
  pose proof (escape_is_kept 1 1 2 1 unit_X unit_s basis basis (unit_y {label}) (1 / 10) ltac:(lia) ltac:(lia)
    ltac:(lia) unit_svd ltac:(lra) _ _ R) as K.
  pose proof (escape_loss_grows 1 1 2 1 unit_X unit_s basis basis (unit_y {label}) (1 / 10) ltac:(lia) ltac:(lia)
    ltac:(lia) unit_svd ltac:(lra) _ _ 2 R) as G.
  unfold in_escape_region, top_output, top_coefficient in *; rewrite ?dot_basis_l, ?unit_norm in * by lia.
  rewrite Eu in D, K; unfold unit_s in *; simpl Prod in *; simpl INR in G.
  pose proof (Ev 0%nat ltac:(lia)) as E0; pose proof (Ev 1%nat ltac:(lia)) as E1; rewrite E0, E1 in K.
  destruct K as (K0 & K1 & K2); specialize (K2 0%nat ltac:(lia)); rewrite E0 in K2.
  split; [exact D|]; split; [|lra].
  repeat split; intros; assumption.
Qed.
Lemma claim_root : minimizer_V {number(C)} {number(Q)} = {number(V)}.
Proof. symmetry; apply minimizer_V_unique; lra. Qed.
Lemma claim_stable : 2 * {number(Q)} / ({number(C)} + sqrt ({number(C * C + 4 * Q)})) = {number(V)}.
Proof.
  rewrite <- claim_root, minimizer_V_stable by lra; do 3 f_equal; field.
Qed.
Lemma claim_reciprocal : / {number(V)}
  = ({number(C)} + sqrt ({number(C)} * {number(C)} + 4 * {number(Q)})) / (2 * {number(Q)}).
Proof. rewrite <- claim_root, minimizer_V_reciprocal by lra; reflexivity. Qed.
Ltac at_z H := cbv zeta in H; replace ({number(alpha)} * {number(beta)} - {number(V)}) with {number(z)} in H by field.
Lemma claim_one_mode :
  {number(after)}
  = ({number(alpha)} * {number(alpha)} - {number(beta)} * {number(beta)}) * (1 - {number(z)} * {number(z)}).
Proof. pose proof (difference_of_squares_step {one_mode}) as H; at_z H; rewrite <- H; field. Qed.
Lemma claim_toward_balance : {number(z)} * {number(z)} <= 2 -> {number(after**2)} <= {number(difference**2)}.
Proof. intros Hz; pose proof (toward_balance {one_mode}) as H; at_z H; specialize (H Hz); lra. Qed.
Lemma claim_b_1 x : bordered_eigenvalue 2 (vec [3; 4]) x -> x = 5 \\/ x = -5 \\/ x = 0.
Proof.
  intros H; apply bordered_eigenvalues in H.
  replace (norm 2 (vec [3; 4])) with 5 in H; [lra|].
  unfold norm; replace (norm_sq 2 (vec [3; 4])) with (5 * 5) by (compute_sums; ring); now rewrite sqrt_square by lra.
Qed.
Lemma claim_b_2 : is_derive_n (phi 4) 2 3 (16 / 125).
Proof.
  replace (16 / 125) with (4 * 4 / (phi 4 3 * phi 4 3 * phi 4 3)); [apply phi_second_derivative; lra|].
  unfold phi; replace (3 * 3 + 4 * 4) with (5 * 5) by ring; rewrite sqrt_square by lra; field.
Qed.
Lemma claim_27 Omega (E : expectation Omega) d u v w :
  gaussian_weights E d {number(alpha)} {number(beta)} u v -> orthonormal d {r} w ->
  has_mean E (fun o => imbalance d {r} w (u o) (fun _ => v o) 0) {number(m)} /\\
  has_mean E (fun o => imbalance d {r} w (u o) (fun _ => v o) 0 * imbalance d {r} w (u o) (fun _ => v o) 0)
    {number(second)}.
Proof.
  intros Hg Hw; split.
  - eapply has_mean_value; [exact (equation_25 E d {r} _ _ u v w Hg Hw)|simpl; field].
  - eapply has_mean_value; [exact (equation_27 E d {r} _ _ u v w Hg Hw)|simpl; field].
Qed.
Lemma claim_tanh u :
  let y := {vector(labels)} in
  (forall n, (n < 2)%nat -> nonlinear_residual 2 tanh orthogonal_X y u {number(v)} n = 0) ->
  {number(v)} * {number(v)} + nonlinear_imbalance 2 2 tanh_Phi orthogonal_X u {number(v)} = {number(hyperbolic)}.
Proof.
  intros y H; destruct (tanh_closed_form 2 2 orthogonal_X y u {number(v)} H) as [_ E]; [lra|].
  rewrite E; unfold y, orthogonal_X; compute_sums; field.
Qed.
Lemma claim_nonlinear_gradient :
  is_derive (fun t => nonlinear_loss 2 2 (fun x => x * x) orthogonal_X ({vector(labels)})
                        (along ({vector(u)}) ({vector(a)}) t) ({number(w)} + t * {number(b)})) 0 {number(squares[1])}.
Proof.
  eapply derive_value.
  - apply (nonlinear_gradient_is_the_derivative 2 2 (fun x => x * x) (fun x => 2 * x)); [lia|].
    intros x; auto_derive; [trivial|ring].
  - unfold nonlinear_gradient_u, nonlinear_gradient_v, nonlinear_residual, orthogonal_X; compute_sums; simpl; field.
Qed.
Lemma claim_sigmoid u :
  let y := {vector(labels)} in
  (forall n, (n < 2)%nat -> nonlinear_residual 2 sigmoid orthogonal_X y u {number(v)} n = 0) ->
  {number(v)} * {number(v)} + nonlinear_imbalance 2 2 sigmoid_Phi orthogonal_X u {number(v)} = {sigmoid}.
Proof.
  intros y H; destruct (sigmoid_closed_form 2 2 orthogonal_X y u {number(v)} H) as [_ E]; [lra|].
  rewrite E; unfold y, orthogonal_X; compute_sums.
  replace ({number(labels[0])} / ({number(v)} - {number(labels[0])})) with {number(ratios[0])} by field.
  replace ({number(labels[1])} / ({number(v)} - {number(labels[1])})) with {number(ratios[1])} by field.
  set (p := ln _); set (q := ln _); field.
Qed.
Lemma claim_5_7 Omega (E : expectation Omega) u v u' v' S p mean_S :
  (forall o, gradient_flow 1 1 1 unit_X (unit_y 2) (u o) (v o)) ->
  (forall o, converges_to_minimizer 1 1 1 unit_X (unit_y 2) (u o) (v o) (u' o) (v' o)) ->
  (forall o, is_sharpness (loss 1 1 1 unit_X (unit_y 2)) 1 1 (u' o) (v' o) (S o)) ->
  let C := fun o : Omega => imbalance 1 1 basis (u o 0) (v o 0) 0 in
  has_mean E C 3 -> has_mean E (fun o => C o * C o) 20 -> has_mean E (fun o => phi 4 (C o)) p ->
  has_mean E S mean_S -> 5 <= mean_S <= 6.
Proof.
  intros H1 H2 H3 C H4 H5 H6 H7.
  assert (EQ : difficulty 1 1 unit_s basis (unit_y 2) = 4) by (rewrite unit_difficulty; ring).
  pose proof (theorem_5_7 E 1 1 1 unit_X unit_s basis basis (unit_y 2) u v u' v' S 3 20 p mean_S) as T.
  cbv zeta in T; rewrite EQ in T; unfold label_coefficient in T; rewrite dot_basis_l, unit_norm in T by lia.
  replace (sqrt (3 * 3 + 4 * 4)) with 5 in T
    by (replace (3 * 3 + 4 * 4) with (5 * 5) by ring; symmetry; apply sqrt_square; lra).
  replace (sqrt (20 + 4 * 4)) with 6 in T
    by (replace (20 + 4 * 4) with (6 * 6) by ring; symmetry; apply sqrt_square; lra).
  unfold unit_s, unit_y in *; simpl in T.
  assert (3 / 3 = 1) by field.
  destruct T; auto using unit_svd, unit_reachable; try exact unit_svd; try exact (unit_reachable 2); try lra; lia.
Qed.
Lemma claim_5_6 Omega (E : expectation Omega) u v S mean_S mean_g :
  gaussian_weights E 1 3 1 u v ->
  (forall o, is_sharpness (loss 1 1 1 unit_X (unit_y 4)) 1 1 (u o) (fun _ => v o) (S o)) ->
  has_mean E S mean_S ->
  has_mean E (fun o => norm 1 (transposed_vector 1 unit_X
                                 (residual 1 1 unit_X (unit_y 4) (u o) (fun _ => v o)))) mean_g ->
  mean_S <= 15.
Proof.
  intros Hg HS Hm Hn.
  pose proof (theorem_5_6_upper E 1 1 1 unit_X unit_s basis basis (unit_y 4) 3 1 u v S mean_S ltac:(lia)
    unit_svd HS Hg Hm mean_g Hn) as T.
  unfold label_coefficient in T; cbn [Sum] in T; rewrite dot_basis_l in T by lia.
  replace (3 * 3 * (1 * 1) * (0 + unit_s 0 * unit_s 0 * (unit_s 0 * unit_s 0))
           + (0 + unit_s 0 * unit_s 0 * (unit_y 4 0 * unit_y 4 0))) with (5 * 5) in T
    by (unfold unit_s, unit_y; ring).
  rewrite sqrt_square in T by lra; unfold unit_s in T; simpl in T; lra.
Qed.
Lemma claim_depth label u v S : 0 < label ->
  is_global_minimizer (loss 1 1 {depth - 1} unit_X (unit_y (label ^ {depth}))) u v ->
  balanced {depth} 1 1 basis u v ->
  is_sharpness (loss 1 1 {depth - 1} unit_X (unit_y (label ^ {depth}))) 1 {depth - 1} u v S ->
  S = {depth} * (label * label) ^ {depth - 1}.
Proof.
  intros Hl Hm Hb HS.
  rewrite (unit_sharpness {depth} (label ^ {depth}) u v S ltac:(lia) ltac:(apply pow_lt; lra) Hm Hb HS).
  rewrite <- Rpow_mult_distr, power_of_difficulty by (lia || nra); simpl INR; simpl Nat.sub; ring.
Qed.
Lemma claim_gd_decreases :
  imbalance_after_gd 1 1 1 unit_X basis (unit_y 0) (fun _ => 2) (fun _ => 1) {number(1 / label)}
  - 3 = {number(-12 / label**2)}.
Proof.
  destruct (gd_can_decrease {number(1 / label)}) as [E H]; rewrite E in H; rewrite H; field.
Qed.
"""


FAMILIES = {
    "minimizer": minimizer,
    "deep": deep,
    "one_step": one_step,
    "derivatives": derivatives,
    "closed_forms": closed_forms,
}


def file_of(family: str, seed: int, modules: Sequence[str]) -> str:
    return OPENING.format(modules=" ".join(modules)) + FAMILIES[family](Random(seed))


def file_of_all(seed: int, modules: Sequence[str]) -> str:
    """All families in one file, which Coq reads in half the time: most of it goes to loading the modules."""
    families = "\n".join(f"Module {name}.{made(Random(seed))}End {name}." for name, made in FAMILIES.items())
    return OPENING.format(modules=" ".join(modules)) + families
