"""Wide networks on images: the row space, kernels and long steps against automatic derivatives on every feature."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

from numerics.arithmetic import Float32
from numerics.benchmarks.line import Line
from numerics.benchmarks.timing import by_turns, jax, seconds
from numerics.data import Dataset
from numerics.networks.gradient_flow import gradient_flow
from numerics.networks.hessian import top_of_hessian
from numerics.networks.network import Network
from numerics.networks.row_space import row_space_coordinates
from numerics.networks.starts import start

SAMPLES = 100
_WIDTHS = (512, 1024, 2048)
_LOSS, _RESIDUAL, _FLOW_TOLERANCE, _AGREE = 1e-4, 1e-4, 1e-4, 1e-3
_AIM, _AGAINST, _TURNS, _AT_ONCE = "10", "JAX, all features", 5, 10
Doubles = NDArray[np.float64]


def kernels() -> str:
    """Say which kernels NumPy multiplies matrices by: old ones, where it does not know the processor."""
    found = sorted({str(one["architecture"]) for one in threadpool_info() if one.get("internal_api") == "openblas"})
    chosen = ", chosen by OPENBLAS_CORETYPE" if os.environ.get("OPENBLAS_CORETYPE") else ""
    return f"NumPy's products of matrices are OpenBLAS's for {' and '.join(found)}{chosen}." if found else ""


def network_lines(dataset: Dataset, widths: tuple[int, ...] = _WIDTHS) -> Iterator[Line]:
    """Measure a gradient, a sharpness and a run of a tanh network of three layers, or say what is missing.

    Raises:
        RuntimeError: the two ways do not agree.
    """
    package = jax()
    if package is None:
        yield Line("networks", None, None, "JAX: left out, the package jax is not installed", _AIM)
        return
    X, y = np.asarray(dataset.X), np.asarray(dataset.y)
    (reduction,) = by_turns([lambda: seconds(lambda: row_space_coordinates(X))], _TURNS)
    yield Line(f"row space of {len(X)} images, once for a data set", reduction, None, "")
    for width in widths:
        ours, plain = _Ours(X, y, width), _Plain(package, X, y, width)
        rank = ours.data.shape[1]
        limit = (2 * X.shape[1] + 3 * width) / (2 * rank + 3 * width)
        more = f"; equal speed gives {limit:.2g}"
        yield _line(f"gradient, width {width}", ours.gradient, plain.gradient, _TURNS, more, _AT_ONCE)
        linear = _Ours(X, y, width, "identity"), _Plain(package, X, y, width, "identity")
        what = f"gradient of a linear network, width {width}"
        yield _line(what, linear[0].gradient, linear[1].gradient, _TURNS, at_once=_AT_ONCE)
        yield _line(f"sharpness at the start, width {width}", ours.sharpness, plain.sharpness, 3)
        plain.compile_step()
        yield _line(f"run to a loss of {_LOSS:g}, width {width}", ours.run, plain.run, 1)
        apart = abs(ours.sharpness() / plain.sharpness() - 1)
        steps = f"{ours.steps} steps against {plain.steps}"
        yield Line(f"difference of their final sharpnesses, {steps}", apart, None, "", f"{_AGREE:g}", "")
        yield _line(f"sharpness after that, width {width}", ours.sharpness, plain.sharpness, 3)


def _line(
    what: str, ours: Callable[[], float], plain: Callable[[], float], turns: int, more: str = "", at_once: int = 1
) -> Line:
    """Measure two ways to one number, which must be the same."""
    if turns > 1:  # what is compiled or read at the first call is not measured
        ours(), plain()
    found: dict[Callable[[], float], float] = {}

    def measured(way: Callable[[], float]) -> Callable[[], float]:
        return lambda: seconds(lambda: found.update({way: way()}), at_once)

    mine, its = by_turns([measured(ours), measured(plain)], turns)
    if abs(found[ours] / found[plain] - 1) > _AGREE:
        raise RuntimeError(f"{what}: the two ways give {found[ours]:.7g} and {found[plain]:.7g}")
    return Line(what, mine, its, _AGAINST, _AIM + more)


class _Ours:
    """Coordinates in the row space, float32; long steps by tangent kernels; Lanczos from the kernel's eigenvector."""

    def __init__(self, X: Doubles, y: Doubles, width: int, activation: str = "tanh") -> None:
        inside, basis = row_space_coordinates(X)
        self.y, self.steps, widths = y, 0, (width, width)
        self.data = inside.astype(np.float32)
        self.network = Network.from_data(self.data, y, widths, activation, Float32())
        self.weights = [matrix.astype(np.float32) for matrix in start("default", basis, widths, 0)]

    def gradient(self) -> float:
        """Compute the gradient, and give a number to compare it by: its norm in the last layer."""
        return float(np.linalg.norm(self.network.gradient(self.weights, np.float32(1 / len(self.y)))[-1]))

    def sharpness(self) -> float:
        """Compute the largest eigenvalue of the Hessian."""
        state = self.network.state(self.weights)
        return float(top_of_hessian(self.network, state, 1, _RESIDUAL, Float32()).values[0])

    def run(self) -> float:
        """Follow gradient flow from the start, stay at its end, and give the sharpness there."""
        end = gradient_flow(
            self.data, self.y, self.weights, self.network.activation, loss=_LOSS, tolerance=_FLOW_TOLERANCE
        )
        self.weights, self.steps = end.weights, end.steps
        return self.sharpness()


class _Plain:
    """Automatic derivatives of the network on every feature in float32, ARPACK's Lanczos, the paper's Runge-Kutta."""

    def __init__(self, jax: Any, X: Doubles, y: Doubles, width: int, activation: str = "tanh") -> None:
        numbers = jax.numpy
        rows, labels = numbers.asarray(X, dtype="float32"), numbers.asarray(y, dtype="float32")
        drawn = start("default", np.eye(X.shape[1]), (width, width), 0)
        self.weights = [numbers.asarray(matrix, dtype="float32") for matrix in drawn]
        self.steps, self._jax = 0, jax

        def outputs(weights: Any) -> Any:
            first, second, last = weights
            if activation == "identity":  # no product of two large matrices, in the form that XLA does fastest
                return rows @ ((last @ second) @ first)[0]
            return numbers.tanh(numbers.tanh(rows @ first.T) @ second.T) @ last[0]

        def loss(weights: Any) -> Any:
            return numbers.sum((outputs(weights) - labels) ** 2) / (2 * len(y))

        slope = jax.grad(loss)

        def moved(weights: Any, along: Any, length: Any) -> Any:
            return [matrix - length * part for matrix, part in zip(weights, along, strict=True)]

        def step(weights: Any, length: Any) -> Any:
            reached, one = jax.value_and_grad(loss)(weights)
            two = slope(moved(weights, one, length / 2))
            three = slope(moved(weights, two, length / 2))
            four = slope(moved(weights, three, length))
            sums = [a + 2 * b + 2 * c + d for a, b, c, d in zip(one, two, three, four, strict=True)]
            return moved(weights, sums, length / 6), reached

        # A tree of matrices: with one flat vector of weights XLA's products of matrices take up to ten times as long.
        self._slope, self._step = jax.jit(slope), jax.jit(step)
        self._product = jax.jit(lambda weights, move: jax.jvp(slope, (weights,), (move,))[1])

    def gradient(self) -> float:
        """Compute the gradient, and give a number to compare it by: its norm in the last layer."""
        return float(np.linalg.norm(np.asarray(self._jax.block_until_ready(self._slope(self.weights))[-1])))

    def sharpness(self) -> float:
        """Compute the largest eigenvalue of the Hessian."""
        from scipy.sparse.linalg import LinearOperator, eigsh

        sizes = [matrix.size for matrix in self.weights]

        def product(direction: Any) -> Any:
            parts = np.split(direction.ravel(), np.cumsum(sizes)[:-1])
            move = [part.reshape(matrix.shape) for part, matrix in zip(parts, self.weights, strict=True)]
            return np.concatenate([np.asarray(part).ravel() for part in self._product(self.weights, move)])

        operator = LinearOperator((sum(sizes),) * 2, matvec=product, dtype=np.float32)
        return float(eigsh(operator, k=1, which="LA", tol=_RESIDUAL, return_eigenvectors=False)[0])

    def compile_step(self) -> None:
        """Compile the step of a run, which is not measured."""
        self._jax.block_until_ready(self._step(self.weights, 0.0))

    def run(self) -> float:
        """Follow gradient flow by steps of `1/S`, S measured every 50 steps, and give the sharpness at the end."""
        while True:
            if self.steps % 50 == 0:
                length = 1 / self.sharpness()
            moved, reached = self._step(self.weights, length)
            if float(reached) <= _LOSS:
                return self.sharpness()
            self.weights, self.steps = moved, self.steps + 1
