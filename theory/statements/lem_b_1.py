"""Lemma B.1: eigenvalues and norm of a zero block with one border."""

from sympy import Symbol

from theory.formulas.spectral_norms import bordered_norm, bordered_product
from theory.language.indexed import IndexedArray
from theory.language.relations import SpecialCase, at_most, equal, equal_in_case
from theory.language.statement import Statement
from theory.setting.symbols import features

BORDER = IndexedArray.named("b", features)
NORM = bordered_norm(BORDER)

EIGENVALUE = Symbol("lambda", real=True)
EIGENVECTOR, EIGENVECTOR_LAST = IndexedArray.named("x", features), Symbol("t", real=True)
VECTOR, VECTOR_LAST = IndexedArray.named("h", features), Symbol("g", real=True)
ORTHOGONAL = IndexedArray.named("k", features)

_eigen_first, _eigen_last = bordered_product(BORDER, EIGENVECTOR, EIGENVECTOR_LAST)
_image_first, _image_last = bordered_product(BORDER, VECTOR, VECTOR_LAST)
_UP = (equal(VECTOR, BORDER), equal(VECTOR_LAST, NORM))
_DOWN = (equal(VECTOR, BORDER), equal(VECTOR_LAST, -NORM))
_cubic = EIGENVALUE * (EIGENVALUE - NORM) * (EIGENVALUE + NORM)

STATEMENT = Statement(
    id="lem-b.1",
    title="Eigenvalues and spectral norm of a bordered zero block",
    source="Lemma B.1, Appendix B.5",
    hypotheses={
        "eigenvector-first": equal(_eigen_first, EIGENVECTOR * EIGENVALUE),
        "eigenvector-last": equal(_eigen_last, EIGENVALUE * EIGENVECTOR_LAST),
        "orthogonal": equal(BORDER @ ORTHOGONAL, 0),
    },
    claims={
        # (b, ||b||) and (b, -||b||) are eigenvectors, and every (k, 0) with k orthogonal to b is.
        "plus-first": equal_in_case(SpecialCase(_image_first, _UP), BORDER * NORM),
        "plus-last": equal_in_case(SpecialCase(_image_last, _UP), NORM * NORM),
        "minus-first": equal_in_case(SpecialCase(_image_first, _DOWN), BORDER * -NORM),
        "minus-last": equal_in_case(SpecialCase(_image_last, _DOWN), -NORM * -NORM),
        "kernel": equal(bordered_product(BORDER, ORTHOGONAL, 0)[1], 0),
        # No other number is an eigenvalue: lambda (lambda^2 - ||b||^2) times each entry of its eigenvector is 0.
        "only-first": equal(EIGENVECTOR * _cubic, 0),
        "only-last": equal(EIGENVECTOR_LAST * _cubic, 0),
        # The matrix stretches no vector by more than ||b||; the eigenvectors attain it.
        "norm": at_most((_image_first**2).total() + _image_last**2, NORM**2 * ((VECTOR**2).total() + VECTOR_LAST**2)),
    },
    variables={
        "b": "the border, shape (d,)",
        "lambda": "an eigenvalue, with eigenvector (x, t)",
        "h": "any vector (h, g) of d + 1 entries",
        "k": "a vector orthogonal to b",
    },
    remark=(
        "The paper lists 0 among the eigenvalues of every such matrix. It is one if and only if d >= 2 or b = 0: for "
        "d = 1 and b != 0 no vector but 0 is orthogonal to b, and the eigenvalues are b and -b alone."
    ),
)
