"""Figure 22: what a step of SGD adds to the imbalance beyond one of gradient descent, before its factor."""

from numerics.reproduce.sgd_runs import BatchFigure, nonnegative, term

TARGET = BatchFigure(
    "figure-22",
    "Figure 22: v^2 T_3 - T_4, which SGD adds beyond gradient descent (Theorem 5.9)",
    lambda result: result["squared_layer"] * term(4)(result) - term(5)(result),
    "v^2 T_3 - T_4",
    nonnegative("v^2 T_3 >= T_4: a step of SGD adds more than one of gradient descent"),
    log=True,
)
