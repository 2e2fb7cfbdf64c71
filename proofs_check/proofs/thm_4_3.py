"""Proof of Theorem 4.3, from the loss: the weight is a root, one direction bounds below, Lagrange's identity above.

Notation: `c_i = w_i^T u`, `V = v^2`. At a minimizer `d_i = s_i c_i v`, so that the Hessian's quadratic form along
`(a, b)` is `(1/N) sum_i s_i^2 (v alpha_i + b c_i)^2` with `alpha_i = w_i^T a`.
"""

from collections.abc import Iterator

from flint import arb, fmpq
from sympy import Expr, KroneckerDelta, Rational, Sum, Symbol, sqrt

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import with_values
from proofs_check.instances.real_data import at_two_layer_minimizer, digits, enclose_claims
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from theory.bounds import positive_root
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, e, features, label_coefficients, modes, rank, s, samples, spectrum, u, v, w

_i, _n = modes.index(set()), samples.index(set())
_j = modes.index({_i.name})
_d, _c, _Q = label_coefficients, w @ u, spectrum.difficulty
_root = sqrt(C**2 + 4 * _Q)
_at_minimizer = ("svd", "labels", "zero-residual-in-modes")
_formula = ("root", "zero-residual-in-modes", "imbalance")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    return [*_weight(statement), *_lower(statement), *_upper(statement)]


def _weight(statement: Statement) -> list[Step]:
    """Equation (16): `v^2` is the positive root of `V^2 + C V - Q`."""
    residual_in_modes = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    return [
        Step("zero-residual-in-modes", equal(_d, _c * s * v), Combination(residual_in_modes, ("svd", "labels"))),
        Step("difficulty-of-weights", equal(_Q, v**2 * (_c**2).total()), identity("zero-residual-in-modes")),
        Step(
            "difficulty-positive",
            less(0, v**2 * (_c**2).total()),
            Combination(fact("nonzero-labels") + fact("difficulty-of-weights")),
        ),
        Step("weight-positive", less(0, v**2), PositiveFactor("difficulty-positive", (_c**2).total())),
        Step(
            "quadratic",
            equal(v**4 + C * v**2, _Q),
            Combination(v**2 * fact("imbalance") - fact("difficulty-of-weights")),
        ),
        Step("quadratic-positive", less(0, v**2 * (v**2 + C)), Combination(fact("nonzero-labels") - fact("quadratic"))),
        Step("norm-positive", less(0, v**2 + C), PositiveFactor("quadratic-positive", v**2)),
        # R = sqrt(C^2 + 4Q) and 2V + C have the same square and the same sign.
        Step(
            "root-squared",
            equal(_root * (_root + 2 * v**2 + C), (2 * v**2 + C) * (_root + 2 * v**2 + C)),
            Combination(-4 * fact("quadratic")),
        ),
        Step("root", equal(_root, 2 * v**2 + C), Cancellation("root-squared", _root + v**2 + fact("norm-positive"))),
        Step("weight", statement.claims["weight"], identity("root")),
    ]


def _form(first: IndexedArray, second: Expr) -> IndexedArray:
    """Summands over the modes of the Hessian's quadratic form along `(a, b)`, times N."""
    summand: IndexedArray = ((w @ first) * v + _c * second) ** 2 * s**2
    return summand


def _lower(statement: Statement) -> list[Step]:
    """The quotient at `(v s_1 w_1, s_1 c_1)`, the image of `e_1` under the transposed Jacobian."""
    direction = (w.row(1) * (v * s[0]), s[0] * _c[0])
    form = _form(*direction)
    stretch = s[0] ** 2 * v**2 + s[0] ** 2 * _c[0] ** 2
    other_modes = Sum((1 - KroneckerDelta(_i, 1)) * form.at(_i), (_i, 1, rank))
    return [
        Step(
            "quotient",
            at_most(form.total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, _at_minimizer),
        ),
        Step("first-mode", at_most(stretch**2 / N, form.total() / N), Combination(other_modes / N)),
        Step(
            "lower-scaled",
            at_most(stretch * stretch / N, stretch * S),
            Combination(fact("first-mode") + fact("quotient")),
        ),
        Step(
            "lower-in-weights",
            at_most(stretch / N, S),
            Cancellation("lower-scaled", stretch, given=("weight-positive",)),
        ),
        Step(
            "lower",
            statement.claims["lower"],
            Combination(fact("lower-in-weights"), _formula, given=("nonzero-labels",)),
        ),
    ]


def _upper(statement: Statement) -> list[Step]:
    """For every direction the form is at most `(s_1^2 V + ||Xu||^2) (||a||^2 + b^2) / N`."""
    a, b = IndexedArray.named("a", features), Symbol("b", real=True)
    alpha = w @ a
    output = ((_c * s) ** 2).total()
    bound = (s[0] ** 2 * v**2 + output) / N
    cross = (alpha * _c * s**2).total()
    smaller_modes = Sum(fact("descending-squares", _i) * alpha.at(_i) ** 2, (_i, 1, rank))
    lagrange = Sum(
        (s.at(_i) * s.at(_j) * (_c.at(_i) * alpha.at(_j) - _c.at(_j) * alpha.at(_i))) ** 2,
        (_i, 1, rank),
        (_j, 1, rank),
    )
    gap = (
        v**2 * smaller_modes
        + (s[0] * v * b - cross / s[0]) ** 2
        + (output * smaller_modes + Rational(1, 2) * lagrange) / s[0] ** 2
    )
    completion = a - alpha @ w
    return [
        Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i)))),
        Step(
            "upper-in-modes",
            at_most(_form(a, b).total() / N, bound * ((alpha**2).total() + b**2)),
            Combination(gap / N),
        ),
        Step("bessel", at_most((alpha**2).total(), (a**2).total()), Combination((completion**2).total())),
        Step(
            "upper-form",
            at_most(_form(a, b).total() / N, bound * squared_norm((a, b))),
            Combination(fact("upper-in-modes") + bound * fact("bessel")),
        ),
        Step("upper-in-weights", at_most(S, bound), LeastUpperBound("upper-form", (a, b), _at_minimizer)),
        Step(
            "upper",
            statement.claims["upper"],
            Combination(fact("upper-in-weights"), _formula, given=("nonzero-labels",)),
        ),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at the minimizer of imbalance 1."""
    imbalance = fmpq(1)
    difficulty = evaluate(_Q, digits())
    squared_weight = positive_root(arb(imbalance), difficulty)
    yield from enclose_claims(statement, with_values(at_two_layer_minimizer(digits(), squared_weight), (C, imbalance)))
