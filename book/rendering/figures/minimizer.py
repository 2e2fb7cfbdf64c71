"""Theorems 4.3 and 4.6 as pictures: both bounds and the exact sharpness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import band, panels, picture
from theory import Spectrum
from theory.bounds import balanced_minimizer, minimizer_sharpness, two_layer_minimizer


def over_imbalance(spectrum: Spectrum, name: str) -> Html:
    """Two layers: bounds and exact sharpness over the layer imbalance, with the threshold of Remark 4.4."""
    threshold = float(spectrum.imbalance_threshold)
    grid = np.linspace(-1.5 * threshold, 2.5 * threshold, 161)
    bounds = [two_layer_minimizer(spectrum, float(C)) for C in grid]
    with panels() as (figure, axes):
        band(axes, grid, bounds)
        axes.plot(grid, [minimizer_sharpness(spectrum, imbalance=float(C)) for C in grid], label="exact sharpness")
        axes.axvline(threshold, color="black", linestyle="dotted", label="threshold $T_1$")
        axes.set(yscale="log", xlabel="layer imbalance $C$", ylabel="sharpness $S$")
    return picture(
        figure,
        "Bounds and exact sharpness over the layer imbalance: all fall up to the threshold T_1",
        f"{name}: Theorem 4.3's bounds and the exact sharpness of the minimizer with imbalance C.",
    )


def over_depth(spectrum: Spectrum, name: str, depths: Sequence[int] = range(2, 13)) -> Html:
    """Balanced layers: bounds and exact sharpness over the depth."""
    bounds = [balanced_minimizer(spectrum, depth) for depth in depths]
    exact = [minimizer_sharpness(spectrum, depth=depth) for depth in depths]
    with panels() as (figure, axes):
        band(axes, depths, bounds)
        axes.plot(depths, exact, "o-", markersize=4, label="exact sharpness")
        axes.set(xlabel="depth $D$", ylabel="sharpness $S$")
    return picture(
        figure,
        "Bounds and exact sharpness of the balanced minimizer over the depth",
        f"{name}: Theorem 4.6's bounds and the exact sharpness of the balanced minimizer at each depth.",
    )
