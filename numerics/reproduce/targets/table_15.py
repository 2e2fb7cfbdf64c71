"""Table 15: what the bounds on the expected sharpness at convergence leave open."""

from numerics.reproduce.random_start import at_convergence
from numerics.reproduce.table import DrawTable, Row, rows
from numerics.work.task import Arrays


def _quantity(row: Row, draw: Arrays) -> float:
    bounds = at_convergence(draw)
    return float(bounds.upper - bounds.lower)


TARGET = DrawTable(
    "table-15", "Table 15: gap between the bounds on the sharpness at convergence (Theorem 5.7)", rows("gap"), _quantity
)
