"""Table 11: the lower bound on the expected sharpness at initialization."""

from numerics.reproduce.random_initialization import at_start, lower_bound
from numerics.reproduce.table import DrawTable, rows

TARGET = DrawTable(
    "table-11",
    "Table 11: lower bound on the initial sharpness (Theorem 5.6)",
    rows("lower bound"),
    lower_bound(at_start),
)
