"""A loop in the processor's own numbers, for MPFR's of as many bits while these stay in their range."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr
from numerics.arithmetic.base import Vector
from numerics.compiled.lanes.layout import Numbers
from numerics.compiled.lanes.range_flags import OutOfRangeError, has_flags
from numerics.model.base import State

Found = TypeVar("Found")


class QuickestNumbers(Generic[Found]):
    """A compiled loop over the steps of a model, in the processor's numbers where these have the same bits.

    A loop takes a state and a number of steps; it gives where they end, and what else it found.

    Args:
        a: the model's arithmetic.
        constants: what the loop needs of the model.
        loop_in: makes the loop in the numbers of an arithmetic, told whether it is to raise `OutOfRangeError`.

    Attributes:
        in_hardware: the loop in the processor's numbers; None where it has none of so many bits, or cannot tell that
            one leaves their range, or where one did.
    """

    def __init__(
        self,
        a: Arithmetic,
        constants: Numbers,
        loop_in: Callable[[Arithmetic, Numbers, bool], Callable[[State, int], tuple[State, Found]]],
    ) -> None:
        self._arithmetic, self._constants, self._loop_in = a, constants, loop_in
        known = {24: Float32(), 53: Float64()} if isinstance(a, Mpfr) and has_flags() else {}
        self._floats = known.get(a.bits)
        given = None if self._floats is None else exactly(self._floats, constants)
        self.in_hardware = None if self._floats is None or given is None else loop_in(self._floats, given, True)

    @cached_property
    def own(self) -> Callable[[State, int], tuple[State, Found]]:
        """The loop in the model's own numbers."""
        return self._loop_in(self._arithmetic, self._constants, False)

    def __call__(self, state: State, count: int) -> tuple[State, Found]:
        """Take some steps."""
        found = self._found_in_hardware(state, count)
        if found is None:
            self.in_hardware = None  # a run that has left the range would leave it again
            return self.own(state, count)
        return found

    def _found_in_hardware(self, state: State, count: int) -> tuple[State, Found] | None:
        if self.in_hardware is None or self._floats is None:
            return None
        rank, given = len(state.first_layer), exactly(self._floats, [*state.first_layer, *state.layers])
        if given is None:
            return None
        try:
            end, found = self.in_hardware(State(given[:rank], tuple(given[rank:])), count)
        except OutOfRangeError:
            return None
        one = self._arithmetic.number(1)
        with self._arithmetic.active():  # the products are exact, and zeros keep their signs
            return State(one * end.first_layer.astype(object), tuple(one * float(v) for v in end.layers)), found


def exactly(floats: Arithmetic, numbers: Numbers) -> Vector | None:
    """Give the same numbers as the processor's; None where they are not."""
    with np.errstate(over="ignore"):
        found: Vector = np.array([float(number) for number in numbers]).astype(floats.dtype)
    return found if all(float(x) == number for x, number in zip(found, numbers, strict=True)) else None
