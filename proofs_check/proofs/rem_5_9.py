"""Proof of the remark on Theorem 5.9: where C <= 0 its lower bounds are not negative."""

import random
from collections.abc import Iterator

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established, thm_5_9
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.symbols import N, eta, u, v, w
from theory.statements.rem_5_9 import LARGER
from theory.statements.thm_5_9 import STATEMENT as THEOREM
from theory.statements.thm_5_9 import TERMS

_lost = fact("imbalance-not-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    theorem = ("noise-first", "noise-gap", "descent-at-least", "sgd-at-least")
    return [
        *(Step(name, THEOREM.claims[name], established("thm-5.9", name)) for name in theorem),
        thm_5_9.batch_in_samples(),
        Step(
            "descent-never-lowers",
            claims["descent-never-lowers"],
            Combination(fact("descent-at-least") + _lost * eta**2 / N**2 * TERMS.full_batch_first),
        ),
        Step(
            "sgd-raises-at-least-as-much",
            claims["sgd-raises-at-least-as-much"],
            Combination(
                fact("sgd-at-least") + _lost * eta**2 * (N - B) / (B * N * (N - 1)) * fact("noise-first"),
                given=("two-samples", "batch-in-samples"),
            ),
        ),
        Step(
            "smaller-batches-raise-at-least-as-much",
            claims["smaller-batches-raise-at-least-as-much"],
            Combination(
                eta**2
                / (N - 1)
                * fact("larger-batch")
                / (B * LARGER)
                * (fact("noise-gap") + _lost * fact("noise-first")),
                given=("two-samples",),
            ),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Those of the theorem, with a second layer at least as long as the first."""
    source = random.Random(0)
    for instance in thm_5_9.instances(THEOREM):
        coefficients = value_of(instance, w) @ value_of(instance, u)
        while coefficients @ coefficients > instance.scalars[v] ** 2:
            instance = with_values(instance, (v, 2 * abs(instance.scalars[v]) + 1))
        yield with_values(instance, (LARGER, source.randint(instance.scalars[B], instance.scalars[N])))
