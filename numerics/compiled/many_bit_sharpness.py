"""The sharpness to many bits, with the sums over modes compiled: for whoever asks often.

About the root `lambda_0` that float64 finds, the sums of the equation are replaced by their Taylor polynomials,

    sum w_i / (lambda - alpha_i) = sum_k (lambda_0 - lambda)^k M_{k+1},    M_k = sum w_i / (lambda_0 - alpha_i)^k,

so that the modes are gone through once, and Newton's steps after that are on a few numbers. It works in some 50 bits
more than are asked for. Where there is any doubt (float64 cannot hold the numbers, the root stands close to a pole or
to another root, the last bits are close to a tie) it gives None, and the caller takes the careful way; so both ways
have the same bits.
"""

from __future__ import annotations

from math import ceil, inf, log2, prod

import gmpy2  # type: ignore[import-untyped]
import numpy as np

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import Number, Vector
from numerics.compiled.float64_sharpness import float64_root
from numerics.compiled.lanes.binary import BinaryNumbers, unpack_quickly
from numerics.compiled.lanes.layout import Layout, Memory
from numerics.compiled.lanes.program import format_of
from numerics.compiled.moments import GIVEN_NUMBERS, MODE_NUMBERS, SCRATCH_NUMBERS, moment_sums
from numerics.model.base import State
from numerics.model.products import product
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import SharpnessEquation, bordered_equation, from_sums, least_first

_GUARD_BITS = 48  # at least
_DOUBT_BITS = 24  # how many of them may be wrong
_TRUNCATION_BITS = _DOUBT_BITS - 6
_LANES = 8
_MOST_MOMENTS = 8
_MOST_STEPS = 40
_CLOSE = 2.0**-30


class ManyBitSharpness:
    """The compiled sharpness of a reduced `Mpfr` model."""

    def __init__(self, model: ReducedModel) -> None:
        self.model, self.moments = model, _Moments(model)

    def __call__(self, state: State) -> Number | None:
        """Give the sharpness, correctly rounded, or None where the careful way must decide."""
        model, moments = self.model, self.moments
        outputs = BinaryNumbers.of(state.first_layer.tolist())
        if outputs is None:
            return None
        layers = [float(v) for v in state.layers]
        s, d = model.rounded_spectrum
        rough = float64_root(s, d, outputs.floats(), np.array(layers))
        floor = (prod(layers) * float(s[0])) ** 2  # the largest pole
        if not 0 <= floor < rough * (1 - _CLOSE) < inf:
            return None
        with moments.wide.active():
            if not outputs.lay_out(moments.format, moments.outputs):
                return None
            root = _refined(moments, np.array(state.layers), rough, floor)
            return None if root is None else _rounded(moments, root / model.n_samples)


class _Moments:
    """The memory of the compiled sums for one model."""

    def __init__(self, model: ReducedModel) -> None:
        self.bits = model.arithmetic.bits
        limb_bits = _layout(Mpfr(self.bits)).limb_bits
        # As many bits as fill their limbs.
        self.wide = Mpfr(limb_bits * ((self.bits + _GUARD_BITS - 1) // limb_bits + 1))
        self.zero, self.one = self.wide.number(0), self.wide.number(1)
        self.last_step = self.wide.from_mantissa_exponent(1, -(self.wide.bits // 2) - 8)
        self.format = of = _layout(self.wide)
        # What the polynomials leave out is a power of the error of float64's root: 2^-49, mostly.
        self.count = min(_MOST_MOMENTS, ceil((self.wide.bits - _TRUNCATION_BITS) / 49))
        self.function = moment_sums(of, self.count)
        self.chunks = -(-model.rank // _LANES)
        self.modes = of.empty(self.chunks * MODE_NUMBERS).reshape(self.chunks, MODE_NUMBERS, of.words, _LANES)
        with self.wide.active():
            squares = model.singular_values * model.singular_values
        columns: tuple[Vector | list[Number], ...] = (squares, model.label_coefficients, [self.zero] * model.rank)
        for k, numbers in enumerate(columns):
            self.modes[:, k] = of.pack(self.wide, numbers)
        self.outputs = self.modes[:, 2]
        self.given, self.scratch, self.results = (
            of.empty(count) for count in (GIVEN_NUMBERS, SCRATCH_NUMBERS, 2 + self.count)
        )
        self.given[-1:] = of.pack(self.wide, [self.one], everywhere=True)
        self.few: Memory = np.zeros((GIVEN_NUMBERS - 1, of.words, 1), dtype=np.int64)
        self.addresses = [m.ctypes.data for m in (self.modes, self.given, self.results, self.scratch)]

    def about(self, P: Number, position: Number) -> list[Number] | None:
        """Give `sum f^2`, `sum f d` and the moments about a position."""
        given = BinaryNumbers.of([P + P, P * P, position])
        if given is None or not given.lay_out(self.format, self.few):
            return None
        self.given[:-1] = self.few
        self.function(*self.addresses, self.chunks)
        return unpack_quickly(self.format, self.results[:, :, 0], self.wide.bits)


def _layout(arithmetic: Mpfr) -> Layout:
    layout = format_of(arithmetic, _LANES)
    assert isinstance(layout, Layout)
    return layout


def _refined(moments: _Moments, layers: Vector, rough: float, floor: float) -> Number | None:
    wide, zero = moments.wide, moments.zero
    P = product((zero + layers[0], *layers[1:]))
    centre, nothing, ordered = zero + rough, np.empty(0, dtype=object), least_first(layers)
    for _ in range(_MOST_STEPS):
        sums = moments.about(P, centre)
        if sums is None:
            return None
        squares, products, *powers = sums
        equation = bordered_equation(wide, nothing, nothing, squares, P * squares - products, ordered)
        for offset in equation.offsets:
            floor = max(floor, -float(offset))
        if not floor < rough * (1 - _CLOSE):
            return None
        found = _newton(moments, equation, powers, centre)
        if found is None:
            return None
        moved = float(abs(found - centre)) / (rough - floor)
        if not moved < _CLOSE:
            return None
        if moved == 0.0 or -log2(moved) * moments.count > wide.bits - _TRUNCATION_BITS:
            return found
        centre = found
    return None


def _newton(moments: _Moments, equation: SharpnessEquation, powers: list[Number], centre: Number) -> Number | None:
    """Find the root next to the centre; None where it may not be the top one."""
    at, last = centre, moments.last_step * centre
    first_terms, second_terms = powers[::-1], [k * powers[k] for k in range(moments.count - 1, 0, -1)]
    first, second = powers[0], powers[1]
    for _ in range(_MOST_STEPS):
        value, slope, pull = from_sums(moments.wide, equation, at, first, second)
        if not slope > 0 or _is_doubtful(equation, at, pull):
            return None
        step = value / slope
        at = at - step
        if abs(step) < last:
            return at
        back = centre - at
        first = second = moments.zero
        for term in first_terms:
            first = first * back + term
        for term in second_terms:
            second = second * back + term
    return None


def _is_doubtful(equation: SharpnessEquation, at: Number, pull: Number) -> bool:
    """Tell whether a second eigenvalue could lie above, as in `sharpness_equation.is_below`, or nearly so."""
    if not len(equation.offsets) or equation.total_product * pull < 0:
        return False
    bound = -equation.coupling * equation.least_product
    return bool(at * abs(equation.least_layer) < (bound if equation.least_layer >= 0 else -bound) * (1 + _CLOSE))


def _rounded(moments: _Moments, value: Number) -> Number | None:
    """Round, unless the value is so close to a tie that its own error could decide it."""
    rounded = gmpy2.mpfr(value, moments.bits)
    away, exponent = abs(value - rounded), gmpy2.get_exp(value)
    if away == 0 or gmpy2.get_exp(away) < exponent - moments.bits - 1:  # below a quarter of a unit
        return rounded
    half_unit = gmpy2.mul_2exp(moments.one, exponent - moments.bits - 1)
    margin = gmpy2.mul_2exp(moments.one, exponent - moments.wide.bits + _DOUBT_BITS)
    return rounded if half_unit - away > margin else None
