"""Table 9: the predicted sharpness at depths 2 to 5, of SVHN and speech."""

from numerics.reproduce.balanced_minimizer import depth_rows, prediction
from numerics.reproduce.table import DrawTable, of_spectrum

TARGET = DrawTable(
    "table-9",
    "Table 9: predicted sharpness of SVHN and speech (Definition 5.8)",
    depth_rows("svhn", "speech"),
    of_spectrum(prediction),
)
