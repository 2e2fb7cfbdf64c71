"""Certificates of trajectories: their checker shares nothing with what makes them, and refuses whatever was touched."""

import ast
import json
import operator
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import proofs_check
from numerics.data import load
from numerics.exact_trajectory import ExactRun, ExactTable, Verdict, decide, parse_claim
from proofs_check.trajectory_certificate.checker import Refused, check, limits, read
from proofs_check.trajectory_certificate.checker.claim import Claim
from proofs_check.trajectory_certificate.checker.enclosure import Enclosure, product_bound
from proofs_check.trajectory_certificate.checker.trajectory import Trajectory
from proofs_check.trajectory_certificate.writer import certificate, digest, text_of
from tests.effort import usually
from tests.numerics.exact_trajectory.test_decisions import naive
from tests.numerics.exact_trajectory.test_enclosures import appendix, runs
from tests.numerics.exact_trajectory.test_tables import random_table
from theory.errors import ParameterError

ROOT = Path(proofs_check.__file__).resolve().parents[1]


def made(text, step_size="2.5", steps=2000, **options):
    return certificate(decide(appendix(step_size), parse_claim(text), steps, **options))


@pytest.fixture(scope="module")
def blow_up():
    return made("loss > 1e6")


@pytest.fixture(scope="module")
def small():
    """A certificate of few steps and digits, in which every kind of field stands."""
    run = ExactRun.of(load("minimal:7,1.5,0.25,0.3,1.4"), "c=1.5,0.25,v=3", "7")
    decision = decide(run, parse_claim("sharpness < 1/eta after crossing"), 30, digits=3, record_every=1)
    assert (decision.crossing_step, decision.escape_step) == (0, 1)
    return certificate(decision)


@pytest.fixture(scope="module")
def three_layers():
    """A run of three layers that diverges for ever."""
    run = ExactRun.of(load("minimal:7,1.5,0.25,0.3,1.4"), "c=1.2,0.3,v=1.2,1", "7", depth=3)
    decision = decide(run, parse_claim("diverges"), 30, digits=3, record_every=1)
    assert decision.escape_step == 1
    return certificate(decision)


@pytest.fixture(scope="module")
def table():
    """A certificate of a run on two samples of two features."""
    X = ((Fraction(3, 2), Fraction(-1, 4)), (Fraction(2), Fraction(1, 2)))
    run = ExactTable(X, (Fraction(1), Fraction(-3)), (Fraction(1, 5), Fraction(1)), (Fraction(3, 5),), Fraction(1, 4))
    decision = decide(run, parse_claim("sharpness > 9"), 3, digits=3, record_every=3)
    assert (decision.verdict, decision.last_step) == (Verdict.REFUTED, 3)
    return certificate(decision)


def resealed(content, **changes):
    changed = {**content, **changes}
    return text_of({**changed, "digest": digest(changed)})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "step_size", "steps", "words"),
    [
        ("loss > 1e6 at 465", "2.5", 465, "the loss exceeds 1e6 for the first time at step 465"),
        ("diverges", "2.5", 2000, "from step 464 on every step at least doubles c_1 and v"),
        ("sharpness < 2/eta after crossing", "5/3", 3000, "is below 2/eta for the first time at step 991"),
        ("sharpness < 2/eta after crossing", "5/2", 10**9, "nor ever again"),
        ("loss > 1e-9 always", "5/2", 10**9, "and ever after"),
        ("sharpness > 1/eta always", "5/3", 10, "does not exceed 1/eta at step 0"),
        ("loss > 2", "5/3", 300, "does not exceed 2 at any step up to 300"),
    ],
)
def test_certificates_hold(text, step_size, steps, words):
    assert words in check(text_of(made(text, step_size, steps)))


@pytest.mark.slow
def test_the_checker_needs_nothing_but_python(blow_up, tmp_path):
    (tmp_path / "blow_up.json").write_text(text_of(blow_up))
    absent = [
        "flint",
        "numpy",
        "mpmath",
        "sympy",
        "numerics",
        "theory",
        "gmpy2",
        "proofs_check.trajectory_certificate.writer",
    ]
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.modules.update(dict.fromkeys({absent}))\n"
        "from proofs_check.trajectory_certificate.checker.__main__ import main\n"
        "sys.argv[1:] = ['blow_up.json']\nstatus = main()\n"
        "loaded = {name.partition('.')[0] for name in sys.modules if sys.modules[name]}\n"
        "assert loaded <= {*sys.stdlib_module_names, *sys.builtin_module_names, 'proofs_check', '__main__'}, loaded\n"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == check(text_of(blow_up))


@pytest.mark.parametrize("limit", ["640", "0"])
def test_a_limit_on_numerals_in_the_environment_changes_nothing(blow_up, tmp_path, limit):
    step_size = f"{10**900 + 1}/{10**900}"
    run = ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=3,0,v=3", step_size)
    long = text_of(certificate(decide(run, parse_claim("diverges"), 10)))
    huge = text_of(blow_up).replace('"last_step": ', '"last_step": ' + "9" * 10**6)
    for name, text, status, words in [
        ("long", long, 0, "In exact arithmetic"),
        ("huge", huge, 2, "too large a number"),
    ]:
        (tmp_path / name).write_text(text)
        command = [sys.executable, "-m", "proofs_check.trajectory_certificate.checker", str(tmp_path / name)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONINTMAXSTRDIGITS": limit},
        )
        assert (done.returncode, words in done.stdout + done.stderr) == (status, True), done.stderr
        assert (done.stdout + done.stderr).count("\n") == 1


def test_a_reader_of_the_checkers_word_that_goes_away_is_no_error(blow_up, tmp_path):
    (tmp_path / "blow_up.json").write_text(text_of(blow_up))
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "proofs_check.trajectory_certificate.checker", str(tmp_path / "blow_up.json")]
    with open(writing, "w") as closed:
        done = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize(("key", "value"), [("last_step", 10**12), ("digits", 10**6)])
def test_what_would_take_for_ever_is_refused_at_once(blow_up, key, value):
    assert "is more than the" in refuses(resealed(blow_up, **{key: value}))


def digits_changed(text):
    """The text with each of its digits replaced by each other one."""
    for place, letter in enumerate(text):
        if letter.isdigit():
            for other in "0123456789":
                if other != letter:
                    yield f"{text[:place]}{other}{text[place + 1 :]}"


def refuses(text):
    with pytest.raises(Refused) as told:
        check(text)
    return str(told.value)


@pytest.mark.slow
def test_every_changed_digit_is_refused(blow_up):
    text, count = text_of(blow_up), 0
    for wrong in digits_changed(text):
        refuses(wrong)
        count += 1
    assert count > 5000


@pytest.mark.parametrize("fixture", ["small", "three_layers", "table"])
def test_every_changed_digit_is_refused_even_with_a_digest_that_fits(fixture, request):
    """So that no number in the file rests on the digest alone; of another claim, another sentence may be true."""
    rest = {key: value for key, value in request.getfixturevalue(fixture).items() if key != "digest"}
    proved, reasons = check(resealed(rest)), set()
    for wrong in digits_changed(json.dumps(rest)):
        try:
            content = json.loads(wrong)
        except ValueError:
            continue
        if {key for key in rest if content.get(key) != rest[key]} <= {"claim", "steps"}:
            with suppress(Refused):
                assert check(resealed(content)) != proved
        else:
            reasons.add(refuses(resealed(content))[:12])
    assert len(reasons) > 8


@pytest.mark.parametrize("key", ["singular_values", "label_coefficients", "coefficients", "layers"])
def test_one_rational_of_the_input(blow_up, key):
    """Not only the file's digest: the trajectory itself is another."""
    for place, text in enumerate(blow_up[key]):
        changed = list(blow_up[key])
        changed[place] = str(Fraction(text) + Fraction(1, 10**15))
        assert "is not what the trajectory has there" in refuses(resealed(blow_up, **{key: changed}))
    assert "step 100" in refuses(resealed(blow_up, step_size="2500000000000001/1000000000000000"))
    refuses(resealed(blow_up, n_samples=101))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"claim": "loss > 1e6 at 464"}, "decided at step 464"),
        ({"claim": "loss > 1e6 at 466"}, "verdict"),
        ({"claim": "loss > 1e30"}, "still open at step 465"),
        ({"claim": "loss > 1"}, "decided at step 4"),
        ({"claim": "loss > 1e6 at 465", "steps": 464}, "speaks of step 465"),
        ({"n_samples": 1}, "singular_values"),
        ({"verdict": "REFUTED"}, "verdict"),
        ({"escape_step": 463}, "escape_step"),
        ({"escape_step": None}, "escape_step"),
        ({"crossing_step": 236}, "crossing_step"),
        ({"last_step": 464}, "records"),
    ],
)
def test_what_is_not_so_is_refused(blow_up, change, why):
    assert why in refuses(resealed(blow_up, **change))


def test_a_record_that_is_missing_or_shifted_is_refused(blow_up):
    records = blow_up["records"]
    assert "records" in refuses(resealed(blow_up, records=records[:-1]))
    assert "step 99" in refuses(resealed(blow_up, records=[records[0], {**records[1], "step": 99}, *records[2:]]))


def test_a_claim_at_the_very_level_of_the_loss_is_decided_by_rationals(blow_up):
    """The level is the loss at step 0, so that no enclosure tells on which side of it the loss lies."""
    s, d, c, v = ([Fraction(x) for x in blow_up[key]] for key in ("singular_values", "label_coefficients",
                                                                  "coefficients", "layers"))  # fmt: skip
    loss = sum((s[i] * c[i] * v[0] - d[i]) ** 2 for i in range(2)) / (2 * blow_up["n_samples"])
    told = refuses(resealed(blow_up, claim=f"loss > {loss}"))
    assert re.search(r"decided at step [1-9]", told)
    told = refuses(resealed(blow_up, claim=f"loss > {loss} always"))
    assert told == "the claim is decided at step 0"
    assert "is decided at step 0" in refuses(resealed(blow_up, claim=f"loss < {loss + Fraction(1, 10**900)}"))


def test_a_claim_at_the_very_sharpness_stays_open_up_to_the_last_precision():
    rests = ExactRun(4, (Fraction(2),), (Fraction(6),), (Fraction(1),), (Fraction(3),), Fraction(1, 100))
    content = certificate(decide(rests, parse_claim("sharpness > 8"), 3))
    told = refuses(resealed(content, claim="sharpness > 10"))
    assert "step 0 is open with 131072 bits after the point, the most that this checker takes here" in told


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("claim", ["loss < 0.05", "loss > 1", "sharpness > 1 always", "sharpness < 2/eta at 3"])
def test_certificates_on_tables_hold(seed, depth, claim):
    decision = decide(random_table(seed, depth), parse_claim(claim), 12, digits=8, record_every=4)
    assert decision.verdict.value in check(text_of(certificate(decision)))


def test_a_table_at_rest_and_the_loss_at_one_half():
    one, zero = Fraction(1), Fraction(0)
    rests = ExactTable(((one, zero), (one, one)), (one, one), (one, zero), (one,), Fraction(1, 3))
    begins = ExactTable(((one, zero), (zero, one)), (one, one), (one, one), (zero,), Fraction(1, 3))
    for run, claim, verdict in (
        (rests, "loss > 0", "REFUTED"),
        (rests, "loss < 1e-300 always", "PROVED"),
        (begins, "loss > 0.5", "REFUTED"),
        (begins, "loss < 0.5 at 1", "PROVED"),
    ):
        content = certificate(decide(run, parse_claim(claim), 20))
        assert f"is {verdict}" in check(text_of(content))
        other = {"PROVED": "REFUTED", "REFUTED": "PROVED"}[verdict]
        assert "verdict is" in refuses(resealed(content, verdict=other))


@pytest.mark.parametrize("key", ["features", "labels", "coefficients", "layers"])
def test_one_rational_of_a_table(table, key):
    entries = table[key]
    changed = [[*entries[0][:-1], "1/7"], *entries[1:]] if key == "features" else ["1/7", *entries[1:]]
    assert "is not what the trajectory has there" in refuses(resealed(table, **{key: changed}))


@pytest.mark.parametrize(
    "change",
    [{"features": []}, {"features": [["1"]]}, {"features": ["1", "2"]}, {"features": [1]}, {"labels": ["1"]},
     {"features": None}, {"labels": [["1"]]}, {"n_samples": 3}, {"escape_step": 0}, {"singular_values": ["1"]},
     {"format": "certificate of an exact trajectory, version 2"}],
)  # fmt: skip
def test_malformed_certificates_of_tables(table, change):
    refuses(resealed(table, **change))


@pytest.mark.parametrize(
    ("change", "most"),
    [
        ({"last_step": 10**12}, limits.MOST_STEPS),
        ({"digits": 10**6}, limits.MOST_DIGITS),
        ({"layers": ["1"] * 100}, limits.MOST_WEIGHTS),
    ],
)
def test_beyond_its_limits_the_checker_says_so_at_once(small, change, most):
    if "layers" in change:
        change["records"] = [{**record, "layers": ["1.00e0"] * 100} for record in small["records"]]
    assert f"is more than the {most} that this checker takes" in refuses(resealed(small, **change))


def test_so_it_does_of_a_file(small, tmp_path):
    file, pipe = tmp_path / "large.json", tmp_path / "pipe"
    with file.open("wb") as stream:
        stream.truncate(limits.MOST_BYTES + 1)
    os.mkfifo(pipe)
    for path, why in ((file, "67108865 is more than"), (pipe, "no file"), (tmp_path, "no file")):
        with pytest.raises(Refused, match=why):
            read(path)
    file.write_bytes(b"\xff")
    with pytest.raises(Refused, match="no text"):
        read(file)
    file.write_text(text_of(small))
    assert check(read(file))


@pytest.mark.parametrize("steps", [1, 1000, 10**6])
def test_more_steps_leave_fewer_bits(steps):
    tried = list(limits.precisions(steps))
    assert tried == [64 * 2**k for k in range(len(tried))]
    more = 2 * tried[-1]
    assert more / 2 * steps <= limits.MOST_WORK
    assert more / 2 <= limits.MOST_BITS
    assert more * steps > limits.MOST_WORK or more > limits.MOST_BITS


def test_writer_and_checker_do_not_import_each_other():
    room = ROOT / "proofs_check" / "trajectory_certificate"
    for path in room.rglob("*.py"):
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
        inside = {name for name in names if name.startswith(("proofs_check", "numerics", "theory"))}
        own = "proofs_check.trajectory_certificate.checker"
        if path.name == "certification.py":  # which asks both
            assert path.parent == room
        elif path.parent == room:
            assert not any(name.startswith("proofs_check") for name in inside), path
        else:
            assert all(name.startswith(own) for name in inside), path


@pytest.mark.parametrize(
    "change",
    [{"steps": 2000.0}, {"steps": True}, {"steps": -1}, {"format": "another"}, {"format": []}, {"format": {}},
     {"layers": []}, {"layers": ["1/0"]}, {"layers": ["2/4"]}, {"layers": [0.5]}, {"singular_values": ["1/4", "3/2"]},
     {"label_coefficients": ["0", "0"]}, {"fraction_bits": 10**9}, {"claim": "loss > 1e999999"}, {"claim": "loss > "},
     {"records": [1]}, {"records": None}, {"extra": 1}, {"step_size": "0"}, {"step_size": "-7"}, {"step_size": "1e5"}],
)  # fmt: skip
def test_malformed_certificates(small, change):
    refuses(resealed(small, **change))


def test_the_escape_of_three_layers(three_layers):
    assert "every step at least doubles c_1 and every v_j" in check(text_of(three_layers))
    refuses(resealed(three_layers, escape_step=0))
    refuses(resealed(three_layers, escape_step=None))


def test_files_that_are_no_certificates(small):
    text = text_of(small)
    for wrong in ("", "{}", "[]", "nul", "[" * 100_000, text[:-9], text.replace('"steps"', '"digits"'), "NaN"):
        refuses(wrong)
    twice = text.replace('"steps": 30', '"steps": 30, "steps": 30')
    assert "twice" in refuses(twice)
    assert check(json.dumps(json.loads(text))) == check(text)


FORMS = ["loss > {}", "loss < {}", "loss < {} always", "sharpness > {}", "sharpness > {} always"]
FORMS += ["sharpness < {}/7/eta", "sharpness < {} after crossing"]


@pytest.mark.slow
@given(runs(), st.sampled_from(FORMS), st.integers(1, 40), st.integers(0, 6))
@settings(max_examples=usually(20, thoroughly=1000))
def test_checker_and_balls_agree(run, form, level, steps):
    """On random data of any rank and depth: the checker refuses whatever it finds otherwise."""
    decision = decide(
        run, parse_claim(form.format(f"{level}/7" if "/eta" not in form else level)), steps, digits=8, max_bits=600
    )
    if decision.verdict is not Verdict.UNDECIDED:
        assert decision.verdict.value in check(text_of(certificate(decision)))


def test_the_undecided_have_no_certificate():
    with pytest.raises(ParameterError, match="undecided"):
        made("diverges", "5/3", 10)


small_numbers = st.fractions(-50, 50, max_denominator=64)


@given(
    small_numbers,
    small_numbers,
    st.fractions(-1, 1),
    st.fractions(-1, 1),
    *[st.integers(0, 9) | st.integers(2**80, 2**100)] * 2,
    st.sampled_from([12, 100, 300]),
)
def test_operations_hold_every_result(a, b, off_a, off_b, radius_a, radius_b, p):
    first, second = Enclosure.of(a, p), Enclosure.of(b, p)
    first.r, second.r = first.r + radius_a, second.r + radius_b
    unit = Fraction(1, 2**p)
    x, y = ((e.m + off * e.r) * unit for e, off in ((first, off_a), (second, off_b)))
    operations = [operator.add, operator.sub, operator.mul, *([operator.truediv] if second.sign() else [])]
    for operation in operations:
        enclosure = operation(first, second)
        assert abs(operation(x, y) - enclosure.m * unit) <= enclosure.r * unit
        ends = [
            operation((first.m + i * first.r) * unit, (second.m + j * second.r) * unit)
            for i in (-1, 1)
            for j in (-1, 1)
        ]
        assert enclosure.r * unit <= (max(ends) - min(ends)) * (1 + Fraction(1, 2**60)) + 3 * unit
    assert (first.sign() > 0) is (first.m - first.r > 0)


just_below_a_power_of_two = st.builds(lambda bits, less: max(0, 2**bits - less), st.integers(0, 300), st.integers(1, 9))


@given(just_below_a_power_of_two, just_below_a_power_of_two, st.integers(0, 300))
def test_leading_bits_bound_a_product_closely(size, radius, p):
    product = Fraction(size * radius, 2**p)
    assert product <= product_bound(size, radius, p) < product * (1 + Fraction(1, 2**62)) + 1


@given(
    st.sampled_from(["", " after crossing"]),
    st.sampled_from(["", " always", " at 0", " at 2", " at 5"]),
    st.integers(5, 8).flatmap(lambda n: st.tuples(*[st.lists(st.booleans(), min_size=n + 1, max_size=n + 1)] * 2)),
)
def test_the_checkers_judgement_follows_the_definition(after, when, tables):
    text, (holds, crosses) = f"loss > 1{after}{when}", tables
    claim, steps, decided = Claim.read(text, Fraction(1)), len(holds) - 1, None
    crossed = not claim.after_crossing
    for step in range(steps + 1):
        if crossed:
            decided = claim.after(step, holds[step])
        elif step < steps:
            crossed = crosses[step]
        if decided:
            break
    verdict, _ = decided or claim.at_the_end(step, crossed)
    assert verdict == ("PROVED" if naive(parse_claim(text), holds, crosses, steps) else "REFUTED")


def test_a_checker_that_steps_another_way_is_seen(blow_up, monkeypatch):
    """The control: with a gradient that is a little off, the true certificate is refused."""
    true_step = Trajectory.step

    def wrong(self):
        true_step(self)
        self.v = [v + Enclosure(1 << (self.zero.p - 70), 0, self.zero.p) for v in self.v]

    monkeypatch.setattr(Trajectory, "step", wrong)
    assert "step 100" in refuses(text_of(blow_up))
