"""A pickle may name any function and have it called. These try, and must leave no trace."""

import contextlib
import io
import os
import pickle
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.data.formats.batch_unpickler import StoredArray, read_batch
from tests.effort import usually
from theory.errors import DataFileError

BATCH = {b"data": np.arange(12, dtype=np.uint8).reshape(3, 4), b"labels": [3, 5, 3], b"filenames": [b"a", b"b", b"c"]}


class Calls:
    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def _refused(path, content, message="not a batch file of the data set"):
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=message) as caught:
        read_batch(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("disguise", [lambda trap: trap, lambda trap: {b"data": trap, b"labels": [3]}])
def test_a_crafted_pickle_does_not_run_code(tmp_path, protocol, disguise):
    trace = tmp_path / "trace"
    content = pickle.dumps(disguise(Calls(os.system, f"touch {trace}")), protocol)
    pickle.loads(content)
    assert trace.exists()  # the trap works
    trace.unlink()
    _refused(tmp_path / "batch", content, "it asks for .*system, which no batch file does")
    assert not trace.exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("posix", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("__builtin__", "eval"),
        ("builtins", "bytes.fromhex"),
        ("numpy", "load"),
        ("numpy", "ndarray.tofile"),
        ("numpy", "os.system"),
        ("numpy.core.multiarray", "scalar"),
        ("numpy.core.multiarray", "fromfile"),
        ("numpy.core.multiarray ", "_reconstruct"),
        ("numpy.testing._private.utils", "runstring"),
        ("numpy.core", "multiarray._reconstruct"),
        ("_codecs", "decode"),
        ("_codecs", "lookup"),
        ("codecs", "encode"),
        ("importlib", "import_module"),
        ("numerics.data.formats.batch_unpickler", "read_batch"),
    ],
)
def test_only_the_names_that_batch_files_hold_are_admitted(tmp_path, module, name):
    stacked = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(part)]) + part.encode() for part in (module, name)) + b"\x93."
    _refused(tmp_path / "batch", stacked, "which no batch file does")
    _refused(tmp_path / "batch", f"c{module}\n{name}\n.".encode(), "which no batch file does")
    _refused(tmp_path / "batch", f"(i{module}\n{name}\n.".encode(), "which no batch file does")


@pytest.mark.parametrize(
    "call",
    [
        b"c_codecs\nencode\n(X\x01\x00\x00\x00aX\x05\x00\x00\x00rot13tR",
        b"c_codecs\nencode\n(X\x01\x00\x00\x00atR",
        b"c__builtin__\nbytes\n(J\xff\xff\xff\x7ftR",  # two gigabytes of zeros
        b"cnumpy\nndarray\n(J\xff\xff\xff\x7ftR",
        b"cnumpy\ndtype\n)R",
        b"cnumpy.core.multiarray\n_reconstruct\n(c__builtin__\nbytes\nK\x00tR",
    ],
)
def test_admitted_names_are_called_only_as_batch_files_do(tmp_path, call):
    _refused(tmp_path / "batch", b"}X\x04\x00\x00\x00data" + call + b"s.", "in a way that no batch file does")


@pytest.mark.parametrize(
    "content",
    [
        b"cnumpy\ndtype\n(K\x01tR",  # a type that is no name
        b"cnumpy\nndarray\n)\x81",  # an instance made without a call
        b"cnumpy\nndarray\n}X\x04\x00\x00\x00nameX\x06\x00\x00\x00systemsb",  # an attribute set on a name
        b"cnumpy\nndarray\n(N}X\x04\x00\x00\x00nameX\x06\x00\x00\x00systemstb",  # the same, as for slots
        b"P1\n",
        b"K\x01Q",
        b"\x82\x01",
        b"\x97",
    ],
)
def test_nothing_else_that_a_pickle_can_do_is_admitted(tmp_path, content):
    _refused(tmp_path / "batch", b"}X\x04\x00\x00\x00data" + content + b"s.")


def test_a_shape_that_its_bytes_do_not_fill(tmp_path, pickle_as_python2):
    content = pickle_as_python2(BATCH)
    shape = b"J" + struct.pack("<i", 3) + b"J" + struct.pack("<i", 4)
    assert content.count(shape) == 1
    for rows, columns in ((3, 5), (2, 4), (-3, -4), (-1, 4), (2**31 - 1, 2**31 - 1)):
        forged = b"J" + struct.pack("<i", rows) + b"J" + struct.pack("<i", columns)
        (tmp_path / "batch").write_bytes(content.replace(shape, forged))
        with pytest.raises(ValueError, match=f"12 bytes of pixels do not fill {rows} x {columns}"):
            read_batch(tmp_path / "batch")["data"].bytes_matrix()


def test_setting_an_attribute_on_a_name_does_not_outlive_the_file(tmp_path, pickle_as_python2):
    _refused(tmp_path / "bad", b"c_codecs\nencode\n(N}X\x04\x00\x00\x00nameX\x05\x00\x00\x00bytesstb.")
    good = pickle.dumps({b"key": b"value"}, 2)
    assert b"_codecs" in good
    (tmp_path / "good").write_bytes(good)
    assert read_batch(tmp_path / "good") == {"key": b"value"}


def test_an_array_of_objects_is_never_built(tmp_path):
    trace = tmp_path / "trace"
    array = np.array([Calls(os.system, f"touch {trace}")], dtype=object)
    _refused(tmp_path / "batch", pickle.dumps({b"data": array}, 2), "system")
    assert not trace.exists()


def test_a_memo_index_that_would_take_all_memory(tmp_path):
    _refused(tmp_path / "batch", b"\x80\x02}r" + struct.pack("<I", 2**32 - 1) + b".", "memo index 4294967295")
    _refused(tmp_path / "batch", b"}p4294967295\n.", "memo index 4294967295")


def test_lengths_that_would_take_all_memory(tmp_path):
    _refused(tmp_path / "batch", b"\x80\x04\x8e" + struct.pack("<Q", 2**62) + b"x.")
    _refused(tmp_path / "batch", b"\x80\x04\x95" + struct.pack("<Q", 2**62) + b"N.")


@pytest.mark.parametrize("content", [b"", b".", b"\x80", b"\x80\x09N.", b"hello", b"N.", b"K\x01.", b"}K\x01K\x02s."])
def test_what_is_no_batch(tmp_path, content):
    _refused(tmp_path / "batch", content, "not a batch file of the data set")


def test_a_file_far_larger_than_a_batch(tmp_path):
    with open(tmp_path / "batch", "wb") as stream:
        stream.truncate(300 * 2**20)
    with pytest.raises(DataFileError, match="larger than 256 MiB"):
        read_batch(tmp_path / "batch")


@settings(deadline=None)
@given(data=st.data())
def test_a_cut_file_is_one_clear_error(tmp_path_factory, pickle_as_python2, data):
    content = data.draw(st.sampled_from([pickle_as_python2(BATCH), pickle.dumps(BATCH, 2), pickle.dumps(BATCH, 4)]))
    path = tmp_path_factory.mktemp("cut") / "batch"
    _refused(path, content[: data.draw(st.integers(0, len(content) - 1))], "not a batch file of the data set")


@pytest.mark.slow
@settings(deadline=None, max_examples=usually(150, thoroughly=4000))
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, pickle_as_python2, data):
    content = bytearray(data.draw(st.sampled_from([pickle_as_python2(BATCH), pickle.dumps(BATCH, 2)])))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "batch"
    path.write_bytes(bytes(content))
    batch, message = {}, ""
    try:
        batch = read_batch(path)
    except DataFileError as error:
        message = str(error)
    assert "\n" not in message
    assert all(isinstance(key, str) for key in batch)
    if isinstance(stored := batch.get("data"), StoredArray):
        with contextlib.suppress(ValueError):
            assert stored.bytes_matrix().ndim == 2


def test_a_batch_comes_back_whole(tmp_path, pickle_as_python2):
    for number, content in enumerate((pickle_as_python2(BATCH), pickle.dumps(BATCH, 2), pickle.dumps(BATCH, 3))):
        path = tmp_path / str(number)
        path.write_bytes(content)
        batch = read_batch(path)
        assert batch["data"].bytes_matrix().tolist() == BATCH[b"data"].tolist()
        assert batch["labels"] == [3, 5, 3]
        assert batch["filenames"] == [b"a", b"b", b"c"]


def test_a_folder_in_place_of_a_file(tmp_path):
    with pytest.raises(DataFileError, match="not a file"):
        read_batch(tmp_path)


def test_io_is_the_only_thing_read(tmp_path):
    """The stand-ins hold what was stored and nothing more: no NumPy object before the checks."""
    path = tmp_path / "batch"
    path.write_bytes(pickle.dumps(BATCH, 2))
    assert type(read_batch(path)["data"]) is StoredArray
    assert isinstance(pickle.load(io.BytesIO(path.read_bytes()))[b"data"], np.ndarray)
