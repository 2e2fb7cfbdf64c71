"""`sharpness certify`, as people and scripts call it."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_check.trajectory_certificate.certification import rounded_up
from tests.numerics.command_line.conftest import command  # noqa: F401 - a fixture

DATA = "minimal:100,5.477,0.233,0.3,1.414"
START = ("--init", "c=0.1,0.1,v=0.5")


def blow_up(*more):
    return ("certify", DATA, "--step-size", "2.5", *START, "--steps", "2000", "--claim", "loss > 1e6", *more)


@pytest.mark.slow
def test_a_blow_up_is_certified_and_checked(command, tmp_path):  # noqa: F811
    file = tmp_path / "blow_up.json"
    made = command(*blow_up("--out", str(file)))
    assert (made.returncode, made.stderr) == (0, "")
    first, precision, radii, kept = made.stdout.split("\n\n")[-1].splitlines()
    assert first.startswith("PROVED: In exact arithmetic, gradient descent with step size 5/2 from c = (1/10, 1/10)")
    assert "exceeds 1e6 for the first time at step 465; from step 464 on every step at least doubles" in first
    assert precision == "precision  512 bits"
    assert radii.endswith("at step 465")
    assert kept == f"kept in {file}; check it with: sharpness certify --check {file}"
    checked = command("certify", "--check", str(file))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.strip() == first.replace("PROVED: ", "The certificate holds: ")


@pytest.mark.slow
def test_a_corrupted_certificate_is_one_line(command, tmp_path):  # noqa: F811
    file = tmp_path / "blow_up.json"
    assert command(*blow_up("--out", str(file))).returncode == 0
    file.write_text(file.read_text().replace("5477/1000", "5478/1000"))
    refused = command("certify", "--check", str(file))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1
    assert "refused: the digest does not fit" in refused.stderr


@pytest.mark.slow
def test_json(command, tmp_path):  # noqa: F811
    found = json.loads(command(*blow_up("--json", "-")).stdout)
    assert found["verdict"] == "PROVED"
    assert (found["last_step"], found["escape_step"], found["crossing_step"]) == (465, 464, None)
    assert (found["bits"], found["reason"], found["certificate"]) == (512, None, None)
    assert [len(found["radii"][key]) for key in ("coefficients", "layers")] == [2, 1]
    assert all(float(radius) < 1e-50 for radius in found["radii"]["layers"])
    file = tmp_path / "result.json"
    done = command(*blow_up("--json", str(file), "--out", str(tmp_path / "c.json")))
    assert done.stdout.split("\n\n")[-1].startswith("PROVED")
    assert json.loads(file.read_text())["certificate"] == str(tmp_path / "c.json")


@given(st.fractions(0, 10**9), st.integers(0, 9000))
def test_radii_are_rounded_up(value, shift):
    value /= 10**shift
    written = Fraction(rounded_up(value))
    assert value <= written <= value * Fraction(102, 100)


def test_a_file_that_is_too_large_is_one_line(command, tmp_path):  # noqa: F811
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.truncate(2**26 + 1)
    refused = command("certify", "--check", str(file))
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "more than the 67108864 that this checker takes" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "status", "word"),
    [
        ("loss > 1e6 at 466", 3, "REFUTED"),
        ("sharpness < 2/eta after crossing", 3, "REFUTED"),
        ("diverges", 0, "PROVED"),
    ],
)
def test_the_status_is_the_answer(command, claim, status, word):  # noqa: F811
    done = command("certify", DATA, "--step-size", "5/2", *START, "--steps", "2000", "--claim", claim)
    assert done.returncode == status
    assert done.stdout.split("\n\n")[-1].startswith(word)


def test_undecided_has_a_status_a_reason_and_no_certificate(command, tmp_path):  # noqa: F811
    file = tmp_path / "none.json"
    done = command(*blow_up("--max-bits", "128", "--out", str(file)))
    assert done.returncode == 1
    assert done.stdout.split("\n\n")[-1].startswith("UNDECIDED: ")
    assert "128 bits, the most allowed" in done.stdout
    assert not file.exists()
    assert json.loads(command(*blow_up("--max-bits", "128", "--json", "-")).stdout)["reason"]


@pytest.mark.parametrize(
    ("claim", "status", "words"),
    [
        ("loss < 0.352 at 1", 0, "from u = (1/2, -1/10), v = (7/10) on the 3 x 2 table of the certificate"),
        ("sharpness > 2/eta", 3, "does not exceed 2/eta at any step up to 30"),
        ("diverges", 1, "shown only of data given by their spectrum"),
    ],
)
def test_a_table_of_decimals_is_exact(command, tmp_path, claim, status, words):  # noqa: F811
    (tmp_path / "t.csv").write_text("0.1,0.3,1\n0.2,0.5,-1\n0.7,0.1,0.5\n")
    kept = tmp_path / "c.json"
    start = ("--step-size", "0.5", "--init", "u=0.5,-0.1,v=0.7", "--steps", "30")
    done = command("certify", str(tmp_path / "t.csv"), *start, "--claim", claim, "--out", str(kept))
    assert done.returncode == status
    assert words in done.stdout
    assert kept.exists() is (status != 1)
    if kept.exists():
        assert json.loads(kept.read_text())["features"][0] == ["1/10", "3/10"]
        checked = command("certify", "--check", str(kept)).stdout
        assert checked.startswith("The certificate holds: ")
        assert words in checked


def test_three_layers(command):  # noqa: F811
    done = command("certify", DATA, "--step-size", "1/2", "--init", "c=0.5,0.5,v=0.5,0.6", "--steps", "40",
                   "--depth", "3", "--claim", "sharpness < 2/eta always")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "v = (1/2, 3/5)" in done.stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--claim": "loss is large"}, "is no claim"),
        ({"--claim": "loss > 1e6 at 2001"}, "take more steps"),
        ({"--claim": "loss > 1/0"}, "no number"),
        ({"--step-size": "0"}, "give a positive number"),
        ({"--step-size": "1/0"}, "divides by 0"),
        ({"--step-size": "1e99999999"}, "exponent beyond"),
        ({"--step-size": "x"}, "not a number"),
        ({"--init": "c=1,v=1"}, "give 2 c for rank 2"),
        ({"--init": "c=1,nan,v=1"}, "nan"),
        ({"--steps": "-1"}, "at least 0"),
        ({"--digits": "1"}, "at least 2"),
        ({"--max-bits": "5"}, "from 64"),
        ({"--depth": "1"}, "at least 2"),
        ({"DATA": "gaussian:5,3"}, "say --init u=U1,U2,...,v=V1,..."),
        ({"DATA": "nothing"}, "not a data source"),
        ({"--check": "missing.json"}, "does not exist"),
        ({"--out": "no/such/folder/c.json"}, "check the path"),
    ],
)
def test_bad_input_is_one_line(command, change, words):  # noqa: F811
    options = {"--step-size": "2.5", "--init": "c=0.1,0.1,v=0.5", "--steps": "2000", "--claim": "loss > 1e6"}
    data = change.pop("DATA", DATA)
    arguments = [part for option in (options | change).items() for part in option]
    done = command("certify", data, *arguments)
    assert (done.returncode, done.stdout.split("\n\n")[-1]) == (2, "")
    assert done.stderr.startswith("sharpness: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_help_says_what_a_claim_is(command):  # noqa: F811
    shown = command("certify", "--help").stdout
    for words in ("after crossing", "UNDECIDED with the", "status 1", "Examples:", "sharpness certify --check"):
        assert words in shown
