"""The kernel as one file of Coq, and the files that are asked about after it: each alone would load the reals again."""

import hashlib
import re
from collections.abc import Collection, Mapping
from functools import cache

from proofs_check.kernel import coq
from proofs_check.kernel.replay.file import LAST_MODULE
from proofs_check.kernel.replay.writing import compiled
from proofs_check.kernel.table import SOURCES, stated_theorems

BUILD = SOURCES / "build"
_CLAIMS = {name.partition(".")[0] for name in stated_theorems().values()}
_WHOLE = BUILD / "whole" / "whole.v"
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
    modules = as_modules({name: sources()[name] for name in names if name not in files})
    text, made = f"(* {of_files} *) From Kernel Require {' '.join(files)}.\n{modules}", _WHOLE.with_suffix(".vo")
    with coq.alone(_WHOLE.parent):
        if not made.exists() or _WHOLE.read_text(encoding="utf-8") != text:
            made.unlink(missing_ok=True)
            _WHOLE.write_text(text, encoding="utf-8")
            coq.compile_file(_WHOLE, [BUILD])
    return hashlib.sha256(made.read_bytes()).hexdigest()


def as_modules(texts: Mapping[str, str]) -> str:
    """Files as modules of one, each of which finds what it requires among those before."""
    inside = {name: _REQUIRED.sub(lambda found: f"Import{found[2]}" if found[1] else "", texts[name]) for name in texts}
    return "".join(f"Module {name}.\n{text}\nEnd {name}.\n" for name, text in inside.items())


def accepts(texts: Mapping[str, str]) -> bool:
    """Whether Coq accepts files after the kernel; one that the kernel has already takes its place."""
    compiled_kernel()
    try:
        compiled(f"From Kernel Require Import {_WHOLE.stem}.\n{as_modules(texts)}", BUILD)
    except coq.CoqError as failure:
        print(failure)
        return False
    return True
