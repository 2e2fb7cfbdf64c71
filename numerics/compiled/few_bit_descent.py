"""The mean descent of few bits and the draws about it, or the draws about a given trajectory, by the compiled loop."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from numerics.compiled.few_bit_loop import ROWS, WIDE, few_bit_loop
from numerics.finite_precision.stretch import (
    DRAWS,
    STRETCH,
    Errors,
    Floats,
    Kept,
    Stretch,
    draw_errors,
    errors_of_rounding,
)

if TYPE_CHECKING:
    from numerics.finite_precision.base_trajectory import BaseTrajectory
    from numerics.finite_precision.mean_descent import MeanDescent


_KEPT_ERRORS = 24_000_000  # numbers

_REPAYS = 80_000
"""Compiling the loop with more effort takes as long as it saves while all runs together move so many weights."""


class CompiledSteps:
    """Takes the steps of runs; the same as `few_bit_steps.ReferenceSteps`.

    Args:
        descent: the runs at their start.
        limit: the last step.
        divergence_loss: a run whose loss is above this has diverged.
    """

    def __init__(self, descent: MeanDescent, limit: int, divergence_loss: float) -> None:
        self._taken = self._moved = 0
        self._runs = [_Run.of(descent, run, limit, divergence_loss) for run in range(len(descent.bits))]

    @property
    def stuck_from(self) -> NDArray[np.int64]:
        """For each draw, the first step from which on it stands still."""
        return np.array([run.stuck[:DRAWS] for run in self._runs])

    def take(self, crossed: NDArray[np.bool_]) -> list[Stretch]:
        """Take a stretch."""
        errors = _errors(self._runs[0].errors).of(self._taken)
        self._taken += 1
        self._moved += len(self._runs) * len(errors) * self._runs[0].size
        optimized = self._moved > _REPAYS
        return [run.take(errors, has, optimized) for run, has in zip(self._runs, crossed.tolist(), strict=True)]

    def select(self, runs: NDArray[np.intp]) -> None:
        """Go on with some of the runs."""
        self._runs = [self._runs[run] for run in runs]


def noise_along(base: BaseTrajectory, first: int) -> list[Kept]:
    """Give the draws along a trajectory from a step on, in parts; the same as `Noise.along` keeps."""
    run, kept = _Run.along(base), list[Kept]()
    errors, optimized = _errors(run.errors), base.weights.size > _REPAYS
    for number, start in enumerate(range(0, base.last_step + 1, STRETCH)):
        part = run.take(errors.of(number), False, optimized).kept
        if first < start + STRETCH:
            kept.append(part.between(max(0, first - start), STRETCH))
    return kept


class _Errors:
    """The errors of every stretch, `2r + D + 1` a step and draw; the first stretches are kept.

    All runs of a problem have the same, and it is asked of them in turn.
    """

    def __init__(self, count: int) -> None:
        self._shape, self._kept = (STRETCH, count, WIDE), list[Errors]()
        self._most = max(1, _KEPT_ERRORS // (STRETCH * count * WIDE))
        self._random = self._later = errors_of_rounding()
        self._next = 0
        self._drawn, self._room = np.empty((count, DRAWS), np.float32), np.zeros(self._shape, np.float32)

    def of(self, stretch: int) -> Errors:
        """Give those of a stretch: one of the first ones, or else the one after that asked for last, or the first.

        What is not kept stands in the same room as the one asked for before.
        """
        while len(self._kept) <= min(stretch, self._most - 1):
            self._kept.append(self._draw(self._random).copy())
        if stretch < len(self._kept):
            return self._kept[stretch]
        if stretch < self._next or self._later is self._random:
            self._later, self._next = copy.deepcopy(self._random), len(self._kept)
        while self._next <= stretch:
            errors, self._next = self._draw(self._later), self._next + 1
        return errors

    def _draw(self, random: np.random.Generator) -> Errors:
        for room in self._room:  # of one step at a time, which stay in the processor's own memory
            room[:, :DRAWS] = draw_errors(random, self._drawn)
        return self._room


_errors = lru_cache(maxsize=1)(_Errors)


class _Run:
    """A run on its way, and the memory of its compiled steps.

    Args:
        data: the s, the d and the rates of the modes, shape `(3, r)`.
        numbers: the rate of the layers, `eta / N`, `N`, the loss beyond which it has diverged.
        bits: p, or 0 along a given trajectory.
        limit: the last step.
        start: the `(f, v)` at step 0.
        equal_layers: for every layer, the first one that is equal to it.
        path: the `(f, v)` at every step, where the trajectory is given.
    """

    def __init__(
        self,
        data: Sequence[Floats],
        numbers: Sequence[float],
        bits: int,
        limit: int,
        start: Floats,
        equal_layers: Iterable[int],
        path: Floats | None = None,
    ) -> None:
        self._data, self._numbers, rank = np.array(data), np.array([*numbers, 2.0**-bits]), len(data[0])
        top = int(self._data[2].argmax())
        free = -1 if self._data[1, top] else top
        self._whole = np.array([rank, bits, limit, free, 0, 0, path is not None, *equal_layers])
        self._lifted, self._lifts = np.array(start), np.zeros(len(start), dtype=np.int64)
        self._displaced, self._scratch = np.zeros((4, len(start), WIDE)), np.zeros((ROWS, len(start)))
        self._path = self._lifted if path is None else path
        self.stuck, self._step = np.full(WIDE, limit + 1), 0
        self.stuck[DRAWS:] = -1
        self.size, self.errors = len(start), rank + len(start) + 2
        self._kind = len(start) - rank, not self._data[1].all()

    @classmethod
    def of(cls, descent: MeanDescent, run: int, limit: int, divergence_loss: float) -> _Run:
        """Start one of the runs of a mean descent."""
        s, d, n_samples = descent.spectra
        return cls(
            (s[run], d[run], descent.mode_rates[run]),
            (descent.layer_rate[run], descent.step_size / n_samples, n_samples, divergence_loss),
            int(descent.bits[run]),
            limit,
            descent.weights[run],
            descent.equal_layers[run],
        )

    @classmethod
    def along(cls, base: BaseTrajectory) -> _Run:
        """Start at the begin of a given trajectory."""
        s, d = np.asarray(base.spectrum.singular_values), np.asarray(base.spectrum.label_coefficients)
        n_samples, weights = int(base.spectrum.n_samples), np.concatenate([base.outputs, base.layers], axis=1)
        rate = base.step_size / n_samples
        numbers = rate, rate, n_samples, np.inf
        return cls((s, d, rate * s**2), numbers, 0, base.last_step, weights[0], base.equal_layers, weights)

    def take(self, errors: Errors, crossed: bool, optimized: bool) -> Stretch:
        """Take steps until the run ends, or the errors do; the bits are the same, optimized or not."""
        count, size = len(errors), self.size
        weights, squares, smallest = np.empty((count, size)), np.empty((count, WIDE)), np.empty(count)
        displacements, scale_bits = np.empty((count, size, WIDE), dtype=np.float32), np.empty(count, dtype=np.intp)
        arrays: tuple[NDArray[Any], ...] = (
            *(self._data, self._numbers, self._whole, self._lifted, self._lifts, self._displaced, self.stuck),
            *(self._scratch, self._path, errors, weights, displacements, squares, scale_bits, smallest),
        )
        descend = few_bit_loop(*self._kind, optimized=optimized)
        taken, ended = divmod(descend(*(array.ctypes.data for array in arrays), count, self._step, crossed), 2)
        self._step += taken
        kept = Kept(displacements[..., :DRAWS], scale_bits, squares[:, :DRAWS], smallest)
        return Stretch(weights[:taken], kept.between(0, taken), bool(ended))
