"""Proof of Theorem 4.3: the weight is a root, the tangent kernel's first entry bounds below, Lagrange's identity above.

Notation: `c_i = w_i^T u`, `V = v^2`. At a minimizer `d_i = s_i c_i v`.
"""

from collections.abc import Iterator

from flint import arb, fmpq
from sympy import sqrt

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import with_values
from proofs_check.instances.real_data import at_two_layer_minimizer, digits, enclose_claims
from proofs_check.lemmas.tangent_kernel import Minimizer
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.bounds import positive_root
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, spectrum, u, v

_Q = spectrum.difficulty
_root = sqrt(C**2 + 4 * _Q)
_MINIMIZER = Minimizer("", u, v, S)
_formula = ("root", "residual", "imbalance")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        *_MINIMIZER.weights(),
        *_weight(),
        claim("weight", identity("root")),
        *_MINIMIZER.bounds(),
        claim("lower", Combination(fact("first-entry") / N, _formula, given=("nonzero-labels",))),
        claim("upper", Combination(fact("upper-in-weights"), _formula, given=("nonzero-labels",))),
    ]


def _weight() -> list[Step]:
    """Equation (16): `v^2` is the positive root of `V^2 + C V - Q`."""
    norm, given = 2 * v**2 + C, ("nonzero-labels",)
    return [
        Step(
            "quadratic",
            equal(v**4 + C * v**2, _Q),
            Combination(v**2 * fact("imbalance") - fact("difficulty-of-weights")),
        ),
        # R = sqrt(C^2 + 4Q) and 2V + C have the same square and the same sign.
        Step(
            "sum-positive",
            less(0, _root + norm),
            Combination(_root + v**2 + _MINIMIZER.size - fact("imbalance"), given=given),
        ),
        Step(
            "root",
            equal(_root, norm),
            Combination(-4 * fact("quadratic") / (_root + norm), given=(*given, "sum-positive")),
        ),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at the minimizer of imbalance 1."""
    imbalance = fmpq(1)
    difficulty = evaluate(_Q, digits())
    squared_weight = positive_root(arb(imbalance), difficulty)
    yield from enclose_claims(statement, with_values(at_two_layer_minimizer(digits(), squared_weight), (C, imbalance)))
