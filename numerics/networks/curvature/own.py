"""This house's networks: the weights' matrices and the name of the activation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numerics.arithmetic.float64 import Float64
from numerics.networks.curvature.base import Array, Curvature
from numerics.networks.hessian import HessianProduct
from numerics.networks.network import Network
from numerics.spectrum.arrays import in_float64, plain_array
from theory.errors import NumberKindError


def of_weights(weights: Sequence[Any], activation: str, X: Any, y: Any) -> Curvature:
    """Take the layers' matrices `W_1, ..., W_D`."""
    layers = [_numbers(f"W_{k}", matrix) for k, matrix in enumerate(weights, 1)]
    network = Network.from_data(X, y, tuple(len(matrix) for matrix in layers[:-1]), activation, Float64())
    product = HessianProduct(network, network.state(layers))
    return Curvature(product, {f"layer {k}": matrix.size for k, matrix in enumerate(layers, 1)})


def _numbers(what: str, matrix: Any) -> Array:
    found = plain_array("the model", what, matrix)
    if found.dtype.kind not in "biuf":
        raise NumberKindError(f"the model: {what} holds {found.dtype}; give real numbers")
    return in_float64("the model", what, found)
