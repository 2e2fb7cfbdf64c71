"""The spectrum of a data set in balls, narrower and narrower."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

import flint
from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.data.dataset import Dataset
from numerics.spectrum.ball_spectrum import BITS_TRIED, MOST_MODES, ball, ball_spectrum, told_apart
from numerics.spectrum.decomposition import refuse_nothing
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum
from numerics.spectrum.float64_decomposition import Decomposition
from numerics.spectrum.float64_enclosure import float64_spectrum
from numerics.spectrum.large_matrices.block_work import BlockWork
from numerics.spectrum.large_matrices.reduction import is_large, reduced_spectrum
from numerics.spectrum.numbers import Numbers
from theory.errors import DegenerateDataError

_LONG = 1 << 22  # numbers of X that take more than a moment to decompose
_WHOLE = 1 << 26  # and that are decomposed only by way of a reduction


def enclosures(
    dataset: Dataset, rank_tolerance: float | None = None, work: BlockWork | None = None
) -> Iterator[EnclosedSpectrum]:
    """Give enclosures of the true spectrum, each narrower than the one before.

    The first comes from float64 where its errors leave nothing open; the others from exact numbers, where there are at
    most 128 samples or features. A singular value is 0 only where it is so in the rationals that the data are.

    Args:
        dataset: the data.
        rank_tolerance: leave out singular values up to so much of the largest, which are not 0.
        work: who sums over the rows of a large matrix.

    Raises:
        DegenerateDataError: X = 0, y = 0, y orthogonal to the columns of X, or data too large to be decomposed in more
            than float64, which is not enough for them.

    Examples:
        >>> import numpy as np
        >>> data = Dataset("mine", np.array([[1.0, 1e-9], [1.0, 0.0]]), np.array([1.0, 2.0]))
        >>> spectrum = next(enclosures(data))
        >>> spectrum.difficulty.str(5, radius=False)
        '1.000e+18'
    """
    refuse_nothing(dataset.X, dataset.y)
    given = False
    for spectrum in _of_the_whole(dataset, rank_tolerance, work or BlockWork()):
        if not spectrum.label_norm_squared > 0 and dataset.numbers.exact.labels_orthogonal:
            raise DegenerateDataError("y is orthogonal to the columns of X: no weights reduce the loss")
        with Ball(spectrum.bits).active():
            kept = spectrum if rank_tolerance is None else _cut(dataset, spectrum, rank_tolerance)
        if kept is not None:
            given = True
            yield kept
    if not given:
        raise DegenerateDataError(
            "float64 cannot tell every singular value from 0, and more bits are for at most "
            f"{MOST_MODES} samples or features; say with --rank-tolerance which of them count as 0"
        )


@functools.lru_cache(maxsize=1)
def _reduced(numbers: Numbers, work: BlockWork) -> EnclosedSpectrum | None:
    return reduced_spectrum(numbers, work)


def _of_the_whole(dataset: Dataset, rank_tolerance: float | None, work: BlockWork) -> Iterator[EnclosedSpectrum]:
    s, d = dataset.exact_singular_values, dataset.exact_label_coefficients
    if s is not None and d is not None:
        for bits in BITS_TRIED:
            with Ball(bits).active():
                spectrum = _of_rationals(s, d, dataset.n_samples)
            yield spectrum
        return
    numbers, small = dataset.numbers, min(dataset.X.shape) <= MOST_MODES
    if is_large(numbers):
        reduced = _reduced(numbers, work)
        if reduced is not None:
            yield reduced
        # The whole matrix in float64 would tell no more, except on which side of a tolerance a singular value is.
        if numbers.X.size > _WHOLE or (reduced is not None and rank_tolerance is None and not small):
            return
    if numbers.X.size > _LONG:
        work.heard("decomposing", 0, 1)
    found = Decomposition.of(numbers.X, numbers.y)
    if rank_tolerance is None or small:
        complete = usable = numbers.has_rank(found.visible_rank)
    else:
        complete, usable = False, rank_tolerance * found.values[0] > 4 * found.noise
    if usable:
        first = float64_spectrum(numbers, found, complete)
        if first is not None and (first.tied == 1 or not small):
            yield first
    for bits in BITS_TRIED if small else ():
        found_in_balls, last = ball_spectrum(numbers.exact, bits), bits == BITS_TRIED[-1]
        if found_in_balls is None:
            continue
        if last or found_in_balls.tied == 1 or told_apart(numbers.exact, found_in_balls):
            yield found_in_balls


def _of_rationals(s: Sequence[Fraction], d: Sequence[Fraction], n_samples: int) -> EnclosedSpectrum:
    coefficients: list[arb] = []
    for _, members in groupby(zip(s, d, strict=True), key=lambda mode: mode[0]):
        inside = [ball(coefficient) for _, coefficient in members]
        together = inside[0] if len(inside) == 1 else sum((one * one for one in inside), arb(0)).sqrt()
        coefficients += [together] + [arb(0)] * (len(inside) - 1)
    return EnclosedSpectrum(
        [ball(x) for x in s],
        coefficients,
        n_samples=n_samples,
        label_residual_share=arb(0),
        bits=flint.ctx.prec,
        tied=list(s).count(s[0]),
    )


def _cut(dataset: Dataset, spectrum: EnclosedSpectrum, rank_tolerance: float) -> EnclosedSpectrum | None:
    """Leave out small singular values; None where the balls do not say which they are."""
    limit = spectrum.singular_values[0] * arb(rank_tolerance)
    kept = sum(1 for value in spectrum.singular_values if value > limit)
    if kept == spectrum.rank or not all(value <= limit for value in spectrum.singular_values[kept:]):
        return spectrum if kept == spectrum.rank else None
    coefficients = spectrum.label_coefficients[:kept]
    whole = sum((ball(Fraction(x)) ** 2 for x in dataset.y.tolist()), arb(0))
    return EnclosedSpectrum(
        spectrum.singular_values[:kept],
        coefficients,
        n_samples=spectrum.n_samples,
        label_residual_share=1 - sum((one * one for one in coefficients), arb(0)) / whole,
        bits=spectrum.bits,
        tied=spectrum.tied,
    )
