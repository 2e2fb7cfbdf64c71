"""Ways around the rules that once led to a falsehood, each by names that anybody may use."""

import sys
from fractions import Fraction

import pytest

from proofs_check.rules import equality, normal_form, theorem
from proofs_check.rules.calculus import differentiated
from proofs_check.rules.equality import identity, rewrite, same_difference, with_equal_sides
from proofs_check.rules.expectation import integrable_between, mean_of_multiple, mean_of_odd, mean_of_polynomial
from proofs_check.rules.induction import base_case, induction, step_case
from proofs_check.rules.logic import assume, at, for_all, instance
from proofs_check.rules.order import weakened
from theory.errors import StatementError
from theory.language import sealed, terms
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.substitution import Family, abstract, plain_family, substitute
from theory.language.terms import (
    ONE,
    OUTCOME,
    REAL,
    THE_OUTCOME,
    ZERO,
    Axis,
    Letter,
    Mark,
    Special,
    Term,
    bound,
    delta,
    entry,
    fresh,
    index,
    mean,
    multiply,
    negative,
    number,
    power,
    subtract,
    total,
)

NAMES = {name for name, room in sys.modules.items() if type(room) is sealed.Closed}
M, N = Axis("M"), Axis("N")
X = Letter("x", (OUTCOME, N))
NORMAL = Formula(Kind.NORMAL, (), (ONE,), (X,))


def test_no_letter_is_called_like_one_of_the_kernel():
    with pytest.raises(StatementError, match="no kind of letter own"):
        Letter("17", (), "own")


def test_the_next_fresh_letter_is_not_written_beforehand():
    following = str(int(fresh(REAL).data.name) + 1)
    with pytest.raises(StatementError, match="no letter that can be written"):
        entry(Letter(following, (), Mark.OWN))


def test_a_normal_family_does_not_become_one_number():
    i, j = index("i", N), index("j", N)
    said = mean_of_polynomial(assume(NORMAL), multiply(entry(X, THE_OUTCOME, i), entry(X, THE_OUTCOME, j)))
    with pytest.raises(StatementError, match="can only be given another name"):
        instance(said, {X: Family((OUTCOME, N), entry(Letter("y", (OUTCOME,)), bound(1, OUTCOME)))})


def test_there_is_no_second_outcome():
    assert fresh(OUTCOME) is THE_OUTCOME
    with pytest.raises(StatementError, match="one draw"):
        Formula(
            Kind.EQUAL, (OUTCOME,), (entry(X, THE_OUTCOME, index("i", N)), entry(X, bound(0, OUTCOME), index("i", N)))
        )


def test_an_expectation_inside_of_another_does_not_turn_its_sign():
    x, y = Letter("x", (OUTCOME,)), Letter("y", (OUTCOME,))  # y may be x
    law = assume(Formula(Kind.NORMAL, (), (ONE,), (x,)))
    product = multiply(entry(x, THE_OUTCOME), entry(y, THE_OUTCOME))
    term = multiply(power(entry(x, THE_OUTCOME), 2), mean(abstract(product, THE_OUTCOME)))
    opposite = substitute(term, {x: Family((OUTCOME,), negative(plain_family(x).body))})
    odd = rewrite(opposite, mean_of_multiple(product, number(-1)))
    odd = with_equal_sides(identity(opposite, opposite), identity(opposite, opposite), odd)
    with pytest.raises(StatementError, match="it is bound in"):
        mean_of_odd(law, term, x, same_difference(odd, opposite, negative(term)))


def test_a_function_of_unknown_kind_is_put_for_no_random_number():
    r, y = (entry(Letter(name, (OUTCOME,)), THE_OUTCOME) for name in "ry")
    low, high = (
        assume(closed(compare(*sides), THE_OUTCOME)) for sides in ((ZERO, Kind.AT_MOST, r), (r, Kind.AT_MOST, ONE))
    )
    bounds = (at(low, THE_OUTCOME), at(high, THE_OUTCOME))
    ends = [assume(Formula(Kind.INTEGRABLE, (), (one,))) for one in (ZERO, ONE)]
    said = integrable_between(*bounds, *ends)
    for unknown in (terms.apply("f", y), terms.derivative(terms.apply("f", bound(0, REAL)), y)):
        with pytest.raises(StatementError, match="measurable"):
            instance(said, {r.data: Family((OUTCOME,), abstract(unknown, THE_OUTCOME))})


def test_a_closed_room_stays_as_it_is():
    with pytest.raises(AttributeError, match="keeps its value"):
        equality.vanishes = lambda *_: True
    with pytest.raises(AttributeError, match="stays"):
        del equality.vanishes
    with pytest.raises(AttributeError, match="does not change"):
        Term.__eq__ = lambda *_: True
    with pytest.raises(StatementError, match="the kernel is closed"):
        theorem.rule()(lambda: compare(ZERO, Kind.EQUAL, ONE))
    with pytest.raises(TypeError, match="made by"):
        theorem.Theorem()
    with pytest.raises(TypeError, match="made by"):
        Term()


def test_a_room_is_closed_whatever_its_place_among_the_modules_holds(monkeypatch):
    for name in ("proofs_check.rules.theorem", "theory.language.terms", "theory.language.sealed"):
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(StatementError, match="the kernel is closed"):
        theorem.rule()(lambda: compare(ZERO, Kind.EQUAL, ONE))
    with pytest.raises(AttributeError, match="does not change"):
        theorem.Theorem.conclusion = compare(ZERO, Kind.EQUAL, ONE)
    with pytest.raises(TypeError, match="there is one kind"):
        type("Another", (theorem.Theorem,), {})
    with pytest.raises(TypeError, match="there is one kind"):
        type("Another", (Term,), {})


def test_no_class_of_the_kernel_changes():
    rooms = [room for room in sys.modules.values() if type(room) is sealed.Closed]
    mine = {one for room in rooms for one in vars(room).values() if isinstance(one, type) and one.__module__ in NAMES}
    ordinary = {one.__name__ for one in mine if not isinstance(one, sealed.Sealed)}
    assert ordinary == {"Closed", "Sealed", "SealedEnum", "RuleError", "_Decorator"}
    assert {theorem.Theorem, Term, Formula, normal_form.Context, normal_form.Polynomial} <= mine
    with pytest.raises(AttributeError, match="does not change"):
        normal_form.Polynomial.term = lambda polynomial: ZERO
    for kinds in (Kind, Mark):
        with pytest.raises(AttributeError, match="does not change"):
            kinds.nothing = 1


def test_what_only_looks_like_a_theorem_is_none():
    class Like:
        conclusion = compare(ZERO, Kind.EQUAL, ONE)
        hypotheses = axioms = frozenset()

    with pytest.raises(TypeError, match="not Like"):
        for_all(Like())
    assert not theorem.proves(Like(), Like.conclusion, frozenset())


@pytest.mark.parametrize("kind", [theorem.Theorem, tuple, dict, Term])
def test_what_says_that_its_class_is_another_is_seen_by_identity(kind):
    class Says(type):
        __hash__ = type.__hash__

        def __eq__(cls, other):
            return other is kind

    class Like(metaclass=Says):
        conclusion = compare(ONE, Kind.LESS, ZERO)
        hypotheses = axioms = frozenset()
        head, sort, arguments, loose, free = "number", REAL, (), 0, frozenset()

    for use in (lambda: weakened(Like(), Kind.AT_MOST), lambda: for_all([Like()]), lambda: terms.apply("f", Like())):
        with pytest.raises(TypeError, match="not Like"):
            use()


class Says(str):
    """A name that says it is whatever it is compared with."""

    __hash__ = str.__hash__

    def __eq__(self, _):
        return True

    def __str__(self):
        return self


class Half(int):
    """A whole number whose parts are anybody's."""

    numerator, denominator = 2, 4


class Nothing(int):
    """Another."""

    numerator, denominator = 1, 0


def _apart(one, other):
    """`sum over i != j of (u_i - t_i) (u_j - t_j) = 0`: true for one index, false for two."""
    i, j = fresh(M), fresh(M)
    body = multiply(subtract(ONE, delta(i, j)), *(subtract(one(k), other(k)) for k in (i, j)))
    return compare(total(M, abstract(total(M, abstract(body, i)), j)), Kind.EQUAL, ZERO)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Letter("a@0", (M,)), Letter("a", (M, M))),  # the entry a[last, last] is no entry of the first
        (Letter("a", (M,)), Letter("a", (M,), "weight")),
    ],
)
def test_entries_at_the_last_index_have_letters_of_their_own(one, other):
    claim = _apart(lambda k: entry(one, k), lambda k: entry(other, *[k] * len(other.sorts)))
    base, step = base_case(claim, M), step_case(claim, M, ())
    with pytest.raises(StatementError):
        induction(
            claim,
            M,
            identity(base.left, base.right),
            {(): same_difference(assume(claim), step.left, step.right)},
        )


def test_premises_do_not_hide_in_a_set():
    x = entry(Letter("x"))
    given = assume(compare(x, Kind.DIFFERENT, ZERO))
    with pytest.raises(TypeError, match="not set"):
        differentiated(terms.inverse(bound(0, REAL)), x, {given})


def test_a_mapping_does_not_change_while_it_is_read():
    class Changing(dict):
        def items(self):
            return ()

    said = mean_of_multiple(ONE, entry(Letter("c")))
    random = Family((), entry(Letter("x", (OUTCOME,)), THE_OUTCOME))
    with pytest.raises(TypeError, match="not Changing"):
        instance(said, Changing({Letter("c"): random}))


def test_what_a_theorem_says_does_not_change():
    said = identity(ZERO, ZERO)
    for part in (said, said.conclusion, Letter("a"), N, Family((), ONE)):
        assert not hasattr(part, "__dict__")
    with pytest.raises(AttributeError):
        said.conclusion.terms = (ONE, ZERO)


@pytest.mark.parametrize(
    "make",
    [
        lambda: total(REAL, bound(0, REAL)),
        lambda: terms.size(Axis(5)),
        lambda: terms.apply(1, ONE),
        lambda: power(number(2), Fraction(1, 2)),
        lambda: bound(-1, N),
        lambda: Special("1..N"),
        lambda: Letter("f", (REAL,)),
        lambda: Letter("f", (N, OUTCOME)),
        lambda: Formula(Kind.NORMAL, (), (ONE,), (Letter("a", (N,)),)),
        lambda: type("Like", (Letter,), {}),
        lambda: index(Says("i"), N),
        lambda: index("i", REAL),
        lambda: Axis(Says("N")),
        lambda: Special(Says("outcome")),
        lambda: Letter(Says("a")),
        lambda: terms.apply(Says("f"), ONE),
        lambda: number(Fraction(Half())),
        lambda: number(Fraction(Nothing())),
    ],
)
def test_what_is_ill_formed_is_not_made(make):
    with pytest.raises((StatementError, TypeError)):
        make()
