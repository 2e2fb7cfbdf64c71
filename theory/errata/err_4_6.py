"""'More depth, less sharpness if Q < 1', read of the sharpness itself."""

from sympy import Symbol

from theory.formulas.deep_model import layer_product
from theory.language.erratum import Erratum
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import equal, less
from theory.language.statement import Sharpness, Statement
from theory.setting.deep_hypotheses import BALANCED, DEPTH, ZERO_RESIDUAL, deep_loss, deep_sharpness
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS, squared_projection
from theory.setting.symbols import S, X, features, n_later_layers, spectrum, y

_size = Symbol("M_deep", integer=True, positive=True)
DEEP_FIRST = IndexedArray.named("u_deep", features)
DEEP_LATER = IndexedArray.named("v_deep", Axis(_size, "jgt"))
DEEP_SIZE, DEEP_SHARPNESS = _size, Symbol("S_deep", real=True)

ERRATUM = Erratum(
    literal=Statement(
        id="err-4.6",
        title="One more layer lowers the sharpness if Q < 1",
        source="The paragraph after Theorem 4.6",
        hypotheses={
            **DECOMPOSITION,
            **NONZERO_LABELS,
            **DEPTH,
            **ZERO_RESIDUAL,
            **BALANCED,
            "one-layer-more": equal(_size, n_later_layers + 1),
            "deep-minimizer": equal((X @ DEEP_FIRST) * layer_product(DEEP_LATER), y),
            "deep-balanced": equal(DEEP_LATER**2, squared_projection(DEEP_FIRST)),
            "easy": less(spectrum.difficulty, 1),
            "sharpness": deep_sharpness(),
            "deep-sharpness": Sharpness(DEEP_SHARPNESS, deep_loss, (DEEP_FIRST, DEEP_LATER)),
        },
        claims={"falls": less(DEEP_SHARPNESS, S)},
        variables={
            "u_deep, v_deep, S_deep": "a balanced minimizer with one layer more, and its sharpness",
            "M_deep": "its number of later layers, M + 1",
        },
    ),
    sentence="If Q > 1, the increase of depth results in higher sharpness, and vice versa if Q < 1.",
    true_form=("rem-4.6", "rem-4.6-hard", "rem-4.6-easy", "rem-4.6-very-easy"),
    remark=(
        "With one mode the sharpness is D s^2 Q^((D-1)/D) / N, where the factor D outweighs the power unless Q is "
        "small: with Q < 1 the first term of both bounds falls, each whole bound only where d_1^2 or ||y||^2 is small "
        "enough, and both for certain once Q < (D/(D+1))^(D(D+1)), which is 0.088 for D = 2."
    ),
)
