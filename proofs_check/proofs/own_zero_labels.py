"""Proof that weights inside the ball stay in it: the bound for any labels, at labels zero."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, taken_over
from theory.language.numbers import square, total
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, u, v
from theory.statements.own_size import TOP_RATE


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        taken_over("own-size", "increment-at-most"),
        claim("increment", Combination(fact("increment-at-most"), ("zero-labels",))),
        claim(
            "never-grows", Combination(fact("increment") + eta / N * square(v) * total(square(X @ u)) * fact("inside"))
        ),
        claim("kept", Combination(fact("inside") + TOP_RATE * fact("never-grows"))),
    ]
