"""Rooms that do not change once they are closed, so that what was read in them is what runs.

In a closed room no name gets another value, and its sealed classes have no subclasses and no other methods. Whoever
goes behind attributes (`vars(module)`, `object.__setattr__`, the standard library itself) changes Python, not the room.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import EnumType
from types import ModuleType
from typing import Any, NoReturn


class Closed(ModuleType):
    """A module whose names keep their values."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{self.__name__} is closed: {name} keeps its value")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{self.__name__} is closed: {name} stays")


class Sealed(type):
    """The kind of class that has no subclass and does not change once its module is closed."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **named: Any) -> Sealed:
        """Make a class.

        Raises:
            TypeError: a subclass of a class in a closed module.
        """
        for base in bases:
            if isinstance(base, Sealed) and closed(base.__module__):
                raise TypeError(f"{name} is no kind of {base.__name__}: there is one kind")
        return super().__new__(cls, name, bases, namespace, **named)

    def __setattr__(cls, name: str, value: object) -> None:
        if closed(cls.__module__):
            raise AttributeError(f"{cls.__name__} does not change")
        super().__setattr__(name, value)

    def __delattr__(cls, name: str) -> None:
        if closed(cls.__module__):
            raise AttributeError(f"{cls.__name__} does not change")
        super().__delattr__(name)


class SealedEnum(Sealed, EnumType):
    """The kind of enumeration that does not change once its module is closed."""


def _doors() -> tuple[Callable[[str], bool], Callable[..., None]]:
    names = set[str]()  # here, since whatever `sys.modules` holds can be exchanged

    def closed(name: str) -> bool:
        """Whether a module is closed."""
        return name in names

    def close(*more: str) -> None:
        """Close modules, for good."""
        for name in more:
            sys.modules[name].__class__ = Closed
        names.update(more)

    return closed, close


closed, close = _doors()
