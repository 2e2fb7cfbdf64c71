"""Proof that weights inside the ball stay in it: the bound for any labels, at labels zero."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established
from theory.language.numbers import square, total
from theory.language.statement import Statement
from theory.setting.symbols import N, X, eta, u, v
from theory.statements.own_size import STATEMENT as ANY_LABELS
from theory.statements.own_size import TOP_RATE


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        Step("increment-at-most", ANY_LABELS.claims["increment-at-most"], established("own-size", "increment-at-most")),
        Step("increment", claims["increment"], Combination(fact("increment-at-most"), ("zero-labels",))),
        Step(
            "never-grows",
            claims["never-grows"],
            Combination(fact("increment") + eta / N * square(v) * total(square(X @ u)) * fact("inside")),
        ),
        Step("kept", claims["kept"], Combination(fact("inside") + TOP_RATE * fact("never-grows"))),
    ]
