"""Folders of photographs as the benchmarks of large matrices take them."""

import numpy as np
import pytest
from PIL import Image

from numerics.benchmarks.photographs import photographs
from theory.errors import DataFileError


def _keep(folder, ending="png", sizes=(4, 4)):
    """Three images in each of the classes b, a and c, no pixel like another."""
    random = np.random.default_rng(0)
    for name in "bac":
        (folder / name).mkdir()
        for number in range(3):
            pixels = random.integers(0, 256, (*sizes, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.{ending}")
    return folder


def test_rows_are_standardized_channels_and_labels_are_classes(tmp_path):
    found = photographs(_keep(tmp_path))
    x, y = tmp_path / "x.npy", tmp_path / "y.npy"
    found.write(x, y, 9)
    rows = np.load(x).reshape(9, 3, 16)
    assert rows.dtype == np.float32
    assert np.abs(rows.mean(axis=(0, 2))).max() < 1e-6
    assert rows.std(axis=(0, 2)) == pytest.approx(1)
    pixels = np.asarray(Image.open(tmp_path / "a" / "0.png")).astype(float)  # the first class by name
    assert np.corrcoef(rows[0, 1], pixels[:, :, 1].ravel())[0, 1] == pytest.approx(1)
    assert np.load(y).tolist() == [1] * 3 + [-1] * 6
    assert "+1 for a,\n-1 for b, c." in found.words
    assert "JPEG" not in found.words


def test_fewer_rows_are_a_draw_in_the_scales_of_all(tmp_path):
    found = photographs(_keep(tmp_path))
    x, y, part = (tmp_path / f"{name}.npy" for name in ("x", "y", "part"))
    found.write(x, y, 9)
    found.write(part, y, 5)
    assert {row.tobytes() for row in np.load(part)} < {row.tobytes() for row in np.load(x)}
    assert len(np.load(y)) == 5


def test_compression_is_said(tmp_path):
    assert "from JPEG files, which are not the pixels that were compressed" in photographs(_keep(tmp_path, "jpg")).words


def test_what_is_no_such_folder_is_refused(tmp_path):
    with pytest.raises(DataFileError, match="no two folders of JPEG or PNG images"):
        photographs(tmp_path)
    found = photographs(_keep(tmp_path))
    Image.new("RGB", (5, 4)).save(tmp_path / "c" / "2.png")
    with pytest.raises(DataFileError, match=r"c/2\.png: an image of shape \(4, 5, 3\), the first one has \(4, 4, 3\)"):
        found.write(tmp_path / "x.npy", tmp_path / "y.npy", 9)
    (tmp_path / "a" / "0.png").write_bytes(b"nothing")
    with pytest.raises(DataFileError, match="save it again as JPEG or PNG"):
        photographs(tmp_path)
