"""A line that a terminal has no room for is broken between words, and loses none."""

from hypothesis import given
from hypothesis import strategies as st

from numerics.command_line.output import broken

WORDS = st.lists(st.text("abc,.-", min_size=1, max_size=12), min_size=1, max_size=30)


@given(WORDS, st.integers(20, 90))
def test_no_word_is_lost_and_no_line_is_longer_than_need_be(words, width):
    parts = broken(" ".join(words), width)
    assert " ".join(parts).split() == words
    assert all(len(part) <= width for part in parts)


def test_what_follows_stands_below_its_own_text():
    line = "not there  the weights are 0.71 of that minimizer's norm away: in about 64,306 steps it passes 2/eta"
    first, second = broken(line, 80)
    assert first == "not there  the weights are 0.71 of that minimizer's norm away: in about 64,306"
    assert second == "           steps it passes 2/eta"
    assert broken("", 80) == [""]
