"""Table 14: the lower bound on the expected sharpness at convergence."""

from numerics.reproduce.random_initialization import at_convergence, lower_bound
from numerics.reproduce.table import DrawTable, rows

TARGET = DrawTable(
    "table-14",
    "Table 14: lower bound on the sharpness at convergence (Theorem 5.7)",
    rows("lower bound"),
    lower_bound(at_convergence),
)
