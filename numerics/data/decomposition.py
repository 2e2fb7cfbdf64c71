"""From data to spectrum: the singular value decomposition, by NumPy or at the precision of mpmath numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from theory.errors import (
    DegenerateDataError,
    NotFiniteError,
    NoZeroLossError,
    NumberKindError,
    ParameterError,
    ShapeError,
)
from theory.language.numbers import MPMATH, Number, kind, total
from theory.spectrum import Spectrum

Array = np.ndarray[Any, Any]
_TIE = 1e-6


def decompose(X: Any, y: Any, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    """See `Spectrum.from_data`, which documents the arguments and the errors."""
    data, labels = _as_array(X, "X"), _as_array(y, "y")
    _check_shapes(data, labels)
    if rank_tolerance is not None and not 0 <= rank_tolerance < 1:
        raise ParameterError(f"rank_tolerance must lie in [0, 1), not {rank_tolerance}")
    if data.dtype == object or labels.dtype == object:
        return _decompose_mpmath(data, labels, rank_tolerance, require_zero_loss)
    return _decompose_float64(data, labels, rank_tolerance, require_zero_loss)


def _decompose_float64(data: Array, labels: Array, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    for name, values in (("X", data), ("y", labels)):
        if not np.isfinite(values).all():
            where = tuple(int(i) for i in np.argwhere(~np.isfinite(values))[0])
            raise NotFiniteError(f"{name}[{', '.join(map(str, where))}] is {values[where]}: remove or repair it first")
    epsilon = float(np.finfo(np.float64).eps)
    largest = float(np.abs(data).max())
    if largest == 0:
        raise DegenerateDataError("X = 0 (rank 0): the model's output is 0 whatever its weights")
    if not np.any(labels):
        raise DegenerateDataError("y = 0: the zero network is a global minimum and the statements are 0/0")
    # Powers of two change no bit of the mantissas, and keep every square away from overflow and underflow.
    data_scale, label_scale = _power_of_two(largest), _power_of_two(float(np.abs(labels).max()))
    left, values, right = np.linalg.svd(data / data_scale, full_matrices=False)
    tolerance = max(data.shape) * epsilon if rank_tolerance is None else rank_tolerance
    rank = int(np.count_nonzero(values > tolerance * values[0]))
    scaled_labels = labels / label_scale
    coefficients = left[:, :rank].T @ scaled_labels
    residual = scaled_labels - left[:, :rank] @ coefficients
    # Rounding leaves a residual of a few units in the last place even where y lies in col(X).
    inside, outside = float(coefficients @ coefficients), float(residual @ residual)
    share = _residual_share(inside, outside, max(data.shape) * epsilon)
    _check_share(share, require_zero_loss)
    signs = canonical_signs(right[:rank], coefficients)
    right = np.ascontiguousarray(right[:rank] * signs[:, np.newaxis])
    right.setflags(write=False)
    return Spectrum(
        values[:rank] * data_scale,
        coefficients * signs * label_scale,
        n_samples=data.shape[0],
        label_residual_share=share,
        right_singular_vectors=right,
    )


def _decompose_mpmath(data: Array, labels: Array, rank_tolerance: float | None, require_zero_loss: bool) -> Spectrum:
    kinds = {kind(value) for values in (data, labels) for value in np.ravel(values)}
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
    matrix = context.matrix([[context.convert(value) for value in row] for row in data])
    target = np.array([context.convert(value) for value in labels], dtype=object)
    if all(value == 0 for value in np.ravel(data)):
        raise DegenerateDataError("X = 0 (rank 0): the model's output is 0 whatever its weights")
    if all(value == 0 for value in target):
        raise DegenerateDataError("y = 0: the zero network is a global minimum and the statements are 0/0")
    left, values, right = context.svd_r(matrix, full_matrices=False)
    tolerance = max(data.shape) * context.eps if rank_tolerance is None else rank_tolerance
    rank = sum(1 for value in values if value > tolerance * values[0])
    basis = np.array([[left[n, i] for n in range(data.shape[0])] for i in range(rank)], dtype=object)
    coefficients = basis @ target
    residual = target - coefficients @ basis
    share = _residual_share(total(coefficients**2), total(residual**2), max(data.shape) * context.eps)
    _check_share(share, require_zero_loss)
    rows = np.array([[right[i, k] for k in range(data.shape[1])] for i in range(rank)], dtype=object)
    signs = canonical_signs(rows, coefficients).astype(int)
    rows = rows * signs[:, np.newaxis]
    rows.setflags(write=False)
    return Spectrum(
        [values[i] for i in range(rank)],
        coefficients * signs,
        n_samples=data.shape[0],
        label_residual_share=share,
        right_singular_vectors=rows,
    )


def canonical_signs(right: Array, coefficients: Array) -> NDArray[np.float64]:
    """Signs, 1 or -1, that make a decomposition the same for every order of rows and columns and every LAPACK.

    The entry of `w_i` that is largest in magnitude becomes positive. Where entries of both signs tie for that (to
    one part in a million), the coefficient `d_i` becomes positive; where that is 0, the loss is the same either way.

    Args:
        right: the `w_i^T` as rows, shape `(r, d)`.
        coefficients: the `d_i`, shape `(r,)`.

    Examples:
        >>> canonical_signs(np.array([[-0.8, 0.6], [0.6, 0.8]]), np.array([1.0, -1.0])).tolist()
        [-1.0, 1.0]
    """
    entries = right.astype(np.float64)
    sizes = np.abs(entries)
    leading = np.sign(entries) * (sizes >= (1 - _TIE) * sizes.max(axis=1, keepdims=True))
    untied = np.abs(leading.sum(axis=1)) == np.abs(leading).sum(axis=1)
    signs = np.where(untied, np.sign(leading.sum(axis=1)), np.sign(coefficients.astype(np.float64)))
    return np.where(signs < 0, -1.0, 1.0)


def _as_array(values: Any, name: str) -> Array:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ShapeError(f"the rows of {name} differ in length: give a rectangular array") from error
    if array.dtype == object:
        for value in array.ravel():
            kind(value)
        return array
    if array.dtype.kind not in "buif":
        raise NumberKindError(f"{name} holds {array.dtype} values: give real numbers")
    return array.astype(np.float64, copy=False)


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


def _power_of_two(value: float) -> float:
    return float(2.0 ** np.clip(np.frexp(value)[1], -1021, 1023))


def _residual_share(inside: Number, outside: Number, rounding: Number) -> Number:
    """Share of `||y||^2` outside `col(X)`; what rounding alone can leave on either side counts as zero."""
    negligible = (10 * rounding) ** 2 * (inside + outside)
    if inside <= negligible:
        raise DegenerateDataError("y is orthogonal to the columns of X: no weights reduce the loss")
    return outside / (inside + outside) if outside > negligible else outside * 0


def _check_share(share: Number, require_zero_loss: bool) -> None:
    if require_zero_loss and share > 0:
        raise NoZeroLossError(
            f"{100 * float(share):.3g} % of ||y||^2 lies outside the column space of X, so no weights reach zero loss: "
            "drop --require-zero-loss (require_zero_loss=True) to leave that constant part out"
        )
