"""What round to nearest does to slow weights, compiled; the same as `numerics.finite_precision.staircase`."""

from __future__ import annotations

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.reals import Real, Sum
from numerics.finite_precision.staircase import FAR, STILL


def rounding_errors(increment: Real, fluctuation: Real) -> tuple[Real, Real]:
    """Give the mean and the variance that `rounding_errors` there does, of the stairs that are near."""
    b = increment.builder
    past = increment - increment.rounded()
    least = Real(b, ir.Constant(ir.DoubleType(), STILL))
    spread = fluctuation.where(fluctuation.compare(">=", least), least)
    mean, square, slope = (Sum(b) for _ in range(3))
    for each in (mean, square, slope):
        each.start()
    for sign in (1.0, -1.0):
        stair = Sum(b)
        stair.start(0.5)
        head, body, out = (b.append_basic_block(name) for name in ("stair", "near", "far"))
        b.branch(head)
        b.position_at_end(head)
        distance = (past * sign - stair.now) / spread
        b.cbranch(distance.compare(">", -float(FAR)), body, out)
        b.position_at_end(body)
        below = (distance * -(0.5**0.5)).of_library("erfc") * 0.5
        mean.add(below * sign)
        square.add(stair.now * below * 2.0)
        slope.add((distance * distance * -0.5).of_library("exp"))
        stair.put(stair.now + 1.0)
        b.branch(head)
        b.position_at_end(out)
    density = slope.now / float(np.sqrt(2 * np.pi))
    variance = square.now - mean.now * mean.now - spread * density * 2.0 + spread * spread
    return mean.now - past, variance.where(variance.compare(">", 0.0), 0.0)
