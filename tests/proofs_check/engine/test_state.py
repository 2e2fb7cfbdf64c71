"""What a proof may take for granted is what the hypotheses and the functions themselves say, whatever their names."""

from dataclasses import replace

import pytest
from sympy import Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.ledger.verification import verify
from proofs_check.methods.combination import Combination, identity
from theory.errors import StatementError
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.language.unknown_activation import Activation, ActivationSlope
from theory.statements import statement

x, y = Symbol("x", real=True), Symbol("y", real=True)
CLAIM = at_most(0, x + y**2)


def axioms(**hypotheses):
    given = Statement("small", "", "", hypotheses, {"claim": CLAIM})
    (name,) = hypotheses
    _, _, state = check_proof(given, [Step("claim", CLAIM, Combination(fact(name) + y**2))])
    return state.axioms("claim")


def test_the_axiom_that_grants_a_hypothesis_lies_under_all_that_uses_it():
    assert axioms(known=replace(at_most(0, x), granted_by="decomposition")) == {"decomposition"}


def test_the_name_of_a_hypothesis_grants_nothing():
    assert axioms(svd=at_most(0, x)) == frozenset()


def test_an_axiom_that_is_not_in_the_trusted_base_is_an_error():
    given = statement("def-4.1")
    hypotheses = {name: replace(h, granted_by="hope") if name == "svd" else h for name, h in given.hypotheses.items()}
    with pytest.raises(StatementError, match="rests on hope"):
        verify(replace(given, hypotheses=hypotheses), real_data=False)


@pytest.mark.parametrize(
    ("divisor", "differs"),
    [
        (ActivationSlope(x), True),
        (2 * ActivationSlope(x) ** 2, True),
        (Activation(x), False),
        (x * ActivationSlope(x), False),
    ],
)
def test_only_a_function_that_is_zero_nowhere_may_be_divided_by(divisor, differs):
    claim = equal((divisor * y + divisor) / divisor, y + 1)
    claims, _, _ = check_proof(Statement("small", "", "", {}, {"claim": claim}), [Step("claim", claim, identity())])
    assert (claims["claim"] is Outcome.PROVED) is differs


def test_what_a_method_does_to_its_state_changes_nothing_that_is_trusted():
    """The statement is read once for both states, which share nothing that can be written in."""

    class Forger:
        name, uses = "forgery", frozenset()

        def establish(self, claim, state):
            easy = state.formula(equal(x, x))
            for part in (state.read.claims, state.read.hypotheses, state.read.domains):
                part.update(dict.fromkeys(("claim", *part), easy))
            state.read.reader.seen["forged"] = x
            return identity().establish(equal(x, x), state)

    claim = equal(x, y)
    claims, records, state = check_proof(
        Statement("small", "", "", {"known": at_most(0, x)}, {"claim": claim}), [Step("claim", claim, Forger())]
    )
    assert claims == {"claim": Outcome.OPEN}
    assert [one.outcome for one in records] == [Outcome.OPEN]
    assert set(state.read.hypotheses) == {"known"}
    assert set(state.read.reader.seen) == {"x", "y"}
