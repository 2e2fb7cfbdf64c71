"""Each Coq theorem, instantiated on concrete rational data, claims the number that Python computes on its own."""

import re
from pathlib import Path

import pytest

from proofs_check.kernel import coq
from proofs_check.kernel.table import open_modules
from tests.proofs_check.kernel.claims import file_of, file_of_all
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.remembered import BUILD, remembered

pytestmark = [pytest.mark.slow, needs_coq]


def holds(folder: Path, text: str) -> bool:
    """Whether Coq accepts the claims."""

    def ask() -> bool:
        file = folder / "instance.v"
        file.write_text(text, encoding="utf-8")
        try:
            coq.compile_file(file, [BUILD])
        except coq.CoqError as failure:
            print(failure)
            return False
        return True

    return remembered(text, ask)


def test_the_numbers_agree(tmp_path: Path) -> None:
    assert holds(tmp_path, file_of_all(0, open_modules()))


WRONG = [
    ("minimizer", r"(<= S <= \()", r"\g<1>-"),
    ("deep", r"(<= S <= \()", r"\g<1>-"),
    ("one_step", r"(v 0 = \()", r"\g<1>1 + "),
    ("derivatives", r"(2 0 \()", r"\g<1>1 + "),
    ("closed_forms", r"5 <= mean_S", "5.001 <= mean_S"),
]


@pytest.mark.parametrize(("family", "pattern", "replacement"), WRONG)
def test_a_wrong_number_is_refused(tmp_path: Path, family: str, pattern: str, replacement: str) -> None:
    text, changes = re.subn(pattern, replacement, file_of(family, 0, open_modules()), count=1)
    assert changes == 1
    assert not holds(tmp_path, text)
