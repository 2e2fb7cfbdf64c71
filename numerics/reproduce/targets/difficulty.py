"""Tables 1, 2 and 8: the dataset difficulty, and the imbalance below which the bounds fall as the imbalance grows."""

from numerics.reproduce.table import DrawTable, of_spectrum

_DIFFICULTY = {"Q": of_spectrum(lambda spectrum: spectrum.difficulty)}
_THRESHOLD = {"T_1": of_spectrum(lambda spectrum: spectrum.imbalance_threshold)}

TARGETS = (
    DrawTable(
        "table-1",
        "Table 1: dataset difficulty Q (Definition 4.1)",
        ("cifar10", "svhn", "speech"),
        _DIFFICULTY,
        columns=(100, 300, 1000),
    ),
    DrawTable("table-2", "Table 2: imbalance threshold T_1 (Theorem 4.3)", ["cifar10"], _THRESHOLD),
    DrawTable(
        "table-8", "Table 8: imbalance threshold T_1 of SVHN and speech (Theorem 4.3)", ("svhn", "speech"), _THRESHOLD
    ),
)
