import pickle
import warnings

import numpy as np
import pytest

from numerics.data import load
from theory.errors import DataFileError, ParameterError

MEAN = np.repeat([0.49139968, 0.48215841, 0.44653091], 1024) * 255  # of the training set, as it is commonly quoted
DEVIATION = np.repeat([0.24703223, 0.24348513, 0.26158784], 1024) * 255


def _cats_and_dogs(images, labels):
    labels = np.array(labels)
    chosen = np.isin(labels, (3, 5))
    return images[chosen], np.where(labels[chosen] == 3, 1.0, -1.0)


@pytest.mark.parametrize(
    "dumps",
    [None, *(lambda value, protocol=protocol: pickle.dumps(value, protocol) for protocol in (2, 3, 4))],
    ids=["python 2", "protocol 2", "protocol 3", "protocol 4"],
)
def test_batches_are_read_in_every_form_that_python_wrote_them(
    tmp_path, random_cifar10, cifar10_writer, pickle_as_python2, dumps
):
    images, labels = random_cifar10
    folder = cifar10_writer(tmp_path / "cifar-10-batches-py", images, labels, dumps or pickle_as_python2)
    data = load(f"cifar10:{folder}:cat,dog")
    expected, signs = _cats_and_dogs(images, labels)
    assert data.X.shape == (21, 3072)
    assert data.y.tolist() == signs.tolist()
    np.testing.assert_allclose(data.X * DEVIATION + MEAN, expected, rtol=0, atol=1e-4)
    assert np.rint(data.X * DEVIATION + MEAN).tolist() == expected.tolist()


def test_the_writer_of_these_tests_writes_what_python_reads(random_cifar10, pickle_as_python2):
    images, labels = random_cifar10
    content = pickle_as_python2({b"data": images, b"labels": labels, b"name": b"x" * 300})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # numpy.core is numpy._core today
        read = pickle.loads(content, encoding="bytes")
    assert np.array_equal(read[b"data"], images)
    assert read[b"labels"] == labels
    assert read[b"name"] == b"x" * 300


def test_column_order_is_respected(tmp_path, random_cifar10, cifar10_writer):
    images, labels = random_cifar10
    folder = cifar10_writer(tmp_path / "folder", images, labels, lambda value: pickle.dumps(_column_ordered(value), 2))
    expected, _ = _cats_and_dogs(images, labels)
    assert np.rint(load(f"cifar10:{folder}:cat,dog").X * DEVIATION + MEAN).tolist() == expected.tolist()


def _column_ordered(batch):
    return {key: np.asfortranarray(value) if key == b"data" else value for key, value in batch.items()}


def test_the_first_class_is_positive_and_others_can_be_chosen(cifar10_folder):
    cats, dogs = load(f"cifar10:{cifar10_folder}:cat,dog"), load(f"cifar10:{cifar10_folder}:dog,cat")
    assert cats.y.tolist() == (-dogs.y).tolist()
    frogs = load(f"cifar10:{cifar10_folder}: frog , airplane")
    assert sorted(frogs.classes.tolist()) == [0, 0, 0, 6, 6]
    assert frogs.y[frogs.classes == 6].tolist() == [1.0, 1.0]


def test_subsets_are_balanced_and_keep_features(cifar10_folder):
    whole = load(f"cifar10:{cifar10_folder}:cat,dog")
    rows = {tuple(row) for row in whole.X}
    for samples, positive in ((1, 1), (10, 5), (17, 9), (18, 9)):
        part = load(f"cifar10:{cifar10_folder}:cat,dog", samples=samples, seed=2)
        assert (part.y == 1).sum() == positive
        assert (part.y == -1).sum() == samples - positive
        assert {tuple(row) for row in part.X} <= rows
    with pytest.raises(ParameterError, match="there are 12 of cat and 9 of dog; ask for at most"):
        load(f"cifar10:{cifar10_folder}:cat,dog", samples=20)


def test_a_folder_with_a_colon_in_its_name(tmp_path, random_cifar10, cifar10_writer):
    folder = cifar10_writer(tmp_path / "a:b,c", *random_cifar10)
    assert load(f"cifar10:{folder}:cat,dog").n_samples == 21


def test_a_class_that_is_not_there_is_answered_with_those_that_are(cifar10_folder):
    with pytest.raises(
        DataFileError, match="no class 'unicorn' in this data set; its classes are airplane, automobile"
    ):
        load(f"cifar10:{cifar10_folder}:cat,unicorn")


def test_missing_folder_and_files(tmp_path, random_cifar10, cifar10_writer):
    with pytest.raises(DataFileError, match="no such folder; give the data set's folder cifar-10-batches-py"):
        load(f"cifar10:{tmp_path / 'nowhere'}:cat,dog")
    folder = cifar10_writer(tmp_path / "folder", *random_cifar10)
    (folder / "data_batch_4").unlink()
    with pytest.raises(DataFileError, match="data_batch_4: no such file"):
        load(f"cifar10:{folder}:cat,dog")
    (folder / "batches.meta").unlink()
    with pytest.raises(DataFileError, match=r"batches\.meta: no such file"):
        load(f"cifar10:{folder}:cat,dog")


PIXELS = np.zeros((2, 3072), dtype=np.uint8)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ({b"labels": [3, 5]}, "no pixels under 'data'"),
        ({b"data": b"bytes", b"labels": [3, 5]}, "no pixels under 'data'"),
        ({b"data": PIXELS[:, :-1], b"labels": [3, 5]}, "an image has 3071 bytes, not 3072"),
        ({b"data": PIXELS[0], b"labels": [3, 5]}, "the pixels are not a matrix"),
        ({b"data": PIXELS.astype(np.float64), b"labels": [3, 5]}, "the pixels are of type 'f8', not bytes"),
        ({b"data": PIXELS, b"labels": [3]}, "2 images but 1 labels"),
        ({b"data": PIXELS}, "'labels' is not a list of whole numbers from 0 to 9"),
        ({b"data": PIXELS, b"labels": [3, 10]}, "'labels' is not a list of whole numbers from 0 to 9"),
        ({b"data": PIXELS, b"labels": [3, b"5"]}, "'labels' is not a list of whole numbers from 0 to 9"),
        ([b"data"], "it holds no dictionary"),
    ],
)
def test_wrong_shapes_and_contents(tmp_path, random_cifar10, cifar10_writer, pickle_as_python2, batch, message):
    folder = cifar10_writer(tmp_path / "folder", *random_cifar10)
    (folder / "data_batch_2").write_bytes(pickle_as_python2(batch))
    with pytest.raises(DataFileError, match=message) as caught:
        load(f"cifar10:{folder}:cat,dog")
    assert "data_batch_2" in str(caught.value)


@pytest.mark.parametrize("meta", [{}, {b"label_names": b"cat"}, {b"label_names": []}, {b"label_names": [3]}])
def test_a_wrong_list_of_classes(tmp_path, random_cifar10, cifar10_writer, pickle_as_python2, meta):
    folder = cifar10_writer(tmp_path / "folder", *random_cifar10)
    (folder / "batches.meta").write_bytes(pickle_as_python2(meta))
    with pytest.raises(DataFileError, match=r"batches\.meta: no list of class names"):
        load(f"cifar10:{folder}:cat,dog")
