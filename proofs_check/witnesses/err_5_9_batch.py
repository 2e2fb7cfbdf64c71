"""The point that refutes the comparison with gradient descent: batches of two lower C less than batches of one."""

from proofs_check.instances.instance import Instance, with_values
from proofs_check.witnesses.err_5_9_noise import witness as batches_of_one
from theory.language.statement import Statement
from theory.statements.rem_5_9 import LARGER


def witness(statement: Statement) -> Instance:
    """Batches of one against batches of two."""
    return with_values(batches_of_one(statement), (LARGER, 2))
