"""Proof that one more layer lowers the predicted sharpness if Q < 1: then t < 1."""

from sympy import Integer

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.one_more_layer import first_powers
from proofs_check.methods.combination import Combination
from proofs_check.methods.monotone_power import MonotonePower
from proofs_check.proofs import claims_of
from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import ROOT, scale
from theory.setting.symbols import D, s

_exponent = D * (D + 1)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    claim = claims_of(statement)
    fall = s[0] ** 2 * ROOT**_exponent * fact("root-below-one") / scale()
    rewrite = tuple(step.id for step in first_powers())
    return [
        Step("power-below-one", less(ROOT**_exponent, 1), Combination(fact("easy") - fact("root"))),
        Step("root-below-one", less(ROOT, Integer(1)), MonotonePower("power-below-one", _exponent)),
        *first_powers(),
        claim("first-term", Combination(fall, rewrite, given=("nonzero-labels",))),
    ]
