"""Sharpness at any global minimizer, of any depth, from the squares of its later layers. Not in the paper."""

from theory.bounds import minimizer
from theory.formulas.deep_model import layer_product, tangent_kernel
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import ZERO_RESIDUAL, deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS, squared_projection
from theory.setting.symbols import S, X, later_layers, spectrum, u, y

BOUNDS = minimizer(spectrum, later_layers**2)

STATEMENT = Statement(
    id="own-minimizer",
    title="Sharpness at any minimizer, any depth",
    source="this package; the paper has it for two layers (Theorem 4.3) and for balanced ones (Theorem 4.6)",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL,
        "sharpness": deep_sharpness(),
    },
    claims={
        "difficulty": equal(squared_projection() * layer_product(later_layers**2), spectrum.difficulty),
        "kernel": equal(
            tangent_kernel(X, u, later_layers),
            (X @ X.T) * layer_product(later_layers**2) + y.outer(y) * (later_layers**-2).total(),
        ),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    variables={
        "M": "number of later layers, D - 1",
        "v": "the later layers v_1 .. v_(D-1)",
        "P, P_other": "the product of the later layers, and of all of them but one",
    },
    remark="With imbalances C_j = ||Pi_W u||^2 - v_j^2 the first claim says where gradient flow ends: at the one root "
    "m of m prod_j (m - C_j) = Q above all C_j and 0.",
)
