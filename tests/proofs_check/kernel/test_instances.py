"""Each Coq theorem, instantiated on concrete rational data, claims the number that Python computes on its own.

That Coq accepts all of these is a part of `test_mutants.test_what_is_not_changed_survives`.
"""

import re

import pytest

from proofs_check.kernel.table import open_modules
from tests.proofs_check.kernel.claims import file_of
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.remembered import remembered
from tests.proofs_check.kernel.whole_kernel import accepts

pytestmark = [pytest.mark.slow, needs_coq]


WRONG = [
    ("minimizer", r"(<= S <= \()", r"\g<1>-"),
    ("deep", r"(<= S <= \()", r"\g<1>-"),
    ("one_step", r"(v 0 = \()", r"\g<1>1 + "),
    ("derivatives", r"(2 0 \()", r"\g<1>1 + "),
    ("closed_forms", r"5 <= mean_S", "5.001 <= mean_S"),
]


@pytest.mark.parametrize(("family", "pattern", "replacement"), WRONG)
def test_a_wrong_number_is_refused(family: str, pattern: str, replacement: str) -> None:
    text, changes = re.subn(pattern, replacement, file_of(family, 0, open_modules()), count=1)
    assert changes == 1
    assert not remembered(text, lambda: accepts({"instance": text}))
