"""Proof of the exact change: all powers of Q are powers of one root."""

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.one_more_layer import POWERS, powers
from proofs_check.methods.combination import Combination
from theory.language.statement import Statement
from theory.setting.one_more_layer import ROOT
from theory.setting.symbols import s


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    difficulty = -(s[0] ** 2) * (ROOT - 1) * fact("root")
    return [
        *powers(),
        *(
            Step(name, claim, Combination(difficulty, POWERS, given=("nonzero-labels",)))
            for name, claim in statement.claims.items()
        ),
    ]
