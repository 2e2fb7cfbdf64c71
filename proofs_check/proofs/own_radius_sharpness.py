"""Proof from Lemma B.3, whose second term is then not negative."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, taken_over
from theory.language.statement import Statement
from theory.setting.symbols import N, eta, s, v
from theory.statements.own_radius_sharpness import COEFFICIENTS

_length = v**2 + COEFFICIENTS[0] ** 2


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        taken_over("lem-b.3", "lower", "pointwise"),
        claim(
            "lower",
            Combination(
                eta * fact("pointwise") + 2 * eta * s[0] / N * fact("pull") / _length, given=("not-both-zero",)
            ),
        ),
    ]
