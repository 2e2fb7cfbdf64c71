"""The built book and one browser for all tests of a worker."""

import subprocess
import sys

import pytest

from tests.book import browser
from tests.book.built import HTML, ROOT


def pytest_collection_modifyitems(items):
    for item in items:
        if "book" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def book():
    """The folder of the built book, built now where it is out of date."""
    command = [sys.executable, "-m", "book.rendering.building"]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-5000:]
    return HTML


@pytest.fixture(scope="session")
def address(book):
    with browser.served(book) as url:
        yield url


@pytest.fixture(scope="session")
def driver():
    """A browser, or None where Chromium is not installed; a machine that lands changes has it."""
    if not browser.installed():
        yield None
        return
    with browser.chromium() as found:
        yield found
