"""Proof: what the imbalance gains is at most the squared lengths of the steps, and those are paid by the loss."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established, own_imbalance_budget
from theory.language.indexed import IndexedArray
from theory.language.statement import Statement
from theory.setting.steps import RUN_NEXT_U, RUN_NEXT_V, RUN_U, RUN_V, n_steps, steps
from theory.setting.symbols import N, X, eta, y
from theory.statements.own_imbalance_budget import STATEMENT as BUDGET
from theory.statements.own_spikes_must_come import END_L, MARGIN, START_L

_t = steps.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claims = statement.claims
    second = ((RUN_NEXT_V - RUN_V) ** 2).total()
    gained = fact("needed") + fact("path") + 2 * second
    paid = Sum(fact("falls-quietly", _t), (_t, 1, n_steps)) + eta * fact("losses-consecutive")
    return [
        Step("path", BUDGET.claims["path"], established("own-imbalance-budget", "path")),
        Step("gain-at-most", claims["gain-at-most"], Combination(MARGIN * gained + paid)),
        Step("all-losses", claims["all-losses"], Combination(fact("gain-at-most") + eta * END_L)),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Runs with steps so short that the loss falls, and the largest margin, or half of it."""
    for number, instance in enumerate(own_imbalance_budget.instances(BUDGET)):
        slow = _slowly(instance, number)
        if slow is not None:
            yield slow


def _slowly(instance: Instance, number: int) -> Instance | None:
    """The first weights of a run again with a shorter step, or None where the loss does not fall in each."""
    first, second = value_of(instance, RUN_U)[0], value_of(instance, RUN_V)[0]
    shorter = with_values(instance, (eta, instance.scalars[eta] / 64))
    run = own_imbalance_budget.a_run(shorter, first, second, instance.scalars[n_steps])
    before = _losses(run, RUN_U, RUN_V)
    after = _losses(run, RUN_NEXT_U, RUN_NEXT_V)
    lengths = ((value_of(run, RUN_NEXT_U) - value_of(run, RUN_U)) ** 2).sum(axis=1) + (
        value_of(run, RUN_NEXT_V) - value_of(run, RUN_V)
    ) ** 2
    falls = [(one - other) * run.scalars[eta] for one, other in zip(before, after, strict=True)]
    margins = [fall / length for fall, length in zip(falls, lengths, strict=True) if length]
    margin = min(margins, default=fmpq(1)) / (1 + number % 2)
    if margin <= 0:
        return None
    return with_values(run, (MARGIN, margin), (START_L, before[0]), (END_L, after[-1]))


def _losses(instance: Instance, first: IndexedArray, second: IndexedArray) -> list[fmpq]:
    data, labels = value_of(instance, X), value_of(instance, y)
    weights = zip(value_of(instance, first), value_of(instance, second), strict=True)
    return [((data @ one * other - labels) ** 2).sum() / (2 * instance.scalars[N]) for one, other in weights]
