"""The functions of the front door: one answer in Python and in the shell, and one line for each mistake."""

import inspect
import json
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse

import numerics
from numerics import certify, load, network, precision, study, train
from numerics.arithmetic import Mpfr
from numerics.command_line.group import sharpness
from numerics.command_line.one_line_errors import run as run_command
from numerics.data import Dataset
from numerics.optimizers import optimizers
from numerics.optimizers.gradient_descent import GradientDescent
from theory import Spectrum, statement
from theory.bounds import two_layer_minimizer
from theory.errors import (
    DataFileError,
    DegenerateDataError,
    NotFiniteError,
    NumberKindError,
    ParameterError,
    ShapeError,
)

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(12, 3))
Y = X @ [1.0, 2.0, 0.5]
FRAME = pd.DataFrame(X, columns=list("abc")).assign(price=Y)
MINIMAL = "minimal:100,5.477,0.233,0.3,1.414"


def with_nan(values):
    values = values.copy()
    values.flat[4] = np.nan
    return values


@pytest.mark.parametrize("name", numerics.__all__)
def test_whatever_is_offered_is_there_and_says_what_it_does(name):
    found = getattr(numerics, name)
    assert callable(found)
    assert len(found.__doc__) > 50
    assert name in dir(numerics)


def test_whatever_is_not_offered_is_an_attribute_error():
    assert not hasattr(numerics, "stduy")


@pytest.mark.parametrize(
    "given",
    [
        (X.tolist(), Y.tolist()),
        (scipy.sparse.csr_matrix(X), Y),
        (FRAME[["a", "b", "c"]], FRAME["price"]),
        (FRAME, "price"),
        (pd.DataFrame(np.c_[X, Y]), 3),
        (pl.from_pandas(FRAME), "price"),
        (X, Y[:, None]),
    ],
)
def test_every_form_of_the_data_gives_the_same(given):
    assert study(*given, depth=3).exact == study(X, Y, depth=3).exact


def test_a_file_is_read_as_the_command_reads_it(tmp_path):
    FRAME.to_csv(tmp_path / "table.csv", index=False)
    by_name = study(tmp_path / "table.csv", "price", depth="2,3")
    assert by_name.depths == (2, 3)
    assert by_name.frame().loc[3, "exact"] == study(FRAME, "price", depth=3).exact


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda: study(X), ShapeError, r"y are missing.*study\(X, y\)"),
        (lambda: study(FRAME), ShapeError, r"y are missing.*study\(frame, 'price'\)"),
        (lambda: study(FRAME, "pice"), ParameterError, "no one column 'pice'.*did you mean price"),
        (lambda: study(X, "price"), ShapeError, "no frame"),
        (lambda: study(Y, X), ShapeError, "X has 1 dimension"),
        (lambda: study(X.T, Y), ShapeError, "3 rows but y has 12"),
        (lambda: study(X, np.c_[Y, Y]), ShapeError, "y has 2 dimension"),
        (lambda: study(with_nan(X), Y), NotFiniteError, "row 2, column 2"),
        (lambda: study(X, with_nan(Y)), NotFiniteError, "row 5"),
        (lambda: study(X, np.array(["cat", "dog"] * 6)), ShapeError, "1 and -1 for two classes"),
        (lambda: study(X, 0 * Y), DegenerateDataError, "y = 0"),
        (lambda: study(FRAME[["a"]], FRAME["price"].iloc[::-1]), ShapeError, "different indices"),
        (lambda: study(X, Y, depth=1), ParameterError, "depth is 1"),
        (lambda: study(X, Y, depth=2.5), ParameterError, "depth is 2.5"),
        (lambda: study(X, Y, depth=[]), ParameterError, "depth is"),
        (lambda: study(X, Y, step_size="abc"), NumberKindError, "'abc'"),
        (lambda: study(X, Y, step_size=-1), ParameterError, "step size is -1"),
        (lambda: study(X, Y, step_size=0.1, init="balancd"), ParameterError, "balancd"),
        (lambda: study(X, Y, depth=3, imbalance=1), ParameterError, "two layers"),
        (lambda: study("digts:3,5"), DataFileError, "digts"),
        (lambda: study("digits:3,5", Y), ParameterError, "labels of its own"),
        (lambda: study(load("digits:3,5", samples=9), Y), ParameterError, "labels of its own"),
        (lambda: study(X, Y, samples=5), ParameterError, "named by a text"),
        (lambda: study(X, Y, depth=[2, 3]).bounds, ParameterError, "depths 2, 3"),
        (lambda: study(X, Y).edge(), ParameterError, r"edge\(0.03\)"),
        (lambda: train(X, Y), ParameterError, "needs a step size.*step_size"),
        (lambda: train(X, Y, step_size=0.1, optimizer="sdg"), ParameterError, "did you mean sgd"),
        (lambda: train(X, Y, step_size=0.1, arithmetic="flaot64"), ParameterError, "did you mean float64"),
        (lambda: train(X, Y, step_size=0.1, steps=1e3), ParameterError, "number of steps is 1000.0"),
        (lambda: train(X, Y, step_size=0.1, seed="a"), ParameterError, "seed is 'a'"),
        (lambda: train(X, Y, step_size=0.1, tolerance="small"), NumberKindError, "'small'"),
        (lambda: train(X, Y, step_size=0.1, arithmetic=None), ParameterError, "no arithmetic"),
        (lambda: train(X, Y, step_size=0.1, optimizer=GradientDescent(0.1)), ParameterError, "already"),
        (lambda: train(X, Y, step_size=0.1, init=np.ones(3)), ParameterError, r"weights \(u, v\)"),
        (lambda: train(X, Y, step_size=0.1, init=(np.ones(2), [1])), ShapeError, r"\(2,\) and \(1,\)"),
        (lambda: train(X, Y, step_size=0.1, init=(with_nan(np.ones(5))[2:], [1])), NotFiniteError, "not finite"),
        (lambda: train(X, Y, step_size=0.1, resume=True), ParameterError, "folder"),
        (lambda: study(X, Y, alpha=1), ParameterError, "alpha and beta belong together"),
        (lambda: study(X, Y, imbalance="big"), NumberKindError, "'big'"),
        (lambda: study(X, Y, digits=0), ParameterError, "digits is 0"),
        (lambda: study(X, Y, rank_tolerance=2), ParameterError, "rank_tolerance is 2"),
        (lambda: train(X, Y + 1, step_size=0.1, tolerance=1e-9), ParameterError, "least possible loss"),
        (lambda: train(X, Y, step_size=1000).compare(), ParameterError, "has no limit"),
        (lambda: precision(X, Y, step_size=0.1, bits=[]), ParameterError, "no list of precisions"),
        (lambda: network(X, Y, step_size=0.1, arithmetic="float32,float32"), ParameterError, "twice"),
        (lambda: certify(MINIMAL, step_size=1, claim=3, steps=5), ParameterError, "a claim is a text"),
        (lambda: certify(MINIMAL, step_size=1, claim="diverges", steps="5"), ParameterError, "steps is '5'"),
        (lambda: certify(MINIMAL, step_size=1, claim="diverges", steps=5.0), ParameterError, "steps is 5.0"),
        (lambda: certify(MINIMAL, step_size=1, claim="diverges", steps=True), ParameterError, "steps is True"),
        (lambda: certify(MINIMAL, step_size=1, claim="diverges", steps=5, digits=2.0), ParameterError, "digits is 2.0"),
        (lambda: certify(MINIMAL, step_size=1, claim="los > 1", steps=5), ParameterError, "is no claim"),
    ],
)
def test_a_mistake_is_one_line_of_a_kind_of_its_own(ask, error, words):
    with pytest.raises(error, match=f"(?s).*{words}") as caught:
        ask()
    assert "\n" not in str(caught.value)


def test_the_study_says_what_the_command_says(capfd):
    asked = ("digits:3,5", "--samples", "40", "--depth", "2,3", "--alpha", "0.1", "--beta", "0.2")
    assert run_command(sharpness, ("bounds", *asked, "--json", "-")) == 0
    record = json.loads(capfd.readouterr().out)
    found = study("digits:3,5", samples=40, depth=[2, 3], alpha=0.1, beta=0.2)
    assert found.report.record()["convergence"] == record["convergence"]
    assert "Theorem 5.7" in repr(found)
    assert "Theorem 5.7" in found._repr_html_()
    assert found.difficulty == record["difficulty"]
    assert found.frame().reset_index().to_dict("records") == record["depths"]


@pytest.mark.slow
def test_the_run_is_that_of_the_command_bit_for_bit(tmp_path, capfd):
    words = ("train", "digits:3,5", "--samples", "40", "--step-size", "0.03", "--steps", "50", "--depth", "3")
    assert run_command(sharpness, (*words, "--out", str(tmp_path / "run"))) == 0
    run = train("digits:3,5", samples=40, step_size=0.03, steps=50, depth=3)
    run.save(tmp_path / "mine.npz")
    assert (tmp_path / "mine.npz").read_bytes() == (tmp_path / "run" / "trajectory.npz").read_bytes()
    assert str(run.compare()) in capfd.readouterr().out
    assert len(run.frame()) == 51


@pytest.mark.parametrize(("ask", "wrong"), [(train, {"tolerance": -1}), (network, {"widths": 0})])
def test_whoever_listens_hears_once_that_all_is_right_and_nothing_of_what_is_wrong(ask, wrong):
    heard = []
    with pytest.raises(ParameterError):
        ask(X, Y, step_size=0.01, steps=2, checked=lambda: heard.append(ask), **wrong)
    assert not heard
    short = {"arithmetic": "float64", "steps": 2, **({"widths": 3} if ask is network else {})}
    ask(X, Y, step_size=0.01, checked=lambda: heard.append(ask), **short)
    assert heard == [ask]


def test_objects_do_where_their_names_do():
    by_name = train(X, Y, step_size=0.1, arithmetic="mpfr:80", steps=np.int64(9), tolerance="1e-9", seed=np.int8(0))
    by_object = train(X, Y, optimizer=GradientDescent("0.1"), arithmetic=Mpfr(80), steps=9, tolerance=1e-9)
    assert by_name.final_state == by_object.final_state


def test_weights_may_be_given_as_they_are():
    u, v = [0.5, -0.2, 0.1], [0.7]
    c = Dataset("mine", X, Y).spectrum().first_layer_coefficients(u)
    text = f"c={','.join(repr(float(x)) for x in c)},v=0.7"
    given, said = (study(X, Y, step_size=0.01, init=init) for init in ((u, v), text))
    assert given.train(steps=5).frame().equals(said.train(steps=5).frame())
    assert given.edge() == said.edge()


@pytest.mark.slow
def test_a_study_of_the_command_goes_on_here(tmp_path, capfd):
    asked = ("--step-size", "2.5", "--init", "c=0.1,0.1,v=0.5", "--bits", "24,60", "--steps", "40")
    assert run_command(sharpness, ("precision", MINIMAL, *asked, "--out", str(tmp_path), "--json", "-")) == 0
    record = json.loads(capfd.readouterr().out)
    options = {"step_size": 2.5, "init": "c=0.1,0.1,v=0.5", "bits": [24, 60], "steps": 40}
    mine = precision(MINIMAL, **options, folder=tmp_path, resume=True)
    assert mine.found["runs"] == record["runs"]


def test_an_edge_is_predicted_for_the_start_that_training_takes():
    found = study(MINIMAL, step_size=2.5, init="c=0.1,0.1,v=0.5")
    run, edge = found.train(steps=300), found.edge()
    above = run.frame().sharpness > edge.edge
    assert above.idxmax() == pytest.approx(edge.crossing_step, rel=0.03)
    assert f"{edge.crossing_step:,}" in repr(found)


@pytest.mark.slow
def test_what_is_shown_is_short_and_never_an_array():
    found = study(X, Y, depth=[2, 3], step_size=0.1)
    run, spectrum = found.train(depth=2, steps=20), found.spectrum
    proved = certify(MINIMAL, step_size=2.5, init="c=3,0,v=3", claim="diverges", steps=5)
    runs = precision(MINIMAL, step_size=2.5, init="c=0.1,0.1,v=0.5", bits=[24], steps=20)
    silu = network(X, Y, step_size=0.1, widths=(3, 3), arithmetic=["float32"], steps=3)
    for shown in (
        found,
        run,
        run.compare(),
        spectrum,
        two_layer_minimizer(spectrum),
        proved,
        runs,
        silu,
        found.dataset,
    ):
        assert len(repr(shown)) < 1500
        assert "array(" not in repr(shown)
    for shown in (found, run, run.compare(), statement("thm-4.3"), proved, runs, silu):
        assert shown._repr_html_().startswith(("<table>", "<p>"))
    for shown in (spectrum, two_layer_minimizer(spectrum), statement("thm-4.3"), Spectrum([2], [1], n_samples=1)):
        assert shown._repr_latex_()[0] == shown._repr_latex_()[-1] == "$"


def test_a_certificate_is_kept_and_checked_by_the_command(tmp_path, capfd):
    proved = certify(MINIMAL, step_size=2.5, init="c=3,0,v=3", claim="diverges", steps=5)
    proved.save(tmp_path / "kept.json")
    assert run_command(sharpness, ("certify", "--check", str(tmp_path / "kept.json"))) == 0
    assert proved.sentence in capfd.readouterr().out
    open_question = certify(MINIMAL, step_size=2.5, init="c=0.1,0.1,v=0.5", claim="diverges", steps=5)
    with pytest.raises(ParameterError, match="no certificate"):
        open_question.save(tmp_path / "open.json")
    assert not Path(tmp_path / "open.json").exists()


@pytest.mark.parametrize(("library", "ask"), [("pandas", "frame"), ("matplotlib", "plot")])
def test_what_is_not_installed_is_said_with_its_remedy(monkeypatch, library, ask):
    run = train(X, Y, step_size=0.01, steps=3)
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ParameterError, match="install"):
        getattr(run, ask)()


@pytest.mark.parametrize("name", sorted(optimizers()))
def test_a_study_s_step_size_is_for_the_optimizers_that_take_one(name):
    asked = study([[2.0, 0.0], [0.0, 1.0]], [1.0, 1.0], step_size=0.125)
    needs_batches = "batch_size" in inspect.signature(optimizers()[name]).parameters
    run = asked.train(optimizer=name, steps=3, batch_size=1 if needs_batches else None)
    takes_one = optimizers()[name].takes_step_size()
    assert takes_one is ("step_size" in run.settings)
    assert not takes_one or Fraction(run.settings["step_size"]) == Fraction(1, 8)
