"""Every rule, on random instances in random models: where the premises hold, so does the conclusion."""

from random import Random
from types import SimpleNamespace

import pytest

from proofs_check.rules import rules
from proofs_check.soundness.generators import GENERATORS
from proofs_check.soundness.random_terms.random_models import random_model
from proofs_check.soundness.semantics.truth import Truth
from proofs_check.soundness.trial import COSTLY, follows, try_rule
from tests.effort import usually
from theory.language.formulas import Kind, compare
from theory.language.terms import ZERO, Letter, entry, power

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


def test_a_seed_gives_the_same_model_in_whatever_order_hypotheses_are_looked_at():
    assumed = [compare(ZERO, Kind.AT_MOST, power(entry(Letter(name)), 2)) for name in "wxyz"]
    found = []
    for hypotheses in (assumed, assumed[::-1]):
        model = random_model(Random(0))
        theorem = SimpleNamespace(hypotheses=hypotheses, conclusion=assumed[0], rule="assume")
        assert follows(theorem, model) is Truth.HOLDS
        found.append(dict(model.letters))
    assert found[0] == found[1]
    assert len(found[0]) == 4
