"""Wrong versions of 'one more layer lowers the predicted sharpness'."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Integer

from proofs_check.instances.instance import Instance
from proofs_check.instances.rational_roots import with_rational_root
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, SHALLOW
from theory.setting.symbols import N, s, spectrum


def mutants(statement: Statement) -> Iterator[Mutant]:
    """The paper's reading of the whole bounds, reversed senses, exaggerations."""
    Q = spectrum.difficulty
    yield Mutant("the lower bound falls", with_claim(statement, "first-term", less(DEEP.lower, SHALLOW.lower)))
    yield Mutant("the upper bound falls", with_claim(statement, "first-term", less(DEEP.upper, SHALLOW.upper)))
    yield Mutant("it rises", with_claim(statement, "first-term", less(FIRST_SHALLOW, FIRST_DEEP)))
    yield Mutant("it halves", with_claim(statement, "first-term", less(2 * FIRST_DEEP, FIRST_SHALLOW)))
    yield Mutant("below its limit", with_claim(statement, "first-term", less(FIRST_DEEP, s[0] ** 2 * Q / N)))
    yield Mutant("without Q < 1", without_hypothesis(statement, "easy"), _any)
    yield Mutant("Q < 2 suffices", with_hypothesis(statement, "easy", less(Q, Integer(2))), _any)
    yield Mutant("Q > 1 instead", with_hypothesis(statement, "easy", less(Integer(1), Q)), _any)


def _any(statement: Statement) -> Iterator[Instance]:
    return with_rational_root(fmpq(1, 3), fmpq(13, 12))
