"""Table 12: what the bounds on the expected sharpness at initialization leave open."""

from numerics.reproduce.random_initialization import at_start, gap
from numerics.reproduce.table import DrawTable, rows

TARGET = DrawTable(
    "table-12", "Table 12: gap between the bounds on the initial sharpness (Theorem 5.6)", rows("gap"), gap(at_start)
)
