"""The built book and one browser for all tests of a worker."""

import pytest

from tests.book import browser
from tests.book.built import HTML


@pytest.fixture(scope="session")
def book():
    """The folder of the built book."""
    assert (HTML / "index.html").exists(), "the book is not built: run make book, or make test, which does it first"
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
