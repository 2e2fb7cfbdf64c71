"""The constants `alpha` and `beta` of self-stabilization at one state, at any depth and in every floating arithmetic.

The map of Appendix D.3 is derived for a reference point where `e`, the unit eigenvector of the sharpness, is orthogonal
to `grad L` and to `grad S` (statement app-d.3). At a state of a run neither is exactly so. `displacement` is
`e.grad L / S`, how far along `e` the state is from where the gradient along `e` vanishes; that is the map's `x`.
`alpha` and `beta` are of the parts across `e`: what `grad S` has along `e` moves the sharpness up and down with the
sign of `x` and cancels over two steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import equation_at
from numerics.sharpness import top_root
from theory.errors import ParameterError
from theory.formulas.deep_model import product_of_other_pairs
from theory.formulas.sharpness_gradient import Direction, across, progressive_sharpening, sharpness_gradient

_NOT_SIMPLE = "the sharpness is no simple eigenvalue at this state; choose another one"


@dataclass(frozen=True, eq=False)
class UnstableDirection:
    """Where a state is along its unstable direction; numbers of an arithmetic of 64 bits more than the model's.

    Attributes:
        sharpness: `S`.
        eigenvector: `e`, of length 1, its entry in the sharpest mode not negative.
        gradient: `grad L` in `(c, v)`.
        displacement: `x = e.grad L / S`.
    """

    sharpness: Number
    eigenvector: Direction
    gradient: Direction
    displacement: Number


@dataclass(frozen=True, eq=False)
class LocalConstants(UnstableDirection):
    """What self-stabilization needs of one state besides.

    Attributes:
        sharpness_gradient: `grad S` in `(c, v)`.
        sharpening: `alpha`, from the parts of both gradients across `e`.
        stabilizing: `beta`, the squared length of the part of `grad S` across `e`.
    """

    sharpness_gradient: Direction
    sharpening: Number
    stabilizing: Number


def unstable_direction(model: ReducedModel, state: State) -> UnstableDirection:
    """Work out where one state is along its unstable direction, with 64 bits more than the model has.

    Args:
        model: in floating point of any precision.
        state: its weights.

    Raises:
        ParameterError: ball arithmetic, or a sharpness that is not a simple eigenvalue to working precision.
    """
    a = model.arithmetic.wider(64)
    with a.active():
        s, d, n, f, layers = _widened(a, model, state)
        eigenvalue, eigenvector = _top_eigenvector(a, s, d, f, tuple(layers))
        P = product(tuple(layers))
        z = P * f - d
        gradient = Direction(s * z * P / n, _others(a, tuple(layers)) * (a.plain_total(z * f) / n))
        sharpness = eigenvalue / n
        return UnstableDirection(sharpness, eigenvector, gradient, eigenvector.dot(gradient) / sharpness)


def _widened(a: Arithmetic, model: ReducedModel, state: State) -> tuple[Vector, Vector, Number, Vector, Vector]:
    """Singular values, label coefficients, `N`, outputs of the first layer and later layers."""
    s, d, f = (a.widened(values) for values in (model.singular_values, model.label_coefficients, state.first_layer))
    return s, d, a.number(model.n_samples), f, a.widened(np.asarray(state.layers))


def local_constants(model: ReducedModel, state: State) -> LocalConstants:
    """Work out the constants at one state: arguments and errors of `unstable_direction`.

    Examples:
        >>> from numerics.arithmetic import Float64
        >>> from theory import Spectrum
        >>> model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [0.0, 1.0], n_samples=1), 2, Float64())
        >>> found = local_constants(model, model.state([0.0, 0.5], [1.0]))
        >>> found.sharpness, found.sharpening, found.stabilizing
        (np.float64(4.0), np.float64(2.0), np.float64(64.0))
    """
    a = model.arithmetic.wider(64)
    here = unstable_direction(model, state)
    with a.active():
        s, d, n, f, layers = _widened(a, model, state)
        slope = sharpness_gradient(s, d, n, f / s, layers, here.eigenvector)
        apart = across(slope, here.eigenvector)
        return LocalConstants(
            **vars(here),
            sharpness_gradient=slope,
            sharpening=progressive_sharpening(across(here.gradient, here.eigenvector), apart),
            stabilizing=apart.dot(apart),
        )


def _top_eigenvector(
    a: Arithmetic, singular_values: Vector, label_coefficients: Vector, outputs: Vector, layers: tuple[Number, ...]
) -> tuple[Number, Direction]:
    """Give N times the sharpness and its unit eigenvector in `(c, v)`, from the secular equation.

    Call it inside `arithmetic.active()`.

    With `lambda` the top root, the eigenvector is `a_i = beta_i (p.b) / (lambda - alpha_i)` and `b_j` in the ratios of
    `1 / (lambda v_j + G p_j)`, for one later layer `b = 1`. In the notation of `numerics.model.sharpness_equation`.
    Close to the top pole `alpha_k`, where that difference cancels, `a_k = 1` instead and `b` follows from the other
    rows, so that a top mode all but decoupled from the layers keeps all its digits.

    Raises:
        ParameterError: balls, or an eigenvalue that is not simple to working precision.
    """
    if a.exact_enclosure:
        raise ParameterError("the eigenvector is not enclosed in balls; use float64, mpfr or mpmath")
    s, f, one = singular_values, outputs, a.number(1)
    P, others = product(layers), _others(a, layers)
    scaled = P * f
    z = scaled - label_coefficients
    alpha, beta = (P * s) * (P * s), s * (z + scaled)
    F, G = a.plain_total(f * f), a.plain_total(f * z)
    root = top_root(a, equation_at(a, s, label_coefficients, f, np.asarray(layers)))
    if not root > 0:
        raise ParameterError("the Hessian has no positive eigenvalue at this state; choose another one")
    k = max(range(len(s)), key=lambda i: alpha[i])
    near = root - alpha[k] <= root * a.from_mantissa_exponent(1, -(a.bits // 2))
    alone = len(layers) == 1
    below = a.vector([1]) if alone else root * np.asarray(layers) + G * others
    if any(value == 0 for value in below):
        raise ParameterError(_NOT_SIMPLE)
    ratios = one / below
    gaps = root - alpha
    reach = a.plain_total(others * ratios)
    if near:
        rest = [i for i in range(len(s)) if i != k]
        if any(not gaps[i] > 0 for i in rest):
            raise ParameterError(_NOT_SIMPLE)
        phi = F + sum((beta[i] * beta[i] / gaps[i] for i in rest), start=a.number(0))
        # What is left of the rows of the layers, solved for b with a_k = 1.
        later = ratios * (beta[k] / (root - phi) if alone else P * beta[k] / (one - (phi * P + G) * reach))
        pull = a.plain_total(others * later)
        first = a.vector([0] * len(s))
        for i in rest:
            first[i] = beta[i] * pull / gaps[i]
        first[k] = one
    else:
        later = ratios
        first = beta * (reach / gaps)
    length = a.sqrt(a.plain_total(first * first) + a.plain_total(later * later))
    sign = length if not first[k] < 0 else -length
    unit = Direction(np.asarray(first / sign), np.asarray(later / sign))
    first, later = unit
    pull = a.plain_total(others * later)
    inner = a.plain_total(beta * first) + F * pull
    coupled = 0 if alone else G * (product_of_other_pairs(np.asarray(layers)) @ later)
    apart = (*((alpha - root) * first + beta * pull), *(others * inner + coupled - root * later))  # H e - root e
    if max(map(abs, apart)) > root * a.from_mantissa_exponent(1, -(a.bits // 3)):
        raise ParameterError(_NOT_SIMPLE)
    return root, unit


def _others(a: Arithmetic, layers: tuple[Number, ...]) -> Vector:
    return a.vector([1 if value is None else value for value in products_of_others(layers)])
