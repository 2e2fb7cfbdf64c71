"""A file is whole or not there; what was kept and is damaged is seen."""

import os
import signal
import stat
import threading

import pytest

from numerics.work.files import replace_file, seal, unseal


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_content_and_no_draft(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match=r"No space left on device.*file"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_new_file_has_the_users_permissions_and_an_old_one_its_own(tmp_path):
    old = os.umask(0o027)
    try:
        replace_file(tmp_path / "new", b"text")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    (tmp_path / "new").chmod(0o604)
    replace_file(tmp_path / "new", b"other text")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        replace_file(tmp_path / "nowhere" / "file", b"text")
    assert caught.value.filename == str(tmp_path / "nowhere" / "file")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_pipe_is_written_through(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(pipe, b"text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_every_change_of_a_sealed_file_is_seen(tmp_path):
    path, content = tmp_path / "file", b'{"a": 1}\n\nsecond part'
    sealed = seal(content)
    path.write_bytes(sealed)
    assert unseal(path) == content
    for place in range(len(sealed)):
        path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        assert unseal(path) is None
        path.write_bytes(sealed[:place])
        assert unseal(path) is None


WRITER = """
import os, time
from pathlib import Path
from numerics.work.files import replace_file
def hang(descriptor):
    print("written", flush=True)
    time.sleep(60)
os.fsync = hang
replace_file(Path({path!r}), b"half" * 100)
"""


def test_what_a_killed_writer_left_is_gone_after_the_next_one(tmp_path, start):
    folder = tmp_path / "kept"
    folder.mkdir()
    for _ in range(2):
        child = start(WRITER.format(path=str(folder / "file")))
        assert child.stdout.readline() == "written\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert len(os.listdir(folder)) == 1
    replace_file(folder / "file", b"whole")
    assert os.listdir(folder) == ["file"]
    assert (folder / "file").read_bytes() == b"whole"


def test_writers_of_one_file_at_the_same_time_leave_one_whole_content(tmp_path):
    path, contents = tmp_path / "file", [bytes([65 + one]) * 20_000 for one in range(4)]

    def write(content):
        for _ in range(20):
            replace_file(path, content)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert not path.exists() or path.read_bytes() in contents
    assert os.listdir(tmp_path) == ["file"]


def test_a_link_in_the_place_of_a_draft_is_not_followed(tmp_path):
    (tmp_path / "other").write_bytes(b"untouched")
    (tmp_path / ".file.draft").symlink_to("other")
    with pytest.raises(OSError, match="file"):
        replace_file(tmp_path / "file", b"new")
    assert (tmp_path / "other").read_bytes() == b"untouched"
