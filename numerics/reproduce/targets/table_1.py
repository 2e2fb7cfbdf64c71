"""Table 1: how the dataset difficulty grows with the number of samples."""

from numerics.reproduce.table import DrawTable, Row, of_spectrum

TARGET = DrawTable(
    "table-1",
    "Table 1: dataset difficulty Q (Definition 4.1)",
    [Row(data, "Q") for data in ("cifar10", "svhn", "speech")],
    of_spectrum(lambda row, spectrum: spectrum.difficulty),
    columns=(100, 300, 1000),
)
