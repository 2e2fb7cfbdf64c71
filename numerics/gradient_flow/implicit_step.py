"""One step of gradient flow whose length the slow modes choose, not the fast ones.

Radau's method of two stages, of order three: the stages `theta_1`, at a third of the step, and `theta_2`, its end, obey

    theta_1 = theta - h (5 g_1 - g_2) / 12,      theta_2 = theta - h (3 g_1 + g_2) / 4,      g_k = grad L(theta_k).

It damps fast modes at any length `h` and keeps its order where slow modes move along a curved valley (Hairer and
Wanner, Solving Ordinary Differential Equations II, sections IV.5 and IV.8). Newton's method solves for the stages. In
`(c, v)` the Hessian is diagonal but for the rows of the `D - 1` layers, so that an iteration costs `O(r + D^3)`. The
error is estimated by the formula of order two with weights 1/4, 3/8, 3/8 at `theta` and the stages, damped once. At the
end the layers' imbalances, which the flow conserves, are put back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache, cached_property, reduce
from operator import add
from typing import Any, NamedTuple

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel

TOLERANCE = 1e-6
"""Largest estimated error of a step, as a share of the weights' norm; in few bits it is a few roundings instead."""
_MOST_GROWTH, _LEAST_GROWTH, _SAFETY, _MOST_TRIES = 4.0, 0.2, 0.9, 200
_MOST_ITERATIONS, _SMALL_CHANGE, _STIFFEST = 8, 1e-2, 1e24
_FEW_UNKNOWNS = 16
"""With more of them, rows at a time are quicker than numbers."""
_STAGES = ((Fraction(5, 12), Fraction(-1, 12)), (Fraction(3, 4), Fraction(1, 4)))
_WEIGHTS = (Fraction(1, 4), Fraction(3, 8), Fraction(3, 8))


class FlowStep(NamedTuple):
    """A step that was good enough.

    Attributes:
        state: where it ended.
        length: the time it took.
        next_length: what to try next.
        at_rest: whether it was so many times as long as the fastest mode's time that the flow ends there.
    """

    state: State
    length: Number
    next_length: Number
    at_rest: bool


class _Point:
    """Weights `c`, shape `(r,)`, before `v`, shape `(D-1,)`, as gradients and changes of them are, and what follows."""

    def __init__(self, model: ReducedModel, weights: Vector) -> None:
        self.model, self.weights = model, weights
        self.c, self.v = weights[: model.rank], weights[model.rank :]

    @cached_property
    def whole(self) -> Number:
        """`P`."""
        return product(_numbers(self.v))

    @cached_property
    def f(self) -> Vector:
        return np.asarray(self.model.singular_values * self.c)

    @cached_property
    def z(self) -> Vector:
        """`z_i = f_i P - d_i`."""
        return np.asarray(self.f * self.whole - self.model.label_coefficients)

    @cached_property
    def others(self) -> Vector:
        """`P / v_j`."""
        return _others(self.model, self.v)

    @cached_property
    def gradient(self) -> Vector:
        """`(s_i P z_i / N, (P/v_j) sum_i f_i z_i / N)` with `f_i = s_i c_i` and `z_i = f_i P - d_i`."""
        a = self.model.arithmetic
        z = self.z / a.number(self.model.n_samples)
        inner = a.plain_total(self.f * z)
        return np.concatenate([self.model.singular_values * z * self.whole, self.others * inner])

    @cached_property
    def hessian(self) -> _Hessian:
        return _Hessian(self)


def flow_step(model: ReducedModel, state: State, length: Number) -> FlowStep:
    """Take one step of `theta' = -grad L`, of this length or as much shorter as its error asks for.

    Call it inside `arithmetic.active()`. Where no length is good enough (float64 overflows), the state stays.
    """
    a = model.arithmetic
    layers: Vector = np.asarray(state.layers, dtype=a.dtype)
    start = _Point(model, np.concatenate([state.first_layer / model.singular_values, layers]))
    allowed = max(TOLERANCE, 2.0 ** (4 - a.bits)) * _norm(model, start.weights)
    for _ in range(_MOST_TRIES):
        try:
            stages = _stages(start, length, _SMALL_CHANGE * allowed)
            error = math.inf if stages is None else _error(start, length, stages)
        except ZeroDivisionError:  # a matrix that is singular to working precision
            stages, error = None, math.inf
        if stages is None or not math.isfinite(error):
            length = length * a.number(_LEAST_GROWTH)
            continue
        growth = _SAFETY * (allowed / error) ** (1 / 3) if error > 0 else _MOST_GROWTH
        following = length * a.number(min(_MOST_GROWTH, max(_LEAST_GROWTH, growth)))
        if error <= allowed:
            end = _with_the_imbalances_of(start, stages[1], allowed)
            ended = State(np.asarray(end[: model.rank] * model.singular_values), tuple(end[model.rank :]))
            return FlowStep(ended, length, following, a.to_float(a.largest(start.hessian.poles * length)) > _STIFFEST)
        length = following
    return FlowStep(state, a.number(0), length, False)


@cache
def _constants(a: Arithmetic) -> tuple[list[list[Number]], list[Number]]:
    """The method's numbers: what the stages' gradients count for, and the weights of the error's estimate."""
    return [[a.number(entry) for entry in row] for row in _STAGES], [a.number(weight) for weight in _WEIGHTS]


def _stages(start: _Point, length: Number, small: float) -> tuple[_Point, _Point] | None:
    """Solve for the stages; None where Newton's method does not get there."""
    tableau = [[length * entry for entry in row] for row in _constants(start.model.arithmetic)[0]]
    found, last, model = (start, start), math.inf, start.model
    for _ in range(_MOST_ITERATIONS):
        one, other = (stage.gradient for stage in found)
        lacking = [
            start.weights + one * -row[0] + other * -row[1] - stage.weights
            for row, stage in zip(tableau, found, strict=True)
        ]
        first, second = _Solver([stage.hessian for stage in found], tableau)(lacking)
        found = _Point(model, found[0].weights + first), _Point(model, found[1].weights + second)
        size = _norm(model, first) + _norm(model, second)
        if size <= small:
            return found
        if not size < last:
            return None
        last = size
    return None


def _error(start: _Point, length: Number, stages: tuple[_Point, _Point]) -> float:
    _, weights = _constants(start.model.arithmetic)
    other = start.weights
    for weight, point in zip(weights, (start, *stages), strict=True):
        other = other + point.gradient * (-length * weight)
    (damped,) = _Solver([start.hessian], [[length * weights[0]]])([other - stages[1].weights])
    return _norm(start.model, damped)


def _norm(model: ReducedModel, weights: Vector) -> float:
    """`||(c, v)||` of weights or of a change, as a float."""
    a, squares = model.arithmetic, weights * weights
    total = a.plain_total(squares[: model.rank]) + a.plain_total(squares[model.rank :])
    return math.sqrt(max(0.0, a.to_float(total))) if a.is_finite(total) else math.inf


def _others(model: ReducedModel, layers: Vector) -> Vector:
    a = model.arithmetic
    others = [a.number(1) if p is None else p for p in products_of_others(_numbers(layers))]
    return np.asarray(others, dtype=a.dtype)


class _Hessian:
    """The Hessian at a point: `[[diag(poles), border p^T], [p border^T, block]]` with `p_j = P/v_j`."""

    def __init__(self, at: _Point) -> None:
        self.model, self.others = at.model, at.others
        a, s = self.model.arithmetic, self.model.singular_values
        samples = a.number(self.model.n_samples)
        self.poles = (s * at.whole) ** 2 / samples
        self.border = s * (at.z + at.f * at.whole) / samples
        count = len(at.v)
        pairs: Vector = np.full((count, count), a.number(0), dtype=a.dtype)
        for j in range(count):
            rest = [k for k in range(count) if k != j]
            if rest:
                pairs[j, rest] = _others(self.model, at.v[rest])
        self.block = (
            np.multiply.outer(self.others, self.others) * a.plain_total(at.f * at.f)
            + pairs * a.plain_total(at.f * at.z)
        ) / samples


class _Solver:
    """Solves `x_k + sum_l h_kl H_l x_l = right_k`, for one or two stages, by elimination of the `c_i`."""

    def __init__(self, hessians: Sequence[_Hessian], tableau: list[list[Number]]) -> None:
        self.hessians, self.tableau, self.model = hessians, tableau, hessians[0].model
        a, self.stages, self.count = self.model.arithmetic, range(len(tableau)), len(hessians[0].others)
        self.inverse = _inverted(a.number(1), tableau, [hessian.poles for hessian in hessians])
        size = self.count * len(tableau)
        self.matrix: Vector = np.full((size, size), a.number(0), dtype=a.dtype)
        np.fill_diagonal(self.matrix, a.number(1))
        for n, h in enumerate(hessians):
            # How every stage's border, times the c of that stage, answers to a turn of the layers of stage n.
            turned = [_sum(self.inverse[k][m] * tableau[m][n] for m in self.stages) * h.border for k in self.stages]
            answers = [a.plain_total(other.border * one) for other, one in zip(hessians, turned, strict=True)]
            for k in self.stages:
                pull = _sum(hessians[j].others * (tableau[k][j] * answers[j]) for j in self.stages)
                block = h.block * tableau[k][n] - np.multiply.outer(pull, h.others)
                self.matrix[self._layers(k), self._layers(n)] += block

    def _layers(self, stage: int) -> slice:
        return slice(stage * self.count, (stage + 1) * self.count)

    def __call__(self, right: list[Vector]) -> list[Vector]:
        a, tableau, hessians, rank = self.model.arithmetic, self.tableau, self.hessians, self.model.rank
        alone = [_sum(entry * side[:rank] for entry, side in zip(row, right, strict=True)) for row in self.inverse]
        pulls = [h.others * a.plain_total(h.border * one) for h, one in zip(hessians, alone, strict=True)]
        sides = [right[k][rank:] - _sum(tableau[k][m] * pulls[m] for m in self.stages) for k in self.stages]
        found: Vector = _solved(self.matrix, np.concatenate(sides))
        layers = [found[self._layers(k)] for k in self.stages]
        turns = [h.border * a.plain_total(h.others * one) for h, one in zip(hessians, layers, strict=True)]
        moved = [_sum(tableau[k][m] * turns[m] for m in self.stages) for k in self.stages]
        return [
            np.concatenate([alone[k] - _sum(self.inverse[k][m] * moved[m] for m in self.stages), layers[k]])
            for k in self.stages
        ]


def _sum(terms: Iterable[Vector]) -> Vector:
    return reduce(add, terms)


def _inverted(one: Number, tableau: list[list[Number]], poles: list[Vector]) -> list[list[Vector]]:
    """Invert `1 + tableau diag(poles)`, of one or two rows, mode by mode."""
    if len(tableau) == 1:
        return [[one / (poles[0] * tableau[0][0] + one)]]
    (p, q), (r, s) = ([entry * pole for entry, pole in zip(row, poles, strict=True)] for row in tableau)
    first, second = p + one, s + one
    determinant = first * second - q * r
    return [[second / determinant, -q / determinant], [-r / determinant, first / determinant]]


def _with_the_imbalances_of(start: _Point, end: _Point, allowed: float) -> Vector:
    """Move the end by as little as gives it the imbalances `||c||^2 - v_j^2` of the start, to first order.

    Where several layers pass near zero together, that takes more than a step's error may be; then the end stays.
    """
    a = start.model.arithmetic
    size = a.plain_total(end.c * end.c)
    excess = (size - end.v * end.v) - (a.plain_total(start.c * start.c) - start.v * start.v)
    gram: Vector = np.full((len(end.v),) * 2, size, dtype=a.dtype) + np.diag(end.v * end.v)
    try:
        weights: Vector = _solved(gram, excess * a.number(0.5))
    except ZeroDivisionError:
        return end.weights
    change = np.concatenate([-end.c * a.plain_total(weights), end.v * weights])
    return end.weights + change if _norm(start.model, change) <= allowed else end.weights


def _solved(matrix: Vector, right: Vector) -> Vector:
    """Solve a system by elimination, largest pivot first; every arithmetic takes the same operations in one order."""
    return (_solved_by_numbers if len(right) <= _FEW_UNKNOWNS else _solved_by_rows)(matrix, right)


def _solved_by_numbers(matrix: Vector, right: Vector) -> Vector:
    rows = [[*row, side] for row, side in zip(_numbers(matrix), _numbers(right), strict=True)]
    count = len(rows)
    for j in range(count):
        best = max(range(j, count), key=lambda k: abs(rows[k][j]))
        rows[j], rows[best] = rows[best], rows[j]
        pivot = rows[j]
        if pivot[j] == 0:
            raise ZeroDivisionError
        for row in rows[j + 1 :]:
            ratio = row[j] / pivot[j]
            for k in range(j, count + 1):
                row[k] = row[k] - ratio * pivot[k]
    found = _numbers(right)
    for j in reversed(range(count)):
        known = rows[j][j] * 0
        for k in range(j + 1, count):
            known = known + rows[j][k] * found[k]
        found[j] = (rows[j][count] - known) / rows[j][j]
    return np.array(found, dtype=right.dtype)


def _solved_by_rows(matrix: Vector, right: Vector) -> Vector:
    rows: Vector = np.concatenate([matrix, right[:, None]], axis=1)
    count = len(rows)
    for j in range(count):
        best = j + max(range(count - j), key=np.abs(rows[j:, j]).__getitem__)
        rows[[j, best]] = rows[[best, j]]
        if rows[j, j] == 0:
            raise ZeroDivisionError
        ratios = rows[j + 1 :, j] / rows[j, j]
        rows[j + 1 :] = rows[j + 1 :] - np.multiply.outer(ratios, rows[j])
    found = right.copy()
    for j in reversed(range(count)):
        known = sum(rows[j, j + 1 : count] * found[j + 1 :], rows[j, j] * 0)
        found[j] = (rows[j, count] - known) / rows[j, j]
    return found


def _numbers(array: Vector) -> list[Any]:
    """The entries; float64's as Python's floats, which round as they do and are quicker one by one."""
    return array.tolist() if array.dtype == np.float64 else list(array)
