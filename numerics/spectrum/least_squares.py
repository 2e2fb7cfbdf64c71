"""Q and the part of y outside the column space, from residuals that are known far beyond float64.

For any w and q, with `rho = y - X w`, `c = X^T rho` and `eta = w - X^T X q`,

    Q = ||w||^2 + 2 q c + (an error of at most ||eta||^2 + 2 ||eta|| ||c|| / s_r^2 + ||c||^2 / s_r^4),

and `||y - P y||^2` lies between `||rho||^2 - ||c||^2 / s_r^2` and `||rho||^2`. The residuals are sums over rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.spectrum.large_matrices.gram import Scale
from numerics.spectrum.split_products import ROUNDOFF, Floats, Pair, SplitMatrix, length, sum_of


@dataclass(frozen=True, eq=False)
class Residuals:
    """What w and q leave of scaled data.

    Args:
        w, q: see above, shape `(d,)`.
        rho: shape `(N,)`.
        minus_c: shape `(d,)`.
        eta: shape `(d,)`.
        t_length: a bound on the length of `X q`.
    """

    w: Floats
    q: Floats
    rho: Pair
    minus_c: Pair
    eta: Pair
    t_length: float

    @classmethod
    def of(cls, w: Floats, q: Floats, parts: Iterable[Mapping[str, NDArray[Any]]]) -> Self:
        """Add up what `residuals_of_rows` gives of all rows, in any order."""
        minus_c, g, t_length, rho_error = Pair.of(np.zeros_like(w)), Pair.of(np.zeros_like(w)), 0.0, 0.0
        high, low = [], []
        for part in parts:
            minus_c = sum_of(minus_c, Pair(part["c_high"], part["c_low"], float(part["errors"][0])))
            g = sum_of(g, Pair(part["g_high"], part["g_low"], float(part["errors"][1])))
            rho_error += float(part["errors"][2])
            t_length = float(np.hypot(t_length, part["errors"][3])) * (1 + 4 * ROUNDOFF)
            high.append(part["rho_high"])
            low.append(part["rho_low"])
        rho = Pair(np.concatenate(high), np.concatenate(low), rho_error)
        return cls(w, q, rho, minus_c, sum_of(Pair.of(w), g.negated), t_length)


def residuals_of_rows(configuration: Mapping[str, int], arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Find the residuals' part in some rows: a task's function.

    Args:
        configuration: `data` and `labels`, the `Scale`.
        arrays: `X`, shape `(n, d)`, `y`, shape `(n,)`, `w` and `q`.
    """
    scale, w, q = Scale(configuration["data"], configuration["labels"]), arrays["w"], arrays["q"]
    minus_c, g, t_length, rho_error = Pair.of(np.zeros_like(w)), Pair.of(np.zeros_like(w)), 0.0, 0.0
    high, low = [], []
    for block, y in scale.blocks(arrays["X"], arrays["y"]):
        X = SplitMatrix(block)
        rho = X.residual(Pair.of(y), Pair.of(w))
        minus_c = sum_of(minus_c, X.transposed.residual(Pair.of(np.zeros_like(w)), rho))
        minus_t = X.residual(Pair.of(np.zeros_like(y)), Pair.of(q))
        g = sum_of(g, X.transposed.residual(Pair.of(np.zeros_like(w)), minus_t))
        t_length = float(np.hypot(t_length, minus_t.length)) * (1 + 4 * ROUNDOFF)
        rho_error += rho.error
        high.append(rho.high)
        low.append(rho.low)
    return {
        "c_high": minus_c.high,
        "c_low": minus_c.low,
        "g_high": g.high,
        "g_low": g.low,
        "rho_high": np.concatenate(high),
        "rho_low": np.concatenate(low),
        "errors": np.array([minus_c.error, g.error, rho_error, t_length]),
    }


def difficulty_and_outside(
    found: Residuals, top: float, lowest: float, shift: float, label_shift: float
) -> tuple[arb, arb]:
    """Give Q and the squared length of the part of y outside the column space, scaled.

    Args:
        found: the residuals.
        top: the largest singular value is at most a hundredth above it.
        lowest: no singular value is below it.
        shift: how far the data are from the true ones, in the Frobenius norm.
        label_shift: likewise, of y.
    """
    rho, minus_c, w, q = found.rho, found.minus_c, found.w, found.q
    rho_shift = shift * length(w) + label_shift
    top *= 1.01
    c_length = arb(minus_c.length) + arb(shift) * rho.length + arb(top) * rho_shift
    eta_length = arb(found.eta.length) + arb(shift) * found.t_length + arb(shift) * (top + shift) * length(q)
    c_shift = (
        arb(length(q)) * (arb(shift) * rho.length + minus_c.error) + (found.t_length + shift * length(q)) * rho_shift
    )
    sigma = arb(lowest)
    first_order = -2 * _product(q, minus_c)
    second_order = 2 * eta_length * c_length / sigma**2 + (c_length / sigma**2) ** 2 + eta_length**2
    difficulty = square(w) + first_order + arb(0, (2 * c_shift + second_order).upper())
    rho_length = square(rho.high, rho.low).sqrt() + arb(0, rho.error + rho_shift)
    outside = (rho_length * rho_length).nonnegative_part()
    below = (outside - (c_length / sigma) ** 2).nonnegative_part()
    return difficulty, below.union(outside)


def square(high: Floats, low: Floats | None = None) -> arb:
    """Give the squared length of `high + low`."""
    if low is None:
        return sum((arb(x) * arb(x) for x in high.tolist()), arb(0))
    return sum(((arb(x) + arb(e)) ** 2 for x, e in zip(high.tolist(), low.tolist(), strict=True)), arb(0))


def _product(values: Floats, pair: Pair) -> arb:
    """The inner product with `high + low`."""
    rows = zip(values.tolist(), pair.high.tolist(), pair.low.tolist(), strict=True)
    return sum((arb(value) * (arb(high) + arb(low)) for value, high, low in rows), arb(0))
