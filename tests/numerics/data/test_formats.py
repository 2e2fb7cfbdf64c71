"""The same numbers through every door are the same data set."""

import gzip
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas
import polars
import pyarrow
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from sklearn.datasets import dump_svmlight_file

from numerics.data import Dataset, Reading, load
from numerics.data.first_look import first_look
from tests.effort import usually
from theory import Spectrum
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError, ParameterError, ShapeError

EIGHTHS = st.integers(-(2**20), 2**20).map(lambda number: number / 8)  # exact as decimals of few digits


class ArrayOnly:
    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


class DLPackOnly:
    def __init__(self, values):
        self.values = np.array(values)

    def __dlpack__(self, **options):
        return self.values.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.values.__dlpack_device__()


class Torch:
    """A tensor with a gradient: its own `__array__` refuses until it is detached and in main memory."""

    def __init__(self, values, detached=False, here=False, dtype="torch.float64"):
        self.values, self.detached, self.here, self.dtype = values, detached, here, dtype

    def detach(self):
        return Torch(self.values, True, self.here, self.dtype)

    def cpu(self):
        return Torch(self.values, self.detached, True, self.dtype)

    def resolve_neg(self):
        return self

    def float(self):
        return Torch(self.values.astype(np.float32), self.detached, self.here, "torch.float32")

    def __array__(self, dtype=None, copy=None):
        if not (self.detached and self.here) or self.dtype == "torch.bfloat16":
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
        return np.array(self.values, dtype=dtype)


def files(folder, table):
    """Write a table, whose last column is the label, in every format."""
    X, y = table[:, :-1], table[:, -1]
    text = "\n".join(",".join(repr(float(x)) for x in row) for row in table) + "\n"
    (folder / "a.csv").write_text(text)
    (folder / "a.tsv").write_text(text.replace(",", "\t"))
    (folder / "a.csv.gz").write_bytes(gzip.compress(text.encode()))
    np.save(folder / "a.npy", table)
    np.save(folder / "X.npy", X)
    np.save(folder / "y.npy", y[:, np.newaxis])
    np.savez(folder / "a.npz", X=X, y=y)
    names = [f"x{place}" for place in range(table.shape[1])]
    pandas.DataFrame(table, columns=names).to_parquet(folder / "a.parquet")
    polars.DataFrame(table, schema=names).write_parquet(folder / "b.parquet")
    dump_svmlight_file(X, y, str(folder / "a.libsvm"), zero_based=False)
    yield from (load(str(folder / name)) for name in ("a.csv", "a.tsv", "a.csv.gz", "a.npy", "a.npz"))
    yield from (load(str(folder / name)) for name in ("a.parquet", "b.parquet"))
    if X[:, -1].any():  # the format does not say how many features there are
        yield load(str(folder / "a.libsvm"))
    yield load(str(folder / "X.npy"), reading=Reading(label=str(folder / "y.npy")))


def objects(table):
    X, y = table[:, :-1], table[:, -1]
    pair = (pandas.DataFrame(X), pandas.Series(y))
    yield from (pair, (polars.DataFrame(X), polars.Series(y)), (pyarrow.Table.from_pandas(pair[0]), y))
    yield from ((pandas.DataFrame(X), pandas.DataFrame({"y": y})), (polars.DataFrame(X), polars.DataFrame({"y": y})))
    yield from ((kind(X), y) for kind in (scipy.sparse.csr_array, scipy.sparse.csc_matrix, scipy.sparse.coo_array))
    yield from ((kind(X), kind(y)) for kind in (ArrayOnly, DLPackOnly, Torch, np.ma.masked_array, np.asfortranarray))
    yield (X.tolist(), y[:, np.newaxis])
    yield (X.astype(object), [Fraction(z) for z in y.tolist()])


@settings(deadline=None, max_examples=usually(12, thoroughly=200))
@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(EIGHTHS, min_size=width, max_size=width), min_size=2, max_size=5)
    )
)
def test_the_same_numbers_are_the_same_data(tmp_path_factory, rows):
    table = np.array(rows)
    first = Dataset("first", table[:, :-1], table[:, -1])
    through_files = files(tmp_path_factory.mktemp("doors"), table)
    through_objects = (Dataset("data", X, y) for X, y in objects(table))
    seen = 0
    for data in (*through_files, *through_objects):
        seen += 1
        assert np.array_equal(data.X, first.X)
        assert np.array_equal(data.y, first.y)
        one, other = data.numbers.exact, first.numbers.exact
        assert (one.matrix, one.unit, one.labels, one.label_unit) == (
            other.matrix,
            other.unit,
            other.labels,
            other.label_unit,
        )
    assert seen >= 20


@pytest.mark.parametrize("seed", range(3))
def test_a_spectrum_takes_them_too(seed):
    table = np.random.default_rng(seed).integers(-9, 10, (5, 4)).astype(float)
    first = Spectrum.from_data(table[:, :-1], table[:, -1])
    for X, y in objects(table):
        if not isinstance(y, list):
            assert Spectrum.from_data(X, y).difficulty == first.difficulty


def test_images_are_rows(tmp_path):
    images, y = np.random.default_rng(0).integers(0, 256, (6, 3, 5, 6), dtype=np.uint8), np.array([0, 1, 1, 0, 1, 0])
    data = Dataset("images", images, y)
    assert np.array_equal(data.X, images.reshape(6, -1))
    assert data.understood == (("images", "each of shape 3 x 5 x 6 is one row of X"),)
    assert Spectrum.from_data(images, y).difficulty == data.spectrum().difficulty
    np.save(tmp_path / "X.npy", images)
    np.save(tmp_path / "y.npy", y)
    np.savez(tmp_path / "last.npz", X=images.transpose(0, 2, 3, 1), y=y)
    first = load(str(tmp_path / "X.npy"), reading=Reading(label=str(tmp_path / "y.npy"), standardize="channels"))
    last = load(str(tmp_path / "last.npz"), reading=Reading(standardize="channels", classes=("0", "1")))
    assert np.allclose(first.X.reshape(6, 3, -1).mean(axis=(0, 2)), 0)
    assert np.allclose(first.X.reshape(6, 3, -1).std(axis=(0, 2)), 1)
    assert np.array_equal(first.X, last.X)
    assert last.y.tolist() == [1, -1, -1, 1, -1, 1]
    with pytest.raises(ShapeError, match=r"shape \(6, 3, 5, 6\) has no column of labels; .*--label y.npy"):
        load(str(tmp_path / "X.npy"))
    np.savez(tmp_path / "open.npz", X=images.reshape(6, 3, 15, 2), y=y)
    with pytest.raises(ParameterError, match="which axis of 6 x 3 x 15 x 2 has the channels"):
        load(str(tmp_path / "open.npz"), reading=Reading(standardize="channels"))


def test_what_is_masked_or_missing_is_refused():
    masked = np.ma.masked_array([[1.0, 2.0], [3.0, 4.0]], mask=[[False, False], [False, True]])
    with pytest.raises(NotFiniteError, match=r"X has 1 masked value.*row 2, column 2; remove or fill"):
        Dataset("mine", masked, [1.0, 2.0])
    with pytest.raises(NotFiniteError, match="y has 1 masked"):
        Spectrum.from_data([[1.0], [2.0]], np.ma.masked_equal([1.0, 2.0], 1.0))
    for frame in (
        pandas.DataFrame({"a": [1, 2], "b": pandas.array([1, None], dtype="Int64")}),
        pandas.DataFrame({"a": [1, 2], "b": [1.0, None]}),
        polars.DataFrame({"a": [1, 2], "b": [1, None]}),
    ):
        with pytest.raises(NotFiniteError, match=r"missing value in row 2|nan at row 2, column 2"):
            Dataset("mine", frame, [1.0, 2.0])
    with pytest.raises(ShapeError, match="column 2, 'city', holds 'Bonn'; leave the column out"):
        Dataset("mine", pandas.DataFrame({"a": [1, 2], "city": ["Bonn", "Ulm"]}), [1.0, 2.0])
    with pytest.raises(ShapeError, match="column 1, 'when', holds times"):
        Dataset("mine", pandas.DataFrame({"when": pandas.to_datetime(["2020-01-01", "2020-01-02"])}), [1.0, 2.0])


def test_numbers_that_float64_rounds_are_known_exactly():
    """2^53 + 1 and 2^53 are one float64; whether columns of them depend on each other is decided without it."""
    big = 2**53
    whole = Dataset("mine", np.array([[big, big + 1], [big, big]]), np.array([1, 2]))
    frame = Dataset("mine", pandas.DataFrame({"a": [big, big], "b": [big + 1, big], "c": [0.5, 0.5]}), [1, 2])
    decimals = Dataset(
        "mine", polars.DataFrame({"a": [Decimal("0.1"), Decimal("0.3")]}), [Decimal("0.2"), Decimal("0.6")]
    )
    assert whole.numbers.exact.rank == frame.numbers.exact.rank == 2
    assert decimals.numbers.exact.labels_inside
    assert not Dataset("mine", [[0.1], [0.3]], [0.3, 0.9]).numbers.exact.labels_inside


def test_a_half_precision_tensor_is_known_by_its_precision():
    values = np.array([[1.0, 2.0], [3.0, 4.5]])
    assert Dataset("mine", Torch(values, dtype="torch.bfloat16"), [1, 2]).storage_precision == 2.0**-7
    assert Dataset("mine", values.astype(np.float16), [1, 2]).storage_precision == 2.0**-10


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (Torch(np.ones((2, 2)), dtype="torch.bfloat16"), None),
        (scipy.sparse.csr_array((10**6, 10**6)), "X takes 7.45e.03 GiB if it is not sparse; take fewer"),
        ("text", "X has 0 dimension|holds str"),
        (object(), "X has 0 dimension|holds object"),
    ],
)
def test_what_no_door_takes(values, message):
    if message is None:
        assert Dataset("mine", values, [1.0, 2.0]).X.tolist() == [[1.0, 1.0]] * 2
        return
    with pytest.raises((ShapeError, DataFileError), match=message) as caught:
        Dataset("mine", values, [1.0, 2.0])
    assert "\n" not in str(caught.value)


class Refuses:
    def __array__(self, dtype=None, copy=None):
        raise TypeError("implicit conversion\nis not allowed")


def test_an_array_that_refuses_to_be_read_is_one_line():
    with pytest.raises(ShapeError, match=r"cannot be read as an array .implicit conversion is not allowed.; make it"):
        Dataset("mine", Refuses(), [1.0])


def test_columns_of_parquet(tmp_path):
    frame = pandas.DataFrame(
        {"y": [1, 2, 3], "city": ["Bonn", "Ulm", "Bonn"], "price": [Decimal("0.10"), Decimal("0.30"), Decimal("0.70")]},
        index=pandas.Index([11, 12, 13], name="row"),
    )
    frame.to_parquet(tmp_path / "a.parquet")
    data = load(str(tmp_path / "a.parquet"), reading=Reading(label="y", drop=("city",)))
    assert data.feature_names == ("column 3, 'price'",)
    assert dict(data.understood)["column 4, 'row'"] == "left out: the index of the frame"
    assert data.numbers.exact.unit == Fraction(1, 10)
    two = load(str(tmp_path / "a.parquet"), reading=Reading(label="city", classes=("Ulm", "Bonn"), drop=("row",)))
    assert two.y.tolist() == [-1.0, 1.0, -1.0]
    with pytest.raises(
        DataFileError, match=r"the label, column 2, 'city', holds no numbers but Bonn .2., Ulm .1.; name"
    ):
        load(str(tmp_path / "a.parquet"), reading=Reading(label="city"))
    with pytest.raises(ShapeError, match="column 2, 'city', holds 'Bonn'"):
        load(str(tmp_path / "a.parquet"))
    pandas.DataFrame({"a": [1, None], "y": [1, 2]}, dtype="Int64").to_parquet(tmp_path / "b.parquet")
    with pytest.raises(NotFiniteError, match="column 1, 'a', has a missing value in row 2"):
        load(str(tmp_path / "b.parquet"))
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "c.parquet").write_bytes(content[:-20])
    with pytest.raises(DataFileError, match="cannot be read as Parquet"):
        load(str(tmp_path / "c.parquet"))


def test_without_pyarrow_the_remedy_is_said(tmp_path, monkeypatch):
    parquet.write_table(pyarrow.table({"a": [1.0], "y": [2.0]}), tmp_path / "a.parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ParameterError, match=r"Parquet needs pyarrow; install minimalist-sharpness\[parquet\]"):
        load(str(tmp_path / "a.parquet"))


@pytest.mark.parametrize(
    ("text", "exact", "shape"),
    [
        ("1 1:0.1 3:2 # a\n\n-1 2:1e-3\n", Fraction(1, 1000), (2, 3)),
        ("0.5 0:1 2:2\n2 qid:3 1:0.5\n", Fraction(1, 2), (2, 3)),
    ],
)
def test_lines_of_index_and_value(tmp_path, text, exact, shape):
    (tmp_path / "a.svmlight").write_text(text)
    data = load(str(tmp_path / "a.svmlight"))
    assert data.X.shape == shape
    assert data.numbers.exact.unit == exact


@pytest.mark.parametrize(
    "text", ["1 a:2\n", "1 1\n", "x 1:2\n", "1,2 1:3\n", "1 2:1 1:1\n", "1 1:nan\n", "1 1:1_000\n", "1_0 1:1\n"]
)
def test_lines_that_are_no_such_lines_are_one_error(tmp_path, text):
    (tmp_path / "a.libsvm").write_text(text)
    with pytest.raises((DataFileError, NotFiniteError)) as caught:
        load(str(tmp_path / "a.libsvm"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seed", range(usually(20, thoroughly=300)))
def test_a_damaged_npy_is_read_rightly_or_refused(tmp_path, seed):
    random = np.random.default_rng(seed)
    table = random.normal(size=(4, 3))
    np.save(tmp_path / "a.npy", table)
    content = bytearray((tmp_path / "a.npy").read_bytes())
    place = int(random.integers(0, 128))
    content[place] ^= int(random.integers(1, 256))
    (tmp_path / "a.npy").write_bytes(bytes(content[: int(random.choice([len(content), len(content) - 8]))]))
    try:
        data = load(str(tmp_path / "a.npy"))
    except (DataFileError, ShapeError, DegenerateDataError, NotFiniteError) as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert data.X.size + data.y.size == table.size


def test_labels_in_a_file_beside(tmp_path):
    np.save(tmp_path / "X.npy", np.eye(3))
    np.save(tmp_path / "y.npy", np.array(["a", "b", "c"]))
    reading = Reading(label=str(tmp_path / "y.npy"), classes=("c", "a"))
    assert load(str(tmp_path / "X.npy"), reading=reading).y.tolist() == [-1.0, 1.0]
    np.save(tmp_path / "y.npy", np.ones(2))
    with pytest.raises(ShapeError, match="X has 3 rows but y has 2 labels"):
        load(str(tmp_path / "X.npy"), reading=Reading(label=str(tmp_path / "y.npy")))


def test_the_fields_of_a_structured_array_are_columns(tmp_path):
    table = np.array([(1, 2.5, 3), (4, 5.5, 7)], dtype=[("y", "i4"), ("a", "f8"), ("b", "i8")])
    np.save(tmp_path / "a.npy", table)
    data = load(str(tmp_path / "a.npy"), reading=Reading(label="y"))
    assert data.X.tolist() == [[2.5, 3], [5.5, 7]]
    assert data.y.tolist() == [1, 4]
    assert data.feature_names == ("column 2, 'a'", "column 3, 'b'")
    np.save(tmp_path / "a.npy", np.array([(1, "u"), (4, "v")], dtype=[("y", "i4"), ("a", "U1")]))
    with pytest.raises(DataFileError, match="the array, field 'a', holds str32 values; save real numbers"):
        load(str(tmp_path / "a.npy"))


def test_a_column_that_is_steady_in_float64_alone_is_not_called_constant(tmp_path):
    (tmp_path / "a.csv").write_text("9007199254740993,5,0.1,1\n9007199254740992,5,0.10000000000000000001,2\n")
    said = first_look(load(str(tmp_path / "a.csv")))
    assert ("constant", "column 2") in said
    assert ("constant", "column 1; column 3: as float64 has it") in said


def test_a_sparse_matrix_too_large_for_the_machine_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("numerics.spectrum.arrays.largest_dense", lambda: 4 * 2**30)
    (tmp_path / "a.libsvm").write_text("1 1000000000:1\n2 1:1\n")
    with pytest.raises(DataFileError, match=r"X takes 14\.9 GiB if it is not sparse"):
        load(str(tmp_path / "a.libsvm"))
