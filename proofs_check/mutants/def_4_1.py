"""Wrong versions of Definition 4.1's claims."""

import random
from collections.abc import Iterator

from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.def_4_1 import instances
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, X, label_coefficients, s, spectrum, w, y
from theory.statements.def_4_1 import LEAST_SOLUTION, SOLUTION


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong powers, weights, senses and hypotheses."""
    d, difficulty = label_coefficients, spectrum.difficulty
    least, solution = (LEAST_SOLUTION**2).total(), (SOLUTION**2).total()

    def norm(name: str, value: object) -> Mutant:
        return Mutant(f"norm: {name}", with_claim(statement, "norm", equal(least, value)))

    yield norm("s_i for s_i^2", (d**2 / s).total())
    yield norm("s_i^4 for s_i^2", (d**2 / s**4).total())
    yield norm("s_i^2 d_i^2", ((d * s) ** 2).total())
    yield norm("divided by N", difficulty / N)
    yield norm("|d_i| without square", (d / s**2).total())
    yield norm("the square of the sum", (d / s).total() ** 2)
    yield norm("first mode alone", d[0] ** 2 / s[0] ** 2)
    yield Mutant("another vector", with_claim(statement, "solves", equal(X @ ((d * s) @ w), y)))
    yield Mutant("sign of the solution", with_claim(statement, "solves", equal(X @ (LEAST_SOLUTION * -1), y)))
    yield Mutant("sense reversed", with_claim(statement, "least", at_most(solution, difficulty)))
    yield Mutant("strict", with_claim(statement, "least", less(difficulty, solution)), _least)
    yield Mutant("twice as much", with_claim(statement, "least", at_most(2 * difficulty, solution)), _least)
    yield Mutant("any vector", without_hypothesis(statement, "solution"), _anything)
    yield Mutant(
        "half a solution", with_hypothesis(statement, "solution", equal((X @ SOLUTION) * 2, y)), _half_a_solution
    )
    yield Mutant("right singular vectors not orthonormal", without_hypothesis(statement, "right-orthonormal"), _skewed)


def _least(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        least = (value_of(instance, label_coefficients) / value_of(instance, s)) @ value_of(instance, w)
        yield with_values(instance, (SOLUTION, least))


def _anything(statement: Statement) -> Iterator[Instance]:
    source = random.Random(1)
    for instance in instances(statement):
        yield with_values(instance, (SOLUTION, vector(source, value_of(instance, X).shape[1])))


def _half_a_solution(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (SOLUTION, value_of(instance, SOLUTION) / 2))


def _skewed(statement: Statement) -> Iterator[Instance]:
    """The rows of w doubled with the data: X and theta still solve the system."""
    for instance in instances(statement):
        doubled = [(w, value_of(instance, w) * 2), (X, value_of(instance, X) * 2)]
        yield with_values(instance, *doubled, (SOLUTION, value_of(instance, SOLUTION) / 2))
