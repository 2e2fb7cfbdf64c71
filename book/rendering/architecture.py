"""The architecture of the project: a picture of the rooms of each package, and a table of all of them."""

from __future__ import annotations

import math
from html import escape

from book.rendering.formulas import Html, scrolling
from book.rendering.rooms import Arrows, arrows, rooms
from book.rendering.tables import plain_table

Circle = tuple[str, ...]
"""Rooms that import each other, directly or by way of others; most rooms are one of their own."""

_HIGH, _DOWN, _BETWEEN = 28, 80, 18  # height of a box; from row to row; between the boxes of a row


def room_table() -> Html:
    """Every room: what it is for, and what it imports."""
    imported = arrows()
    return plain_table(
        ("room", "what is in it", "imports"),
        (
            (room, words.replace("`", ""), ", ".join(sorted(imported[room])) or "nothing")
            for room, words in rooms().items()
        ),
    )


def room_picture(package: str) -> Html:
    """The rooms of a package, each above those that it imports; rooms that import each other are one red box.

    A line that follows from others is left out, as are the files beside the rooms.
    """
    inside = {
        room.removeprefix(f"{package}."): frozenset(
            other.removeprefix(f"{package}.") for other in others if other.startswith(f"{package}.")
        )
        for room, others in arrows().items()
        if room.startswith(f"{package}.")
    }
    rows = _rows(circles(inside))
    width = max(sum(_width(box) + _BETWEEN for box in row) for row in rows)
    height = (len(rows) - 1) * _DOWN + 2 * _HIGH
    places = {}
    for level, row in enumerate(rows):
        x = (width - sum(_width(box) + _BETWEEN for box in row)) / 2  # the row is in the middle of the picture
        for box in row:
            places[box] = x + (_width(box) + _BETWEEN) / 2, height - _HIGH - level * _DOWN
            x += _width(box) + _BETWEEN
    lines = [_line(*places[box], *places[other]) for box, others in circles(inside).items() for other in sorted(others)]
    boxes = [_box(box, *place) for box, place in places.items()]
    words = "; ".join(f"{room} imports {', '.join(sorted(inside[room])) or 'no other'}" for room in inside)
    drawn = (
        f'<svg class="rooms" role="img" viewBox="0 0 {width} {height}" width="{width}">'
        f"<title>The rooms of {package}</title><desc>{escape(words)}</desc>{''.join(lines + boxes)}</svg>"
    )
    return Html(scrolling(drawn, f"The rooms of {package}"))


def circles(graph: Arrows) -> dict[Circle, frozenset[Circle]]:
    """The circles of a graph, and for each those that it needs: not what it reaches by way of another.

    Examples:
        >>> circles({"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()})[("a",)]
        frozenset({('b',)})
        >>> circles({"a": frozenset("b"), "b": frozenset("a")})
        {('a', 'b'): frozenset()}
    """
    reached = {room: _reach(room, graph) for room in graph}
    circle = {
        room: tuple(o for o in graph if o == room or (o in reached[room] and room in reached[o])) for room in graph
    }
    found = {}
    for one in dict.fromkeys(circle.values()):
        below = {circle[other] for other in reached[one[0]]} - {one}
        further = {circle[other] for two in below for other in reached[two[0]] if circle[other] != two}
        found[one] = frozenset(below - further)
    return found


def _reach(room: str, graph: Arrows) -> frozenset[str]:
    found: set[str] = set()
    waiting = [room]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found)


def _rows(graph: dict[Circle, frozenset[Circle]]) -> list[list[Circle]]:
    """The boxes by their height above those that need nothing, from left to right as what they need."""

    def height(box: Circle) -> int:
        return 1 + max((height(other) for other in graph[box]), default=-1)

    rows: list[list[Circle]] = [[] for _ in range(1 + max(map(height, graph)))]
    for box in graph:
        rows[height(box)].append(box)
    place: dict[Circle, float] = {}
    for row in rows:
        row.sort(key=lambda box: math.fsum(place[other] for other in graph[box]) / max(1, len(graph[box])))
        place |= {box: number - (len(row) - 1) / 2 for number, box in enumerate(row)}
    return rows


def _words(box: Circle) -> str:
    return " · ".join(box)


def _width(box: Circle) -> float:
    return 7 * len(_words(box)) + 24


def _box(box: Circle, x: float, y: float) -> str:
    kind = ' class="circle"' if len(box) > 1 else ""
    corner = f'x="{x - _width(box) / 2}" y="{y - _HIGH / 2}" width="{_width(box)}" height="{_HIGH}"'
    return f'<rect{kind} {corner} rx="5"/><text x="{x}" y="{y + 4}">{escape(_words(box))}</text>'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    """From the lower edge of a box to the upper edge of one below."""
    y, to_y = y + _HIGH / 2, to_y - _HIGH / 2
    return f'<path d="M{x} {y}C{x} {(y + to_y) / 2} {to_x} {(y + to_y) / 2} {to_x} {to_y}"/>'
