"""Wrong versions of how the size of the weights moves."""

from collections.abc import Iterator

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_blow_up import after_a_step
from proofs_check.proofs.own_size import instances
from theory.formulas.growth import squared_size_increment_bound
from theory.formulas.imbalance import gradient_descent_increment
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import X, e, eta, label_coefficients, s, u, v, w, y
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, thresholds, senses and hypotheses."""
    change, claim = NEXT_SIZE - SIZE, statement.claims["increment"]
    labels = y * 0

    def bound(name: str, value: object) -> Mutant:
        return Mutant(name, with_claim(statement, "increment-at-most", at_most(change, value)))

    difference = gradient_descent_increment(X, y, u, v, eta)
    yield Mutant("increment: that of the imbalance", with_claim(statement, "increment", equal(change, difference)))
    yield Mutant("increment: factor 2", with_claim(statement, "increment", equal(change, 2 * claim.right)))
    yield Mutant("increment: gradient flow's", with_claim(statement, "increment", equal(change, claim.right - 1)))
    yield bound("threshold 8 for 4", squared_size_increment_bound(X, y, u, v, eta, TOP_RATE, SIZE - 4 / TOP_RATE))
    yield bound("pull of the labels lost", squared_size_increment_bound(X, labels, u, v, eta, TOP_RATE, SIZE))
    yield bound("s_1 for s_1^2", squared_size_increment_bound(X, y, u, v, eta, TOP_RATE / s[0], SIZE))
    yield bound("1/N lost in lambda_1", squared_size_increment_bound(X, y, u, v, eta, TOP_RATE / eta, SIZE))
    yield bound("v^2 alone for rho", squared_size_increment_bound(X, y, u, v, eta, TOP_RATE, v**2))
    yield bound("never grows", SIZE * 0)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)


def _ascending(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        flipped = [(family, value_of(instance, family)[::-1]) for family in (s, label_coefficients, e, w)]
        yield after_a_step(with_values(instance, *flipped))
