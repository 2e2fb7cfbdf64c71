"""Section 3: the Hessian at any depth in the coordinates `(c, v)`, and the rank-one form of its border."""

from sympy import KroneckerDelta

from theory.formulas.deep_model import layer_product, rank_one_border, reduced_hessian
from theory.language.calculus import along_line, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import deep_loss
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import features, later_layers, layers, modes, spectrum, u, w

FIRST, LATER = IndexedArray.named("a", features), IndexedArray.named("b", layers)
ORTHOGONAL = IndexedArray.named("o", features)
BLOCKS = reduced_hessian(spectrum, w @ u, later_layers)
PARTS = rank_one_border(spectrum, w @ u, layer_product(later_layers))

_inner = w @ FIRST
_along = coefficient(deep_loss(*along_line((u, later_layers), (FIRST, LATER))), 2)
_beside = coefficient(deep_loss(*along_line((u, later_layers), (FIRST + ORTHOGONAL, LATER))), 2)
_rows = later_layers.outer(later_layers)
_mode, (_layer, _other) = modes.index(set()), _rows.indices

STATEMENT = Statement(
    id="sec-3.hessian",
    title="Hessian of the loss at any depth",
    source="Section 3.1 and the reparameterization of Appendix B.1",
    hypotheses={
        **{name: hypothesis for name, hypothesis in DECOMPOSITION.items() if name != "descending"},
        "orthogonal": equal(w @ ORTHOGONAL, 0),
    },
    claims={
        "quadratic-form": equal(
            2 * _along,
            (BLOCKS.diagonal * _inner**2).total()
            + 2 * (BLOCKS.border * _inner.outer(LATER)).total()
            + (BLOCKS.corner * LATER.outer(LATER)).total(),
        ),
        # The Hessian maps (o, 0) to zero: adding it to a direction never changes the quadratic form.
        "other-directions": equal(2 * _beside, 2 * _along),
        # With v_j v_k multiplied out, so that a layer may be zero: w_j = 1/v_j elsewhere.
        "rank-one-border": equal(BLOCKS.border.at(_mode, _layer) * later_layers.at(_layer), PARTS.border.at(_mode)),
        "rank-one-corner": equal(
            (BLOCKS.corner * _rows).at(_layer, _other),
            PARTS.output + PARTS.residual - KroneckerDelta(_layer, _other) * PARTS.residual,
        ),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one",
        "a, b": "any direction in the weights (u, v_1 .. v_(D-1))",
        "o": "a first-layer direction orthogonal to the row space",
        "epsilon": "step along a direction",
    },
)
