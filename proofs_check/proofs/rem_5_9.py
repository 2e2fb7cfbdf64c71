"""Proof of the remark on Theorem 5.9: where C <= 0 its lower bounds are not negative."""

import random
from collections.abc import Iterator

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, taken_over, thm_5_9
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.symbols import N, eta, u, v, w
from theory.statements.rem_5_9 import LARGER
from theory.statements.thm_5_9 import STATEMENT as THEOREM
from theory.statements.thm_5_9 import TERMS

_lost = fact("imbalance-not-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    theorem = ("noise-first", "noise-gap", "descent-at-least", "sgd-at-least")
    return [
        *(taken_over("thm-5.9", name) for name in theorem),
        thm_5_9.batch_in_samples(),
        claim(
            "descent-never-lowers",
            Combination(fact("descent-at-least") + _lost * eta**2 / N**2 * TERMS.full_batch_first),
        ),
        claim(
            "sgd-raises-at-least-as-much",
            Combination(
                fact("sgd-at-least") + _lost * eta**2 * (N - B) / (B * N * (N - 1)) * fact("noise-first"),
                given=("two-samples", "batch-in-samples"),
            ),
        ),
        claim(
            "smaller-batches-raise-at-least-as-much",
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
