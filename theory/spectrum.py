"""A data set as the minimalist model sees it: singular values and label coefficients.

Paper: equations (2) and (3), Definition 4.1 (difficulty), the threshold after Theorem 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from theory.errors import DegenerateDataError, NotFiniteError, ParameterError, ShapeError
from theory.language.notebook import typesetter
from theory.language.numbers import (
    FLOAT,
    SYMBOLIC,
    Number,
    is_finite,
    is_indexed,
    is_surely_positive,
    kind,
    plain,
    representable,
    sqrt,
    square,
    total,
    vector,
)

if TYPE_CHECKING:
    from theory.language.indexed import IndexedArray


@dataclass(frozen=True, eq=False, repr=False)
class Spectrum:
    """Singular values `s_i` of `X` and coefficients `d_i = e_i^T y` of the labels in the left singular basis.

    With `X = sum_i s_i e_i w_i^T` (`N` samples, `d` features, rank `r`) and the part of `y` in `col(X)` equal to
    `sum_i d_i e_i`, everything that the loss `||X u P - y||^2 / (2N)` does to the sharpness depends on these
    alone (equations (2) and (3)).

    The numbers may be float64, `Fraction`, `mpmath.mpf`, `flint.arb`, SymPy expressions, or one `IndexedArray`
    of symbolic size for each; every quantity below comes back as the same kind.

    Attributes:
        singular_values: shape `(r,)`, positive, in descending order.
        label_coefficients: shape `(r,)`.
        n_samples: `N`, a whole number (or a SymPy symbol).
        label_residual_share: share of `||y||^2` outside `col(X)`, a constant of the loss, already left out of
            `label_coefficients`. Zero when a zero loss can be reached.
        right_singular_vectors: the `w_i^T` as rows, shape `(r, d)`, where the spectrum came from data.

    Raises:
        ShapeError, NotFiniteError, ParameterError, DegenerateDataError: see the messages.

    Examples:
        >>> data = Spectrum([4.0, 2.0], [0.0, 6.0], n_samples=2)
        >>> data.rank, data.difficulty, data.label_norm
        (2, 9.0, 6.0)
        >>> data.imbalance_threshold
        4.5
    """

    singular_values: Any
    label_coefficients: Any
    n_samples: Any
    label_residual_share: Number = 0.0
    right_singular_vectors: np.ndarray[Any, Any] | IndexedArray | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if is_indexed(self.singular_values):
            return  # of symbolic size: there is nothing to look at
        values, coefficients = list(self.singular_values), list(self.label_coefficients)
        together = vector(values + coefficients)  # one kind of number for both
        object.__setattr__(self, "singular_values", together[: len(values)])
        object.__setattr__(self, "label_coefficients", together[len(values) :])
        if isinstance(self.n_samples, np.integer):
            object.__setattr__(self, "n_samples", int(self.n_samples))
        self._check()

    def _facts(self) -> list[tuple[str, Number]]:
        facts: list[tuple[str, Number]] = [("N", self.n_samples), ("r", self.rank)]
        if is_indexed(self.singular_values):
            return facts
        s = self.singular_values
        return [*facts, ("s_1", s[0]), ("s_r", s[-1]), ("Q", self.difficulty), ("T_1", self.imbalance_threshold)]

    def __repr__(self) -> str:
        shown = [(name, f"{value:.6g}" if isinstance(value, float) else value) for name, value in self._facts()]
        texts = [f"{name}={value}" for name, value in shown]
        return f"Spectrum({', '.join(texts)})"

    def _repr_latex_(self) -> str:
        latex = typesetter("values").value_latex
        facts = r",\; ".join(f"{name} = {latex(value)}" for name, value in self._facts())
        return f"${facts}$"

    def _check(self) -> None:
        s, d, n = self.singular_values, self.label_coefficients, self.n_samples
        if len(s) != len(d):
            raise ShapeError(f"{len(s)} singular values but {len(d)} label coefficients: give one coefficient for each")
        if len(s) == 0:
            raise DegenerateDataError("the rank is 0 (X = 0): the model's output is 0 whatever its weights")
        if isinstance(n, bool) or (isinstance(n, int) and n < 1) or isinstance(n, float):
            raise ParameterError(f"n_samples must be a whole number of at least 1, not {n!r}")
        for name, values in (("singular value", s), ("label coefficient", d)):
            for position, value in enumerate(values):
                if not is_finite(value):
                    raise NotFiniteError(f"{name} {position + 1} is {value}: remove or repair it first")
        for position, value in enumerate(s):
            if kind(value) != SYMBOLIC and not value > 0:
                raise ParameterError(f"singular value {position + 1} is {value}, but each must be positive")
        for position in range(1, len(s)):
            if is_surely_positive(s[position] - s[position - 1]):
                raise ParameterError(f"singular value {position + 1} exceeds the one before: sort them downwards")
        for name, values in (("singular values", s), ("label coefficients", d)):
            magnitudes = [abs(value) for value in values if kind(value) == FLOAT]
            if magnitudes and not (max(magnitudes) < 1e150 and (max(magnitudes) > 1e-150 or max(magnitudes) == 0)):
                raise NotFiniteError(
                    f"the {name} reach {max(magnitudes):.3g}, where squares leave the range of float64: "
                    "rescale the data, or give mpmath.mpf numbers"
                )
        if all(kind(value) != SYMBOLIC and value == 0 for value in d):
            raise DegenerateDataError("every label coefficient is 0: y = 0 or y is orthogonal to the columns of X")

    @classmethod
    def from_data(
        cls,
        X: Any,
        y: Any,
        *,
        rank_tolerance: float | None = None,
        require_zero_loss: bool = False,
    ) -> Spectrum:
        """Decompose a data matrix and its labels.

        Args:
            X: data, shape `(N, d)`: an array, a frame, a sparse matrix or a tensor. What float64 rounds (a large whole
                number, a `Fraction`, a decimal) is taken exactly, and the result is float64; `mpmath.mpf` entries are
                decomposed to the precision of their own context.
            y: labels, shape `(N,)`.
            rank_tolerance: singular values up to `rank_tolerance * s_1` count as zero; by default those that are
                zero for the rationals that the numbers of X are.
            require_zero_loss: refuse labels that lie partly outside `col(X)`. By default that part, a constant of
                the loss, is dropped (the paper's reduction) and kept as `label_residual_share`.

        Raises:
            ShapeError: X is not two-dimensional, y not one-dimensional, or their lengths differ.
            NotFiniteError: NaN or infinity in X or y.
            DegenerateDataError: no rows, no columns, X = 0, y = 0, y orthogonal to `col(X)`, or singular values in
                float64's noise of data too large for more bits.
            NoZeroLossError: `require_zero_loss` and a part of y lies outside `col(X)`.
            ParameterError: `rank_tolerance` outside `[0, 1)`.

        Examples:
            >>> Spectrum.from_data([[5.0, 0.0], [0.0, 4.0]], [0.0, 15.0]).difficulty
            14.0625
        """
        from numerics.spectrum.decomposition import decompose

        return decompose(X, y, rank_tolerance, require_zero_loss)

    @property
    def rank(self) -> Any:
        """Rank `r` of the data matrix."""
        if is_indexed(self.singular_values):
            return self.singular_values.axes[0].size
        return len(self.singular_values)

    @cached_property
    def label_norm_squared(self) -> Number:
        """`||y||^2 = sum_i d_i^2`, of the part of y in `col(X)`."""
        return total(square(self.label_coefficients))

    @cached_property
    def label_norm(self) -> Number:
        """`||y||`, of the part of y in `col(X)`."""
        return sqrt(self.label_norm_squared)

    @cached_property
    def top_label_squared(self) -> Number:
        """`d_1^2`: where several singular values are equal to `s_1`, the squared projection of y on all of their space.

        Each of its orthonormal bases has another `d_1`, none larger than this, which the one along the projection has.

        Examples:
            >>> Spectrum([2.0, 2.0, 1.0], [3.0, 4.0, 9.0], n_samples=3).top_label_squared
            25.0
        """
        return plain(total([square(self.label_coefficients[place]) for place in self.top_places]))

    @cached_property
    def top_places(self) -> tuple[int, ...]:
        """The places of the singular values that are equal to the largest, from 0.

        Examples:
            >>> Spectrum([2.0, 2.0, 1.0], [3.0, 4.0, 9.0], n_samples=3).top_places
            (0, 1)
        """
        s = self.singular_values
        count = 1 if is_indexed(s) else len(s)
        # The first is taken unasked: a ball is not certainly equal to itself.
        return (0, *(place for place in range(1, count) if s[place] == s[0]))

    @cached_property
    def difficulty(self) -> Number:
        """Dataset difficulty `Q = sum_i d_i^2 / s_i^2` (Definition 4.1): `||X^+ y||^2`, no factor 1/N.

        Raises:
            NotFiniteError: Q lies outside the range of float64.
        """
        with np.errstate(over="ignore", under="ignore"):
            return representable(total(square(self.label_coefficients / self.singular_values)), "the difficulty Q")

    @cached_property
    def imbalance_threshold(self) -> Number:
        """`T_1 = Q s_1 / ||y|| - ||y|| / s_1`: the bounds of Theorem 4.3 fall in C as long as `C < T_1`.

        Evaluated as `sum_i d_i^2 (s_1^2 - s_i^2) / s_i^2 / (s_1 ||y||)`, which is the same and cancels nothing.
        """
        s, d = self.singular_values, self.label_coefficients
        excess = total(square(d) * ((s[0] - s) * (s[0] + s)) / s**2)
        return plain(excess / (s[0] * self.label_norm))

    def first_layer_coefficients(self, first_layer: Any) -> Any:
        """Coefficients `c_i = w_i^T u` of first-layer weights `u`, shape `(d,)`, in the right singular basis.

        Raises:
            ShapeError: u does not have shape `(d,)`.
            ParameterError: the spectrum did not come from data, so that there is no basis.
        """
        if self.right_singular_vectors is None:
            raise ParameterError("this spectrum has no right singular basis: make it with Spectrum.from_data")
        if not isinstance(self.right_singular_vectors, np.ndarray):
            return self.right_singular_vectors @ first_layer
        weights = vector(first_layer)
        if weights.shape != (self.right_singular_vectors.shape[1],):
            raise ShapeError(
                f"u has {len(weights)} entries, but the data have {self.right_singular_vectors.shape[1]} features"
            )
        return vector(self.right_singular_vectors @ weights)
