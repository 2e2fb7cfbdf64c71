"""Table 12: what the bounds on the expected sharpness at initialization leave open."""

from numerics.reproduce.random_start import at_start
from numerics.reproduce.table import DrawTable, Row, rows
from numerics.work.task import Arrays


def _quantity(row: Row, draw: Arrays) -> float:
    bounds = at_start(draw)
    return float(bounds.upper - bounds.lower)


TARGET = DrawTable(
    "table-12", "Table 12: gap between the bounds on the initial sharpness (Theorem 5.6)", rows("gap"), _quantity
)
