"""Copies of the kernel with something changed in its sources, to see whether the trials notice."""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import EnumType
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

_LANGUAGE = ("theory.language.terms", "theory.language.substitution", "theory.language.formulas")
_RULES = tuple(
    f"proofs_check.rules.{name}"
    for name in (
        "theorem",
        "logic",
        "normal_form",
        "equality",
        "order",
        "induction",
        "chains",
        "calculus",
        "expectation",
        "sharpness",
    )
)

COPIED = (*_LANGUAGE, *_RULES)
"""The modules that are copied, in an order in which they can be loaded."""


@dataclass(frozen=True)
class WrongKernel:
    """One unsound change of the kernel.

    Attributes:
        rule: the rule that it makes unsound.
        name: what is wrong with it.
        module: the file that is changed, such as `order` or `terms`.
        function: the function in it that is changed.
        changes: each a text that stands in that function once, and what takes its place.
    """

    rule: str
    name: str
    module: str
    function: str
    changes: tuple[tuple[str, str], ...]


Rules = Mapping[str, Callable[..., Any]]


def kernel_copy(wrong: WrongKernel | None = None) -> Rules:
    """The rules of a copy of the kernel, with a change.

    What terms and formulas are is shared with the kernel itself, and only what is done with them is copied, so that
    the two kernels can be given the same terms.

    Raises:
        ValueError: the text that is to be changed does not stand in the function just once.
    """
    copies: dict[str, ModuleType] = {}

    def imported(name: str, _globals: Any = None, _locals: Any = None, names: Any = (), level: int = 0) -> Any:
        if name in copies:
            return copies[name]
        if name == "theory.language.sealed":
            return SimpleNamespace(Sealed=type, SealedEnum=EnumType, closed=lambda _: False)
        found = importlib.import_module(name) if names else builtins.__import__(name)
        inside = {one: copies[f"{name}.{one}"] for one in names or () if f"{name}.{one}" in copies}
        return SimpleNamespace(**{**vars(found), **inside}) if inside else found

    for name in COPIED:
        copy = ModuleType(name)
        copy.__dict__.update(vars(importlib.import_module(name)) if name in _LANGUAGE else {})
        copy.__dict__["__builtins__"] = {**vars(builtins), "__import__": imported}
        exec(_code(name, wrong if wrong and name.rpartition(".")[2] == wrong.module else None), copy.__dict__)
        copies[name] = copy
    rules: Rules = copies["proofs_check.rules.theorem"].rules()
    return rules


@lru_cache(maxsize=64)
def _code(name: str, wrong: WrongKernel | None) -> CodeType:
    text, body = _source(name)
    if wrong is not None:
        body = _changed(text, body, wrong)
    if name in _LANGUAGE:  # what terms and formulas are stays as it is
        body = [node for node in body if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)]
    return compile(ast.Module(body, []), f"{name} (changed)", "exec", dont_inherit=True)


@cache
def _source(name: str) -> tuple[str, list[ast.stmt]]:
    """The text of a module and its statements."""
    path = importlib.import_module(name).__file__
    assert path is not None
    text = Path(path).read_text(encoding="utf-8")
    return text, ast.parse(text).body


def _changed(text: str, body: list[ast.stmt], wrong: WrongKernel) -> list[ast.stmt]:
    """The statements of a module, the one read anew in which the function stands that is changed."""
    functions = [
        (place, node)
        for place, statement in enumerate(body)
        for node in ast.walk(statement)
        if isinstance(node, ast.FunctionDef) and node.name == wrong.function
    ]
    if len(functions) != 1:
        raise ValueError(f"{len(functions)} functions in {wrong.module} are called {wrong.function}")
    place, function = functions[0]
    lines = text.splitlines(keepends=True)
    changed = "".join(lines[function.lineno - 1 : function.end_lineno])
    for old, new in wrong.changes:
        if changed.count(old) != 1:
            raise ValueError(f"{changed.count(old)} places in {wrong.function} read: {old}")
        changed = changed.replace(old, new)
    before = [one.end_lineno for one in body[:place]][-1] or 0
    around = (lines[before : function.lineno - 1], lines[function.end_lineno : body[place].end_lineno])
    return [*body[:place], *ast.parse("".join((*around[0], changed, *around[1]))).body, *body[place + 1 :]]
