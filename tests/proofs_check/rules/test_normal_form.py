"""What normal forms leave behind."""

import gc
from types import FunctionType

from proofs_check.rules.normal_form import Context, normal_form
from theory.language.terms import Axis, Letter, bound, entry, multiply, total

A = Axis("A")
E = Letter("e", (A, A))


def test_no_function_is_left_for_the_collector():
    """Sums over two indices are written in many ways; functions that refer to themselves were most of what it found."""
    i, j = bound(1, A), bound(0, A)
    term = total(A, total(A, multiply(entry(E, i, j), entry(E, j, i), entry(E, i, i))))
    gc.collect()
    gc.disable()
    try:
        before = _functions()
        normal_form(term, Context())
        assert _functions() == before
    finally:
        gc.enable()


def _functions() -> int:
    return sum(type(one) is FunctionType for one in gc.get_objects())
