"""Proof: the root from the quadratic equation, one direction below, and three parts of every direction above.

With `A_i = W w_i` a minimizer has `d_i = s_i a.A_i`. Along `(F, f)` the Hessian's quadratic form is
`sum_i s_i^2 (a.alpha_i + f.A_i)^2 / N` with `alpha_i = F w_i`, and `V f = x + (a.f) a` with `x` orthogonal to `a`.
"""

from sympy import Expr, KroneckerDelta, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.cancelled import cancelled
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import descending_squares, smaller_modes
from proofs_check.lemmas.roots import root_positive
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.proofs import Claim, claims_of
from theory.bounds import positive_root
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, e, features, label_coefficients, modes, rank, s, samples, spectrum, w, y
from theory.setting.wide_model import (
    GREATEST,
    LEAST,
    V,
    W,
    a,
    eigenvalues,
    eigenvectors,
    imbalance_matrix,
    neurons,
    width,
)
from theory.statements.own_wide_minimizer import FORM, VECTOR

_i, _n, _b = modes.index(set()), samples.index(set()), neurons.index(set())
_c = neurons.index({_b.name})
_A = W @ w.T
"""`A_i = W w_i` as columns, shape (H, r)."""
_along: IndexedArray = a @ _A
"""`a.A_i`, shape (r,)."""
_Q, _d = spectrum.difficulty, label_coefficients
_at_minimizer = ("svd", "labels", "zero-residual-in-modes")
_positive = ("weight-positive", "greatest-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        *_weight(statement),
        *_kernel(claim),
        *_lower(claim),
        *_upper(statement),
        *_from_the_start(statement),
    ]


def _weight(statement: Statement) -> list[Step]:
    """`V^2 + a^T M a = Q`, and `a^T M a` lies between `m_min V` and `m_max V`."""
    claim = claims_of(statement)
    residual_in_modes = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    squares = (eigenvectors @ a) ** 2
    return [
        Step("zero-residual-in-modes", equal(_d, _along * s), Combination(residual_in_modes, ("svd", "labels"))),
        Step("difficulty-of-weights", equal(_Q, (_along**2).total()), identity("zero-residual-in-modes")),
        Step(
            "difficulty-positive",
            less(0, V * (_A**2).total()),
            Combination(
                fact("nonzero-labels") + fact("difficulty-of-weights") + Sum(minors(a, _A.T.row(_i)), (_i, 1, rank)),
                ("size",),
            ),
        ),
        Step("weight-positive", less(0, V), PositiveFactor("difficulty-positive", (_A**2).total())),
        claim("quadratic", identity("size", "difficulty-of-weights")),
        *_in_eigenvectors("second-layer", a),
        Step(
            "least-form",
            at_most(LEAST * V, FORM),
            Combination(
                Sum(fact("least", _b) * squares.at(_b), (_b, 1, width))
                - fact("second-layer-form")
                + LEAST * (fact("second-layer-norm") + fact("size"))
            ),
        ),
        Step(
            "greatest-form",
            at_most(FORM, GREATEST * V),
            Combination(
                Sum(fact("greatest", _b) * squares.at(_b), (_b, 1, width))
                + fact("second-layer-form")
                - GREATEST * (fact("second-layer-norm") + fact("size"))
            ),
        ),
        *_between_roots(statement),
    ]


def _between_roots(statement: Statement) -> list[Step]:
    """`(V - rho)(V + rho + m) = V^2 + m V - Q` for the positive root `rho`; the second factor is positive."""
    given = ("weight-positive", "nonzero-labels")
    return [
        root_positive("greatest-root", -GREATEST, _Q, "nonzero-labels"),
        root_positive("least-root", -LEAST, _Q, "nonzero-labels"),
        *cancelled(
            "weight-at-least",
            statement.claims["weight-at-least"],
            V + positive_root(-GREATEST, _Q),
            Combination(fact("greatest-form") - fact("quadratic"), given=("nonzero-labels",)),
            positive=V + fact("greatest-root"),
            given=given,
        ),
        *cancelled(
            "weight-at-most",
            statement.claims["weight-at-most"],
            V + positive_root(-LEAST, _Q),
            Combination(fact("least-form") + fact("quadratic"), given=("nonzero-labels",)),
            positive=V + fact("least-root"),
            given=given,
        ),
    ]


def _in_eigenvectors(name: str, vector: IndexedArray) -> list[Step]:
    """`x^T M x = sum_b m_b (o_b.x)^2` and `||x||^2 = sum_b (o_b.x)^2`."""
    products = vector.at(_b) * vector.at(_c)
    squares = (eigenvectors @ vector) ** 2
    ranges = (_b, 1, width), (_c, 1, width)
    return [
        Step(
            f"{name}-form",
            equal(vector @ (imbalance_matrix(W, a) @ vector), (squares * eigenvalues).total()),
            Combination(Sum(products * fact("eigenvalues", _b, _c), *ranges)),
        ),
        Step(
            f"{name}-norm",
            equal((vector**2).total(), squares.total()),
            Combination(-Sum(products * fact("complete", _b, _c), *ranges)),
        ),
    ]


def _kernel(claim: Claim) -> list[Step]:
    """Cauchy-Schwarz for `y.q = a.(W X^T q)`."""
    hidden = W @ (X.T @ VECTOR)
    return [
        Step("labels-of-weights", equal(y, X @ W.T @ a), Combination(-fact("minimizer", _n))),
        claim(
            "kernel-at-least", Combination(minors(a, hidden) / V, ("labels-of-weights", "size"), ("weight-positive",))
        ),
    ]


def _form(first: IndexedArray, second: IndexedArray) -> IndexedArray:
    """Summands over the modes of the Hessian's quadratic form along `(F, f)`, times N."""
    summand: IndexedArray = ((a @ (first @ w.T)) + (second @ _A)) ** 2 * s**2
    return summand


def _lower(claim: Claim) -> list[Step]:
    """The quotient at `(s_1 a w_1^T, s_1 A_1)`, the image of `e_1` under the transposed Jacobian."""
    column = W @ w.row(1)
    direction = (a.outer(w.row(1)) * s[0], column * s[0])
    form = _form(*direction)
    stretch = s[0] ** 2 * V + s[0] ** 2 * (column**2).total()
    other_modes = Sum((1 - KroneckerDelta(_i, 1)) * form.at(_i), (_i, 1, rank))
    return [
        Step(
            "quotient",
            at_most(form.total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, _at_minimizer),
        ),
        Step(
            "lower-in-weights",
            at_most(stretch / N, S),
            Combination((other_modes / N + fact("quotient")) / stretch, ("size",), ("weight-positive",)),
        ),
        Step(
            "first-label",
            at_most(_d[0] ** 2, V * s[0] ** 2 * (column**2).total()),
            Combination(s[0] ** 2 * minors(a, column), ("size", "zero-residual-in-modes")),
        ),
        claim(
            "lower", Combination(fact("lower-in-weights") + fact("first-label") / (V * N), given=("weight-positive",))
        ),
    ]


def _upper(statement: Statement) -> list[Step]:
    """Cauchy-Schwarz for the three parts of a direction: through `F`, along `a`, and across it."""
    claim = claims_of(statement)
    F, f = IndexedArray.named("F", neurons, features), IndexedArray.named("f", neurons)
    bound = statement.claims["upper"].right
    alpha = F @ w.T
    first, along = a @ alpha, a @ f
    across = f * V - a * along
    second = across @ _A
    first_weight, second_weight = s[0] ** 2 * V, s[0] ** 2 * GREATEST
    parts = (
        (first**2 * s**2).total() / first_weight + (second**2 * s**2).total() / (V**2 * second_weight) + along**2 / V
    )
    p, q = first * s, second * s / V
    gap = (
        ((q * first_weight - p * second_weight) ** 2).total() / (first_weight * second_weight)
        + _with_labels(p, first_weight, along)
        + _with_labels(q, second_weight, along)
    )
    columns = Sum(minors(a, alpha.T.row(_i)), (_i, 1, rank))
    left_out = (
        fact("bessel")
        + fact("first-layer") / V
        + smaller_modes(first) / first_weight
        + fact("second-layer") / V**2
        + fact("across-at-most") / (V**2 * GREATEST)
        + smaller_modes(second) / (V**2 * second_weight)
    )
    in_eigenvectors = (eigenvectors @ across) ** 2
    return [
        descending_squares(),
        Step(
            "upper-in-modes",
            at_most(_form(F, f).total() / N, bound * parts),
            Combination(gap / N, ("zero-residual-in-modes",), _positive),
        ),
        Step("first-layer", at_most((first**2).total(), V * (alpha**2).total()), Combination(columns, ("size",))),
        Step("bessel", at_most((alpha**2).total(), (F**2).total()), Combination(((F - alpha @ w) ** 2).total())),
        Step("orthogonal", equal(a @ across, 0), Combination(along * fact("size"))),
        *_in_eigenvectors("across", across),
        Step(
            "across-at-most",
            at_most((second**2).total(), GREATEST * (across**2).total()),
            Combination(
                Sum(fact("greatest", _b) * in_eigenvectors.at(_b), (_b, 1, width))
                + fact("across-form")
                - GREATEST * fact("across-norm")
                + (a @ across) * fact("orthogonal")
            ),
        ),
        Step(
            "second-layer",
            equal((across**2).total() + V * along**2, V**2 * (f**2).total()),
            Combination(-(along**2) * fact("size")),
        ),
        Step(
            "upper-form",
            at_most(_form(F, f).total() / N, bound * squared_norm((F, f))),
            Combination(fact("upper-in-modes") + bound * left_out, given=_positive),
        ),
        claim("upper", LeastUpperBound("upper-form", (F, f), _at_minimizer)),
    ]


def _from_the_start(statement: Statement) -> list[Step]:
    """`V` and `1 / V` lie between roots: `1 / rho(m) = rho(-m) / Q`."""
    claim = claims_of(statement)
    given = ("weight-positive", "nonzero-labels")
    least, most = (positive_root(-number, _Q) / _Q for number in (LEAST, GREATEST))
    return [
        Step(
            "inverse-at-least",
            at_most(least, 1 / V),
            Combination(fact("weight-at-most") * fact("least-root") / (_Q * V), given=given),
        ),
        Step(
            "inverse-at-most",
            at_most(1 / V, most),
            Combination(fact("weight-at-least") * fact("greatest-root") / (_Q * V), given=given),
        ),
        claim(
            "lower-from-start",
            Combination(
                fact("lower") + (s[0] ** 2 * fact("weight-at-least") + _d[0] ** 2 * fact("inverse-at-least")) / N,
                given=given,
            ),
        ),
        claim(
            "upper-from-start",
            Combination(
                fact("upper") + (s[0] ** 2 * fact("weight-at-most") + (_d**2).total() * fact("inverse-at-most")) / N,
                given=given,
            ),
        ),
    ]


def _with_labels(part: IndexedArray, weight: Expr, along: Expr) -> Expr:
    """`(weight a.f - p.d)^2 + ||p||^2 ||d||^2 - (p.d)^2`, over `weight V`."""
    return ((weight * along - part @ _d) ** 2 + minors(_d, part)) / (weight * V)
