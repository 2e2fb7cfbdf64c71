"""Theorem 5.7: expected sharpness where gradient flow ends, from a random initialization of the two-layer model."""

from sympy import sqrt

from theory.bounds import convergence
from theory.formulas.initialization_moments import mean_imbalance, mean_squared_imbalance
from theory.formulas.radical import radical
from theory.language.expectation import Mean
from theory.language.relations import at_most, equal
from theory.language.statement import Initialization, Statement
from theory.setting.hypotheses import START
from theory.setting.symbols import C, S, rank, spectrum, u, v
from theory.statements.cor_5_3 import STATEMENT as AT_THE_LIMIT
from theory.statements.thm_5_6 import ALPHA, BETA

START_U, START_V = START
BOUNDS = convergence(spectrum, ALPHA, BETA)
MEAN, SQUARED = mean_imbalance(rank, ALPHA, BETA), mean_squared_imbalance(rank, ALPHA, BETA)
RADICAL = radical(C, spectrum.difficulty)

STATEMENT = Statement(
    id="thm-5.7",
    title="Expected sharpness at convergence",
    source="Theorem 5.7, proof in Appendix B.7, equations (23) to (27); Assumptions 5.1 and 5.5",
    hypotheses={
        **AT_THE_LIMIT.hypotheses,
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
    depends=("cor-5.3",),
    variables={
        "u_0, v_0": "the weights at time 0",
        "u, v": "the weights at the limit of gradient flow, a global minimizer",
        "alpha": "standard deviation of the entries of u_0",
        "beta": "standard deviation of v_0",
    },
    remark=(
        "That the limit is a global minimizer is Assumption 5.1, here for almost every start; that it has the "
        "imbalance of the start is Corollary 5.3. Where s_1 is tied, d_1 is as for Theorem 4.3."
    ),
)
