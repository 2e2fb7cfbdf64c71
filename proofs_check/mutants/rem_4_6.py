"""Wrong versions of what one more layer changes."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.instances.instance import Instance, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis
from proofs_check.proofs.rem_4_6 import instances
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, ROOT, SHALLOW, change, scale
from theory.setting.symbols import D, N, label_coefficients, s, spectrum


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong thresholds, signs, labels and exponents."""
    Q, first, norm = spectrum.difficulty, label_coefficients[0] ** 2, spectrum.label_norm_squared

    def lower(name: str, value: Expr) -> Mutant:
        claim = equal(scale() * (DEEP.lower - SHALLOW.lower), value)
        return Mutant(f"lower: {name}", with_claim(statement, "lower", claim))

    def upper(name: str, value: Expr) -> Mutant:
        claim = equal(scale() * (DEEP.upper - SHALLOW.upper), value)
        return Mutant(f"upper: {name}", with_claim(statement, "upper", claim))

    yield lower("||y|| for d_1", change(norm))
    yield lower("label term lost", change(0 * first))
    yield lower("threshold at 1", s[0] ** 2 * Q * (ROOT - 1) + first * D * (ROOT - 1))
    yield lower("D + 1 for D - 1", s[0] ** 2 * Q * (ROOT - 1) + first * (D * ROOT - (D + 1)))
    yield lower("Q lost", s[0] ** 2 * (ROOT - 1) + first * (D * ROOT - (D - 1)))
    yield lower("sign of the first term", s[0] ** 2 * Q * (1 - ROOT) + first * (D * ROOT - (D - 1)))
    yield upper("d_1 for ||y||", change(first))
    yield upper("1/N twice", change(norm) / N)
    yield upper("D - 1 and D swapped", s[0] ** 2 * Q * (ROOT - 1) + norm * ((D - 1) * ROOT - D))
    yield Mutant(
        "first term: sign",
        with_claim(statement, "first-term", equal(scale() * (FIRST_DEEP - FIRST_SHALLOW), s[0] ** 2 * Q * (1 - ROOT))),
    )
    yield Mutant(
        "first term: Q lost",
        with_claim(statement, "first-term", equal(scale() * (FIRST_DEEP - FIRST_SHALLOW), s[0] ** 2 * (ROOT - 1))),
    )
    other = with_hypothesis(statement, "root", equal(Q, ROOT ** (2 * D)))
    yield Mutant("t = Q^(1/(2D))", other, _other_root)


def _other_root(statement: Statement) -> Iterator[Instance]:
    """Where `D = 3`, `t^(D(D+1)) = (t^2)^(2D)`."""
    for instance in instances(statement):
        if instance.scalars[D] == 3:
            yield with_values(instance, (ROOT, instance.scalars[ROOT] ** 2))
