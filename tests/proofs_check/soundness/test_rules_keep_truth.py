"""Every rule, on random instances in random models: where the premises hold, so does the conclusion."""

import pytest

from proofs_check.rules import rules
from proofs_check.soundness.generators import GENERATORS
from proofs_check.soundness.trial import COSTLY, try_rule
from tests.effort import usually

JUDGED = usually(120, thoroughly=10_000)
"""Pairs of a theorem and a model for each rule; together 8 seconds of one core, and six minutes."""


@pytest.fixture
def seed(request):
    return request.config.getoption("--hypothesis-seed", None) or "0"


def test_every_rule_has_a_generator():
    assert set(GENERATORS) == set(rules())


@pytest.mark.slow
@pytest.mark.parametrize("rule", sorted(GENERATORS))
def test_what_a_rule_concludes_holds_in_every_model_of_its_premises(rule, seed):
    judged = JUDGED // 5 if rule in COSTLY else JUDGED
    found = try_rule(rule, rules(), seed, judged)
    assert not found.violation, found.violation
    assert found.judged >= judged
