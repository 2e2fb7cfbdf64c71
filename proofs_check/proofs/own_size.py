"""Proof of how the size of the weights moves: the identity, then Cauchy-Schwarz gaps and smaller modes."""

from sympy import Expr, Rational, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from theory.formulas.model import residual
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, eta, modes, rank, s, u, v, w, y

_i = modes.index(set())
_z = residual(X, y, u, v)
_c, _t = w @ u, e @ _z


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    With `t_i = e_i^T z`: `||X^T z||^2 = sum s_i^2 t_i^2 <= s_1^2 ||z||^2` and
    `(u^T X^T z)^2 = (sum s_i c_i t_i)^2 <= s_1^2 ||c||^2 ||z||^2`.
    """
    claims = statement.claims
    step = ("svd", "step-first", "step-second")
    smaller = Sum(fact("descending-squares", _i) * _t.at(_i) ** 2, (_i, 1, rank))
    bessel = fact("bessel")
    of_modes = (_t**2).total()
    first = smaller + s[0] ** 2 * bessel
    second = (_c**2).total() * first + lagrange(_c, _t * s)
    return [
        Step("increment", claims["increment"], identity(*step)),
        Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i)))),
        Step("bessel", at_most(of_modes, (_z**2).total()), Combination(((_z - _t @ e) ** 2).total())),
        Step(
            "increment-at-most",
            claims["increment-at-most"],
            Combination(eta**2 / N**2 * (v**2 * first + second), rewrite=step),
        ),
    ]


def lagrange(first: IndexedArray, second: IndexedArray) -> Expr:
    """`||a||^2 ||b||^2 - (a.b)^2` as half the sum of the squares `(a_i b_j - a_j b_i)^2` over pairs of modes."""
    _j = modes.index({_i.name})
    minor = first.at(_i) * second.at(_j) - first.at(_j) * second.at(_i)
    return Rational(1, 2) * Sum(minor**2, (_i, 1, rank), (_j, 1, rank))
