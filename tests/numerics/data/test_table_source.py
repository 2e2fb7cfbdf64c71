import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.data import load
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError, ParameterError, SharpnessError

NUMBER = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(
    rows=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(NUMBER, min_size=width, max_size=width), min_size=1)
    ),
    suffix=st.sampled_from([".csv", ".tsv", ".CSV"]),
    header=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    quoted=st.booleans(),
    blank=st.sampled_from(["", "\n"]),
)
def test_what_is_written_is_what_is_read(tmp_path_factory, rows, suffix, header, newline, mark, quoted, blank):
    separator = "\t" if suffix == ".tsv" else ","
    cell = '"{!r}"' if quoted else "{!r}"
    lines = [separator.join(cell.format(number) for number in row) for row in rows]
    if header:
        lines.insert(0, separator.join(f"feature {column}" for column in range(len(rows[0]))))
    path = tmp_path_factory.mktemp("round") / f"data{suffix}"
    path.write_bytes((mark + newline.join(lines) + newline + blank).encode())
    data = load(str(path))
    assert data.X.tolist() == [row[:-1] for row in rows]
    assert data.y.tolist() == [row[-1] for row in rows]
    assert data.classes is None


def _file(tmp_path, text, name="data.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", DegenerateDataError, "no rows of numbers"),
        ("a,b,label\n", DegenerateDataError, "no rows of numbers"),
        ("\n \n", DegenerateDataError, "no rows of numbers"),
        ("1\n2\n", DataFileError, "line 1 has one column, '1'; .* separated by commas"),
        ("1 2 3\n", DataFileError, "line 1 has one column"),
        ("1,2\n3\n", DataFileError, "line 2 has 1 columns, the lines before have 2"),
        ("a,b\n1,2\n\n3,4,5\n", DataFileError, "line 4 has 3 columns, the lines before have 2"),
        ("a,b,c\n1,2\n", DataFileError, "line 2 has 2 columns, the lines before have 3"),
        ("1,2\n3,dog\n", DataFileError, "line 2, column 2: 'dog' is not a number"),
        ("1,label\n3,4\n", DataFileError, "line 1, column 2: 'label' is not a number"),
        ("label,1\n3,4\n", DataFileError, "line 1, column 1: 'label' is not a number"),
        ("1,2\na,b\n", DataFileError, "line 2, column 1: 'a' is not a number"),
        ("1,2\n3,\n", DataFileError, "line 2, column 2: the cell is empty"),
        ("1,2\n1_000,3\n", DataFileError, "line 2, column 1: '1_000' has digits in groups"),
        ("1,2\n0x10,3\n", DataFileError, "'0x10' is not a number"),
        ("x,y\n1,2\nnan,4\n", NotFiniteError, "line 3, column 1: nan is not a finite number"),
        ("1,2\n3,-inf\n", NotFiniteError, "line 2, column 2: -inf is not a finite number"),
        ("1,2\n1e999,4\n", NotFiniteError, "line 2, column 1: 1e999 is not a finite number"),
        ('1,2\n"3,4\n', DataFileError, "line 2: unexpected end of data"),
        ("1,2\n\0,4\n", DataFileError, "line"),
        (b"1,2\n\xff,4\n", DataFileError, "not UTF-8"),
        ("1," + "9" * 200_000 + "\n", DataFileError, "line 1: field larger than"),
        (b"\x00\x01\x02\x03", DataFileError, "line"),
    ],
)
def test_a_bad_table_is_answered_with_the_place(tmp_path, text, error, message):
    with pytest.raises(error, match=message) as caught:
        load(_file(tmp_path, text))
    assert isinstance(caught.value, SharpnessError)
    assert "\n" not in str(caught.value)
    assert "data.csv" in str(caught.value)


def test_a_quoted_line_break_counts_as_a_line(tmp_path):
    with pytest.raises(DataFileError, match="line 4, column 1: 'x'"):
        load(_file(tmp_path, '"a\nb",c\n1,2\nx,3\n'))


def test_commas_do_not_separate_the_columns_of_a_tsv(tmp_path):
    with pytest.raises(DataFileError, match="separated by tabs"):
        load(_file(tmp_path, "1,2\n", "data.tsv"))
    assert load(_file(tmp_path, "1\t2\n", "data.tsv")).y.tolist() == [2.0]


def test_a_subset_is_drawn_from_the_rows(tmp_path):
    path = _file(tmp_path, "\n".join(f"{row},{row}" for row in range(9)))
    part = load(path, samples=5, seed=3)
    assert part.X[:, 0].tolist() == part.y.tolist()
    assert len(set(part.y.tolist())) == 5
    with pytest.raises(ParameterError, match="10 samples asked for, but there are 9"):
        load(path, samples=10)


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(DataFileError, match=r"nowhere\.csv: no such file"):
        load(str(tmp_path / "nowhere.csv"))
    (tmp_path / "folder.tsv").mkdir()
    with pytest.raises(DataFileError, match="not a file"):
        load(str(tmp_path / "folder.tsv"))
    with pytest.raises(DataFileError, match="check the path"):
        load("x" * 5000 + ".csv")


def test_a_wide_table_keeps_every_number(tmp_path):
    numbers = np.random.default_rng(1).standard_normal((20, 300))
    path = tmp_path / "wide.csv"
    np.savetxt(path, numbers, delimiter=",", fmt="%.17g")
    assert load(str(path)).X.tolist() == numbers[:, :-1].tolist()
