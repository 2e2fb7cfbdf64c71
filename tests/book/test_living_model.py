"""The living model in a real browser: its numbers are the package's to the last bit, its address tells all of it."""

import json
import re
from fractions import Fraction

import numpy as np
import pytest
from mpmath import fprod, mpf, workdps

from book.rendering.living import FOLDER, living
from numerics.arithmetic import Float32, Float64
from numerics.arithmetic.mpmath import Mpmath
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import has_escaped
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness import sharpness
from tests.book import browser
from tests.book.built import BOOK
from theory import Spectrum, bounds

pytestmark = pytest.mark.slow

MINIMAL = (100, ("5.477", "0.233"), ("0.3", "1.414"))
STEPS = 1000


def random_data(rank, seed):
    """A spectrum of float64 numbers, given exactly."""
    draw = np.random.default_rng(seed)
    s = sorted(np.exp(draw.normal(0, 1, rank)), reverse=True)
    return 50, tuple(str(Fraction(x)) for x in s), tuple(str(Fraction(x)) for x in draw.normal(0, 1, rank))


# data, layers, kind of number, eta, c, v
RUNS = [
    (MINIMAL, 2, "float32", "2/0.8", "0.1", "0.5"),
    (MINIMAL, 2, "float64", "2/0.8", "0.1", "0.5"),
    *((MINIMAL, 2, bits, "2/0.8", "0.1", "0.5") for bits in (5, 24, 53, 113, 256)),
    *((MINIMAL, 2, bits, "2/1.2", "0.1", "0.5") for bits in (17, 200, 1000)),
    (MINIMAL, 3, "float32", "2/1.5", "0.1", "0.3"),
    (MINIMAL, 3, 160, "1", "-0.1", "-0.3"),
    (MINIMAL, 5, 80, "1/3", "0.7", "0.9"),
    (random_data(3, 0), 2, 11, "3", "0.2", "0.4"),
    (random_data(7, 1), 4, 64, "2", "0.3", "0.6"),
    (random_data(17, 2), 2, 400, "1/2", "0.1", "0.2"),
    (random_data(40, 3), 3, 100, "0.3", "0.1", "0.4"),
    (random_data(40, 3), 3, "float32", "0.3", "0.1", "0.4"),
    (random_data(33, 4), 2, "float64", "1", "1e-5", "1e-3"),
    (random_data(5, 5), 6, "float64", "0.7", "-0.3", "0.8"),
]


def test_there_are_twenty():
    assert len(RUNS) == 20


def arithmetic(kind):
    return {"float32": Float32, "float64": Float64}[kind]() if isinstance(kind, str) else Mpmath(kind)


def reference(data, depth, kind, eta, c, v):
    """Every weight after every step, as texts, by the package's own loop without a fast path."""
    samples, s, d = data
    a = arithmetic(kind)
    model = ReducedModel.from_spectrum(Spectrum([*map(Fraction, s)], [*map(Fraction, d)], samples), depth, a)
    state, lines = model.state([c] * len(s), [v] * (depth - 1)), []
    stepper = GradientDescent(eta).on(model, fast=False)
    with a.active():
        for index in range(STEPS):
            state, _ = stepper.step(state, index, ())
            if has_escaped(a, state) or not all(map(a.is_finite, state.first_layer)):
                break
            lines.append(" ".join(a.to_text(x) for x in (*state.first_layer, *state.layers)))
    return lines


_RUN = """
const [given, steps, done] = arguments;
const [[samples, s, d], depth, kind, eta, c, v] = given;
Promise.all(["arithmetic", "model", "optimizers", "rational"].map((name) => import("living/" + name)))
  .then(([{ arithmetic }, { Model }, { gradientDescent }, { rational }]) => {
    const a = arithmetic(String(kind));
    const model = new Model(a, { samples, s: s.map(rational), d: d.map(rational) }, depth);
    const step = gradientDescent(model, a.of(eta));
    let state = model.state(s.map(() => rational(c)), Array(depth - 1).fill(rational(v)));
    const lines = [];
    for (let index = 0; index < steps; index++) {
      state = step(state, index);
      const all = [...state.f, ...state.v];
      if (!all.every((x) => a.isFinite(x)) || state.v.some((x) => Math.abs(a.toFloat(x)) >= 2 ** 100)) break;
      lines.push(all.map((x) => a.toText(x)).join(" "));
    }
    done(lines);
  }).catch((error) => done(String(error)));
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A folder with nothing but the model's page."""
    folder = tmp_path_factory.mktemp("living")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>model</title><link rel="icon" href="data:,">'
    (folder / "model.html").write_text(head + living().text, encoding="utf-8")
    return folder


@pytest.fixture
def opened(driver, page):
    """The page opened as a file, as a reader without a server does; None without a browser."""
    if driver is None:
        assert not browser.installed()
        return None
    return open_page(driver, page)


@pytest.fixture
def modules(driver, page):
    """The page with what it imports, whatever was done in it before: these do not depend on that."""
    if driver is None:
        assert not browser.installed()
        return None
    there = driver.current_url.startswith((page / "model.html").as_uri())
    return driver if there else open_page(driver, page)


def open_page(driver, page, state=""):
    driver.get("about:blank")
    driver.get((page / "model.html").as_uri() + state)
    settled(driver)
    return driver


def settled(driver):
    browser.wait_until(lambda: driver.execute_script("return document.getElementById('living').dataset.ready"))
    browser.wait_until(lambda: not driver.execute_script("return document.querySelector('#living-words[aria-busy]')"))


def choose(driver, name, value):
    driver.execute_script(
        "const e = document.getElementById('living-' + arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event(e.type === 'range' ? 'input' : 'change'))",
        name,
        value,
    )
    settled(driver)


def words(driver):
    return driver.find_element("id", "living-words").text


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"rank {len(run[0][1])}, {run[1]} layers, {run[2]}, eta {run[3]}")
def test_a_run_in_the_page_is_the_packages_to_the_last_bit(modules, run):
    if modules is not None:
        found, expected = modules.execute_async_script(_RUN, run, STEPS), reference(*run)
        assert len(expected) > 20
        assert found == expected


_NUMBERS = """
const [kind, pairs, done] = arguments;
Promise.all([import("living/arithmetic"), import("living/rational")]).then(([{ arithmetic }, { rational }]) => {
  const a = arithmetic(String(kind));
  done(pairs.map(([x, y]) => [a.ofRational(rational(x)), a.ofRational(rational(y))]).map(([x, y]) =>
    [x, y, a.add(x, y), a.sub(x, y), a.mul(x, y), a.div(x, y)].map((z) => a.toText(z)).join(" ")));
}).catch((error) => done(String(error)));
"""


@pytest.mark.parametrize("kind", ["float32", "float64", 2, 3, 24, 53, 200])
def test_every_operation_is_rounded_to_nearest_even(modules, kind):
    """Pairs of few bits far and near apart: ties, carries into a new digit and cancellation occur often."""
    draw = np.random.default_rng(0)
    wide = 60 if isinstance(kind, str) else 3 * kind
    pairs = [
        [
            str(Fraction(int(draw.choice([-1, 1])) * int(draw.integers(1, 70))) * Fraction(2) ** int(power))
            for power in draw.integers(-wide // 2, wide // 2, 2)
        ]
        for _ in range(400)
    ]
    a, expected = arithmetic(kind), []
    with a.active():
        for pair in pairs:
            x, y = (a.number(Fraction(text)) for text in pair)
            expected.append(" ".join(a.to_text(z) for z in (x, y, x + y, x - y, x * y, x / y)))
    if modules is not None:
        assert modules.execute_async_script(_NUMBERS, kind, pairs) == expected


_THEORY = """
const [samples, singular, label, c, v, done] = arguments;
Promise.all(["sharpness", "minimizer"].map((name) => import("living/" + name)))
  .then(([{ sharpness }, { atMinimizer, difficulty, predicted }]) => {
    const data = { samples, singular, label };
    const P = v.reduce((x, y) => x * y, 1), f = singular.map((s, i) => s * c[i]);
    const state = { f, v, z: f.map((x, i) => P * x - label[i]) };
    const balanced = atMinimizer(data, v.map(() => 0));
    done([sharpness(data, state), difficulty(data), predicted(data, v.length + 1), balanced.lower, balanced.upper,
      balanced.sharpness, atMinimizer(data, [0.7]).lower, atMinimizer(data, [0.7]).upper]);
  }).catch((error) => done(String(error)));
"""


@pytest.mark.parametrize("depth", [2, 3, 4, 6])
def test_sharpness_bounds_and_predictions_are_theorys(modules, depth):
    draw = np.random.default_rng(depth)
    s, d, c = sorted(draw.uniform(0.2, 4, 6), reverse=True), draw.normal(0, 1, 6), draw.normal(0, 1, 6)
    v = draw.normal(0, 1, depth - 1)
    spectrum = Spectrum(s, list(d), n_samples=9)
    model = ReducedModel.from_spectrum(spectrum, depth, Float64())
    balanced, two = bounds.balanced_minimizer(spectrum, depth), bounds.two_layer_minimizer(spectrum, 0.7)
    size = float(spectrum.difficulty) ** (1 / (2 * depth))
    reached = model.state(d / np.array(s) / size ** (depth - 1), [size] * (depth - 1))
    expected = [
        sharpness(model, model.state(c, v)),
        spectrum.difficulty,
        bounds.predicted_sharpness(spectrum, depth),
        *balanced,
        sharpness(model, reached),
        *two,
    ]
    if modules is not None:
        found = modules.execute_async_script(_THEORY, 9, list(map(float, s)), list(d), list(c), list(v))
        assert found == pytest.approx([float(x) for x in expected], rel=1e-11)


@pytest.mark.parametrize("shape", [(30, 8), (8, 30), (20, 20)])
def test_a_pasted_table_has_the_packages_spectrum(driver, page, shape):
    draw = np.random.default_rng(1)
    X, y = draw.normal(size=shape), draw.normal(size=shape[0])
    table = "\n".join(" ".join(map(repr, map(float, row))) for row in np.column_stack([X, y]))
    script = "const [t, done] = arguments; import('living/data').then(({ load }) => done(load('table', t)))"
    script = script.replace("done(load('table', t))", "{ const { s, d, ...rest } = load('table', t); done(rest); }")
    if driver is None:
        assert not browser.installed()
        return
    found = open_page(driver, page).execute_async_script(script, table)
    spectrum = Spectrum.from_data(X, y)
    assert found["singular"] == pytest.approx([float(x) for x in spectrum.singular_values], rel=1e-12)
    assert np.abs(found["label"]) == pytest.approx(np.abs(np.array(spectrum.label_coefficients, float)), abs=1e-11)
    left = np.array(found["left"])
    assert np.abs(left.T @ left - np.eye(left.shape[1])).max() < 1e-12


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("threshold", "0.9", "threshold=0.9"),
        ("depth", "3", "depth=3"),
        ("pa", "113", "pa=113"),
        ("b", "none", "b=none"),
        ("v", "0.25", "v=0.25"),
        ("size", "0.5", "c=0.3536,0.3536"),
        ("data", "gaussian:20,40,0", "data=gaussian:20,40,0"),
        ("imbalance-range", "40", "c="),
        ("at", "100", "at=100"),
    ],
)
def test_a_control_changes_the_picture_and_the_address_brings_it_back(opened, page, name, value, seen):
    if opened is None:
        return
    before = shown(opened)
    choose(opened, name, value)
    address, after = opened.current_url, shown(opened)
    assert seen in address
    assert after != before
    open_page(opened, page, "#" + address.partition("#")[2])
    assert shown(opened) == after
    assert opened.current_url == address


def shown(driver):
    return [driver.find_element("id", f"living-{name}").get_attribute("innerHTML") for name in ("series", "plane")]


def test_the_start_moves_with_the_arrow_keys(opened):
    if opened is not None:
        from selenium.webdriver.common.keys import Keys

        before = opened.find_element("id", "living-size").get_attribute("value")
        opened.find_element("css selector", ".living-start").send_keys(Keys.ARROW_RIGHT)
        settled(opened)
        assert float(opened.find_element("id", "living-size").get_attribute("value")) > float(before)
        assert opened.execute_script("return document.activeElement.classList.contains('living-start')")


def test_the_start_can_be_dragged(opened):
    if opened is not None:
        from selenium.webdriver import ActionChains

        opened.execute_script("document.getElementById('living-plane').scrollIntoView()")
        before = opened.current_url
        handle = opened.find_element("css selector", ".living-start")
        ActionChains(opened).click_and_hold(handle).move_by_offset(80, -60).release().perform()
        settled(opened)
        assert opened.current_url != before
        assert float(opened.find_element("id", "living-size").get_attribute("value")) > 0.3


def test_what_cannot_be_run_is_said_in_a_line(opened, page):
    if opened is not None:
        for state, part in {
            "#threshold=none": "is not a number",
            "#threshold=-1": "positive",
            "#depth=1": "from 2 to 10",
            "#data=minimal:1,2": "needs N,s1,s2,d1,d2",
            "#data=nothing": "there are no data",
            "#c=1,2,3": "give 2 coefficients",
            "#data=table": "paste a table",
            "#pa=1": "whole number from 2",
            "#steps=1e9": "steps are",
        }.items():
            opened.get("about:blank")
            opened.get((page / "model.html").as_uri() + state)
            browser.wait_until(lambda: words(opened))
            assert words(opened).startswith("Not run: ")
            assert part in words(opened)


def test_it_says_what_the_precision_chapter_says(opened):
    """float32 passes 2/eta at step 236 and survives, 256 bits diverge: as in the README's picture."""
    if opened is not None:
        assert "Run A, gradient descent in float32: passes 2/η at step 236" in words(opened)
        assert "Run B, gradient descent in 256 bits: passes 2/η at step 236" in words(opened)
        assert "diverges" in words(opened)


def test_every_preset_runs_without_a_word_on_the_console(opened, page):
    if opened is None:
        return
    addresses = opened.execute_async_script(_ADDRESSES)
    assert len(set(addresses)) == len(addresses) > 5
    opened.get_log("browser")
    for address in addresses:
        open_page(opened, page, "#" + address)
        assert words(opened).startswith("Run A")
        assert opened.find_element("id", "living-look").text
    assert [entry["message"] for entry in opened.get_log("browser")] == []


TRIED = sorted(
    {
        (path.stem, state)
        for path in BOOK.glob("*.md")
        for state in re.findall(r'href="play\.html#([^"]*)"', path.read_text(encoding="utf-8"))
    }
)


def test_every_state_that_a_chapter_links_to_runs_and_is_what_the_page_makes_of_it(opened, page):
    assert len({chapter for chapter, _ in TRIED}) > 10
    for _, state in TRIED if opened is not None else ():
        open_page(opened, page, "#" + state)
        assert words(opened).startswith("Run A"), state
        kept = opened.current_url.partition("#")[2]
        assert sorted(kept.split("&")) == sorted(state.split("&")), state


_ADDRESSES = """
const [done] = arguments;
import("living/settings").then((module) => done(module.PRESETS.map((preset) => module.toAddress(preset.settings))));
"""


def test_the_modules_name_only_each_other():
    """Nothing is imported that the page does not carry, and each file is small."""
    for path in FOLDER.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r'^import .* from "(.*)";', source, re.M):
            assert (FOLDER.parent / f"{name}.js").exists()
        assert not re.search(r"https?://(?!www\.w3\.org)|fetch\(|XMLHttpRequest", source)
    blocks = re.findall(r'<script type="(?:application/json|importmap)"[^>]*>(.*?)</script>', living().text, re.S)
    assert len(blocks) == 2
    for block in blocks:
        json.loads(block)  # which a "</script" inside would have cut


_LAYERS = """
const [imbalances, difficulty, done] = arguments;
import("living/minimizer").then(({ squaredLayers }) => done(squaredLayers(imbalances, difficulty)))
  .catch((error) => done(String(error)));
"""


@pytest.mark.parametrize(
    ("imbalances", "difficulty"), [([50.0, -1e9], 3.0), ([1e8, 1e8], 1e-3), ([-1e6, 7.0, -2.0], 1e4), ([0.0], 4.0)]
)
def test_the_smallest_layer_of_the_minimizer_keeps_its_digits(modules, imbalances, difficulty):
    with workdps(60):
        gaps = [max(0.0, *imbalances) - mpf(one) for one in (0.0, *imbalances)]
        low, high = mpf(0), mpf(2) ** 40
        for _ in range(250):
            middle = (low + high) / 2
            low, high = (middle, high) if fprod(middle + gap for gap in gaps) < difficulty else (low, middle)
        expected = [float(high + gap) for gap in gaps]
    if modules is not None:
        assert modules.execute_async_script(_LAYERS, imbalances, difficulty) == pytest.approx(expected, rel=1e-13)
