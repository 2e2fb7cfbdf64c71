"""Figure 26: the second noise term of Theorem 5.9."""

from numerics.reproduce.sgd_runs import BatchFigure, exceeds, term

TARGET = BatchFigure(
    "figure-26",
    "Figure 26: T_4 = sum z_n^2 (x_n^T u)^2 - T_2/N of Theorem 5.9",
    term(5),
    "T_4",
    exceeds("T_4 > T_2", 1),
    log=True,
)
