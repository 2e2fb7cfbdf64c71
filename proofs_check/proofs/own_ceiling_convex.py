"""Proof: `V` and `1/V` are convex in the imbalance, hence so are the tangent kernel and its top eigenvalue.

With `V = v^2` and `U = ||Pi_W u||^2`, so that `U - V = C` and `U V = Q` at a minimizer, and `V~ = p V + p' V'` and
`U~` the means of two: `U~ - V~ = C_m` and `U~ V~ - Q = p p' Q (V - V')^2 / (V V') >= 0`, hence `V~ >= V_m`. Then
`Q (p K + p' K' - K_m) = (V~ - V_m) (Q X X^T + y y^T)`.
"""

from sympy import Expr

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.tangent_kernel import LABELS, LENGTH, WEIGHTED, Minimizer
from proofs_check.methods.combination import Combination
from proofs_check.proofs.rem_4_4_exact import FIRST, OTHER
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, spectrum, v
from theory.setting.two_minimizers import OTHER_S, OTHER_V
from theory.statements.own_ceiling_convex import (
    MIDDLE_S,
    MIDDLE_U,
    MIDDLE_V,
    OTHER_SHARE,
    SHARE,
)

_MIDDLE = Minimizer("middle-", MIDDLE_U, MIDDLE_V, MIDDLE_S)
_Q = spectrum.difficulty
_mean_weight = SHARE * v**2 + OTHER_SHARE * OTHER_V**2
_mean_size = SHARE * FIRST.size + OTHER_SHARE * OTHER.size
_positive = ("sharpness-positive", "other-sharpness-positive")
_imbalances = (
    SHARE * fact("imbalance") + OTHER_SHARE * fact("other-imbalance") - fact("middle-imbalance") + fact("between")
)
"""0, written as `(U~ - V~) - (U_m - V_m)`."""


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    mean = SHARE * S + OTHER_SHARE * OTHER_S
    bound = N * mean
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        _MIDDLE.residual(),
        _MIDDLE.difficulty(),
        *_weights(),
        *FIRST.kernel_below(),
        *OTHER.kernel_below(),
        *_kernels(bound),
        Step(
            "mean-positive",
            less(0, mean),
            Combination(
                (SHARE * S**2 + OTHER_SHARE * OTHER_S**2 + S * OTHER_S * (1 - fact("shares"))) / (S + OTHER_S),
                given=_positive,
            ),
        ),
        *_MIDDLE.sharpness_below("convex", statement.claims["convex"], "kernel", bound, ("mean-positive",)),
    ]


def _weights() -> list[Step]:
    """`Q <= U~ V~`, and then `V_m <= V~`."""
    product, shares = v**2 * OTHER_V**2, SHARE + OTHER_SHARE
    first, other = fact("difficulty-of-weights"), fact("other-difficulty-of-weights")
    means: Expr = SHARE * OTHER_SHARE * _Q * (v**2 - OTHER_V**2) ** 2
    # V V' (U~ V~ - (p + p')^2 Q) is the square above, as V U = V' U' = Q
    exact: Expr = product * (SHARE**2 * first + OTHER_SHARE**2 * other) + SHARE * OTHER_SHARE * (
        OTHER_V**4 * first + v**4 * other
    )
    return [
        Step(
            "means",
            at_most(_Q, _mean_size * _mean_weight),
            Combination(
                (means + exact + product * _Q * (shares + 1) * -fact("shares")) / product,
                given=("weight-positive", "other-weight-positive"),
            ),
        ),
        Step(
            "weights",
            at_most(MIDDLE_V**2, _mean_weight),
            Combination(
                (
                    MIDDLE_V**2 * (fact("means") - _mean_weight * _imbalances)
                    - _mean_weight * fact("middle-difficulty-of-weights")
                )
                / (MIDDLE_V**2 * _mean_weight + _Q),
                given=("nonzero-labels",),
            ),
        ),
    ]


def _kernels(bound: Expr) -> list[Step]:
    """`x^T K_m x <= p x^T K x + p' x^T K' x <= T ||x||^2` for every x."""
    mean = SHARE * FIRST.kernel + OTHER_SHARE * OTHER.kernel

    def exact(one: Minimizer) -> Expr:
        return one.size * one.labels - fact(f"{one.prefix}difficulty-of-weights") * one.inner**2

    gap = fact("weights") * (_Q * WEIGHTED + LABELS**2)
    corrections = SHARE * exact(FIRST) + OTHER_SHARE * exact(OTHER) - exact(_MIDDLE) + LABELS**2 * _imbalances
    below = SHARE * fact("kernel-below") + OTHER_SHARE * fact("other-kernel-below")
    return [
        Step(
            "kernels", at_most(_MIDDLE.kernel, mean), Combination((gap + corrections) / _Q, given=("nonzero-labels",))
        ),
        Step("kernel", at_most(_MIDDLE.kernel, bound * LENGTH), Combination(fact("kernels") + below)),
    ]
