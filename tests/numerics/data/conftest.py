"""Writers of the real file formats, byte by byte where Python 3 no longer writes them."""

import struct
from pathlib import Path

import numpy as np
import pytest

CIFAR10_CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]


def python2_pickle(value) -> bytes:
    """What Python 2's cPickle wrote at protocol 2, the format of the files that the data set is published in."""
    return b"\x80\x02" + _python2(value) + b"."


def _python2(value) -> bytes:
    match value:
        case bytes() if len(value) < 256:
            return b"U" + bytes([len(value)]) + value
        case bytes():
            return b"T" + struct.pack("<i", len(value)) + value
        case bool():
            return b"\x88" if value else b"\x89"
        case int():
            return b"J" + struct.pack("<i", value)
        case None:
            return b"N"
        case list():
            return b"](" + b"".join(map(_python2, value)) + b"e"
        case tuple():
            return b"(" + b"".join(map(_python2, value)) + b"t"
        case dict():
            return b"}(" + b"".join(_python2(key) + _python2(item) for key, item in value.items()) + b"u"
        case np.ndarray():
            kind = b"cnumpy\ndtype\n" + _python2((value.dtype.str[1:].encode(), 0, 1)) + b"R"
            kind += _python2((3, value.dtype.str[:1].encode(), None, None, None, -1, -1, 0)) + b"b"
            empty = (
                b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n" + _python2((0,)) + _python2(b"b") + b"tR"
            )
            state = b"(" + _python2(1) + _python2(value.shape) + kind + b"\x89" + _python2(value.tobytes()) + b"t"
            return empty + state + b"b"
    raise TypeError(type(value))


def cifar10_batches(images: np.ndarray, labels: list[int]) -> list[dict[bytes, object]]:
    """Spread images over the five batches, as dictionaries with the published files' keys."""
    parts = np.array_split(np.arange(len(images)), 5)
    return [
        {
            b"batch_label": b"training batch %d of 5" % (number + 1),
            b"labels": [int(labels[index]) for index in part],
            b"data": images[part],
            b"filenames": [b"image_%d.png" % index for index in part],
        }
        for number, part in enumerate(parts)
    ]


def write_cifar10(folder: Path, images: np.ndarray, labels: list[int], dumps=python2_pickle) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    meta = {
        b"num_cases_per_batch": 10000,
        b"label_names": [name.encode() for name in CIFAR10_CLASSES],
        b"num_vis": 3072,
    }
    (folder / "batches.meta").write_bytes(dumps(meta))
    for number, batch in enumerate(cifar10_batches(images, labels), start=1):
        (folder / f"data_batch_{number}").write_bytes(dumps(batch))
    return folder


@pytest.fixture(scope="session")
def pickle_as_python2():
    return python2_pickle


@pytest.fixture(scope="session")
def cifar10_writer():
    return write_cifar10


@pytest.fixture(scope="session")
def random_cifar10():
    """40 images: 12 cats (class 3), 9 dogs (class 5), the rest of the other classes."""
    generator = np.random.default_rng(7)
    images = generator.integers(0, 256, size=(40, 3072), dtype=np.uint8)
    labels = [3] * 12 + [5] * 9 + [0, 1, 2, 4, 6, 7, 8, 9, 0, 1, 2, 4, 6, 7, 8, 9, 0, 1, 2]
    order = generator.permutation(40)
    return images[order], [labels[index] for index in order]


@pytest.fixture(scope="session")
def cifar10_folder(tmp_path_factory, random_cifar10):
    return write_cifar10(tmp_path_factory.mktemp("published") / "cifar-10-batches-py", *random_cifar10)
