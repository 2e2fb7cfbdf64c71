"""The case that the quotient of Lemma B.3 leaves out: v = c_1 = 0."""

from typing import Any

from sympy import Expr, Integer, KroneckerDelta

from theory.bounds import pointwise
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, two_layer_sharpness
from theory.setting.symbols import S, modes, spectrum, u, v

_coefficients = spectrum.first_layer_coefficients(u)
_i = modes.index({symbol.name for symbol in _coefficients.expression.free_symbols})
_not_the_first: Expr = 1 - KroneckerDelta(_i, 1)
COEFFICIENTS: Any = IndexedArray(_not_the_first * _coefficients.at(_i), (modes,), (_i,))
"""`c_i` with a zero in the first place."""
BOUNDS = pointwise(spectrum, COEFFICIENTS, Integer(0))

STATEMENT = Statement(
    id="rem-b.3",
    title="Sharpness at weights that do not see the first mode, two layers",
    source="Lemma B.3, Appendix B.5: the case that its quotient leaves out",
    hypotheses={
        **DECOMPOSITION,
        "second-layer-zero": equal(v, 0),
        "first-mode-zero": equal(_coefficients[0], 0),
        "sharpness": two_layer_sharpness(),
    },
    claims={
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    remark="The lower bound is 0, attained where y = 0 and X u = 0.",
)
