"""What is no part of a formula or of a statement is refused in one line, by a typed error, where it is written."""

import numpy as np
import pytest
from sympy import Dummy, Symbol

from theory.errors import ShapeError, SharpnessError, StatementError
from theory.language.calculus import coefficient
from theory.language.expectation import Mean
from theory.language.indexed import Axis, FamilySymbol, IndexedArray
from theory.language.relations import Relation, Sense, SpecialCase, at_most, equal, less
from theory.language.statement import Statement

N = Symbol("N", integer=True, positive=True)
x = Symbol("x", real=True)
AXIS = Axis(N, "ij")
FAMILY, SQUARE = IndexedArray.named("f", AXIS), IndexedArray.named("A", AXIS, AXIS)
SAYS = {"claim": equal(x, 1)}
NO_NUMBERS = [None, "x", [], {}, (1, 2), object(), AXIS, np.zeros((3, 3)), abs, True]

MADE_OF_NUMBERS = {
    "a place": FAMILY.at,
    "a position": FAMILY.__getitem__,
    "a row": SQUARE.row,
    "a sum": lambda part: FAMILY + part,
    "a product": lambda part: part * FAMILY if np.ndim(part) else FAMILY * part,
    "a power": lambda part: FAMILY**part,
    "an equation": lambda part: equal(x, part),
    "a bound": lambda part: at_most(FAMILY, part),
    "a strict bound": lambda part: less(part, x),
    "the sides of a relation": lambda part: Relation(part, Sense.EQUAL, x),
    "an expectation": Mean,
    "a polynomial": lambda part: coefficient(part, 1),
    "an order": lambda part: coefficient(x, part),
    "a general formula": lambda part: SpecialCase(part, (equal(x, 1),)),
}
MADE_OF_OTHERS = {
    "a name": lambda part: IndexedArray.named(part, AXIS),
    "an axis": lambda part: IndexedArray.named("f", part),
    "a second axis": lambda part: IndexedArray.chain("f", AXIS, part),
    "axes": lambda part: FamilySymbol("f", part, real=True),
    "one of the axes": lambda part: FamilySymbol("f", (part,), real=True),
    "a size": lambda part: Axis(part, "ij"),
    "letters": lambda part: Axis(N, part),
    "a matrix": lambda part: SQUARE @ part,
    "an outer product": FAMILY.outer,
    "scales": SQUARE.scaled_rows,
    "values": lambda part: SpecialCase(x, part),
    "one of the values": lambda part: SpecialCase(x, (part,)),
    "an id": lambda part: Statement(part, "", "", {}, SAYS),
    "hypotheses": lambda part: Statement("own", "", "", part, SAYS),
    "a hypothesis": lambda part: Statement("own", "", "", {"h": part}, SAYS),
    "claims": lambda part: Statement("own", "", "", {}, part),
    "a claim": lambda part: Statement("own", "", "", {}, {"c": part}),
    "what it depends on": lambda part: Statement("own", "", "", {}, SAYS, depends=part),
    "the meaning of letters": lambda part: Statement("own", "", "", {}, SAYS, variables=part),
}


def refused(make, part):
    with pytest.raises(SharpnessError) as told:
        make(part)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("make", MADE_OF_NUMBERS.values(), ids=MADE_OF_NUMBERS)
def test_what_is_no_number_stands_in_no_formula(make):
    for part in NO_NUMBERS:
        refused(make, part)


@pytest.mark.parametrize("make", MADE_OF_OTHERS.values(), ids=MADE_OF_OTHERS)
def test_every_part_is_of_its_kind(make):
    for part in (3, 2.5, object(), abs, b"f"):
        refused(make, part)


def test_a_chain_needs_an_axis():
    for make in (IndexedArray.named, IndexedArray.chain):
        with pytest.raises(ShapeError, match="needs an axis"):
            make("f")


def test_an_array_of_symbolic_size_is_no_sequence():
    """Python would ask for entry after entry, without end."""
    for make in (list, sum, lambda part: x in part, FAMILY.at, lambda part: equal(x, Mean(part))):
        with pytest.raises((ShapeError, StatementError), match=r"no sequence|needed"):
            make(FAMILY)


def test_families_of_sizes_that_share_a_name_are_apart():
    """SymPy remembers what it found of one, and would give it for the other."""
    sizes = (N, Symbol("N", integer=True), Dummy("N", integer=True, positive=True))
    assert len({FamilySymbol("f", (Axis(size, "ij"),), real=True) for size in sizes}) == 3
    assert FamilySymbol("f", (Axis(N, "i"),), real=True) == FamilySymbol("f", (Axis(N, "ij"),), real=True)
