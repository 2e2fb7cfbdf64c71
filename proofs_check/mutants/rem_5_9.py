"""Wrong versions of the remark on Theorem 5.9."""

from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.rem_5_9 import instances
from proofs_check.proofs.thm_5_9 import instances as instances_of_any_imbalance
from proofs_check.proofs.thm_5_9 import with_batches
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.symbols import N, u, v, w, y
from theory.statements.rem_5_9 import LARGER
from theory.statements.thm_5_9 import AFTER_DESCENT, BEFORE, STATEMENT


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Senses reversed or made strict, hypotheses dropped or weakened."""
    for name, claim in statement.claims.items():
        yield Mutant(f"{name}: reversed", with_claim(statement, name, at_most(claim.right, claim.left)))
        yield Mutant(f"{name}: strict", with_claim(statement, name, less(claim.left, claim.right)))
    yield Mutant("C never moves", with_claim(statement, "descent-never-lowers", equal(BEFORE, AFTER_DESCENT)))
    yield Mutant("C of any sign", without_hypothesis(statement, "imbalance-not-positive"), _of_any_imbalance)
    yield Mutant(
        "C not negative",
        with_hypothesis(statement, "imbalance-not-positive", at_most(0, BEFORE)),
        _of_any_imbalance,
    )
    yield Mutant(
        "C at most 1", with_hypothesis(statement, "imbalance-not-positive", at_most(BEFORE, 1)), _slightly_positive
    )
    yield Mutant(
        "the other batch smaller", with_hypothesis(statement, "larger-batch", at_most(LARGER, B)), _smaller_batch
    )
    yield Mutant("any other batch", without_hypothesis(statement, "larger-batch"), _smaller_batch)
    yield Mutant("samples preferred", without_hypothesis(statement, "exchangeable"), _first_batch_only)


def _of_any_imbalance(statement: Statement) -> Iterator[Instance]:
    for instance in instances_of_any_imbalance(STATEMENT):
        yield with_values(instance, (LARGER, instance.scalars[N]))


def _slightly_positive(statement: Statement) -> Iterator[Instance]:
    """The weights shrunk until C is at most 1."""
    for instance in _of_any_imbalance(statement):
        first, second = value_of(instance, u), instance.scalars[v]
        scale = fmpq(1, 20)
        coefficients = value_of(instance, w) @ first * scale
        if coefficients @ coefficients <= (second * scale) ** 2 + 1:
            yield with_values(instance, (u, first * scale), (v, second * scale), (y, value_of(instance, y)))


def _smaller_batch(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (LARGER, 1))


def _first_batch_only(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_batches(instance, [tuple(range(instance.scalars[B]))], [fmpq(1)])
