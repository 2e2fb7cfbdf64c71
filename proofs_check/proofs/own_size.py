"""Proof of how the size of the weights moves: the identity, then Cauchy-Schwarz gaps and smaller modes."""

from proofs_check.engine.proof import Step
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.formulas.model import residual
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, s, u, v, w, y

_z = residual(X, y, u, v)
_c, _t = w @ u, e @ _z


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    With `t_i = e_i^T z`: `||X^T z||^2 = sum s_i^2 t_i^2 <= s_1^2 ||z||^2` and
    `(u^T X^T z)^2 = (sum s_i c_i t_i)^2 <= s_1^2 ||c||^2 ||z||^2`.
    """
    claim = claims_of(statement)
    step = ("svd", "step-first", "step-second")
    first = smaller_modes(_t) + s[0] ** 2 * ((_z - _t @ e) ** 2).total()
    second = (_c**2).total() * first + minors(_c, _t * s)
    return [
        claim("increment", identity(*step)),
        claim("increment-at-most", Combination(eta**2 / N**2 * (v**2 * first + second), rewrite=step)),
    ]
