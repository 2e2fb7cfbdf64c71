import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.lib import format as npy

from numerics.data import load
from tests.effort import usually
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError, ParameterError, ShapeError, SharpnessError

FINITE = st.floats(-1e300, 1e300)


@settings(deadline=None)
@given(
    data=st.data(),
    shape=st.tuples(st.integers(1, 6), st.integers(1, 5)),
    dtype=st.sampled_from(["<f8", ">f8", "<f4", "<i8", ">i4", "u1", "?"]),
    compressed=st.booleans(),
    fortran=st.booleans(),
)
def test_what_numpy_saves_is_what_is_loaded(tmp_path_factory, data, shape, dtype, compressed, fortran):
    elements = arrays.from_dtype(np.dtype(dtype), allow_nan=False, allow_infinity=False)
    X = data.draw(arrays.arrays(dtype, shape, elements=elements))
    y = data.draw(arrays.arrays(dtype, shape[0], elements=elements))
    path = tmp_path_factory.mktemp("round") / "data.npz"
    save = np.savez_compressed if compressed else np.savez
    save(path, X=np.asfortranarray(X) if fortran else X, y=y, other=np.arange(3))
    loaded = load(str(path))
    assert loaded.X.dtype == loaded.y.dtype == np.float64
    assert loaded.X.tolist() == X.astype(np.float64).tolist()
    assert loaded.y.tolist() == y.astype(np.float64).tolist()
    assert load(f"npz:{path}").X.tolist() == loaded.X.tolist()


def test_a_subset_is_drawn_from_the_rows(tmp_path):
    path = tmp_path / "data.npz"
    np.savez(path, X=np.arange(20.0).reshape(10, 2), y=np.arange(10.0))
    part = load(str(path), samples=4, seed=1)
    assert part.X[:, 0].tolist() == (2 * part.y).tolist()
    assert len(set(part.y.tolist())) == 4
    with pytest.raises(ParameterError, match="there are 10"):
        load(str(path), samples=11)


def _archive(path, **members: bytes):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return str(path)


def _stored(array, **options) -> bytes:
    stream = io.BytesIO()
    npy.write_array(stream, np.asarray(array), **options)
    return stream.getvalue()


def _declaring(shape, content=b"", dtype="<f8") -> bytes:
    stream = io.BytesIO()
    npy.write_array_header_1_0(stream, {"descr": dtype, "fortran_order": False, "shape": shape})
    return stream.getvalue() + content


Y = _stored([1.0, 2.0])


class Touches:
    """Creates a file when it is unpickled by an ordinary unpickler."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_an_object_array_is_refused_and_its_pickle_not_run(tmp_path):
    trace = tmp_path / "trace"
    content = _stored(np.array([[Touches(trace)], [1.0]], dtype=object), allow_pickle=True)
    np.load(io.BytesIO(content), allow_pickle=True)[0, 0].close()
    assert trace.exists()  # the trap works
    trace.unlink()
    with pytest.raises(DataFileError, match="object values"):
        load(_archive(tmp_path / "data.npz", X=content, y=Y))
    assert not trace.exists()


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        (_declaring((2**20, 2**20)), DataFileError, r"declares 8192\.0 GiB, more than 8 GiB"),
        (_declaring((2, 2**62)), DataFileError, "GiB, more than 8"),
        (_declaring((2, 3), b"\0" * 40), DataFileError, "declares 48 bytes, but 40 are stored"),
        (_declaring((2, 3), b"\0" * 56), DataFileError, "declares 48 bytes, but 56 are stored"),
        (_declaring((2, -3)), DataFileError, "impossible shape"),
        (_declaring((2, 2), b"\0" * 64, "<c16"), DataFileError, "complex128 values"),
        (_declaring((2, 2), b"\0" * 64, "<U4"), DataFileError, "values; save real numbers"),
        (_stored(np.zeros((2, 2), dtype=[("a", "f8")])), DataFileError, "values; save real numbers"),
        (_stored(np.zeros((2, 2), dtype=[("ä", "f8")]), version=(3, 0)), DataFileError, "format version"),
        (b"", DataFileError, "damaged"),
        (b"\x93NUMPY\x01\x00\xff\xff{", DataFileError, "damaged"),
        (b"not an array", DataFileError, "damaged"),
        (_declaring((2, 2), b"\0" * 32).replace(b"}", b"("), DataFileError, "damaged"),  # no ValueError in NumPy
        (_stored([1.0, 2.0]), ShapeError, "X has 1 dimension"),
        (_stored(np.zeros((2, 2, 2, 2, 2))), ShapeError, "X has 5 dimension"),
        (_stored(np.ones((3, 2))), ShapeError, "X has 3 rows but y has 2 labels"),
        (_stored(np.ones((0, 2))), ShapeError, "X has 0 rows"),
        (_stored(np.ones((2, 0))), DegenerateDataError, "no columns"),
        (_stored([[1.0], [np.nan]]), NotFiniteError, "X holds nan at row 2, column 1"),
    ],
)
def test_hostile_and_broken_arrays(tmp_path, X, error, message):
    with pytest.raises(error, match=message) as caught:
        load(_archive(tmp_path / "data.npz", X=X, y=Y))
    assert isinstance(caught.value, SharpnessError)
    assert "\n" not in str(caught.value)


def test_labels_of_more_than_one_column_are_refused(tmp_path):
    with pytest.raises(ShapeError, match=r"the array y, holds arrays of shape \(2,\)"):
        load(_archive(tmp_path / "data.npz", X=_stored([[1.0], [2.0]]), y=_stored([[1.0, 0.0], [2.0, 1.0]])))


def test_no_rows(tmp_path):
    with pytest.raises(DegenerateDataError, match="no rows"):
        load(_archive(tmp_path / "data.npz", X=_stored(np.ones((0, 2))), y=_stored(np.ones(0))))


def test_a_missing_array_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(DataFileError, match="no array 'y', it holds X, labels; save it with"):
        load(_archive(tmp_path / "data.npz", X=_stored([[1.0]]), labels=Y))
    with pytest.raises(DataFileError, match="no array 'X', it holds nothing"):
        load(_archive(tmp_path / "empty.npz"))


def test_a_line_break_in_a_name_does_not_reach_the_message(tmp_path):
    with pytest.raises(DataFileError, match=r"it holds a\\nb;") as caught:
        load(_archive(tmp_path / "data.npz", **{"a\nb": Y}))
    assert str(caught.value).isprintable()


def test_a_size_forged_in_the_directory_is_noticed(tmp_path):
    path = tmp_path / "data.npz"
    _archive(path, X=_declaring((2, 3), b"\0" * 40), y=Y)
    size = len(_declaring((2, 3), b"\0" * 40))
    forged = path.read_bytes().replace(size.to_bytes(4, "little"), (size + 8).to_bytes(4, "little"))
    assert forged != path.read_bytes()
    path.write_bytes(forged)
    with pytest.raises(DataFileError, match=r"damaged|declares"):
        load(str(path))


@pytest.fixture(scope="module")
def whole_archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "data.npz"
    np.savez_compressed(path, X=np.random.default_rng(0).standard_normal((4, 3)), y=np.arange(4.0))
    return path


@settings(deadline=None)
@given(data=st.data())
def test_a_cut_archive_is_one_clear_error(whole_archive, tmp_path_factory, data):
    content = whole_archive.read_bytes()
    path = tmp_path_factory.mktemp("cut") / "data.npz"
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(DataFileError, match=r"not a whole \.npz archive") as caught:
        load(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.slow
@settings(deadline=None, max_examples=usually(80, thoroughly=2000))
@given(data=st.data())
def test_a_damaged_archive_is_read_rightly_or_refused(whole_archive, tmp_path_factory, data):
    content = bytearray(whole_archive.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("damaged") / "data.npz"
    path.write_bytes(bytes(content))
    right = load(str(whole_archive))
    message = ""
    try:
        found = load(str(path))
    except SharpnessError as error:
        found, message = right, str(error)
    assert "\n" not in message
    assert found.X.tolist() == right.X.tolist()
    assert found.y.tolist() == right.y.tolist()


# Where the headers of a member say which version of zip they need, and how it is compressed; 9 is Deflate64.
@pytest.mark.parametrize(("local", "central", "value"), [(4, 6, 99), (8, 10, 9)])
def test_what_python_cannot_unpack_is_told_as_such(tmp_path, local, central, value):
    path = tmp_path / "data.npz"
    np.savez(path, X=np.ones((2, 2)), y=np.arange(2.0))
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        for place in range(len(content)):
            if content.startswith(signature, place):
                content[place + offset] = value
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"Python cannot unpack it \(.*\); save it again with numpy\.savez"):
        load(str(path))


def test_a_missing_file_or_a_folder(tmp_path):
    with pytest.raises(DataFileError, match=r"nowhere\.npz: no such file"):
        load(str(tmp_path / "nowhere.npz"))
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(DataFileError, match="not a file"):
        load(str(tmp_path / "folder.npz"))
