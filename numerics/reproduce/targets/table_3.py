"""Table 3: the predicted sharpness at depths 2 to 5."""

from numerics.reproduce.balanced_minimizer import depth_rows, prediction
from numerics.reproduce.table import DrawTable, of_spectrum

TARGET = DrawTable(
    "table-3",
    "Table 3: predicted sharpness s_1^2 Q^((D-1)/D) / N (Definition 5.8)",
    depth_rows("cifar10"),
    of_spectrum(prediction),
)
