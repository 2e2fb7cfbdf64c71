"""Tables 3, 4, 9 and 10: the two terms of Theorem 4.6, for depths 2 to 5."""

from functools import partial

from numerics.reproduce.table import DrawTable, gap, of_spectrum
from theory import Spectrum
from theory.bounds import balanced_minimizer, predicted_sharpness
from theory.language.numbers import Number

DEPTHS = (2, 3, 4, 5)


def _gap(spectrum: Spectrum, depth: int) -> Number:
    return gap(balanced_minimizer(spectrum, depth))


_PREDICTION = {f"D = {depth}": of_spectrum(partial(predicted_sharpness, depth=depth)) for depth in DEPTHS}
_GAP = {f"D = {depth}": of_spectrum(partial(_gap, depth=depth)) for depth in DEPTHS}

TARGETS = (
    DrawTable(
        "table-3", "Table 3: predicted sharpness s_1^2 Q^((D-1)/D) / N (Definition 5.8)", ["cifar10"], _PREDICTION
    ),
    DrawTable("table-4", "Table 4: gap between the bounds of Theorem 4.6", ["cifar10"], _GAP),
    DrawTable(
        "table-9", "Table 9: predicted sharpness of SVHN and speech (Definition 5.8)", ("svhn", "speech"), _PREDICTION
    ),
    DrawTable(
        "table-10", "Table 10: gap between the bounds of Theorem 4.6, of SVHN and speech", ("svhn", "speech"), _GAP
    ),
)
