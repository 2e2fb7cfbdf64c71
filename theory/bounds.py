"""Bounds on the sharpness `S`, the top eigenvalue of the Hessian of `||X u P - y||^2 / (2N)`.

Every function takes a `Spectrum` and returns `S` itself, with the factor 1/N inside, in the kind of number that
the spectrum holds. Each is the one home of its formula: the ledger proves these functions, and the book prints
them, by calling them on symbols.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from theory.errors import ParameterError, ShapeError
from theory.formulas.deep_model import layer_product
from theory.formulas.initialization_moments import mean_harmonic_square, mean_imbalance
from theory.formulas.parameter_checks import (
    check_depth,
    check_finite,
    check_order,
    check_positive,
    within_float64,
)
from theory.formulas.radical import radical
from theory.language.notebook import typesetter
from theory.language.numbers import (
    Number,
    is_indexed,
    is_surely_positive,
    like,
    plain,
    power,
    representable,
    sqrt,
    square,
    total,
    vector,
)
from theory.spectrum import Spectrum

if TYPE_CHECKING:
    from theory.language.indexed import IndexedArray


class Bounds(NamedTuple):
    """A lower and an upper bound on the same quantity."""

    lower: Number
    upper: Number

    def _repr_latex_(self) -> str:
        latex = typesetter("values").value_latex
        return rf"$\left[{latex(self.lower)},\; {latex(self.upper)}\right]$"


def positive_root(imbalance: Number, difficulty: Number) -> Number:
    """Positive root `V` of `V^2 + C V - Q = 0`: `V = (-C + sqrt(C^2 + 4Q)) / 2` (equation (16)).

    At a global minimizer of the two-layer model with imbalance `C` on data of difficulty `Q > 0`, `V = v^2`.
    Where `C` is positive the same number is computed as `2Q / (C + sqrt(C^2 + 4Q))`, which cancels nothing.
    Note that `1/V = positive_root(-C, Q) / Q`.

    Args:
        imbalance: `C`, any sign.
        difficulty: `Q`, positive.

    Raises:
        NumberKindError: rationals whose root is none.

    Examples:
        >>> positive_root(0.0, 9.0)
        3.0
        >>> positive_root(1e12, 1.0)
        1e-12
    """
    root = radical(imbalance, difficulty)
    if is_surely_positive(imbalance):
        return 2 * difficulty / (root + imbalance)
    return (root - imbalance) / 2


@within_float64
def predicted_sharpness(spectrum: Spectrum, depth: Number) -> Number:
    """Predicted sharpness `S_hat = (s_1^2 / N) Q^((D-1)/D)` (Definition 5.8).

    Args:
        spectrum: the data.
        depth: number of layers `D >= 2`.

    Raises:
        ParameterError: depth is not a whole number of at least 2.
        NotFiniteError: the value leaves the range of float64.

    Examples:
        >>> predicted_sharpness(Spectrum([2.0], [6.0], n_samples=3), depth=2)
        4.0
    """
    check_depth(depth)
    value = spectrum.singular_values[0] ** 2 * power(spectrum.difficulty, depth - 1, depth) / spectrum.n_samples
    return representable(value, "the predicted sharpness")


@within_float64
def two_layer_minimizer(spectrum: Spectrum, imbalance: Number = 0) -> Bounds:
    """Sharpness at a global minimizer of the two-layer model with layer imbalance `C` (Theorem 4.3).

    `(s_1^2 V + d_1^2 / V) / N <= S <= (s_1^2 V + ||y||^2 / V) / N` with `V = positive_root(C, Q)`.

    Args:
        spectrum: the data.
        imbalance: `C = ||Pi_W u||^2 - v^2` (Definition 4.2).

    Raises:
        NotFiniteError: the imbalance is not finite, or a bound leaves the range of float64.

    Examples:
        >>> two_layer_minimizer(Spectrum([2.0], [6.0], n_samples=1))
        Bounds(lower=24.0, upper=24.0)
        >>> two_layer_minimizer(Spectrum([4.0, 2.0], [0.0, 6.0], n_samples=2))
        Bounds(lower=24.0, upper=30.0)
    """
    return _rank_one_bounds(spectrum, *_two_layer_coefficients(spectrum, imbalance))


@within_float64
def balanced_minimizer(spectrum: Spectrum, depth: Number) -> Bounds:
    """Sharpness at a balanced global minimizer of the model of depth `D` (Theorem 4.6).

    `(s_1^2 A + (D-1) d_1^2 / Q^(1/D)) / N <= S <= (s_1^2 A + (D-1) ||y||^2 / Q^(1/D)) / N` with
    `A = Q^((D-1)/D)`.

    Args:
        spectrum: the data.
        depth: number of layers `D >= 2`.

    Raises:
        ParameterError: depth is not a whole number of at least 2.
        NotFiniteError: a bound leaves the range of float64.

    Examples:
        >>> balanced_minimizer(Spectrum([1.0], [8.0], n_samples=1), depth=3)
        Bounds(lower=48.0, upper=48.0)
    """
    check_depth(depth)
    return _rank_one_bounds(spectrum, *_balanced_coefficients(spectrum, depth))


@within_float64
def minimizer(spectrum: Spectrum, squared_layers: Iterable[Number] | IndexedArray) -> Bounds:
    """Sharpness at any global minimizer, of any depth, whose later layers have the squares `q_j = v_j^2`.

    `(s_1^2 P^2 + d_1^2 B) / N <= S <= (s_1^2 P^2 + ||y||^2 B) / N` with `P^2 = prod_j q_j` and `B = sum_j 1/q_j`:
    the tangent kernel there is `P^2 X X^T + B y y^T`. Beyond the paper, whose Theorems 4.3 (two layers) and 4.6
    (balanced ones) are the cases in which the squares have a closed form; `layer_sizes` finds them for any imbalances.

    Args:
        spectrum: the data.
        squared_layers: the `q_j`, shape `(D-1,)`, positive.

    Raises:
        ParameterError: a square is not positive.
        NotFiniteError: a square is not finite, or a bound leaves the range of float64.

    Examples:
        >>> minimizer(Spectrum([1.0], [8.0], n_samples=1), [4.0, 4.0])
        Bounds(lower=48.0, upper=48.0)
    """
    squares: Any = squared_layers
    if not is_indexed(squares):
        squares = vector(squares, spectrum.difficulty)
        for square_of_layer in squares:
            check_positive(square_of_layer, "the square of a layer")
    return _rank_one_bounds(spectrum, layer_product(squares), total(squares**-1))


@within_float64
def wide_minimizer(spectrum: Spectrum, least: Number, greatest: Number) -> Bounds:
    """Sharpness at a global minimizer of a two-layer network of any width, from what gradient flow conserves.

    `(s_1^2 V(b) + d_1^2/V(a)) / N <= S <= (s_1^2 (V(a) + b) + ||y||^2/V(b)) / N` with `V(m) = positive_root(m, Q)`,
    where no eigenvalue of the conserved matrix `M = W Pi W^T - a a^T` is below `a` or above `b`, and `b >= 0`, which
    is no restriction for two neurons or more: `wide_imbalance` gives `M` at the start, and so these hold at the limit.
    Beyond the paper; at width 1, where `M` is the number `C`, `two_layer_minimizer` says more.

    Args:
        spectrum: the data.
        least: the least eigenvalue of `M`, or any number below it.
        greatest: the greatest eigenvalue of `M`, or any number above it, not negative.

    Raises:
        NotFiniteError: an eigenvalue is not finite, or a bound leaves the range of float64.
        ParameterError: `greatest` is negative, or less than `least`.

    Examples:
        >>> wide_minimizer(Spectrum([2.0], [6.0], n_samples=1), least=-8.0, greatest=8.0)
        Bounds(lower=8.0, upper=104.0)
        >>> wide_minimizer(Spectrum([2.0], [6.0], n_samples=1), least=0.0, greatest=0.0)
        Bounds(lower=24.0, upper=24.0)
    """
    check_order(least, greatest)
    difficulty = spectrum.difficulty
    least, greatest = like(least, difficulty), like(greatest, difficulty)
    lower = positive_root(greatest, difficulty), positive_root(-least, difficulty)
    upper = positive_root(least, difficulty) + greatest, positive_root(-greatest, difficulty)
    return _bounds(spectrum, lower, upper, difficulty)


@within_float64
def initialization(spectrum: Spectrum, alpha: Number, beta: Number) -> Bounds:
    """Expected sharpness of the two-layer model at initialization (Theorem 5.6).

    `u ~ N(0, alpha^2 I)` and `v ~ N(0, beta^2)`, independent (Assumption 5.5). With `a = alpha`, `b = beta`,

    `(s_1^2/N) (a^2 + b^2 + 2 a^2 b^2 / (a+b)^2) <= E S
    <= (1/N) [s_1^2 b^2 + a^2 sum s_i^2 + sqrt(a^2 b^2 sum s_i^4 + sum s_i^2 d_i^2)]`.

    Args:
        spectrum: the data.
        alpha: standard deviation of the entries of the first layer, positive.
        beta: standard deviation of the second layer, positive.

    Raises:
        ParameterError: alpha or beta is not positive.
        NotFiniteError: alpha, beta or a bound is not finite.

    Examples:
        >>> initialization(Spectrum([1.0], [0.0 + 1.0], n_samples=1), alpha=1.0, beta=1.0).lower
        2.5
    """
    check_positive(alpha, "alpha")
    check_positive(beta, "beta")
    alpha, beta = like(alpha, spectrum.difficulty), like(beta, spectrum.difficulty)
    s, d, n = spectrum.singular_values, spectrum.label_coefficients, spectrum.n_samples
    variances = alpha**2 + beta**2
    lower = s[0] ** 2 * (variances + 2 * mean_harmonic_square(alpha, beta)) / n
    gradient_norm = sqrt((alpha * beta) ** 2 * total(s**4) + total(square(s * d)))
    upper = (s[0] ** 2 * beta**2 + alpha**2 * total(s**2) + gradient_norm) / n
    return _representable(lower, upper)


@within_float64
def convergence(spectrum: Spectrum, alpha: Number, beta: Number) -> Bounds:
    """Expected sharpness at the limit of gradient flow from the initialization of Theorem 5.6 (Theorem 5.7).

    With `m = E C = r alpha^2 - beta^2` (equation (25)) and `E C^2 = m^2 + 2 r alpha^4 + 2 beta^4`
    (equation (27)),

    `(1/2N) [s_1^2 (-m + sqrt(m^2 + 4Q)) + (d_1^2/Q) (m + sqrt(m^2 + 4Q))] <= E S
    <= (1/2N) [s_1^2 (-m + sqrt(E C^2 + 4Q)) + (||y||^2/Q) (m + sqrt(E C^2 + 4Q))]`.

    The lower bound is Theorem 4.3's at `C = m`; the upper bound has its form with `Q` raised by a quarter of the
    variance of `C` under the root. Gradient flow is assumed to reach a global minimizer (Assumption 5.1).

    Args:
        spectrum: the data.
        alpha: standard deviation of the entries of the first layer, positive.
        beta: standard deviation of the second layer, positive.

    Raises:
        ParameterError: alpha or beta is not positive.
        NotFiniteError: alpha, beta or a bound is not finite.

    Examples:
        >>> bounds = convergence(Spectrum([2.0], [6.0], n_samples=1), alpha=0.5, beta=0.5)
        >>> bounds.lower
        24.0
        >>> bounds.upper > bounds.lower
        True
    """
    check_positive(alpha, "alpha")
    check_positive(beta, "beta")
    alpha, beta = like(alpha, spectrum.difficulty), like(beta, spectrum.difficulty)
    difficulty = spectrum.difficulty
    mean = mean_imbalance(spectrum.rank, alpha, beta)
    raised = difficulty + (spectrum.rank * alpha**4 + beta**4) / 2
    lower, upper = ((positive_root(mean, q), positive_root(-mean, q)) for q in (difficulty, raised))
    return _bounds(spectrum, lower, upper, difficulty)


@within_float64
def pointwise(spectrum: Spectrum, first_layer: Iterable[Number], second_layer: Number) -> Bounds:
    """Sharpness of the two-layer model at any weights, minimizer or not (Lemma B.3).

    With `c_i = w_i^T u`, `z_i = s_i c_i v - d_i`,

    `(1/N) [s_1^2 (v^2 + c_1^2) + 2 v c_1 s_1 z_1 / (v^2 + c_1^2)] <= S
    <= (1/N) [s_1^2 v^2 + sum s_i^2 c_i^2 + sqrt(sum s_i^2 z_i^2)]`.

    Where `v = c_1 = 0` the quotient is 0/0, and the lower bound is 0. Where several singular values are equal to `s_1`,
    `c_1^2` and `c_1 z_1` are the sums over all of them: that is the first mode of the basis of their space whose first
    vector points along the projection of `X u` on it, and the bound does not depend on any basis.

    Args:
        spectrum: the data.
        first_layer: the coefficients `c_i`, shape `(r,)`: `spectrum.first_layer_coefficients(u)`.
        second_layer: `v`.

    Raises:
        ShapeError: not as many coefficients as the rank.
        NotFiniteError: a weight is not finite.

    Examples:
        >>> pointwise(Spectrum([2.0], [6.0], n_samples=1), [1.0], 3.0)
        Bounds(lower=40.0, upper=40.0)
    """
    s, d, n = spectrum.singular_values, spectrum.label_coefficients, spectrum.n_samples
    if not is_indexed(first_layer):
        first_layer = vector(first_layer, spectrum.difficulty)
        if len(first_layer) != len(s):
            raise ShapeError(f"{len(first_layer)} first-layer coefficients for a spectrum of rank {len(s)}")
        for value in first_layer:
            check_finite(value, "a first-layer coefficient")
    check_finite(second_layer, "the second layer")
    c, v = first_layer, like(second_layer, spectrum.difficulty)
    residual = s * c * v - d
    upper = s[0] ** 2 * square(v) + total(square(s * c)) + sqrt(total(square(s * residual)))
    squared_norm = square(v) + total([square(c[place]) for place in spectrum.top_places])
    if squared_norm == 0:
        return Bounds(plain(upper * 0), plain(upper / n))
    inner = total([c[place] * residual[place] for place in spectrum.top_places])
    lower = s[0] ** 2 * squared_norm + 2 * v * inner * s[0] / squared_norm
    check_finite(lower, "the lower bound")
    check_finite(upper, "the upper bound")
    return Bounds(plain(lower / n), plain(upper / n))


@within_float64
def minimizer_sharpness(spectrum: Spectrum, *, depth: int = 2, imbalance: Number = 0) -> Number:
    """Exact sharpness at a global minimizer: the top root of its secular equation, divided by N.

    At a minimizer `N S` is the top eigenvalue of the neural tangent kernel `A X X^T + B y y^T` (equations (17) and
    (21)), a diagonal matrix plus one of rank one in the left singular basis. For depth 2 and imbalance `C`,
    `A = V` and `B = 1/V`; for more layers the minimizer is balanced, `A = Q^((D-1)/D)` and `B = (D-1) Q^(-1/D)`.
    Beyond the paper, which bounds this number (Theorems 4.3 and 4.6).

    Args:
        spectrum: the data. For balls the result is an enclosure; for mpf it is accurate to their precision.
        depth: number of layers `D >= 2`.
        imbalance: `C`, for depth 2 only.

    Raises:
        ParameterError: depth is not a whole number of at least 2, or an imbalance comes with more than two layers.
        NumberKindError: numbers whose roots have no closed form (rationals, symbols of rank above 1).

    Examples:
        >>> minimizer_sharpness(Spectrum([2.0], [6.0], n_samples=1))
        24.0
    """
    from theory.formulas.secular_equation import top_eigenvalue

    check_depth(depth)
    check_finite(imbalance, "imbalance")
    if depth != 2 and imbalance != 0:
        raise ParameterError(f"an imbalance is defined for depth 2 only, not for depth {depth}: leave it out")
    if depth == 2:
        coefficients = _two_layer_coefficients(spectrum, imbalance)
    else:
        coefficients = _balanced_coefficients(spectrum, depth)
    return plain(top_eigenvalue(spectrum, *coefficients) / spectrum.n_samples)


def _two_layer_coefficients(spectrum: Spectrum, imbalance: Number) -> tuple[Number, Number]:
    """Return `V` and `1/V` at the imbalance, the coefficients of `X X^T` and `y y^T` in the kernel of two layers."""
    check_finite(imbalance, "imbalance")
    difficulty = spectrum.difficulty
    imbalance = like(imbalance, difficulty)
    return positive_root(imbalance, difficulty), positive_root(-imbalance, difficulty) / difficulty


def _balanced_coefficients(spectrum: Spectrum, depth: Number) -> tuple[Number, Number]:
    """Return `Q^((D-1)/D)` and `(D-1) Q^(-1/D)`, the coefficients of `X X^T` and `y y^T` in the kernel."""
    difficulty = spectrum.difficulty
    return power(difficulty, depth - 1, depth), (depth - 1) * power(difficulty, -1, depth)


def _rank_one_bounds(spectrum: Spectrum, diagonal: Number, rank_one: Number) -> Bounds:
    """Bounds on the norm of `A X X^T + B y y^T`, over N: the quotient at `e_1`, and the sum of the two norms."""
    return _bounds(spectrum, (diagonal, rank_one), (diagonal, rank_one))


def _bounds(
    spectrum: Spectrum, lower: tuple[Number, Number], upper: tuple[Number, Number], divisor: Number = 1
) -> Bounds:
    """`(s_1^2 A + d_1^2 B / q) / N` with `(A, B)` of the lower bound; with `||y||^2` and those of the upper one."""
    first, n = spectrum.singular_values[0] ** 2, spectrum.n_samples
    low = first * lower[0] + spectrum.top_label_squared * lower[1] / divisor
    high = first * upper[0] + spectrum.label_norm_squared * upper[1] / divisor
    return _representable(low / n, high / n)


def _representable(lower: Number, upper: Number) -> Bounds:
    return Bounds(representable(lower, "the lower bound"), representable(upper, "the upper bound"))
