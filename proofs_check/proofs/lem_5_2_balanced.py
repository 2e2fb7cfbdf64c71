"""Proof that balanced layers stay balanced: an imbalance that is zero at the start is zero later."""

import random
from collections.abc import Iterator

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import vector
from proofs_check.instances.gradient_flow import with_flow
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.minimizers import balanced_minimizers
from proofs_check.methods.combination import Combination
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
        Step("stays-balanced", claim, Combination(fact("balanced", layer) - fact("conserved", layer))),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Trajectories from balanced weights, enclosed, towards other labels than those of the start."""
    source = random.Random(5)
    for instance in balanced_minimizers():
        other = vector(source, len(value_of(instance, label_coefficients)))
        moved = with_values(instance, (label_coefficients, other), (y, other @ value_of(instance, e)))
        yield with_flow(moved, START, END, value_of(instance, later_layers))
