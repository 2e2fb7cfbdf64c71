"""The picture of the house follows the imports; every room says what is in it."""

import pytest

from book.rendering.architecture import circles, room_picture
from book.rendering.rooms import arrows, rooms
from tests.book.built import text


@pytest.fixture
def small(tmp_path):
    """A package of three rooms and a file beside them."""
    for room in ("top", "middle", "base"):
        (tmp_path / "theory" / room).mkdir(parents=True)
        (tmp_path / "theory" / room / "__init__.py").write_text(f'"""The {room}."""\n')
    (tmp_path / "theory" / "__init__.py").write_text('"""All of it.\n\nMore words."""\n')
    (tmp_path / "theory" / "top" / "a.py").write_text(
        "from typing import TYPE_CHECKING\nfrom theory.middle.b import g\nimport theory.base.c\n"
        "if TYPE_CHECKING:\n    from theory.errors import Wrong\n"
    )
    (tmp_path / "theory" / "middle" / "b.py").write_text("def g():\n    from theory.base import c\n    return c\n")
    (tmp_path / "theory" / "base" / "c.py").write_text("import os\n")
    return tmp_path


def test_rooms_and_arrows_are_those_of_the_sources(small):
    assert rooms(small) == {
        "theory": "All of it.",
        "theory.base": "The base.",
        "theory.middle": "The middle.",
        "theory.top": "The top.",
    }
    assert arrows(small) == {
        "theory": frozenset(),
        "theory.base": frozenset(),
        "theory.middle": {"theory.base"},
        "theory.top": {"theory.base", "theory.middle"},
    }


def test_a_changed_import_is_another_arrow(small):
    (small / "theory" / "base" / "c.py").write_text("from theory.errors import Wrong\nfrom theory.top import a\n")
    found = arrows(small)
    assert found["theory.base"] == {"theory", "theory.top"}
    assert list(circles({room: others - {"theory"} for room, others in found.items()})) == [
        ("theory",),
        ("theory.base", "theory.middle", "theory.top"),
    ]


def test_every_room_says_what_is_in_it():
    assert [room for room, words in rooms().items() if not words.endswith(".")] == []


@pytest.mark.parametrize("package", ["theory", "numerics", "proofs_check"])
def test_the_page_shows_every_room_of_a_package(book, package):
    page = text("architecture")
    assert room_picture(package).text in page
    inside = [room for room in rooms() if room.startswith(f"{package}.")]
    assert len(inside) > 3
    for room in inside:
        assert f"<td>{room}</td>" in page
