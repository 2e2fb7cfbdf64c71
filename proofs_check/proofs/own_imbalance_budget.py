"""Proof: Theorem 5.9 in every step, summed; `||X^T z||^2 <= s_1^2 ||z||^2`."""

from sympy import Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.steps import (
    OUTPUT_SLOPES,
    RUN_U,
    RUN_V,
    n_steps,
    residuals,
    steps,
)
from theory.setting.symbols import N, e, eta, s, samples

_t, _n = steps.index(set()), samples.index(set())
_z = residuals(RUN_U, RUN_V)
_in_modes = _z @ e.T


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    descent = ("svd", "steps-first", "steps-second")
    outputs = (OUTPUT_SLOPES**2).total()
    smaller = smaller_modes(_in_modes.row(_t))
    rest = _z - _in_modes @ e
    bessel = s[0] ** 2 * Sum(rest.at(_t, _n) ** 2, (_n, 1, N))
    return [
        claim("increments", Combination(-fact("consecutive"), rewrite=descent)),
        claim("path", Combination(-fact("consecutive"), rewrite=descent)),
        claim("budget", Combination(fact("needed") + fact("increments") + eta**2 / N**2 * outputs)),
        claim(
            "budget-in-losses",
            Combination(
                fact("budget") + eta**2 / N**2 * Sum(RUN_V.at(_t) ** 2 * (smaller + bessel), (_t, 1, n_steps)),
                rewrite=("svd",),
            ),
        ),
    ]
