"""Wrong versions of Corollary 5.4."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.flow_limits import balanced_limits
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.minimizers import deep_minimizers
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.bounds import balanced_minimizer
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import D, S, label_coefficients, later_layers, n_later_layers, spectrum, u, w, y
from theory.statements.cor_5_4 import BOUNDS
from theory.statements.lem_5_2 import START


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Another depth, other senses, lost hypotheses."""
    first, later = START
    deeper, shallower = balanced_minimizer(spectrum, D + 1), balanced_minimizer(spectrum, D - 1)
    yield Mutant("lower bound: one layer more", with_claim(statement, "lower", at_most(deeper.lower, S)))
    yield Mutant("upper bound: one layer less", with_claim(statement, "upper", at_most(S, shallower.upper)))
    yield Mutant("lower bound: strict", with_claim(statement, "lower", less(BOUNDS.lower, S)))
    yield Mutant("upper bound: strict", with_claim(statement, "upper", less(S, BOUNDS.upper)))
    yield Mutant("lower bound: twice", with_claim(statement, "lower", at_most(2 * BOUNDS.lower, S)))
    yield Mutant("upper bound: half", with_claim(statement, "upper", at_most(S, BOUNDS.upper / 2)))
    name = "balanced-at-the-limit"
    yield Mutant("all of u at the limit", with_claim(statement, name, equal(later_layers**2, (u**2).total())))
    yield Mutant("the limit is the start", with_claim(statement, name, equal(later_layers**2, later**2)))
    yield Mutant(
        "balanced with all of u", with_hypothesis(statement, "balanced", equal(later**2, (first**2).total())), _outside
    )
    yield Mutant("not balanced at the start", without_hypothesis(statement, "balanced"), _unbalanced)
    yield Mutant("a limit of no trajectory", without_hypothesis(statement, "flow"), _unrelated)
    yield Mutant("a limit that is no minimizer", without_hypothesis(statement, "minimizer"), _other_labels)
    yield Mutant("depth off by one", with_hypothesis(statement, "depth", equal(D, n_later_layers + 2)), _deeper)


def _unbalanced(statement: Statement) -> Iterator[Instance]:
    """Minimizers, which are trajectories of one point."""
    for instance in deep_minimizers():
        yield _resting(with_sharpness(instance, statement.sharpness()))


def _outside(statement: Statement) -> Iterator[Instance]:
    """Resting minimizers, with the part of u outside the row space as long as balance with all of u asks."""
    for instance in balanced_limits():
        first, later = value_of(instance, u), value_of(instance, later_layers)
        inner = value_of(instance, w)
        rest = first - (inner @ first) @ inner
        # c shrinks to 3/5 of the layers' length, and the part outside grows to 4/5 of it; the labels follow.
        if rest @ rest == 0:
            continue
        axis = _unit_outside(inner)
        if axis is None:
            continue
        moved = (inner @ first) @ inner * fmpq(3, 5) + axis * (later[0] * fmpq(4, 5))
        pairs = [(letter, value_of(instance, letter) * fmpq(3, 5)) for letter in (y, label_coefficients)]
        yield _resting(with_sharpness(with_values(instance, (u, moved), *pairs), statement.sharpness()))


def _unit_outside(inner: Array) -> Array | None:
    """A rational unit vector outside the row space, where a reflection gives one."""
    count, size = inner.shape
    if size == count:
        return None
    # The rows are the first of an orthogonal matrix of reflections: complete them.
    axis = np.array([fmpq(int(k == size - 1)) for k in range(size)], dtype=object)
    rest = axis - (inner @ axis) @ inner
    length = rest @ rest
    root = fmpq(int(length.p.root(2)), int(length.q.root(2)))
    return rest / root if root != 0 and root**2 == length else None


def _unrelated(statement: Statement) -> Iterator[Instance]:
    """An unbalanced minimizer beside the balanced start at zero."""
    first, later = START
    for instance in deep_minimizers():
        zeros = [(first, value_of(instance, u) * 0), (later, value_of(instance, later_layers) * 0)]
        yield with_sharpness(with_values(instance, *zeros), statement.sharpness())


def _other_labels(statement: Statement) -> Iterator[Instance]:
    for instance in balanced_limits():
        moved = with_values(
            instance, (y, 3 * value_of(instance, y)), (label_coefficients, 3 * value_of(instance, label_coefficients))
        )
        yield with_sharpness(moved, statement.sharpness())


def _deeper(statement: Statement) -> Iterator[Instance]:
    for instance in balanced_limits():
        moved = with_values(instance, (D, instance.scalars[D] + 1))
        yield with_sharpness(moved, statement.sharpness())


def _resting(instance: Instance) -> Instance:
    first, later = START
    return with_values(instance, (first, value_of(instance, u)), (later, value_of(instance, later_layers)))
