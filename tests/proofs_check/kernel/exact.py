"""The formulas transcribed in exact fractions, slowly and apart from the package: what Coq must claim."""

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

Vector = list[Fraction]
Matrix = list[Vector]
Polynomial = list[Fraction]


def dot(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def rational_orthonormal(size: int, count: int, random: Random) -> Matrix:
    """`count` orthonormal rational vectors of length `size`: columns of a product of two reflections."""
    basis = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for _ in range(2):
        normal = [Fraction(random.choice([-2, -1, 1, 2, 3])) for _ in range(size)]
        scale = 2 / dot(normal, normal)
        basis = [[x - scale * dot(normal, row) * n for x, n in zip(row, normal, strict=True)] for row in basis]
    return basis[:count]


class Data:
    """A data matrix of known rational singular value decomposition, with reachable labels of rational norm."""

    def __init__(self, samples: int, dimension: int, random: Random) -> None:
        self.N, self.d, self.r = samples, dimension, 2
        self.s = sorted((Fraction(random.randint(1, 6), random.randint(1, 3)) for _ in range(2)), reverse=True)
        self.e = rational_orthonormal(samples, 2, random)
        self.w = rational_orthonormal(dimension, 2, random)
        scale = Fraction(random.randint(1, 4), random.randint(1, 3))
        self.labels = [scale * k for k in random.choice([(3, 4), (-4, 3), (5, 12), (8, -15)])]
        self.X = [
            [sum((self.s[i] * self.e[i][n] * self.w[i][j] for i in range(2)), Fraction(0)) for j in range(dimension)]
            for n in range(samples)
        ]
        self.y = [sum((self.labels[i] * self.e[i][n] for i in range(2)), Fraction(0)) for n in range(samples)]

    @property
    def difficulty(self) -> Fraction:
        return sum((k * k / (s * s) for k, s in zip(self.labels, self.s, strict=True)), Fraction(0))

    @property
    def norm_y(self) -> Fraction:
        square = dot(self.y, self.y)
        return Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))

    def in_rows(self, coordinates: Sequence[Fraction]) -> Vector:
        return [sum((c * w[j] for c, w in zip(coordinates, self.w, strict=True)), Fraction(0)) for j in range(self.d)]

    def outside_rows(self, random: Random) -> Vector:
        """A vector orthogonal to every row of the data."""
        x = [Fraction(random.randint(-3, 3)) for _ in range(self.d)]
        return [a - b for a, b in zip(x, self.in_rows([dot(w, x) for w in self.w]), strict=True)]

    def imbalance(self, u: Vector, v: Fraction) -> Fraction:
        return sum((dot(w, u) ** 2 for w in self.w), Fraction(0)) - v * v

    def residual(self, u: Vector, v: Sequence[Fraction]) -> Vector:
        return [dot(row, u) * math.prod(v) - label for row, label in zip(self.X, self.y, strict=True)]

    def transposed(self, z: Vector) -> Vector:
        return [sum((z[n] * self.X[n][j] for n in range(self.N)), Fraction(0)) for j in range(self.d)]


def step(data: Data, u: Vector, v: Fraction, eta: Fraction, batch: Sequence[int]) -> Fraction:
    """The imbalance after one step on a batch, from the update rule alone."""
    z = data.residual(u, [v])
    g = data.transposed([z[n] / len(batch) if n in batch else Fraction(0) for n in range(data.N)])
    moved = [a - eta * v * b for a, b in zip(u, g, strict=True)]
    return data.imbalance(moved, v - eta * dot(u, g))


def mean_over_batches(data: Data, size: int, value: Callable[[Sequence[int]], Fraction]) -> Fraction:
    batches = list(itertools.combinations(range(data.N), size))
    return sum((value(batch) for batch in batches), Fraction(0)) / len(batches)


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    product = [Fraction(0)] * (len(p) + len(q) - 1)
    for (i, a), (j, b) in itertools.product(enumerate(p), enumerate(q)):
        product[i + j] += a * b
    return product


def half_mean_square(residuals: Sequence[Polynomial]) -> Polynomial:
    total = [Fraction(0)] * (2 * max(map(len, residuals)) - 1)
    for residual in residuals:
        for power, coefficient in enumerate(times(residual, residual)):
            total[power] += coefficient / (2 * len(residuals))
    return total


def loss_along(
    data: Data, u: Vector, v: Vector, a: Vector, b: Vector, batch: Sequence[int] | None = None
) -> Polynomial:
    """The coefficients of the loss of a batch, by default of all samples, in the position along a line."""
    residuals = []
    for n in range(data.N) if batch is None else batch:
        output = [dot(data.X[n], u), dot(data.X[n], a)]
        for weight, change in zip(v, b, strict=True):
            output = times(output, [weight, change])
        residuals.append([output[0] - data.y[n], *output[1:]])
    return half_mean_square(residuals)


def squared_model_along(
    X: Sequence[Sequence[int]],
    y: Sequence[Fraction],
    u: Sequence[Fraction],
    v: Fraction,
    a: Sequence[Fraction],
    b: Fraction,
) -> Polynomial:
    """The same for the model `v (x . u)^2`."""
    residuals = []
    for row, label in zip(X, y, strict=True):
        x = [Fraction(entry) for entry in row]
        inner = [dot(x, u), dot(x, a)]
        output = times([v, b], times(inner, inner))
        residuals.append([output[0] - label, *output[1:]])
    return half_mean_square(residuals)
