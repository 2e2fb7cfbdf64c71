"""`sst2:DIR`: the Stanford Sentiment Treebank's sentences, from the file `train.tsv` of GLUE's folder `SST-2`.

A line holds a sentence, a tab, and 1 for praise or 0 for blame. Words are separated by spaces, and a quotation mark is
a word like others: the file has no quoting.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from numerics.data.dataset import Dataset
from numerics.data.formats.files import parse_path, read_text
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.word_places import sentence_dataset
from theory.errors import DataFileError, DegenerateDataError

_HEADER = "sentence\tlabel"
_REMEDY = "take the file from GLUE's own archive"


def _load(name: str, folder: Path, subset: Subset) -> Dataset:
    if not folder.is_dir():
        raise DataFileError(f"{folder}: no such folder; give GLUE's folder SST-2, which holds train.tsv")
    sentences, labels = read_sentences(folder / "train.tsv")
    classes = np.array(labels)
    rows, _ = subset.two_classes(name, classes, (1, 0), ("praise", "blame"))
    return sentence_dataset(
        name,
        [sentences[row] for row in rows],
        classes[rows] == 1,
        "sentences of SST-2, praise (+1) and blame (-1), a number for each word at each place",
    )


def read_sentences(path: Path) -> tuple[list[list[str]], list[int]]:
    """Give the words of each sentence, and each label, 0 or 1.

    Raises:
        DataFileError: not such a file; the message names the line.
        DegenerateDataError: there is a header and nothing else.
    """
    # Not splitlines, for which some characters within a sentence end a line.
    header, *lines = (line.removesuffix("\r") for line in read_text(path).split("\n"))
    if header != _HEADER:
        raise DataFileError(f"{path}: the first line is {header[:60]!r}, not {_HEADER!r}; {_REMEDY}")
    sentences, labels = [], []
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        sentence, *cells = line.split("\t")
        if len(cells) != 1 or cells[0] not in ("0", "1"):
            ends = repr("\t".join(cells)[:20]) if cells else "nothing"
            raise DataFileError(
                f"{path}: line {number} has {ends} behind its sentence, not a tab and 0 or 1; {_REMEDY}"
            )
        if not sentence.split():
            raise DataFileError(f"{path}: line {number} has a label and no sentence; {_REMEDY}")
        sentences.append(sentence.split())
        labels.append(int(cells[0]))
    if not sentences:
        raise DegenerateDataError(f"{path}: no sentences below the header; {_REMEDY}")
    return sentences, labels


SOURCE = Source(
    form="sst2:DIR",
    example="sst2:SST-2",
    summary="sentences of SST-2 (praise +1, blame -1) from GLUE's train.tsv, a number for each word at each place",
    parse=parse_path,
    load=_load,
)
