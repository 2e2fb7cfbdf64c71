"""Proof that the exact sharpness falls with C <= 0: the tangent kernels at the two minimizers are ordered.

With `V = v^2`, at a minimizer N times the Hessian is `J^T J` with `J J^T = V diag(s^2) + d d^T / V` in the modes. From
C <= C' <= 0 follow `V' <= V` and `Q <= V V'`, and then `x^T J' J'^T x <= x^T J J^T x <= N S ||x||^2` for every x.
"""

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.tangent_kernel import LENGTH, VECTOR, WEIGHTED, Minimizer
from proofs_check.methods.combination import Combination
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, S, label_coefficients, s, spectrum, u, v
from theory.setting.two_minimizers import OTHER_S, OTHER_U, OTHER_V

FIRST, OTHER = Minimizer("", u, v, S), Minimizer("other-", OTHER_U, OTHER_V, OTHER_S)
_d, _Q = label_coefficients, spectrum.difficulty


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        *order_of_weights(),
        Step(
            "product-of-weights",
            at_most(_Q, v**2 * OTHER_V**2),
            Combination(
                OTHER_V**2 * (fact("weights") + fact("not-positive") - fact("other-imbalance"))
                + fact("other-difficulty-of-weights")
            ),
        ),
        *FIRST.kernel_below(),
        *_other_kernel_below(),
        *OTHER.sharpness_below("falls", statement.claims["falls"], "kernel", N * S, ("sharpness-positive",)),
    ]


def order_of_weights() -> list[Step]:
    """`V' <= V`, from `C <= C'`."""
    factor = _Q + v**2 * OTHER_V**2
    imbalances = fact("order") + fact("other-imbalance") - fact("imbalance")
    return [
        Step(
            "weights",
            at_most(OTHER_V**2, v**2),
            Combination(
                (
                    v**2 * OTHER_V**2 * imbalances
                    - v**2 * fact("other-difficulty-of-weights")
                    + OTHER_V**2 * fact("difficulty-of-weights")
                )
                / factor,
                given=("weight-positive", "other-weight-positive"),
            ),
        ),
    ]


def _other_kernel_below() -> list[Step]:
    """`x^T K' x <= x^T K x <= N S ||x||^2` for every x."""
    return [
        Step(
            "kernels",
            at_most(OTHER.kernel, FIRST.kernel),
            Combination(
                (
                    fact("weights") * (fact("product-of-weights") * WEIGHTED + minors(_d / s, VECTOR * s))
                    + OTHER_V**2 * FIRST.labels
                    - v**2 * OTHER.labels
                )
                / (v**2 * OTHER_V**2),
                given=("weight-positive", "other-weight-positive"),
            ),
        ),
        Step(
            "kernel",
            at_most(OTHER.kernel, N * S * LENGTH),
            Combination(fact("kernels") + fact("kernel-below")),
        ),
    ]
