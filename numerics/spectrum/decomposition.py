"""From data to spectrum, in float64 or at the precision of mpmath numbers, each number right to about its last bit.

Float64's singular value decomposition is taken where every singular value stands out of its noise, or where the exact
rank says that those in the noise are 0. Where it cannot tell, and of few numbers always, exact numbers with many bits
are decomposed and rounded: to the same float64 whatever the order of rows and columns, and whoever made LAPACK.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import exact_fraction
from numerics.spectrum.arrays import are_numbers, in_float64, plain_array
from numerics.spectrum.ball_spectrum import BITS_TRIED, MOST_MODES, canonical_modes, told_apart
from numerics.spectrum.canonical import Array, canonical
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum
from numerics.spectrum.exact_data import ExactData
from numerics.spectrum.exact_reading import reading_of
from numerics.spectrum.float64_decomposition import Decomposition
from numerics.spectrum.numbers import Numbers
from theory.errors import (
    DegenerateDataError,
    NotFiniteError,
    NoZeroLossError,
    NumberKindError,
    ParameterError,
    ShapeError,
)
from theory.language.numbers import MPMATH, Number, kind, representable, total
from theory.spectrum import Spectrum

_CLEAR = 2.0**-20
"""So much of the largest are a singular value, and its distance to the next, that LAPACK is trusted with."""


_QUICK = 1024
"""So few numbers are decomposed with many bits in some milliseconds."""


def decompose(X: Any, y: Any, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    """See `Spectrum.from_data`, which documents the arguments and the errors."""
    data, labels = _as_array(X, "X"), _as_array(y, "y")
    if data.ndim > 2:  # images
        data = data.reshape(len(data), -1)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    _check_shapes(data, labels)
    if not (are_numbers(data) and are_numbers(labels)):
        return _decompose_mpmath(data, labels, rank_tolerance, require_zero_loss)
    rounded = in_float64("the data", "X", data), in_float64("the data", "y", labels)
    for name, values in zip(("X", "y"), rounded, strict=True):
        if not np.isfinite(values).all():
            where = tuple(int(i) for i in np.argwhere(~np.isfinite(values))[0])
            raise NotFiniteError(f"{name}[{', '.join(map(str, where))}] is {values[where]}: remove or repair it first")
    return spectrum_of(Numbers(*rounded, reading_of(data, labels)), rank_tolerance, require_zero_loss)


def spectrum_of(numbers: Numbers, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    """Decompose in float64; the arguments and errors are those of `Spectrum.from_data`."""
    _check_tolerance(rank_tolerance)
    refuse_nothing(numbers.X, numbers.y)
    modes = None
    if numbers.X.size > _QUICK:
        modes = _by_float64(numbers, Decomposition.of(numbers.X, numbers.y), rank_tolerance)
    if modes is None:
        modes = _by_many_bits(numbers.exact, rank_tolerance)
    _check_share(modes.share, require_zero_loss)
    right = np.ascontiguousarray(modes.right, dtype=np.float64)
    right.setflags(write=False)
    values = np.array(modes.values, dtype=np.float64)
    representable(float(values.max()), "the largest singular value")
    return Spectrum(
        values,
        np.array(modes.coefficients, dtype=np.float64),
        n_samples=len(numbers.y),
        label_residual_share=float(modes.share),
        right_singular_vectors=right,
    )


@dataclass(frozen=True, eq=False)
class _Modes:
    values: Sequence[Number] | Array
    coefficients: Array
    right: Array
    share: Number


def _by_float64(numbers: Numbers, found: Decomposition, rank_tolerance: float | None) -> _Modes | None:
    """Take what LAPACK found, unless it leaves something open that exact numbers can decide."""
    samples, features = found.X.shape
    small = min(samples, features) <= MOST_MODES
    if rank_tolerance is not None:
        rank = int(np.count_nonzero(found.values > rank_tolerance * found.values[0]))
    else:
        rank = found.visible_rank
        if not numbers.has_rank(rank):
            return None
    values, right = found.values[:rank], found.right[:rank]
    least = min(values[-1], np.min(values[:-1] - values[1:], initial=values[0]))
    if small and least < _CLEAR * values[0]:
        return None
    left = found.left[:, :rank]
    coefficients = left.T @ found.y
    residual = found.y - left @ coefficients
    inside, outside = float(coefficients @ coefficients), float(residual @ residual)
    rounding = (10 * max(samples, features) * float(np.finfo(np.float64).eps)) ** 2 * (inside + outside)
    if rank == samples:
        outside = 0.0
    elif outside <= rounding and numbers.decidable and rank_tolerance is None:
        outside = 0.0 if numbers.exact.labels_inside else outside
    if inside <= rounding:
        if rank_tolerance is not None or not numbers.decidable or numbers.exact.labels_orthogonal:
            raise DegenerateDataError("y is orthogonal to the columns of X: no weights reduce the loss")
        if small:
            return None
    right, coefficients = canonical(right, coefficients, found.spaces(rank, found.noise))
    with np.errstate(over="ignore", under="ignore"):
        s, d = np.ldexp(values, found.data_scale), np.ldexp(coefficients, found.label_scale)
    return _Modes(s, d, right, outside / (inside + outside))


def _by_many_bits(exact: ExactData, rank_tolerance: float | None, wanted: int = 60) -> _Modes:
    """Decompose exact numbers until everything is right to so many bits."""
    if min(exact.shape) > MOST_MODES:
        raise DegenerateDataError(
            f"float64 cannot tell all {exact.rank} singular values from 0, and more bits are for at most {MOST_MODES} "
            "samples or features; give a rank_tolerance (--rank-tolerance)"
        )
    if exact.labels_orthogonal:
        raise DegenerateDataError("y is orthogonal to the columns of X: no weights reduce the loss")
    for bits in BITS_TRIED:
        found = canonical_modes(exact, bits) if bits > wanted else None
        last = bits == BITS_TRIED[-1]
        if found is None or not (last or (_is_right(found[0], wanted) and told_apart(exact, found[0]))):
            continue
        spectrum, coefficients, right = found
        s, share = spectrum.singular_values, spectrum.label_residual_share
        with Ball(bits).active():
            rank = sum(1 for value in s if rank_tolerance is None or value > s[0] * arb(rank_tolerance))
            if rank < len(s):
                share += total(coefficients[rank:] ** 2) / spectrum.label_norm_squared * (1 - share)
        return _Modes([value.mid() for value in s[:rank]], coefficients[:rank], right[:rank], share.mid())
    raise DegenerateDataError(f"{BITS_TRIED[-1]} bits cannot tell all {exact.rank} singular values from 0")


def _is_right(spectrum: EnclosedSpectrum, wanted: int) -> bool:
    """Whether singular values and coefficients are right to so many bits, beside 0 to twice as many of y's length."""
    fine = arb(2) ** (-2 * wanted) * spectrum.label_norm.upper()
    return all(value.rel_accuracy_bits() >= wanted for value in spectrum.singular_values) and all(
        d.rel_accuracy_bits() >= wanted or d.rad() <= fine for d in spectrum.label_coefficients
    )


def _decompose_mpmath(data: Array, labels: Array, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    kinds = {kind(value) for values in (data, labels) for value in values.ravel().tolist()}
    if MPMATH not in kinds:
        raise NumberKindError(
            f"data of the kinds {', '.join(sorted(kinds))} cannot be decomposed: "
            "give float64 or mpmath.mpf, or build the Spectrum from its singular values"
        )
    context = next(v for values in (data, labels) for v in np.ravel(values) if kind(v) == MPMATH).context
    for name, values in (("X", data), ("y", labels)):
        for where, value in np.ndenumerate(values):
            if not context.isfinite(context.convert(value)):
                raise NotFiniteError(f"{name}[{', '.join(map(str, where))}] is {value}: remove or repair it first")
    _check_tolerance(rank_tolerance)
    refuse_nothing(data != 0, labels != 0)
    X, y = [[exact_fraction(value) for value in row] for row in data], [exact_fraction(value) for value in labels]
    modes = _by_many_bits(ExactData.of_rationals(X, y), rank_tolerance, int(context.prec) + 8)
    _check_share(modes.share, require_zero_loss)

    def number(value: Any) -> Any:
        mantissa, exponent = value.man_exp()
        return context.ldexp(context.mpf(int(mantissa)), int(exponent))

    right = np.array([[number(value) for value in row] for row in modes.right], dtype=object)
    right.setflags(write=False)
    return Spectrum(
        [number(value) for value in modes.values],
        [number(value) for value in modes.coefficients],
        n_samples=len(y),
        label_residual_share=number(modes.share),
        right_singular_vectors=right,
    )


def refuse_nothing(X: Array, y: Array) -> None:
    """Refuse data of which everything is 0."""
    if not X.any():
        raise DegenerateDataError("X = 0 (rank 0): the model's output is 0 whatever its weights")
    if not y.any():
        raise DegenerateDataError("y = 0: the zero network is a global minimum and the statements are 0/0")


def _check_tolerance(rank_tolerance: float | None) -> None:
    if rank_tolerance is not None and not 0 <= rank_tolerance < 1:
        raise ParameterError(f"rank_tolerance must lie in [0, 1), not {rank_tolerance}")


def _as_array(values: Any, name: str) -> Array:
    array = plain_array("the data", name, values)
    if array.dtype == object and not are_numbers(array):
        for value in array.ravel():
            kind(value)
    elif not are_numbers(array):
        raise NumberKindError(f"{name} holds {array.dtype} values: give real numbers")
    return array


def _check_shapes(data: Array, labels: Array) -> None:
    if data.ndim != 2:
        raise ShapeError(f"X must be two-dimensional (samples x features), but its shape is {data.shape}")
    if labels.ndim != 1:
        raise ShapeError(f"y must be one-dimensional (one label a sample), but its shape is {labels.shape}")
    if data.shape[0] != labels.shape[0]:
        raise ShapeError(f"X has {data.shape[0]} rows but y has {labels.shape[0]} labels: give one label a row")
    if data.shape[0] == 0:
        raise DegenerateDataError("X has no rows: give at least one sample")
    if data.shape[1] == 0:
        raise DegenerateDataError("X has no columns: give at least one feature")


def _check_share(share: Number, require_zero_loss: bool) -> None:
    if require_zero_loss and share > 0:
        raise NoZeroLossError(
            f"{100 * float(share):.3g} % of ||y||^2 lies outside the column space of X, so no weights reach zero loss: "
            "drop --require-zero-loss (require_zero_loss=True) to leave that constant part out"
        )
