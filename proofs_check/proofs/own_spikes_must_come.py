"""Proof: what the imbalance gains is at most the squared lengths of the steps, and those are paid by the loss."""

from sympy import Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, taken_over
from theory.language.statement import Statement
from theory.setting.steps import RUN_NEXT_V, RUN_V, n_steps, steps
from theory.setting.symbols import eta
from theory.statements.own_spikes_must_come import END_L, MARGIN

_t = steps.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claim = claims_of(statement)
    second = ((RUN_NEXT_V - RUN_V) ** 2).total()
    gained = fact("needed") + fact("path") + 2 * second
    paid = Sum(fact("falls-quietly", _t), (_t, 1, n_steps)) + eta * fact("losses-consecutive")
    return [
        taken_over("own-imbalance-budget", "path"),
        claim("gain-at-most", Combination(MARGIN * gained + paid)),
        claim("all-losses", Combination(fact("gain-at-most") + eta * END_L)),
    ]
