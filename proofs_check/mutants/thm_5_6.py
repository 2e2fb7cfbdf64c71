"""Wrong versions of Theorem 5.6."""

from collections.abc import Iterator

from sympy import Expr, sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.moments import Moments
from proofs_check.mutants import Mutant, with_claim, with_hypothesis
from proofs_check.proofs.thm_5_6 import proof
from theory.formulas.initialization_moments import mean_harmonic_square
from theory.language.expectation import Mean
from theory.language.relations import at_most
from theory.language.statement import Initialization, Statement
from theory.setting.symbols import N, S, label_coefficients, s, u, v
from theory.statements import statement as theorem
from theory.statements.thm_5_6 import ALPHA, BETA


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, factors, roles, senses and laws."""
    a, b, d = ALPHA, BETA, label_coefficients
    harmonic = (a * b / (a + b)) ** 2
    values, labels = (s**2).total(), ((s * d) ** 2).total()
    root = sqrt(a**2 * b**2 * (s**4).total() + labels)

    def lower(name: str, value: Expr) -> Mutant:
        return Mutant(f"lower bound: {name}", with_claim(statement, "lower", at_most(value, Mean(S))))

    def upper(name: str, value: Expr) -> Mutant:
        return Mutant(f"upper bound: {name}", with_claim(statement, "upper", at_most(Mean(S), value)))

    yield lower("1/N lost", s[0] ** 2 * (a**2 + b**2 + 2 * harmonic))
    yield lower("4 for 2", s[0] ** 2 * (a**2 + b**2 + 4 * harmonic) / N)
    yield lower("square of the harmonic term lost", s[0] ** 2 * (a**2 + b**2 + 2 * a * b / (a + b)) / N)
    yield lower("a^2 + b^2 for (a + b)^2", s[0] ** 2 * (a**2 + b**2 + 2 * a**2 * b**2 / (a**2 + b**2)) / N)
    yield lower("(a + b)^2 for a^2 + b^2", s[0] ** 2 * ((a + b) ** 2 + 2 * harmonic) / N)
    yield lower("sum of all s_i^2 for s_1^2", values * (a**2 + b**2 + 2 * harmonic) / N)
    yield lower("s_1 for s_1^2", s[0] * (a**2 + b**2 + 2 * harmonic) / N)
    yield lower("standard deviations for variances", s[0] ** 2 * (a + b + 2 * harmonic) / N)
    yield upper("1/N^2 for 1/N", (s[0] ** 2 * b**2 + a**2 * values + root) / N**2)
    yield upper("root lost", (s[0] ** 2 * b**2 + a**2 * values) / N)
    yield upper("a^2 s_1^2 for a^2 sum s_i^2", (s[0] ** 2 * b**2 + a**2 * s[0] ** 2 + root) / N)
    yield upper("labels lost", (s[0] ** 2 * b**2 + a**2 * values + a * b * sqrt((s**4).total())) / N)
    yield upper("s_i^4 lost", (s[0] ** 2 * b**2 + a**2 * values + sqrt(labels)) / N)
    yield upper(
        "d_1 for all labels", (s[0] ** 2 * b**2 + a**2 * values + sqrt(root**2 - labels + (s[0] * d[0]) ** 2)) / N
    )
    yield upper("roles of alpha and beta", (s[0] ** 2 * a**2 + b**2 * values + root) / N)
    yield upper("s_i for s_i^2 with the labels", (s[0] ** 2 * b**2 + a**2 * values + sqrt(labels) / s[0]) / N)
    yield upper("factor 1/2", (s[0] ** 2 * b**2 + a**2 * values + root) / (2 * N))
    yield Mutant("senses reversed", with_claim(statement, "upper", at_most(statement.claims["upper"].right, Mean(S))))
    swapped = Initialization(((u, BETA), (v, ALPHA)), functions=(S,))
    yield Mutant("alpha and beta swapped in the law", with_hypothesis(statement, "initialization", swapped))
    weak = at_most(s[0] ** 2 * (a**2 + b**2) / N, Mean(S))
    yield Mutant(
        "lower bound without its last term, as the paper may state it",
        with_claim(statement, "lower", weak),
        proof=_without_last_term,
    )


def _without_last_term(statement: Statement) -> list[Step]:
    """The steps of the theorem, and one that drops a square."""
    given = theorem("thm-5.6")
    steps = [Step("with-last-term", step.claim, step.method) if step.id == "lower" else step for step in proof(given)]
    dropped = 2 * s[0] ** 2 * mean_harmonic_square(ALPHA, BETA) / N
    return [*steps, Step("lower", statement.claims["lower"], Moments(fact("with-last-term") + dropped))]
