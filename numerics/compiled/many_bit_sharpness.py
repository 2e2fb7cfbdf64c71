"""The sharpness to many bits, with all of its sums and steps compiled: for whoever asks often.

It works in some 50 bits more than are asked for. How far the root lies from what float64 found tells how much rounding
is magnified: if it cost more bits than may be wrong, the two would be too far apart. Where there is any doubt (float64
cannot hold the numbers, the root stands close to a pole or to another root, the last bits are close to a tie) it gives
None, and the caller takes the careful way; so both ways have the same bits.
"""

from __future__ import annotations

from math import ceil, inf, log2

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import Number, Vector
from numerics.compiled.float64_sharpness import float64_root
from numerics.compiled.lanes.gmpy2_memory import NumbersOfObjects, is_understood, to_floats
from numerics.compiled.lanes.layout import CutLayout
from numerics.compiled.lanes.program import limb_bits
from numerics.compiled.many_bit_root import NUMBERS_OF_A_MODE, START_BITS, Results, root_program
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import least_layer

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
        w = limb_bits()
        limbs = (self.bits + _GUARD_BITS - 1) // w + 2  # as many bits as fill their limbs
        self.layout = of = CutLayout(w * (limbs - 1), _LANES, w)
        self.wide, self.narrow = Mpfr(of.bits), Mpfr(self.bits)
        # What the polynomials leave out is a power of the error of float64's root.
        moments, n_layers = min(_MOST_MOMENTS, ceil((of.bits - _TRUNCATION_BITS) / START_BITS)), model.depth - 1
        self.program = root_program(of, moments, n_layers)
        self.chunks = -(-model.rank // _LANES)
        self.modes = of.empty(self.chunks * NUMBERS_OF_A_MODE).reshape(self.chunks, NUMBERS_OF_A_MODE, of.words, _LANES)
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
        self.one, self.factors = self.wide.number(1), dict[int, tuple[Number, Number]]()
        # Views that every call needs.
        self.root, self.columns = self.results[0, :, 0], self.results[:, :, 0]
        self.outputs_memory, self.position_memory = self.modes[:, -1], self.given[-1:]
        self.arguments = [*(memory.ctypes.data for memory in memories), self.chunks]

    def __call__(self, state: State) -> Number | None:
        """Give the sharpness, correctly rounded, or None where the careful way must decide."""
        if not self._find_root(state):
            return None
        mantissa, exponent = self.layout.mantissa_exponent(self.root.tolist())
        if exponent not in self.factors:
            self.factors[exponent] = self._factors(exponent)
        low, high = (self.narrow.times(factor, mantissa) for factor in self.factors[exponent])
        return low if low == high else None

    def _factors(self, exponent: int) -> tuple[Number, Number]:
        """Give a power of two over N, decreased and increased by what the root may be off."""
        wide = self.wide
        with wide.active():
            factor = wide.from_mantissa_exponent(1, exponent) / self.model.n_samples
            error = factor * wide.from_mantissa_exponent(1, _DOUBT_BITS - wide.bits)
            return factor - error, factor + error

    def _find_root(self, state: State) -> bool:
        """Put N times the sharpness before the other results; tell whether it is free of doubt."""
        of, outputs, layers, position = self.layout, self.outputs, self.layers, self.position
        outputs.objects[:] = state.first_layer
        least = least_layer(state.layers)
        layers.objects[:] = (state.layers[least], *state.layers[:least], *state.layers[least + 1 :])
        if not outputs.lay_out(of, self.outputs_memory) or not layers.lay_out(of, self.given, everywhere=True):
            return False
        s, d = self.model.rounded_spectrum
        rough = float64_root(s, d, outputs.floats, layers.floats)
        floor, one_zero = float(s[0]), False
        for v in layers.floats.tolist():
            floor, one_zero = floor * v, one_zero or v == 0
        floor = floor * floor  # the largest pole
        if one_zero or not floor < rough * (1 - _CLOSE) < inf:
            return False
        position.objects[0] = self.wide.times(self.one, rough)
        position.lay_out(of, self.position_memory, everywhere=True)
        for _ in range(_MOST_STEPS):
            self.program.function(*self.arguments)
            found = Results.of(to_floats(self.columns, of.limb_bits).tolist())
            for offset in found.offsets:
                floor = max(floor, -offset)
            # A second eigenvalue could lie above, as in `sharpness_equation.is_below`, or nearly so.
            doubtful = bool(found.offsets) and found.pull >= 0 and not found.left > found.right * (1 + _CLOSE)
            if not found.slope > 0 or doubtful or not floor < found.root * (1 - _CLOSE):
                return False
            moved = abs(found.moved) / (found.root - floor)
            if not moved < _CLOSE:
                return False
            left_out = -log2(moved) * self.program.moments if moved > 0 else inf
            if left_out > of.bits - _TRUNCATION_BITS and abs(found.step) < found.root * 2.0 ** -(of.bits // 2 + 8):
                return True
            self.given[-1] = self.results[0]
        return False
