"""Single precision: 24 bits."""

import numpy as np

from numerics.arithmetic.floats import NumpyFloat


class Float32(NumpyFloat):
    """NumPy's float32: 24 bits, overflow beyond 2^128.

    >>> Float32().number(0.1)
    np.float32(0.1)
    """

    kind = "float32"
    dtype = np.float32
    scalar = np.float32

    def __init__(self) -> None:
        super().__init__(24)
