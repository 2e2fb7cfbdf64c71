"""Figure 23: the first full-batch term of Theorem 5.9."""

from numerics.reproduce.sgd_runs import BatchFigure, nothing, term

TARGET = BatchFigure(
    "figure-23",
    "Figure 23: T_1 = ||X^T z||^2 of Theorem 5.9",
    term(0),
    "T_1",
    nothing,
    log=True,
)
