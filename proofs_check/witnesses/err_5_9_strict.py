"""One sample x = 1, y = 0 with u = v = 1: both layers shrink alike, and the imbalance stays 0."""

from proofs_check.instances.instance import Instance
from proofs_check.witnesses.err_5_9 import one_feature
from theory.language.statement import Statement


def witness(statement: Statement) -> Instance:
    """Balanced weights on one sample."""
    return one_feature(labels=(0,), first_layer=1, second_layer=1)
