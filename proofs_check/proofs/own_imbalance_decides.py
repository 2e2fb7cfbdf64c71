"""Proof: `C` rises by a Cauchy-Schwarz gap less what is not positive; the roots of `V^2 + C V = Q` then fall."""

from flint import arb, fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from theory.formulas.model import residual
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, s, spectrum, u, v, w, y
from theory.statements.own_imbalance_decides import NEXT_ROOT, ROOT

_t = e @ residual(X, y, u, v)
_c = w @ u


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    Subtract the two equations for `V` and `V_next` after multiplying each by the other's root.
    """
    claim = claims_of(statement)
    gap = minors(_c, _t * s) + fact("imbalance-not-positive") * ((_t * s) ** 2).total()
    return [
        claim(
            "imbalance-rises",
            Combination(eta**2 / N**2 * gap, ("svd", "step-first", "step-second", "imbalance", "next-imbalance")),
        ),
        claim("root-moves", Combination(NEXT_ROOT * fact("root") - ROOT * fact("next-root"))),
        claim(
            "root-never-rises",
            Combination(
                (ROOT * NEXT_ROOT * fact("imbalance-rises") - fact("root-moves"))
                / (ROOT * NEXT_ROOT + spectrum.difficulty),
                given=("nonzero-labels",),
            ),
        ),
    ]


def root(imbalance: fmpq, difficulty: fmpq) -> arb:
    """The positive root of `V^2 + C V = Q`."""
    return 2 * difficulty / (arb(imbalance) + arb(imbalance**2 + 4 * difficulty).sqrt())
