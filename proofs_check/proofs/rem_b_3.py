"""Proof of what holds at v = c_1 = 0: the direction w_1 gives 0, and Lemma B.3's upper bound needs nothing more."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import RayleighQuotient
from proofs_check.proofs import claims_of
from proofs_check.proofs.lem_b_3 import upper
from theory.bounds import pointwise
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, S, s, spectrum, u, v, w

_at_the_origin = ("second-layer-zero",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("lower", RayleighQuotient((w.row(1), 0), ("svd", "labels", *_at_the_origin))),
        *upper("upper-anywhere", at_most(S, pointwise(spectrum, w @ u, v).upper)),
        claim(
            "upper",
            Combination(fact("upper-anywhere") + s[0] ** 2 * (w @ u)[0] * fact("first-mode-zero") / N, _at_the_origin),
        ),
    ]
