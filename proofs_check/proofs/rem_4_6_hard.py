"""Proof that one more layer raises the bounds if Q > 1: then t > 1, and both coefficients grow."""

from sympy import Expr, Integer

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.one_more_layer import POWERS, powers
from proofs_check.methods.combination import Combination
from proofs_check.methods.monotone_power import MonotonePower
from proofs_check.proofs import claims_of
from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import ROOT, scale
from theory.setting.symbols import D, label_coefficients, s, spectrum

_exponent = D * (D + 1)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    rise = fact("root-above-one")
    first_term = s[0] ** 2 * ROOT**_exponent * rise

    def bound(label: Expr) -> Combination:
        gap = (first_term + label * (D * rise + 1)) / scale()
        return Combination(gap, POWERS, given=("nonzero-labels",))

    return [
        Step("power-above-one", less(1, ROOT**_exponent), Combination(fact("difficult") + fact("root"))),
        Step("root-above-one", less(Integer(1), ROOT), MonotonePower("power-above-one", _exponent)),
        *powers(),
        claim("first-term", Combination(first_term / scale(), POWERS, given=("nonzero-labels",))),
        claim("lower", bound(label_coefficients[0] ** 2)),
        claim("upper", bound(spectrum.label_norm_squared)),
    ]
