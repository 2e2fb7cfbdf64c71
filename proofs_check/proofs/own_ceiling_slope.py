"""Proof: the top eigenvector at one minimizer is a trial vector at every other one.

With `V = v^2`, `a = sum s_i^2 x_i^2`, `b = (d.x)^2` and the pump `V a - b / V`:
`x^T K' x - x^T K x = (V' - V) / V * pump + b (V - V')^2 / (V^2 V')`, and `x^T K' x <= N S' ||x||^2`.
"""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from proofs_check.proofs.rem_4_4_exact import FIRST, OTHER
from theory.language.statement import Statement
from theory.setting.symbols import spectrum, v
from theory.setting.two_minimizers import OTHER_V
from theory.statements.own_ceiling_slope import PUMP


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claim = claims_of(statement)
    apart = (v**2 - OTHER_V**2) ** 2 * FIRST.inner**2
    # V'^2 inner'^2 = V V' inner^2 at two minimizers, as both are V' b
    same_labels = v**2 * (OTHER.labels - FIRST.labels)
    trial = fact("other-kernel-below") - fact("sharpest")
    scale = v**2 * OTHER_V**2 + spectrum.difficulty
    imbalances = fact("imbalance") - fact("other-imbalance")
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        *OTHER.kernel_below(),
        claim(
            "in-weights",
            Combination(
                (OTHER_V**2 * v**2 * trial + apart + same_labels) / OTHER_V**2, given=("other-weight-positive",)
            ),
        ),
        claim(
            "in-imbalances",
            Combination(
                (
                    scale * fact("in-weights")
                    + PUMP
                    * (
                        v**2 * OTHER_V**2 * imbalances
                        + v**2 * fact("other-difficulty-of-weights")
                        - OTHER_V**2 * fact("difficulty-of-weights")
                    )
                )
                / v**2,
                given=("weight-positive",),
            ),
        ),
    ]
