"""How one step moves the layer imbalance of the two-layer model (Definition 4.2, Theorem 5.9).

`C = ||Pi_W u||^2 - v^2`. The functions use only `+ - * /`, so they are exact for exact numbers: give `Fraction`
arrays (dtype object) and the result is a `Fraction`; give `IndexedArray` and it is the general formula.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from theory.errors import NotFiniteError, ShapeError
from theory.formulas.deep_model import layer_product, product_of_others
from theory.formulas.parameter_checks import check_batch_size, check_positive
from theory.language.arrays import row_count
from theory.language.numbers import Number, finite, is_finite, is_indexed, plain, square, total, vector


class StepTerms(NamedTuple):
    """The named terms of Theorem 5.9 at weights `(u, v)`, with `z = v X u - y`; no factor 1/N in any of them."""

    full_batch_first: Number
    """`T_1 = ||X^T z||^2`."""
    full_batch_second: Number
    """`T_2 = (u^T X^T z)^2`."""
    single_sample_first: Number
    """`T_a = sum_n z_n^2 ||x_n||^2`."""
    single_sample_second: Number
    """`T_b = sum_n z_n^2 (x_n^T u)^2`."""
    noise_first: Number
    """`T_3 = T_a - ||X^T z||^2 / N`, never negative."""
    noise_second: Number
    """`T_4 = T_b - (u^T X^T z)^2 / N`, never negative."""


def layer_imbalance(spectrum: Any, first_layer: Any, second_layer: Number) -> Number:
    """Layer imbalance `C = ||Pi_W u||^2 - v^2` of the two-layer model (Definition 4.2).

    Args:
        spectrum: made by `Spectrum.from_data`, since the projection needs its right singular basis.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.

    Raises:
        ShapeError: u does not have one entry for each feature.
        ParameterError: the spectrum has no right singular basis.

    Examples:
        >>> from theory import Spectrum
        >>> layer_imbalance(Spectrum.from_data([[2.0, 0.0]], [1.0]), [3.0, 5.0], 1.0)
        8.0
    """
    return plain(total(square(spectrum.first_layer_coefficients(first_layer))) - square(second_layer))


def step_terms(X: Any, y: Any, u: Any, v: Number) -> StepTerms:
    """Terms of Theorem 5.9 at weights `u`, shape `(d,)`, and `v`, on data `X`, shape `(N, d)`, `y`, shape `(N,)`.

    Raises:
        ShapeError: shapes that do not fit together.
        NotFiniteError: an entry that is not finite.

    Examples:
        >>> step_terms([[1]], [0], [2], 1)[:2]
        (Fraction(4, 1), Fraction(16, 1))
    """
    X, y, u, v = _arrays(X, y, u, v)
    n_samples = row_count(X)
    output = X @ u
    residual = output * v - y
    gradient = X.T @ residual
    squares = square(X)
    squared_rows = squares.row_totals() if is_indexed(X) else squares.sum(axis=1)
    first, second = total(square(gradient)), square(gradient @ u)
    single_first, single_second = total(square(residual) * squared_rows), total(square(residual * output))
    noise = single_first - first / n_samples, single_second - second / n_samples
    return StepTerms(*map(plain, (first, second, single_first, single_second, *noise)))


def gradient_descent_increment(X: Any, y: Any, u: Any, v: Number, step_size: Number) -> Number:
    """`C` after one step of gradient descent, less `C` before it (Theorem 5.9).

    `(eta^2 / N^2) [v^2 ||X^T z||^2 - (u^T X^T z)^2]`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        u: first layer, shape `(d,)`.
        v: second layer.
        step_size: `eta > 0`.

    Raises:
        ShapeError: shapes that do not fit together.
        NotFiniteError: an entry that is not finite.
        ParameterError: a step size that is not positive.

    Examples:
        At `C > 0` a step can lower the imbalance:

        >>> gradient_descent_increment([[1]], [0], [2], 1, step_size=1)
        Fraction(-12, 1)
    """
    check_positive(step_size, "the step size")
    terms = step_terms(X, y, u, v)
    bracket = square(v) * terms.full_batch_first - terms.full_batch_second
    return finite(square(step_size / _whole(row_count(X))) * bracket, "the increment")


def sgd_expected_increment(X: Any, y: Any, u: Any, v: Number, step_size: Number, batch_size: Number) -> Number:
    """Expected `C` after one step of SGD, less `C` before it (Theorem 5.9).

    `eta^2 / (B N (N-1)) { (N-B) [v^2 T_a - T_b] + (B-1) [v^2 ||X^T z||^2 - (u^T X^T z)^2] }`, over batches of exactly
    `B` of the `N` samples, drawn uniformly without replacement. For `B = N` it is gradient descent's increment.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        u: first layer, shape `(d,)`.
        v: second layer.
        step_size: `eta > 0`.
        batch_size: `B`, a whole number from 1 to N.

    Raises:
        ShapeError: shapes that do not fit together.
        NotFiniteError: an entry that is not finite.
        ParameterError: a step size that is not positive, or a batch size outside 1..N.

    Examples:
        >>> sgd_expected_increment([[1], [1]], [0, 1], [1], 0, step_size=1, batch_size=1)
        Fraction(-1, 2)
    """
    check_positive(step_size, "the step size")
    n_samples = _whole(row_count(X))
    check_batch_size(batch_size, n_samples)
    if n_samples == 1:
        return gradient_descent_increment(X, y, u, v, step_size)
    terms = step_terms(X, y, u, v)
    single = square(v) * terms.single_sample_first - terms.single_sample_second
    full = square(v) * terms.full_batch_first - terms.full_batch_second
    bracket = (n_samples - batch_size) * single + (batch_size - 1) * full
    return finite(square(step_size) / (batch_size * n_samples * (n_samples - 1)) * bracket, "the increment")


def noise_increments(X: Any, y: Any, u: Any, later_layers: Any, step_size: Number, batch_size: Number) -> Any:
    """Expected `C_j = ||Pi_W u||^2 - v_j^2` after one step of SGD less that after one of gradient descent, any depth.

    `eta^2 (N-B) / (B N (N-1)) { P^2 T_3 - (P/v_j)^2 T_4 }`, the terms of Theorem 5.9 with `P` for `v`: what the
    choice of the batch adds.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        u: first layer, shape `(d,)`.
        later_layers: `v_1 .. v_(D-1)`, shape `(D-1,)`.
        step_size: `eta > 0`.
        batch_size: `B`, a whole number from 1 to N.

    Returns:
        One number for each later layer, shape `(D-1,)`.

    Raises:
        ShapeError: shapes that do not fit together.
        NotFiniteError: an entry that is not finite.
        ParameterError: a step size that is not positive, or a batch size outside 1..N.

    Examples:
        >>> two = noise_increments([[1], [1]], [0, 1], [1], np.array([Fraction(1, 2)]), step_size=1, batch_size=1)
        >>> two.tolist()
        [Fraction(-3, 16)]
    """
    check_positive(step_size, "the step size")
    n_samples = _whole(row_count(X))
    check_batch_size(batch_size, n_samples)
    product, others = layer_product(later_layers), product_of_others(later_layers)
    if n_samples == 1:
        return others * 0  # the only batch is the whole
    terms = step_terms(X, y, u, product)
    rate = step_size**2 * (n_samples - batch_size) / (batch_size * n_samples * (n_samples - 1))
    return others**2 * (-rate * terms.noise_second) + rate * square(product) * terms.noise_first


def _whole(size: Any) -> Any:
    """The number of samples as an exact number, so that no quotient of two Python integers is rounded."""
    return Fraction(size) if isinstance(size, int) else size


def _arrays(X: Any, y: Any, u: Any, v: Number) -> tuple[Any, Any, Any, Number]:
    if is_indexed(X):
        return X, y, u, v
    arrays = [_array(values, name) for values, name in ((X, "X"), (y, "y"), (u, "u"))]
    for array, name, axes in zip(arrays, "Xyu", (2, 1, 1), strict=True):
        if array.ndim != axes:
            raise ShapeError(f"{name} must have {axes} axes, but its shape is {array.shape}")
    data, labels, weights = arrays
    if len(data) == 0:
        raise ShapeError("X has no rows: give at least one sample")
    if data.shape != (len(labels), len(weights)):
        raise ShapeError(f"X of shape {data.shape} does not fit {len(labels)} labels and {len(weights)} weights")
    if not is_finite(v):
        raise NotFiniteError(f"v is {v}: give a finite number")
    return data, labels, weights, v


def _array(values: Any, name: str) -> np.ndarray[Any, Any]:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ShapeError(f"the rows of {name} differ in length: give a rectangular array") from error
    if array.dtype.kind == "f" and array.dtype != object:
        array = array.astype(np.float64, copy=False)
        if not np.isfinite(array).all():
            raise NotFiniteError(f"{name} holds NaN or infinity: remove or repair it first")
        return array
    exact = vector(array.ravel())
    for value in exact:
        if not is_finite(value):
            raise NotFiniteError(f"{name} holds {value}: remove or repair it first")
    return exact.reshape(array.shape)


def imbalance_pump(spectrum: Any, coefficients: Any, v: Number, residual: Any) -> Number:
    """`v^2 sum_i s_i^2 z_i^2 - (sum_i s_i c_i z_i)^2`: a step raises `C` by `(eta/N)^2` times this.

    Theorem 5.9 in the modes: how an oscillation of the residual pumps the layer imbalance.

    Args:
        spectrum: the data.
        coefficients: `c_i = w_i^T u`, shape `(r,)`.
        v: second layer.
        residual: `z_i = e_i^T z`, shape `(r,)`.

    Examples:
        >>> from theory import Spectrum
        >>> data = Spectrum([2.0], [1.0], n_samples=1)
        >>> float(imbalance_pump(data, np.array([1.0]), 3.0, np.array([1.0])))
        32.0
    """
    slope = spectrum.singular_values * residual
    return square(v) * total(square(slope)) - square(total(slope * coefficients))
