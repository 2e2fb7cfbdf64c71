"""Proof: each difference is a combination of the three that the hypotheses give.

The rates are those combinations of order one in the step, and what a step adds has order two beside.
"""

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import X, e, eta, modes, rank, s
from theory.statements.own_wide_one_neuron import g

_IN_MODES = ("svd", "wide-in-modes", "neuron-in-modes")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    claims = statement.claims
    i, j = claims["first-step"].free_indices
    n, m = claims["kernel"].free_indices
    k = modes.index({i.name, j.name})
    first = fact("across", i) * g.at(j) + g.at(i) * fact("across", j)
    across = g.at(i) * fact("second") + _over(k, fact("first", i, k) * g.at(k))
    second = 2 * _over(k, fact("across", k) * g.at(k))
    return [
        claim("output", Combination(_over(i, s.at(i) * e.at(i, n) * fact("across", i)), _IN_MODES)),
        claim(
            "kernel",
            Combination(
                (X @ X.T).at(n, m) * fact("second")
                + _over(i, _over(j, s.at(i) * e.at(i, n) * s.at(j) * e.at(j, m) * fact("first", i, j))),
                _IN_MODES,
            ),
        ),
        claim("first-rate", Combination(-first)),
        claim("across-rate", Combination(-across)),
        claim("second-rate", Combination(-second)),
        claim(
            "first-step", Combination(fact("first", i, j) - eta * first + eta**2 * g.at(i) * g.at(j) * fact("second"))
        ),
        claim("across-step", Combination(fact("across", i) - eta * across + eta**2 * g.at(i) * second / 2)),
        claim(
            "second-step",
            Combination(
                fact("second") - eta * second + eta**2 * _over(i, _over(k, fact("first", i, k) * g.at(i) * g.at(k)))
            ),
        ),
    ]


def _over(place: Expr, summand: Expr) -> Expr:
    return Sum(summand, (place, 1, rank))
