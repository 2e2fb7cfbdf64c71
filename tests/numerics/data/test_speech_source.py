import struct
import wave

import numpy as np
import pytest
import soundfile
from librosa import power_to_db
from librosa.feature import melspectrogram  # compiled as tests are collected: once, in set-up

from numerics.data import load
from numerics.data.known_sources.speech import read_clip
from theory.errors import DataFileError, DegenerateDataError, ParameterError


def write_clip(path, samples=16_000, rate=16_000, channels=1, width=2, seed=0, pitch=440.0):
    path.parent.mkdir(parents=True, exist_ok=True)
    time = np.arange(samples) / rate
    tone = 8000 * np.sin(2 * np.pi * pitch * time) + np.random.default_rng(seed).normal(0, 300, samples)
    with wave.open(str(path), "wb") as clip:
        clip.setnchannels(channels)
        clip.setsampwidth(width)
        clip.setframerate(rate)
        clip.writeframes(np.repeat(tone.astype("<i2" if width == 2 else "u1"), channels).tobytes())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("speech") / "a:folder"
    for k in range(5):
        write_clip(place / "yes" / f"{k}_nohash_0.wav", seed=k, pitch=300 + 40 * k)
        write_clip(place / "no" / f"{k}_nohash_0.wav", seed=10 + k, pitch=900 + 70 * k, samples=16_000 + 100 * k)
    write_clip(place / "no" / "short_nohash_0.wav", samples=15_999)
    write_clip(place / "_background_noise_" / "long.wav", samples=40_000)
    return place


@pytest.mark.slow
def test_words_become_standardized_log_mel_spectrograms(folder):
    data = load(f"speech:{folder}:yes,no")
    assert data.X.shape == (10, 2048)
    assert data.y.tolist() == [1.0] * 5 + [-1.0] * 5
    assert abs(data.X.mean()) < 1e-12
    assert abs(data.X.std() - 1) < 1e-12
    bands = data.X.reshape(10, 64, 32).mean(axis=2)
    assert bands[:5].argmax(axis=1).max() < bands[5:].argmax(axis=1).min(), "a higher tone is in a higher band"


@pytest.mark.slow
def test_the_spectrogram_is_librosas_on_the_first_second(folder):
    data = load(f"speech:{folder}:yes,no")
    rows = []
    for path in sorted((folder / "yes").iterdir()) + sorted((folder / "no").iterdir())[:-1]:
        sound, rate = soundfile.read(path, frames=16_000, dtype="float32")
        mel = melspectrogram(y=sound, sr=rate, n_mels=64)
        rows.append(power_to_db(mel).ravel())
    expected = np.array(rows, dtype=np.float64)
    np.testing.assert_allclose(data.X, (expected - expected.mean()) / expected.std(), atol=1e-5)


def test_clips_below_a_second_are_left_out_and_subsets_are_balanced(folder):
    assert read_clip(folder / "no" / "short_nohash_0.wav") is None
    assert read_clip(folder / "no" / "4_nohash_0.wav").shape == (16_000,)
    assert sorted(load(f"speech:{folder}:yes,no", samples=4, seed=3).y) == [-1, -1, 1, 1]
    whole = {row.tobytes() for row in load(f"speech:{folder}:yes,no").X}
    assert {row.tobytes() for row in load(f"speech:{folder}:yes,no", samples=4, seed=3).X} <= whole
    with pytest.raises(ParameterError, match="there are 5 of yes and 5 of no"):
        load(f"speech:{folder}:yes,no", samples=12)


def _riff(chunks: bytes, size=None) -> bytes:
    return b"RIFF" + struct.pack("<I", len(chunks) + 4 if size is None else size) + b"WAVE" + chunks


def _chunk(name: bytes, content: bytes, size=None) -> bytes:
    return name + struct.pack("<I", len(content) if size is None else size) + content


PCM = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16))
_PCM_OF_EXTENSIBLE = bytes.fromhex("0100000000001000800000aa00389b71")
EXTENSIBLE = _chunk(
    b"fmt ", struct.pack("<HHIIHHHHI", 0xFFFE, 1, 16_000, 32_000, 2, 16, 22, 16, 4) + _PCM_OF_EXTENSIBLE
)
SOUND = bytes(40_000)
HOSTILE = {
    "empty": b"",
    "text": b"this is no sound",
    "no format": _riff(_chunk(b"data", SOUND)),
    "no data": _riff(PCM),
    "data declares more than there is": _riff(PCM + _chunk(b"data", SOUND, size=400_000)),
    "data declares four gigabytes": _riff(PCM + _chunk(b"data", SOUND, size=2**32 - 16)),
    "an empty stream of another format": _riff(EXTENSIBLE[:-1] + b"\0" + _chunk(b"data", b"", size=0), size=0),
    "half a sample": _riff(PCM + _chunk(b"data", bytes(39_999))),
    "cut in the extensible format": _riff(_chunk(b"fmt ", EXTENSIBLE[8:30]) + _chunk(b"data", SOUND)),
    "truncated": _riff(PCM + _chunk(b"data", SOUND))[:-30_000],
    "cut in the format": _riff(PCM)[:24],
    "not PCM": _riff(_chunk(b"fmt ", struct.pack("<HHIIHH", 85, 1, 16_000, 32_000, 2, 16)) + _chunk(b"data", SOUND)),
    "no channels": _riff(_chunk(b"fmt ", struct.pack("<HHIIHH", 1, 0, 16_000, 32_000, 2, 16)) + _chunk(b"data", SOUND)),
    "no bits": _riff(_chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 0)) + _chunk(b"data", SOUND)),
    "no rate": _riff(_chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 0, 32_000, 2, 16)) + _chunk(b"data", SOUND)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_lying_and_damaged_clips_are_one_line(tmp_path, content):
    write_clip(tmp_path / "no" / "a.wav")
    (tmp_path / "yes").mkdir()
    (tmp_path / "yes" / "b.wav").write_bytes(content)
    with pytest.raises(DataFileError, match=r"yes/b\.wav: not a clip of the data set \(.+\); take the file") as caught:
        load(f"speech:{tmp_path}:yes,no")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("header", [PCM, EXTENSIBLE], ids=["plain", "extensible"])
@pytest.mark.parametrize("size", [None, 0, 2**32 - 1, 0x7FFFF000, 2**32 - 16])
@pytest.mark.parametrize("more", [b"", _chunk(b"LIST", b"odd")])
def test_sound_under_another_header_is_the_same(tmp_path, header, size, more):
    plain = read_clip(write_clip(tmp_path / "plain.wav", samples=17_000))
    samples = write_clip(tmp_path / "plain.wav", samples=17_000).read_bytes()[44:]
    padded = more + b"\0" * (len(more) % 2)
    (tmp_path / "other.wav").write_bytes(_riff(header + padded + _chunk(b"data", samples, size=size), size=size))
    assert np.array_equal(read_clip(tmp_path / "other.wav"), plain)


@pytest.mark.parametrize("keys", [{"rate": 8000}, {"channels": 2}, {"width": 1}])
def test_other_forms_of_sound_are_refused(tmp_path, keys):
    with pytest.raises(DataFileError, match="not 1 of 16 at 16000"):
        read_clip(write_clip(tmp_path / "a.wav", **keys))


def test_what_is_missing_is_said(tmp_path, folder):
    with pytest.raises(DataFileError, match="no such folder"):
        load(f"speech:{tmp_path / 'nowhere'}:yes,no")
    with pytest.raises(DataFileError, match="give two words that the data set has folders for"):
        load(f"speech:{folder}:yes,maybe")
    (tmp_path / "yes").mkdir()
    with pytest.raises(DataFileError, match="no wav files"):
        load(f"speech:{tmp_path}:yes,no")
    write_clip(tmp_path / "yes" / "short.wav", samples=100)
    with pytest.raises(DegenerateDataError, match="no clip of at least one second"):
        load(f"speech:{tmp_path}:yes,no")
    for bad in ("speech:yes,no", "speech:x:yes", "speech:x:yes,yes", "speech:x:..,no", "speech:x:a/b,no"):
        with pytest.raises(DataFileError, match="write speech:DIR:WORD,WORD"):
            load(bad)


def test_silence_is_refused(tmp_path):
    for word in ("yes", "no"):
        path = tmp_path / word / "a.wav"
        path.parent.mkdir()
        path.write_bytes(_riff(PCM + _chunk(b"data", SOUND)))
    with pytest.raises(DegenerateDataError, match="every clip is silent"):
        load(f"speech:{tmp_path}:yes,no")


def test_what_macos_leaves_beside_a_clip_is_skipped_and_large_letters_are_read(tmp_path):
    for word, pitch in (("yes", 300), ("no", 900)):
        write_clip(tmp_path / word / "a.wav", pitch=pitch)
        write_clip(tmp_path / word / "B.WAV", pitch=pitch + 50)
    (tmp_path / "yes" / "._a.wav").write_bytes(b"\0\5\x16\7")
    data = load(f"speech:{tmp_path}:yes,no")
    assert data.n_samples == 4
    assert data.understood == (("skipped", "1 file(s) whose name begins with ._"),)
