"""A real server on this machine, which can be told to break off."""

import contextlib
import hashlib
import http.server
import io
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import numerics
from numerics.data.formats.download import PUBLISHED, Published, fetch, named
from theory.errors import DataFileError, ParameterError

CONTENT = np.random.default_rng(0).bytes(3_000_000)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.asked, self.break_after, self.ranges, self.pause = {}, [], None, True, 0.0

    def url(self, name):
        return f"http://127.0.0.1:{self.server_port}/{name}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)
        content = self.server.files.get(self.path[1:])
        if content is None:
            self.send_error(404)
            return
        begin = int(wanted[6:-1]) if wanted and self.server.ranges else 0
        if begin >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        end = len(content) if self.server.break_after is None else begin + self.server.break_after
        try:
            for place in range(begin, min(end, len(content)), 100_000):
                self.wfile.write(content[place : min(place + 100_000, end)])
                time.sleep(self.server.pause)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    here = Server()
    here.files["whole.bin"] = CONTENT
    thread = threading.Thread(target=here.serve_forever, args=(0.01,))
    thread.start()
    yield here
    here.shutdown()
    thread.join()
    here.server_close()


def _published(server, name="whole.bin", content=CONTENT, unpacked=None) -> Published:
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return Published("one", server.url(name), digest, "3 MB", unpacked, "x:DIR")


def test_a_file_is_fetched_checked_and_not_fetched_again(tmp_path, server):
    seen = []
    goal = fetch(_published(server), tmp_path / "new" / "folder", lambda there, total: seen.append((there, total)))
    assert goal.read_bytes() == CONTENT
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert fetch(_published(server), tmp_path / "new" / "folder") == goal
    assert server.asked == [None]
    assert os.listdir(goal.parent) == ["whole.bin"]
    goal.write_bytes(CONTENT[:-1])  # damaged since
    assert fetch(_published(server), goal.parent).read_bytes() == CONTENT


@pytest.mark.parametrize("ranges", [True, False])
def test_a_download_that_breaks_off_goes_on(tmp_path, server, ranges):
    server.break_after, server.ranges = 1_000_000, ranges
    with pytest.raises(DataFileError, match="no network reaches it; run the same command again, which goes on"):
        fetch(_published(server), tmp_path)
    assert not (tmp_path / "whole.bin").exists()
    server.break_after = None
    assert fetch(_published(server), tmp_path).read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={3 * 2**18}-"]  # whole chunks are kept


@pytest.mark.slow
def test_a_killed_download_goes_on(tmp_path, server):
    server.pause = 0.05
    script = (
        "import sys\nfrom pathlib import Path\nfrom numerics.data.formats.download import Published, fetch\n"
        f"fetch({_published(server)!r}, Path({str(tmp_path)!r}))\n"
    )
    source = str(Path(numerics.__file__).resolve().parents[1])
    process = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": source})
    part = tmp_path / ".whole.bin.part"
    end = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size > 600_000):
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there, server.pause = part.stat().st_size, 0.0
    assert there < len(CONTENT)
    assert fetch(_published(server), tmp_path).read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={there}-"]


def test_a_part_that_is_already_whole_is_used(tmp_path, server):
    (tmp_path / ".whole.bin.part").write_bytes(CONTENT)
    assert fetch(_published(server), tmp_path).read_bytes() == CONTENT


def test_another_content_is_refused_and_fetched_anew_the_next_time(tmp_path, server):
    server.files["whole.bin"] = CONTENT[:-1] + b"x"
    with pytest.raises(DataFileError, match="the content is not what was published") as caught:
        fetch(_published(server), tmp_path)
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []
    server.files["whole.bin"] = CONTENT
    assert fetch(_published(server), tmp_path).read_bytes() == CONTENT


def test_no_such_file_and_no_server_are_one_line(tmp_path, server):
    with pytest.raises(DataFileError, match="the server answers 404; try later, or fetch it where"):
        fetch(_published(server, "gone.bin"), tmp_path)
    nowhere = replace(_published(server), url="http://127.0.0.1:1/whole.bin")
    with pytest.raises(DataFileError, match="no network reaches it") as caught:
        fetch(nowhere, tmp_path)
    assert "\n" not in str(caught.value)


def _archive(names: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in names.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize("prefix", ["folder/", ""])
def test_archives_are_unpacked_whole(tmp_path, server, prefix):
    content = _archive({f"{prefix}a/1.wav": b"one", f"{prefix}b.txt": b"two"})
    server.files["data.tar.gz"] = content
    one = _published(server, "data.tar.gz", content, unpacked="folder")
    goal = fetch(one, tmp_path)
    assert goal == tmp_path / "folder"
    assert (goal / "a" / "1.wav").read_bytes() == b"one"
    assert sorted(os.listdir(tmp_path)) == ["data.tar.gz", "folder"]


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt"])
def test_an_archive_writes_nothing_outside_its_folder(tmp_path, server, name):
    content = _archive({name: b"x", "inside.txt": b"y"})
    server.files["data.tar.gz"] = content
    below = tmp_path / "below"
    with contextlib.suppress(DataFileError):
        fetch(_published(server, "data.tar.gz", content, unpacked="folder"), below)
    assert all(below / "folder" in path.parents for path in tmp_path.rglob("outside.txt"))
    assert not Path("/outside.txt").exists()


def test_a_damaged_archive_is_one_line(tmp_path, server):
    content = _archive({"a": b"1" * 10_000})[:-40]
    server.files["data.tar.gz"] = content
    with pytest.raises(DataFileError, match="cannot be unpacked"):
        fetch(_published(server, "data.tar.gz", content, unpacked="folder"), tmp_path)
    assert not (tmp_path / "folder").exists()


def test_the_published_files_are_named_with_their_digests():
    for one in PUBLISHED.values():
        algorithm, _, digest = one.digest.partition(":")
        assert len(digest) == {"md5": 32, "sha256": 64}[algorithm]
    with pytest.raises(ParameterError, match="there is no data set 'imagenet'; fetch cifar10, svhn, speech"):
        named("imagenet")
