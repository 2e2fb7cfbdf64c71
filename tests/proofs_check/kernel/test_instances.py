"""Each Coq theorem, instantiated on concrete rational data, claims the number that Python computes on its own.

That Coq accepts all of these is a part of `test_mutants.test_a_changed_sign_is_noticed_and_nothing_else`.
"""

import re

import pytest

from proofs_check.kernel.table import open_modules
from tests.proofs_check.kernel.claims import file_of
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.remembered import remembered
from tests.proofs_check.kernel.whole_kernel import ACCEPTED, answers

pytestmark = [pytest.mark.slow, needs_coq]


WRONG = [
    ("minimizer", r"(<= S <= \()", r"\g<1>-"),
    ("deep", r"(<= S <= \()", r"\g<1>-"),
    ("one_step", r"(v 0 = \()", r"\g<1>1 + "),
    ("derivatives", r"(2 0 \()", r"\g<1>1 + "),
    ("closed_forms", r"5 <= mean_S", "5.001 <= mean_S"),
]


def test_a_wrong_number_is_refused_and_a_right_one_is_not() -> None:
    texts = [file_of("deep", 0, open_modules())]
    for family, pattern, replacement in WRONG:
        text, changes = re.subn(pattern, replacement, file_of(family, 0, open_modules()), count=1)
        assert changes == 1
        texts.append(text)

    def asked() -> bool:
        accepted = [ACCEPTED in said for said in answers([{"instance": text} for text in texts])]
        return accepted == [True] + [False] * len(WRONG)

    assert remembered("".join(texts), asked)
