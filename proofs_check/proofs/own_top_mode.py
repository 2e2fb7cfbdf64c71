"""Proof of the law of blow-up with a drift: one step written in the modes."""

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import identity
from theory.language.statement import Statement

_letters = ("scaled-first", "scaled-second", "scaled-label", "drift")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    step = ("svd", "labels", "step-first", "step-second", *_letters)
    return [Step(name, claim, identity(*step)) for name, claim in statement.claims.items()]
