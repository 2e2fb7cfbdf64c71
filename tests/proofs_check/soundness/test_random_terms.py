"""Groups of terms that look alike: which of them no rule may call equal, and how many of them are asked about."""

from itertools import combinations
from random import Random

import pytest

from proofs_check.rules import rules
from proofs_check.soundness.random_terms.lookalikes import GROUPS, unequal_pairs
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.truth import Truth
from theory.language.formulas import Kind, compare


@pytest.mark.parametrize("make", dict.fromkeys(GROUPS), ids=lambda one: one.__name__.strip("_"))
def test_pairs_that_are_told_apart_are_all_that_differ_in_the_model(make):
    for seed in range(5):
        world = World(Random(seed), rules())
        group = list(dict.fromkeys(make(world)))
        differing = {
            pair
            for pair in combinations(group, 2)
            if judge(compare(pair[0], Kind.EQUAL, pair[1]), world.model) is Truth.VIOLATED
        }
        assert set(unequal_pairs(world, group, places=10**6)) == differing
        assert set(unequal_pairs(world, group)) <= differing
