import os
import pickle
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pytest

import numerics
from numerics.command_line.one_line_errors import run
from theory.errors import ParameterError

SOURCE = str(Path(numerics.__file__).resolve().parents[1])
MINIMAL = "minimal:100,5.477,0.233,0.3,1.414"


def _one_line(result, *parts: str) -> None:
    assert result.returncode == 2
    assert result.stdout in ("", None)
    assert result.stderr.startswith("sharpness: ")
    assert result.stderr.endswith("\n")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["nothing"], ["No such command 'nothing'", "sharpness --help"]),
        (["--nothing"], ["No such option"]),
        (["bounds"], ["Missing argument 'DATA'", "sharpness bounds --help"]),
        (["bounds", MINIMAL, "extra"], ["unexpected extra argument"]),
        (["bounds", "nothing:3"], ["'nothing:3' is not a data source", "digits:A,B"]),
        (["bounds", "digits:3,33"], ["'33' is not a digit", "for example digits:3,5"]),
        (["bounds", "cifar10:nowhere:cat,dog"], ["nowhere: no such folder"]),
        (["bounds", "nowhere.csv"], ["nowhere.csv: no such file"]),
        (["bounds", "two\nlines.csv"], ["two\\nlines.csv: no such file"]),
        (["bounds", "digits:3,5", "--samples", "366"], ["366 samples asked for", "183", "182"]),
        (["bounds", "digits:3,5", "--require-zero-loss"], ["% of ||y||^2 lies outside the column space"]),
        (["bounds", MINIMAL, "--depth", "1"], ["'1' is no list of depths", "from 2"]),
        (["bounds", MINIMAL, "--depth", "2.5"], ["'2.5' is no list of depths"]),
        (["bounds", MINIMAL, "--depth", "2,,3"], ["is no list of depths"]),
        (["bounds", MINIMAL, "--depth", "9" * 400], ["is no list of depths"]),
        (["bounds", MINIMAL, "--depth", "2,3", "--imbalance", "0"], ["--imbalance is for two layers"]),
        (["bounds", MINIMAL, "--imbalance", "nan"], ["'nan' is not a number"]),
        (["bounds", MINIMAL, "--imbalance", "much"], ["'much' is not a number"]),
        (["bounds", MINIMAL, "--imbalance", "1e330"], ["range of float64"]),
        (["bounds", MINIMAL, "--alpha", "1"], ["--alpha and --beta belong together"]),
        (["bounds", MINIMAL, "--alpha", "0", "--beta", "1"], ["alpha must be positive"]),
        (["bounds", MINIMAL, "--alpha", "1", "--beta=-1"], ["beta must be positive"]),
        (["bounds", MINIMAL, "--alpha", "1e200", "--beta", "1"], ["float64"]),
        (["bounds", MINIMAL, "--seed", "-1"], ["seed is -1"]),
        (["bounds", MINIMAL, "--json", "no/such/folder/x.json"], ["x.json: No such file or directory"]),
        (["bounds", MINIMAL, "--json", "."], ["is a directory"]),
        (["bounds", "minimal:9,2,1,0,0"], ["y = 0"]),
        (["completion", "tcsh"], ["'tcsh' is not one of 'bash', 'zsh', 'fish'"]),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_status_2(command, arguments, parts):
    _one_line(command(*arguments), *parts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["nothing"], ["No such command 'nothing'"]),
        (["bounds", "gaussian:9,3", "--samples", "10"], ["10 samples asked for, but there are 9"]),
    ],
)
def test_the_same_from_a_process_of_its_own(sharpness, arguments, parts):
    _one_line(sharpness(*arguments), *parts)


ARRAYS = {
    "X not 2-D": (np.ones(3), np.ones(3), "X has 1 dimension"),
    "lengths": (np.ones((3, 1)), np.ones(2), "3 rows but y has 2 labels"),
    "nan": (np.array([[1.0], [np.nan]]), np.ones(2), "X holds nan at row 2, column 1"),
    "infinity": (np.ones((2, 1)), np.array([1.0, np.inf]), "y holds inf at row 2"),
    "no rows": (np.ones((0, 2)), np.ones(0), "X has no rows"),
    "rank 0": (np.zeros((3, 2)), np.ones(3), "rank"),
    "y = 0": (np.eye(2), np.zeros(2), "y = 0"),
    "y orthogonal": (np.array([[1.0], [1.0]]), np.array([1.0, -1.0]), "orthogonal"),
}


@pytest.mark.parametrize(("X", "y", "part"), ARRAYS.values(), ids=ARRAYS.keys())
def test_bad_data_is_one_line_on_stderr_and_status_2(command, tmp_path, X, y, part):
    np.savez(tmp_path / "data.npz", X=X, y=y)
    _one_line(command("bounds", str(tmp_path / "data.npz")), part)


class Touches:
    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return os.system, (f"touch {self.trace}",)


@pytest.mark.slow
def test_a_crafted_batch_file_does_not_run_code(sharpness, tmp_path):
    trace = tmp_path / "trace"
    (tmp_path / "batches.meta").write_bytes(pickle.dumps({b"label_names": Touches(trace)}, 2))
    _one_line(sharpness("bounds", f"cifar10:{tmp_path}:cat,dog"), "batches.meta", "system")
    assert not trace.exists()


@pytest.mark.slow
def test_a_full_disk_is_one_line(sharpness, command):
    with open("/dev/full", "w") as full:
        _one_line(sharpness("bounds", MINIMAL, stdout=full), "No space left on device")
    _one_line(command("bounds", MINIMAL, "--json", "/dev/full"), "/dev/full: No space left on device")


def test_output_that_is_still_buffered_at_the_end_counts_too(python_process):
    with open("/dev/full", "w") as full:
        process = python_process(
            "import sys, click\n"
            "from numerics.command_line.one_line_errors import run\n"
            "sys.exit(run(click.Command('prints', callback=lambda: print('text')), []))\n",
            stdout=full,
        )
        _, error = process.communicate()
    assert process.returncode == 2
    assert error == "sharpness: the output: No space left on device; check the path and the disk\n"


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(sharpness):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as closed:
        result = sharpness("bounds", MINIMAL, stdout=closed)
    assert (result.returncode, result.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--help",), ("certify", "--check", "nowhere")])
def test_closed_standard_streams_change_nothing_but_where_words_go(command, tmp_path, arguments):
    before = command(*arguments)
    words = " ".join(map(shlex.quote, arguments))
    program = f"{shlex.quote(sys.executable)} -m numerics.command_line {words}"
    for closed, expected in [(">&-", before.stderr), ("2>&-", before.stdout), ("<&- >&- 2>&-", "")]:
        found = subprocess.run(
            f"{program} {closed}",
            shell=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE},
            check=False,
        )
        assert (found.returncode, found.stdout + found.stderr) == (before.returncode, expected)


def test_being_asked_to_end_is_as_ctrl_c(python_process):
    process = python_process(
        "import sys, time\n"
        "import numerics.command_line as commands\n"
        "def wait(command, arguments):\n"
        "    def work():\n"
        "        print('waiting', flush=True)\n"
        "        time.sleep(60)\n"
        "    return run(click.Command('wait', callback=work), [])\n"
        "import click\n"
        "run, commands.run = commands.run, wait\n"
        "commands.main()\n"
    )
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGTERM)
    out, error = process.communicate()
    assert (process.returncode, out, error) == (130, "", "sharpness: interrupted\n")


def test_ctrl_c_is_one_line_and_status_130(python_process):
    process = python_process(
        "import sys, time, click\n"
        "from numerics.command_line.one_line_errors import run\n"
        "@click.command()\n"
        "def wait():\n"
        "    print('waiting', flush=True)\n"
        "    time.sleep(60)\n"
        "sys.exit(run(wait, []))\n"
    )
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGINT)
    out, error = process.communicate()
    assert (process.returncode, out, error) == (130, "", "sharpness: interrupted\n")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (click.UsageError("two\nlines\x1b[31m"), "sharpness: two lines\\x1b[31m; see 'sharpness --help'\n"),
        (ParameterError("depth is 1; give 2 or more"), "sharpness: depth is 1; give 2 or more\n"),
        (FileNotFoundError(2, "No such file or directory", "x"), "sharpness: x: No such file or directory; "),
        (OSError("odd"), "sharpness: the output: odd; "),
        (MemoryError(), "sharpness: the data do not fit into memory; "),
        (OverflowError(34, "Numerical result out of range"), "sharpness: a number leaves the range of float64; "),
        (click.ClickException("plain"), "sharpness: plain\n"),
    ],
)
def test_every_kind_of_bad_input_has_its_line(capfd, error, line):
    def fail():
        raise error

    assert run(click.Command("fail", callback=fail), []) == 2
    out, found = capfd.readouterr()
    assert out == ""
    assert found.startswith(line)
    assert found.count("\n") == 1


@pytest.mark.parametrize("error", [ValueError("a mistake of ours"), RuntimeError("a mistake of ours")])
def test_a_mistake_of_the_program_is_not_hidden(error):
    def fail():
        raise error

    with pytest.raises(type(error), match="a mistake of ours"):
        run(click.Command("fail", callback=fail), [])


@pytest.mark.parametrize(("result", "status"), [(None, 0), (0, 0), (1, 1), ("text", 0)])
def test_a_command_gives_its_exit_status(result, status):
    assert run(click.Command("ends", callback=lambda: result), []) == status
