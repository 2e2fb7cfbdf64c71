"""Boundaries over precisions: how they are read off runs, and whether the committed ones are there."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import numerics
from book.records.boundaries import DATA, START, WINDOW, first_from, last_from, measure
from numerics.arithmetic import Mpfr
from numerics.finite_precision.recording import recorded
from theory.errors import ParameterError

COMMITTED = json.loads(
    (Path(numerics.__file__).resolve().parents[1] / "book" / "data" / "precision_boundaries.json").read_text()
)
STEPS = 600


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(2, 500), st.integers(1, 9))
def test_boundaries_are_what_their_definitions_say(holds, least, apart):
    tried = range(least, least + apart * len(holds), apart)
    table = dict(zip(tried, holds, strict=True))
    assert first_from(holds, tried) == min((bits for bits in tried if table[bits]), default=None)
    from_then_on = [bits for bits in tried if all(table[later] for later in tried if later >= bits)]
    assert last_from(holds, tried) == (min(from_then_on) if from_then_on and not all(holds) else None)


@pytest.mark.slow
def test_the_least_precision_that_blows_up_in_the_window_is_found(appendix):
    """Against every precision of the window, judged by its loss alone."""
    found, problem = measure("0.6", "blowup", steps=STEPS), appendix("0.6")
    assert found["bits"] == list(range(found["predicted"] - WINDOW, found["predicted"] + WINDOW + 1))
    losses = {bits: recorded(problem, Mpfr(bits), STEPS).loss[-1] for bits in found["bits"]}
    assert found["measured"] == min(bits for bits, loss in losses.items() if loss > 1e6)
    assert abs(found["measured"] - found["predicted"]) <= 5


@pytest.mark.slow
def test_the_critical_precision_is_where_the_drop_moves_no_more(appendix):
    found, problem = measure("0.8", "critical", steps=STEPS), appendix("0.8")
    exact = recorded(problem, Mpfr(900), STEPS).drop_step
    drops = {bits: recorded(problem, Mpfr(bits), STEPS).drop_step for bits in found["bits"]}
    assert found["measured"] == 1 + max(bits for bits, drop in drops.items() if drop != exact)
    assert abs(found["measured"] - found["predicted"]) <= 12


@pytest.mark.slow
def test_where_none_is_predicted_a_wide_grid_is_run():
    found = measure("0.95", "blowup", steps=STEPS)
    assert (found["predicted"], found["measured"]) == (None, None)
    assert (found["bits"][0], found["bits"][-1]) == (16, 400)


@pytest.mark.parametrize("committed", COMMITTED["boundaries"], ids=lambda one: f"{one['kind']} {one['edge']}")
def test_the_committed_boundaries_are_there(appendix, committed):
    """The runs next to the boundary and at the window's ends, again."""
    assert (COMMITTED["data"], COMMITTED["init"]) == (DATA, START)
    problem, steps, bits = appendix(committed["edge"]), COMMITTED["steps"], committed["bits"]
    measured = committed["measured"]
    near = {bits[0], bits[-1], *([] if measured is None else [measured - 1, measured])} & {*bits}
    runs = {p: recorded(problem, Mpfr(p), steps) for p in near}
    if committed["kind"] == "critical":
        exact = recorded(problem, Mpfr(1000), steps).drop_step
        found = {p: run.drop_step == exact for p, run in runs.items()}
    else:
        found = {p: run.diverged for p, run in runs.items()}
    if measured is None:
        assert not any(found.values())
    else:
        assert found[measured]
        assert not any(found[p] for p in near if p < measured)
        assert committed["kind"] == "blowup" or all(found[p] for p in near if p > measured)


@pytest.mark.parametrize(
    ("edge", "kind", "part"), [("0.8", "least", "blowup or critical"), ("0", "blowup", "positive")]
)
def test_bad_questions_are_refused(edge, kind, part):
    with pytest.raises(ParameterError, match=part):
        measure(edge, kind)
