"""PyTorch's modules, in their own precision."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.networks.curvature.base import Array, Curvature
from theory.errors import ParameterError, ShapeError


def of_module(module: Any, X: Any, y: Any) -> Curvature:
    """Take a module whose output is one number for each sample, with all parameters that ask for a gradient.

    Raises:
        ParameterError: it has none; or it is being trained, and drops out at random or normalizes over the batch.
        ShapeError: it puts out more or fewer numbers.
    """
    import torch

    named = {name: one for name, one in module.named_parameters() if one.requires_grad}
    if not named:
        raise ParameterError("the module has no parameter that asks for a gradient")
    parameters = list(named.values())
    like = {"dtype": parameters[0].dtype, "device": parameters[0].device}
    inputs, labels = (torch.as_tensor(np.asarray(values), **like) for values in (X, y))
    _refuse_chance(torch, module, inputs)
    with torch.enable_grad():
        outputs = module(inputs)
        if outputs.numel() != len(labels):
            raise ShapeError(
                f"the module puts out {tuple(outputs.shape)} for {len(labels)} labels; one for each is asked"
            )
        loss = ((outputs.reshape(-1) - labels) ** 2).sum() / (2 * len(labels))
        gradient = torch.autograd.grad(loss, parameters, create_graph=True, allow_unused=True)

    def product(direction: Array) -> Array:
        parts = torch.split(torch.as_tensor(direction, **like), [one.numel() for one in parameters])
        pairs = [(g, part.reshape(g.shape)) for g, part in zip(gradient, parts, strict=True) if g is not None]
        along = sum((g * part).sum() for g, part in pairs)
        found = torch.autograd.grad(along, parameters, retain_graph=True, allow_unused=True, materialize_grads=True)
        return np.concatenate([one.detach().cpu().numpy().ravel().astype(np.float64) for one in found])

    return Curvature(product, {name: one.numel() for name, one in named.items()})


def _refuse_chance(torch: Any, module: Any, inputs: Any) -> None:
    """Refuse a module whose outputs are drawn, or one that a pass changes."""
    say = "so that its loss is not that of the model in use; call its eval() first"
    batch = next((one for one in module.modules() if one.training and "BatchNorm" in type(one).__name__), None)
    if batch is not None:
        raise ParameterError(f"the module is being trained and has a {type(batch).__name__}, {say}")
    if any(one.training for one in module.modules()):
        with torch.no_grad():
            if not torch.allclose(module(inputs), module(inputs), rtol=1e-3, atol=0, equal_nan=True):
                raise ParameterError(f"the module is being trained and gives other outputs each time, {say}")
