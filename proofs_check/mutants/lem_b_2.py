"""Wrong versions of Lemma B.2."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, sqrt

from proofs_check.instances.instance import Instance, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.lem_b_2 import instances
from theory.formulas.radical import radical, radical_curvature, radical_slope, radical_tangent
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.statements.lem_b_2 import DIFFICULTY, FIRST, MIDDLE, POINT, SECOND, SHARE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, factors, senses and hypotheses."""
    x, Q, claims = FIRST, DIFFICULTY, statement.claims
    phi = radical(x, Q)

    def derivative(name: str, claim: str, value: Expr) -> Mutant:
        return Mutant(f"{claim}: {name}", with_claim(statement, claim, equal(claims[claim].left, value)))

    def relation(name: str, claim: str, wrong: Relation) -> Mutant:
        return Mutant(f"{claim}: {name}", with_claim(statement, claim, wrong))

    yield derivative("factor 2", "slope", 2 * radical_slope(x, Q))
    yield derivative("exponent 1 for 1/2", "slope", x / phi**2)
    yield derivative("sign", "slope", -radical_slope(x, Q))
    yield derivative("exponent 1/2 for 3/2", "curvature", 4 * Q / phi)
    yield derivative("Q for 4Q", "curvature", Q / phi**3)
    yield derivative("x^2 for 4Q", "curvature", x**2 / phi**3)
    yield derivative("first derivative", "curvature", radical_slope(x, Q))
    yield relation("sense reversed", "positive-curvature", less(radical_curvature(x, Q), 0))
    yield relation("sense reversed", "tangent", at_most(claims["tangent"].right, claims["tangent"].left))
    yield relation("strict", "tangent", less(claims["tangent"].left, phi))
    steeper = radical(POINT, Q) + 2 * radical_slope(POINT, Q) * (x - POINT)
    yield relation("slope doubled", "tangent", at_most(steeper, phi))
    yield relation("2Q for 4Q", "tangent", at_most(radical_tangent(x, POINT, Q), sqrt(x**2 + 2 * Q)))
    yield relation("concave", "convex", at_most(claims["convex"].right, claims["convex"].left))
    turned = SHARE * radical(SECOND, Q) + (1 - SHARE) * phi
    yield relation("shares swapped", "convex", at_most(radical(MIDDLE, Q), turned))
    yield relation("strict", "convex", less(claims["convex"].left, claims["convex"].right))
    yield relation("one-sided", "convex", at_most(radical(MIDDLE, Q), phi))
    yield Mutant("share beyond 1", without_hypothesis(statement, "share-below-one"), _beyond)
    yield Mutant("negative share", without_hypothesis(statement, "share-above-zero"), _negative)


def _beyond(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (SHARE, fmpq(3)))


def _negative(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (SHARE, fmpq(-2)))
