"""Proof: `C` rises by a Cauchy-Schwarz gap less what is not positive; the roots of `V^2 + C V = Q` then fall."""

from flint import arb, fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination
from proofs_check.proofs.own_size import lagrange
from theory.formulas.model import residual
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, s, spectrum, u, v, w, y
from theory.statements.own_imbalance_decides import NEXT_ROOT, ROOT

_t = e @ residual(X, y, u, v)
_c = w @ u


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    Subtract the two equations for `V` and `V_next` after multiplying each by the other's root.
    """
    claims = statement.claims
    gap = lagrange(_c, _t * s) + fact("imbalance-not-positive") * ((_t * s) ** 2).total()
    scale = ROOT * NEXT_ROOT + spectrum.difficulty
    return [
        Step(
            "imbalance-rises",
            claims["imbalance-rises"],
            Combination(eta**2 / N**2 * gap, ("svd", "step-first", "step-second", "imbalance", "next-imbalance")),
        ),
        Step(
            "root-moves",
            claims["root-moves"],
            Combination(NEXT_ROOT * fact("root") - ROOT * fact("next-root")),
        ),
        Step(
            "root-never-rises-scaled",
            at_most(scale * NEXT_ROOT, scale * ROOT),
            Combination(ROOT * NEXT_ROOT * fact("imbalance-rises") - fact("root-moves")),
        ),
        Step(
            "root-never-rises",
            claims["root-never-rises"],
            Cancellation("root-never-rises-scaled", ROOT * NEXT_ROOT + fact("nonzero-labels")),
        ),
    ]


def root(imbalance: fmpq, difficulty: fmpq) -> arb:
    """The positive root of `V^2 + C V = Q`."""
    return 2 * difficulty / (arb(imbalance) + arb(imbalance**2 + 4 * difficulty).sqrt())
