"""What can lie where a kept record should."""

import json
import os


def _of(content):
    return lambda path: path.write_bytes(content(path.read_bytes()) if callable(content) else content)


def _pipe(path):
    path.unlink()
    os.mkfifo(path)


def _folder(path):
    path.unlink()
    (path / "below").mkdir(parents=True)
    (path / "below" / "file").write_text("")


def _broken_link(path):
    path.unlink()
    path.symlink_to("nowhere")


DAMAGES = {
    "empty": _of(b""),
    "an empty object": _of(b"{}"),
    "no JSON": _of(b"{"),
    "no text": _of(bytes(range(256))),
    "100,000 levels deep": _of(b"[" * 100_000 + b"]" * 100_000),
    "right keys with wrong types": _of(json.dumps({"id": 3, "outcome": [], "steps": "none", "json": {}}).encode()),
    "cut short": _of(lambda content: content[:-1]),
    "longer": _of(lambda content: content + b"x"),
    "one bit": _of(lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]),
    "a pipe": _pipe,
    "a folder": _folder,
    "a broken link": _broken_link,
}
