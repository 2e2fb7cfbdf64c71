"""Proof: two Rayleigh quotients at a minimizer, along the first mode and along `J^T x`.

With `V = v^2`, `a = ||X^T x||^2` and `b = (x.y)^2`: `N S ||x||^2 >= V a + b / V >= 2 sqrt(a b)`.
"""

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.tangent_kernel import Minimizer
from proofs_check.methods.combination import Combination
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import Claim, claims_of
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, e, eta, modes, s, u, v, y
from theory.statements.own_size import TOP_RATE
from theory.statements.own_stable_limit import TRIAL

_MINIMIZER = Minimizer("", u, v, S)
_VECTOR = IndexedArray.named("q", modes)
_in_modes = e @ TRIAL


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    output = ((_MINIMIZER.coefficients * s) ** 2).total()
    size, difficulty = _MINIMIZER.size, fact("difficulty-of-weights")
    return [
        _MINIMIZER.residual(),
        _MINIMIZER.difficulty(),
        Step("weight-positive", less(0, v**2), PositiveFactor("nonzero-labels", output, ("labels", "residual"))),
        *_MINIMIZER.kernel_below(_VECTOR),
        claim("weight", Combination(eta * fact("first-mode") + fact("stable"))),
        # U = ||Pi_W u||^2 is at least lambda Q / 2, as lambda V <= 2 and Q = U V.
        claim(
            "imbalance-at-least",
            Combination(fact("weight") * (size / 2 + 1 / TOP_RATE) + TOP_RATE / 2 * difficulty, ("imbalance",)),
        ),
        *_flattest(claim),
    ]


def _flattest(claim: Claim) -> list[Step]:
    """`4 a b <= (V a + b / V)^2 <= (N S ||x||^2)^2`, with `b = V inner^2`; then at `x = y`."""
    kernel, inner, below = _MINIMIZER.kernel_of(_in_modes), _MINIMIZER.inner_of(_in_modes), fact("kernel-at-trial")
    gap = (v**2 * ((_in_modes * s) ** 2).total() - inner**2) ** 2 + below * (2 * kernel + below)
    labels, correlation = (y**2).total(), ((X.T @ y) ** 2).total()
    return [
        Step(
            "kernel-in-modes",
            at_most(kernel, N * S * (_in_modes**2).total()),
            Specialization("kernel-below", {_VECTOR: _in_modes}),
        ),
        Step(
            "kernel-at-trial",
            at_most(kernel, N * S * (TRIAL**2).total()),
            Combination(
                fact("kernel-in-modes") + N * S * ((TRIAL - _in_modes @ e) ** 2).total(), given=("sharpness-positive",)
            ),
        ),
        claim("flattest", Combination(gap, ("svd", "labels", "residual"))),
        Step(
            "flattest-at-labels",
            at_most(4 * correlation * labels**2, (N * S * labels) ** 2),
            Specialization("flattest", {TRIAL: y}),
        ),
        claim(
            "labels-at-most",
            Combination(
                eta**2 / 4 * fact("flattest-at-labels") / labels**2 + N**2 / 4 * fact("stable") * (2 + eta * S),
                given=("sharpness-positive", "nonzero-labels"),
            ),
        ),
    ]
