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
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from numerics.arithmetic.base import Number, Vector
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel

TOLERANCE = 1e-6
"""Largest estimated error of a step, as a share of the weights' norm; in few bits it is a few roundings instead."""
_MOST_GROWTH, _LEAST_GROWTH, _SAFETY, _MOST_TRIES = 4.0, 0.2, 0.9, 200
_MOST_ITERATIONS, _SMALL_CHANGE = 8, 1e-2
_STAGES = ((Fraction(5, 12), Fraction(-1, 12)), (Fraction(3, 4), Fraction(1, 4)))
_WEIGHTS = (Fraction(1, 4), Fraction(3, 8), Fraction(3, 8))


class FlowStep(NamedTuple):
    """A step that was good enough.

    Attributes:
        state: where it ended.
        length: the time it took.
        next_length: what to try next.
        stiffness: its length times the largest `(P s_i)^2 / N`.
    """

    state: State
    length: Number
    next_length: Number
    stiffness: float


class _Point(NamedTuple):
    """Weights, an increment of them, or a gradient: `c`, shape `(r,)`, and `v`, shape `(D-1,)`."""

    c: Vector
    v: Vector

    def plus(self, other: _Point, factor: Number) -> _Point:
        return _Point(self.c + other.c * factor, self.v + other.v * factor)


def flow_step(model: ReducedModel, state: State, length: Number) -> FlowStep:
    """Take one step of `theta' = -grad L`, of this length or as much shorter as its error asks for.

    Call it inside `arithmetic.active()`. Where no length is good enough (float64 overflows), the state stays.
    """
    a = model.arithmetic
    start = _Point(state.first_layer / model.singular_values, np.asarray(state.layers, dtype=a.dtype))
    hessian = _Hessian(model, start)
    allowed = max(TOLERANCE, 2.0 ** (4 - a.bits)) * _norm(model, start)
    for _ in range(_MOST_TRIES):
        try:
            stages = _stages(model, start, hessian, length, _SMALL_CHANGE * allowed)
            error = math.inf if stages is None else _error(model, start, hessian, length, stages)
        except ZeroDivisionError:  # a matrix that is singular to working precision
            stages, error = None, math.inf
        if stages is None or not math.isfinite(error):
            length = length * a.number(_LEAST_GROWTH)
            continue
        growth = _SAFETY * (allowed / error) ** (1 / 3) if error > 0 else _MOST_GROWTH
        following = length * a.number(min(_MOST_GROWTH, max(_LEAST_GROWTH, growth)))
        if error <= allowed:
            end = _with_the_imbalances_of(model, start, stages[1], allowed)
            ended = State(np.asarray(end.c * model.singular_values), tuple(end.v))
            return FlowStep(ended, length, following, a.to_float(a.largest(hessian.poles * length)))
        length = following
    return FlowStep(state, a.number(0), length, 0.0)


def _stages(
    model: ReducedModel, start: _Point, hessian: _Hessian, length: Number, small: float
) -> tuple[_Point, _Point] | None:
    """Solve for the stages; None where Newton's method does not get there."""
    a = model.arithmetic
    tableau = [[length * a.number(entry) for entry in row] for row in _STAGES]
    found, hessians, last = (start, start), (hessian, hessian), math.inf
    for _ in range(_MOST_ITERATIONS):
        slopes = [_gradient(model, stage) for stage in found]
        lacking = []
        for row, stage in zip(tableau, found, strict=True):
            target = start.plus(slopes[0], -row[0]).plus(slopes[1], -row[1])
            lacking.append(target.plus(stage, a.number(-1)))
        changes = _Solver(model, hessians, tableau)(lacking)
        found = tuple(stage.plus(change, a.number(1)) for stage, change in zip(found, changes, strict=True))  # type: ignore[assignment]
        size = sum(_norm(model, change) for change in changes)
        if size <= small:
            return found
        if not size < last:
            return None
        last, hessians = size, tuple(_Hessian(model, stage) for stage in found)  # type: ignore[assignment]
    return None


def _error(
    model: ReducedModel, start: _Point, hessian: _Hessian, length: Number, stages: tuple[_Point, _Point]
) -> float:
    a = model.arithmetic
    other = start
    for weight, point in zip(_WEIGHTS, (start, *stages), strict=True):
        other = other.plus(_gradient(model, point), -length * a.number(weight))
    solve = _Solver(model, (hessian,), [[length * a.number(_WEIGHTS[0])]])
    (damped,) = solve([other.plus(stages[1], a.number(-1))])
    return _norm(model, damped)


def _gradient(model: ReducedModel, at: _Point) -> _Point:
    """`(s_i P z_i / N, (P/v_j) sum_i f_i z_i / N)` with `f_i = s_i c_i` and `z_i = f_i P - d_i`."""
    a, P, f = model.arithmetic, product(at.v), model.singular_values * at.c
    z = (f * P - model.label_coefficients) / a.number(model.n_samples)
    return _Point(model.singular_values * z * P, _others(model, at.v) * a.plain_total(f * z))


def _others(model: ReducedModel, layers: Vector) -> Vector:
    a = model.arithmetic
    others = [a.number(1) if p is None else p for p in products_of_others(tuple(layers))]
    return np.asarray(others, dtype=a.dtype)


class _Hessian:
    """The Hessian at a point: `[[diag(poles), border p^T], [p border^T, block]]` with `p_j = P/v_j`."""

    def __init__(self, model: ReducedModel, at: _Point) -> None:
        a, P, f = model.arithmetic, product(at.v), model.singular_values * at.c
        self.model = model
        samples = a.number(model.n_samples)
        z = f * P - model.label_coefficients
        self.poles = (model.singular_values * P) ** 2 / samples
        self.border = model.singular_values * (z + f * P) / samples
        self.others = _others(model, at.v)
        count = len(at.v)
        pairs: Vector = np.full((count, count), a.number(0), dtype=a.dtype)
        for j in range(count):
            rest = [k for k in range(count) if k != j]
            if rest:
                pairs[j, rest] = _others(model, at.v[rest])
        self.block = (
            np.multiply.outer(self.others, self.others) * a.plain_total(f * f) + pairs * a.plain_total(f * z)
        ) / samples


class _Solver:
    """Solves `x_k + sum_l h_kl H_l x_l = right_k`, for one or two stages, by elimination of the `c_i`."""

    def __init__(self, model: ReducedModel, hessians: Sequence[_Hessian], tableau: list[list[Number]]) -> None:
        a = self.arithmetic = model.arithmetic
        self.hessians, self.tableau = hessians, tableau
        self.stages, self.count = range(len(tableau)), len(hessians[0].others)
        self.inverse = _inverted(a.number(1), tableau, [hessian.poles for hessian in hessians])
        size = self.count * len(tableau)
        self.matrix = np.full((size, size), a.number(0), dtype=a.dtype) + np.diag([a.number(1)] * size)
        for n, h in enumerate(hessians):
            # How every stage's border, times the c of that stage, answers to a turn of the layers of stage n.
            turned = [sum(self.inverse[k][m] * tableau[m][n] for m in self.stages) * h.border for k in self.stages]
            answers = [a.plain_total(other.border * one) for other, one in zip(hessians, turned, strict=True)]
            for k in self.stages:
                pull = sum((hessians[j].others * (tableau[k][j] * answers[j]) for j in self.stages), h.others * 0)
                block = h.block * tableau[k][n] - np.multiply.outer(pull, h.others)
                self.matrix[self._layers(k), self._layers(n)] += block

    def _layers(self, stage: int) -> slice:
        return slice(stage * self.count, (stage + 1) * self.count)

    def __call__(self, right: list[_Point]) -> list[_Point]:
        a, tableau, hessians = self.arithmetic, self.tableau, self.hessians
        alone = [sum(entry * point.c for entry, point in zip(row, right, strict=True)) for row in self.inverse]
        pulls = [h.others * a.plain_total(h.border * one) for h, one in zip(hessians, alone, strict=True)]
        sides = [right[k].v - sum(tableau[k][m] * pulls[m] for m in self.stages) for k in self.stages]
        found: Vector = _solved(self.matrix, np.concatenate(sides))
        layers = [found[self._layers(k)] for k in self.stages]
        turns = [h.border * a.plain_total(h.others * one) for h, one in zip(hessians, layers, strict=True)]
        moved = [sum(tableau[k][m] * turns[m] for m in self.stages) for k in self.stages]
        return [
            _Point(alone[k] - np.asarray(sum(self.inverse[k][m] * moved[m] for m in self.stages)), layers[k])
            for k in self.stages
        ]


def _inverted(one: Number, tableau: list[list[Number]], poles: list[Vector]) -> list[list[Vector]]:
    """Invert `1 + tableau diag(poles)`, of one or two rows, mode by mode."""
    if len(tableau) == 1:
        return [[one / (poles[0] * tableau[0][0] + one)]]
    (p, q), (r, s) = ([entry * pole for entry, pole in zip(row, poles, strict=True)] for row in tableau)
    first, second = p + one, s + one
    determinant = first * second - q * r
    return [[second / determinant, -q / determinant], [-r / determinant, first / determinant]]


def _with_the_imbalances_of(model: ReducedModel, start: _Point, end: _Point, allowed: float) -> _Point:
    """Move the end by as little as gives it the imbalances `||c||^2 - v_j^2` of the start, to first order.

    Where several layers pass near zero together, that takes more than a step's error may be; then the end stays.
    """
    a = model.arithmetic
    size = a.plain_total(end.c * end.c)
    excess = (size - end.v * end.v) - (a.plain_total(start.c * start.c) - start.v * start.v)
    gram: Vector = np.full((len(end.v),) * 2, size, dtype=a.dtype) + np.diag(end.v * end.v)
    try:
        weights: Vector = _solved(gram, excess * a.number("1/2"))
    except ZeroDivisionError:
        return end
    change = _Point(-end.c * a.plain_total(weights), end.v * weights)
    return end.plus(change, a.number(1)) if _norm(model, change) <= allowed else end


def _solved(matrix: Vector, right: Vector) -> Vector:
    """Solve a system by elimination, largest pivot first; every arithmetic takes the same operations in one order."""
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


def _norm(model: ReducedModel, point: _Point) -> float:
    """Give `||(c, v)||` of weights or of a difference, as a float."""
    a = model.arithmetic
    total = a.plain_total(point.c * point.c) + a.plain_total(point.v * point.v)
    return math.sqrt(max(0.0, a.to_float(total))) if a.is_finite(total) else math.inf
