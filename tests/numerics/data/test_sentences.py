"""Sentences: SST-2 from GLUE's file, whatever that file is, and those of a grammar."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.command_line.group import sharpness as group
from numerics.command_line.one_line_errors import run
from numerics.data import load
from numerics.data.dataset import Dataset
from numerics.data.known_sources.sentences import BAD, GOOD, NEGATIONS
from numerics.data.known_sources.sst2 import read_sentences
from numerics.data.tables.word_places import PLACES, sentence_dataset, words_at
from theory.errors import DataFileError, ParameterError, SharpnessError

HEADER = b"sentence\tlabel\n"
LINES = HEADER + (
    b"hide new secretions from the parental units \t0\n"
    b'a " quoted remark that never ends \t0\n'
    b"\"sharp\" , ' funny ' and \xc3\xa9mouvant \t1\n"
    b"one\xc2\x85line\xe2\x80\xa8only \t1\n"
    b"fresh \t1\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "train.tsv").write_bytes(LINES)
    return tmp_path


def words_of(data):
    """Each sentence as its words, from the columns' names."""
    names = [name.rpartition(" at ") for name in data.feature_names]
    return [
        [word for word, _, _ in sorted((names[k] for k in np.flatnonzero(row)), key=lambda part: int(part[2]))]
        for row in data.X
    ]


def test_quotation_marks_are_words_and_join_no_lines(folder):
    data = load(f"sst2:{folder}")
    assert data.y.tolist() == [-1, -1, 1, 1, 1]
    assert words_of(data)[1:3] == [
        ["a", '"', "quoted", "remark", "that", "never", "ends"],
        ['"sharp"', ",", "'", "funny", "'", "and", "émouvant"],
    ]
    assert words_of(data)[3] == ["one", "line", "only"], "what ends lines elsewhere is a space here"
    assert data.classes.tolist() == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("ending", [b"\r\n", b"\n\n"])
def test_the_ends_of_lines_change_nothing(folder, tmp_path, ending):
    other = tmp_path / "other"
    other.mkdir()
    (other / "train.tsv").write_bytes(b"\xef\xbb\xbf" + LINES.replace(b"\n", ending).rstrip(b"\r\n"))
    assert load(f"sst2:{other}").digest == load(f"sst2:{folder}").digest


BAD_FILES = {
    "empty": (b"", "the first line is '', not 'sentence\\tlabel'; take the file from GLUE's own archive"),
    "another header": (b"index\tsentence\n0\tgood\n", "the first line is 'index\\tsentence', not 'sentence\\tlabel'"),
    "no header": (b"good\t1\n", "the first line is 'good\\t1', not"),
    "old line ends": (b"sentence\tlabel\rgood\t1\r", "the first line is 'sentence\\tlabel\\rgood\\t1', not"),
    "only a header": (HEADER, "no sentences below the header"),
    "another label": (LINES + b"so so \t2\n", "line 7 has '2' behind its sentence, not a tab and 0 or 1"),
    "a label in words": (HEADER + b"good\tpositive\n", "line 2 has 'positive' behind its sentence"),
    "a label like a number": (HEADER + "good\t\u0661\n".encode(), "line 2 has '\u0661' behind its sentence"),
    "no label": (LINES + b"cut he", "line 7 has nothing behind its sentence"),
    "an empty label": (LINES + b"cut here\t", "line 7 has '' behind its sentence"),
    "three cells": (HEADER + b"good\tvery\t1\n", "line 2 has 'very\\t1' behind its sentence"),
    "two labels": (HEADER + b"good\t1\t0\n", "line 2 has '1\\t0' behind its sentence"),
    "no sentence": (HEADER + b" \t1\n", "line 2 has a label and no sentence"),
    "cut in a character": (LINES + b"\xc3", "not UTF-8 text (unexpected end of data)"),
    "no text": (LINES + b"\xff\xfe\n", "not UTF-8 text"),
    "binary": (bytes(range(256)), "not UTF-8 text"),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_one_line_and_status_2(tmp_path, capfd, content, message):
    (tmp_path / "train.tsv").write_bytes(content)
    assert run(group, ("bounds", f"sst2:{tmp_path}")) == 2
    out, words = capfd.readouterr()
    assert out == ""
    assert words.startswith(f"sharpness: {tmp_path}/train.tsv: {message}")
    assert words.count("\n") == 1


@given(cut=st.integers(0, len(LINES) - 1))
def test_a_file_that_is_cut_is_refused_or_says_a_part(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("cut") / "train.tsv"
    path.write_bytes(LINES)
    sentences, labels = read_sentences(path)
    path.write_bytes(LINES[:cut])
    try:
        some, their_labels = read_sentences(path)
    except SharpnessError:
        return
    assert (some, their_labels) == (sentences[: len(some)], labels[: len(some)])


def test_what_is_not_there_is_one_line_and_status_2(tmp_path, folder, capfd):
    (tmp_path / "none").mkdir()
    for arguments, message in [
        ([f"sst2:{tmp_path / 'nowhere'}"], f"{tmp_path}/nowhere: no such folder; give GLUE's folder SST-2"),
        ([f"sst2:{tmp_path / 'none'}"], f"{tmp_path}/none/train.tsv: no such file"),
        (
            [f"sst2:{folder}", "--samples", "6"],
            "6 samples asked for, half of each class, but there are 3 of praise",
        ),
        (["sst2:"], "no file is named; write sst2:DIR, for example sst2:SST-2"),
        ([f"sst2:{folder}", "--label", "label"], "sst2:DIR takes no --label"),
    ]:
        assert run(group, ("bounds", *arguments)) == 2
        out, words = capfd.readouterr()
        assert out == ""
        assert message in words
        assert words.count("\n") == 1


def test_a_draw_is_balanced_and_long_sentences_are_cut(folder):
    data = load(f"sst2:{folder}", samples=4, seed=3)
    assert sorted(data.y) == [-1, -1, 1, 1]
    long = [f"w{k}" for k in range(PLACES + 3)]
    cut = sentence_dataset("mine", [long, ["w0"]], np.array([True, False]), "")
    assert cut.understood == (("cut", f"1 sentences, after {PLACES} words"),)
    assert words_of(cut) == [long[:PLACES], ["w0"]]


def test_too_many_numbers_are_refused_before_they_are_made():
    sentences = [[f"word{k}"] for k in range(12_000)]
    with pytest.raises(ParameterError, match="ask for fewer with --samples"):
        sentence_dataset("mine", sentences, np.ones(12_000, dtype=bool), "")


@given(st.lists(st.lists(st.sampled_from(["a", "at", "b at 1", "é"]), min_size=1, max_size=PLACES), min_size=1))
def test_sentences_are_read_back(sentences):
    data = sentence_dataset("mine", sentences, np.ones(len(sentences), dtype=bool), "")
    words = sorted({word for sentence in sentences for word in sentence})
    back = [[words[k] for k in row if k >= 0] for row in words_at(data)]
    assert back == sentences


@pytest.mark.parametrize("names", [None, ("a", "b"), ("a at 1", "b at 0"), ("a at 1", "b at x"), (" at 1", "b at 2")])
def test_what_holds_no_sentences_is_refused(names):
    data = Dataset("mine", np.eye(2), np.ones(2), "", feature_names=names)
    with pytest.raises(ParameterError, match="mine holds no sentences"):
        words_at(data)


def praises(words):
    """The rule once more: the last clause's last word, turned round by each negation before it."""
    last = " ".join(words).rpartition(" but ")[2].split()
    return (-1) ** sum(word in NEGATIONS for word in last) * (1 if last[-1] in GOOD else -1)


def test_the_grammar_keeps_its_rule_and_its_seed():
    data = load("sentences:400", seed=4)
    sentences = words_of(data)
    assert len({tuple(words) for words in sentences}) == 400
    assert data.y.tolist() == [praises(words) for words in sentences]
    assert data.y.sum() == 0
    assert max(map(len, sentences)) <= PLACES
    assert load("sentences:400", seed=4).digest == data.digest != load("sentences:400", seed=5).digest
    kinds = (
        Counter("but" in words for words in sentences),
        Counter(bool({*NEGATIONS} & {*words}) for words in sentences),
    )
    assert all(min(kind[False], kind[True]) > 100 for kind in kinds)
    assert {words[-1] for words in sentences} == {*GOOD, *BAD}


@pytest.mark.parametrize("text", ["", "1", "-3", "20001", "ten", "1e3", "²"])
def test_how_many_sentences_is_a_whole_number(text):
    with pytest.raises(DataFileError, match="write sentences:N"):
        load(f"sentences:{text}")
    assert load("sentences:9", samples=3).n_samples == 3
