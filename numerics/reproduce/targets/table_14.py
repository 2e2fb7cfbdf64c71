"""Table 14: the lower bound on the expected sharpness at convergence."""

from numerics.reproduce.random_start import at_convergence
from numerics.reproduce.table import DrawTable, Row, rows
from numerics.work.task import Arrays


def _quantity(row: Row, draw: Arrays) -> float:
    bounds = at_convergence(draw)
    return float(bounds.lower)


TARGET = DrawTable(
    "table-14", "Table 14: lower bound on the sharpness at convergence (Theorem 5.7)", rows("lower bound"), _quantity
)
