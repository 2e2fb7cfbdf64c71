"""Proof of Corollary 5.3: the imbalance at the limit is that of the start, so that Theorem 4.3 applies."""

from collections.abc import Iterator

from proofs_check.evaluation import Instance
from proofs_check.flow_limits import two_layer_limits
from proofs_check.instances import with_sharpness
from proofs_check.letters import substitute
from proofs_check.methods.certificate import Certificate
from proofs_check.methods.established import Established
from proofs_check.proof import Step, fact
from theory.hypotheses import IMBALANCE
from theory.statement import Statement
from theory.statements.lem_5_2_two_layer import END
from theory.statements.lem_5_2_two_layer import STATEMENT as LEMMA
from theory.symbols import u, v

_AT_LIMIT = {END[0]: u, END[1]: v}


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    conserved = substitute(LEMMA.claims["conserved"], _AT_LIMIT)
    return [
        Step("conserved", conserved, Established("lem-5.2-two-layer", "conserved", _AT_LIMIT)),
        Step("imbalance-at-limit", IMBALANCE, Certificate(fact("imbalance") - fact("conserved"))),
        *(
            Step(
                name,
                statement.claims[name],
                Established("thm-4.3", name, hypotheses={"imbalance": "imbalance-at-limit"}),
            )
            for name in ("weight", "lower", "upper")
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Starts and limits on one hyperbola, exact, with the sharpness at the limit."""
    for instance in two_layer_limits():
        yield with_sharpness(instance, statement.sharpness())
