"""Figure 25: the first noise term of Theorem 5.9."""

from numerics.reproduce.sgd_runs import BatchFigure, exceeds, term

TARGET = BatchFigure(
    "figure-25",
    "Figure 25: T_3 = sum z_n^2 ||x_n||^2 - T_1/N of Theorem 5.9",
    term(4),
    "T_3",
    exceeds("T_3 > T_1", 0),
    log=True,
)
