"""Double precision: 53 bits."""

from __future__ import annotations

import numpy as np

from numerics.arithmetic.base import LANES, Number, Vector
from numerics.arithmetic.numpy_float import NumpyFloat


class Float64(NumpyFloat):
    """NumPy's float64: 53 bits, overflow beyond 2^1024.

    >>> Float64().number("0.1")
    np.float64(0.1)
    """

    kind = "float64"
    summary = "double precision as the processor does it, 53 bits"
    dtype = np.float64
    scalar = np.float64

    def total(self, terms: Vector) -> Number:
        """Sum in the common order; few numbers as Python's floats, which round as NumPy's do and are quicker."""
        if terms.ndim == 1 and 2 < len(terms) <= LANES:
            return np.float64(self.total_of(terms.tolist()))
        return super().total(terms)

    def wider(self, extra: int) -> Float64:
        """Give float64, the widest that NumPy has."""
        return self


ARITHMETIC = Float64
