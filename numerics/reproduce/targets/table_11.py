"""Table 11: the lower bound on the expected sharpness at initialization."""

from numerics.reproduce.random_start import at_start
from numerics.reproduce.table import DrawTable, Row, rows
from numerics.work.task import Arrays


def _quantity(row: Row, draw: Arrays) -> float:
    bounds = at_start(draw)
    return float(bounds.lower)


TARGET = DrawTable(
    "table-11", "Table 11: lower bound on the initial sharpness (Theorem 5.6)", rows("lower bound"), _quantity
)
