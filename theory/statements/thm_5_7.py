"""Theorem 5.7: expected sharpness where gradient flow ends, from a random initialization of the two-layer model."""

from sympy import Symbol, sqrt

from theory.bounds import convergence
from theory.expectation import Mean, mean_imbalance, mean_squared_imbalance
from theory.hypotheses import (
    DECOMPOSITION,
    IMBALANCE,
    NONZERO_LABELS,
    ZERO_RESIDUAL,
    squared_projection,
    two_layer_sharpness,
)
from theory.indexed import IndexedArray
from theory.radical import radical
from theory.relations import at_most, equal
from theory.statement import Initialization, Statement
from theory.statements.thm_5_6 import ALPHA, BETA
from theory.symbols import C, S, features, rank, spectrum, u, v

START_U, START_V = IndexedArray.named("u(0)", features), Symbol("v(0)", real=True)
BOUNDS = convergence(spectrum, ALPHA, BETA)
MEAN, SQUARED = mean_imbalance(rank, ALPHA, BETA), mean_squared_imbalance(rank, ALPHA, BETA)
RADICAL = radical(C, spectrum.difficulty)

STATEMENT = Statement(
    id="thm-5.7",
    title="Expected sharpness at convergence",
    source="Theorem 5.7, proof in Appendix B.7, equations (23) to (27); Assumptions 5.1 and 5.5",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL,
        "imbalance": IMBALANCE,
        "conservation": equal(C, squared_projection(START_U) - START_V**2),
        "sharpness": two_layer_sharpness(),
        "initialization": Initialization(((START_U, ALPHA), (START_V, BETA)), functions=(u, v, C, S)),
    },
    claims={
        "mean": equal(Mean(C), MEAN),
        "second-moment": equal(Mean(C**2), SQUARED),
        "radical-below": at_most(radical(MEAN, spectrum.difficulty), Mean(RADICAL)),
        "radical-above": at_most(Mean(RADICAL), sqrt(SQUARED + 4 * spectrum.difficulty)),
        "lower": at_most(BOUNDS.lower, Mean(S)),
        "upper": at_most(Mean(S), BOUNDS.upper),
    },
    depends=("thm-4.3",),
    variables={
        "u(0), v(0)": "the weights at time 0",
        "u, v": "the weights at the limit of gradient flow, a global minimizer",
        "alpha": "standard deviation of the entries of u(0)",
        "beta": "standard deviation of v(0)",
    },
    remark=(
        "That the limit has the imbalance of the start is Corollary 5.3; that it is a global minimizer is Assumption "
        "5.1, here for almost every start."
    ),
)
