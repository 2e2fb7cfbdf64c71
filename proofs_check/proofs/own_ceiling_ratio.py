"""Proof: `(U + V) K' <= (U' + V') K`, as their difference is a multiple of `Q X X^T - y y^T`, which is not negative.

With `V = v^2` and `U = ||Pi_W u||^2 = Q / V` at a minimizer, `K = V X X^T + U y y^T / Q`:
`(U' + V') K - (U + V) K' = (U' V - U V') (X X^T - y y^T / Q)`, and `U' V - U V' >= 0` from `V' <= V` and `U <= U'`.
"""

from sympy import Expr

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.tangent_kernel import LENGTH, VECTOR
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from proofs_check.proofs.rem_4_4_exact import FIRST, OTHER, order_of_weights
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, label_coefficients, s, spectrum, v
from theory.setting.two_minimizers import OTHER_S, OTHER_V
from theory.statements.own_ceiling_ratio import OTHER_SIZE, SIZE

_Q = spectrum.difficulty


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    claim = claims_of(statement)
    bound = N * S * OTHER_SIZE / SIZE
    given = ("sharpness-positive", "size-positive", "other-size-positive")
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        *order_of_weights(),
        Step(
            "sizes",
            at_most(FIRST.size, OTHER.size),
            Combination(
                (OTHER.size * fact("weights") + fact("other-difficulty-of-weights") - fact("difficulty-of-weights"))
                / v**2,
                given=("weight-positive",),
            ),
        ),
        *FIRST.kernel_below(),
        *_kernels(),
        Step("size-positive", less(0, SIZE), Combination(v**2 + FIRST.size, given=("weight-positive",))),
        Step(
            "other-size-positive",
            less(0, OTHER_SIZE),
            Combination(OTHER_V**2 + OTHER.size, given=("other-weight-positive",)),
        ),
        Step(
            "kernel",
            at_most(OTHER.kernel, bound * LENGTH),
            Combination((fact("kernels") + OTHER_SIZE * fact("kernel-below")) / SIZE, given=("size-positive",)),
        ),
        *OTHER.sharpness_below("ratio", at_most(OTHER_S, S * OTHER_SIZE / SIZE), "kernel", bound, given),
        claim("falls", Combination(SIZE * fact("ratio"), given=("size-positive",))),
    ]


def _kernels() -> list[Step]:
    """`(U + V) x^T K' x <= (U' + V') x^T K x` for every x."""
    factor: Expr = OTHER.size * fact("weights") + OTHER_V**2 * fact("sizes")
    gap = factor * minors(label_coefficients / s, VECTOR * s)
    first = FIRST.size * FIRST.labels - fact("difficulty-of-weights") * FIRST.inner**2
    other = OTHER.size * OTHER.labels - fact("other-difficulty-of-weights") * OTHER.inner**2
    return [
        Step(
            "kernels",
            at_most(SIZE * OTHER.kernel, OTHER_SIZE * FIRST.kernel),
            Combination((gap + OTHER_SIZE * first - SIZE * other) / _Q, given=("nonzero-labels",)),
        ),
    ]
