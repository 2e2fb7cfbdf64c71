"""Proof of Appendix D.3's map: scalar products of one step with the unstable direction and the sharpness's gradient."""

from sympy import Rational

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import eta
from theory.statements.app_d_3 import (
    DISPLACEMENT,
    EXCESS,
)

_x, _y = DISPLACEMENT, EXCESS


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    along = eta * fact("not-along-the-gradient") + eta * _x**2 / 2 * fact("not-along-the-sharpness")
    stretched = eta * (2 / eta + _y) * _x
    return [
        claim(
            "displacement-after",
            Combination(-fact("displacement") - along - stretched * fact("unit"), rewrite=("step",)),
        ),
        claim(
            "excess-after",
            Combination(
                -fact("excess")
                - eta * fact("sharpening")
                + eta * _x**2 / 2 * fact("stabilizing")
                - stretched * fact("not-along-the-sharpness"),
                rewrite=("step",),
            ),
        ),
        claim("cycle-turns", identity()),
        claim("cycle-stays", Combination(-eta * Rational(1, 2) * fact("amplitude"))),
        claim("quadratic-form", identity()),
        claim("gradient-of-form", identity()),
    ]
