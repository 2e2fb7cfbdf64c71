"""Many unknowns are eliminated by rows, few by numbers; both give the same bits."""

import numpy as np
import pytest

from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr
from numerics.gradient_flow.implicit_step import _solved, _solved_by_numbers, _solved_by_rows


@pytest.mark.parametrize("a", [Float32(), Float64(), Mpfr(90)])
@pytest.mark.parametrize("count", [1, 2, 7, 16, 17, 20])
def test_both_ways_to_solve_have_the_same_bits(a: Arithmetic, count: int) -> None:
    rng = np.random.default_rng(count)
    entries = rng.normal(size=(count, count))
    entries[count // 2 :, 0] = entries[0, 0]  # pivots of one size
    matrix, right = a.vector(entries.ravel()).reshape(count, count), a.vector(rng.normal(size=count))
    with a.active():
        found = [solve(matrix, right) for solve in (_solved, _solved_by_numbers, _solved_by_rows)]
        rest = matrix @ found[0] - right
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])
    assert max(abs(rest)) < 1e3 * 2.0**-a.bits * max(abs(found[0])) * count


@pytest.mark.parametrize("solve", [_solved_by_numbers, _solved_by_rows])
def test_what_has_no_one_solution_is_refused(solve) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ZeroDivisionError):
        solve(np.ones((3, 3)), np.array([1.0, 2.0, 3.0]))
