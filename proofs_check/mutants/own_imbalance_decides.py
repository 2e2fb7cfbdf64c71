"""Wrong versions of what a step does to the minimizer ahead."""

from collections.abc import Iterator

from flint import fmpq

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_blow_up import after_a_step
from proofs_check.proofs.own_imbalance_decides import instances, with_roots
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, e, label_coefficients, s, u, v, w, y
from theory.statements.own_imbalance_decides import NEXT_C, NEXT_ROOT, ROOT


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, senses and hypotheses."""
    moves = statement.claims["root-moves"]
    yield Mutant("conserved, as under the flow", with_claim(statement, "imbalance-rises", equal(C, NEXT_C)))
    yield Mutant("falls", with_claim(statement, "imbalance-rises", at_most(NEXT_C, C)))
    yield Mutant("always rises", with_claim(statement, "imbalance-rises", less(C, NEXT_C)), _at_rest)
    yield Mutant("roots: sign", with_claim(statement, "root-moves", equal(-moves.left, moves.right)))
    yield Mutant("roots: factor 2", with_claim(statement, "root-moves", equal(moves.left, 2 * moves.right)))
    alone = equal(ROOT - NEXT_ROOT, NEXT_C - C)
    yield Mutant("roots: as C itself", with_claim(statement, "root-moves", alone))
    yield Mutant("V never falls", with_claim(statement, "root-never-rises", at_most(ROOT, NEXT_ROOT)))
    yield Mutant("any imbalance", without_hypothesis(statement, "imbalance-not-positive"), _positive_imbalance)


def _at_rest(statement: Statement) -> Iterator[Instance]:
    """Minimizers: no step moves them."""
    for instance in instances(statement):
        first, second = value_of(instance, u), instance.scalars[v]
        labels = value_of(instance, s) * (value_of(instance, w) @ first) * second
        if any(labels):
            placed = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
            yield with_roots(after_a_step(placed))


def _positive_imbalance(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        longer = value_of(instance, u) * 20
        yield with_roots(after_a_step(with_values(instance, (u, longer), (v, fmpq(1, 10)))))
