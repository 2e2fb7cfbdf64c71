"""One run of few bits, stretch by stretch: where its mean crosses `2/eta`, and where each draw about it goes.

A draw that has crossed may fall below `2/eta` again, or stand still for ever; or its oscillation leaves the range in
which it grows linearly, and the draw is to be played out from there. Nothing else of the run is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.noise import Noise
from numerics.finite_precision.nonlinear_phase import NEVER
from numerics.finite_precision.rounded_sharpness import Floats, are_above
from numerics.finite_precision.stretch import DRAWS, Stretch
from numerics.model.reduced import ReducedModel

MATCHING_BITS = 8
"""Displacements are followed linearly up to this many bits below the smallest layer."""

WATCHED = 0.9
"""A share of `2/eta`: noise before the sharpness gets there is not looked at, since no run crosses yet."""

_LARGE_BITS = -2  # over the smallest layer, of an oscillation that nothing linear is said of
_STEPS_AT_ONCE = 64

Flags = NDArray[np.bool_]


class Leaving(NamedTuple):
    """Draws that are to be played out, K of them.

    Attributes:
        draws: which ones, ascending, shape `(K,)`.
        steps: where they leave the linear range, shape `(K,)`.
        weights: the `(c, v)` there, shape `(K, r + D - 1)`.
        crossed: whether they have been above `2/eta` by then, shape `(K,)`.
    """

    draws: NDArray[np.intp]
    steps: NDArray[np.int64]
    weights: Floats
    crossed: Flags


class FewBitRun:
    """A run of p bits on its way.

    Args:
        model: the data as p bits round them, and the depth.
        edge: `2/eta`.

    Attributes:
        crossing_step: the first step at which the sharpness of its mean is above `2/eta`, None for none.
        last_step: up to which it has been followed.
        watched_from: the first step at which the draws were looked at.
        fallen_at: the steps at which draws that had crossed fell below `2/eta`; `NEVER` for the others; shape
            `(DRAWS,)`.
    """

    def __init__(self, model: ReducedModel, edge: float) -> None:
        self.model, self.edge, self.bits = model, edge, model.arithmetic.bits
        self.crossing_step: int | None = None
        self.last_step, self.watched_from = -1, NEVER
        self.fallen_at = np.full(DRAWS, NEVER)
        self._near, self._beyond = False, False
        self._going, self._crossed = np.ones(DRAWS, dtype=bool), np.zeros(DRAWS, dtype=bool)
        self._left: list[Leaving] = []

    @property
    def has_crossed(self) -> bool:
        """Whether the sharpness of its mean has been above `2/eta`."""
        return self.crossing_step is not None

    @property
    def leaving(self) -> Leaving:
        """The draws that are to be played out."""
        draws, *others = (np.concatenate(part) for part in zip(*self._left, strict=True))
        order = np.argsort(draws)
        return Leaving(draws[order], *(part[order] for part in others))

    def goes_on(self, stretch: Stretch, tops: Floats, stuck_from: NDArray[np.int64]) -> bool:
        """Take in a stretch; tell whether something is still to be learnt from the next one.

        Args:
            stretch: what the run goes through.
            tops: the sharpness of its mean, shape `(K,)`.
            stuck_from: for each draw, the first step from which on it stands still, if that is within the stretch or
                before, shape `(DRAWS,)`.
        """
        first, above = self.last_step + 1, np.flatnonzero(tops > self.edge)
        if len(above) and not self.has_crossed:
            self.crossing_step = first + int(above[0])
        since = 0 if self.crossing_step is None else max(0, self.crossing_step - first)
        ended = stretch.ended or (self.has_crossed and bool((tops[since:] < self.edge).any()))
        self._near |= bool((tops > WATCHED * self.edge).any())
        self.last_step += len(tops)
        if (self._near or ended) and self._going.any():
            self.watched_from = min(self.watched_from, first)
            self._watch(first, stretch, tops, stuck_from, ended)
        return not ended and (bool(self._going.any()) or not self.has_crossed)

    def _watch(self, first: int, stretch: Stretch, tops: Floats, stuck_from: NDArray[np.int64], ended: bool) -> None:
        noise, going = Noise.of(first, [stretch.kept]), np.flatnonzero(self._going)
        above = self._above(noise, stretch.weights, tops, going)
        crossed = self._crossed[going] | np.logical_or.accumulate(above, axis=0)
        sizes = noise.oscillation_bits[:, going] - self.bits
        leaves = np.where(crossed, sizes >= -MATCHING_BITS, ~(sizes < _LARGE_BITS))  # NaN leaves too
        falls = crossed & ~above
        event = leaves | falls | (first + np.arange(len(tops))[:, None] >= stuck_from[going])
        place, ends, each = event.argmax(axis=0), event.any(axis=0), np.arange(len(going))
        fallen = falls[place, each]
        self.fallen_at[going[fallen]] = first + place[fallen]
        left = leaves[place, each] & ~fallen
        if ended:  # a draw that stays linear after it crossed is handed over at the last step
            place[~ends], left = len(tops) - 1, left | ~ends & crossed[-1]
        draws, places = going[left], place[left]
        weights = noise.displaced(self._coordinates(stretch.weights[places]), self.bits, places, draws)
        self._left.append(Leaving(draws, first + places, weights, crossed[places, each[left]]))
        self._crossed[going], self._going[going] = crossed[-1], ~ends

    def _coordinates(self, weights: Floats) -> Floats:
        """Give the `(c, v)` of some `(f, v)`."""
        rank = self.model.rank
        return np.concatenate([weights[:, :rank] / self.model.rounded_spectrum[0], weights[:, rank:]], axis=1)

    def _above(self, noise: Noise, weights: Floats, tops: Floats, draws: NDArray[np.intp]) -> Flags:
        """Tell of some draws whether their sharpness is above `2/eta`, shape `(K, len(draws))`.

        Where the displacement is too small to carry that of the mean past it, the draws are on its side.
        """
        found = np.repeat(tops[:, None] > self.edge, len(draws), axis=1)
        if self._beyond:
            return found
        large = np.flatnonzero((noise.oscillation_bits - self.bits >= _LARGE_BITS).all(axis=1))
        self._beyond = bool(len(large))
        upto = int(large[0]) + 1 if len(large) else len(found)
        largest = np.abs(noise.displacements[:upto]).max(axis=(1, 2))
        sizes = largest * np.ldexp(1.0, noise.scale_bits[:upto] - self.bits)
        rank, s = self.model.rank, self.model.rounded_spectrum[0]
        reach = 4 * self.model.depth * sizes / np.abs(weights[:upto, rank:]).min(axis=1)
        close = np.flatnonzero(np.abs(tops[:upto] / self.edge - 1) <= reach)
        for some in np.array_split(close, len(close) // _STEPS_AT_ONCE + 1):
            if not len(some):
                continue
            moved = np.moveaxis(noise.at(self.bits, some)[..., draws], 2, 1)
            moved = moved + self._coordinates(weights[some])[:, None]
            outputs, layers = moved[..., :rank] * s, moved[..., rank:]
            above = are_above(self.model, outputs.reshape(-1, rank), layers.reshape(-1, layers.shape[-1]), self.edge)
            found[some] = above.reshape(len(some), len(draws))
        return found
