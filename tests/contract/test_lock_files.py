"""What `make verify` sets up is part of what `make test` does, in the same versions, and all that the package needs."""

import re
import tomllib

from tests.contract.test_imports_go_one_way import ROOT


def pins(name):
    return set(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


def test_the_proofs_are_checked_with_the_same_versions_as_everything():
    few, all_of_them = pins("requirements-ledger.lock"), pins("requirements.lock")
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert few <= all_of_them
    assert {re.match(r"[\w-]+", one).group() for one in asked} <= {name for name, _ in few}
    assert len(few) < len(all_of_them) / 3
