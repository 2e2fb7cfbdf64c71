"""A small Transformer as a model that optimizers train, in float64 and float32.

Each place of a sentence begins as a vector: its word's plus its own. Blocks of self-attention and of a hidden layer
with GELU add to it, each after a layer norm; `f` is the mean over the sentence's places times a last layer. There are
no biases. It is trained on `L = ||f - y||^2 / (2N)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Vector
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.model.base import Rates, State
from numerics.networks.network import ManyNeurons, split
from numerics.networks.transformer.pieces import Array, hidden_layer, layer_norm, self_attention, words_and_places
from theory.errors import NotFiniteError, ParameterError, ShapeError

_TINY = 2.0**-100  # its square is lost beside 1, and far from underflow


@dataclass(frozen=True, eq=False)
class Transformer(ManyNeurons):
    """The Transformer on sentences.

    Its `State` holds the last layer's weights in `layers`, and all others, matrix after matrix and row after row, in
    `first_layer`.

    Attributes:
        arithmetic: float64 or float32.
        words: the words' numbers, shape `(N, T)`, -1 behind a sentence's end.
        labels: y, shape `(N,)`.
        size: d, of the vectors.
        heads: of each self-attention, a divisor of d.
        blocks: how many.

    Raises:
        ParameterError: another arithmetic; sizes that are no whole numbers from 1 on; heads that do not divide the
            size; or words that are no whole numbers.
        ShapeError: not one label for each sentence, no sentence, or one without words.
        NotFiniteError: a label is not finite.

    >>> from numerics.arithmetic import Float64
    >>> model = Transformer(Float64(), np.array([[0, 1], [2, -1]]), np.array([1.0, -1.0]), size=4, blocks=1)
    >>> model.shapes
    [(3, 4), (2, 4), (4, 12), (4, 4), (4, 16), (16, 4), (1, 4)]
    >>> round(float(model.loss(model.start(seed=0))), 2)
    0.8
    """

    arithmetic: Arithmetic
    words: NDArray[np.intp]
    labels: Vector
    size: int = 32
    heads: int = 2
    blocks: int = 2

    def __post_init__(self) -> None:
        if not isinstance(self.arithmetic, NumpyFloat):
            raise ParameterError("a Transformer is computed in float64 or float32")
        for name in ("size", "heads", "blocks"):
            if not (isinstance(value := getattr(self, name), (int, np.integer)) and value >= 1):
                raise ParameterError(f"{name} is {value!r}; give a whole number of at least 1")
        if self.size % self.heads:
            raise ParameterError(f"{self.heads} heads do not divide vectors of {self.size} numbers")
        if self.words.ndim != 2 or self.labels.shape != (len(self.words),):
            raise ShapeError(f"words of shape {self.words.shape} do not fit labels of shape {self.labels.shape}")
        if self.words.dtype.kind not in "iu":
            raise ParameterError(f"words are numbered from 0 on, by integers; these are {self.words.dtype}")
        if not len(self.words) or not (self.words >= 0).any(axis=1).all():
            raise ShapeError("there is no sentence, or one without words")
        if not np.isfinite(self.labels).all():
            raise NotFiniteError("a label is not finite")

    @property
    def depth(self) -> int:  # type: ignore[override]
        """Number of matrices that follow each other: words, two in each self-attention and hidden layer, the last."""
        return 2 + 4 * self.blocks

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """Shapes of the matrices: for the words, the places, each self-attention and hidden layer, the output."""
        d = self.size
        block = [(d, 3 * d), (d, d), (d, 4 * d), (4 * d, d)]
        return [(int(self.words.max()) + 1, d), (self.words.shape[1], d), *self.blocks * block, (1, d)]

    def start(self, seed: int) -> State:
        """Draw weights: standard normal for words and places; elsewhere uniform on `[-1/sqrt(k), 1/sqrt(k)]`, k inputs.

        These are PyTorch's defaults.
        """
        random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 3, 0]))
        placed, inner = self.shapes[:2], self.shapes[2:-1]
        drawn = [random.normal(size=shape) for shape in placed]
        drawn += [random.uniform(-1.0, 1.0, shape) / shape[0] ** 0.5 for shape in inner]
        last = random.uniform(-1.0, 1.0, self.size) / self.size**0.5
        return self.state(np.concatenate([*(one.ravel() for one in drawn), last]))

    @property
    def n_weights(self) -> int:
        """Number of weights."""
        return sum(rows * columns for rows, columns in self.shapes)

    def state(self, weights: Vector) -> State:
        """Make a state from all weights, shape `(n_weights,)`.

        Raises:
            ShapeError: there are more or fewer.
        """
        if np.shape(weights) != (self.n_weights,):
            raise ShapeError(f"weights of shape {np.shape(weights)} do not fill matrices of shapes {self.shapes}")
        flat: Vector = np.asarray(weights, dtype=self.arithmetic.dtype)
        return State(flat[: -self.size], tuple(flat[-self.size :]))

    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient of the loss over all sentences, or over a batch of them."""
        chosen = slice(None) if batch is None else batch
        outputs, pull_back = self._pass(_flat(state), self.words[chosen])
        return self.state(pull_back((outputs - self.labels[chosen]) * rates.layers))

    def outputs(self, state: State) -> Vector:
        """Give `f(X)`, shape `(N,)`."""
        return self._pass(_flat(state), self.words)[0]

    def hessian_product(self, state: State, direction: NDArray[np.float64]) -> NDArray[np.float64]:
        """Multiply the Hessian of the loss by a direction: how the gradient moves along it, exact but for rounding.

        Args:
            state: the weights, taken to float64.
            direction: in all weights, those of `first_layer` before those of `layers`.
        """
        with self.arithmetic.active():
            moved = _flat(state).astype(np.float64) + 1j * (_TINY * direction)
            outputs, pull_back = self._pass(moved, self.words)
            return np.asarray(pull_back((outputs - self.labels) / self.n_samples).imag / _TINY, dtype=np.float64)

    def _pass(self, flat: Array, words: NDArray[np.intp]) -> tuple[Array, Callable[[Array], Array]]:
        """Give the outputs `f`, shape `(N,)`, and what gives `sum_n slope_n grad f_n`, for real or dual weights."""
        of_words, of_places, *inner, last = split(flat, self.shapes)
        there = words >= 0
        attention = partial(self_attention, there=there, heads=self.heads)
        begun = words_and_places(words, of_words, of_places)
        x, passed = begun.value, []
        for k in range(0, len(inner), 2):
            layer = hidden_layer if k % 4 else attention
            norm = layer_norm(x)
            added = layer(norm.value, *inner[k : k + 2])
            x = x + added.value
            passed.append((norm, added))
        weight = (there / there.sum(axis=1, keepdims=True)).astype(last.real.dtype)
        mean = np.einsum("nt,ntd->nd", weight, x.reshape(*words.shape, -1))

        def pull_back(slope: Array) -> Array:
            g = (slope[:, None, None] * weight[:, :, None] * last[0]).reshape(x.shape)
            found = [slope @ mean]
            for norm, added in reversed(passed):
                below, *of_layer = added.pull_back(g)
                found[:0] = of_layer
                g = g + norm.pull_back(below)[0]
            return np.concatenate([one.ravel() for one in (*begun.pull_back(g), *found)])

        return mean @ last[0], pull_back


def _flat(state: State) -> Vector:
    return np.concatenate([state.first_layer, np.array(state.layers, dtype=state.first_layer.dtype)])
