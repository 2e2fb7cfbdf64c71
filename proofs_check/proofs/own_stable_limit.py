"""Proof: three Rayleigh quotients at a minimizer, along the first mode and along `J^T x`.

With `V = v^2`, `a = ||X^T x||^2` and `b = (x.y)^2`: `N S ||x||^2 >= V a + b / V >= 2 sqrt(a b)`.
"""

from sympy import Expr, Rational, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import SquaresInOrder
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, S, X, e, eta, label_coefficients, modes, s, samples, spectrum, u, v, w, y
from theory.statements.own_size import TOP_RATE
from theory.statements.own_stable_limit import TRIAL

_i, _n = modes.index(set()), samples.index(set())
_m = samples.index({_n.name})
_slope = X.T @ TRIAL
_inner: Expr = TRIAL @ (X @ u)
_kernel: Expr = v**2 * (_slope**2).total() + _inner**2
_length: Expr = (TRIAL**2).total()


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    return [*_first_mode(statement), *_kernel_below(), *_flattest(statement)]


def _first_mode(statement: Statement) -> list[Step]:
    claims, first_mode = statement.claims, (w.row(1), Rational(0))
    residual = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    size = squared_projection()
    return [
        Step(
            "residual",
            equal(label_coefficients, (w @ u) * s * v),
            Combination(residual, ("svd", "labels")),
        ),
        Step("difficulty", equal(spectrum.difficulty, v**2 * size), identity("residual")),
        Step(
            "first-mode",
            at_most(s[0] ** 2 * v**2 / N, S * squared_norm(first_mode)),
            RayleighQuotient(first_mode, ("svd", "labels", "residual")),
        ),
        Step("weight", claims["weight"], Combination(eta * fact("first-mode") + fact("stable"))),
        # U = ||Pi_W u||^2 is at least lambda Q / 2, as lambda V <= 2 and Q = U V.
        Step(
            "imbalance-at-least",
            claims["imbalance-at-least"],
            Combination(
                fact("weight") * (size / 2 + 1 / TOP_RATE) + TOP_RATE / 2 * fact("difficulty"),
                ("imbalance",),
            ),
        ),
    ]


def _kernel_below() -> list[Step]:
    """`x^T K x <= N S ||x||^2`, from the Rayleigh quotient at `J^T x`."""
    direction = (_slope * v, _inner)
    image = (X @ _slope) * v**2 + (X @ u) * _inner
    bound = N * S * _length
    minor = TRIAL.at(_n) * image.at(_m) - TRIAL.at(_m) * image.at(_n)
    return [
        Step("labels-of-weights", equal(y, (X @ u) * v), Combination(-fact("minimizer", _n))),
        Step("sharpness-not-negative", at_most(0, S), Combination(fact("first-mode") + s[0] ** 2 * v**2 / N)),
        Step(
            "quotient",
            at_most((image**2).total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, ("labels-of-weights",)),
        ),
        Step(
            "kernel-squares",
            at_most((_kernel - bound / 2) ** 2, (bound / 2) ** 2),
            Combination(
                N * _length * fact("quotient") + Rational(1, 2) * Sum(minor**2, (_n, 1, N), (_m, 1, N)),
            ),
        ),
        Step(
            "kernel-halves",
            at_most(_kernel - bound / 2, bound / 2),
            SquaresInOrder("kernel-squares", given=("sharpness-not-negative",)),
        ),
    ]


def _flattest(statement: Statement) -> list[Step]:
    """`4 a b <= (V a + b / V)^2 <= (N S ||x||^2)^2`, with `b = V inner^2`; then at `x = y`."""
    claims, below = statement.claims, fact("kernel-halves")
    slope = (_slope**2).total()
    gap = (v**2 * slope - _inner**2) ** 2 + below * (2 * _kernel + below)
    labels, correlation = (y**2).total(), ((X.T @ y) ** 2).total()
    bound = N * S * labels
    return [
        Step("flattest", claims["flattest"], Combination(gap, ("labels-of-weights",))),
        Step(
            "flattest-at-labels",
            at_most(4 * correlation * labels**2, bound**2),
            Specialization("flattest", {TRIAL: y}),
        ),
        Step(
            "labels-scaled",
            at_most(labels**2 * eta**2 * correlation, labels**2 * N**2),
            Combination(
                eta**2 / 4 * fact("flattest-at-labels") + N**2 * labels**2 / 4 * fact("stable") * (2 + eta * S),
                given=("sharpness-not-negative",),
            ),
        ),
        Step(
            "labels-at-most",
            claims["labels-at-most"],
            Cancellation("labels-scaled", fact("nonzero-labels") ** 2),
        ),
    ]
