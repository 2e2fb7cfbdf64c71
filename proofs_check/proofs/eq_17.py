"""Proof of equation (17), from Theorem 4.3's weight: `1/V = (V + C)/Q` because `Q = V (V + C)`."""

from sympy import sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.tangent_kernel import Minimizer
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of, taken_over
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import C, S, X, samples, spectrum, u, v, y

_n = samples.index(set())
_root = sqrt(C**2 + 4 * spectrum.difficulty)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    rewrite = ("root", "residual", "imbalance")
    return [
        taken_over("thm-4.3", "weight"),
        Step("root", equal(_root, 2 * v**2 + C), Combination(-2 * fact("weight"), given=("nonzero-labels",))),
        Minimizer("", u, v, S).residual(),
        claim("inverse-weight", identity(*rewrite, given=("nonzero-labels",))),
        Step("labels-of-weights", equal(y, (X @ u) * v), Combination(-fact("minimizer", _n))),
        claim("kernel", identity(*rewrite, "labels-of-weights", given=("nonzero-labels",))),
    ]
