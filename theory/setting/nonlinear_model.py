"""Letters of Appendix E: orthogonal samples, any activation, and what statements about them share."""

from __future__ import annotations

from theory.formulas.nonlinear import ActivationFunction, nonlinear_imbalance
from theory.language.indexed import IndexedArray
from theory.language.relations import equal, less
from theory.language.statement import Hypothesis, Orthonormal
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue
from theory.setting.symbols import C, X, features, samples, u, v, y

GENERAL = ActivationFunction("general", Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue)
"""Any activation that meets Definition E.2."""

NORMS = IndexedArray.named("s", samples, positive=True)
"""Norms of the samples: the singular values of orthogonal data, shape (N,)."""
DIRECTIONS = IndexedArray.named("w", samples, features)
"""Directions of the samples as rows, shape (N, d)."""

ORTHOGONAL: dict[str, Hypothesis] = {
    "orthogonal-samples": equal(X, DIRECTIONS.scaled_rows(NORMS)),
    "directions": Orthonormal(DIRECTIONS),
}
"""Assumption E.1: `X X^T` is diagonal; no sample is zero."""

PREACTIVATIONS = X @ u
"""`h_n = x_n^T u = s_n c_n`."""


def zero_loss(activation: ActivationFunction) -> dict[str, Hypothesis]:
    """At a minimizer of zero loss `y_n = v phi(h_n)`, with the imbalance `C`."""
    return {
        "second-layer": less(0, v**2),
        "minimizer": equal(y, PREACTIVATIONS.each(activation.value) * v),
        "imbalance": equal(C, nonlinear_imbalance(NORMS, PREACTIVATIONS, v, activation)),
    }
