"""Figure 21: what a step of gradient descent adds to the imbalance, before its factor."""

from numerics.reproduce.sgd_runs import BatchFigure, nonnegative, term

TARGET = BatchFigure(
    "figure-21",
    "Figure 21: v^2 T_1 - T_2, which gradient descent adds to the imbalance (Theorem 5.9)",
    lambda result: result["squared_layer"] * term(0)(result) - term(1)(result),
    "v^2 T_1 - T_2",
    nonnegative("v^2 T_1 >= T_2: gradient descent does not lower the imbalance"),
    log=True,
)
