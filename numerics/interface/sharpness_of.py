"""The sharpness of anybody's model, whole and by layers, with how far each number can be off."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import exact_fraction
from numerics.arithmetic.whole_numbers import whole
from numerics.networks.curvature.base import Curvature
from numerics.networks.curvature.jax_function import of_function
from numerics.networks.curvature.own import of_weights
from numerics.networks.curvature.torch_module import of_module
from numerics.networks.lanczos import largest_eigenvalues
from theory.errors import ParameterError, ShapeError

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class ModelSharpness:
    """The largest eigenvalues of a Hessian.

    Attributes:
        eigenvalues: from the largest down, shape `(k,)`.
        residuals: `||H v - lambda v||`: each lies that near to an eigenvalue, whatever the iteration did.
        layers: the largest eigenvalue of each layer's own block, and its residual.
        size: number of parameters.
    """

    eigenvalues: Array
    residuals: Array
    layers: Mapping[str, tuple[float, float]]
    size: int

    @property
    def value(self) -> float:
        """The sharpness: a Rayleigh quotient, so that the largest eigenvalue is at least this."""
        return float(self.eigenvalues[0])

    @property
    def residual(self) -> float:
        """Its residual."""
        return float(self.residuals[0])

    def __repr__(self) -> str:
        pairs = zip(self.eigenvalues, self.residuals, strict=True)
        rows = [(f"eigenvalue {k}", *pair) for k, pair in enumerate(pairs, 1)]
        rows += [(name, *pair) for name, pair in self.layers.items()]
        wide = max(len(name) for name, _, _ in rows)
        lines = [f"{name:{wide}}  {value:<12.7g} residual {residual:.1e}" for name, value, residual in rows]
        return "\n".join([f"Hessian of ||f - y||^2 / (2N) in {self.size} parameters", *lines])


def sharpness_of(
    model: Any,
    X: Any,
    y: Any,
    *,
    parameters: Any = None,
    activation: str = "identity",
    count: int = 1,
    layers: bool = False,
    tolerance: float | None = None,
) -> ModelSharpness:
    """Find the largest eigenvalues of the Hessian of `||f(X) - y||^2 / (2N)` at a model's parameters.

    The normalisation is one half of the mean of the squares: PyTorch's `MSELoss` has twice that Hessian.

    Args:
        model: a PyTorch module; a JAX function `f(parameters, X)`; or the matrices `W_1, ..., W_D` of a fully connected
            network without biases, the last of shape `(1, h)`. Its output is one number for each sample.
        X: data, shape `(N, d)`, or whatever the model takes, N first.
        y: labels, shape `(N,)`.
        parameters: of a JAX function.
        activation: of a network given by its matrices.
        count: how many eigenvalues.
        layers: whether to find the largest eigenvalue of each layer's own block too.
        tolerance: greatest residual, relative to the largest eigenvalue; by default 1e-7, and 1e-4 for models in
            single precision.

    Raises:
        NotConvergedError: a residual is larger; there is no number then.
        NotFiniteError: the Hessian is not finite.
        ParameterError, ShapeError: the model or the data do not do. A module that is being trained is refused where it
            drops out at random or normalizes over the batch: the loss is then not that of the model in use.

    Examples:
        >>> found = sharpness_of([[[1.0]], [[3.0]]], [[2.0]], [6.0], layers=True)
        >>> round(found.value, 6), {name: round(value, 6) for name, (value, _) in found.layers.items()}
        (40.0, {'layer 1': 36.0, 'layer 2': 4.0})
    """
    count = whole(count, "the number of eigenvalues")
    within = None if tolerance is None else float(exact_fraction(tolerance))
    found = _curvature(model, X, y, parameters, activation)
    if within is None:
        within = 1e-7 if _is_double(model, parameters) else 1e-4
    top = largest_eigenvalues(found.product, found.size, count, within)
    blocks = {}
    for name, size in found.sizes.items() if layers else ():
        block = largest_eigenvalues(found.of_layer(name), size, 1, within)
        blocks[name] = float(block.values[0]), float(block.residuals[0])
    return ModelSharpness(top.values, top.residuals, blocks, found.size)


def _curvature(model: Any, X: Any, y: Any, parameters: Any, activation: str) -> Curvature:
    if np.ndim(y) != 1 or len(y) == 0:  # a column would be subtracted from a row, which gives a matrix
        raise ShapeError(f"the labels have the shape {np.shape(y)}; give one number for each sample, shape (N,)")
    if _is_module(model):
        return of_module(model, X, y)
    if callable(model):
        if parameters is None:
            raise ParameterError("a function needs its parameters; give parameters=..., as in f(parameters, X)")
        if importlib.util.find_spec("jax") is None:
            raise ParameterError("the derivatives of a function need the package jax; install it, or give matrices")
        return of_function(model, parameters, X, y)
    if isinstance(model, list | tuple):
        return of_weights(model, activation, X, y)
    raise ParameterError(
        f"{type(model).__name__} is no model; give a PyTorch module, a JAX function or a list of matrices"
    )


def _is_module(model: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(model, torch.nn.Module)


def _is_double(model: Any, parameters: Any) -> bool:
    if _is_module(model):
        return str(next(iter(model.parameters())).dtype) == "torch.float64"
    if callable(model):
        import jax

        return all(leaf.dtype == np.float64 for leaf in jax.tree_util.tree_leaves(parameters))
    return True
