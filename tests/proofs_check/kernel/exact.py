"""The paper's formulas transcribed in exact fractions, slowly and without the package: what Coq's numbers must equal."""

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction as F
from random import Random

Vector = list[F]
Matrix = list[Vector]
Polynomial = list[F]


def dot(a: Sequence[F], b: Sequence[F]) -> F:
    return sum((x * y for x, y in zip(a, b, strict=True)), F(0))


def rational_orthonormal(size: int, count: int, random: Random) -> Matrix:
    """`count` orthonormal rational vectors of length `size`: columns of a product of two reflections."""
    basis = [[F(int(i == j)) for j in range(size)] for i in range(size)]
    for _ in range(2):
        normal = [F(random.choice([-2, -1, 1, 2, 3])) for _ in range(size)]
        scale = 2 / dot(normal, normal)
        basis = [[x - scale * dot(normal, row) * n for x, n in zip(row, normal, strict=True)] for row in basis]
    return basis[:count]


class Data:
    """A data matrix of known rational singular value decomposition, with reachable labels of rational norm."""

    def __init__(self, samples: int, dimension: int, random: Random) -> None:
        self.N, self.d, self.r = samples, dimension, 2
        self.s = sorted((F(random.randint(1, 6), random.randint(1, 3)) for _ in range(2)), reverse=True)
        self.e = rational_orthonormal(samples, 2, random)
        self.w = rational_orthonormal(dimension, 2, random)
        scale = F(random.randint(1, 4), random.randint(1, 3))
        self.labels = [scale * k for k in random.choice([(3, 4), (-4, 3), (5, 12), (8, -15)])]
        self.X = [
            [sum((self.s[i] * self.e[i][n] * self.w[i][j] for i in range(2)), F(0)) for j in range(dimension)]
            for n in range(samples)
        ]
        self.y = [sum((self.labels[i] * self.e[i][n] for i in range(2)), F(0)) for n in range(samples)]

    @property
    def Q(self) -> F:
        return sum((k * k / (s * s) for k, s in zip(self.labels, self.s, strict=True)), F(0))

    @property
    def norm_y(self) -> F:
        square = dot(self.y, self.y)
        return F(math.isqrt(square.numerator), math.isqrt(square.denominator))

    def in_rows(self, coordinates: Sequence[F]) -> Vector:
        return [sum((c * w[j] for c, w in zip(coordinates, self.w, strict=True)), F(0)) for j in range(self.d)]

    def outside_rows(self, random: Random) -> Vector:
        """A vector orthogonal to every row of the data."""
        x = [F(random.randint(-3, 3)) for _ in range(self.d)]
        return [a - b for a, b in zip(x, self.in_rows([dot(w, x) for w in self.w]), strict=True)]

    def imbalance(self, u: Vector, v: F) -> F:
        return sum((dot(w, u) ** 2 for w in self.w), F(0)) - v * v

    def residual(self, u: Vector, v: Sequence[F]) -> Vector:
        return [dot(row, u) * math.prod(v) - label for row, label in zip(self.X, self.y, strict=True)]

    def transposed(self, z: Vector) -> Vector:
        return [sum((z[n] * self.X[n][j] for n in range(self.N)), F(0)) for j in range(self.d)]


def step(data: Data, u: Vector, v: F, eta: F, batch: Sequence[int]) -> F:
    """The imbalance after one step on a batch, from the update rule alone."""
    z = data.residual(u, [v])
    g = data.transposed([z[n] / len(batch) if n in batch else F(0) for n in range(data.N)])
    moved = [a - eta * v * b for a, b in zip(u, g, strict=True)]
    return data.imbalance(moved, v - eta * dot(u, g))


def mean_over_batches(data: Data, size: int, value: Callable[[Sequence[int]], F]) -> F:
    batches = list(itertools.combinations(range(data.N), size))
    return sum((value(batch) for batch in batches), F(0)) / len(batches)


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    product = [F(0)] * (len(p) + len(q) - 1)
    for (i, a), (j, b) in itertools.product(enumerate(p), enumerate(q)):
        product[i + j] += a * b
    return product


def loss_along(data: Data, u: Vector, v: Vector, a: Vector, b: Vector) -> Polynomial:
    """The coefficients of the loss as a polynomial in the position along a line."""
    total = [F(0)] * (2 * len(v) + 3)
    for row, label in zip(data.X, data.y, strict=True):
        output = [dot(row, u), dot(row, a)]
        for weight, change in zip(v, b, strict=True):
            output = times(output, [weight, change])
        output[0] -= label
        for power, coefficient in enumerate(times(output, output)):
            total[power] += coefficient / (2 * data.N)
    return total
