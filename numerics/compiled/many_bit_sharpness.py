"""The sharpness to many bits, with all of its sums and steps compiled: for whoever asks often.

It works in some 50 bits more than are asked for. Where there is any doubt (float64 cannot hold the numbers, the root
stands close to a pole or to another root, the last bits are close to a tie) it gives None, and the caller takes the
careful way; so both ways have the same bits.
"""

from __future__ import annotations

from math import ceil, inf, log2

import gmpy2  # type: ignore[import-untyped]

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import Number, Vector
from numerics.compiled.float64_sharpness import float64_root
from numerics.compiled.lanes.gmpy2_memory import NumbersOfObjects, is_understood, to_floats, unpack_quickly
from numerics.compiled.lanes.layout import CutLayout, Layout
from numerics.compiled.lanes.program import format_of
from numerics.compiled.many_bit_root import MODE_NUMBERS, root_program
from numerics.model.base import State
from numerics.model.reduced import ReducedModel

_GUARD_BITS = 48  # at least
_DOUBT_BITS = 24  # how many of them may be wrong
_TRUNCATION_BITS = _DOUBT_BITS - 6
_LANES = 8
_MOST_MOMENTS = 8
_MOST_STEPS = 40
_CLOSE = 2.0**-30


class ManyBitSharpness:
    """The compiled sharpness of a reduced `Mpfr` model, with the memory it works in.

    Raises:
        ImportError: this gmpy2 keeps its numbers in another way.
    """

    def __init__(self, model: ReducedModel) -> None:
        if not is_understood():
            raise ImportError("this gmpy2 keeps its numbers in another way")
        self.model, self.bits = model, model.arithmetic.bits
        limb_bits = _limb_bits()
        limbs = (self.bits + _GUARD_BITS - 1) // limb_bits + 2  # as many bits as fill their limbs
        self.layout = of = CutLayout(limb_bits * (limbs - 1), _LANES, limb_bits)
        self.wide = Mpfr(of.bits)
        # What the polynomials leave out is a power of the error of float64's root: 2^-49, mostly.
        moments, n_layers = min(_MOST_MOMENTS, ceil((of.bits - _TRUNCATION_BITS) / 49)), model.depth - 1
        self.program = root_program(of, moments, n_layers)
        self.chunks = -(-model.rank // _LANES)
        self.modes = of.empty(self.chunks * MODE_NUMBERS).reshape(self.chunks, MODE_NUMBERS, of.words, _LANES)
        with self.wide.active():
            squares = model.singular_values * model.singular_values
        columns: tuple[Vector | list[Number], ...] = (
            squares,
            model.label_coefficients,
            [self.wide.number(0)] * model.rank,
        )
        for k, numbers in enumerate(columns):
            self.modes[:, k] = of.pack(self.wide, numbers)
        self.outputs, self.layers, self.position = (NumbersOfObjects(count) for count in (model.rank, n_layers, 1))
        self.given = of.empty(n_layers + 1)
        self.results, self.scratch = of.empty(self.program.results), of.empty(self.program.scratch)
        memories = (self.modes, self.given, self.results, self.scratch)
        self.arguments = [*(memory.ctypes.data for memory in memories), self.chunks]

    def __call__(self, state: State) -> Number | None:
        """Give the sharpness, correctly rounded, or None where the careful way must decide."""
        root = self._root(state)
        if root is None:
            return None
        with self.wide.active():
            return self._rounded(root / self.model.n_samples)

    def _root(self, state: State) -> Number | None:
        of, outputs, layers, position = self.layout, self.outputs, self.layers, self.position
        outputs.objects[:] = state.first_layer
        layers.objects[:] = _least_first(state.layers)
        if not outputs.lay_out(of, self.modes[:, -1]) or not layers.lay_out(of, self.given, everywhere=True):
            return None
        s, d = self.model.rounded_spectrum
        rough = float64_root(s, d, outputs.floats, layers.floats)
        floor, one_zero = float(s[0]), False
        for v in layers.floats.tolist():
            floor, one_zero = floor * v, one_zero or v == 0
        floor = floor * floor  # the largest pole
        if one_zero or not floor < rough * (1 - _CLOSE) < inf:
            return None
        position.objects[0] = gmpy2.mpfr(rough)
        position.lay_out(of, self.given[-1:], everywhere=True)
        for _ in range(_MOST_STEPS):
            self.program.function(*self.arguments)
            found = to_floats(self.results[:, :, 0], of.limb_bits).tolist()
            root, moved, step, slope, pull, left, right, *offsets = found
            for offset in offsets:
                floor = max(floor, -offset)
            # A second eigenvalue could lie above, as in `sharpness_equation.is_below`, or nearly so.
            doubtful = bool(offsets) and pull >= 0 and not left > right * (1 + _CLOSE)
            if not slope > 0 or doubtful or not floor < root * (1 - _CLOSE):
                return None
            moved = abs(moved) / (root - floor)
            if not moved < _CLOSE:
                return None
            left_out = -log2(moved) * self.program.moments if moved > 0 else inf
            if left_out > of.bits - _TRUNCATION_BITS and abs(step) < root * 2.0 ** -(of.bits // 2 + 8):
                return unpack_quickly(of, self.results[0, :, 0], -(-of.bits // 64))
            self.given[-1] = self.results[0]
        return None

    def _rounded(self, value: Number) -> Number | None:
        """Round, unless the value is so close to a tie that its own error could decide it."""
        rounded = gmpy2.mpfr(value, self.bits)
        away, exponent = abs(value - rounded), gmpy2.get_exp(value)
        if away == 0 or gmpy2.get_exp(away) < exponent - self.bits - 1:  # below a quarter of a unit
            return rounded
        half_unit = gmpy2.mul_2exp(gmpy2.mpfr(1), exponent - self.bits - 1)
        margin = gmpy2.mul_2exp(gmpy2.mpfr(1), exponent - self.wide.bits + _DOUBT_BITS)
        return rounded if half_unit - away > margin else None


def _limb_bits() -> int:
    layout = format_of(Mpfr(64), _LANES)
    assert isinstance(layout, Layout)
    return layout.limb_bits


def _least_first(layers: tuple[Number, ...]) -> tuple[Number, ...]:
    if len(layers) == 1:
        return layers
    least = min(range(len(layers)), key=lambda j: abs(layers[j]))
    return (layers[least], *layers[:least], *layers[least + 1 :])
