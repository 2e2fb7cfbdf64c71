"""This house's networks: the weights' matrices and the name of the activation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.arithmetic.float64 import Float64
from numerics.networks.curvature.base import Curvature
from numerics.networks.hessian import HessianProduct
from numerics.networks.network import Network


def of_weights(weights: Sequence[Any], activation: str, X: Any, y: Any) -> Curvature:
    """Take the layers' matrices `W_1, ..., W_D`."""
    layers = [np.asarray(matrix, dtype=np.float64) for matrix in weights]
    network = Network.from_data(X, y, tuple(len(matrix) for matrix in layers[:-1]), activation, Float64())
    product = HessianProduct(network, network.state(layers))
    return Curvature(product, {f"layer {k}": matrix.size for k, matrix in enumerate(layers, 1)})
