"""The formulas written out again from the paper, slowly, in 120-digit decimals; nothing is imported from theory."""

from collections.abc import Sequence

import mpmath

context = mpmath.MPContext()
context.dps = 120


def _top(s, d):
    """`d_1^2`, over all of the space of a tied `s_1`."""
    return context.fsum(x * x for value, x in zip(s, d, strict=True) if value == s[0])


def numbers(values: Sequence[float]) -> list[mpmath.mpf]:
    return [context.mpf(value) for value in values]


def difficulty(s, d):
    return context.fsum((d[i] / s[i]) ** 2 for i in range(len(s)))


def threshold(s, d):
    norm = context.sqrt(context.fsum(x * x for x in d))
    return difficulty(s, d) * s[0] / norm - norm / s[0]


def two_layer(s, d, n, imbalance):
    v = (-imbalance + context.sqrt(imbalance**2 + 4 * difficulty(s, d))) / 2
    norm = context.fsum(x * x for x in d)
    return (s[0] ** 2 * v + _top(s, d) / v) / n, (s[0] ** 2 * v + norm / v) / n


def balanced(s, d, n, depth):
    q = difficulty(s, d)
    first = s[0] ** 2 * context.power(q, context.mpf(depth - 1) / depth)
    second = (depth - 1) * context.power(q, context.mpf(-1) / depth)
    return (first + _top(s, d) * second) / n, (first + context.fsum(x * x for x in d) * second) / n


def initialization(s, d, n, a, b):
    lower = s[0] ** 2 / n * (a**2 + b**2 + 2 * a**2 * b**2 / (a + b) ** 2)
    root = context.sqrt(
        a**2 * b**2 * context.fsum(x**4 for x in s) + context.fsum((x * y) ** 2 for x, y in zip(s, d, strict=True))
    )
    return lower, (s[0] ** 2 * b**2 + a**2 * context.fsum(x**2 for x in s) + root) / n


def convergence(s, d, n, a, b):
    q, r = difficulty(s, d), len(s)
    m = r * a**2 - b**2
    second_moment = 2 * r * a**4 + 2 * b**4 + m**2
    low, high = context.sqrt(m**2 + 4 * q), context.sqrt(second_moment + 4 * q)
    norm = context.fsum(x * x for x in d)
    return (
        (s[0] ** 2 * (-m + low) + _top(s, d) / q * (m + low)) / (2 * n),
        (s[0] ** 2 * (-m + high) + norm / q * (m + high)) / (2 * n),
    )


def kernel_norm(s, d, n, imbalance=None, depth=2):
    """Top eigenvalue of the tangent kernel over N, by a dense eigensolver."""
    q = difficulty(s, d)
    if depth == 2:
        first = (-imbalance + context.sqrt(imbalance**2 + 4 * q)) / 2
        second = 1 / first
    else:
        first = context.power(q, context.mpf(depth - 1) / depth)
        second = (depth - 1) * context.power(q, context.mpf(-1) / depth)
    size = len(s)
    kernel = context.matrix(size, size)
    for i in range(size):
        for j in range(size):
            kernel[i, j] = second * d[i] * d[j] + (first * s[i] ** 2 if i == j else 0)
    return max(context.eigsy(kernel, eigvals_only=True)) / n
