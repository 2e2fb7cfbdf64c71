"""Large matrices: photographs from a folder, or random fields that stand in for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from theory.errors import DataFileError

_ENDINGS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


@dataclass(frozen=True)
class Matrices:
    """Where rows come from.

    Attributes:
        kind: what they are, in the title.
        words: what they are, for the reader of the table.
        counts: the numbers of rows to measure at.
        columns: d.
        write: puts a number of rows and their labels into two `.npy` files, in float32 and float64.
    """

    kind: str
    words: str
    counts: Sequence[int]
    columns: int
    write: Callable[[Path, Path, int], None]


def random_fields() -> Matrices:
    """Random fields of 32 x 32 pixels and three correlated channels whose power falls as that of photographs does."""
    words = (
        "The data are stand-ins for photographs: random fields of 32 x 32 pixels and three channels whose power falls\n"
        "with the square of the frequency, in 8 bits."
    )
    return Matrices("random fields", words, (5_000, 10_000, 50_000), 3072, _write_fields)


def photographs(folder: Path) -> Matrices:
    """Images of one size, in a folder for each class, with the first half of the classes by name as +1.

    Raises:
        DataFileError: there are no two such classes, or an image is damaged or of another size.
    """
    classes = sorted(place for place in folder.iterdir() if place.is_dir())
    files = [[file for file in sorted(place.iterdir()) if file.suffix.lower() in _ENDINGS] for place in classes]
    if len(classes) < 2 or not all(files):
        raise DataFileError(f"{folder}: no two folders of JPEG or PNG images; give one folder for each class")
    half, paths = len(classes) // 2, [file for found in files for file in found]
    labels = np.repeat(np.where(np.arange(len(classes)) < half, 1.0, -1.0), [len(found) for found in files])
    kinds = " and ".join(sorted({_ENDINGS[file.suffix.lower()] for file in paths}))
    shape = _pixels(paths[0]).shape
    many = min(10_000, len(paths))

    def write(x: Path, y: Path, count: int) -> None:
        # The same scales for every draw: those of all images.
        drawn = np.sort(np.random.default_rng(0).choice(len(paths), count, replace=False))
        mean, deviation = _channel_scales(paths, shape)
        images = np.lib.format.open_memmap(x, mode="w+", dtype=np.float32, shape=(count, int(np.prod(shape))))
        for first, block in _in_blocks([paths[place] for place in drawn], shape):
            rows = np.moveaxis((block - mean) / deviation, 3, 1)
            images[first : first + len(rows)] = rows.reshape(len(rows), -1)
        images.flush()
        np.save(y, labels[drawn])

    names = [place.name for place in classes]
    words = (
        f"The data are {len(paths):,} photographs of {shape[1]} x {shape[0]} pixels from {kinds} files"
        f"{', which are not the pixels that were compressed' if 'JPEG' in kinds else ''}. Each of\n"
        f"the {shape[2]} channels is standardized over all of them. Labels: +1 for {', '.join(names[:half])},\n"
        f"-1 for {', '.join(names[half:])}.\n"
        f"Fewer rows are a draw without repetition by NumPy's default_rng(0)."
    )
    return Matrices("photographs", words, sorted({many, len(paths)}), int(np.prod(shape)), write)


def _channel_scales(paths: Sequence[Path], shape: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    total = square = np.zeros(shape[2])
    for _, block in _in_blocks(paths, shape):
        total, square = total + block.sum(axis=(0, 1, 2)), square + (block**2).sum(axis=(0, 1, 2))
    number = len(paths) * shape[0] * shape[1]
    mean = total / number
    return mean, np.sqrt(square / number - mean**2)


def _in_blocks(paths: Sequence[Path], shape: tuple[int, ...]) -> Iterator[tuple[int, NDArray[np.float64]]]:
    for first in range(0, len(paths), 1000):
        block = [_pixels(file) for file in paths[first : first + 1000]]
        for file, pixels in zip(paths[first:], block, strict=False):
            if pixels.shape != shape:
                raise DataFileError(f"{file}: an image of shape {pixels.shape}, the first one has {shape}")
        yield first, np.array(block, dtype=np.float64)


def _pixels(file: Path) -> NDArray[np.uint8]:
    from PIL import Image

    try:
        with Image.open(file) as image:
            return np.asarray(image.convert("RGB"))
    except OSError as error:
        raise DataFileError(f"{file}: {error}; save it again as JPEG or PNG") from None


def _write_fields(x: Path, y: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    frequency = np.hypot(np.fft.fftfreq(32)[:, np.newaxis], np.fft.rfftfreq(32)) * 32
    amplitude, mix = 1 / np.maximum(frequency, 1.0), np.linalg.cholesky(0.9 + 0.1 * np.eye(3))
    images = np.lib.format.open_memmap(x, mode="w+", dtype=np.float32, shape=(count, 3072))
    for first in range(0, count, 1000):
        noise = rng.standard_normal((min(1000, count - first), 3, 32, 32))
        fields = np.fft.irfft2(np.fft.rfft2(noise) * amplitude, s=(32, 32))
        pixels = np.clip(np.rint(128 + 350 * np.einsum("ij,njhw->nihw", mix, fields)), 0, 255)
        block: NDArray[np.float32] = ((pixels - 128) / 64).reshape(len(noise), -1).astype(np.float32)
        images[first : first + len(noise)] = block
    images.flush()
    np.save(y, np.where(rng.standard_normal(count) > 0, 1.0, -1.0))
