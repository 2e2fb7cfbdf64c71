"""Table 15: what the bounds on the expected sharpness at convergence leave open."""

from numerics.reproduce.random_initialization import at_convergence, gap
from numerics.reproduce.table import DrawTable, rows

TARGET = DrawTable(
    "table-15",
    "Table 15: gap between the bounds on the sharpness at convergence (Theorem 5.7)",
    rows("gap"),
    gap(at_convergence),
)
