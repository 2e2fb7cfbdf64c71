"""Theorem 5.9 at any depth: what the choice of a mini-batch adds to the imbalance of each layer. Not in the paper."""

from theory.formulas.deep_model import layer_product, product_of_others
from theory.formulas.dynamics import LaterLayers, gradient, step
from theory.formulas.imbalance import noise_increments
from theory.formulas.model import residual
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.batches import EXCHANGEABLE_BATCHES, OUTCOME, B, expectation, mask
from theory.setting.deep_hypotheses import layer_imbalances
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, eta, later_layers, layers, u, y

PRODUCT, OTHERS = layer_product(later_layers), product_of_others(later_layers)
LAYERS = LaterLayers(later_layers, PRODUCT, OTHERS)
RESIDUAL = residual(X, y, u, PRODUCT)
BATCH_SLOPE: IndexedArray = X.T @ (RESIDUAL * mask.row(OUTCOME)) / B
"""`g = X^T P_t z / B` in one outcome."""
BEFORE = layer_imbalances(u, later_layers)
AFTER_DESCENT = layer_imbalances(*step(u, LAYERS, gradient(X.T @ RESIDUAL / N, u, LAYERS), eta))
AFTER_SGD = layer_imbalances(*step(u, LAYERS, gradient(BATCH_SLOPE, u, LAYERS), eta))
"""In one outcome."""
_j = layers.index(set())
EXPECTED = IndexedArray(expectation(AFTER_SGD.at(_j)), (layers,), (_j,))

STATEMENT = Statement(
    id="own-deep-mini-batches",
    title="What the choice of a mini-batch adds to the imbalances, at any depth",
    source="this package; the paper has it for two layers (Theorem 5.9)",
    hypotheses={
        **{name: DECOMPOSITION[name] for name in ("svd", "right-orthonormal")},
        **EXCHANGEABLE_BATCHES,
    },
    claims={
        "any-batch": equal(
            AFTER_SGD - BEFORE,
            -(OTHERS**2 * (eta * (u @ BATCH_SLOPE)) ** 2) + eta**2 * PRODUCT**2 * (BATCH_SLOPE**2).total(),
        ),
        "sgd-less-descent": equal(EXPECTED - AFTER_DESCENT, noise_increments(X, y, u, later_layers, eta, B)),
    },
    variables={
        "P, P_other": "the product of the later layers, and of all of them but one",
        "pi": "probability of each outcome of the random mini-batch, shape (Omega,)",
        "p": "diagonal of P_t in each outcome: 1 where a sample is in the batch, shape (Omega, N)",
        "mu": "probability that a sample is in the batch, the same for every sample",
        "kappa": "probability that two samples are in the batch, the same for every pair",
        "B": "batch size",
    },
    remark=(
        "With the rows a_n = z_n e_n - z/N, P^2 sum_n ||X^T a_n||^2 - (P/v_j)^2 sum_n (a_n.X u)^2 is the bracket of "
        "the second claim: near a minimizer the noise goes down the slope of sum_n a_n^T K a_n (own-deep-slope). It "
        "does so in every step in which a residual is left, and not in spikes alone."
    ),
)
