"""What is free in an expression, against SymPy's own search, on everything that is stated."""

from theory.errata import all_errata
from theory.language.free_symbols import free_symbols
from theory.language.relations import Relation
from theory.statements import all_statements


def test_what_is_free_in_every_relation_is_what_sympy_finds():
    stated = [*all_statements().values(), *(one.literal for one in all_errata().values())]
    said = [part for one in stated for part in (*one.hypotheses.values(), *one.claims.values())]
    sides = {side for one in said if isinstance(one, Relation) for side in (one.left, one.right)}
    assert len(sides) > 300
    assert [side for side in sides if free_symbols(side) != side.free_symbols] == []
