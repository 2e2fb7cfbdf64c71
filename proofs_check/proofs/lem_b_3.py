"""Proof of Lemma B.3, from the loss: one direction bounds below; above, each part of the Hessian by a sum of squares.

Notation: `c_i = w_i^T u`, `z_i = s_i c_i v - d_i`, `g_i = s_i z_i`, `G = ||g|| = ||X^T z||`. Along `(a, b)`, with
`alpha_i = w_i^T a`, N times the Hessian's form is `sum_i s_i^2 (v alpha_i + b c_i)^2 + 2 b sum_i g_i alpha_i`.
"""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, KroneckerDelta, Sum, Symbol, sqrt

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.eigenvalue import enclose_top_eigenvalue
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.methods.squares import SquaresInOrder
from proofs_check.proofs import Claim, claims_of
from theory.formulas.dynamics import mode_residual
from theory.formulas.model import two_layer_hessian
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, features, modes, rank, s, spectrum, u, v, w, y

_i = modes.index(set())
_c = w @ u
_slopes = s * mode_residual(spectrum, _c, v)
_data = ("svd", "labels")
_a, _b = IndexedArray.named("a", features), Symbol("b", real=True)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_lower(claim), *upper("upper", statement.claims["upper"])]


def form(first: IndexedArray, second: Expr) -> Expr:
    """The Hessian's quadratic form along `(a, b)`, over the modes."""
    along = w @ first
    return ((((along * v + _c * second) * s) ** 2).total() + 2 * second * (_slopes * along).total()) / N


def _lower(claim: Claim) -> list[Step]:
    """The quotient at `(v w_1, c_1)`: all modes but the first add squares."""
    direction = (w.row(1) * v, _c[0])
    length = v**2 + _c[0] ** 2
    other_modes = Sum((1 - KroneckerDelta(_i, 1)) * (s.at(_i) * _c.at(_i) * _c[0]) ** 2, (_i, 1, rank))
    return [
        Step(
            "quotient",
            at_most(form(*direction), S * squared_norm(direction)),
            RayleighQuotient(direction, _data),
        ),
        claim("lower", Combination((other_modes / N + fact("quotient")) / length, given=("not-both-zero",))),
    ]


def upper(name: str, claim: Relation) -> list[Step]:
    """For every direction the form is at most the bound times `||a||^2 + b^2`, part by part.

    Args:
        name: of the last step, which establishes the claim.
        claim: `S <= bound`.
    """
    alpha = w @ _a
    output = ((_c * s) ** 2).total()
    length = (alpha**2).total() + _b**2
    norm = sqrt((_slopes**2).total())
    bound = s[0] ** 2 * v**2 + output + norm
    cross = (alpha * _c * s**2).total()
    smaller = smaller_modes(alpha)
    gap = (
        v**2 * smaller
        + (s[0] * v * _b - cross / s[0]) ** 2
        + (output * smaller + minors(_c * s, alpha * s)) / s[0] ** 2
    )
    return [
        Step(
            "squares",
            at_most((((alpha * v + _c * _b) * s) ** 2).total(), (s[0] ** 2 * v**2 + output) * length),
            Combination(gap),
        ),
        # Lemma B.1's norm, as 2 b g.alpha <= ||g|| (||alpha||^2 + b^2).
        Step(
            "border-squared",
            at_most((2 * _b * (_slopes * alpha).total()) ** 2, (norm * length) ** 2),
            Combination((_slopes**2).total() * ((alpha**2).total() - _b**2) ** 2 + 4 * _b**2 * minors(_slopes, alpha)),
        ),
        Step("border", at_most(2 * _b * (_slopes * alpha).total(), norm * length), SquaresInOrder("border-squared")),
        Step(
            "upper-form",
            at_most(form(_a, _b), bound / N * squared_norm((_a, _b))),
            Combination((fact("squares") + fact("border") + bound * ((_a - alpha @ w) ** 2).total()) / N),
        ),
        Step(name, claim, LeastUpperBound("upper-form", (_a, _b), _data)),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, with every weight equal to 1/8."""
    images = digits()
    first_layer = value_of(images, X)[0] * 0 + fmpq(1, 8)
    hessian = two_layer_hessian(value_of(images, X), value_of(images, y), first_layer, fmpq(1, 8))
    instance = with_values(images, (u, first_layer), (v, fmpq(1, 8)), (S, enclose_top_eigenvalue(hessian)))
    yield from enclose_claims(statement, instance)
