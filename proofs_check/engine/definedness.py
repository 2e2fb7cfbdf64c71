"""Whether everything that a statement says has a value: the sign of every divisor and of every base of a power."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proofs_check.engine.consequence import Consequences, definitions_of, signs_from_facts
from proofs_check.engine.expectations import Expectations
from proofs_check.engine.proof import Goal, State
from proofs_check.engine.tactics import Rewriting, Signs
from theory.errors import StatementError
from theory.language import terms
from theory.language.definedness import Condition, conditions
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.substitution import instantiate
from theory.language.terms import INVERSE, MULTIPLY, NUMBER, OUTCOME, POWER, ZERO, Term


def see_defined(formulas: Mapping[str, Formula], state: State) -> None:
    """See that hypotheses or claims have a meaning, by what the state holds.

    Raises:
        StatementError: something need not have a value; the message names it.
    """
    shown = _Shown(state)
    for name, formula in formulas.items():
        for condition in conditions(formula):
            if not shown.holds(condition):
                raise StatementError(
                    f"{state.statement.id}, {name!r}: {condition.place} need not have a value: "
                    f"{condition.formula} is not shown"
                )


class _Shown:
    """What can be shown in one state."""

    def __init__(self, state: State) -> None:
        self.state = state
        plain = [name for name, one in state.facts.items() if one.conclusion.left == ZERO]
        self.names = (tuple(state.read.hypotheses), tuple(plain), tuple(state.facts))
        self.told: list[Signs] = []

    def _signs(self) -> Iterator[Signs]:
        """Signs that know more and more facts, made when they are asked for."""
        for place, names in enumerate(self.names):
            if len(self.told) == place:
                self.told.append(signs_from_facts(self.state, names))
            yield self.told[place]

    def holds(self, condition: Condition) -> bool:
        """Whether a condition is shown."""
        said = condition.formula
        if said.kind is Kind.INTEGRABLE:
            return self._integrable(said)
        if said.kind is Kind.DIFFERENT:
            return self._nonzero(said.left)
        exponent = condition.exponent
        sign = None if exponent is None else next(self._signs()).of(exponent)
        base_zero = sign is not None and sign.conclusion.kind is Kind.LESS
        return self._signed(said.right, Kind.AT_MOST if base_zero else said.kind)

    def _integrable(self, said: Formula) -> bool:
        if any(said == known.conclusion for known in self.state.integrable):
            return True
        random = instantiate(said.terms[0], terms.THE_OUTCOME)
        definitions = definitions_of(self.state)
        equations = [one for letter, one in definitions.items() if OUTCOME in letter.sorts]
        try:
            Expectations(Rewriting(Signs(self.state), equations)).integrable(random)
        except StatementError:
            return False
        return True

    def _signed(self, term: Term, kind: Kind) -> bool:
        """`0 < t` or `0 <= t`, by its form, or as a consequence of facts."""
        if self._by_form(term, kind):
            return True
        free = sorted(terms.indices(term), key=lambda one: one.key)
        try:
            Consequences(self.state).theorem(Goal(closed(compare(ZERO, kind, term), *free), {}, free))
        except StatementError:
            return False
        return True

    def _by_form(self, term: Term, kind: Kind) -> bool:
        for signs in self._signs():
            shown = signs.of(term)
            if shown is not None and (kind is Kind.AT_MOST or shown.conclusion.kind is Kind.LESS):
                return True
            if term.head == NUMBER or not terms.letters(term):
                return False
        return False

    def _nonzero(self, term: Term) -> bool:
        """`t != 0`; a product differs from 0 where every factor does."""
        if term.head in (MULTIPLY, POWER, INVERSE):
            return all(self._nonzero(part) for part in term.arguments)
        if term.head == NUMBER:
            return bool(term.data)
        if any(signs.differs(term) is not None for signs in self._signs()):
            return True
        return any(self._signed(terms.multiply(terms.number(sign), term), Kind.LESS) for sign in (1, -1))
