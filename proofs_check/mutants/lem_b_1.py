"""Wrong versions of Lemma B.1."""

from collections.abc import Iterator

from sympy import Expr

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.lem_b_1 import instances
from theory.formulas.spectral_norms import bordered_product
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.statements.lem_b_1 import (
    BORDER,
    EIGENVALUE,
    EIGENVECTOR,
    EIGENVECTOR_LAST,
    NORM,
    ORTHOGONAL,
    VECTOR,
    VECTOR_LAST,
)


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong norms, eigenvalues, senses and hypotheses."""
    first, last = bordered_product(BORDER, VECTOR, VECTOR_LAST)
    image = (first**2).total() + last**2
    length = (VECTOR**2).total() + VECTOR_LAST**2

    def norm(name: str, factor: Expr) -> Mutant:
        return Mutant(f"norm: {name}", with_claim(statement, "norm", at_most(image, factor * length)), _stretched_most)

    yield norm("1", NORM**0)
    yield norm("||b||", NORM)
    yield norm("||b||^2 / 2", NORM**2 / 2)
    yield norm("b_1^2", BORDER[0] ** 2)
    yield Mutant("norm: strict", with_claim(statement, "norm", less(image, NORM**2 * length)), _stretched_most)
    yield Mutant("norm: sense reversed", with_claim(statement, "norm", at_most(NORM**2 * length, image)))
    yield Mutant("||b||^2 for ||b||", with_claim(statement, "plus-last", equal(NORM**2, NORM**3)))
    yield Mutant("wrong sign", with_claim(statement, "minus-last", equal(NORM * NORM, -NORM * NORM)))
    yield Mutant("entries of b alone", with_claim(statement, "plus-first", equal(BORDER * NORM, BORDER)))
    square = EIGENVALUE**2 - NORM**2
    yield Mutant("0 is no eigenvalue", with_claim(statement, "only-first", equal(EIGENVECTOR * square, 0)))
    yield Mutant(
        "-||b|| is no eigenvalue",
        with_claim(statement, "only-last", equal(EIGENVECTOR_LAST * EIGENVALUE * (EIGENVALUE - NORM), 0)),
    )
    yield Mutant(
        "||b||^2 is the eigenvalue",
        with_claim(statement, "only-last", equal(EIGENVECTOR_LAST * EIGENVALUE * (EIGENVALUE**2 - NORM**4), 0)),
    )
    yield Mutant(
        "no factor lambda, and of the first power",
        with_claim(statement, "only-first", equal(EIGENVECTOR * EIGENVALUE * (EIGENVALUE - NORM), 0)),
    )
    yield Mutant("not orthogonal", without_hypothesis(statement, "orthogonal"), _along_the_border)
    yield Mutant("not an eigenvector at its last entry", without_hypothesis(statement, "eigenvector-last"), _loose)
    yield Mutant(
        "another matrix",
        with_hypothesis(statement, "eigenvector-first", equal(BORDER * EIGENVECTOR_LAST * 2, EIGENVECTOR * EIGENVALUE)),
        _other_matrix,
    )


def _stretched_most(statement: Statement) -> Iterator[Instance]:
    """The vector is the eigenvector of ||b||."""
    for instance in instances(statement):
        border = value_of(instance, BORDER)
        norm = abs(instance.scalars[EIGENVALUE])
        if norm and any(border):
            yield with_values(instance, (VECTOR, border), (VECTOR_LAST, norm))


def _along_the_border(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (ORTHOGONAL, value_of(instance, BORDER)))


def _loose(statement: Statement) -> Iterator[Instance]:
    """Lambda x = b t with any lambda."""
    for instance in instances(statement):
        x = value_of(instance, BORDER) / 5
        yield with_values(instance, (EIGENVALUE, 5), (EIGENVECTOR, x), (EIGENVECTOR_LAST, 1))


def _other_matrix(statement: Statement) -> Iterator[Instance]:
    """With b twice in the last column the eigenvalues are +- sqrt(2) ||b||: here ||b||^2 = 8 a^2, lambda = 4 a."""
    for instance in instances(statement):
        if len(value_of(instance, BORDER)) == 2:
            scale = instance.scalars[VECTOR_LAST] or 1
            border = value_of(instance, BORDER) * 0 + 2 * scale
            yield with_values(
                instance,
                (BORDER, border),
                (EIGENVALUE, 4 * scale),
                (EIGENVECTOR, border * 2),
                (EIGENVECTOR_LAST, 4 * scale),
                (ORTHOGONAL, border * 0),
            )
