"""Wrong versions of what Definition 5.8 predicts."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim
from theory.bounds import predicted_sharpness
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import D, N, S, label_coefficients, s, spectrum
from theory.statements.def_5_8 import BOUNDS, LABEL_TERM, PREDICTED


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong exponents, factors, labels and senses."""
    Q, norm, first = spectrum.difficulty, spectrum.label_norm_squared, label_coefficients[0] ** 2

    def below(name: str, value: Expr) -> Mutant:
        return Mutant(f"below: {name}", with_claim(statement, "below", at_most(value, S)))

    def gap(name: str, value: Expr) -> Mutant:
        return Mutant(f"gap: {name}", with_claim(statement, "gap", equal(BOUNDS.upper - BOUNDS.lower, value)))

    yield below("Q for Q^((D-1)/D)", s[0] ** 2 * Q / N)
    yield below("1/N lost", PREDICTED * N)
    yield below("factor D", D * PREDICTED)
    yield below("one layer more", predicted_sharpness(spectrum, D + 1))
    yield below("all singular values", (s**2).total() * power(Q, D - 1, D) / N)
    yield Mutant("below: strict", with_claim(statement, "below", less(PREDICTED, S)))
    yield Mutant("above", with_claim(statement, "below", at_most(S, PREDICTED)))
    yield Mutant("close: d_1 for ||y||", with_claim(statement, "close", at_most(S, PREDICTED + LABEL_TERM * first)))
    yield Mutant("close: first term lost", with_claim(statement, "close", at_most(S, LABEL_TERM * norm)))
    yield gap("d_1 left out", LABEL_TERM * norm)
    yield gap("factor 1/2", LABEL_TERM * (norm - first) / 2)
    yield gap("factor D - 1 lost", LABEL_TERM / (D - 1) * (norm - first))
    yield gap("Q^(1/D) for Q^(-1/D)", (D - 1) * power(Q, 1, D) / N * (norm - first))
    yield Mutant(
        "first term: the upper bound's label term",
        with_claim(statement, "first-term", equal(PREDICTED, BOUNDS.lower - LABEL_TERM * norm)),
    )
    yield Mutant(
        "two layers: Q for its root",
        with_claim(statement, "two-layers", equal(predicted_sharpness(spectrum, 2), s[0] ** 2 * Q / N)),
    )
