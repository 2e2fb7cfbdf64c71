"""The sharpness is at least the curvature along each weight, at any weights, depth and labels. Not in the paper."""

from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.numbers import square, total
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, S, later_layers, s, u, w

FIRST_CURVATURE = s[0] ** 2 * square(layer_product(later_layers)) / N
"""`s_1^2 P^2 / N`, along the first layer's top mode."""
LATER_CURVATURES = product_of_others(later_layers) ** 2 * (total(square((w @ u) * s)) / N)
"""`(P/v_j)^2 sum_i s_i^2 c_i^2 / N`, along `v_j`, shape `(D-1,)`."""

STATEMENT = Statement(
    id="own-curvatures",
    title="The sharpness is at least the curvature along every single weight",
    source="this package; the paper does not state it",
    hypotheses={**DECOMPOSITION, "sharpness": deep_sharpness()},
    claims={
        "first-layer": at_most(FIRST_CURVATURE, S),
        "later-layers": at_most(LATER_CURVATURES, S),
    },
    variables={"P, P_other": "the product of the later layers, and of all of them but one"},
)
