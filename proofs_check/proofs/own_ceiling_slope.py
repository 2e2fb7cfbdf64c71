"""Proof: the top eigenvector at one minimizer is a trial vector at every other one.

With `V = v^2`, `a = sum s_i^2 x_i^2`, `b = (d.x)^2` and the pump `V a - b / V`:
`x^T K' x - x^T K x = (V' - V) / V * pump + b (V - V')^2 / (V^2 V')`, and `x^T K' x <= N S' ||x||^2`.
"""

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.tangent_kernel import LENGTH
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination
from proofs_check.proofs.rem_4_4_exact import FIRST, OTHER
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, S, spectrum, v
from theory.setting.two_minimizers import OTHER_S, OTHER_V
from theory.statements.own_ceiling_slope import PUMP


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claims = statement.claims
    rise = N * (OTHER_S - S) * LENGTH
    apart = (v**2 - OTHER_V**2) ** 2 * FIRST.inner**2
    # V'^2 inner'^2 = V V' inner^2 at two minimizers, as both are V' b
    same_labels = v**2 * (OTHER.labels - FIRST.labels)
    trial = fact("other-kernel-halves") - fact("sharpest")
    scale = v**2 * OTHER_V**2 + spectrum.difficulty
    imbalances = fact("imbalance") - fact("other-imbalance")
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        *FIRST.positive_weight(),
        *OTHER.positive_weight(),
        *OTHER.kernel_below(),
        Step(
            "in-weights-scaled",
            at_most(OTHER_V**2 * (OTHER_V**2 - v**2) * PUMP, OTHER_V**2 * v**2 * rise),
            Combination(OTHER_V**2 * v**2 * trial + apart + same_labels),
        ),
        Step(
            "in-weights",
            claims["in-weights"],
            Cancellation("in-weights-scaled", OTHER_V**2, given=("other-weight-positive",)),
        ),
        Step(
            "in-imbalances-scaled",
            at_most(v**2 * claims["in-imbalances"].left, v**2 * claims["in-imbalances"].right),
            Combination(
                scale * fact("in-weights")
                + PUMP
                * (v**2 * OTHER_V**2 * imbalances + v**2 * fact("other-difficulty") - OTHER_V**2 * fact("difficulty"))
            ),
        ),
        Step(
            "in-imbalances",
            claims["in-imbalances"],
            Cancellation("in-imbalances-scaled", v**2, given=("weight-positive",)),
        ),
    ]
