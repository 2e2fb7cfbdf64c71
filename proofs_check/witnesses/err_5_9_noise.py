"""Four samples x = 1, labels 0, 0, 1, 1, u = 2, v = 1, batches of one: the noise shrinks u more than v."""

from proofs_check.instances.instance import Instance
from proofs_check.proofs.thm_5_9 import with_uniform_batches
from proofs_check.witnesses.err_5_9 import one_feature
from theory.language.statement import Statement


def witness(statement: Statement) -> Instance:
    """Weights with C = 3 at which v^2 T_3 - T_4 = -3 T_3 is negative."""
    return with_uniform_batches(one_feature(labels=(0, 0, 1, 1), first_layer=2, second_layer=1), batch_size=1)
