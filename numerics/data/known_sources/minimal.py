"""`minimal:N,s1,s2,d1,d2`: the synthetic data of Appendix D.1, given by their spectrum.

`X = s1 e1 w1^T + s2 e2 w2^T` and `y = d1 e1 + d2 e2` with `w1, w2` the two axes. The left singular vector
`e1` is constant on the samples 1, 3, 5, ... and `e2` on 2, 4, 6, ...: they share no sample, so they are
orthogonal without rounding, and both singular values keep full relative precision however far apart.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np

from numerics.arithmetic.base import exact_fraction
from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from theory.errors import ParameterError

_LARGEST_EXPONENT = 150  # squares of such numbers still are float64
_RANGE = f"between 1e-{_LARGEST_EXPONENT} and 1e{_LARGEST_EXPONENT} in size"

Pair = tuple[Fraction, Fraction]


def _exact(text: str) -> Fraction:
    number = exact_fraction(text)
    if number and not Fraction(1, 10**_LARGEST_EXPONENT) <= abs(number) <= 10**_LARGEST_EXPONENT:
        raise ValueError(f"{text.strip()!r} is not {_RANGE}")
    return number


def _parse(text: str) -> tuple[int, Pair, Pair]:
    parts = text.split(",")
    if len(parts) != 5:
        raise ValueError(f"{len(parts)} parameter(s) instead of five")
    count = parts[0].strip()
    if not (count.isascii() and count.isdigit() and len(count) < 10):
        raise ValueError(f"N = {count!r} is not a whole number below a thousand million")
    n_samples = int(count)
    if n_samples < 2:
        raise ValueError(f"N = {n_samples}, but rank 2 needs at least 2 samples")
    s_1, s_2, d_1, d_2 = map(_exact, parts[1:])
    if not s_1 >= s_2 > 0:
        raise ValueError("the singular values must be s1 >= s2 > 0")
    return n_samples, (s_1, s_2), (d_1, d_2)


def _load(name: str, spectrum: tuple[int, Pair, Pair], subset: Subset) -> Dataset:
    n_samples, singular_values, coefficients = spectrum
    if subset.samples not in (None, n_samples):
        raise ParameterError(
            f"{name}: the number of samples is part of this source, and a subset would have another spectrum; "
            f"write minimal:{subset.samples},... and leave samples out"
        )
    X = np.zeros((n_samples, 2))
    y = np.zeros(n_samples)
    for mode in (0, 1):
        members = slice(mode, None, 2)
        height = 1.0 / sqrt(len(range(n_samples)[members]))
        X[members, mode] = float(singular_values[mode]) * height
        y[members] = float(coefficients[mode]) * height
    return Dataset(
        name,
        X,
        y,
        "rank-2 data with these singular values and label coefficients (Appendix D.1)",
        exact_singular_values=singular_values,
        exact_label_coefficients=coefficients,
    )


SOURCE = Source(
    form="minimal:N,s1,s2,d1,d2",
    example="minimal:100,5.477,0.233,0.3,1.414",
    summary="N samples with singular values s1, s2 and label coefficients d1, d2 (Appendix D.1)",
    parse=_parse,
    load=_load,
)
