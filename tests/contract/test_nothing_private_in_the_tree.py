"""Tracked files speak of the project alone: no path of one machine, no address of a package registry."""

import re
import subprocess
from pathlib import Path

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "|".join(["home", "root", "work", "tmp", "Users"]) + r")/\w")
REGISTRY = re.compile("|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "deb" + r"ian\.org", "npm" + r"js\.org"]))


def offences(text):
    return MACHINE_PATH.findall(text) + REGISTRY.findall(text)


def test_no_machine_path_and_no_registry():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        assert not offences(text), f"{name}: {offences(text)}"


def test_the_check_sees_what_it_looks_for():
    assert offences("see /ho" + "me/someone/file")
    assert offences("https://py" + "pi.org/simple")
    assert not offences("a/work/item and 1/tmp")
