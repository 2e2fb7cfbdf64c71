"""Single precision: 24 bits."""

from __future__ import annotations

import numpy as np

from numerics.arithmetic.float64 import Float64
from numerics.arithmetic.numpy_float import NumpyFloat


class Float32(NumpyFloat):
    """NumPy's float32: 24 bits, overflow beyond 2^128.

    >>> Float32().number(0.1)
    np.float32(0.1)
    """

    kind = "float32"
    summary = "single precision as the processor does it, 24 bits"
    dtype = np.float32
    scalar = np.float32

    def wider(self, extra: int) -> Float64:
        """Give float64, the widest that NumPy has."""
        return Float64()


ARITHMETIC = Float32
