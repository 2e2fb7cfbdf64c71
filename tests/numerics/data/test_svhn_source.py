import io
import struct
import zlib

import numpy as np
import pytest
from scipy.io import savemat

from numerics.data import load
from theory.errors import DataFileError, ParameterError


@pytest.fixture(scope="module")
def images():
    """30 images: nine 3s, seven 5s, and other digits; a 0 is written as 10, as in the data set."""
    generator = np.random.default_rng(3)
    digits = np.array([3] * 9 + [5] * 7 + [10, 10, 10, 1, 2, 4, 6, 7, 8, 9, 1, 2, 4, 6])
    order = generator.permutation(30)
    return generator.integers(0, 256, (32, 32, 3, 30), dtype=np.uint8), digits[order].astype(np.uint8)


def _write(path, pixels, digits, **keys):
    savemat(path, {"X": pixels, "y": np.asarray(digits).reshape(-1, 1)}, **keys)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_the_published_layout_is_read(tmp_path, images, packed):
    pixels, digits = images
    data = load(f"svhn:{_write(tmp_path / 'train_32x32.mat', pixels, digits, do_compression=packed)}:3,5")
    assert data.X.shape == (16, 3072)
    chosen = np.isin(digits, (3, 5))
    assert data.y.tolist() == np.where(digits[chosen] == 3, 1.0, -1.0).tolist()
    of_channel = pixels.astype(float).transpose(2, 0, 1, 3).reshape(3, -1)
    mean, deviation = of_channel.mean(axis=1), of_channel.std(axis=1)
    first = pixels[:, :, :, np.flatnonzero(chosen)[0]].astype(float)
    for channel in range(3):
        expected = ((first[:, :, channel] - mean[channel]) / deviation[channel]).ravel()
        np.testing.assert_allclose(data.X[0, channel * 1024 : (channel + 1) * 1024], expected, rtol=1e-12)


def test_zero_is_written_as_ten_and_subsets_are_balanced(tmp_path, images):
    path = _write(tmp_path / "a:b.mat", *images)
    assert load(f"svhn:{path}:0,1").y.tolist().count(1.0) == 3
    assert sorted(load(f"svhn:{path}:3,5", samples=6, seed=1).y) == [-1, -1, -1, 1, 1, 1]
    with pytest.raises(ParameterError, match="there are 9 of digit 3 and 7 of digit 5"):
        load(f"svhn:{path}:3,5", samples=17)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"y": np.ones((2, 1))}, "it holds no array 'X'"),
        ({"X": np.zeros((32, 32, 3, 2))}, "it holds no array 'y'"),
        ({"X": np.zeros((32, 32, 3, 2)), "y": np.ones((2, 1))}, "of type float64, not bytes"),
        ({"X": np.full((32, 32, 3, 2), np.nan), "y": np.ones((2, 1))}, "of type float64, not bytes"),
        ({"X": np.zeros((32, 32, 2), np.uint8), "y": np.ones((2, 1))}, r"X has shape \(32, 32, 2\)"),
        ({"X": np.zeros((32, 32, 3, 2), np.uint8), "y": np.ones((3, 1))}, "does not give one number for each of 2"),
        ({"X": np.zeros((32, 32, 3, 2), np.uint8), "y": np.array([[3.0], [np.nan]])}, "numbers that are no digits"),
        ({"X": np.zeros((32, 32, 3, 2), np.uint8), "y": np.array([[3], [11]])}, "numbers that are no digits"),
        ({"X": np.zeros((32, 32, 3, 2), np.uint8), "y": np.array([[3], [5]])}, "a colour channel is constant"),
        ({"X": "text", "y": np.ones((2, 1))}, "'X' is not an array of real numbers"),
        ({"X": np.array([["cell"], [1]], dtype=object), "y": np.ones((2, 1))}, "'X' is not an array of real numbers"),
        ({"X": {"a": 1.0}, "y": np.ones((2, 1))}, "'X' is not an array of real numbers"),
        ({"X": np.ones((2, 2)) * 1j, "y": np.ones((2, 1))}, "'X' is not an array of real numbers"),
    ],
)
def test_wrong_contents_are_one_line(tmp_path, arrays, message):
    savemat(tmp_path / "bad.mat", arrays)
    with pytest.raises(DataFileError, match=message) as caught:
        load(f"svhn:{tmp_path / 'bad.mat'}:3,5")
    assert "bad.mat" in str(caught.value)


def _element(kind: int, content: bytes) -> bytes:
    return struct.pack("<II", kind, len(content)) + content + b"\0" * (-len(content) % 8)


def _matrix(shape, content: bytes, name=b"X", array_class=9) -> bytes:
    parts = _element(6, struct.pack("<II", array_class, 0)) + _element(5, struct.pack(f"<{len(shape)}i", *shape))
    return _element(14, parts + _element(1, name) + content)


def _file(*elements: bytes) -> bytes:
    return b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + b"".join(elements)


def _packed(element: bytes) -> bytes:
    squeezed = zlib.compress(element, 9)
    return struct.pack("<II", 15, len(squeezed)) + squeezed


PIXELS = _element(2, bytes(100))
HOSTILE = {
    "empty": b"",
    "text": b"no MATLAB file at all" * 20,
    "level 7.3": b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + bytes(600),
    "lying length": _file(struct.pack("<II", 14, 2**31)),
    "cut tag": _file(b"\0\0\0"),
    "huge shape": _file(_matrix((2**30, 2**30, 3, 1), PIXELS)),
    "huge shape that overflows": _file(_matrix((2**31 - 1,) * 8, PIXELS)),
    "negative shape": _file(_matrix((32, 32, 3, -5), PIXELS)),
    "more numbers than bytes": _file(_matrix((32, 32, 3, 1000), PIXELS)),
    "packed: more numbers than bytes": _file(_packed(_matrix((32, 32, 3, 1000), PIXELS))),
    "packed: claims to unpack to much more": _file(
        _packed(struct.pack("<II", 14, 2**31) + _matrix((32, 32, 3, 700_000), PIXELS)[8:])
    ),
    "packed: endless name": _file(_packed(_matrix((5, 5), PIXELS, name=bytes(100_000)))),
    "packed: not zlib": _file(struct.pack("<II", 15, 40) + b"x" * 40),
    "no dimensions": _file(_element(14, _element(6, struct.pack("<II", 9, 0)) + _element(1, b"X"))),
    "cut header": _file(_element(14, _element(6, struct.pack("<II", 9, 0)))),
    "sparse": _file(_matrix((5, 5), PIXELS, array_class=5)),
    "MATLAB object": _file(_matrix((1, 1), PIXELS, array_class=17)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_one_line(tmp_path, content):
    path = tmp_path / "train_32x32.mat"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"train_32x32\.mat: .*take the file from") as caught:
        load(f"svhn:{path}:3,5")
    assert "\n" not in str(caught.value)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """A small file that declares two gigabytes of zeros, more than the limit."""
    import tracemalloc

    zeros = 2_200_000_000
    squeeze = zlib.compressobj(1)
    head = _matrix((32, 32, 3, zeros // 3072), b"")[8:]
    body = struct.pack("<II", 14, len(head) + 8 + zeros) + head + struct.pack("<II", 2, zeros)
    out = io.BytesIO()
    out.write(squeeze.compress(body))
    chunk = bytes(10_000_000)
    for _ in range(2):  # the rest of what is declared is not needed
        out.write(squeeze.compress(chunk))
    squeezed = out.getvalue() + squeeze.flush()
    path = tmp_path / "bomb.mat"
    path.write_bytes(_file(struct.pack("<II", 15, len(squeezed)) + squeezed))
    tracemalloc.start()
    try:
        with pytest.raises(DataFileError, match=r"declares 2\.0 GiB|claims to unpack"):
            load(f"svhn:{path}:3,5")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_pixels_that_the_shape_does_not_need_are_not_unpacked(tmp_path):
    """A hundred megabytes of zeros, of an honest length, in an array of 3072 numbers."""
    import tracemalloc

    path = tmp_path / "bomb.mat"
    path.write_bytes(_file(_packed(_matrix((32, 32, 3, 1), _element(2, bytes(100_000_000))))))
    tracemalloc.start()
    try:
        with pytest.raises(DataFileError, match=r"'X' declares 3072 numbers, but 100000064 bytes are stored"):
            load(f"svhn:{path}:3,5")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.999])
@pytest.mark.parametrize("packed", [True, False])
def test_truncated_files_are_one_line(tmp_path, images, share, packed):
    path = _write(tmp_path / "train_32x32.mat", *images, do_compression=packed)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DataFileError, match="take the file from"):
        load(f"svhn:{path}:3,5")


def test_missing_files_and_malformed_names(tmp_path):
    with pytest.raises(DataFileError, match="no such file"):
        load(f"svhn:{tmp_path / 'nowhere.mat'}:3,5")
    with pytest.raises(DataFileError, match="'13' is not a digit"):
        load("svhn:x.mat:3,13")
    with pytest.raises(DataFileError, match="write svhn:FILE:A,B, for example"):
        load("svhn:3,5")
