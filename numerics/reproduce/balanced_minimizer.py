"""What Tables 3, 4, 9 and 10 show: the two terms of Theorem 4.6, for depths 2 to 5."""

from __future__ import annotations

from numerics.reproduce.table import Row
from theory import Spectrum
from theory.bounds import balanced_minimizer, predicted_sharpness

DEPTHS = (2, 3, 4, 5)


def depth_rows(*data: str) -> list[Row]:
    """Give a row for each data set and depth."""
    return [Row(key, f"D = {depth}") for key in data for depth in DEPTHS]


def prediction(row: Row, spectrum: Spectrum) -> float:
    """Evaluate the predicted sharpness (Definition 5.8) at the row's depth."""
    return float(predicted_sharpness(spectrum, _depth(row)))


def gap(row: Row, spectrum: Spectrum) -> float:
    """Evaluate the upper bound of Theorem 4.6 less its lower bound, at the row's depth."""
    bounds = balanced_minimizer(spectrum, _depth(row))
    return float(bounds.upper - bounds.lower)


def _depth(row: Row) -> int:
    return int(row.label.removeprefix("D = "))
