"""Table 8: the imbalance threshold of SVHN and speech."""

from numerics.reproduce.table import DrawTable, Row, of_spectrum

TARGET = DrawTable(
    "table-8",
    "Table 8: imbalance threshold T_1 of SVHN and speech (Theorem 4.3)",
    [Row("svhn", "T_1"), Row("speech", "T_1")],
    of_spectrum(lambda row, spectrum: spectrum.imbalance_threshold),
)
