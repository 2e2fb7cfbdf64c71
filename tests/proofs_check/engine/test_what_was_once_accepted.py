"""Falsehoods that an earlier engine accepted: none is proved, or the statement is refused where it is written."""

from __future__ import annotations

import pytest
from sympy import Derivative, KroneckerDelta, Product, Rational, Subs, Sum, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.congruence import Congruence
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient
from proofs_check.methods.specialization import Specialization
from theory.errors import StatementError
from theory.language.calculus import EPSILON, Coefficient
from theory.language.expectation import Mean
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Initialization, Orthonormal, Sharpness, Statement
from theory.language.unknown_functions import UnknownFunction

N, r = (Symbol(name, integer=True, positive=True) for name in "Nr")
M = Symbol("M", integer=True, positive=True)
samples, modes = Axis(N, "nm"), Axis(r, "ij")
i, j, k, n = (Symbol(name, integer=True, positive=True) for name in "ijkn")
a, b, w = IndexedArray.named("a", samples), IndexedArray.named("b", samples), IndexedArray.named("w", modes, samples)
x, y, t, C, S = (Symbol(name, real=True) for name in ("x", "y", "t", "C", "S"))
sigma, D = Symbol("sigma", positive=True), Symbol("D", integer=True, positive=True)
PROVED, OPEN = Outcome.PROVED, Outcome.OPEN


def outcome(claim, *steps, **hypotheses):
    given = Statement("small", "", "", hypotheses, {"claim": claim})
    claims, _, _ = check_proof(given, [*steps[:-1], Step("claim", claim, steps[-1])])
    return claims["claim"]


def refused(message, claim, **hypotheses):
    with pytest.raises(StatementError, match=message):
        outcome(claim, identity(), **hypotheses)


class TestCapture:
    ZERO = Step("zero", equal(Coefficient(t, EPSILON, 1), 0), identity())

    def test_of_the_variable_of_a_coefficient(self):
        put = Specialization("zero", {t: EPSILON})
        assert outcome(equal(Coefficient(EPSILON, EPSILON, 1), 0), self.ZERO, put) is OPEN
        assert outcome(equal(1, 0), self.ZERO, put) is OPEN

    def test_of_the_outcome(self):
        law = Initialization(((x, sigma),))
        fixed = Step("fixed", equal(Mean(t), t), identity())
        assert outcome(equal(Mean(x), x), fixed, Specialization("fixed", {t: x}), law=law) is OPEN

    def test_of_the_variable_of_a_derivative(self):
        # that a derivative of a letter in another one is 0 says nothing of that other one
        constant = Step("constant", equal(Coefficient(t * EPSILON, EPSILON, 0), 0), identity())
        put = Specialization("constant", {t: 1 / (x**2 + 1)})
        assert outcome(equal(Coefficient(EPSILON / (x**2 + 1), EPSILON, 0), 0), constant, put) is PROVED
        assert outcome(equal(1, 0), constant, put) is OPEN

    def test_of_an_index_by_a_sum(self):
        row = Step("row", equal(Sum(t, (n, 1, N)), N * t), identity())
        assert outcome(equal(Sum(a.at(n), (n, 1, N)), N * a.at(n)), row, Specialization("row", {t: a.at(n)})) is OPEN


class TestWhatIsBound:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (Sum(x, (n, 1, N), (N, 1, M)), M * N * x),
            (Sum(sigma**N, (N, 1, M)) + Sum(0 * x + t, (n, 1, N)), M * sigma**N + N * t),
            (Coefficient(Sum(x, (n, 1, N)), N, 0), N * x),
            (Derivative(sigma**N, N) + Sum(t, (n, 1, N)), N * t),
        ],
    )
    def test_the_size_of_an_axis_is_not(self, left, right):
        refused("N1? is bound and the size of an axis|the index N1 stands where a number", equal(left, right))

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (Sum(a.at(n), (a.at(n), 1, N)), N * a.at(n)),
            (Coefficient(x * y, x * y, 1), 0),
            (Coefficient(a.at(n), a.at(n), 1), 0),
            (Derivative(a.at(n) ** 2, a.at(n)), 0),
        ],
    )
    def test_only_a_plain_letter_is(self, left, right):
        refused("no plain letter", equal(left, right))

    def test_a_point_is_put_for_the_letter_that_is_differentiated_in(self):
        refused("Subs has no meaning", equal(Subs(Derivative(x * y, x), y, 3), y))
        refused("so many times", equal(Derivative(x**2, (x, D)), 0))

    def test_an_order_is_a_whole_number(self):
        refused("no whole number", equal(Coefficient(x**2, x, Rational(5, 2)), 1))

    def test_a_letter_of_a_loss_is_not_a_weight_of_it(self):
        for name in ("weight 0", "weight 1"):
            curvature = Symbol(name, real=True)
            bowl = Sharpness(S, lambda weight, c=curvature: c * weight**2 / 2, (x,))
            refused("no name of a letter", at_most(t**2, S * t**2), bowl=bowl)


class TestRanges:
    def test_orthonormal_rows_are_summed_over_the_whole_axis(self):
        row = Sum(w.at(1, n) ** 2, (n, 1, N))
        assert outcome(equal(row, 1), identity(), rows=Orthonormal(w)) is PROVED
        m = Symbol("m", integer=True, positive=True)
        for size in (m, r):
            refused("runs over", equal(Sum(w.at(1, n) ** 2, (n, 1, size)), 1), rows=Orthonormal(w))

    def test_columns_are_not_rows(self):
        columns = equal(Sum(w.at(i, n) * w.at(j, n), (n, 1, N)), KroneckerDelta(i, j))
        assert outcome(columns, identity(), rows=Orthonormal(w)) is PROVED
        assert outcome(columns, identity(), rows=Orthonormal(w.T)) is OPEN

    def test_an_axis_has_a_first_and_a_last_index_and_need_not_have_another(self):
        assert outcome(equal(Sum(KroneckerDelta(1, n) * a.at(n), (n, 1, N)), a.at(1)), identity()) is PROVED
        for constant in (2, N + 1):
            refused("is no index", equal(Sum(KroneckerDelta(constant, n), (n, 1, N)), 1))
        for constant in (2, 0, -1, N + 1):
            refused("is no index", equal(a.at(constant), a.at(1)))
        assert outcome(equal(Sum(KroneckerDelta(N, n) * a.at(n), (n, 1, N)), a.at(N)), identity()) is PROVED
        assert outcome(equal(a.at(N), a.at(1)), identity()) is OPEN
        refused("N is an index and a number", equal(Sum(w.at(N, n), (n, 1, N)), 1))

    @pytest.mark.parametrize("end", [N + 1, N - 1, 8, N - Product(N - k, (k, 1, 8)), D * N, x])
    def test_what_is_no_axis_is_no_range(self, end):
        refused("whole axis", equal(Sum(1, (n, 1, end)), end))

    @pytest.mark.parametrize("start", [0, 2, x, N])
    def test_a_range_starts_at_the_first_index(self, start):
        refused("whole axis", equal(Sum(1, (n, start, N)), N - start + 1))

    def test_two_indices_of_two_axes_are_never_compared(self):
        refused("runs over", equal(KroneckerDelta(i, n) * w.at(i, n), w.at(i, n)))


def test_no_certificate_rests_on_a_range_that_may_be_empty():
    for size in (x, Symbol("v", integer=True), Symbol("v", nonnegative=True, integer=True)):
        claim = less(0, size)
        given = Statement("small", "", "", {}, {"claim": claim})
        if size is not x:
            with pytest.raises(StatementError, match="may be below 1"):
                check_proof(given, [])
            continue
        assert outcome(claim, Combination(Sum(1, (n, 1, size)))) is OPEN


class TestIdentityByName:
    other = Symbol("i", integer=True, positive=True, even=True)

    def test_two_indices_of_one_name(self):
        refused("two indices are called i", equal(w.at(i, n), w.at(self.other, n)))
        refused("two indices are called i", equal(w.at(i, n) * w.at(self.other, 1), w.at(self.other, n) * w.at(i, 1)))

    def test_an_index_is_no_number(self):
        refused("declare the index x", equal(a.at(x), 0))
        refused("i is an index and a number", equal(w.at(i, n), 0), letter=equal(i, 1))

    def test_two_bound_indices_of_one_name(self):
        for inside in (w.at(i, 1), w.at(i, 1) * w.at(self.other, 1)):
            double = Sum(Sum(inside, (i, 1, r)), (self.other, 1, r))
            refused("two letters are called i", equal(double, r * Sum(w.at(i, 1) ** 2, (i, 1, r))))

    @pytest.mark.parametrize(
        "names",
        [
            ("fact:given", "the difference of given"),
            ("#0", "omega"),
            ("1..N", "x@0"),
            ("weight 0", "0"),
            ("outcome", "real"),
        ],
    )
    def test_letters_called_like_labels(self, names):
        one, other = (Symbol(name, real=True) for name in names)
        given = {"given": at_most(0, x)}
        assert outcome(equal(one, other), identity(), **given) is OPEN
        for letter in (one, other):
            assert outcome(equal(letter, x), Combination(fact("given")), **given) is OPEN
            assert outcome(at_most(0, letter), Combination(fact("given")), **given) is OPEN
            assert outcome(at_most(0, letter), Combination(letter), **given) is OPEN
            assert outcome(equal(letter, 0), identity(), **given) is OPEN

    def test_two_letters_of_one_name(self):
        refused("two letters are called x", less(0, Symbol("x", positive=True) + x))
        refused("two letters are called a", equal(a.at(n), IndexedArray.named("a", modes).at(i)))
        refused("N is declared even", equal(Sum(1, (n, 1, Symbol("N", integer=True, positive=True, even=True))), N))
        refused("no size", equal(Symbol("N", real=True), Sum(1, (n, 1, N))))

    def test_two_functions_of_one_name(self):
        refused("two functions are called f", equal(_named("f")(x), _named("f")(x)))
        refused("two functions are called exp", less(0, _named("exp")(x)))


def _named(name):
    def printed(self, printer):
        return f"{name}({printer._print(self.args[0])})"

    return type("Function", (UnknownFunction,), {"_sympystr": printed})


class TestDomains:
    """Letters that a proof brings along are any real numbers, whatever they are declared to be."""

    h, q = Symbol("h", positive=True), Symbol("q", nonnegative=True)
    PARABOLA = Sharpness(S, lambda weight: -(weight**2) / 2, (x,))
    SADDLE = Sharpness(S, lambda one, other: -one * other, (x, y))

    def test_of_the_direction_of_a_least_upper_bound(self):
        below = Step("below", at_most(-2 * self.h * self.q, 0), Combination(2 * self.h * self.q))
        assert outcome(below.claim, below.method) is PROVED
        bound = LeastUpperBound("below", (self.h, self.q))
        assert outcome(at_most(S, 0), below, bound, sharpness=self.SADDLE) is OPEN  # it is 1, along (1, -1)
        exact = Step("exact", at_most(-(self.h**2), -(self.h**2)), Combination(0))
        bound = LeastUpperBound("exact", (self.h,))
        assert outcome(at_most(S, -1), exact, bound, sharpness=self.PARABOLA) is PROVED

    def test_of_the_direction_of_a_quotient(self):
        quotient = Step("quotient", at_most(-(self.h**2), S * self.h**2), RayleighQuotient((self.h,)))
        assert outcome(quotient.claim, quotient.method, sharpness=self.PARABOLA) is PROVED
        divided = Combination(fact("quotient") / self.h**2)
        assert outcome(at_most(-1, S), quotient, divided, sharpness=self.PARABOLA) is OPEN  # h may be 0
        refused("declared negative", at_most(Symbol("h", negative=True), 0))

    def test_of_a_letter_that_another_value_is_put_for(self):
        positive = Step("positive", less(0, self.h), Combination(self.h))
        assert outcome(less(0, -(x**2)), positive, Specialization("positive", {self.h: -(x**2)})) is OPEN


@pytest.mark.parametrize("exponent", [1 / D, -1 / D, -D, D, x, -x])
def test_a_power_of_what_may_be_zero_is_not_positive(exponent):
    z = Symbol("z", nonnegative=True)
    assert outcome(less(0, z**exponent), Combination(z**exponent)) is OPEN
    assert outcome(less(0, (z + 1) ** exponent), Combination((z + 1) ** exponent)) is PROVED


def test_an_equality_of_numbers_is_not_differentiated():
    here = {"here": equal(y, x**2)}
    for left, right in (
        (Derivative(y * x, x), 3 * x**2),
        (Derivative(y + x, x), 2 * x + 1),
        (Derivative(y * x, x), Derivative(x**3, x)),
    ):
        assert outcome(equal(left, right), Congruence("here"), **here) is OPEN
        assert outcome(equal(left, right), identity("here"), **here) is OPEN


class TestRandomness:
    LAW = Initialization(((x, sigma),))

    def test_a_letter_that_an_equality_makes_random_is_listed(self):
        refused("C depends on chance", equal(C, sigma**2), law=self.LAW, square=equal(C, x**2))
        refused("C depends on chance", equal(C, sigma**2), law=self.LAW, square=equal(x**2, C))
        refused("C depends on chance", equal(C, sigma**2), law=self.LAW, square=equal(2 * C - x**2, x**2))

    def test_listed_it_is_no_number(self):
        listed = Initialization(((x, sigma),), functions=(C,))
        assert outcome(equal(C, sigma**2), identity(), law=listed, square=equal(C, x**2)) is OPEN
        assert outcome(equal(Mean(C), C), identity(), law=listed, square=equal(C, x**2)) is OPEN

    def test_the_sharpness_at_random_weights_is_random(self):
        refused("S depends on chance", at_most(0, S), law=self.LAW, top=Sharpness(S, lambda one: one**4, (x,)))

    def test_a_letter_is_normal_once_and_as_a_whole(self):
        twice = Initialization(((x, sigma), (x, Symbol("tau", positive=True))))
        refused("independent of itself", equal(Mean(x), 0), law=twice)
        refused("plain family", equal(Mean(w.at(1, n)), 0), law=Initialization(((w.row(1), sigma),)))
        refused("plain family", equal(Mean(w.at(i, n)), 0), law=Initialization(((w.T, sigma),)))


def test_a_family_is_read_with_its_axes():
    square = IndexedArray.named("e", modes, modes)
    wrong = IndexedArray.named("w", modes, modes)
    refused("two letters are called w", equal(w.at(i, n), 0), rows=Orthonormal(wrong))
    refused("no rows", equal(a.at(n), 0), rows=Orthonormal(a))
    diagonal = IndexedArray(square.at(i, i), (modes, modes), (i, i))
    refused("have one index", equal(square.at(i, j), 0), rows=Orthonormal(diagonal))
