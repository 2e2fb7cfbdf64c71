"""`sharpness precision`, killed in the middle of its work, goes on to the same result and runs nothing twice."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

STUDY = (
    *("precision", "minimal:100,5.477,0.233,0.3,1.414", "--init", "c=0.1,0.1,v=0.5"),
    *("--step-size", "2/0.8", "--bits", "24,53,200,400,450", "--steps", "12000"),
)
RUNS = {"mpfr-24", "float32", "mpfr-53", "float64", "mpfr-200", "mpfr-400", "mpfr-450"}


def finished(folder: Path) -> dict[str, tuple[int, int]]:
    """Give every finished run's file, by the file itself and the time it was written."""
    found = {}
    for path in folder.glob("*/*/trajectory.npz"):
        status = path.stat()
        found[str(path.relative_to(folder))] = (status.st_ino, status.st_mtime_ns)
    return found


@pytest.mark.slow
def test_a_killed_command_goes_on_to_the_same_result(command, python_process, tmp_path):
    folder = tmp_path / "study"
    arguments = (*STUDY, "--out", str(folder))
    child = python_process(f"from numerics.command_line import main\nimport sys\nsys.argv[1:] = {arguments!r}\nmain()")
    while child.poll() is None and len(finished(folder)) < 6:
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    child.communicate()
    before = finished(folder)
    assert 6 <= len(before) < 4 + len(RUNS)  # four are the reference's
    assert not (folder / "result.json").exists()

    resumed = command(*arguments, "--resume", "--json", "-")
    assert (resumed.returncode, resumed.stderr) == (0, "")
    after = finished(folder)
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[1] for name in after if name.startswith("runs/")} == RUNS
    whole = command(*STUDY, "--json", "-")
    assert json.loads(resumed.stdout) == json.loads(whole.stdout)
    assert (folder / "result.json").read_text() == whole.stdout
