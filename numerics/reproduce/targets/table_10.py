"""Table 10: how little the bounds of Theorem 4.6 leave open, on SVHN and speech."""

from numerics.reproduce.balanced_minimizer import depth_rows, gap
from numerics.reproduce.table import DrawTable, of_spectrum

TARGET = DrawTable(
    "table-10",
    "Table 10: gap between the bounds of Theorem 4.6, of SVHN and speech",
    depth_rows("svhn", "speech"),
    of_spectrum(gap),
)
