"""Q and the part of y outside the column space, from residuals that are known far beyond float64.

For any w and q, with `rho = y - X w`, `c = X^T rho` and `eta = w - X^T X q`,

    Q = ||w||^2 + 2 q c + (an error of at most ||eta||^2 + 2 ||eta|| ||c|| / s_r^2 + ||c||^2 / s_r^4),

and `||y - P y||^2` lies between `||rho||^2 - ||c||^2 / s_r^2` and `||rho||^2`. The residuals are sums over rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.spectrum.large_matrices.gram import Scale
from numerics.spectrum.split_products import ROUNDOFF, Floats, Pair, SplitMatrix, length, sum_of


@dataclass(frozen=True, eq=False)
class Residuals:
    """What w and q leave of some rows of scaled data.

    Args:
        w, q: see above, shape `(d,)`.
        rho: see above, shape `(n,)`.
        minus_c: the rows' part of `-c`, shape `(d,)`.
        g: likewise of `X^T X q`.
        t_length: a bound on the length of `X q`.
    """

    w: Floats
    q: Floats
    rho: Pair
    minus_c: Pair
    g: Pair
    t_length: float

    @classmethod
    def of_all(cls, w: Floats, q: Floats, parts: Iterable[Residuals]) -> Residuals:
        """Add up those of some rows and of others, in any order."""
        minus_c, g, t_length, rhos = Pair.of(np.zeros_like(w)), Pair.of(np.zeros_like(w)), 0.0, []
        for part in parts:
            minus_c, g = sum_of(minus_c, part.minus_c), sum_of(g, part.g)
            t_length = float(np.hypot(t_length, part.t_length)) * (1 + 4 * ROUNDOFF)
            rhos.append(part.rho)
        high, low = np.concatenate([rho.high for rho in rhos]), np.concatenate([rho.low for rho in rhos])
        return cls(w, q, Pair(high, low, sum(rho.error for rho in rhos)), minus_c, g, t_length)


def residuals_of_rows(configuration: Mapping[str, int], arrays: Mapping[str, NDArray[Any]]) -> Residuals:
    """Find the residuals of some rows: a task's function.

    Args:
        configuration: `data` and `labels`, the `Scale`.
        arrays: `X`, shape `(n, d)`, `y`, shape `(n,)`, `w` and `q`.
    """
    scale, w, q = Scale(configuration["data"], configuration["labels"]), arrays["w"], arrays["q"]
    nothing, parts = Pair.of(np.zeros_like(w)), []
    for block, y in scale.blocks(arrays["X"], arrays["y"]):
        X = SplitMatrix(block)
        rho = X.residual(Pair.of(y), Pair.of(w))
        minus_t = X.residual(Pair.of(np.zeros_like(y)), Pair.of(q))
        minus_c, g = X.transposed.residual(nothing, rho), X.transposed.residual(nothing, minus_t)
        parts.append(Residuals(w, q, rho, minus_c, g, minus_t.length))
    return Residuals.of_all(w, q, parts)


def difficulty_and_outside(
    found: Residuals, top: float, lowest: float, shift: float, label_shift: float
) -> tuple[arb, arb]:
    """Give Q and the squared length of the part of y outside the column space, scaled.

    Args:
        found: the residuals of all rows.
        top: the largest singular value is at most a hundredth above it.
        lowest: no singular value is below it.
        shift: how far the data are from the true ones, in the Frobenius norm.
        label_shift: likewise, of y.
    """
    rho, minus_c, w, q = found.rho, found.minus_c, found.w, found.q
    eta = sum_of(Pair.of(w), found.g.negated)
    rho_shift = shift * length(w) + label_shift
    top *= 1.01
    c_length = arb(minus_c.length) + arb(shift) * rho.length + arb(top) * rho_shift
    eta_length = arb(eta.length) + arb(shift) * found.t_length + arb(shift) * (top + shift) * length(q)
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
