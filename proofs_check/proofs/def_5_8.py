"""Proof of what Definition 5.8 predicts, from Theorem 4.6's bounds."""

from collections.abc import Iterator

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import at_precision
from proofs_check.instances.real_data import at_balanced_minimizer, digits, enclose_claims
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import established
from theory.language.numbers import power
from theory.language.statement import Statement
from theory.setting.symbols import D, N, label_coefficients, n_later_layers, spectrum
from theory.statements.thm_4_6 import STATEMENT as THEOREM

_positive = ("nonzero-labels",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    label_term = n_later_layers * power(spectrum.difficulty, -1, D) * label_coefficients[0] ** 2 / N
    return [
        Step("first-term", claims["first-term"], identity(given=_positive)),
        Step("gap", claims["gap"], identity(given=_positive)),
        Step("two-layers", claims["two-layers"], identity(given=_positive)),
        Step("lower", THEOREM.claims["lower"], established("thm-4.6", "lower")),
        Step("below", claims["below"], Combination(fact("lower") + label_term, ("depth",), given=_positive)),
        Step("upper", THEOREM.claims["upper"], established("thm-4.6", "upper")),
        Step("close", claims["close"], Combination(fact("upper"), given=_positive)),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at the balanced minimizer of depth 3."""
    with at_precision():
        instance = at_balanced_minimizer(digits(), depth=3)
    yield from enclose_claims(statement, instance)
