"""Figure 24: the second full-batch term of Theorem 5.9."""

from numerics.reproduce.sgd_runs import BatchFigure, nothing, term

TARGET = BatchFigure(
    "figure-24",
    "Figure 24: T_2 = (u^T X^T z)^2 of Theorem 5.9",
    term(1),
    "T_2",
    nothing,
    log=True,
)
