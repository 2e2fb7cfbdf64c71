"""What a statement is made of, without ambiguity: typed terms with bound variables that have no names.

A term is a real number or an index. An index belongs to an axis, which stands for the range of its indices, or to the
outcomes of chance. A binder (a sum, a product, an expectation, a coefficient, a derivative) binds one variable, which
is a number counting binders outwards: no name can be captured, and equal terms are terms that mean the same letter by
letter. A letter is a number, or a family of numbers over the sorts that it is declared with.

Every function here has a value everywhere, as in proof assistants: `1/0 = 0`, and `x^p` with a real `p` is 0 for
`x < 0`, and for `x = 0` unless `p = 0`. A rule says where it needs more; a statement must show that nothing it says
rests on such a value.

Sums and products of terms are kept flat and in one order, so that two ways to write them give one term.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import gcd, prod
from operator import attrgetter
from typing import Any, Final

from theory.errors import StatementError
from theory.language.sealed import Sealed, SealedEnum


def exactly(value: object, *kinds: type) -> None:
    """Refuse a value that is not of one of the kinds itself: a kind of one's own could answer as it likes.

    Raises:
        TypeError: another kind.
    """
    own = type(value)
    for kind in kinds:
        if own is kind:  # `==` and `in` would ask the class of `own` what it is
            return
    raise TypeError(f"{' or '.join(kind.__name__ for kind in kinds)} is needed, not {own.__name__}")


@dataclass(frozen=True, order=True, slots=True)
class Axis(metaclass=Sealed):
    """A range of indices 1..size; the size, named here, is a whole number of at least 1."""

    size: str

    def __post_init__(self) -> None:
        exactly(self.size, str)

    def __str__(self) -> str:
        return f"1..{self.size}"


@dataclass(frozen=True, order=True, slots=True)
class Special(metaclass=Sealed):
    """A sort that is no axis: the real numbers, or the outcomes of chance."""

    name: str

    def __post_init__(self) -> None:
        exactly(self.name, str)
        if self.name not in ("real", "outcome"):
            raise StatementError(f"there is no sort {self.name}")

    def __str__(self) -> str:
        return self.name


REAL: Final = Special("real")
OUTCOME: Final = Special("outcome")
Sort = Axis | Special


class Mark(Enum, metaclass=SealedEnum):
    """What tells letters and indices of the kernel's own from all that a statement can speak of."""

    OWN = "own"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Letter(metaclass=Sealed):
    """A number, or a family of numbers with one index of each sort.

    Attributes:
        name: what it is called; two letters are one only if name, sorts and kind agree.
        sorts: an axis for each index, `OUTCOME` first where the letter is random.
        kind: `""` for the letters of a statement, `"weight"` for the weights that a loss is a function of, `"next"` for
            a family one place further along its first axis: `x[i]` of this kind is the entry `x[i + 1]`, and every
            family has one entry more there than its axis has indices.
        key: what letters are put in order by; no two have the same.
    """

    name: str
    sorts: tuple[Sort, ...] = ()
    kind: str | Mark = ""
    key: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        exactly(self.name, str)
        exactly(self.sorts, tuple)
        exactly(self.kind, str, Mark)
        if self.kind not in ("", "weight", "next", Mark.OWN, Mark.LAST):
            raise StatementError(f"there is no kind of letter {self.kind}")
        if self.kind == "next" and not (self.sorts and type(self.sorts[0]) is Axis):
            raise StatementError(f"{self.name} has no first axis to go on along")
        for place, sort in enumerate(self.sorts):
            exactly(sort, Axis, Special)
            if sort == REAL or (sort == OUTCOME and place > 0):
                raise StatementError(f"{self.name} cannot have {sort} as the sort of its index {place + 1}")
        object.__setattr__(self, "key", (self.name, str(self.kind), *map(str, self.sorts)))

    def __hash__(self) -> int:
        return hash(self.name)


NUMBER, SIZE, BOUND, INDEX, FIRST, END, ENTRY = "number", "size", "bound", "index", "first", "end", "entry"
ADD, MULTIPLY, POWER, INVERSE, REAL_POWER, APPLY = "add", "multiply", "power", "inverse", "real power", "apply"
DELTA, SUM, PRODUCT, COEFFICIENT, DERIVATIVE, MEAN = "delta", "sum", "product", "coefficient", "derivative", "mean"
BINDERS: Final = frozenset({SUM, PRODUCT, COEFFICIENT, DERIVATIVE, MEAN})
"""Heads that bind a variable in their first argument."""

_RANK = {
    head: rank
    for rank, head in enumerate(
        [
            *(NUMBER, SIZE, BOUND, INDEX, FIRST, END, ENTRY, DELTA, POWER, REAL_POWER, INVERSE, MULTIPLY, ADD),
            *(APPLY, SUM, PRODUCT, COEFFICIENT, DERIVATIVE, MEAN),
        ]
    )
}


_NOTHING: Final[frozenset[Term]] = frozenset()
_KEY = attrgetter("key")


class Term(metaclass=Sealed):
    """A head, what it carries, and its arguments. Made by the functions below alone, which see that it is well formed.

    Attributes:
        head: one of the names above.
        data: a number, an axis, a letter, a count; what it is depends on the head.
        arguments: terms.
        loose: how many binders around it its bound variables still count on.
        sort: `REAL`, or what it is an index of.
        key: what terms are put in order by.
        free: free indices and letters without indices that stand in it: what can be abstracted.
    """

    __slots__ = ("_hash", "arguments", "data", "free", "head", "key", "loose", "sort")

    head: str
    data: Any
    arguments: tuple[Term, ...]
    loose: int
    sort: Sort
    key: tuple[Any, ...]
    free: frozenset[Term]
    _hash: int

    def __init__(self, *_: object) -> None:
        raise TypeError("a term is made by the functions of theory.language.terms")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a term does not change")

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Term)
            and self._hash == other._hash
            and self.head == other.head
            and (self.data is other.data or self.data == other.data)
            and (self.sort is other.sort or self.sort == other.sort)
            and self.arguments == other.arguments
        )

    def __getattr__(self, name: str) -> Any:
        """The key and what is free, worked out when they are first asked for."""
        if name not in ("key", "free"):
            raise AttributeError(f"a term has no {name}")
        found = self._worked_out_key() if name == "key" else self._worked_out_free()
        object.__setattr__(self, name, found)
        return found

    def _worked_out_key(self) -> tuple[Any, ...]:
        head, sort = self.head, "real" if self.sort is REAL else str(self.sort)
        if head == ENTRY:
            data = self.data.key
        elif head == INDEX and isinstance(self.data, tuple):  # after all others, and in the order of making
            tag = self.data[1]
            data = ("own", f"{tag:012d}" if isinstance(tag, int) else str(tag))
        else:
            data = ("", str(self.data))
        return (_RANK[head], data, sort, tuple([argument.key for argument in self.arguments]))

    def _worked_out_free(self) -> frozenset[Term]:
        if self.head == INDEX or (self.head == ENTRY and not self.arguments):
            return frozenset((self,))
        found = _NOTHING
        for argument in self.arguments:
            inside = argument.free
            if inside is not found:
                found = found | inside if found else inside
        return found

    def __repr__(self) -> str:
        return plain(self)


_set_head, _set_data, _set_arguments, _set_sort, _set_loose, _set_hash = (
    vars(Term)[name].__set__ for name in ("head", "data", "arguments", "sort", "loose", "_hash")
)


def _term(head: str, data: Any, arguments: tuple[Term, ...] = (), sort: Sort = REAL) -> Term:
    if type(sort) is not Axis and type(sort) is not Special:
        exactly(sort, Axis, Special)
    loose = data + 1 if head == BOUND else 0
    if arguments:
        outer = head not in BINDERS
        for argument in arguments:
            if type(argument) is not Term:
                exactly(argument, Term)
            if argument.loose > loose or not outer:
                loose = max(loose, argument.loose if outer else argument.loose - 1)
            outer = True
        known = hash((head, data, *[argument._hash for argument in arguments]))
    elif head == NUMBER:
        known = hash((head, data.numerator, data.denominator))
    else:
        known = hash((head, data))
    term = object.__new__(Term)
    _set_head(term, head)
    _set_data(term, data)
    _set_arguments(term, arguments)
    _set_sort(term, sort)
    _set_loose(term, loose)
    _set_hash(term, known)
    return term


def _own(tag: object, sort: Sort) -> Term:
    """A variable that nobody else can write: an index, or a plain letter where the sort is `REAL`."""
    if sort == REAL:
        return _term(ENTRY, Letter(str(tag), (), Mark.OWN))
    return _term(INDEX, (Mark.OWN, tag), (), sort)


_count = itertools.count(1)


def fresh(sort: Sort) -> Term:
    """A variable that stands nowhere else, or the one outcome; later ones come after earlier ones in order."""
    return THE_OUTCOME if sort == OUTCOME else _own(next(_count), sort)


def _real(term: Term, where: str) -> Term:
    if term.sort is not REAL and term.sort != REAL:
        raise StatementError(f"an index of {term.sort} stands where a number is needed, in {where}")
    return term


def number(value: Fraction | int) -> Term:
    """A rational number."""
    if type(value) is int:
        return _whole(value)
    exactly(value, Fraction)
    above, below = value.numerator, value.denominator  # of a kind of whole number of one's own they may be anything
    exactly(above, int)
    exactly(below, int)
    if below < 1 or gcd(above, below) != 1:
        raise StatementError(f"{above} / {below} is no fraction in lowest terms")
    return _term(NUMBER, value)


@lru_cache(maxsize=256)
def _whole(value: int) -> Term:
    return _term(NUMBER, Fraction(value))


ZERO, ONE = number(0), number(1)


def size(axis: Axis) -> Term:
    """How many indices an axis has, as a number."""
    exactly(axis, Axis)
    return _term(SIZE, axis, ())


def bound(level: int, sort: Sort) -> Term:
    """The variable of the binder that stands `level` binders further out than the innermost one."""
    exactly(level, int)
    if level < 0:
        raise StatementError("binders are counted outwards, from 0")
    return _term(BOUND, level, (), sort)


def index(name: str, axis: Axis) -> Term:
    """A free index, for which a formula holds whatever its value."""
    exactly(name, str)
    exactly(axis, Axis)
    return _term(INDEX, name, (), axis)


THE_OUTCOME: Final = _term(INDEX, "omega", (), OUTCOME)
"""The one free outcome. There is no second, so that nothing is said of two outcomes at once."""


def first(axis: Axis) -> Term:
    """The index 1, which every axis has."""
    exactly(axis, Axis)
    return _term(FIRST, None, (), axis)


def end(axis: Axis) -> Term:
    """The last index, which is the first one where the axis has no other."""
    exactly(axis, Axis)
    return _term(END, None, (), axis)


def entry(letter: Letter, *indices: Term) -> Term:
    """The entry of a family at indices, or the number that a letter without indices is.

    Raises:
        StatementError: another number of indices, or an index of another axis, than the family has.
    """
    exactly(letter, Letter)
    if letter.kind is Mark.OWN:
        raise StatementError(f"{letter.name} is no letter that can be written")
    if len(indices) != len(letter.sorts):
        raise StatementError(f"{letter.name} has {len(letter.sorts)} indices, but {len(indices)} are given")
    for place, (given, sort) in enumerate(zip(indices, letter.sorts, strict=True), start=1):
        if given.sort is not sort and given.sort != sort:
            raise StatementError(
                f"index {place} of {letter.name} runs over {sort}, but {plain(given)} is an index of {given.sort}"
            )
    return _term(ENTRY, letter, indices)


def add(*terms: Term) -> Term:
    """The sum of terms; numbers are added up."""
    flat, numbers = _flat(ADD, terms, "a sum")
    constant = _together(sum, numbers, ZERO)
    if constant.data or not flat:
        flat.append(constant)
    return flat[0] if len(flat) == 1 else _term(ADD, None, tuple(sorted(flat, key=_KEY)))


def multiply(*terms: Term) -> Term:
    """The product of terms; numbers are multiplied out, and nothing else is but what is multiplied by 0."""
    flat, numbers = _flat(MULTIPLY, terms, "a product")
    constant = _together(prod, numbers, ONE)
    if not constant.data:
        return ZERO
    if constant.data != 1 or not flat:
        flat.append(constant)
    return flat[0] if len(flat) == 1 else _term(MULTIPLY, None, tuple(sorted(flat, key=_KEY)))


def _flat(head: str, terms: tuple[Term, ...], where: str) -> tuple[list[Term], list[Term]]:
    """Terms, with the arguments of those that have the head in their place, and numbers apart."""
    flat: list[Term] = []
    numbers: list[Term] = []
    for term in terms:
        if _real(term, where).head != head:
            (numbers if term.head == NUMBER else flat).append(term)
            continue
        for part in term.arguments:
            (numbers if part.head == NUMBER else flat).append(part)
    return flat, numbers


def _together(combine: Callable[[Iterable[Any]], Any], numbers: list[Term], nothing: Term) -> Term:
    """The sum or the product of numbers as one number; of none what is given for that."""
    if len(numbers) < 2:
        return numbers[0] if numbers else nothing
    values = [one.data for one in numbers]
    if all(value.denominator == 1 for value in values):
        return number(combine([value.numerator for value in values]))
    return number(combine(values))


def negative(term: Term) -> Term:
    """`-t`."""
    return multiply(number(-1), term)


def subtract(left: Term, right: Term) -> Term:
    """`left - right`."""
    return add(left, negative(right))


def power(base: Term, exponent: int) -> Term:
    """`base` multiplied by itself `exponent` times, a whole number of at least 0."""
    exactly(exponent, int)
    if exponent < 0:
        raise StatementError(f"a whole power needs an exponent of at least 0, not {exponent}")
    if base.head == NUMBER:
        return number(base.data**exponent)
    if exponent < 2:
        return _real(base, "a power") if exponent else ONE
    return _term(POWER, exponent, (_real(base, "a power"),))


def inverse(base: Term) -> Term:
    """`1 / base`, which is 0 where the base is 0."""
    if base.head == NUMBER:
        return number(1 / base.data if base.data else 0)
    return _term(INVERSE, None, (_real(base, "a quotient"),))


def real_power(base: Term, exponent: Term) -> Term:
    """`base ** exponent` for a base of at least 0: 0 for a smaller one, and at 0 unless the exponent is 0."""
    return _term(REAL_POWER, None, (_real(base, "a power"), _real(exponent, "an exponent")))


def apply(function: str, argument: Term) -> Term:
    """`exp`, `log`, or a function that is known by its name alone."""
    exactly(function, str)
    return _term(APPLY, function, (_real(argument, function),))


def delta(left: Term, right: Term) -> Term:
    """1 where two indices of one axis are the same, else 0."""
    if left.sort != right.sort or not isinstance(left.sort, Axis):
        raise StatementError(f"a delta compares {plain(left)} of {left.sort} with {plain(right)} of {right.sort}")
    pair = tuple(sorted((left, right), key=lambda one: one.key))
    return _term(DELTA, None, pair)


def total(axis: Axis, body: Term) -> Term:
    """The sum over an axis; the body's innermost variable is the index."""
    exactly(axis, Axis)
    return _term(SUM, axis, (_bound_as(body, axis, "a sum"),))


def product(axis: Axis, body: Term) -> Term:
    """The product over an axis."""
    exactly(axis, Axis)
    return _term(PRODUCT, axis, (_bound_as(body, axis, "a product"),))


def mean(body: Term) -> Term:
    """The expectation; the body's innermost variable is the outcome. It is 0 where the body is not integrable."""
    others = [level for level, sort in loose_variables(_bound_as(body, OUTCOME, "an expectation")) if sort == OUTCOME]
    if any(others) or THE_OUTCOME in body.free:
        raise StatementError("an expectation of something that depends on another outcome")
    return _term(MEAN, None, (body,))


def coefficient(body: Term, order: int) -> Term:
    """The coefficient of a power of the innermost variable, in which the body must be a polynomial."""
    exactly(order, int)
    if order < 0:
        raise StatementError(f"a coefficient has an order of at least 0, not {order}")
    _polynomial(_bound_as(body, REAL, "a coefficient"), 0)
    return _term(COEFFICIENT, order, (body,))


def derivative(body: Term, point: Term) -> Term:
    """The derivative of the body in its innermost variable, at a point; 0 where there is none."""
    return _term(DERIVATIVE, None, (_bound_as(body, REAL, "a derivative"), _real(point, "a derivative")))


def _bound_as(body: Term, sort: Sort, where: str) -> Term:
    """See that the innermost variable is of the binder's sort wherever it stands."""
    _real(body, where)
    for level, found in loose_variables(body) if body.loose else ():
        if level == 0 and found != sort:
            raise StatementError(f"{where} over {sort} binds an index of {found}")
    return body


def loose_variables(term: Term, depth: int = 0) -> Iterator[tuple[int, Sort]]:
    """Bound variables that count on binders around the term, by how many further out, with their sorts."""
    if term.head == BOUND and term.data >= depth:
        yield term.data - depth, term.sort
    for position, argument in enumerate(term.arguments):
        inner = depth + (term.head in BINDERS and position == 0)
        if argument.loose > inner:
            yield from loose_variables(argument, inner)


def _polynomial(term: Term, level: int) -> None:
    if term.loose <= level or not any(found == level for found, _ in loose_variables(term)):
        return
    if term.head in (INVERSE, REAL_POWER, APPLY, DERIVATIVE, MEAN):
        raise StatementError(f"{plain(term)} is no polynomial in the variable of the coefficient")
    for position, argument in enumerate(term.arguments):
        _polynomial(argument, level + (term.head in BINDERS and position == 0))


def rebuild(term: Term, arguments: tuple[Term, ...]) -> Term:
    """The same head with other arguments, in the one order that the head keeps them in."""
    if arguments == term.arguments:
        return term
    return _MAKERS[term.head](term.data, arguments)


_MAKERS: dict[str, Callable[[Any, tuple[Term, ...]], Term]] = {
    ENTRY: lambda letter, a: entry(letter, *a),
    ADD: lambda _, a: add(*a),
    MULTIPLY: lambda _, a: multiply(*a),
    POWER: lambda exponent, a: power(a[0], exponent),
    INVERSE: lambda _, a: inverse(a[0]),
    REAL_POWER: lambda _, a: real_power(*a),
    APPLY: lambda function, a: apply(function, a[0]),
    DELTA: lambda _, a: delta(*a),
    SUM: lambda axis, a: total(axis, a[0]),
    PRODUCT: lambda axis, a: product(axis, a[0]),
    COEFFICIENT: lambda order, a: coefficient(a[0], order),
    DERIVATIVE: lambda _, a: derivative(*a),
    MEAN: lambda _, a: mean(a[0]),
}


def letters(term: Term) -> frozenset[Letter]:
    """Every letter in a term; a family of kind "next" is the one that it is of."""
    return frozenset(family(part.data) for part in parts(term) if part.head == ENTRY)


def family(letter: Letter) -> Letter:
    """The letter whose entries these are: of one of kind "next" the one that it goes further along."""
    return Letter(letter.name, letter.sorts) if letter.kind == "next" else letter


def following(letter: Letter) -> Letter:
    """The next entries of a family along its first axis.

    Raises:
        StatementError: it is no letter of a statement, such as a weight of a loss.
    """
    if letter.kind != "":
        raise StatementError(f"the letter {letter.name} has no next entries")
    return Letter(letter.name, letter.sorts, "next")


def axes(term: Term) -> frozenset[Axis]:
    """Every axis that a term speaks of: by its size, a sum or product over it, or an index of it."""
    found = {part.sort for part in parts(term)} | {
        part.data for part in parts(term) if part.head in (SIZE, SUM, PRODUCT)
    }
    return frozenset(sort for sort in found if isinstance(sort, Axis))


def indices(term: Term) -> frozenset[Term]:
    """Free indices in a term."""
    return frozenset(part for part in term.free if part.head == INDEX)


def parts(term: Term) -> Iterator[Term]:
    """The term and everything inside it."""
    yield term
    for argument in term.arguments:
        yield from parts(argument)


def plain(term: Term) -> str:
    """A writing for messages, with every range in it."""
    inner = [plain(argument) for argument in term.arguments]
    match term.head:
        case "number":
            return str(term.data)
        case "size":
            return str(term.data.size)
        case "bound":
            return f"#{term.data}"
        case "index":
            return f"i{term.data[1]}" if isinstance(term.data, tuple) else str(term.data)
        case "first":
            return "1"
        case "end":
            return str(term.sort)[3:]
        case "entry":
            if term.data.kind == "next":
                inner[0] = "2" if inner[0] == "1" else f"{inner[0]} + 1"
            name = f"t{term.data.name}" if term.data.kind is Mark.OWN else str(term.data.name)
            return f"{name}[{', '.join(inner)}]" if inner else name
        case "add":
            return f"({' + '.join(inner)})"
        case "multiply":
            return "*".join(inner)
        case "power":
            return f"{inner[0]}^{term.data}"
        case "inverse":
            return f"1/({inner[0]})"
        case "real power":
            return f"({inner[0]})^({inner[1]})"
        case "sum" | "product":
            return f"{term.head}({inner[0]}, {term.data})"
        case "coefficient":
            return f"coefficient({inner[0]}, {term.data})"
        case "apply":
            return f"{term.data}({inner[0]})"
    return f"{term.head}({', '.join(inner)})"
