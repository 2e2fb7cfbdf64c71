"""Table 4: how little the bounds of Theorem 4.6 leave open."""

from numerics.reproduce.balanced_minimizer import depth_rows, gap
from numerics.reproduce.table import DrawTable, of_spectrum

TARGET = DrawTable(
    "table-4",
    "Table 4: gap between the bounds of Theorem 4.6",
    depth_rows("cifar10"),
    of_spectrum(gap),
)
