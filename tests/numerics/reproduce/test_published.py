import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.reproduce.published import Agreement, Published, published
from numerics.reproduce.table import DrawTable
from numerics.reproduce.target import all_targets

ALL = tomllib.loads((files("numerics.reproduce") / "published.toml").read_text())
CELLS = [
    (table, data, row, samples)
    for table, content in ALL.items()
    for data, rows in content.items()
    if data != "columns"
    for row in rows
    for samples in content["columns"]
]


def test_every_table_is_a_target_with_as_many_cells_as_the_paper_prints():
    assert set(ALL) == {name for name, target in all_targets().items() if isinstance(target, DrawTable)}
    assert len(CELLS) == 9 + 4 + 16 + 16 + 8 + 32 + 32 + 12 * 5


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: " ".join(map(str, cell)))
def test_every_cell_is_a_mean_with_a_smaller_deviation(cell):
    found = published(*cell)
    assert found.mean > 0
    assert 0 < found.deviation < (2 if cell[0] == "table-13" else 0.5) * found.mean


def test_difficulty_and_threshold_grow_with_the_number_of_samples():
    """A digit that was typed wrong would mostly break the order."""
    for table in ("table-1", "table-2", "table-3", "table-8", "table-9", "table-14"):
        for data, rows in ALL[table].items():
            for row in rows if data != "columns" else ():
                means = [published(table, data, row, samples).mean for samples in ALL[table]["columns"]]
                assert means == sorted(means), (table, data, row)


def test_what_the_paper_does_not_print_is_none():
    assert published("table-1", "cifar10", "Q", 500) is None
    assert published("table-2", "svhn", "T_1", 100) is None
    assert published("figure-5", "cifar10", "Q", 100) is None


@given(
    mean=st.floats(1, 1e4),
    deviation=st.floats(0.01, 100),
    away=st.sampled_from([0, 0.99, -0.99, 1.01, -1.99, 2.01, -50]),
)
def test_a_verdict_counts_the_papers_deviations(mean, deviation, away):
    cell = Published(f"{mean}({deviation})", mean, deviation, 2)
    expected = Agreement.WITHIN_ONE if abs(away) < 1 else Agreement.WITHIN_TWO if abs(away) < 2 else Agreement.DIFFERS
    assert cell.agreement(mean + away * deviation) is expected


def test_a_deviation_that_rounds_to_zero_is_half_a_unit():
    cell = Published.parse("0.03(0.00)")
    assert cell.deviation == pytest.approx(0.005)
    assert cell.agreement(0.034) is Agreement.WITHIN_ONE
    assert cell.agreement(0.05) is Agreement.DIFFERS


@pytest.mark.parametrize("text", ["1.2", "1.2(", "1.2(x)", "-1(2)", "1.2 (0.3)", ""])
def test_another_form_is_refused(text):
    with pytest.raises(ValueError, match="not of the form"):
        Published.parse(text)
