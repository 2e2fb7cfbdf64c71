"""Wrong versions of the law of blow-up with a drift."""

from collections.abc import Iterator

from proofs_check.instances.instance import Instance, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.own_top_mode import instances
from theory.formulas.blow_up import drifting_radius_increment, squared_radius_increment, top_mode_step
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.statements.own_top_mode import DRIFT, FIRST, LABEL, SECOND


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors and lost terms."""
    claims = statement.claims
    x, y, label, mu = FIRST, SECOND, LABEL, DRIFT

    def increment(name: str, value: object) -> Mutant:
        return Mutant(f"increment: {name}", with_claim(statement, "increment", equal(claims["increment"].left, value)))

    yield increment("drift lost", squared_radius_increment(x, y, label))
    yield increment("drift's square lost", drifting_radius_increment(x, y, label, mu) - mu**2)
    yield increment("sign of the drift", drifting_radius_increment(x, y, label, -mu))
    yield increment("label lost", drifting_radius_increment(x, y, 0, mu))
    yield increment("drift before the step", squared_radius_increment(x, y, label) + 2 * mu * y + mu**2)
    alone = top_mode_step(x, y, label)
    yield Mutant("second: drift lost", with_claim(statement, "second", equal(claims["second"].left, alone[1])))
    yield Mutant("first: drift too", with_claim(statement, "first", equal(claims["first"].left, alone[0] + mu)))
    yield Mutant("any drift", without_hypothesis(statement, "drift"), _other_drift)


def _other_drift(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (DRIFT, instance.scalars[DRIFT] + 1))
