"""Many precisions at once: alike however they are run, and the same after a kill."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import numerics
from numerics.figures.panels import draw_panels
from numerics.figures.precision_runs import precision_panels
from numerics.finite_precision.precision_runs import PrecisionRuns, StudyError, arithmetics, run_precisions
from tests.numerics.work.own_processes import wait_until
from theory.errors import ParameterError

BITS = (24, 60, 113)


@pytest.mark.slow
def test_side_by_side_is_the_same_as_one_by_one(appendix):
    records = [run_precisions(appendix("0.8"), BITS, 500, processes=count).record() for count in (1, 2)]
    assert records[0] == records[1]
    assert [run["arithmetic"] for run in records[0]["runs"]] == ["mpfr", "float32", "mpfr", "mpfr"]
    assert [run["bits"] for run in records[0]["runs"]] == [24, 24, 60, 113]


@pytest.mark.slow
def test_a_study_says_what_it_ran_and_what_it_predicted(appendix, tmp_path):
    study = run_precisions(appendix("0.8"), (53, 400), 600, folder=tmp_path, processes=1)
    record = study.record()
    assert not study.interrupted
    assert record["contraction_bits"] == pytest.approx(290.9, abs=0.1)
    assert abs(record["critical_bits"] - 291) <= 12
    assert abs(record["blowup_bits"] - 129) <= 5
    assert record["reference_bits"] == 512
    by_name = {(run["bits"], run["arithmetic"]): run for run in record["runs"]}
    assert by_name[53, "mpfr"] == {**by_name[53, "float64"], "arithmetic": "mpfr"}
    diverged = by_name[400, "mpfr"]
    assert (diverged["outcome"], diverged["drop_step"], diverged["predicted_drop_step"]) == ("diverged", 465, 465)
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {"mpfr-53", "float64", "mpfr-400"}
    json.dumps(record, allow_nan=False)


@pytest.mark.slow
def test_a_study_interrupted_before_it_began_has_a_record_and_a_figure(appendix):
    chosen = arithmetics((24, 60))
    study = PrecisionRuns(appendix("0.8"), 10, 1e-4, [None] * 3, [a.bits for a in chosen], chosen, None)
    assert study.interrupted
    assert {run["outcome"] for run in study.record()["runs"]} == {"interrupted"}
    figure = draw_panels(precision_panels(study, study.record()))
    assert [axes.get_ylabel() for axes in figure.axes] == ["loss", "sharpness"]


@pytest.mark.slow
def test_a_finished_run_is_read_and_not_run_again(appendix, tmp_path, monkeypatch):
    settings = {"name": "one"}
    first = run_precisions(appendix("0.8"), BITS, 500, folder=tmp_path, settings=settings, processes=1).record()

    def never(*arguments, **options):
        raise AssertionError("it was run again")

    monkeypatch.setattr("numerics.finite_precision.recording.train", never)
    again = run_precisions(appendix("0.8"), BITS, 500, folder=tmp_path, settings=settings, resume=True, processes=1)
    assert again.record() == first


def test_a_folder_in_use_or_of_another_study_is_refused(appendix, tmp_path):
    run_precisions(appendix("0.8"), (30,), 20, folder=tmp_path, settings={"steps": 20}, processes=1)
    with pytest.raises(StudyError, match="add --resume"):
        run_precisions(appendix("0.8"), (30,), 20, folder=tmp_path, settings={"steps": 20}, processes=1)
    with pytest.raises(StudyError, match="steps 20 there and 30 here"):
        run_precisions(appendix("0.8"), (30,), 30, folder=tmp_path, settings={"steps": 30}, resume=True, processes=1)
    kept = tmp_path / "study.json"
    kept.write_text(kept.read_text().replace('"code": "', '"code": "0'))
    with pytest.raises(StudyError, match="other code or other libraries"):
        run_precisions(appendix("0.8"), (30,), 20, folder=tmp_path, settings={"steps": 20}, resume=True, processes=1)
    kept.write_text("{")
    with pytest.raises(StudyError, match="damaged"):
        run_precisions(appendix("0.8"), (30,), 20, folder=tmp_path, settings={"steps": 20}, resume=True, processes=1)


@pytest.mark.parametrize("bits", [(), (20, 20), (1,), (30, 0), (2_000_000,)])
def test_bad_precisions_are_refused(bits):
    with pytest.raises(ParameterError):
        arithmetics(bits)


def test_no_steps_are_refused(appendix):
    with pytest.raises(ParameterError, match="0 steps"):
        run_precisions(appendix("0.8"), (30,), 0)


KILLED = """
import sys
from fractions import Fraction
from pathlib import Path
from numerics.data import load
from numerics.finite_precision.problem import Problem
from numerics.figures.panels import draw_panels
from numerics.figures.precision_runs import precision_panels
from numerics.finite_precision.precision_runs import run_precisions

if __name__ == "__main__":
    data = load("minimal:100,5.477,0.233,0.3,1.414")
    problem = Problem.from_dataset(data, 2, Fraction(5, 2), "c=0.1,0.1,v=0.5", 0)
    run_precisions(problem, (24, 60, 113, 200), 12_000, folder=Path(sys.argv[1]), processes=2)
"""


def environment():
    return {**os.environ, "PYTHONPATH": str(Path(numerics.__file__).resolve().parents[1])}


def children(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_a_killed_study_resumes_to_the_same_result(appendix, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    folder = tmp_path / "study"
    child = subprocess.Popen([sys.executable, str(script), str(folder)], env=environment())
    wait_until(lambda: child.poll() is not None or list(folder.glob("*/*/trajectory.npz")))
    workers = children(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    wait_until(lambda: not any(map(alive, workers)), 30)
    finished = list(folder.glob("*/*/trajectory.npz"))
    assert 0 < len(finished) < 7
    resumed = run_precisions(appendix("0.8"), (24, 60, 113, 200), 12_000, folder=folder, resume=True, processes=1)
    assert resumed.record() == run_precisions(appendix("0.8"), (24, 60, 113, 200), 12_000, processes=1).record()


def test_a_run_killed_half_way_goes_on_from_its_checkpoint(appendix, tmp_path, monkeypatch):
    """The parts are the study's own: a run that stops half way leaves a checkpoint, from which it ends alike."""
    from numerics.arithmetic import Mpfr
    from numerics.finite_precision.recording import record, recorded

    monkeypatch.setattr("numerics.finite_precision.recorded_descent._BITS_OF_A_MOMENT", 1)
    whole = recorded(appendix("0.8"), Mpfr(60), 400)
    steps = []

    def stop(step, latest):
        steps.append(step)
        if 100 < step < 250:
            os.kill(os.getpid(), signal.SIGINT)

    first = record(appendix("0.8"), Mpfr(60), 400, folder=tmp_path / "mpfr-60", progress=stop)
    assert 100 < first.last_step < 250
    steps.clear()
    resumed = recorded(appendix("0.8"), Mpfr(60), 400, tmp_path, steps.append)
    assert min(steps) > first.last_step
    assert max(steps) == 400
    assert resumed.loss.tolist() == whole.loss.tolist()
    assert resumed.outputs.tolist() == whole.outputs.tolist()
