"""Checking many variants of a proof: what they have in common is read and searched for once.

A variant has a step fewer, or one that says something else. A statement's formulas are the same each time it is read,
and a step's theorem each time it is established from the same facts; so both are kept. From other facts a step is
established anew.
"""

from copy import copy
from dataclasses import replace

from theory.errors import StatementError
from theory.language.expression_reader import Reader
from theory.language.statement_reader import read


class Remembered:
    """A method that does not search for the same claim from the same premises twice; from others it searches anew."""

    def __init__(self, method, step, found):
        self.method = method
        self.step = step
        known = found.setdefault(step, [])  # methods of this step, which need not have a hash
        if method not in known:
            known.append(method)
        self.number = known.index(method)
        self.found = found

    def __getattr__(self, name):
        return getattr(self.method, name)

    def establish(self, claim, state):
        names = state.facts if self.method.name == "established" else self.method.uses  # it looks at what facts say
        used = {name: state.facts[name].conclusion for name in names if name in state.facts}
        premises = (self.step, self.number, claim, frozenset(used.items()), len(state.integrable))
        if premises not in self.found:
            before = len(state.integrable)
            try:
                theorem = self.method.establish(claim, state)
            except StatementError as error:
                self.found[premises] = error, []
            else:
                self.found[premises] = theorem, state.integrable[before:]
        theorem, integrable = self.found[premises]
        if isinstance(theorem, StatementError):
            raise theorem
        state.integrable = [*state.integrable, *(one for one in integrable if one not in state.integrable)]
        return theorem


def remembering(steps, found):
    """The steps with methods that keep what they find."""
    return [replace(step, method=Remembered(step.method, step.id, found)) for step in steps]


class RememberingReader(Reader):
    """A reader that keeps the formula of a relation with the names that stand in it; names that clash are an error."""

    known: dict

    def relation(self, relation):
        letters = (relation, self.random, frozenset(self.sizes.items()))
        if letters not in self.known:
            alone = Reader(sizes=copy(self.sizes), random=self.random)
            self.known[letters] = alone.relation(relation), alone
        formula, alone = self.known[letters]
        for kind in ("sizes", "seen", "named", "functions"):
            mine = getattr(self, kind)
            if any(mine.setdefault(name, one) != one for name, one in getattr(alone, kind).items()):
                raise StatementError(f"{relation} has names that stand for something else")
        return formula


def reading_once():
    """`read`, which gives the same formulas for the same statement, and each time a reader of its own."""
    statements, relations = [], {}

    def read_again(given):
        if not any(statement is given for statement, _ in statements):
            statements.append((given, read(given)))
        first = next(one for statement, one in statements if statement is given)
        reader = RememberingReader(**{name: copy(value) for name, value in vars(first.reader).items()})
        reader.known = relations
        return replace(first, reader=reader)

    return read_again
