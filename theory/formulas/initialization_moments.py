"""The moments of the imbalance at a random initialization (Assumption 5.5)."""

from __future__ import annotations

from theory.language.numbers import Number


def mean_imbalance(rank: Number, alpha: Number, beta: Number) -> Number:
    """`m = E C = r alpha^2 - beta^2` for `u ~ N(0, alpha^2 I)`, `v ~ N(0, beta^2)` (equation (25)).

    Args:
        rank: `r`, the number of entries of `Pi_W u`.
        alpha: standard deviation of the entries of the first layer.
        beta: standard deviation of the second layer.

    Examples:
        >>> mean_imbalance(3, 2, 1)
        11
    """
    return rank * alpha**2 - beta**2


def mean_squared_imbalance(rank: Number, alpha: Number, beta: Number) -> Number:
    """`E C^2 = 2 r alpha^4 + 2 beta^4 + m^2` with `m = E C` (equation (27)).

    Args:
        rank: `r`, the number of entries of `Pi_W u`.
        alpha: standard deviation of the entries of the first layer.
        beta: standard deviation of the second layer.

    Examples:
        >>> mean_squared_imbalance(3, 2, 1)
        219
    """
    return 2 * rank * alpha**4 + 2 * beta**4 + mean_imbalance(rank, alpha, beta) ** 2


def mean_harmonic_square(alpha: Number, beta: Number) -> Number:
    """`E[X^2 Y^2 / (X^2 + Y^2)] = (alpha beta / (alpha + beta))^2`.

    X and Y are independent, `X ~ N(0, alpha^2)` and `Y ~ N(0, beta^2)`.
    The term of the lower bound of Theorem 5.6 that the paper may drop.

    Args:
        alpha: standard deviation of X, positive.
        beta: standard deviation of Y, positive.

    Examples:
        >>> mean_harmonic_square(3.0, 1.5)
        1.0
    """
    return (alpha * beta / (alpha + beta)) ** 2
