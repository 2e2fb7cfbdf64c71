"""Bounds on the sharpness at a minimizer of a linear network of any depth, from what gradient flow conserves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from theory import Bounds, Spectrum
from theory.errors import NotFiniteError, ParameterError


def layer_bounds(spectrum: Spectrum, least: Sequence[float], greatest: Sequence[float]) -> Bounds:
    """Sharpness at a global minimizer of a linear network of any widths and depth, from what gradient flow conserves.

    No eigenvalue of `M_j = W_j W_j^T - W_(j+1)^T W_(j+1)`, the first layer in the row space, is below `a_j` or above
    `b_j`. With `V = ||w_D||^2`, the sums `l_j = a_j + ... + a_(D-1)` and `m_j = b_j + ... + b_(D-1)`, `l_D = m_D = 0`,
    the ratios `rho_j = ||W_j^T p||^2 / ||p||^2` of the vector that goes backward through the layers satisfy
    `V + l_j <= rho_j <= ||W_j||^2 <= V + m_j` and `prod_j rho_j = Q`. Hence V lies between the roots of
    `prod_j (V + m_j) = Q` and of `prod_j (V + l_j) = Q`, and with the kernel's terms `P X X^T`, `P = rho_2 ... rho_D`,
    and `y y^T / rho_j` at least, for j from 2 on,

    `N S >= s_1^2 P + d_1^2 sum_(j>1) 1/rho_j` and `N S <= s_1^2 sum_j prod_(k!=j) (V + m_k)`.

    Derived on the page *Wider than one neuron*, not in the ledger. For two layers `wide_minimizer` says more.

    Args:
        spectrum: the data.
        least: `a_1, ..., a_(D-1)`.
        greatest: `b_1, ..., b_(D-1)`.

    Raises:
        NotFiniteError: an eigenvalue is not finite, or a bound leaves the range of float64.
        ParameterError: `greatest` is less than `least`, or they are not as many.

    Examples:
        >>> layer_bounds(Spectrum([2.0], [6.0], n_samples=1), [0.0], [0.0])
        Bounds(lower=24.0, upper=24.0)
    """
    low, high = layer_ratios(float(spectrum.difficulty), least, greatest)
    top = float(spectrum.singular_values[0]) ** 2
    product = max(math.prod(low[1:]), float(spectrum.difficulty) / high[0])
    lower = top * product + float(spectrum.top_label_squared) * sum(1 / ratio for ratio in high[1:])
    upper = top * sum(math.prod(high[:j] + high[j + 1 :]) for j in range(len(high)))
    if not math.isfinite(upper):
        raise NotFiniteError("a bound leaves the range of float64; rescale the data")
    return Bounds(lower / spectrum.n_samples, upper / spectrum.n_samples)


def layer_ratios(
    difficulty: float, least: Sequence[float], greatest: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Enclose `rho_j = ||W_j^T p_j||^2 / ||p_j||^2`, `p_D = 1` and `p_(j-1) = W_j^T p_j`, at zero residual.

    `prod_j rho_j = ||p_0||^2 = Q`, and `V = rho_D` is the last layer's squared norm. From
    `W_j W_j^T = M_j + W_(j+1)^T W_(j+1)` and `||W_(j+1) p_j||^2 >= ||p_j||^4 / ||p_(j+1)||^2` follows
    `rho_j >= a_j + rho_(j+1)`, and from the same `||W_j||^2 <= b_j + ||W_(j+1)||^2`.

    Args:
        difficulty: `Q`, positive.
        least: `a_j`, not above the eigenvalues of `M_j`, shape `(D-1,)`.
        greatest: `b_j`, not below them.

    Returns:
        Numbers not above and not below `rho_1, ..., rho_D`; the latter not below `||W_j||^2` either.

    Raises:
        NotFiniteError: an eigenvalue is not finite.
        ParameterError: `greatest` is less than `least`, or they are not as many, or none.

    Examples:
        >>> layer_ratios(8.0, [0.0, 0.0], [0.0, 0.0])
        ([2.0, 2.0, 2.0], [2.0, 2.0, 2.0])
    """
    if not least or len(least) != len(greatest) or any(a > b for a, b in zip(least, greatest, strict=True)):
        raise ParameterError("give a least and a greatest eigenvalue for each pair of neighbours, in this order")
    if not all(map(math.isfinite, (*least, *greatest))):
        raise NotFiniteError("an eigenvalue is not finite")
    below, above = (_sums(values) for values in (least, greatest))
    smallest, largest = _root(difficulty, above), _root(difficulty, below)
    return [max(smallest + shift, 0.0) for shift in below], [largest + shift for shift in above]


def _sums(values: Sequence[float]) -> list[float]:
    return list(accumulate(reversed(values), initial=0.0))[::-1]


def _root(difficulty: float, shifts: Sequence[float]) -> float:
    """The one V at which all `V + shift` are positive and their product is Q."""
    base = -min(shifts)
    low, high = 0.0, float(difficulty ** (1 / len(shifts)))
    while low < (middle := (low + high) / 2) < high:
        if math.prod(middle + base + shift for shift in shifts) < difficulty:
            low = middle
        else:
            high = middle
    return base + high
