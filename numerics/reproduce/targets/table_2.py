"""Table 2: the imbalance below which the bounds fall as the imbalance grows."""

from numerics.reproduce.table import DrawTable, Row, of_spectrum

TARGET = DrawTable(
    "table-2",
    "Table 2: imbalance threshold T_1 (Theorem 4.3)",
    [Row("cifar10", "T_1")],
    of_spectrum(lambda row, spectrum: spectrum.imbalance_threshold),
)
