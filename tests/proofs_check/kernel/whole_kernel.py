"""The kernel as one file of Coq, and the files that are asked about after it: each alone would load the reals again."""

import hashlib
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from proofs_check.kernel import coq
from proofs_check.kernel.answers import MARK
from proofs_check.kernel.replay.file import LAST_MODULE
from proofs_check.kernel.table import SOURCES, stated_theorems

BUILD = SOURCES / "build"
_CLAIMS = {name.partition(".")[0] for name in stated_theorems().values()}
_WHOLE = BUILD / "whole" / "whole.v"
ACCEPTED = "The command has succeeded and its effects have been reverted."
_LIBRARY = re.compile(r"From\s+(Coq|Coquelicot)\s+Require\s+Import\s+([^.]*)\.")
_REQUIRED = re.compile(r"From\s+Kernel\s+Require\s+(Import\b)?([^.]*\.)")


@cache
def sources() -> dict[str, str]:
    """The text of every file, after those that it requires."""
    return {path.stem: path.read_text(encoding="utf-8") for path in coq.in_order(coq.files(SOURCES))}


def _with_required(names: Collection[str]) -> list[str]:
    found = set(names)
    for name in reversed(sources()):
        if name in found:
            found.update(coq.required_modules(sources()[name]))
    return [name for name in sources() if name in found]


@cache
def kernel() -> list[str]:
    """All files but those of claims that no other requires: `make kernel` compiles them."""
    return _with_required({path.stem for path in SOURCES.glob("*.v")} - _CLAIMS)


@cache
def compiled_kernel() -> str:
    """Compile the kernel, and return a hash of it.

    Where `make kernel` has compiled its files they are taken, else only those of the replays are files on their own.
    """
    names = kernel()
    files = names if all((BUILD / f"{name}.vo").exists() for name in names) else _with_required([LAST_MODULE])
    coq.compile_all(SOURCES, BUILD, *files)
    of_files = hashlib.sha256(b"".join((BUILD / f"{name}.vo").read_bytes() for name in files)).hexdigest()
    others = {name: sources()[name] for name in names if name not in files}
    text = f"(* {of_files} *) From Kernel Require {' '.join(files)}.\n{libraries(others.values())}{as_modules(others)}"
    made = _WHOLE.with_suffix(".vo")
    with coq.alone(_WHOLE.parent):
        if not made.exists() or _WHOLE.read_text(encoding="utf-8") != text:
            made.unlink(missing_ok=True)
            _WHOLE.write_text(text, encoding="utf-8")
            coq.compile_file(_WHOLE, [BUILD])
    return hashlib.sha256(made.read_bytes()).hexdigest()


def libraries(texts: Iterable[str]) -> str:
    """What files require of other libraries, once: to open these for each file would take a quarter of the time."""
    used = {(found[1], name) for text in texts for found in _LIBRARY.finditer(text) for name in found[2].split()}
    return "".join(f"From {library} Require Export {name}.\n" for library, name in sorted(used))


def as_modules(texts: Mapping[str, str]) -> str:
    """Files as modules of one, below their libraries; each finds what else it requires among those before."""
    inside = {
        name: _REQUIRED.sub(lambda found: f"Import{found[2]}" if found[1] else "", _LIBRARY.sub("", text))
        for name, text in texts.items()
    }
    return "".join(f"Module {name}.\n{text}\nEnd {name}.\n" for name, text in inside.items())


def answers(lots: Sequence[Mapping[str, str]]) -> list[str]:
    """What Coq prints about each of several lots of files after the kernel, `ACCEPTED` among it where it accepts one.

    One process reads them all: it loads the kernel once, and takes each lot back before it reads the next. A file that
    the kernel has already takes its place.
    """
    compiled_kernel()
    every = libraries(text for texts in lots for text in texts.values())
    asked = [f"{every}From Kernel Require Import {_WHOLE.stem}."]
    mark = f'\nGoal True. idtac "{MARK}". Abort.\n'
    with tempfile.TemporaryDirectory() as folder:
        for place, texts in enumerate(lots):
            (Path(folder) / f"lot_{place}.v").write_text(as_modules(texts), encoding="utf-8")
            asked.append(f'Succeed Load "lot_{place}".')
        command = ["coqtop", *coq.FLAGS, "-Q", str(BUILD), coq.LIBRARY]
        printed = coq.run(command, "coqtop", Path(folder), mark.join([*asked, ""]))
    print(printed, file=sys.stderr)
    opened, *said, _ = printed.split(MARK)
    assert "Error" not in opened
    assert len(said) == len(lots)
    return said
