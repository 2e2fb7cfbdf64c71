import shutil
import subprocess
import sys
from importlib.metadata import entry_points, version

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from numerics.command_line.group import sharpness as group
from numerics.data import sources
from tests.numerics.command_line.conftest import SOURCE

HEAVY = ("numpy", "sympy", "scipy", "sklearn", "mpmath", "flint", "rich", "theory", "numerics.data")


def test_help_lists_every_installed_command_with_its_line(sharpness):
    result = sharpness("--help")
    assert (result.returncode, result.stderr) == (0, "")
    for entry in entry_points(group="sharpness.commands"):
        assert entry.name in result.stdout
    assert "Proved bounds on the sharpness" in result.stdout
    assert "completion" in result.stdout
    assert "sharpness bounds digits:3,5" in result.stdout
    assert sharpness().stdout == result.stdout


def test_help_loads_nothing_heavy(python_process):
    """What makes it quick, tested without a clock."""
    process = python_process(
        "import sys\n"
        "from numerics.command_line.group import sharpness\n"
        "from numerics.command_line.one_line_errors import run\n"
        "assert run(sharpness, ['--help']) == 0\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    out, error = process.communicate()
    assert error == ""
    assert out.splitlines()[-1] == "loaded: []"


def test_version(sharpness):
    assert sharpness("--version").stdout == f"sharpness {version('minimalist-sharpness')}\n"


def test_the_console_command_is_declared():
    (command,) = entry_points(group="console_scripts", name="sharpness")
    assert command.value == "numerics.command_line:main"


def test_help_of_bounds_explains_every_source_with_examples():
    result = CliRunner().invoke(group, ["bounds", "--help"])
    assert result.exit_code == 0
    for source in sources().values():
        for name in source.suffixes or (source.form,):
            assert name in result.output
    for option in ("depth", "imbalance", "alpha", "beta", "samples", "seed", "require-zero-loss", "json"):
        assert f"--{option}" in result.output
    assert max(map(len, result.output.splitlines())) <= 100


@pytest.mark.slow
def test_help_fits_eighty_columns(command, monkeypatch):
    """But for an address, which cannot be broken."""
    monkeypatch.setenv("COLUMNS", "80")
    names = [[name] for name in group.list_commands(None)]
    for words in [[], *names, ["data", "describe"], ["data", "fetch"]]:
        lines = command(*words, "--help").stdout.splitlines()
        assert [line for line in lines if len(line) > 80 and "://" not in line] == [], words


def test_a_command_that_cannot_be_loaded_is_one_line(python_process):
    process = python_process(
        "import sys\n"
        "from importlib.metadata import EntryPoint\n"
        "from numerics.command_line.group import sharpness\n"
        "from numerics.command_line.one_line_errors import run\n"
        "sharpness._installed['lost'] = EntryPoint('lost', 'no_such_module.at_all:command', 'sharpness.commands')\n"
        "assert '(cannot be loaded)' in sharpness.help_line('lost')\n"
        "sys.exit(run(sharpness, ['lost']))\n"
    )
    out, error = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert error.startswith("sharpness: the command 'lost' cannot be loaded (No module named 'no_such_module')")
    assert error.count("\n") == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(command, shell):
    result = command("completion", shell)
    assert (result.returncode, result.stderr) == (0, "")
    assert "_SHARPNESS_COMPLETE" in result.stdout
    if shutil.which(shell):  # and the shell can read them
        assert subprocess.run([shell, "-n"], input=result.stdout, text=True, check=False).returncode == 0


def _completed(*words: str) -> list[str]:
    shell = BashComplete(group, {}, "sharpness", "_SHARPNESS_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_completion_of_commands_options_and_data():
    assert {"bounds", "completion"} <= set(_completed(""))
    assert _completed("bou") == ["bounds"]
    assert _completed("bounds", "--requ") == ["--require-zero-loss"]
    examples = {source.example for source in sources().values() if not source.suffixes}
    assert set(_completed("bounds", "")) == examples
    assert _completed("bounds", "dig") == ["digits:3,5"]
    assert _completed("completion", "z") == ["zsh"]
    assert _completed("train", "digits:3,5", "--init", "bal") == ["balanced"]
    assert _completed("train", "digits:3,5", "--arithmetic", "mpf") == ["mpfr:200"]


@pytest.mark.slow
def test_files_are_offered_where_no_source_begins_so(sharpness):
    result = sharpness(COMP_WORDS="sharpness bounds ./da", _SHARPNESS_COMPLETE="bash_complete")
    assert result.stdout == "file,./da\n"


TAB = r"""
source "$1"
compopt() { :; }
while read -r COMP_LINE; do
    COMP_POINT=${#COMP_LINE}
    _sharpness_completion "$2"
    echo "${COMPREPLY[*]}"
done
"""


@pytest.mark.slow
def test_bash_is_told_what_to_put_behind_its_last_word_which_ends_at_a_colon(command, tmp_path):
    """A real bash with the real script; in a terminal bash replaces what stands behind the last colon."""
    program = tmp_path / "sharpness"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={SOURCE} exec {sys.executable} -m numerics.command_line "$@"\n')
    program.chmod(0o755)
    (tmp_path / "script").write_text(command("completion", "bash").stdout)
    meant = {
        "sharpness bounds digits:3": "3,5",
        "sharpness show thm-4.": "thm-4.3 thm-4.6",
    }
    done = subprocess.run(
        ["bash", "-c", TAB, "bash", str(tmp_path / "script"), str(program)],
        input="".join(f"{line}\n" for line in meant),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == list(meant.values())
