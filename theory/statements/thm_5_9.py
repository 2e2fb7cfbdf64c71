"""Theorem 5.9: how one step of gradient descent or SGD moves the layer imbalance of the two-layer model."""

from sympy import Expr, KroneckerDelta

from theory.formulas.dynamics import gradient, step, two_layers
from theory.formulas.imbalance import gradient_descent_increment, layer_imbalance, sgd_expected_increment, step_terms
from theory.formulas.model import residual
from theory.language.indexed import IndexedArray, indices_of
from theory.language.relations import SpecialCase, at_most, equal, equal_in_case
from theory.language.statement import Statement
from theory.setting.batches import (
    EXCHANGEABLE_BATCHES,
    OUTCOME,
    B,
    expectation,
    mask,
    pairwise,
    second_moments,
)
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, eta, samples, spectrum, u, v, y

LAYERS = two_layers(v)
RESIDUAL = residual(X, y, u, v)
TERMS = step_terms(X, y, u, v)

BEFORE: Expr = layer_imbalance(spectrum, u, v)
PROJECTION: Expr = BEFORE + v**2
"""`||Pi_W u||^2`."""
AFTER_DESCENT: Expr = layer_imbalance(spectrum, *step(u, LAYERS, gradient(X.T @ RESIDUAL / N, u, LAYERS), eta))
BATCH_SLOPE: IndexedArray = X.T @ (RESIDUAL * mask.row(OUTCOME)) / B
"""`g = X^T P_t z / B` in one outcome."""
AFTER_SGD: Expr = layer_imbalance(spectrum, *step(u, LAYERS, gradient(BATCH_SLOPE, u, LAYERS), eta))
"""In one outcome; `expectation` of it is `E C(SGD)`."""

DESCENT_INCREMENT = gradient_descent_increment(X, y, u, v, eta)
SGD_INCREMENT = sgd_expected_increment(X, y, u, v, eta, B)

_n, _m = indices_of(samples, samples)
INCLUSION, JOINT_INCLUSION = B / N, B * (B - 1) / (N * (N - 1))
"""Probabilities that a batch of B of N exchangeable samples holds a given one, and two given ones."""
_same = KroneckerDelta(_n, _m)
MOMENTS = equal(second_moments(), pairwise(INCLUSION, JOINT_INCLUSION))
"""`E[p_n p_m]`, for every exchangeable batch."""
_batch_matrix = RESIDUAL.at(_n) * RESIDUAL.at(_m) * second_moments().at(_n, _m)

STATEMENT = Statement(
    id="thm-5.9",
    title="One step of gradient descent and of SGD: the increase of the layer imbalance",
    source="Theorem 5.9, proof in Appendix B.8, equations (29) to (34)",
    hypotheses={
        **{name: DECOMPOSITION[name] for name in ("svd", "right-orthonormal")},
        **EXCHANGEABLE_BATCHES,
    },
    claims={
        "descent": equal(AFTER_DESCENT - BEFORE, DESCENT_INCREMENT),
        # Equations (29) to (31): in every outcome, whatever the mask.
        "any-batch": equal(AFTER_SGD - BEFORE, eta**2 * (v**2 * (BATCH_SLOPE**2).total() - (u @ BATCH_SLOPE) ** 2)),
        "moments": MOMENTS,
        # Equation (33), entry by entry.
        "batch-matrix": equal(
            _batch_matrix,
            (B / N) * ((N - B) / (N - 1) * _same + (B - 1) / (N - 1)) * RESIDUAL.at(_n) * RESIDUAL.at(_m),
        ),
        "sgd": equal(expectation(AFTER_SGD) - BEFORE, SGD_INCREMENT),
        "sgd-less-descent": equal(
            expectation(AFTER_SGD) - AFTER_DESCENT,
            eta**2 * (N - B) / (B * N * (N - 1)) * (v**2 * TERMS.noise_first - TERMS.noise_second),
        ),
        "full-batch": equal_in_case(SpecialCase(SGD_INCREMENT, (equal(B, N),)), DESCENT_INCREMENT),
        "noise-first": at_most(0, TERMS.noise_first),
        "noise-second": at_most(0, TERMS.noise_second),
        # Cauchy-Schwarz, with ||Pi_W u||^2 = C + v^2.
        "full-batch-gap": at_most(0, PROJECTION * TERMS.full_batch_first - TERMS.full_batch_second),
        "noise-gap": at_most(0, PROJECTION * TERMS.noise_first - TERMS.noise_second),
        # For every sign of C: what a step can lose is at most C times a nonnegative term.
        "descent-at-least": at_most(-BEFORE * eta**2 / N**2 * TERMS.full_batch_first, AFTER_DESCENT - BEFORE),
        "sgd-at-least": at_most(
            -BEFORE * eta**2 * (N - B) / (B * N * (N - 1)) * TERMS.noise_first,
            expectation(AFTER_SGD) - AFTER_DESCENT,
        ),
    },
    variables={
        "g": "the vector X^T z with the residual z = v X u - y, shape (d,)",
        "T_a, T_b": "sum_n z_n^2 ||x_n||^2 and sum_n z_n^2 (x_n^T u)^2",
        "pi": "probability of each outcome of the random mini-batch, shape (Omega,)",
        "p": "diagonal of P_t in each outcome: 1 where a sample is in the batch, shape (Omega, N)",
        "mu": "probability that a sample is in the batch, the same for every sample",
        "kappa": "probability that two samples are in the batch, the same for every pair",
        "B": "batch size",
    },
    remark=(
        "The mini-batch is any random subset of exactly B of N >= 2 samples that prefers no sample and no pair of "
        "samples, such as the uniform one; an expectation is a finite sum over its outcomes. The labels need not lie "
        "in the column space. For C > 0 both steps can lower C, and SGD can end below gradient descent in the mean: "
        "the last two claims bound by how much."
    ),
)
