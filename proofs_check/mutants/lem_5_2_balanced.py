"""Wrong versions of the second part of Lemma 5.2."""

from collections.abc import Iterator

from proofs_check.instances.gradient_flow import with_flow
from proofs_check.instances.instance import Instance, value_of
from proofs_check.instances.weights import deep_points
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import later_layers
from theory.statements.lem_5_2 import END, START


def mutants(statement: Statement) -> Iterator[Mutant]:
    """What else could stay equal, and balance out of nothing."""
    (first_start, later_start), (first, later) = START, END

    def stays(name: str, left: object, right: object) -> Mutant:
        return Mutant(name, with_claim(statement, "stays-balanced", equal(left, right)))

    yield stays("the weights stay where they are", later, later_start)
    yield stays("all of u", later**2, (first**2).total())
    yield stays("the layer for its square", later, squared_projection(first))
    yield stays("the squares for the length", later**4, squared_projection(first))
    yield stays("the length at the start", later**2, squared_projection(first_start))
    yield stays("the layers at the start", later_start**2, squared_projection(first))
    yield Mutant(
        "the layers only grow",
        with_claim(statement, "stays-balanced", at_most(later_start**2, later**2)),
    )
    yield Mutant("balanced from anywhere", without_hypothesis(statement, "balanced"), _unbalanced)


def _unbalanced(statement: Statement) -> Iterator[Instance]:
    for instance in deep_points(7):
        yield with_flow(instance, START, END, value_of(instance, later_layers))
