"""Proof of what Definition 5.8 predicts, from Theorem 4.6's bounds."""

from collections.abc import Iterator

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import at_precision
from proofs_check.instances.real_data import at_balanced_minimizer, digits, enclose_claims
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of, taken_over
from theory.language.numbers import power
from theory.language.statement import Statement
from theory.setting.symbols import D, N, label_coefficients, n_later_layers, spectrum

_positive = ("nonzero-labels",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    label_term = n_later_layers * power(spectrum.difficulty, -1, D) * label_coefficients[0] ** 2 / N
    return [
        claim("first-term", identity(given=_positive)),
        claim("gap", identity(given=_positive)),
        claim("two-layers", identity(given=_positive)),
        taken_over("thm-4.6", "lower"),
        claim("below", Combination(fact("lower") + label_term, ("depth",), given=_positive)),
        taken_over("thm-4.6", "upper"),
        claim("close", Combination(fact("upper"), given=_positive)),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at the balanced minimizer of depth 3."""
    with at_precision():
        instance = at_balanced_minimizer(digits(), depth=3)
    yield from enclose_claims(statement, instance)
