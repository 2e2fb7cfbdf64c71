"""Proof that one more layer lowers both bounds if `t < D/(D+1)`.

For a label term `b <= s_1^2 Q` the fall is
`s_1^2 Q (1 - t) - b (D t - (D-1)) = (s_1^2 Q + b D)(D/(D+1) - t) + (s_1^2 Q - b)/(D+1)`.
"""

from sympy import Expr, KroneckerDelta, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.one_more_layer import POWERS, powers
from proofs_check.methods.combination import Combination
from proofs_check.methods.monotone_power import MonotonePower
from proofs_check.proofs import claims_of
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.one_more_layer import ROOT, scale
from theory.setting.symbols import D, label_coefficients, modes, rank, s, spectrum

_exponent, _threshold = D * (D + 1), D / (D + 1)
_i = modes.index(set())
_d, _Q = label_coefficients, spectrum.difficulty


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    margin = fact("root-small")

    def bound(label: Expr, room: str) -> Combination:
        rest = (fact(room) + s[0] ** 2 * fact("root")) / (D + 1)
        gap = ((s[0] ** 2 * ROOT**_exponent + label * D) * margin + rest) / scale()
        return Combination(gap, POWERS, given=("nonzero-labels",))

    others = Sum((1 - KroneckerDelta(_i, 1)) * s[0] ** 2 * (_d.at(_i) / s.at(_i)) ** 2, (_i, 1, rank))
    return [
        Step(
            "power-small",
            less(ROOT**_exponent, _threshold**_exponent),
            Combination(fact("very-easy") - fact("root")),
        ),
        Step("root-small", less(ROOT, _threshold), MonotonePower("power-small", _exponent)),
        *powers(),
        Step("first-label", at_most(_d[0] ** 2, s[0] ** 2 * _Q), Combination(others)),
        claim("lower", bound(_d[0] ** 2, "first-label")),
        Step(
            "all-labels",
            at_most(spectrum.label_norm_squared, s[0] ** 2 * _Q),
            Combination(smaller_modes(_d / s)),
        ),
        claim("upper", bound(spectrum.label_norm_squared, "all-labels")),
    ]
