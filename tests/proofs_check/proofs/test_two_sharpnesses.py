"""A statement that speaks of two sharpnesses: each bound must concern the one that it names."""

from dataclasses import replace

import pytest

from proofs_check.engine.proof import Outcome, check_proof
from proofs_check.proofs import proof_of
from theory.language.relations import Relation
from theory.setting.symbols import S
from theory.setting.two_minimizers import OTHER_S
from theory.statements import statement

REMARK = statement("rem-4.4-exact")


@pytest.mark.parametrize("name", ["first-mode", "quotient"])
def test_a_quotient_of_one_point_does_not_bound_the_other(name):
    steps = proof_of(REMARK)
    swapped = [
        replace(step, claim=Relation(step.claim.left, step.claim.sense, step.claim.right.xreplace({S: OTHER_S})))
        if step.id == name
        else step
        for step in steps
    ]
    claims, records, _ = check_proof(REMARK, swapped)
    assert claims["falls"] is Outcome.OPEN
    assert next(record for record in records if record.id == name).outcome is Outcome.OPEN
