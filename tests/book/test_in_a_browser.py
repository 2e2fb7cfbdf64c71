"""Every page in Chromium, with no other host to reach: formulas, search, the interactive page.

Without Chromium the checks say 'not run here', as those of Coq do; where changes land it must be there.
"""

import os
import shutil
from contextlib import contextmanager

import pytest

from tests.book import browser
from tests.book.browser import Outcome, PageReport, check_page
from tests.book.built import CHAPTERS


def seen(driver, address, page):
    return PageReport(Outcome.NOT_RUN) if driver is None else check_page(driver, f"{address}/{page}.html")


def expected(outcome):
    """What a check says where Chromium is not installed: nothing was run, so nothing passed."""
    return outcome if browser.installed() else Outcome.NOT_RUN


def test_where_changes_land_there_is_a_browser():
    assert browser.installed() or not os.environ.get("CI"), "install chromium and chromium-driver"


PAGES = [*CHAPTERS, "genindex", "search", "sources/theory/statements/thm_4_3.py"]
WIDTHS = (390, 1280)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_typeset_asks_no_other_host_says_nothing_on_the_console_and_can_be_read(driver, address, page):
    """By all readers, WCAG 2.1 AA in light and dark, and on every screen: no formula leaves its card."""
    widths = WIDTHS if page in CHAPTERS else WIDTHS[1:]
    with screen(driver, widths[0]):
        report = seen(driver, address, page)
        assert report.problems == ()
        assert report.outcome is expected(Outcome.PASSED)
        assert report.formulas > 100 or page != "minimizer" or driver is None
        if driver is None:
            return
        driver.execute_script("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        for width in widths:
            widen(driver, width)
            assert browser.outside_their_card(driver) == []
            assert driver.execute_script("return document.documentElement.scrollWidth") <= width
            assert driver.execute_script(_CUT_OFF) == []
        for theme in ("light", "dark"):
            driver.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)
            assert browser.against_accessibility(driver, contrast_alone=theme == "dark") == []


def test_what_few_can_read_and_what_leaves_its_card_is_found(driver, address):
    if driver is None:
        assert not browser.installed()
        return
    check_page(driver, f"{address}/difficulty.html")
    assert browser.outside_their_card(driver) == []
    driver.execute_script(
        "const p = document.createElement('p'); p.textContent = 'pale';"
        "p.style.color = '#ccc'; p.style.background = '#ddd';"
        "document.querySelector('article').append(p, document.createElement('img'));"
        "document.querySelector('.formula mjx-math').style.setProperty('padding-left', '2000px', 'important')"
    )
    assert browser.outside_their_card(driver)
    found = " ".join(browser.against_accessibility(driver))
    assert "color-contrast" in found
    assert "image-alt" in found
    driver.execute_script("document.querySelector('img:not([alt])').remove()")
    assert "color-contrast" in " ".join(browser.against_accessibility(driver, contrast_alone=True))


@contextmanager
def screen(driver, width):
    """A screen so many pixels wide, on which pages are opened."""
    try:
        set_width(driver, width)
        yield
    finally:
        if driver is not None:
            driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def set_width(driver, width):
    if driver is not None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def widen(driver, width):
    """Another width: the page that is open is laid out anew."""
    set_width(driver, width)
    browser.wait_until(lambda: driver.execute_script("return document.documentElement.clientWidth") == width)


def test_what_is_wider_than_a_small_screen_is_seen(driver, address):
    if driver is None:
        assert not browser.installed()
        return
    driver.get(f"{address}/genindex.html")
    driver.execute_script(
        "const e = document.createElement('div'); e.style.width = '600px'; e.textContent = 'wide';"
        "document.querySelector('article').append(e)"
    )
    found = {}
    for width in WIDTHS:
        with screen(driver, width):
            widen(driver, width)
            found[width] = driver.execute_script(_CUT_OFF)
    assert found[1280] == []
    assert found[390]


BROKEN = {
    "a TeX error": (r"\[0 &lt; Q\]", r"\[\frac{1}{\]"),
    "an unknown command": (r"\[0 &lt; Q\]", r"\[\nosuchcommand Q\]"),
    "no MathJax": ("", ""),
    "a word on the console": ("</body>", "<script>nothing();</script></body>"),
    "a font from elsewhere": ("</body>", '<img src="http://fonts.example.org/a.png"></body>'),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_page_is_found(driver, book, tmp_path, kind):
    right, wrong = BROKEN[kind]
    page = (book / "convergence.html").read_text(encoding="utf-8")
    page = page.replace(right, wrong, 1) if kind != "no MathJax" else _without_mathjax(page)
    assert page != (book / "convergence.html").read_text(encoding="utf-8")
    (tmp_path / "_static").symlink_to(book / "_static")
    shutil.copy(book / "searchindex.js", tmp_path)
    (tmp_path / "convergence.html").write_text(page, encoding="utf-8")
    with browser.served(tmp_path) as address:
        report = seen(driver, address, "convergence")
    assert report.outcome is expected(Outcome.FAILED)
    assert bool(report.problems) is browser.installed()


def _without_mathjax(page):
    start = page.rindex("<script", 0, page.index("mathjax/tex"))
    return page[:start] + page[page.index("</script>", start) + len("</script>") :]


def test_the_search_finds_the_imbalance(driver, address):
    found = []
    if driver is not None:
        driver.get(f"{address}/search.html?q=imbalance")
        browser.wait_until(lambda: driver.find_elements("css selector", "#search-results li a"))
        found = [link.get_attribute("href") for link in driver.find_elements("css selector", "#search-results li a")]
    assert any("flow.html" in link or "minimizer.html" in link for link in found) is browser.installed()


def test_cards_can_be_read_in_the_dark(driver, address):
    if driver is None:
        assert not browser.installed()
        return
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    try:
        driver.get(f"{address}/difficulty.html")
        browser.wait_until(lambda: driver.execute_script("return document.documentElement.dataset.theme") == "dark")
        light, dark = driver.execute_script(_BRIGHTNESS)
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert min(light) > 150
    assert max(dark) < 100


_BRIGHTNESS = """
const style = (name) => getComputedStyle(document.querySelector(name));
const colour = (name, what) => style(name)[what].match(/\\d+/g).slice(0, 3).map(Number);
return [colour(".card-theorem .formula", "color"), colour(".card-theorem", "backgroundColor")];
"""

_CUT_OFF = """
const width = document.documentElement.clientWidth;
const scrolls = (e) => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
return [...document.querySelectorAll("article *")]
  .filter((e) => !e.closest("mjx-assistive-mml"))  // for screen readers, clipped to nothing
  .filter((e) => e.getBoundingClientRect().width && e.getBoundingClientRect().right > width + 1 && !scrolls(e))
  .map((e) => e.tagName + " " + e.className).slice(0, 5);
"""
