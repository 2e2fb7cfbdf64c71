"""Equation (18): the neural tangent kernel at any depth, and the sharpness at a minimizer as its top eigenvalue."""

from sympy import Symbol

from theory.formulas.deep_model import jacobian, layer_product, tangent_kernel
from theory.language.calculus import along_line, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import SpecialCase, at_most, equal, equal_in_case, less
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import ZERO_RESIDUAL, deep_loss, deep_sharpness
from theory.setting.symbols import N, S, X, features, later_layers, layers, samples, u

DIRECTION = (IndexedArray.named("a", features), IndexedArray.named("b", layers))
VECTOR, EIGENVALUE = IndexedArray.named("g", samples), Symbol("lambda", real=True)
EIGENVECTOR = (IndexedArray.named("p", features), IndexedArray.named("q", layers))

FIRST, LATER = jacobian(X, u, later_layers)
FIRST_ENTRIES = IndexedArray.named("A", samples, features)
LATER_ENTRIES = IndexedArray.named("B", samples, layers)
JACOBIAN = (equal(FIRST_ENTRIES, FIRST), equal(LATER_ENTRIES, LATER))
KERNEL = tangent_kernel(X, u, later_layers)
IMAGE = FIRST @ EIGENVECTOR[0] + LATER @ EIGENVECTOR[1]
"""The image of the Hessian's eigenvector under the Jacobian, shape (N,)."""
CHANGE = FIRST @ DIRECTION[0] + LATER @ DIRECTION[1]

_moved_first, _moved_later = along_line((u, later_layers), DIRECTION)
_output = (X @ _moved_first) * layer_product(_moved_later)

STATEMENT = Statement(
    id="eq-18",
    title="The neural tangent kernel, and the sharpness at a minimizer as its top eigenvalue",
    source="Equation (18) and the two lines before it, Appendices B.2 and B.3",
    hypotheses={
        **ZERO_RESIDUAL,
        "sharpness": deep_sharpness(),
        "kernel-eigenvector": equal(KERNEL @ VECTOR, VECTOR * EIGENVALUE),
        "kernel-eigenvalue": less(0, EIGENVALUE),
        "kernel-vector": less(0, (VECTOR**2).total()),
        "hessian-eigenvector-first": equal(FIRST.T @ IMAGE, EIGENVECTOR[0] * (N * S)),
        "hessian-eigenvector-later": equal(LATER.T @ IMAGE, EIGENVECTOR[1] * (N * S)),
    },
    claims={
        "jacobian": equal(_output.each(lambda entry: coefficient(entry, 1)), CHANGE),
        "kernel": equal_in_case(
            SpecialCase(FIRST_ENTRIES @ FIRST_ENTRIES.T + LATER_ENTRIES @ LATER_ENTRIES.T, JACOBIAN), KERNEL
        ),
        # At a minimizer the Hessian is J^T J / N ...
        "gauss-newton": equal(2 * coefficient(deep_loss(_moved_first, _moved_later), 2), (CHANGE**2).total() / N),
        # ... so no eigenvalue of K exceeds N S, and the image of the Hessian's top eigenvector has the eigenvalue N S.
        "no-larger-eigenvalue": at_most(EIGENVALUE, N * S),
        "attained": equal(KERNEL @ IMAGE, IMAGE * (N * S)),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one",
        "a, b": "any direction in the weights",
        "g, lambda": "an eigenvector of the kernel and its eigenvalue",
        "p, q": "an eigenvector of the Hessian J^T J / N of the eigenvalue S",
        "A, B": "Jacobian of the outputs in the first and the later layers, shapes (N, d) and (N, D - 1)",
        "epsilon": "step along a direction",
    },
)
