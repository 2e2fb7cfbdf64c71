"""Proof that the escape region is never left: one step in the modes, then products of what is known to be positive.

With `h = eta/N`, `b = s_1 c_1 v` and `f_i = s_i c_i`, the pulls `h sum_i f_i v (f_i v - d_i)` and `h b (b - d_1)` are
at least three times `v^2` and `c_1^2`. Each weight w goes to w+ with `w w+ = w^2 - pull`, hence `4 w^2 <= (w+)^2`.
"""

from sympy import Expr, Integer, KroneckerDelta, Rational, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import RayleighQuotient
from proofs_check.proofs import Claim, claims_of
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import NEXT_V
from theory.setting.symbols import N, eta, label_coefficients, modes, rank, s, u, v, w
from theory.statements.own_escape import C1, LABELS, NEXT_C1, OUTPUT, RATE

_i = modes.index(set())
_d = label_coefficients
_outputs = (w @ u) * s * v
_residuals = _outputs - _d
_other_mode = 1 - KroneckerDelta(_i, 1)
_half = Rational(1, 2)
_first_pull: Expr = RATE * OUTPUT * (OUTPUT - _d[0])
_second_pull: Expr = RATE * (_outputs * _residuals).total()


def _over_other_modes(summand: Expr) -> Expr:
    return Sum(_other_mode * summand, (_i, 1, rank))


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_doubling(claim), *_staying(claim), *_floors(claim)]


def _doubling(claim: Claim) -> list[Step]:
    first_squares = (OUTPUT - _d[0]) ** 2 + _over_other_modes(_d.at(_i) ** 2)
    second_squares = (_residuals**2).total() + _over_other_modes(_outputs.at(_i) ** 2)
    return [
        *_doubles(claim, "first", (C1, NEXT_C1, v), _first_pull, first_squares),
        *_doubles(claim, "second", (v, NEXT_V, C1), _second_pull, second_squares),
    ]


def _doubles(claim: Claim, name: str, weights: tuple[Expr, Expr, Expr], pull: Expr, squares: Expr) -> list[Step]:
    """`w w+ = w^2 - pull`, and `(w w+)^2 - (2 w^2)^2 = (pull - 3 w^2) (pull + w^2)`, for one weight and the other."""
    weight, following, other = weights
    margin = fact(f"{name}-pull")
    gap = margin * (margin + 4 * weight**2) - fact(f"{name}-step") * (weight * following + weight**2 - pull)
    return [
        Step(f"{name}-positive", less(0, weight**2), PositiveFactor("output", s[0] ** 2 * other**2)),
        Step(
            f"{name}-pull",
            at_most(3 * weight**2, pull),
            Combination((fact(f"{name}-outside") + RATE * squares) * _half),
        ),
        Step(
            f"{name}-step",
            equal(weight * following, weight**2 - pull),
            identity("svd", "labels", f"step-{name}"),
        ),
        claim(f"doubles-{name}", Combination(gap / weight**2, given=(f"{name}-positive",))),
    ]


def _staying(claim: Claim) -> list[Step]:
    first, second = fact("doubles-first"), fact("doubles-second")
    return [
        claim("output-grows", Combination(s[0] ** 2 * (NEXT_V**2 * first + 4 * C1**2 * second))),
        _stays(claim, "first", (C1, NEXT_C1), first, second),
        _stays(claim, "second", (v, NEXT_V), second, first),
    ]


def _stays(claim: Claim, name: str, weights: tuple[Expr, Expr], own: Expr, other: Expr) -> Step:
    """`w^2 (h (b+^2 - ||y||^2) - 6 w+^2)` as a sum of products of what is not negative, over `w^2`."""
    weight, following = weights
    scaled = (
        weight**2 * RATE * s[0] ** 2 * following**2 * other
        + 4 * following**2 * fact(f"{name}-outside")
        + 4 * RATE * LABELS * own
        + 15 * weight**2 * RATE * LABELS
        + 18 * weight**2 * following**2
    )
    return claim(f"{name}-stays-outside", Combination(scaled / weight**2, given=(f"{name}-positive",)))


def _floors(claim: Claim) -> list[Step]:
    """What the loss and the sharpness are never below."""
    direction: tuple[IndexedArray, Expr] = (w.row(1), Integer(0))
    others = _over_other_modes(_residuals.at(_i) ** 2 + _d.at(_i) ** 2)
    return [
        claim("loss", Combination(((OUTPUT - 2 * _d[0]) ** 2 * _half + others) / (2 * N), ("svd", "labels"))),
        claim("sharpness", RayleighQuotient(direction, ("svd", "labels"))),
        Step(
            "edge",
            at_most(6, RATE * s[0] ** 2 * v**2),
            Combination((fact("first-outside") + RATE * LABELS) / C1**2, given=("first-positive",)),
        ),
        claim("above-the-edge", Combination(fact("sharpness") + fact("edge") / eta)),
    ]
