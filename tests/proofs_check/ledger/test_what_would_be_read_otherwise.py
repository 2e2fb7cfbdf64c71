"""What is printed is what is read: false statements that were proved because they were read as others, all refused."""

from dataclasses import replace

import pytest
from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Integer,
    KroneckerDelta,
    Mul,
    Pow,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    exp,
    log,
)

from proofs_check.engine.definedness import see_defined
from proofs_check.engine.proof import Outcome, State, Step
from proofs_check.ledger.own_statement import verify_own
from proofs_check.methods.combination import identity
from theory.errors import StatementError
from theory.language.calculus import EPSILON, coefficient, gradient_is, rate_is_zero
from theory.language.checking import checked
from theory.language.directional_derivative import derivative_along
from theory.language.expectation import Mean
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import Relation, Sense, SpecialCase, at_most, equal, equal_in_case, less
from theory.language.statement import GradientFlow, Initialization, Sharpness, Statement
from theory.language.unknown_functions import UnknownFunction
from theory.setting.symbols import X, features, later_layers, spectrum, u, v, y

N, M = (Symbol(name, integer=True, positive=True) for name in "NM")
i, j, k = (Symbol(name, integer=True, positive=True) for name in "ijk")
x, a, b, S, epsilon = (Symbol(name, real=True) for name in ("x", "a", "b", "S", "epsilon"))
p = Symbol("p", positive=True)
rows = Axis(N, "ijk")
A, f, g = IndexedArray.named("A", rows, rows), IndexedArray.named("f", rows), IndexedArray.named("g", rows)
RECIPROCAL, ENTROPY = Derivative(1 / x, x), Derivative(x * log(x), x)


def own(claim, **hypotheses):
    return Statement("own-idea", "", "", hypotheses, {"claim": claim})


def refused(message, claim, **hypotheses):
    with pytest.raises(StatementError, match=message) as told:
        verify_own(own(claim, **hypotheses))
    assert "\n" not in str(told.value)


def _are_one(left, right):
    """Whether two expressions mean the same, letter by letter."""
    formula = checked(own(same(left, right))).claims["claim"]
    return formula.left == formula.right


def same(left, right):
    return Relation(left, Sense.EQUAL, right)


def test_a_dummy_is_no_letter():
    size = Dummy("N", integer=True, positive=True)
    other = IndexedArray.named("f", Axis(size, "i"))
    for claim in (equal(size + other.total(), M + other.total()), equal(Dummy("x", real=True), x)):
        refused("is a Dummy", claim)


@pytest.mark.parametrize("make", [Sum, Product])
def test_an_index_is_bound_once(make):
    for high in (N, M):
        twice = make(make(KroneckerDelta(i, 1), (i, 1, N)), (i, 1, high))
        refused("i is bound twice", equal(twice, N))
    checked(own(equal(make(make(KroneckerDelta(i, 1), (i, 1, N)), (j, 1, M)), M)))


def test_a_delta_has_no_range():
    refused("no range is given", equal(Sum(KroneckerDelta(i, j, (2, 3)) * f.at(i), (i, 1, N)), f.at(j)))


class TestCapture:
    @pytest.mark.parametrize(
        ("case", "captured", "meant"),
        [
            (
                SpecialCase(f.at(j), (equal(f, A @ g),)),
                Sum(A.at(j, j) * g.at(j), (j, 1, N)),
                Sum(A.at(j, k) * g.at(k), (k, 1, N)),
            ),
            (
                SpecialCase(Sum(x * f.at(i), (i, 1, N)), (equal(x, f.at(i)),)),
                Sum(f.at(i) ** 2, (i, 1, N)),
                Sum(f.at(k) * f.at(i), (k, 1, N)),
            ),
        ],
    )
    def test_by_what_a_special_case_binds(self, case, captured, meant):
        assert verify_own(own(equal_in_case(case, captured))).outcome is Outcome.REFUTED
        assert _are_one(case.value(), meant)

    def test_of_a_letter_that_a_derivative_binds(self):
        with pytest.raises(StatementError, match="where a letter of it is bound"):
            SpecialCase(Derivative(a * x**2, x), (equal(a, x),)).value()

    def test_of_a_value_by_the_next(self):
        with pytest.raises(StatementError, match="speaks of what a value was put in for before"):
            SpecialCase(x + a, (equal(x, 1), equal(a, x))).value()

    def test_by_a_product_of_arrays(self):
        ones = IndexedArray(Integer(1), (rows, rows), (i, j))
        inner = Sum(A.at(j, k) * g.at(k), (k, 1, N))
        assert _are_one((ones @ (A @ g)).at(1), Sum(inner, (j, 1, N)))

    @pytest.mark.parametrize(
        "make",
        [
            lambda: gradient_is(lambda q: epsilon * q**2, (x,), (p,), (x**2 / p,)),
            lambda: gradient_is(lambda q: epsilon * q**2, (x,), (p,), (x**2 / p,), derivative_along),
            lambda: gradient_is(lambda q: q**2, (x,), (epsilon,), (2 * x,)),
            lambda: rate_is_zero(lambda q: q**2, (epsilon,), (x,)),
        ],
    )
    def test_of_a_letter_by_the_step_along_a_line(self, make):
        with pytest.raises(StatementError, match="epsilon is the step along the line"):
            make()


def test_a_case_that_is_printed_is_what_is_claimed():
    refused("case of something else", replace(same(Integer(0), Integer(0)), case=SpecialCase(x, (equal(x, 1),))))
    for general in (1 / log(x), 1 / (1 + 1 / x), log(x) * x):
        refused("has no meaning here", equal_in_case(SpecialCase(general, (equal(x, 0),)), 0))
    at_one = equal_in_case(SpecialCase(x + a, (equal(x, 1),)), a + 1)
    assert checked(own(at_one)).claims["claim"].left.head == "add"


@pytest.mark.slow
@pytest.mark.parametrize(
    "term",
    [
        Pow(0, -1, evaluate=False),
        Pow(Add(1, -1, evaluate=False), -1, evaluate=False),
        Mul(0, 1 / x, evaluate=False),
        Pow(1 / x, 0, evaluate=False),
        Pow(1 / x, Add(N, -N, evaluate=False), evaluate=False),
        Pow(b**2 + 1, Add(N, Pow(a, -1), Mul(-1, Pow(a, -1)), evaluate=False), evaluate=False),
        Subs(RECIPROCAL, x, 0),
        Subs(Derivative(RECIPROCAL, x), x, 0),
        Subs(ENTROPY, x, 0),
        Subs(Derivative(x ** Rational(1, 2), x), x, 0),
        log(Add(1, -1, evaluate=False), evaluate=False),
    ],
)
def test_what_has_no_value_is_not_worked_out(term):
    refused("divided by 0|is written out|need not have a value", Relation(Integer(0), Sense.AT_MOST, term))


@pytest.mark.slow
def test_a_loss_has_a_value_at_its_point():
    reciprocal = Sharpness(S, lambda q, r: r**2 + 1 / q, (Integer(0), a))
    state = State(own(at_most(2, S), sharpness=reciprocal))
    with pytest.raises(StatementError, match="0 != 0 is not shown"):
        see_defined(state.read.hypotheses, state)


def test_weights_are_letters_and_families():
    family = type("Family", (IndexedArray,), {})(f.expression, f.axes, f.indices)
    for point in (2 * x, f.at(1), Integer(0), f * 2, A.T, family):
        for hypothesis in (Sharpness(S, lambda q: 0, (point,)), GradientFlow(lambda q: 0, (x,), (point,))):
            refused("is needed, not|Family has no meaning", at_most(0, S**2), hypothesis=hypothesis)


def test_a_law_is_one_of_letters():
    claim = equal(Mean(x**2 * f.at(1) ** 2), p**2 * f.at(1) ** 2)
    refused("a letter or a family is needed", claim, law=Initialization(((x, p), (f.at(1), p))))
    refused("a letter or a family is needed", claim, law=Initialization(((x, p),), (f.at(1),)))


class TestWhatOnlyLooksLikeAPart:
    def test_of_an_expression(self):
        class One(Expr):
            is_Rational = is_number = is_commutative = is_real = True  # noqa: N815 - SymPy's names
            p, q = 0, 1

            def _sympystr(self, _):
                return "1"

        class Index(Symbol):
            __hash__ = Symbol.__hash__

            def __eq__(self, other):
                return other == 1 or super().__eq__(other)

        class Written(Symbol):
            def _latex(self, _):
                return "x^{2}"

        refused("One has no meaning here", same(One(), Integer(0)))
        index = Index("j", integer=True, positive=True)
        refused("Index has no meaning here", same(f.at(index), f.at(1)))
        refused("Written has no meaning here", less(Written("y", real=True), 0))
        refused("log has no meaning here", less(0, type("log", (exp,), {})(x)))
        marked = Mean(Symbol("marked", real=True))  # SymPy keeps it: of a letter that nobody else speaks of
        marked.is_Rational, marked.p = True, 0
        refused("carries more than its parts: .*is_Rational", same(marked, Integer(0)))

    def test_of_a_name(self):
        class Name(str):
            __slots__ = ()

        name = Name("onlyhere")  # SymPy keeps the symbol
        refused("no name of a letter", at_most(0, Symbol(name, real=True) ** 2))

    def test_of_a_relation_or_a_statement(self):
        class Other(Relation):
            pass

        class Sentence(Statement):
            pass

        class Either:
            value = "<="
            __hash__ = object.__hash__

            def __eq__(self, _):
                return True

        refused("of a known kind, but Other", Other(Integer(0), Sense.EQUAL, Integer(0)))
        refused("one of the senses", Relation(Integer(0), Either(), x**2))
        with pytest.raises(StatementError, match="not a Sentence"):
            checked(Sentence("own-idea", "", "", {}, {"claim": at_most(0, x**2)}))

    def test_of_a_step(self):
        class Other(Relation):
            pass

        claim = at_most(0, x**2)
        for message, step in (
            ("each has a relation", Step("s", Other(Integer(0), Sense.AT_MOST, x**2), identity())),
            ("is a Dummy", Step("s", equal(Dummy("x", real=True), 0), identity())),
            ("written as it is read", Step("s", equal_in_case(SpecialCase(x, (equal(x, 1),)), 1), identity())),
        ):
            with pytest.raises(StatementError, match=message):
                verify_own(own(claim), lambda _, step=step: [step])

    def test_of_what_was_read_first(self):
        def renames(_):
            changing.name = "renamed"
            return []

        changing = Symbol("changing", real=True)
        with pytest.raises(StatementError, match="something else now"):
            verify_own(own(at_most(0, changing**2)), renames)

    def test_of_an_unknown_function(self):
        class Abs(UnknownFunction):
            zero_nowhere = True

        class Written(UnknownFunction):
            def _latex(self, _):
                return "x"

        class Mul(UnknownFunction):
            pass

        refused("Abs is the name of a known function", less(0, Abs(x) ** 2))
        refused("Mul is the name of a known function", equal(Mul(x), Mul(x)))
        refused("h' is written as a derivative", equal(type("h'", (UnknownFunction,), {})(x), 0))
        refused("parts that no unknown function has: _latex", equal(Written(x), x))


@pytest.mark.slow
def test_what_is_taken_for_granted_of_a_function_is_told():
    class h(UnknownFunction):  # noqa: N801 - a function's name
        zero_nowhere = True

    class q(UnknownFunction):  # noqa: N801
        def fdiff(self, argindex=1):
            return 2 * self.args[0]

    z = Symbol("z", nonnegative=True)
    record = verify_own(own(less(0, h(x) ** 2 + q(x) ** 2), s=Sharpness(S, lambda weight: weight**2, (z,))))
    assert record.outcome is Outcome.PROVED
    told = {"h": "zero nowhere", "q": "its derivative at t is 2*t", "z": "nonnegative"}
    assert record.as_json(str)["domains"] == told


@pytest.mark.parametrize("name", ["0", "-1", "2", "а", "x+1", "a\u200b", "", " a", "x_", "\\pi", "oo", "{x}", "α", "ℌ"])
def test_what_is_no_name_names_no_letter(name):
    refused("is no name of a letter", less(0, Symbol(name, positive=True)))
    refused("is no name of a letter", less(0, IndexedArray.named(name, rows, positive=True).at(1)))


def test_nothing_else_has_a_name_where_an_index_or_a_step_has_it():
    even, real = Symbol("i", even=True, positive=True), Symbol("i", real=True)
    for other in (f.at(even), real):  # printed as if it were f_i, or the index
        refused("called i", equal(f.at(i), other))
        refused("two letters are called i", Relation(Sum(f.at(i) * other, (i, 1, N)), Sense.EQUAL, x))
    refused("N is an index and a number", equal(f.at(Symbol("N", positive=True, even=True)), f.at(N)))
    refused("two letters are called epsilon", equal(coefficient(Symbol("epsilon", positive=True) * EPSILON, 1), 0))
    refused("two letters are called x", equal(Derivative(x * Symbol("x", positive=True), x), 0))
    assert checked(own(equal(f, 1), number=equal(real, 1)))  # each has its own place


def test_a_loss_speaks_of_the_letters_at_which_it_is_taken_as_weights_alone():
    """What is fixed would be printed as a weight: `(x w)^2` at `w = x` as `x^4`."""
    for hypothesis in (
        Sharpness(S, lambda weight: (weight * x) ** 2, (x,)),
        Sharpness(S, lambda weights, weight: (weights * weight + f.at(1)).total() ** 2, (f, x)),
        GradientFlow(lambda weight: weight**2 + x * weight, (x,), (a,)),
    ):
        refused("the loss speaks of [xf] besides its weights", at_most(0, S**2), h=hypothesis)
    assert checked(own(at_most(0, S**2), s=Sharpness(S, lambda weight: (weight * a) ** 2, (x,))))


def test_no_two_letters_are_printed_alike():
    family = IndexedArray.named("x", rows)
    first, at_i, raised = (Symbol(name, real=True) for name in ("x1", "x_i", "x_1"))
    refused("x1 is printed as an entry of x", at_most(first, family.at(1)))
    refused("x_i is printed as an entry of x", at_most(at_i, family.at(i)))
    refused("a number called pi", at_most(0, Symbol("pi", real=True) ** 2))
    refused("a1b and a_1b are printed alike", at_most(*(Symbol(name, real=True) for name in ("a1b", "a_1b"))))
    assert verify_own(own(at_most(first, raised))).outcome is Outcome.REFUTED
    gradient = X.T @ ((X @ u) * v - y)
    slopes = IndexedArray.named("g", features).at(*gradient.indices)
    for name, own_letter, shown in (
        ("Q", Symbol("Q", positive=True), spectrum.difficulty),
        ("P", Symbol("P", real=True), later_layers.product()),
        ("g", slopes, gradient.expression),
    ):
        refused(f"{name} is printed for something else", less(0, shown - own_letter))
        refused(f"{name} is printed for something else", less(0, own_letter), other=equal(a, shown**2))
    plain, other = (type(name, (UnknownFunction,), {}) for name in ("x", "x1"))
    refused("x1 is printed as an entry of x", at_most(other(a) ** 2, family.at(1)))
    refused("x is a letter and a function", equal(plain(x), plain(x)))
