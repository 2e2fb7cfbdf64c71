"""Initial weights of a network, drawn for all the features and then taken in the row space of the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.shapes import layer_shapes
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError
from theory.formulas.parameter_checks import check_depth

Matrix = NDArray[np.float64]
_SMALL = 0.1


def start(name: str, basis: Any, widths: Sequence[int], seed: int) -> list[Matrix]:
    """Draw the weights of a network on data in coordinates of their row space.

    PyTorch's default is uniform, not Gaussian: no rotation of the features leaves its law alone, so it is drawn for all
    `d` features, and `W_1 V^T` is what the row space sees of it.

    Args:
        name: `default`, PyTorch's; `small`, a tenth of that; `balanced`; or `mup`.
        basis: V, orthonormal rows that span the row space, shape `(r, d)`.
        widths: neurons in each hidden layer.
        seed: fixes the draw.

    Raises:
        ParameterError: there is no start of that name.

    Examples:
        >>> [matrix.shape for matrix in start("default", np.eye(2, 5), (3, 4), seed=0)]
        [(3, 2), (4, 3), (1, 4)]
    """
    check_start(name)
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 2, 0]))
    return STARTS[name](random, np.asarray(basis, dtype=np.float64), widths)


def check_start(name: str) -> None:
    """Refuse a name that no start has."""
    if not isinstance(name, str) or name not in STARTS:
        near = did_you_mean(str(name), list(STARTS))
        raise ParameterError(f"there is no start {name!r}; give {', '.join(STARTS)}{near}")


def default(random: np.random.Generator, basis: Matrix, widths: Sequence[int]) -> list[Matrix]:
    """Each layer uniform on `[-1/sqrt(k), 1/sqrt(k)]`, with k the layer's number of inputs."""
    drawn = [random.uniform(-1.0, 1.0, shape) / shape[1] ** 0.5 for shape in layer_shapes(basis.shape[1], widths)]
    return [drawn[0] @ basis.T, *drawn[1:]]


def isotropy(n_features: int, width: int) -> float:
    """`kappa = h/(3d)`: the mean of `W_1^T W_1` of the default start is `kappa I`.

    Args:
        n_features: d.
        width: h, the number of neurons in the first layer.

    Raises:
        ParameterError: one of them is less than 1.

    Examples:
        >>> isotropy(4, 12)
        1.0
    """
    if min(n_features, width) < 1:
        raise ParameterError(f"features and neurons are at least 1, not {n_features} and {width}")
    return width / (3 * n_features)


def mean_kernel_scale(kappa: float, depth: int) -> float:
    """The c in `E K = c X X^T`, of the tangent kernel `K` (no 1/N) of linear layers of one width at the default start.

    `c = (D-1) kappa 3^(2-D) + 3^(1-D)`. A weight of a layer of k inputs has the mean square `1/(3k)`, and weights are
    independent. So a vector that goes back through a layer keeps on average a third of its square, and of what comes
    forward `E W_1^T W_1 = kappa I`, and `E W_j^T W_j = I/3` between layers of one width. Layer j adds
    `||W_D ... W_(j+1)||^2 X P^T P X^T` to K, `P = W_(j-1) ... W_1`: on average `3^(1-D) X X^T` for the first, and
    `3^(j-D) kappa 3^(2-j) X X^T` for each of the others.

    Args:
        kappa: of the start, `isotropy`.
        depth: number of layers `D >= 2`.

    Raises:
        ParameterError: depth is not a whole number of at least 2.

    Examples:
        >>> mean_kernel_scale(4.0, depth=2) == 4 + 1 / 3
        True
    """
    check_depth(depth)
    return (depth - 1) * kappa * 3.0 ** (2 - depth) + 3.0 ** (1 - depth)


def small(random: np.random.Generator, basis: Matrix, widths: Sequence[int]) -> list[Matrix]:
    """A tenth of the default."""
    return [_SMALL * matrix for matrix in default(random, basis, widths)]


def balanced(random: np.random.Generator, basis: Matrix, widths: Sequence[int]) -> list[Matrix]:
    """`W_(j+1)^T W_(j+1) = W_j W_j^T`, the first layer in the row space: `3^(-1/2) o_(j+1) o_j^T`, random unit vectors.

    With one output every balanced network has layers of rank one; `3^(-1/2)` is the norm of the default's last layer.
    """
    drawn = [random.normal(size=size) for size in (len(basis), *widths)]
    units = [vector / np.linalg.norm(vector) for vector in drawn]
    return [np.outer(after, before) / 3**0.5 for before, after in zip(units, [*units[1:], np.ones(1)], strict=True)]


def mup(random: np.random.Generator, basis: Matrix, widths: Sequence[int]) -> list[Matrix]:
    """Gaussian, of variance `1/k` for k inputs, the last layer `1/k^2`: as in maximal update parametrization.

    Only the start is that of muP: there all layers learn at one rate.
    """
    shapes = layer_shapes(basis.shape[1], widths)
    drawn = [random.normal(size=shape) / shape[1] ** 0.5 for shape in shapes]
    return [drawn[0] @ basis.T, *drawn[1:-1], drawn[-1] / shapes[-1][1] ** 0.5]


STARTS: Mapping[str, Callable[[np.random.Generator, Matrix, Sequence[int]], list[Matrix]]] = {
    one.__name__: one for one in (default, small, balanced, mup)
}
"""By the name that people type."""
