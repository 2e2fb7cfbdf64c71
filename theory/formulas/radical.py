"""The radical `phi(x) = sqrt(x^2 + 4Q)` of equation (16), its slope, its curvature and its tangents (Lemma B.2)."""

from __future__ import annotations

from theory.language.numbers import Number, sqrt, square


def radical(x: Number, difficulty: Number) -> Number:
    """`phi(x) = sqrt(x^2 + 4Q)`.

    Examples:
        >>> radical(3.0, 4.0)
        5.0
    """
    return sqrt(square(x) + 4 * difficulty)


def radical_slope(x: Number, difficulty: Number) -> Number:
    """`phi'(x) = x / sqrt(x^2 + 4Q)`, for `Q > 0`.

    Examples:
        >>> radical_slope(3.0, 4.0)
        0.6
    """
    return x / radical(x, difficulty)


def radical_curvature(x: Number, difficulty: Number) -> Number:
    """`phi''(x) = 4Q / (x^2 + 4Q)^(3/2)`, positive for `Q > 0` (Lemma B.2).

    Examples:
        >>> radical_curvature(3.0, 4.0)
        0.128
    """
    return 4 * difficulty / radical(x, difficulty) ** 3


def radical_tangent(x: Number, at: Number, difficulty: Number) -> Number:
    """The tangent of `phi` at another point, `phi(m) + phi'(m) (x - m)`: never above `phi(x)`.

    Args:
        x: where the tangent is evaluated.
        at: `m`, where it touches.
        difficulty: `Q > 0`.

    Examples:
        >>> radical_tangent(8.0, 3.0, 4.0)
        8.0
    """
    return radical(at, difficulty) + radical_slope(at, difficulty) * (x - at)
