"""Wrong versions of 'one more layer raises both bounds'."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Rational

from proofs_check.instances.instance import Instance
from proofs_check.instances.rational_roots import with_rational_root
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, SHALLOW
from theory.setting.symbols import D, spectrum


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Reversed senses, exaggerations, thresholds elsewhere."""
    Q = spectrum.difficulty
    yield Mutant("lower bound falls", with_claim(statement, "lower", less(DEEP.lower, SHALLOW.lower)))
    yield Mutant("upper bound falls", with_claim(statement, "upper", less(DEEP.upper, SHALLOW.upper)))
    yield Mutant("first term falls", with_claim(statement, "first-term", less(FIRST_DEEP, FIRST_SHALLOW)))
    yield Mutant("first term doubles", with_claim(statement, "first-term", less(2 * FIRST_SHALLOW, FIRST_DEEP)))
    yield Mutant("lower bound above the upper one", with_claim(statement, "lower", less(SHALLOW.upper, DEEP.lower)))
    yield Mutant("grows like the depth", with_claim(statement, "upper", less((D + 1) / D * SHALLOW.upper, DEEP.upper)))
    yield Mutant("without Q > 1", without_hypothesis(statement, "difficult"), _any)
    yield Mutant("Q > 1/4 suffices", with_hypothesis(statement, "difficult", less(Rational(1, 4), Q)), _near_one)
    yield Mutant("Q < 1 instead", with_hypothesis(statement, "difficult", less(Q, 1)), _any)


def _near_one(statement: Statement) -> Iterator[Instance]:
    return with_rational_root(fmpq(11, 12), fmpq(13, 12))


def _any(statement: Statement) -> Iterator[Instance]:
    return with_rational_root(fmpq(1, 3), fmpq(2))
