"""Proof that the escape region is never left: one step in the modes, then products of what is known to be positive.

With `h = eta/N`, `b = s_1 c_1 v` and `f_i = s_i c_i`, the pulls `h sum_i f_i v (f_i v - d_i)` and `h b (b - d_1)` are
at least three times `v^2` and `c_1^2`. Each weight w goes to w+ with `w w+ = w^2 - pull`, hence `4 w^2 <= (w+)^2`.
"""

from sympy import Expr, Integer, KroneckerDelta, Rational, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, eta, label_coefficients, modes, rank, s, u, v, w
from theory.statements.own_escape import C1, LABELS, NEXT_C1, NEXT_V, OUTPUT, RATE

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
    return [*_doubling(statement), *_staying(statement), *_floors(statement)]


def _doubling(statement: Statement) -> list[Step]:
    claims = statement.claims
    in_modes = ("svd", "labels")
    other_labels = _over_other_modes(_d.at(_i) ** 2)
    other_outputs = _over_other_modes(_outputs.at(_i) ** 2)
    first, second = fact("first-pull"), fact("second-pull")
    return [
        Step("first-positive", less(0, C1**2), PositiveFactor("output", s[0] ** 2 * v**2)),
        Step("second-positive", less(0, v**2), PositiveFactor("output", s[0] ** 2 * C1**2)),
        Step(
            "first-pull",
            at_most(3 * C1**2, _first_pull),
            Combination(fact("first-outside") * _half + RATE * _half * ((OUTPUT - _d[0]) ** 2 + other_labels)),
        ),
        Step(
            "second-pull",
            at_most(3 * v**2, _second_pull),
            Combination(fact("second-outside") * _half + RATE * _half * ((_residuals**2).total() + other_outputs)),
        ),
        Step(
            "first-step",
            equal(C1 * NEXT_C1, C1**2 - _first_pull),
            identity(*in_modes, "step-first"),
        ),
        Step("second-step", equal(v * NEXT_V, v**2 - _second_pull), identity(*in_modes, "step-second")),
        # (w w+)^2 - (2 w^2)^2 = (pull - 3 w^2) (pull + w^2)
        Step(
            "first-scaled",
            at_most(C1**2 * (4 * C1**2), C1**2 * NEXT_C1**2),
            Combination(first * (first + 4 * C1**2) - fact("first-step") * _moved(C1, NEXT_C1, _first_pull)),
        ),
        Step(
            "second-scaled",
            at_most(v**2 * (4 * v**2), v**2 * NEXT_V**2),
            Combination(second * (second + 4 * v**2) - fact("second-step") * _moved(v, NEXT_V, _second_pull)),
        ),
        Step(
            "doubles-first",
            claims["doubles-first"],
            Cancellation("first-scaled", C1**2, given=("first-positive",)),
        ),
        Step(
            "doubles-second",
            claims["doubles-second"],
            Cancellation("second-scaled", v**2, given=("second-positive",)),
        ),
    ]


def _moved(weight: Expr, following: Expr, pull: Expr) -> Expr:
    """`w w+ + (w^2 - pull)`, which turns the equality of `w w+` and `w^2 - pull` into that of their squares."""
    return weight * following + weight**2 - pull


def _staying(statement: Statement) -> list[Step]:
    claims = statement.claims
    first, second = fact("doubles-first"), fact("doubles-second")

    def scaled(weight: Expr, following: Expr, own: Expr, other: Expr, other_following: Expr, margin: str) -> Expr:
        """`w^2 (h (b+^2 - ||y||^2) - 6 w+^2)` as a sum of products of what is not negative."""
        return (
            weight**2 * RATE * s[0] ** 2 * following**2 * other
            + 4 * following**2 * fact(margin)
            + 4 * RATE * LABELS * own
            + 15 * weight**2 * RATE * LABELS
            + 18 * weight**2 * following**2
        )

    return [
        Step(
            "output-grows",
            claims["output-grows"],
            Combination(s[0] ** 2 * (NEXT_V**2 * first + 4 * C1**2 * second)),
        ),
        Step(
            "first-margin",
            at_most(0, C1**2 * claims["first-stays-outside"].right),
            Combination(scaled(C1, NEXT_C1, first, second, NEXT_V, "first-outside")),
        ),
        Step(
            "second-margin",
            at_most(0, v**2 * claims["second-stays-outside"].right),
            Combination(scaled(v, NEXT_V, second, first, NEXT_C1, "second-outside")),
        ),
        Step(
            "first-stays-outside",
            claims["first-stays-outside"],
            Cancellation("first-margin", C1**2, given=("first-positive",)),
        ),
        Step(
            "second-stays-outside",
            claims["second-stays-outside"],
            Cancellation("second-margin", v**2, given=("second-positive",)),
        ),
    ]


def _floors(statement: Statement) -> list[Step]:
    """What the loss and the sharpness are never below."""
    claims = statement.claims
    direction: tuple[IndexedArray, Expr] = (w.row(1), Integer(0))
    others = _over_other_modes(_residuals.at(_i) ** 2 + _d.at(_i) ** 2)
    return [
        Step(
            "loss",
            claims["loss"],
            Combination(((OUTPUT - 2 * _d[0]) ** 2 * _half + others) / (2 * N), ("svd", "labels")),
        ),
        Step(
            "quotient",
            at_most(s[0] ** 2 * v**2 / N, S * squared_norm(direction)),
            RayleighQuotient(direction, ("svd", "labels")),
        ),
        Step("sharpness", claims["sharpness"], Combination(fact("quotient"))),
        Step(
            "edge-scaled",
            at_most(C1**2 * 6, C1**2 * (RATE * s[0] ** 2 * v**2)),
            Combination(fact("first-outside") + RATE * LABELS),
        ),
        Step(
            "edge",
            at_most(6, RATE * s[0] ** 2 * v**2),
            Cancellation("edge-scaled", C1**2, given=("first-positive",)),
        ),
        Step("above-the-edge", claims["above-the-edge"], Combination(fact("sharpness") + fact("edge") / eta)),
    ]
