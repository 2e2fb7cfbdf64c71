"""The spectrum of data, and what each mode adds to their difficulty Q."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.figures.panels import Curve, Panel


def spectrum_panels(singular_values: Sequence[float], shares: Sequence[float], noise: float) -> list[Panel]:
    """Show the singular values over the largest, and the share of Q of each mode.

    Args:
        singular_values: `s_i`, falling.
        shares: `d_i^2 / (s_i^2 Q)`.
        noise: so much of the largest may be what rounding left of 0.

    Examples:
        >>> [panel.title for panel in spectrum_panels([2.0, 1.0], [0.5, 0.5], 1e-15)]
        ['Spectrum', 'Contributions to Q']
    """
    places = np.arange(1, len(singular_values) + 1)
    falling = np.array(singular_values) / singular_values[0]
    return [
        Panel(
            "Spectrum",
            "mode i",
            "s_i / s_1",
            [Curve("", places, falling, dots=True)],
            log_y=True,
            levels=[("what rounding may leave of 0", noise)],
        ),
        Panel(
            "Contributions to Q",
            "mode i",
            "d_i^2 / (s_i^2 Q)",
            [Curve("", places, np.array(shares), dots=True)],
            log_y=True,
        ),
    ]
