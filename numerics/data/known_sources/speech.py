"""`speech:DIR:yes,no`: two words of the Google Speech Commands, from the data set's own folders of wav files.

`DIR` holds a folder for each word. Clips shorter than one second are left out, the others cut to their first second
and turned into log-mel spectrograms by librosa (extra `speech`), which are standardized with one mean and deviation
over all features of all clips of the two words.

The paper's own listing is lost to us. Its Tables 9, 11 and 14 together fix the number of features: their difference
`S - S_hat` gives `N/(3d)`, and so d = 2047 at N = 1000 and 2045 at N = 500. That is 64 mel bands in 32 frames, what
librosa's default hop of 512 makes of a second. Window (2048) and decibels are librosa's defaults.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from numerics.data.formats.files import read_whole
from numerics.data.formats.wav import read_sound
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.pair import parse_place_and_pair
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError, DegenerateDataError, ParameterError

RATE = 16_000
_BANDS, _HOP = 64, 512
_LARGEST = 16 * 2**20  # bytes of one clip; the data set's have 32 thousand
_REMEDY = "take the file from the data set's own archive"


def _parse(text: str) -> tuple[Path, tuple[str, str]]:
    folder, words = parse_place_and_pair(text, "the folder or the two words")
    for word in words:
        if word in (".", "..") or "/" in word or "\\" in word or "\0" in word:
            raise ValueError(f"{word!r} is not a word")
    return folder, words


def _load(name: str, request: tuple[Path, tuple[str, str]], subset: Subset) -> Dataset:
    folder, words = request
    if not folder.is_dir():
        raise DataFileError(f"{folder}: no such folder; give the folder that holds one folder for each word")
    clips: list[NDArray[np.float32]] = []
    classes: list[int] = []
    skipped = 0
    for index, word in enumerate(words):
        files = _files(folder / word)
        kept = [file for file in files if not file.name.startswith("._")]  # macOS keeps its own notes beside a file
        skipped += len(files) - len(kept)
        of_word = [clip for clip in map(read_clip, kept) if clip is not None]
        if not of_word:
            raise DegenerateDataError(f"{folder / word}: no clip of at least one second; give another folder")
        clips += of_word
        classes += [index] * len(of_word)
    features = _spectrograms(clips)
    mean, deviation = float(features.mean()), float(features.std())
    if not deviation > 0:
        raise DegenerateDataError(f"{name}: every clip is silent; give another folder")
    kinds = np.array(classes, dtype=np.int64)
    rows, labels = subset.two_classes(name, kinds, (0, 1), words)
    return Dataset(
        name,
        (features[rows] - mean) / deviation,
        labels,
        f"speech commands {words[0]} (+1) and {words[1]} (-1), standardized log-mel spectrograms",
        kinds[rows],
        understood=(("skipped", f"{skipped} file(s) whose name begins with ._"),) if skipped else (),
    )


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        near = did_you_mean(folder.name, [one.name for one in folder.parent.iterdir() if one.is_dir()])
        raise DataFileError(f"{folder}: no such folder; give two words that the data set has folders for{near}")
    found = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".wav")
    if not found:
        raise DataFileError(f"{folder}: no wav files; give the data set's own folder")
    return found


def read_clip(path: Path) -> NDArray[np.float32] | None:
    """Read the first second of a clip, in [-1, 1), shape (16000,); None where it is shorter.

    Raises:
        DataFileError: not a wav file, not 16 kHz mono of 16 bits, or with a header that does not fit its data.
    """
    try:
        (channels, bits, rate), samples = read_sound(read_whole(path, _LARGEST))
        if (channels, bits, rate) != (1, 16, RATE):
            raise ValueError(f"{channels} channel(s) of {bits} bits at {rate} Hz, not 1 of 16 at {RATE}")
    except DataFileError:
        raise
    except ValueError as reason:
        raise DataFileError(f"{path}: not a clip of the data set ({reason}); {_REMEDY}") from None
    if len(samples) < 2 * RATE:
        return None
    return np.frombuffer(samples, dtype="<i2", count=RATE).astype(np.float32) / np.float32(32768)


def _spectrograms(clips: list[NDArray[np.float32]]) -> NDArray[np.float64]:
    """Give the log-mel spectrogram of each clip as a row: bands one after the other."""
    try:
        from librosa import power_to_db
        from librosa.feature import melspectrogram
    except ImportError:
        raise ParameterError("speech needs librosa; install minimalist-sharpness[speech]") from None
    rows = [power_to_db(melspectrogram(y=clip, sr=RATE, n_mels=_BANDS, hop_length=_HOP)) for clip in clips]
    return np.array([row.ravel() for row in rows], dtype=np.float64)


SOURCE = Source(
    form="speech:DIR:WORD,WORD",
    example="speech:speech_commands_v0.02:yes,no",
    summary="two words of Google Speech Commands (labels +1, -1) as log-mel spectrograms, standardized globally",
    parse=_parse,
    load=_load,
)
