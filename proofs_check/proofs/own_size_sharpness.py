"""Proof from Lemma B.3: with `z = v X u`, `2 ||X^T z|| <= s_1^2 v^2 + ||X u||^2`, and `||X u||^2 <= s_1^2 ||c||^2`."""

from sympy import Rational, Sum, sqrt

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.methods.combination import Combination
from proofs_check.methods.squares import SquaresInOrder
from proofs_check.proofs import claims_of, taken_over
from theory.formulas.dynamics import mode_residual
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import N, e, eta, label_coefficients, modes, s, samples, spectrum, u, v, w

_i, _n = modes.index(set()), samples.index(set())
_c = w @ u
_output = ((_c * s) ** 2).total()
_norm = sqrt(((s * mode_residual(spectrum, _c, v)) ** 2).total())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    smaller = smaller_modes(_c)
    weighted = smaller_modes(_c * s)
    mean = Rational(1, 2) * (s[0] ** 2 * v**2 + _output)
    return [
        taken_over("lem-b.3", "upper", "upper-at-any-weights"),
        zero_coefficients(),
        Step(
            "norm-squared",
            at_most(_norm**2, mean**2),
            Combination(
                v**2 * weighted + Rational(1, 4) * (s[0] ** 2 * v**2 - _output) ** 2, rewrite=("zero-coefficients",)
            ),
        ),
        Step("norm", at_most(_norm, mean), SquaresInOrder("norm-squared")),
        claim(
            "upper",
            Combination(eta * fact("upper-at-any-weights") + eta / N * (fact("norm") + Rational(3, 2) * smaller)),
        ),
    ]


def zero_coefficients() -> Step:
    """`d_i = e_i^T y = 0`."""
    method = Combination(Sum(e.at(_i, _n) * fact("zero-labels", _n), (_n, 1, N)), ("labels",))
    return Step("zero-coefficients", equal(label_coefficients, 0), method)
