"""The evaluator against values worked out by hand."""

from fractions import Fraction

import pytest
from flint import fmpq

from proofs_check.soundness.semantics.hessian import least_pivot
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.model import Model
from proofs_check.soundness.semantics.truth import Truth
from proofs_check.soundness.semantics.value import value
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind, compare
from theory.language.terms import ONE, OUTCOME, REAL, THE_OUTCOME, ZERO, Axis, Letter, bound, entry, number, power

N = Axis("N")
A, X, G = Letter("a", (N,)), Letter("x"), Letter("g", (OUTCOME,))
FAMILY = entry(A, bound(0, N))
MODEL = Model({"N": 3}, {A: {(0,): 1, (1,): 2, (2,): -3}, X: Fraction(1, 4)})
GRID = tuple(Fraction(p, 180) for p in (1, 9, 45, 70, 45, 9, 1))
NORMAL = Model({}, {G: {(k + 3,): k for k in range(-3, 4)}}, GRID, {"f": (1, 0, 2)}, {G: 1}, 7, 7)
WEIGHT = entry(Letter("0", (N,), "weight"), bound(0, N))
BOWL = terms.total(N, power(WEIGHT, 2))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (terms.total(N, power(FAMILY, 2)), 14),
        (terms.product(N, terms.add(FAMILY, ONE)), -12),
        (terms.size(N), 3),
        (terms.inverse(terms.subtract(entry(X), number(Fraction(1, 4)))), 0),
        (terms.real_power(entry(X), number(Fraction(1, 2))), fmpq(1, 2)),
        (terms.real_power(number(-4), number(Fraction(1, 2))), 0),
        (terms.real_power(ZERO, ZERO), 1),
        (terms.real_power(ZERO, number(-1)), 0),
        (terms.derivative(terms.inverse(power(bound(0, REAL), 2)), entry(X)), -128),
        # the second elementary symmetric polynomial of 1, 2, -3
        (terms.coefficient(terms.product(N, terms.add(ONE, terms.multiply(bound(1, REAL), FAMILY))), 2), -7),
        (terms.total(N, terms.delta(bound(0, N), terms.first(N))), 1),
    ],
)
def test_values(term, expected):
    assert value(term, MODEL) == expected


def test_a_derivative_inside_of_another_keeps_apart_from_it():
    inner = terms.derivative(terms.multiply(bound(0, REAL), bound(1, REAL)), number(5))  # of t s in t: s
    assert value(terms.derivative(terms.multiply(inner, bound(0, REAL)), number(3)), MODEL) == 6  # of s^2


def test_the_grid_has_the_moments_of_a_normal_number():
    moments = [value(terms.mean(power(entry(G, bound(0, OUTCOME)), k)), NORMAL) for k in (1, 2, 3, 4, 6)]
    assert moments == [0, 1, 0, 3, 15]
    assert judge(Formula(Kind.NORMAL, (), (ONE,), (G,)), NORMAL) is Truth.HOLDS
    assert judge(Formula(Kind.NORMAL, (), (number(2),), (G,)), NORMAL) is Truth.VIOLATED


@pytest.mark.parametrize(
    ("kind", "right", "expected"),
    [
        (Kind.DIFFERENT, ONE, Truth.HOLDS),  # though the grid has a point there
        (Kind.AT_MOST, ONE, Truth.VIOLATED),
        (Kind.EQUAL, ONE, Truth.VIOLATED),
    ],
)
def test_almost_surely_of_normal_numbers(kind, right, expected):
    assert judge(compare(power(entry(G, THE_OUTCOME), 2), kind, right), NORMAL) is expected


@pytest.mark.parametrize(("scale", "expected"), [(2, Truth.HOLDS), (3, Truth.VIOLATED)])
def test_the_top_eigenvalue_of_a_bowl(scale, expected):
    said = Formula(Kind.TOP_EIGENVALUE, (), (number(scale), BOWL, FAMILY), ((N,),))
    assert judge(said, MODEL) is expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (terms.multiply(number(Fraction(1, 2)), FAMILY), Truth.HOLDS),
        (ZERO, Truth.HOLDS),
        (ONE, Truth.VIOLATED),
        (terms.multiply(number(2), FAMILY), Truth.VIOLATED),
    ],
)
def test_where_the_flow_of_a_bowl_leads(end, expected):
    assert judge(Formula(Kind.FLOW, (), (BOWL, FAMILY, end), ((N,),)), MODEL) is expected


def test_a_derivative_at_every_number():
    f = terms.apply("f", bound(0, REAL))
    slope = terms.multiply(number(4), bound(0, REAL))
    assert judge(Formula(Kind.HAS_DERIVATIVE, (REAL,), (f, bound(0, REAL), slope)), NORMAL) is Truth.HOLDS
    assert judge(Formula(Kind.HAS_DERIVATIVE, (REAL,), (f, bound(0, REAL), ONE)), NORMAL) is Truth.VIOLATED


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[2, 1], [1, 2]], 1),
        ([[1, 1], [1, 1]], 0),
        ([[0, 1], [1, 0]], -1),
        ([[1, 2], [2, 1]], -1),
        ([[0, 0], [0, 3]], 0),
    ],
)
def test_least_pivot(matrix, expected):
    assert least_pivot([[fmpq(entry) for entry in row] for row in matrix]) == expected


def test_no_axis_is_empty():
    with pytest.raises(StatementError, match="every axis has an index"):
        Model({"N": 0})
