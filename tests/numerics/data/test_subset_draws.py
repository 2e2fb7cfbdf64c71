import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.data import Subset, load
from theory.errors import ParameterError


@settings(deadline=None)
@given(available=st.integers(1, 60), data=st.data(), seed=st.integers(0, 2**40))
def test_a_uniform_draw_has_the_asked_number_of_different_rows(available, data, seed):
    samples = data.draw(st.integers(1, available))
    rows = Subset(samples, seed).rows("mine", available)
    assert len(rows) == samples == len(set(rows.tolist()))
    assert set(rows.tolist()) <= set(range(available))
    assert rows.tolist() == Subset(samples, seed).rows("mine", available).tolist()


@settings(deadline=None)
@given(classes=st.lists(st.sampled_from([3, 5]), max_size=60), samples=st.integers(1, 70), seed=st.integers(0, 99))
def test_a_balanced_draw_is_balanced_or_refused(classes, samples, seed):
    of_class = {label: classes.count(label) for label in (3, 5)}
    wanted = {3: (samples + 1) // 2, 5: samples // 2}
    draw = Subset(samples, seed)
    array = np.array(classes, dtype=np.int64)
    if all(wanted[label] <= of_class[label] for label in (3, 5)):
        rows, labels = draw.two_classes("mine", array, (3, 5), ("three", "five"))
        assert len(set(rows.tolist())) == samples
        assert {label: int((array[rows] == label).sum()) for label in (3, 5)} == wanted
        assert labels.tolist() == [1.0 if array[row] == 3 else -1.0 for row in rows]
        assert rows.tolist() == Subset(samples, seed).two_classes("mine", array, (3, 5), ("", ""))[0].tolist()
    else:
        message = f"there are {of_class[3]} of three and {of_class[5]} of five; ask for at most"
        with pytest.raises(ParameterError, match=message):
            draw.two_classes("mine", array, (3, 5), ("three", "five"))


def test_the_greatest_balanced_draw_is_the_one_that_the_refusal_names():
    classes = np.array([3] * 4 + [5] * 7)
    with pytest.raises(ParameterError, match="at most 8"):
        Subset(9).two_classes("mine", classes, (3, 5), ("a", "b"))
    with pytest.raises(ParameterError, match="at most 9"):
        Subset(11).two_classes("mine", classes, (5, 3), ("a", "b"))
    assert len(Subset(9).two_classes("mine", classes, (5, 3), ("a", "b"))[0]) == 9


def test_every_row_is_drawn_equally_often():
    counts = np.zeros(6)
    for seed in range(3000):
        counts[Subset(2, seed).rows("mine", 6)] += 1
    assert np.all(np.abs(counts - 1000) < 5 * np.sqrt(1000 * 2 / 3))


def test_other_seeds_draw_other_rows():
    assert load("gaussian:50,1", samples=10, seed=1).X.tolist() != load("gaussian:50,1", samples=10, seed=2).X.tolist()
    draws = {tuple(Subset(10, seed).rows("mine", 50)) for seed in range(20)}
    assert len(draws) == 20


def test_more_than_there_are_is_refused_with_the_number_there_is():
    with pytest.raises(ParameterError, match=r"gaussian:50,1: 51 samples asked for, but there are 50"):
        load("gaussian:50,1", samples=51)
    with pytest.raises(ParameterError, match=r"183 of digit 3 and 182 of digit 5; ask for at most 365"):
        load("digits:3,5", samples=367)
