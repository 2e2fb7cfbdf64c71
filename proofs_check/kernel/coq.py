"""Find, compile and question Coq: the only file here that starts its programs."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

LIBRARY = "Kernel"
FLAGS = ("-q", "-w", "-ambiguous-paths,-require-in-module")
TIME_LIMIT = 600
_TOKENS = re.compile(r'\(\*|\*\)|[^(*"]+|.', flags=re.DOTALL)
_BUT_LINE_BREAKS = re.compile(r"[^\n]")
_FEWER_COLLECTIONS = "o=1000"  # most of what Coq reads stays until it ends: a third of its time goes to looking


class CoqError(Exception):
    """Coq refused a file; the message is its own, after the name of the file."""


def installed() -> bool:
    """Whether the Coq compiler, its library Coquelicot and `make`, which orders the work, are there."""
    return _installed(os.environ.get("PATH"), os.environ.get("COQPATH", ""))


@cache
def _installed(programs: str | None, libraries: str) -> bool:
    if any(shutil.which(program, path=programs) is None for program in ("coqc", "coqdep", "coqchk", "make")):
        return False
    asked = subprocess.run(["coqc", "-where"], stdout=subprocess.PIPE, text=True, timeout=TIME_LIMIT, check=False)
    added = [Path(folder) for folder in libraries.split(os.pathsep) if folder]
    return any((folder / "Coquelicot").is_dir() for folder in (Path(asked.stdout.strip()) / "user-contrib", *added))


def run(command: Sequence[str], label: str, folder: Path, typed: str = "") -> str:
    """Return what a command prints on both its outputs, run in a folder where its tactics may keep files.

    Args:
        command: the program and its arguments.
        label: what an error begins with.
        folder: where it runs.
        typed: what it is told there.

    Raises:
        CoqError: it failed or took longer than `TIME_LIMIT` seconds.
    """
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
            env={"OCAMLRUNPARAM": _FEWER_COLLECTIONS, **os.environ},
        )
    except subprocess.TimeoutExpired:
        raise CoqError(f"{label}: not finished after {TIME_LIMIT} seconds") from None
    if ended.returncode != 0:
        raise CoqError(f"{label}: {ended.stdout.strip()}")
    return ended.stdout


@cache
def without_comments(source: str) -> str:
    r"""Return Coq source with every comment and string blanked, nested comments included.

    Line breaks stay, so line numbers stay.

    >>> without_comments('Lemma a. (* outer (* admit *) still *) Qed.')
    'Lemma a.                               Qed.'
    >>> without_comments('idtac "(*". exact I.')
    'idtac     . exact I.'
    """
    kept: list[str] = []
    depth, in_string = 0, False
    for token in _TOKENS.findall(source):
        blank = True
        if in_string or (token == '"' and depth == 0):
            in_string = not in_string if token == '"' else in_string
        elif token == "(*" or (token == "*)" and depth > 0):
            depth += 1 if token == "(*" else -1
        else:
            blank = depth > 0
        kept.append(_BUT_LINE_BREAKS.sub(" ", token) if blank else token)
    return "".join(kept)


def required_modules(source: str, library: str = LIBRARY) -> list[str]:
    """Return the modules of this development, or of another library, that a source requires.

    >>> required_modules('From Coq Require Import Reals. From Kernel Require Import a b. Lemma c : True.')
    ['a', 'b']
    >>> required_modules('From Coq Require Import Reals. From Kernel Require Import a b. Lemma c : True.', "Coq")
    ['Reals']
    """
    clauses = re.findall(rf"From\s+{library}\s+Require\s+(?:Import\s+)?([^.]*)\.", without_comments(source))
    return [name for clause in clauses for name in clause.split()]


def files(sources: Path) -> list[Path]:
    """The Coq files of a folder, and the statements that are printed into a folder of their own."""
    return sorted([*sources.glob("*.v"), *sources.glob("statements/*.v")])


@contextmanager
def alone(build: Path) -> Iterator[None]:
    """Of several processes that compile into a folder at once, one goes on and the others wait for it."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed, by a crash too
        yield


def compile_all(sources: Path, build: Path, *modules: str) -> None:
    """Compile every file of a folder that changed, into another folder, with the folder's Makefile.

    With modules, no more than these need.

    Raises:
        CoqError: a file does not compile.
    """
    with alone(build):
        goals = [str(build.resolve() / f"{module}.vo") for module in modules]
        run(["make", "--silent", "-j2", "-C", str(sources), f"BUILD={build.resolve()}", *goals], sources.name, sources)


def compile_file(source: Path, libraries: Sequence[Path]) -> str:
    """Compile one file against compiled libraries, the first taken first, and return what it printed.

    Raises:
        CoqError: the file does not compile.
    """
    paths = [word for library in reversed(libraries) for word in ("-Q", str(library.resolve()), LIBRARY)]
    return run(["coqc", "-noglob", *FLAGS, *paths, source.name], source.name, source.parent)


def compile_text(text: str, build: Path) -> str:
    """What Coq prints on a text that it accepts beside what is compiled.

    Raises:
        CoqError: it does not.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "checked.v"
        file.write_text(text, encoding="utf-8")
        return compile_file(file, [build])


def recheck(build: Path, modules: Iterable[str]) -> str:
    """Check compiled modules again with Coq's separate checker, and return its summary of what they rest on.

    The modules of other libraries are taken as compiled.

    Raises:
        CoqError: the checker refuses a module.
    """
    names = [word for module in modules for word in ("-norec", f"{LIBRARY}.{module}")]
    return run(["coqchk", "-silent", "-o", "-Q", ".", LIBRARY, *names], "coqchk", build)


def in_order(sources: Iterable[Path]) -> list[Path]:
    """Return source files with every file after the files that it requires."""
    texts = {path.stem: (path, path.read_text(encoding="utf-8")) for path in sources}
    ordered: dict[str, Path] = {}

    def visit(name: str) -> None:
        if name in texts and name not in ordered:
            path, text = texts[name]
            for required in required_modules(text):
                visit(required)
            ordered[name] = path

    for name in sorted(texts):
        visit(name)
    return list(ordered.values())
