"""A new optimizer, a new arithmetic: one new file in a copy of the tree, and the command line knows of it."""

import json
import subprocess
import sys

import pytest

from numerics.arithmetic import arithmetics
from numerics.discovery import defined_in
from numerics.optimizers import optimizers
from tests.copies import copy_room

HEAVY_BALL = """
from numerics.optimizers.base import Optimizer, Stepper

class HeavyBall(Optimizer):
    name = "heavy-ball"
    summary = "gradient descent with a momentum of 1/2"

    def __init__(self, step_size):
        self.step_size = step_size

    def on(self, model, *, fast=True):
        return _Steps(model, model.arithmetic.number(self.step_size))

class _Steps(Stepper):
    def __init__(self, model, step_size):
        super().__init__(model)
        self.rates = model.rates(step_size, model.n_samples)

    def step(self, state, index, memory):
        # The velocity of the last layer alone, so that there is something to remember.
        half, moved = self.model.arithmetic.number("1/2"), state.minus(self.model.increments(state, self.rates))
        velocity = moved.layers[-1] - state.layers[-1] + half * (memory[0] if memory else 0)
        return type(state)(moved.first_layer, (*moved.layers[:-1], state.layers[-1] + velocity)), (velocity,)

OPTIMIZER = HeavyBall
"""
TWICE = """
from numerics.arithmetic.mpmath import Mpmath

class Twice(Mpmath):
    kind = "twice"
    summary = "mpmath under another name"

ARITHMETIC = Twice
"""
DATA = ("minimal:100,5.477,0.233,0.3,1.414", "--init", "c=0.1,0.1,v=0.5", "--steps", "3")
DESCENT = ("--optimizer", "heavy-ball")
ASKED = {
    "help": ("--help",),
    "run": (*DATA, *DESCENT, "--arithmetic", "twice:80", "--step-size", "0.5", "--json", "-"),
    "missing": (*DATA, *DESCENT),
    "unknown": (*DATA, "--step-size", "1", "--arithmetic", "thrice:80"),
}
PROGRAM = """
import contextlib, io, json, sys
from numerics.command_line.one_line_errors import run
from numerics.command_line.train import train
for asked in json.load(sys.stdin):
    out, words = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(words):
        status = run(train, asked)
    print(json.dumps([status, out.getvalue(), words.getvalue()]))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What `sharpness train` of a copy of the tree with two more files in it answers: status, stdout and stderr."""
    copy = tmp_path_factory.mktemp("copy")
    for room in ("theory", "numerics"):
        copy_room(room, copy)
    (copy / "numerics" / "optimizers" / "heavy_ball.py").write_text(HEAVY_BALL)
    (copy / "numerics" / "arithmetic" / "twice.py").write_text(TWICE)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        input=json.dumps(list(ASKED.values())),
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    return dict(zip(ASKED, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.slow
def test_the_help_lists_them(answers):
    shown = " ".join(answers["help"][1].split())
    assert "heavy-ball gradient descent with a momentum of 1/2" in shown
    assert "twice:BITS mpmath under another name" in shown


@pytest.mark.slow
def test_they_are_accepted(answers):
    _, out, words = answers["run"]
    assert words == ""
    settings = json.loads(out)["settings"]
    assert (settings["optimizer"], settings["arithmetic"]) == ("heavy-ball", "twice:80")


@pytest.mark.slow
def test_what_they_need_is_asked_for(answers):
    line = "sharpness: heavy-ball needs a step size; give --step-size (in Python step_size)\n"
    assert answers["missing"] == [2, "", line]
    assert "give one of ball:BITS, float32, float64, mpfr:BITS, mpmath:BITS, twice:BITS" in answers["unknown"][2]


def test_two_files_with_one_name_are_an_error(tmp_path, monkeypatch):
    folder = tmp_path / "things_for_test"
    folder.mkdir()
    for name in ("first", "second"):
        (folder / f"{name}.py").write_text("THING = 'the same'\n")
    for name in ("without", "__init__"):
        (folder / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(RuntimeError, match="two files of things_for_test define 'the same'; rename one"):
        defined_in("things_for_test", "THING", str)
    (folder / "second.py").unlink()
    assert defined_in("things_for_test", "THING", str) == {"the same": "the same"}


@pytest.mark.parametrize("one", [*optimizers().values(), *arithmetics().values()], ids=lambda one: one.__name__)
def test_each_says_in_a_line_what_it_is(one):
    assert one.summary
    assert "\n" not in one.summary
