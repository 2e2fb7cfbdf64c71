"""Sums of columns with signs, against every basic solution in exact rationals."""

import itertools
from fractions import Fraction

from hypothesis import event, given
from hypothesis import strategies as st

from proofs_check.engine.linear_programs import weights

ENTRIES = st.integers(-2, 2)


def sparse(row):
    return {((k, 1),): Fraction(entry) for k, entry in enumerate(row) if entry}


def solved(columns, goal):
    """The one solution of independent columns, or None."""
    table = [[Fraction(column[k]) for column in columns] + [Fraction(goal[k])] for k in range(len(goal))]
    done = 0
    for place in range(len(columns)):
        row = next((k for k in range(done, len(table)) if table[k][place]), None)
        if row is None:
            return None
        table[done], table[row] = table[row], table[done]
        table[done] = [entry / table[done][place] for entry in table[done]]
        for k, line in enumerate(table):
            if k != done:
                table[k] = [entry - line[place] * pivot for entry, pivot in zip(line, table[done], strict=True)]
        done += 1
    return None if any(line[-1] for line in table[done:]) else [line[-1] for line in table[:done]]


def possible(columns, signed, goal):
    """Whether there is a solution: there is one of independent columns then."""
    doubled = [*columns, *([-entry for entry in c] for c, both in zip(columns, signed, strict=True) if both)]
    for count in range(len(goal) + 1):
        for chosen in itertools.combinations(doubled, count):
            found = solved(chosen, goal)
            if found is not None and all(one >= 0 for one in found):
                return True
    return False


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_numbers_are_found_where_there_are_some_and_add_up_exactly(data, rows, count):
    columns = [data.draw(st.lists(ENTRIES, min_size=rows, max_size=rows)) for _ in range(count)]
    signed = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    goal = data.draw(st.lists(ENTRIES, min_size=rows, max_size=rows))
    found = weights(sparse(goal), [sparse(column) for column in columns], signed, [0.0] * count)
    assert (found is not None) == possible(columns, signed, goal)
    event("possible" if found else "not possible")
    if found is not None:
        assert [sum(w * c[k] for w, c in zip(found, columns, strict=True)) for k in range(rows)] == goal
        assert all(w >= 0 or both for w, both in zip(found, signed, strict=True))


def test_a_column_that_is_liked_takes_part():
    one = {((0, 1),): Fraction(1)}
    assert weights(one, [one, one], [False, False], [0.0, 1.0])[1] > 0
