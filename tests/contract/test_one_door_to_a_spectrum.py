"""Whoever has a data set asks it for its spectrum: a source may be defined by one, which X and y only round."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECOND_DOOR = re.compile(r"Spectrum\.from_data\(\s*(\w+)\.X\b")


def second_doors(text):
    return [line.strip() for line in text.splitlines() if (found := SECOND_DOOR.search(line)) and found[1] != "self"]


def test_no_data_set_is_decomposed_by_hand():
    files = [file for room in ("numerics", "theory", "proofs_check", "book") for file in (ROOT / room).rglob("*.*")]
    texts = [file for file in files if file.suffix in (".py", ".md") and "_build" not in file.parts]
    assert len(texts) > 300
    assert not [f"{file}: {line}" for file in texts for line in second_doors(file.read_text(encoding="utf-8"))]


def test_the_check_sees_what_it_looks_for():
    assert second_doors("s = Spectrum.from_data(data.X, data.y)")
    assert not second_doors("spectrum = Spectrum.from_data(X, y)")
