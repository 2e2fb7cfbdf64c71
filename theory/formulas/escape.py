"""A region of weights that gradient descent never leaves again, because every step at least doubles every weight.

Write `h = eta / N`, `b = s_1 c_1 P` for the output in the top mode, and `||y||^2 = sum_i d_i^2`. The region is

    h (b^2 - ||y||^2) >= 6 w^2    for every weight w among c_1, v_1, ..., v_(D-1).

A step of gradient descent moves the weights by

    v_j v_j+ = v_j^2 - h sum_i f_i P (f_i P - d_i),        f_i = s_i c_i,
    c_1 c_1+ = c_1^2 - h b (b - d_1),

and `2 sum_i f_i P (f_i P - d_i) = sum_i (f_i P - d_i)^2 + sum_i (f_i P)^2 - ||y||^2 >= b^2 - ||y||^2`; likewise
`2 b (b - d_1) >= b^2 - ||y||^2`. So each weight w goes to w+ with `w w+ <= w^2 - 3 w^2`, that is `|w+| >= 2 |w|`.
For w, `b^2 = w^2 q^2`
with q the rest of b, and q at least doubles as well, so that the region is kept: `h b+^2 >= 4 (w+/w)^2 h b^2` is more
than `h ||y||^2 + 6 (w+)^2`. The loss tends to infinity. Nothing is asked of the other modes. At every depth Coq proves
this (`proofs_check/kernel/escape.v`); for two layers the statement `own-escape` does too. Beyond the paper.
"""

from __future__ import annotations

from theory.language.numbers import Number, square


def escape_margin(top_output: Number, label_norm_squared: Number, weight: Number, rate: Number) -> Number:
    """`h (b^2 - ||y||^2) - 6 w^2`: where it is not negative for every weight w, gradient descent blows up.

    Args:
        top_output: `b = s_1 c_1 P`.
        label_norm_squared: `||y||^2 = sum_i d_i^2`.
        weight: `c_1` or one of the `v_j`.
        rate: `h = eta / N`.

    Examples:
        >>> escape_margin(6, 2, 2, 1)
        10
    """
    return rate * (square(top_output) - label_norm_squared) - 6 * square(weight)


def loss_floor(top_output: Number, label_norm_squared: Number, n_samples: Number) -> Number:
    """`(b^2/2 - ||y||^2) / (2N)`, which the loss is never below.

    Args:
        top_output: `b = s_1 c_1 P`.
        label_norm_squared: `||y||^2`.
        n_samples: `N`.

    Examples:
        >>> loss_floor(6, 2, 1)
        8.0
    """
    return (square(top_output) / 2 - label_norm_squared) / (2 * n_samples)


def sharpness_floor(top_singular_value: Number, product: Number, n_samples: Number) -> Number:
    """`s_1^2 P^2 / N`, which the sharpness is never below; in the region it is at least `6 / eta`.

    Args:
        top_singular_value: `s_1`.
        product: `P`, the product of the later layers.
        n_samples: `N`.

    Examples:
        >>> sharpness_floor(2, 3, 4)
        9.0
    """
    return square(top_singular_value) * square(product) / n_samples
