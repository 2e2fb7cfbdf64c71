import json
import os
import stat
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.command_line.bounds_table import number
from numerics.command_line.output import write_atomically, write_json
from theory.errors import NotFiniteError


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_json_has_no_word_for_what_is_not_finite(tmp_path, value):
    path = tmp_path / "result.json"
    path.write_text("old")
    with pytest.raises(NotFiniteError, match="too large for float64"):
        write_json(str(path), {"depths": [{"exact": value}]})
    assert path.read_text() == "old"


@settings(deadline=None)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_from_json_as_they_went_in(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("json") / "result.json"
    write_json(str(path), {"value": value})
    assert json.loads(path.read_text())["value"].hex() == value.hex()


@settings(deadline=None)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_shown_numbers_keep_ten_digits(value):
    assert abs(Decimal(number(value)) - Decimal(value)) <= Decimal("1e-9") * abs(Decimal(value))
    assert len(number(value)) <= 17


def test_a_new_file_has_the_users_permissions(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", "text")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_old_text_and_no_draft(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new \ud800")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        write_atomically(tmp_path / "nowhere" / "file", "text")
    assert caught.value.filename == str(tmp_path / "nowhere" / "file")


def test_a_pipe_is_written_through(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, "text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
