"""What is read, put in, bound and brought to normal form keeps its value, on random terms in random models.

Expressions are worked out here by a transcription of their own, which knows neither terms nor the reader.
"""

import itertools
from fractions import Fraction
from functools import cache
from random import Random

import pytest
import sympy
from flint import arb, fmpq
from sympy import Derivative, KroneckerDelta, Product, Rational, Sum, Symbol

from proofs_check.rules import rules
from proofs_check.rules.normal_form import Context, normal_form
from proofs_check.soundness.random_terms.vocabulary import FIXED, INDICES, A
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.model import Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import value
from tests.effort import usually
from theory.errors import StatementError
from theory.language import terms
from theory.language.calculus import Coefficient
from theory.language.expression_reader import Reader
from theory.language.formulas import Kind, closed, compare, opened
from theory.language.indexed import Axis, IndexedArray
from theory.language.substitution import Family, abstract, instantiate, substitute
from theory.language.terms import Letter

CASES = usually(300, thoroughly=20_000)


@pytest.fixture
def random(request):
    return Random(str(request.config.getoption("--hypothesis-seed", None) or "0"))


def worlds(random, cases=CASES):
    for _ in range(cases):
        yield World(random, rules())


def values_of(term, model):
    """The values of a term for all values of its free indices; None where one is not known."""
    free = sorted(terms.indices(term), key=lambda one: one.key)
    try:
        return {
            places: value(term, model, dict(zip(free, places, strict=True)))
            for places in model.places(tuple(one.sort for one in free))
        }
    except Undecided:
        return None


def same(one, other):
    gap = one - other
    return not gap if isinstance(gap, fmpq) else isinstance(gap, arb) and gap.contains(0)


def test_a_family_is_put_for_a_letter_as_its_values_are(random):
    seen = 0
    for world in worlds(random):
        letter = random.choice(FIXED)
        family = Family(letter.sorts, abstract(world.fixed(1), *(INDICES[sort][0] for sort in letter.sorts)))
        term = world.term()
        if len(set(letter.sorts)) < len(letter.sorts) or terms.indices(family.body):
            continue
        numbers = (
            {place: value(family.body, world.model, {}, place) for place in world.model.places(letter.sorts)}
            if letter.sorts
            else value(family.body, world.model)
        )
        changed = world.model.with_letters({letter: numbers})
        found, expected = (
            values_of(*pair) for pair in ((substitute(term, {letter: family}), world.model), (term, changed))
        )
        if found is None or expected is None or found.keys() != expected.keys():
            continue
        seen += letter in terms.letters(term)
        assert all(same(found[place], expected[place]) for place in found), (term, letter, family)
    assert seen > CASES / 60


def test_what_is_bound_and_opened_at_another_index_has_its_value_there(random):
    i, j = INDICES[A]
    seen = 0
    for world in worlds(random):
        term = world.term(3)
        moved = instantiate(abstract(term, i), j)
        assert instantiate(abstract(term, i), i) == term
        free = [one for one in terms.indices(term) if one != i]
        for place in world.model.places(tuple(one.sort for one in free)):
            at = dict(zip(free, place, strict=True))
            for k in world.model.values_of(A):
                try:
                    pair = [value(one, world.model, {**at, i: k, j: k}) for one in (term, moved)]
                except Undecided:
                    continue
                seen += term != moved
                assert same(*pair), term
    assert seen > CASES / 3


def test_a_normal_form_has_the_value_of_its_term(random):
    seen = 0
    for world in worlds(random):
        term = world.term(3)
        found, expected = (values_of(one, world.model) for one in (normal_form(term, Context()).term(), term))
        if found is None or expected is None or found.keys() != expected.keys():
            continue  # an index can drop out
        seen += 1
        assert all(same(found[place], expected[place]) for place in found), term
    assert seen > CASES / 2


def test_a_closed_formula_says_what_it_says_of_every_index(random):
    seen = 0
    for world in worlds(random):
        bare = compare(world.term(), random.choice((Kind.EQUAL, Kind.AT_MOST, Kind.LESS, Kind.DIFFERENT)), world.leaf())
        free = [one for one in bare.free_indices() if isinstance(one.sort, terms.Axis)]
        random.shuffle(free)
        whole = closed(bare, *free)
        assert opened(whole, *free) == bare
        truths = [judge(one, world.model) for one in (bare, whole)]
        seen += truths[0] is not Truth.UNDECIDED and bool(free)
        assert truths[0] is truths[1], bare
    assert seen > CASES / 4


N, M = (Symbol(name, integer=True, positive=True) for name in "NM")
x, y, t = (Symbol(name, real=True) for name in "xyt")
POOL = {
    N: tuple(Symbol(name, integer=True, positive=True) for name in "ij"),
    M: (Symbol("k", integer=True, positive=True),),
}
ROW, TABLE = IndexedArray.named("a", Axis(N, "ij")), IndexedArray.named("b", Axis(N, "ij"), Axis(M, "k"))


def expression(random, depth, bound):
    """A random expression, in which a bound letter is often called like another one."""

    def part(*more):
        return expression(random, depth - 1, (*bound, *more))

    def index(size):
        inside = [one for one in bound if one in POOL[size]]
        return random.choice([*inside, *inside, 1]) if inside else 1

    head = random.choice(("leaf", "add", "multiply", "power", "sum", "product", "delta", "coefficient", "derivative"))
    if depth == 0 or head == "leaf":
        leaves = (
            Rational(random.randint(-3, 3), random.randint(1, 2)),
            x,
            y,
            t,
            N,
            M,
            ROW.at(index(N)),
            TABLE.at(index(N), index(M)),
        )
        return random.choice(leaves)
    size = random.choice((N, M))
    one = random.choice(POOL[size])
    match head:
        case "add":
            return part() + part()
        case "multiply":
            return part() * part()
        case "power":
            return part() ** random.choice((2, 3, -1, N, M))
        case "sum" | "product":
            return (Sum if head == "sum" else Product)(part(one), (one, 1, size))
        case "delta":
            return Sum(KroneckerDelta(one, index(size)) * part(one), (one, 1, size))
    letter = random.choice((x, t))
    body = sum(part() * letter**k for k in range(random.randint(1, 3)))
    return Coefficient(body, letter, random.randint(0, 2)) if head == "coefficient" else Derivative(body, letter)


class MeaninglessError(Exception):
    """A quotient by 0, or no polynomial."""


def meaning(part, env, numbers):
    """The number that an expression is, by the book."""
    if part.is_Rational:
        return Fraction(int(part.p), int(part.q))
    if part.is_Symbol:
        return Fraction(env[part])
    if part.is_Indexed:
        return numbers[part.base.label.name][tuple(int(meaning(one, env, numbers)) for one in part.indices)]
    if isinstance(part, Sum | Product):
        (index, low, high), *outer = reversed(part.limits)
        inner = part.func(part.function, *reversed(outer)) if outer else part.function
        places = range(int(meaning(low, env, numbers)), int(meaning(high, env, numbers)) + 1)
        found = [meaning(inner, {**env, index: place}, numbers) for place in places]
        return sum(found, Fraction(0)) if isinstance(part, Sum) else sympy.prod(found)
    if isinstance(part, KroneckerDelta):
        return Fraction(meaning(part.args[0], env, numbers) == meaning(part.args[1], env, numbers))
    if isinstance(part, Coefficient | Derivative):
        letter = part.args[1] if isinstance(part, Coefficient) else part.variables[0]
        row = polynomial(lambda at: meaning(part.args[0], {**env, letter: at}, numbers))
        if isinstance(part, Coefficient):
            return row[int(part.args[2])]
        for _ in part.variables:
            row = [k * c for k, c in enumerate(row)][1:]
        return sum((c * Fraction(env[letter]) ** k for k, c in enumerate(row)), Fraction(0))
    parts = [meaning(one, env, numbers) for one in part.args]
    if part.is_Pow:
        if (not parts[0] and parts[1] < 0) or parts[1].denominator > 1:
            raise MeaninglessError
        return parts[0] ** int(parts[1])
    return sum(parts, Fraction(0)) if part.is_Add else sympy.prod(parts)


@cache
def one_at(k, most):
    """Coefficients of the polynomial that is 1 at k and 0 at the other numbers up to the most."""
    found = [Fraction(1)]
    for j in itertools.chain(range(k), range(k + 1, most + 1)):
        found = [(low - j * high) / (k - j) for low, high in zip([0, *found], [*found, 0], strict=True)]
    return found


def polynomial(function, most=9):
    """Coefficients of a polynomial, from its values."""
    at = [Fraction(k) for k in range(most + 3)]
    values = [function(one) for one in at]
    row = [Fraction(0)] * (most + 1)
    for k in range(most + 1):
        row = [total + values[k] * one for total, one in zip(row, one_at(k, most), strict=True)]
    if any(sum(c * one**k for k, c in enumerate(row)) != known for one, known in zip(at, values, strict=True)):
        raise MeaninglessError
    return row


@pytest.mark.slow
def test_what_is_read_has_the_value_of_what_was_written(random):
    seen = 0
    for _ in range(CASES):
        written = expression(random, random.choice((1, 2, 3)), ())
        sizes = {"N": random.choice((1, 2, 3)), "M": random.choice((1, 2))}
        env = {x: random.choice((0, 1, -2, Fraction(1, 2))), y: random.choice((0, 3)), t: random.choice((-1, 2))}
        places = {
            "a": itertools.product(range(sizes["N"])),
            "b": itertools.product(range(sizes["N"]), range(sizes["M"])),
        }
        drawn = {name: {place: Fraction(random.randint(-2, 2)) for place in places[name]} for name in places}
        reader = Reader()
        for size in (N, M):
            reader.axis(size)
        try:
            term = reader.expression(written)
        except StatementError:
            continue  # no polynomial where one is needed
        letters = {
            letter: env[Symbol(letter.name, real=True)] if not letter.sorts else drawn[letter.name]
            for letter in terms.letters(term)
        }
        shifted = {
            name: {tuple(k + 1 for k in place): one for place, one in row.items()} for name, row in drawn.items()
        }
        try:
            expected = meaning(written, {**env, N: sizes["N"], M: sizes["M"]}, shifted)
            found = value(term, Model(sizes, letters))
        except (MeaninglessError, Undecided):
            continue
        seen += 1
        assert found == fmpq(expected.numerator, expected.denominator), written
    assert seen > CASES / 3


def test_a_check_of_values_can_fail():
    one, other = Letter("x"), Letter("y")
    model = Model({}, {one: 1, other: 2})
    assert not same(value(terms.entry(one), model), value(terms.entry(other), model))
