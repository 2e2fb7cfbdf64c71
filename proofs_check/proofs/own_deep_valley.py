"""Proof: `P^2` and all `1/v_j^2` are at most the means of theirs at the two minimizers, hence so is the kernel.

At the geometric means `P_m^2 = P P' <= (P^2 + P'^2)/2` and `1/v_mj^2 = 1/(v_j v'_j) <= (1/v_j^2 + 1/v'_j^2)/2`.
"""

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.deep_tangent_kernel import DeepMinimizer
from proofs_check.lemmas.tangent_kernel import LABELS, LENGTH, WEIGHTED
from proofs_check.methods.combination import Combination
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.proofs import claims_of
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import N, S, later_layers, layers, n_later_layers, u
from theory.setting.two_minimizers import OTHER_S, OTHER_U
from theory.statements.own_deep_valley import MIDDLE_LATER, MIDDLE_S, MIDDLE_U, OTHER_LATER

_FIRST = DeepMinimizer("", u, later_layers, S)
_OTHER = DeepMinimizer("other-", OTHER_U, OTHER_LATER, OTHER_S)
_MIDDLE = DeepMinimizer("middle-", MIDDLE_U, MIDDLE_LATER, MIDDLE_S)
_j = layers.index(set())
_positive = ("layers-positive", "other-layers-positive", "middle-layers-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    claim = claims_of(statement)
    bound = N * (S + OTHER_S) / 2
    return [
        *(step for one in (_FIRST, _OTHER, _MIDDLE) for step in _at(one)),
        *_means(),
        *_FIRST.kernel_below(),
        *_OTHER.kernel_below(),
        *_kernels(bound),
        *_MIDDLE.sharpness_below(
            "half",
            at_most(MIDDLE_S, bound / N),
            "kernel",
            bound,
            ("sharpness-positive", "other-sharpness-positive"),
        ),
        claim("middle", Combination(2 * fact("half"))),
    ]


def _at(one: DeepMinimizer) -> list[Step]:
    return [*one.layers(), *one.kernel_from_labels(), one.first_order()]


def _means() -> list[Step]:
    v, other, middle = later_layers.at(_j), OTHER_LATER.at(_j), MIDDLE_LATER.at(_j)
    squares = v**2 * other**2 * middle**2
    return [
        Step(
            "products",
            equal(_MIDDLE.product**2, _FIRST.product * _OTHER.product),
            Induction(
                n_later_layers,
                MIDDLE_LATER.at(LAST) ** 2 * before() + _FIRST.product * _OTHER.product * fact("between", LAST),
                gap_at_one=fact("between", 1),
                premises=("between",),
            ),
        ),
        Step(
            "inverses",
            at_most(2 * MIDDLE_LATER ** (-2), later_layers ** (-2) + OTHER_LATER ** (-2)),
            Combination(
                (middle**2 * (v - other) ** 2 - 2 * v * other * fact("between", _j)) / squares, given=_positive
            ),
        ),
    ]


def _kernels(bound: Expr) -> list[Step]:
    mean = _FIRST.kernel_of_labels / 2 + _OTHER.kernel_of_labels / 2
    gap = WEIGHTED * (_FIRST.product - _OTHER.product) ** 2 / 2 + WEIGHTED * fact("products")
    inverses = LABELS**2 / 2 * Sum(fact("inverses", _j), (_j, 1, n_later_layers))
    below = fact("kernel-below") / 2 + fact("other-kernel-below") / 2
    exact = fact("middle-kernel-of-labels") - fact("kernel-of-labels") / 2 - fact("other-kernel-of-labels") / 2
    return [
        Step("kernels", at_most(_MIDDLE.kernel_of_labels, mean), Combination(gap + inverses, given=_positive)),
        Step(
            "kernel",
            at_most(_MIDDLE.kernel, bound * LENGTH),
            Combination(fact("kernels") + below + exact, given=_positive),
        ),
    ]
