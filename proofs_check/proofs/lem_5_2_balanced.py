"""Proof that balanced layers stay balanced: an imbalance that is zero at the start is zero later."""

import random
from collections.abc import Iterator

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.any_depth import balanced_minimizers, with_flow
from proofs_check.instances.evaluation import Instance
from proofs_check.instances.two_layer import value_of, vector, with_values
from proofs_check.methods.certificate import Certificate
from proofs_check.proofs import established
from theory.language.statement import Statement
from theory.setting.symbols import e, label_coefficients, later_layers, y
from theory.statements.lem_5_2 import END, START
from theory.statements.lem_5_2 import STATEMENT as LEMMA


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    claim = statement.claims["stays-balanced"]
    (layer,) = claim.free_indices
    return [
        Step("conserved", LEMMA.claims["conserved"], established("lem-5.2", "conserved")),
        Step("stays-balanced", claim, Certificate(fact("balanced", layer) - fact("conserved", layer))),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Trajectories from balanced weights, enclosed, towards other labels than those of the start."""
    source = random.Random(5)
    for instance in balanced_minimizers():
        other = vector(source, len(value_of(instance, label_coefficients)))
        moved = with_values(instance, (label_coefficients, other), (y, other @ value_of(instance, e)))
        yield with_flow(moved, START, END, value_of(instance, later_layers))
