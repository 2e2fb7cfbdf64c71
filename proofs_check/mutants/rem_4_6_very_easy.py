"""Wrong versions of 'one more layer lowers both bounds'."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq
from sympy import Expr, Integer

from proofs_check.instances.instance import Instance
from proofs_check.instances.rational_roots import with_rational_root
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.language.reading import label_of as label
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, ROOT, SHALLOW
from theory.setting.symbols import D, N, label_coefficients, rank, s, spectrum


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wider thresholds, reversed senses, exaggerations."""
    Q = spectrum.difficulty

    def threshold(name: str, value: Expr) -> Mutant:
        return Mutant(f"threshold: {name}", with_hypothesis(statement, "very-easy", less(Q, value)), _at_the_edge)

    yield threshold("1", Integer(1))
    yield threshold("D/(D+1)", D / (D + 1))
    yield threshold("its power D", (D / (D + 1)) ** D)
    yield threshold("(D+1)/(D+2) for D/(D+1)", ((D + 1) / (D + 2)) ** (D * (D + 1)))
    reached = at_most(Q, (D / (D + 1)) ** (D * (D + 1)))
    yield Mutant("threshold: reached", with_hypothesis(statement, "very-easy", reached), _at_the_edge)
    yield Mutant("no threshold", without_hypothesis(statement, "very-easy"), _at_the_edge)
    yield Mutant("singular values in any order", without_hypothesis(statement, "descending"), _ascending)
    yield Mutant("lower bound rises", with_claim(statement, "lower", less(SHALLOW.lower, DEEP.lower)))
    yield Mutant("upper bound rises", with_claim(statement, "upper", less(SHALLOW.upper, DEEP.upper)))
    yield Mutant("upper bound halves", with_claim(statement, "upper", less(2 * DEEP.upper, SHALLOW.upper)))
    yield Mutant("below the lower bound", with_claim(statement, "upper", less(DEEP.upper, SHALLOW.lower)))


def _at_the_edge(statement: Statement) -> Iterator[Instance]:
    """Rank 1 at depth 2, with t from 2/3, where nothing changes, upwards."""
    for root in (fmpq(2, 3), fmpq(7, 10), fmpq(3, 4), fmpq(9, 10)):
        yield _instance(root, [fmpq(1)], [root**3])


def _ascending(statement: Statement) -> Iterator[Instance]:
    """A second singular value so large that the labels outweigh `s_1^2 Q`."""
    root = fmpq(7, 12)
    yield _instance(root, [fmpq(1), fmpq(100)], [root**3 * 3 / 5, 100 * root**3 * 4 / 5])
    yield from with_rational_root(fmpq(1, 5), fmpq(7, 12))


def _instance(root: fmpq, values: list[fmpq], labels: list[fmpq]) -> Instance:
    return Instance(
        {N: len(values), rank: len(values), D: 2, ROOT: root},
        {label(s): np.array(values, dtype=object), label(label_coefficients): np.array(labels, dtype=object)},
    )
