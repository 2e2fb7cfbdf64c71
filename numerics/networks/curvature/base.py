"""What is asked of a model whose sharpness is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Curvature:
    """The Hessian of `||f(X) - y||^2 / (2N)` in all parameters, by its products.

    Attributes:
        product: multiplies it by a direction, shape `(size,)`.
        sizes: how many parameters each layer has, by its name, in the order of the direction.
    """

    product: Callable[[Array], Array]
    sizes: Mapping[str, int]

    @property
    def size(self) -> int:
        """Number of parameters."""
        return sum(self.sizes.values())

    def of_layer(self, name: str) -> Callable[[Array], Array]:
        """Give the product of a layer's own block of the Hessian."""
        names = list(self.sizes)
        begin = sum(self.sizes[before] for before in names[: names.index(name)])
        inside = slice(begin, begin + self.sizes[name])

        def product(direction: Array) -> Array:
            whole = np.zeros(self.size)
            whole[inside] = direction
            return self.product(whole)[inside]

        return product
