"""Without labels, at any depth: where no curvature is above `2/eta` no weight grows, for ever. Not in the paper."""

from theory.formulas.deep_model import gradient, layer_product, product_of_others
from theory.language.indexed import IndexedArray
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Hypothesis, Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, eta, features, later_layers, layers, s, u, w, y

NEXT_U, NEXT_LATER = IndexedArray.named("u_next", features), IndexedArray.named("v_next", layers)
_first, _later = gradient(X, y, u, layer_product(later_layers), product_of_others(later_layers))

DEEP_DESCENT: dict[str, Hypothesis] = {
    "step-first": equal(NEXT_U, u - _first * eta),
    "step-later": equal(NEXT_LATER, later_layers - _later * eta),
}
"""One step of gradient descent at any depth."""


def first_layer_rates(later: IndexedArray) -> IndexedArray:
    """`eta s_i^2 P^2 / N`, shape `(r,)`: the rate at which `c_i` shrinks, `eta` times the curvature along it."""
    rates: IndexedArray = s**2 * (eta * square(layer_product(later)) / N)
    return rates


def later_layer_rates(first_layer: IndexedArray, later: IndexedArray) -> IndexedArray:
    """`eta (P/v_j)^2 sum_i s_i^2 c_i^2 / N`, shape `(D-1,)`: the same for `v_j`."""
    rates: IndexedArray = product_of_others(later) ** 2 * (eta * total(square((w @ first_layer) * s)) / N)
    return rates


TOP_RATE = eta * s[0] ** 2 * square(layer_product(later_layers)) / N
"""`eta s_1^2 P^2 / N`, the largest of the first layer's rates."""
NEXT_TOP_RATE = eta * s[0] ** 2 * square(layer_product(NEXT_LATER)) / N

STATEMENT = Statement(
    id="own-shrinking-weights",
    title="Without labels no weight grows where no curvature passes 2/eta, at any depth",
    source="this package; the paper does not state it",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "labels"},
        **DEEP_DESCENT,
        "zero-labels": equal(y, 0),
        "first-layer-rate": at_most(TOP_RATE, 2),
        "later-layer-rates": at_most(later_layer_rates(u, later_layers), 2),
    },
    claims={
        "first-layer": at_most((w @ NEXT_U) ** 2, (w @ u) ** 2),
        "later-layers": at_most(NEXT_LATER**2, later_layers**2),
        "first-layer-rate-kept": at_most(NEXT_TOP_RATE, 2),
        "later-layer-rates-kept": at_most(later_layer_rates(NEXT_U, NEXT_LATER), 2),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one",
        "u_next, v_next": "weights after one step of gradient descent",
    },
    remark=(
        "The step meets the hypotheses again, so that no |c_i| and no |v_j| ever grows: exact arithmetic does not blow "
        "up from there, at any depth and on any data. The rates are eta times the Hessian's entries on the diagonal."
    ),
)
