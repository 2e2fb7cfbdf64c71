"""A ball that holds the sharpness for every state inside the state's balls."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Arithmetic, Number
from numerics.arithmetic.mpfr import Mpfr
from numerics.model.base import Model, State
from numerics.model.sharpness_equation import SharpnessEquation, bounds, evaluate
from numerics.sharpness.root import top_root

_GUARD = 64


def enclosed_sharpness(model: Model, state: State, ball: Ball) -> Number:
    """Enclose `S`. A root found at the midpoints is moved down and up until both sides are certain.

    Where no side becomes certain, because the state's balls are too wide, the enclosure falls back on 0 and on
    the bound by the norms of the Hessian's blocks. It is rigorous either way.
    """
    wide = ball.wider(_GUARD)
    with wide.active():
        equation = model.sharpness_equation(state, wide)
        n_samples = wide.number(model.n_samples)
        _, _, ceiling = bounds(wide, equation)
        if not ceiling.is_finite():
            return ball.number(0) / ball.number(0)
        middle = _at_midpoints(wide, equation)
        low, high = Fraction(0), None
        for bits in range(ball.bits + _GUARD // 2, -1, -2):
            apart = middle * Fraction(1, 2**bits)
            if low == 0 and _surely_above(wide, equation, wide.from_fraction(middle - apart)):
                low = middle - apart
            if high is None and _surely_below(wide, equation, wide.from_fraction(middle + apart)):
                high = middle + apart
            if low > 0 and high is not None:
                break
        top = ceiling.abs_upper() if high is None else wide.from_fraction(high)
        result = wide.from_fraction(low).union(top) / n_samples
    return ball.number(result)


def _at_midpoints(arithmetic: Arithmetic, equation: SharpnessEquation) -> Fraction:
    a, exact = Mpfr.from_bits(str(arithmetic.bits)), arithmetic.to_fraction
    narrow = SharpnessEquation(
        *(a.vector([exact(x) for x in p]) if isinstance(p, np.ndarray) else a.from_fraction(exact(p)) for p in equation)
    )
    positive = a.vector([max(exact(weight), Fraction(0)) for weight in equation.weights])
    with a.active():
        return a.to_fraction(top_root(a, narrow._replace(weights=positive)))


def _surely_above(arithmetic: Arithmetic, equation: SharpnessEquation, position: Number) -> bool:
    """Tell whether the top eigenvalue is certain to be above a position."""
    if any(position < bound for bound in (*equation.poles, *equation.ties)):
        return True
    if not _right_of_poles(equation, position):
        return False
    # An odd number of eigenvalues of phi p p^T + G M above the position is at least one.
    value, _, _ = evaluate(arithmetic, equation, position)
    return bool(value < 0)


def _surely_below(arithmetic: Arithmetic, equation: SharpnessEquation, position: Number) -> bool:
    """Tell whether the top eigenvalue is certain to be below a position."""
    if not _right_of_poles(equation, position):
        return False
    value, _, pull = evaluate(arithmetic, equation, position)
    if not value > 0:
        return False
    # An even number, and at most one, is none.
    if not len(equation.offsets) or equation.total_product * pull <= 0:
        return True
    v1, p1 = equation.least_layer, equation.least_product
    return bool(position * (v1 * v1) > -equation.coupling * (p1 * v1))


def _right_of_poles(equation: SharpnessEquation, position: Number) -> bool:
    return all(position > pole for pole in equation.poles) and all(position > -offset for offset in equation.offsets)
