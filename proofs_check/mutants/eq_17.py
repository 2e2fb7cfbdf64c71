"""Wrong versions of equation (17)."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.mutants.thm_4_3 import _beside_the_minimizer, _with_imbalance_negated
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import C, X, spectrum, u, v, y
from theory.statements.eq_17 import INVERSE_WEIGHT, WEIGHT


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Roles swapped, wrong roots, lost terms, lost hypotheses."""
    left = statement.claims["kernel"].left

    def kernel(name: str, first: Expr, second: Expr) -> Mutant:
        right = (X @ X.T) * first + y.outer(y) * second
        return Mutant(f"kernel: {name}", with_claim(statement, "kernel", equal(left, right.expression)))

    yield kernel("roles swapped", INVERSE_WEIGHT, WEIGHT)
    yield kernel("V in both places", WEIGHT, WEIGHT)
    yield kernel("1/V^2 for 1/V", WEIGHT, INVERSE_WEIGHT**2)
    yield kernel("second term lost", WEIGHT, 0 * WEIGHT)
    yield kernel("first term lost", 0 * WEIGHT, INVERSE_WEIGHT)
    yield kernel("Q lost", WEIGHT, INVERSE_WEIGHT * spectrum.difficulty)
    outputs = (X @ X.T) * WEIGHT + (X @ u).outer(X @ u) * INVERSE_WEIGHT
    yield Mutant(
        "kernel: outputs of the first layer for labels",
        with_claim(statement, "kernel", equal(left, outputs.expression)),
    )
    yield Mutant(
        "inverse weight: its square", with_claim(statement, "inverse-weight", equal(WEIGHT * INVERSE_WEIGHT**2, 1))
    )
    yield Mutant(
        "imbalance with the wrong sign",
        with_hypothesis(statement, "imbalance", equal(C, v**2 - squared_projection())),
        _with_imbalance_negated,
    )
    yield Mutant("not a minimizer", without_hypothesis(statement, "minimizer"), _beside_the_minimizer)
