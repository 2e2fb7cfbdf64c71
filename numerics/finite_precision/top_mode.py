"""Which oscillations escape, in the top mode alone, at any depth.

With no other mode and no label a step is `c+ = c (1 - P^2)`, `v_j+ = v_j (1 - c^2 P^2 / v_j^2)` in units in which
`eta s^2 / N = 1`; where `c = 0` every v is a fixed point, with `eta S = P^2`. Observed here, by following oscillations
that start small, over all phases:

- depth 2: none escapes below `eta S = 4`, all do above (`theory.formulas.blow_up` has the identity that proves both);
- depth 3 and more with equal layers: the first ones escape only above 4, and further up it takes luck, since an
  oscillation that hits `c^2 P^2 = v_j^2` closely brings all layers near 0 at once, where the sharpness is near 0 too;
- one layer much smaller than the others: 4 again, since the others hardly move and the map is that of depth 2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_SMALL = 1e-4
_FAR = 1e6


def escaping_share(top: float, layer_ratios: Sequence[float], *, phases: int = 200, steps: int = 3000) -> float:
    """Give the share of small oscillations that escape to infinity from `eta S = top`.

    Args:
        top: `eta S = P^2` before the oscillation, above 2.
        layer_ratios: the layers `v_1 .. v_(D-1)` up to a common factor, positive.
        phases: how many initial amplitudes, evenly spread over one step's growth on a logarithmic scale.
        steps: how long each is followed.

    >>> [escaping_share(top, [1.0], phases=20, steps=500) for top in (3.9, 4.1)]
    [0.0, 1.0]
    >>> [escaping_share(4.5, ratios, phases=20, steps=500) for ratios in ([1.0, 1.0], [1.0, 20.0])]
    [0.0, 1.0]
    """
    c = _SMALL * (top - 1) ** np.linspace(0.0, 1.0, phases, endpoint=False)
    ratios = np.asarray(layer_ratios, dtype=np.float64)
    layers = ratios * (np.sqrt(top) / np.prod(ratios)) ** (1 / len(ratios))
    v = np.repeat(layers[:, None], phases, axis=1)
    escaped = np.zeros(phases, dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            P = np.prod(v, axis=0)
            c, v = np.where(escaped, 0.0, c * (1 - P**2)), np.where(escaped, 1.0, v - c**2 * P * _others(v))
            escaped |= ~((np.abs(c) < _FAR) & (np.abs(v).max(axis=0) < _FAR))
    return float(escaped.mean())


def _others(v: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Give `P / v_j` without a division."""
    return np.array([np.prod(np.delete(v, j, axis=0), axis=0) for j in range(len(v))])
