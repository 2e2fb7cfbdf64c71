"""Proof of Corollary 5.4: the limit is balanced as the start is, so that Theorem 4.6 applies."""

from proofs_check.engine.proof import Step
from proofs_check.proofs import claims_of, established
from theory.language.statement import Statement
from theory.setting.symbols import later_layers, u
from theory.statements.lem_5_2 import END

_AT_LIMIT = {END[0]: u, END[1]: later_layers}


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    at_minimizer = {"balanced": "balanced-at-the-limit"}
    return [
        claim("balanced-at-the-limit", established("lem-5.2-balanced", "stays-balanced", _AT_LIMIT)),
        claim("lower", established("thm-4.6", "lower", hypotheses=at_minimizer)),
        claim("upper", established("thm-4.6", "upper", hypotheses=at_minimizer)),
    ]
