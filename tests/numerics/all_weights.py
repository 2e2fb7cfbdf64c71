"""Gradient descent on all the weights `u` and `v_j` with all the data, written out as the paper has it (equation 1)."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def product(factors: Iterable[Any]) -> Any:
    result = 1
    for factor in factors:
        result = result * factor
    return result


def residual(X: Any, y: Any, u: Any, v: Sequence[Any]) -> Any:
    return X @ u * product(v) - y


def loss(X: Any, y: Any, u: Any, v: Sequence[Any]) -> Any:
    z = residual(X, y, u, v)
    return (z @ z) / (2 * len(y))


def step(X: Any, y: Any, u: Any, v: Sequence[Any], eta: Any, batch: Any = slice(None)) -> tuple[Any, list[Any]]:
    """One step on a batch of samples, in whatever numbers the arrays hold."""
    rows, z = X[batch], residual(X[batch], y[batch], u, v)
    first = rows.T @ z * product(v) / len(z)
    others = [(rows @ u) @ z * product(v[:j]) * product(v[j + 1 :]) / len(z) for j in range(len(v))]
    return u - eta * first, [x - eta * slope for x, slope in zip(v, others, strict=True)]


def hessian(X: Any, y: Any, u: Any, v: Sequence[Any]) -> Any:
    """The Hessian of the loss in `(u, v)`, as a dense matrix of floats."""
    n_layers, n, z, Xu = len(v), len(y), residual(X, y, u, v), X @ u
    P = product(v)
    H = np.zeros((len(u) + n_layers,) * 2)
    H[: len(u), : len(u)] = P**2 * X.T @ X
    for j in range(n_layers):
        p = product(v[:j]) * product(v[j + 1 :])
        H[: len(u), len(u) + j] = H[len(u) + j, : len(u)] = X.T @ (z + P * Xu) * p
        for k in range(n_layers):
            q = product(v[:k]) * product(v[k + 1 :])
            H[len(u) + j, len(u) + k] = p * q * (Xu @ Xu)
            if j != k:
                H[len(u) + j, len(u) + k] += product(x for i, x in enumerate(v) if i not in (j, k)) * (Xu @ z)
    return H / n
