"""The built book in a real browser: every page opened, every formula typeset, nothing asked of another host.

Chromium is optional, as Coq is: without it nothing is opened and the outcome says so.
"""

from __future__ import annotations

import enum
import functools
import http.server
import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--window-size=1280,900",
    "--hide-scrollbars",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other host has an address
)
_SECONDS = 60.0
_TYPESET = """
const done = arguments[arguments.length - 1];
const ready = window.MathJax && MathJax.startup && MathJax.startup.promise;
if (!ready) { done(false); } else { ready.then(() => done(true)); }
"""
_FORMULAS = """
return [...document.querySelectorAll(".math")].map((formula) => ({
  typeset: formula.querySelectorAll("mjx-container").length,
  error: formula.querySelectorAll("mjx-merror, [data-mjx-error]").length,
  left: /\\\\[\\[(]/.test(formula.textContent),
  text: formula.textContent.slice(0, 80),
}));
"""
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_AXE = """
const [levels, done] = arguments;
axe.configure({ noHtml: true });  // which it would write out for all that it looks at
document.getAnimations().forEach((one) => one.cancel());  // what fades in is looked at as it stays
// Formulas stay as they are read out, without an element for each glyph.
document.querySelectorAll("mjx-container").forEach((e) => e.replaceChildren(e.textContent));
const ground = (e) => {
  for (let one = e; one; one = one.parentElement) {
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
    const look = [backgroundColor, backgroundImage, opacity];
    if (String(look) !== "rgba(0, 0, 0, 0),none,1") return look;
  }
};
const alike = new Map();  // contrast is a matter of colours and of the size: one element stands for all like it
for (const e of document.body.querySelectorAll("*")) {
  if (![...e.childNodes].some((part) => part.nodeType === 3 && part.data.trim()) || !e.checkVisibility()) continue;
  const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
  const look = String([color, fontSize, fontWeight, textShadow, ground(e)]);
  if (!alike.has(look)) alike.set(look, e);
}
const why = (node) => (node.any[0] || node.all[0] || node.none[0]).message;
const line = (rule, node) => `${rule.id}: ${node.target.join(" ")}, ${why(node)}`;
const contrast = { runOnly: ["color-contrast"], resultTypes: ["violations"], preload: { assets: ["media"] } };
const others = { ...contrast, runOnly: levels, rules: { "color-contrast": { enabled: false } } };
const looks = () => axe.run({ include: [...alike.values()] }, contrast);
(levels.length ? axe.run(document, others) : Promise.resolve({ violations: [] }))
  .then((found) => looks().then((pale) => [...found.violations, ...pale.violations]))
  .then((found) => done(found.flatMap((rule) => rule.nodes.map((node) => line(rule, node)))))
  .catch((error) => done([String(error)]));
"""
_OUTSIDE = """
const done = arguments[arguments.length - 1];
const box = (e) => e.getBoundingClientRect();
const formulas = () => [...document.querySelectorAll(".formula, div.math.notranslate")].filter((e) => e.clientWidth);
const look = () => formulas().flatMap((e) => {
  const card = e.closest("details, section, article") || document.body;
  const left = Math.min(box(e).left, box(card).left), right = Math.max(box(e).right, 0);
  const parts = [...e.querySelectorAll("mjx-math, mjx-math *")].map(box).filter((r) => r.width);
  const out = [left - Math.min(...parts.map((r) => r.left)), Math.max(...parts.map((r) => r.right)) - right];
  return Math.max(...out) <= 1.5 ? [] : [`by ${out.map(Math.round)} pixels: ${e.textContent.slice(0, 60)}`];
});
const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : setTimeout(() => done(look()), 50));
frames(3);
"""


class Outcome(enum.Enum):
    """How the check of a page ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run here"


@dataclass(frozen=True)
class PageReport:
    """What the browser saw of one page.

    Attributes:
        outcome: passed, failed or not run.
        formulas: how many formulas the page has.
        problems: one line each; empty unless the page failed.
    """

    outcome: Outcome
    formulas: int = 0
    problems: tuple[str, ...] = ()


def installed() -> bool:
    """Whether Chromium and its driver are on this machine."""
    return _program("chromium") is not None and _program("chromedriver") is not None


def _program(name: str) -> str | None:
    usual = Path("/usr/bin") / name
    return str(usual) if usual.exists() else shutil.which(name)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback interface; yields its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        timeout = 1.0  # a browser opens connections before it needs them; those that it never uses must end

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator[Chrome]:
    """A browser of its own, which can reach 127.0.0.1 and nothing else."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = _program("chromium") or ""
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(_program("chromedriver"), log_output=os.devnull))
        try:
            driver.set_script_timeout(_SECONDS)
            yield driver
        finally:
            driver.quit()


def check_page(driver: Chrome, address: str) -> PageReport:
    """Open one page and look at its formulas, at its console and at what it asked for."""
    for kind in ("performance", "browser"):
        driver.get_log(kind)
    driver.get(address)
    problems: list[str] = []
    wait_until(lambda: driver.execute_script("return document.readyState") == "complete")
    formulas = driver.execute_script(_FORMULAS)
    if formulas:
        if not driver.execute_async_script(_TYPESET):
            problems.append("MathJax did not start")
        formulas = driver.execute_script(_FORMULAS)
    for formula in formulas:
        if formula["error"]:
            problems.append(f"TeX error in {formula['text']!r}")
        elif formula["typeset"] != 1 or formula["left"]:
            problems.append(f"not typeset: {formula['text']!r}")
    problems += [f"asked for {url}" for url in requested(driver) if _is_elsewhere(url)]
    problems += [f"console: {entry['message']}" for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    return PageReport(Outcome.FAILED if problems else Outcome.PASSED, len(formulas), tuple(problems))


def outside_their_card(driver: Chrome) -> list[str]:
    """Formulas any part of which leaves the box around it, of those that are shown: one line each."""
    found: list[str] = driver.execute_async_script(_OUTSIDE)
    return found


def against_accessibility(driver: Chrome, *, contrast_alone: bool = False) -> list[str]:
    """What axe-core finds against WCAG 2.1, levels A and AA, on the page that is open: one line each.

    The page is spent then: its formulas are no longer typeset.
    """
    import axe_core_python

    if not driver.execute_script("return !!window.axe"):
        driver.execute_script(Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = driver.execute_async_script(_AXE, [] if contrast_alone else _LEVELS)
    return found


def _is_elsewhere(url: str) -> bool:
    """Whether an address is another host's; what the browser itself or the page carries is none."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"


def requested(driver: Chrome) -> list[str]:
    """Every address that was asked for since the last look."""
    messages = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    return [
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]


def wait_until(condition: Callable[[], Any]) -> None:
    """Wait until a condition holds.

    Raises:
        TimeoutError: it does not hold after a minute.
    """
    end = time.monotonic() + _SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"still waiting after {_SECONDS:.0f} s")
        time.sleep(0.05)
