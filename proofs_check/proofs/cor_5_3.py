"""Proof of Corollary 5.3: the imbalance at the limit is that of the start, so that Theorem 4.3 applies."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, established
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import END, IMBALANCE, START, imbalance
from theory.setting.symbols import u, v

_AT_LIMIT = {END[0]: u, END[1]: v}


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    conserved = equal(imbalance(u, v), imbalance(*START))
    return [
        Step("conserved", conserved, established("lem-5.2-two-layer", "conserved", _AT_LIMIT)),
        Step("imbalance-at-limit", IMBALANCE, Combination(fact("imbalance") - fact("conserved"))),
        *(
            claim(name, established("thm-4.3", name, hypotheses={"imbalance": "imbalance-at-limit"}))
            for name in ("weight", "lower", "upper")
        ),
    ]
