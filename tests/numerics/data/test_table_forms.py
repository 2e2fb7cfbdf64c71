"""Files as pandas, R, spreadsheets, Fortran and people write them: the numbers, or a refusal that names the cell."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.data import Reading, load
from numerics.data.first_look import first_look
from theory.errors import DataFileError, ParameterError, SharpnessError

MINUS = "\u2212"


@pytest.fixture
def read(tmp_path):
    def read_text(text, name="data.csv", **said):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return load(str(path), reading=Reading(**said))

    return read_text


def _table(data):
    return np.column_stack([data.X, data.y]).tolist()


def _said(data):
    return dict(first_look(data))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"{MINUS}1,{MINUS}2\n3,{MINUS}4e{'-'}1\n", [[-1, -2], [3, -0.4]]),
        ("1.0D+00,2.5d-1\n3,4\n", [[1, 0.25], [3, 4]]),
        ('"1,5","2,25"\n"3","4"\n', [[1.5, 2.25], [3, 4]]),
        ("1,5;2,25\n3;4\n", [[1.5, 2.25], [3, 4]]),
        ("1.5;2.25\n3;4\n", [[1.5, 2.25], [3, 4]]),
        ("1.5\t2.25\n3\t4\n", [[1.5, 2.25], [3, 4]]),
        ("a;b\n1,5;2,25\n3;4\n", [[1.5, 2.25], [3, 4]]),
        ("1,2,3\n4,5,6\n", [[1, 2, 3], [4, 5, 6]]),  # a sample that happens to count, among whole numbers
        ("1,2,3\n2,4,6\n3,6,9\n4,8,12\n", [[1, 2, 3], [2, 4, 6], [3, 6, 9], [4, 8, 12]]),
        ("\ufeffa;y\n1,5e3;2\n2,5E-1;4\n", [[1500, 2], [0.25, 4]]),
        ("a,y\r\n1,2\r\n3,4\r\n", [[1, 2], [3, 4]]),
        ("a,y\r1,2\r3,4\r", [[1, 2], [3, 4]]),
        ('"a\nb", "y"\n1, "2"\n3, "4"\n', [[1, 2], [3, 4]]),
        ("1,2,\n3,4,\n", [[1, 2], [3, 4]]),  # a delimiter at the end of each line
        ("a,y,\n1,2,\n3,4,\n", [[1, 2], [3, 4]]),
        ("1.234;2.5\n3;4\n", [[1.234, 2.5], [3, 4]]),  # 2.5 has no groups
    ],
)
def test_numbers_in_every_usual_form(read, text, numbers):
    assert _table(read(text)) == numbers


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("NA,1\n3,4\n", "line 1, column 1: 'NA' stands for a missing value"),
        ("1,2\n3,NA\n", "line 2, column 2: 'NA' stands for a missing value"),
        ("NA,NA\n1,2\n", "line 1, column 1: 'NA' stands for a missing value"),
        ("-,-\n1,2\n", "line 1, column 1: '-' stands for a missing value"),
        ("?,?\n1,2\n", "line 1, column 1"),
        ("nan,nan\n1,2\n", "line 1, column 1: nan is not a finite number"),
        ('1,2\n"1,234",4\n', "line 2, column 1: '1,234' has a decimal comma or digits in groups"),
        ('"1,234","5,678"\n"2,345","6,789"\n', "line 1, column 1: '1,234' has a decimal comma or digits in groups"),
        ('"1,5",2.5\n3,4\n', "line 1, column 1: '1,5' is not a number; if it has a decimal comma, say --decimal ,"),
        ('"1.234,5",2\n3,4\n', "line 1, column 1: '1.234,5' has digits in groups"),
        ("$1,$2\n3,4\n", "line 1, column 1: '\\$1' is not a number"),
        ("a;y\n1.234;2\n2.345;4\n", "line 2, column 1: '1.234' has a decimal point or digits in groups; say --decimal"),
        ("a;y\n1.234,5;2\n2,5;4\n", "line 2, column 1: '1.234,5' has digits in groups; write it without"),
        ("a;y\n1 234;2\n2 345;4\n", "line 2, column 1: '1 234' has digits in groups; write it without"),
        ("a,y\n1,2,\n3,4,\n", "last cells are empty, and line 1 has a name less: .* remove the delimiters, or name"),
        (",1,2\n,3,4\n", "line 1, column 1: the cell is empty"),
        ("1990,2000,y\n1,2,3\n", "line 1, column 3: 'y' is not a number; .*, say --header"),
        ("1 2\n3 4\n", "line 1 has one column, '1 2'; .* or say --delimiter"),
        ("sep=;\na;y\n1;2\n", "line 1, column 1: 'sep=' is not a number"),
        ("50%,1\n3,4\n", "line 1, column 1: '50%' is not a number"),
        ("2020-01-01,1\n2020-01-02,4\n", "line 1, column 1: '2020-01-01' is not a number"),
        ("a,b\n1,2\ntrue,4\n", "line 3, column 1: 'true' is not a number"),
        ("1e-400,2\n3,4\n", "line 1, column 1: 1e-400 is not a finite number in float64, or only 0"),
        ("1,2\n1e999,4\n", "line 2, column 1: 1e999 is not a finite number in float64"),
    ],
)
def test_what_is_no_number_is_refused_with_its_cell(read, text, where):
    with pytest.raises(SharpnessError, match=where):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "0,1,2\n1.5,2.5,1\n2.5,4,0\n1,2,1\n",
        "0,1\n5,6\n7,8\n",
        "5,6,7\n0.5,1,2\n",
        "2010,2015,2020\n5,3,1\n7,4,0\n6,3,1\n",
    ],
)
def test_a_line_that_counts_is_a_header_or_a_sample_and_the_user_says_which(read, text):
    with pytest.raises(DataFileError, match=r"line 1 is .*say --header or --no-header"):
        read(text)
    rows = text.count("\n")
    assert read(text, header=True).n_samples == rows - 1
    assert read(text, header=False).n_samples == rows
    assert _said(read(text, header=True))["file"].startswith("a header")


# What pandas 2.3 and R 4.5 write for the frame a = 1.5, 2.5, 3.5, y = 1, 0, 1.
PANDAS = ",a,y\n0,1.5,1\n1,2.5,0\n2,3.5,1\n"
PANDAS_NUMBERED = ",0,1\n0,1.5,1\n1,2.5,0\n2,3.5,1\n"
R_CSV = '"","a","y"\n"1",1.5,1\n"2",2.5,0\n"3",3.5,1\n'
R_TABLE = '"a","y"\n"1",1.5,1\n"2",2.5,0\n"3",3.5,1\n'
R_NAMED = '"","a","y"\n"Mazda RX4",1.5,1\n"Datsun 710",2.5,0\n"Valiant",3.5,1\n'


@pytest.mark.parametrize("text", [PANDAS, R_CSV, R_TABLE, R_NAMED])
def test_an_index_without_a_name_is_left_out_and_said(read, text):
    data = read(text)
    assert _table(data) == [[1.5, 1], [2.5, 0], [3.5, 1]]
    assert _said(data)["column 1"] == "left out: an index without a name"
    assert _said(data)["label"].startswith("column 3, 'y' (the last): 0 (1), 1 (2)")


def test_pandas_numbered_columns_are_a_header_where_the_index_shows_it(read):
    assert _table(read(PANDAS_NUMBERED)) == [[1.5, 1], [2.5, 0], [3.5, 1]]


def test_an_index_with_a_name_is_kept_and_looks_like_one(read):
    data = read("id,a,y\n0,1.5,1\n1,2.25,0\n2,3.5,1\n")
    assert data.n_features == 2
    assert _said(data)["like an index"] == "column 1, 'id': rising by the same step from row to row"
    assert read("id,a,y\n0,1.5,1\n1,2.25,0\n2,3.5,1\n", drop=("id",)).X.tolist() == [[1.5], [2.25], [3.5]]


HEADED = "y,a,b,c,d\n1,2,3,4,5.5\n0,3,2,7,6.5\n2,9,4,1,7.5\n"


def test_the_label_is_named_with_its_values(read):
    assert _said(read(HEADED))["label"] == "column 5, 'd' (the last): 5.5 (1), 6.5 (1), 7.5 (1)"
    data = read(HEADED, label="y")
    assert _said(data)["label"] == "column 1, 'y': 0 (1), 1 (1), 2 (1)"
    assert data.y.tolist() == [1, 0, 2]
    assert data.X.shape == (3, 4)
    assert read(HEADED, label="1").y.tolist() == [1, 0, 2]
    with pytest.raises(ParameterError, match="no column 'z'; there are y, a, b, c, d"):
        read(HEADED, label="z")
    with pytest.raises(ParameterError, match="is the label and dropped"):
        read(HEADED, label="y", drop=("y",))
    with pytest.raises(DataFileError, match="columns 1 and 2 are both called 'a'"):
        read("a,a,y\n1,2,3\n4,5,7\n", label="a")


def test_a_regression_target_is_told_from_classes(read):
    text = "\n".join(f"{k % 3},{k * k % 7},{0.5 * k}" for k in range(9))
    assert _said(read(text))["label"] == "column 3 (the last): 9 values from 0 to 4"


IRIS = "width,kind\n1.5,setosa\n2.5,virginica\n3.5,setosa\n4.5,versicolor\n"


def test_classes_in_words_are_mapped_where_two_are_named(read):
    with pytest.raises(DataFileError, match=r"column 2, 'kind', holds no numbers but setosa \(2\).*--classes A,B"):
        read(IRIS)
    data = read(IRIS, classes=("virginica", "setosa"))
    assert _table(data) == [[1.5, -1], [2.5, 1], [3.5, -1]]
    assert _said(data)["label"].endswith("'virginica' is +1 (1), 'setosa' is -1 (2), 1 rows of other labels left out")
    with pytest.raises(ParameterError, match="no sample has the label 'rose'"):
        read(IRIS, classes=("rose", "setosa"))
    assert _table(read("1,0.0\n2,1\n3,2\n", classes=("2", "0"))) == [[1, -1], [3, 1]]


def test_samples_of_two_classes_are_drawn_half_and_half(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("\n".join(f"{k},{'a' if k < 30 else 'b'}" for k in range(40)))
    data = load(str(path), samples=10, seed=1, reading=Reading(classes=("b", "a")))
    assert sorted(data.y.tolist()) == [-1.0] * 5 + [1.0] * 5
    assert ((data.X[:, 0] >= 30) == (data.y > 0)).all()


def test_a_column_is_left_out_before_it_is_read(read):
    text = "day,a,y\n2020-01-01,1.5,2\n2020-01-02,2.5,7\n"
    assert _table(read(text, drop=("day",))) == [[1.5, 2], [2.5, 7]]
    assert _said(read(text, drop=("day",)))["column 1, 'day'"] == "left out: --drop"
    with pytest.raises(ParameterError, match="no column but the label"):
        read("a,y\n1,2\n", drop=("a",))


def test_standardized_columns_have_mean_0_and_deviation_1(read):
    rows = np.random.default_rng(3).normal(size=(20, 3)) * [1e200, 1e-200, 7] + [1e201, 0, 5]
    data = read("\n".join(",".join(map(repr, row.tolist())) for row in rows), standardize="columns")
    assert np.allclose(data.X.mean(axis=0), 0)
    assert np.allclose(data.X.std(axis=0), 1)
    assert _said(data)["standardized"] == "each column, over all rows"
    with pytest.raises(ParameterError, match="no channels"):
        read("1,2\n3,4\n", standardize="channels")


def test_columns_unlike_measurements_are_named(read):
    data = read("one,t,stamp,a,y\n5,3,1600000000,1,1\n5,5,1600000777,9,2\n5,7,1600004000,4,0\n")
    said = _said(data)
    assert said["constant"] == "column 1, 'one'"
    assert said["like an index"].startswith("column 2, 't'")
    assert said["like a time"].startswith("column 3, 'stamp'")


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-99, max_value=99), min_size=3),
        min_size=2,
    ),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")]),
)
def test_a_decimal_is_that_rational(tmp_path_factory, rows, marks):
    rows = [row[:3] for row in rows]
    delimiter, mark = marks
    path = tmp_path_factory.mktemp("exact") / "data.csv"
    path.write_text("\n".join(delimiter.join(f"{cell:f}".replace(".", mark) for cell in row) for row in rows))
    data = load(str(path))
    X, y = data.exact_reading.exactly()
    assert [[*features, label] for features, label in zip(X, y, strict=True)] == [
        [Fraction(cell) for cell in row] for row in rows
    ]
    rounded = data.X.ravel().tolist()
    difference = [float(exact - Fraction(x)) for exact, x in zip((x for row in X for x in row), rounded, strict=True)]
    assert np.linalg.norm(difference) <= data.exact_reading.distance * np.abs(data.X).max()


def test_standardizing_exactly_keeps_dependent_columns(read):
    one_hot = np.eye(3)[[0, 1, 2, 2, 1, 0, 0]]
    data = read("\n".join(f"{a:g},{b:g},{c:g},{k}" for k, (a, b, c) in enumerate(one_hot)), standardize="columns")
    X, _ = data.exact_reading.exactly()
    sizes = [sum(x * x for x in column) for column in zip(*X, strict=True)]
    assert all(abs(float(size) - 7) < 1e-12 for size in sizes)
    # a one-hot code of three sums to 1: centred, its columns weighted by their deviations sum to 0
    weights = one_hot.std(axis=0)
    combined = [sum(Fraction(w) * x for w, x in zip(weights, row, strict=True)) for row in X]
    assert all(abs(float(value)) < 1e-15 for value in combined)
    difference = np.array([[float(x) for x in row] for row in X]) - data.X
    assert 0 < np.linalg.norm(difference) <= data.exact_reading.distance * np.abs(data.X).max()


def test_what_a_source_does_not_follow_is_refused():
    with pytest.raises(ParameterError, match="digits:A,B takes no --label"):
        load("digits:3,5", reading=Reading(label="y"))


def test_runs_of_spaces_separate_cells(read):
    assert _table(read(" 1   2 3\n4 5   6 \n", delimiter=" ")) == [[1, 2, 3], [4, 5, 6]]


def test_a_point_before_three_decimals_is_read_where_the_user_says_so(read):
    assert _table(read("a;y\n1.234;2\n2.345;4\n", decimal=".")) == [[1.234, 2], [2.345, 4]]
    assert _table(read("1.234,2\n2.345,4\n")) == [[1.234, 2], [2.345, 4]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_a_spreadsheet_marks_as_unicode_is_read(tmp_path, encoding):
    (tmp_path / "data.tsv").write_bytes("größe\ty\n1\t2\n3\t4\n".encode(encoding))
    data = load(str(tmp_path / "data.tsv"))
    assert _table(data) == [[1, 2], [3, 4]]
    assert data.feature_names == ("column 1, 'größe'",)


def test_a_compressed_table_is_read(tmp_path):
    import gzip

    path = tmp_path / "data.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n3,4\n"))
    assert _table(load(str(path))) == [[1, 2], [3, 4]]
    path.write_bytes(gzip.compress(b"a,b\n1,2\n3,4\n")[:-9])
    with pytest.raises(DataFileError, match="not a whole gzip file"):
        load(str(path))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"decimal": ";"}, "decimal mark"),
        ({"delimiter": ""}, "delimiter"),
        ({"delimiter": '"'}, "delimiter"),
        ({"standardize": "rows"}, "standardize"),
        ({"classes": ("a", "a")}, "two different"),
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(said, message):
    with pytest.raises(ParameterError, match=message):
        Reading(**said)
