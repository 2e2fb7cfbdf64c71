"""Proof of Lemma B.2: two derivatives, and the tangent inequality as a sum of squares."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.methods.differentiation import Differentiation
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import claims_of
from theory.formulas.radical import radical, radical_curvature, radical_tangent
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.statements.lem_b_2 import DIFFICULTY, FIRST, MIDDLE, POINT, SECOND

_positive = ("positive-difficulty",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    Q = DIFFICULTY
    here, there = radical(FIRST, Q), radical(POINT, Q)
    squares = (FIRST * there - POINT * here) ** 2 + 4 * Q * (here - there) ** 2
    return [
        claim("slope", Differentiation(given=_positive)),
        claim("curvature", Differentiation(given=_positive)),
        claim("positive-curvature", Combination(radical_curvature(FIRST, Q), given=_positive)),
        claim("tangent", Combination(squares / (2 * here * there**2), given=_positive)),
        Step(
            "first-above-tangent",
            at_most(radical_tangent(FIRST, MIDDLE, Q), radical(FIRST, Q)),
            Specialization("tangent", {POINT: MIDDLE}, given=_positive),
        ),
        Step(
            "second-above-tangent",
            at_most(radical_tangent(SECOND, MIDDLE, Q), radical(SECOND, Q)),
            Specialization("tangent", {POINT: MIDDLE, FIRST: SECOND}, given=_positive),
        ),
        claim(
            "convex",
            Combination(
                fact("share-above-zero") * fact("first-above-tangent")
                + fact("share-below-one") * fact("second-above-tangent"),
                given=_positive,
            ),
        ),
    ]
