"""Proof that Definition E.3 is Definition 4.2 where the activation is the identity."""

from collections.abc import Iterator

from proofs_check.engine.proof import Step, StepRecord
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import X, u, v


def proof(statement: Statement) -> list[Step]:
    """One identity."""
    claim = claims_of(statement)
    return [claim("linear", identity())]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, with the first image for a first layer."""
    instance = digits()
    yield from enclose_claims(statement, with_values(instance, (u, value_of(instance, X)[0]), (v, 1)))
