"""JAX's functions `f(parameters, X)`, in the precision of their parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.networks.curvature.base import Array, Curvature
from theory.errors import ShapeError


def of_function(function: Any, parameters: Any, X: Any, y: Any) -> Curvature:
    """Take a function of a tree of parameters and the data whose output is one number for each sample."""
    import jax
    import jax.numpy as jnp

    paths, tree = jax.tree_util.tree_flatten_with_path(parameters)
    leaves = [jnp.asarray(leaf) for _, leaf in paths]
    labels = jnp.asarray(y, dtype=leaves[0].dtype)
    inputs = jnp.asarray(X, dtype=leaves[0].dtype)

    def loss(parts: Any) -> Any:
        outputs = function(jax.tree_util.tree_unflatten(tree, parts), inputs)
        if outputs.size != len(labels):
            raise ShapeError(f"the function puts out {outputs.shape} for {len(labels)} labels; one for each is asked")
        return jnp.sum((outputs.reshape(-1) - labels) ** 2) / (2 * len(labels))

    along = jax.jit(lambda parts, moves: jax.jvp(jax.grad(loss), (parts,), (moves,))[1])

    def product(direction: Array) -> Array:
        ends = np.cumsum([leaf.size for leaf in leaves])[:-1]
        moves = [
            jnp.asarray(part.reshape(leaf.shape), dtype=leaf.dtype)
            for part, leaf in zip(np.split(direction, ends), leaves, strict=True)
        ]
        return np.concatenate([np.asarray(one, dtype=np.float64).ravel() for one in along(leaves, moves)])

    names = [jax.tree_util.keystr(path) or "parameters" for path, _ in paths]
    return Curvature(product, dict(zip(names, (int(leaf.size) for leaf in leaves), strict=True)))
