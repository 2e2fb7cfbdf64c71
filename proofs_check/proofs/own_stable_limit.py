"""Proof: three Rayleigh quotients at a minimizer, along the first mode and along `J^T x`.

With `V = v^2`, `a = ||X^T x||^2` and `b = (x.y)^2`: `N S ||x||^2 >= V a + b / V >= 2 sqrt(a b)`.
"""

from sympy import Expr, Rational

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.tangent_kernel import Minimizer
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import SquaresInOrder
from proofs_check.proofs import claims_of
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, eta, s, samples, u, v, w, y
from theory.statements.own_size import TOP_RATE
from theory.statements.own_stable_limit import TRIAL

_n = samples.index(set())
_MINIMIZER = Minimizer("", u, v, S)
_slope = X.T @ TRIAL
_inner: Expr = TRIAL @ (X @ u)
_kernel: Expr = v**2 * (_slope**2).total() + _inner**2
_length: Expr = (TRIAL**2).total()


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    return [*_first_mode(statement), *_kernel_below(), *_flattest(statement)]


def _first_mode(statement: Statement) -> list[Step]:
    claim = claims_of(statement)
    first_mode = (w.row(1), Rational(0))
    return [
        *_MINIMIZER.weights(),
        Step(
            "first-mode",
            at_most(s[0] ** 2 * v**2 / N, S * squared_norm(first_mode)),
            RayleighQuotient(first_mode, ("svd", "labels", "residual")),
        ),
        claim("weight", Combination(eta * fact("first-mode") + fact("stable"))),
        # U = ||Pi_W u||^2 is at least lambda Q / 2, as lambda V <= 2 and Q = U V.
        claim(
            "imbalance-at-least",
            Combination(
                fact("weight") * (_MINIMIZER.size / 2 + 1 / TOP_RATE) + TOP_RATE / 2 * fact("difficulty-of-weights"),
                ("imbalance",),
            ),
        ),
    ]


def _kernel_below() -> list[Step]:
    """`x^T K x <= N S ||x||^2`, from the Rayleigh quotient at `J^T x`."""
    direction = (_slope * v, _inner)
    image = (X @ _slope) * v**2 + (X @ u) * _inner
    bound = N * S * _length
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
            Combination(N * _length * fact("quotient") + minors(TRIAL, image)),
        ),
        Step(
            "kernel-halves",
            at_most(_kernel - bound / 2, bound / 2),
            SquaresInOrder("kernel-squares", given=("sharpness-not-negative",)),
        ),
    ]


def _flattest(statement: Statement) -> list[Step]:
    """`4 a b <= (V a + b / V)^2 <= (N S ||x||^2)^2`, with `b = V inner^2`; then at `x = y`."""
    claim = claims_of(statement)
    below = fact("kernel-halves")
    slope = (_slope**2).total()
    gap = (v**2 * slope - _inner**2) ** 2 + below * (2 * _kernel + below)
    labels, correlation = (y**2).total(), ((X.T @ y) ** 2).total()
    bound = N * S * labels
    return [
        claim("flattest", Combination(gap, ("labels-of-weights",))),
        Step(
            "flattest-at-labels",
            at_most(4 * correlation * labels**2, bound**2),
            Specialization("flattest", {TRIAL: y}),
        ),
        claim(
            "labels-at-most",
            Combination(
                (eta**2 / 4 * fact("flattest-at-labels") + N**2 * labels**2 / 4 * fact("stable") * (2 + eta * S))
                / labels**2,
                given=("sharpness-not-negative", "nonzero-labels"),
            ),
        ),
    ]
