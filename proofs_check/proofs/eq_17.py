"""Proof of equation (17), from Theorem 4.3's weight: `1/V = (V + C)/Q` because `Q = V (V + C)`."""

from sympy import Sum, sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of, taken_over
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import C, N, X, e, label_coefficients, modes, s, samples, spectrum, u, v, w, y

_i, _n = modes.index(set()), samples.index(set())
_root = sqrt(C**2 + 4 * spectrum.difficulty)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    in_modes = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    rewrite = ("root", "zero-residual-in-modes", "imbalance")
    return [
        taken_over("thm-4.3", "weight"),
        Step("root", equal(_root, 2 * v**2 + C), Combination(-2 * fact("weight"), given=("nonzero-labels",))),
        Step(
            "zero-residual-in-modes",
            equal(label_coefficients, (w @ u) * s * v),
            Combination(in_modes, ("svd", "labels")),
        ),
        claim("inverse-weight", identity(*rewrite, given=("nonzero-labels",))),
        Step("labels-of-weights", equal(y, (X @ u) * v), Combination(-fact("minimizer", _n))),
        claim("kernel", identity(*rewrite, "labels-of-weights", given=("nonzero-labels",))),
    ]
