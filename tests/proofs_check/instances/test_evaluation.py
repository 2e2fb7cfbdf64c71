"""Numbers decide only what they decide: no empty, NaN or endlessly wide input lets a check pass."""

import numpy as np
import pytest
from flint import arb, fmpq
from sympy import IndexedBase, Sum, Symbol, sqrt, symbols

from proofs_check.engine.proof import Outcome
from proofs_check.instances.eigenvalue import enclose_top_eigenvalue, exact_top_eigenvalue
from proofs_check.instances.evaluation import Truth, evaluate, truth, truth_of_hypothesis
from proofs_check.instances.instance import Instance
from proofs_check.instances.real_data import enclose_claims
from theory.errors import SharpnessError, StatementError
from theory.language.relations import at_most, equal, less
from theory.language.statement import Orthonormal, Statement
from theory.setting.symbols import w

x, y = symbols("x y", real=True)
n = Symbol("n", integer=True, positive=True)
i = Symbol("i", integer=True, positive=True)
a = IndexedBase(Symbol("a", real=True))

NOTHING_KNOWN = [arb("nan"), arb(0, "inf"), arb("inf"), arb("-inf")]
RELATIONS = [equal(x, 0), at_most(0, x), less(0, x), at_most(x, 0), less(x, 0)]


@pytest.mark.parametrize("value", NOTHING_KNOWN, ids=str)
@pytest.mark.parametrize("relation", RELATIONS, ids=str)
def test_no_relation_holds_of_a_number_that_is_not_known(relation, value):
    assert truth(relation, Instance({x: value})) is Truth.CONSISTENT
    statement = Statement("small", "", "", {}, {"claim": relation})
    (record,) = enclose_claims(statement, Instance({x: value}), "data")
    assert record.outcome is Outcome.OPEN


def test_an_equality_of_wide_balls_is_not_enclosed():
    statement = Statement("small", "", "", {}, {"claim": equal(x, y)})
    (record,) = enclose_claims(statement, Instance({x: arb(1, "1e-10"), y: arb(1)}), "data")
    assert record.outcome is Outcome.OPEN
    assert "wide" in record.reason


def test_overlapping_balls_decide_no_order():
    instance = Instance({x: arb(1, "0.1"), y: arb(1)})
    for relation in (at_most(x, y), at_most(y, x), less(x, y), less(y, x)):
        assert truth(relation, instance) is Truth.CONSISTENT


def test_exact_numbers_decide():
    instance = Instance({x: fmpq(1, 3), y: fmpq(1, 3)})
    assert truth(equal(x, y), instance) is Truth.HOLDS
    assert truth(at_most(x, y), instance) is Truth.HOLDS
    assert truth(less(x, y), instance) is Truth.VIOLATED


def test_every_value_of_a_free_index_counts():
    values = np.array([fmpq(1), fmpq(2), fmpq(-1)], dtype=object)
    assert truth(less(0, a[i]), Instance({}, {a.label: values})) is Truth.VIOLATED
    assert truth(less(0, a[i]), Instance({}, {a.label: values[:2]})) is Truth.HOLDS


def test_an_empty_family_is_no_instance():
    empty = np.array([], dtype=object)
    with pytest.raises(StatementError, match="no values"):
        truth(less(0, a[i]), Instance({}, {a.label: empty}))


def test_a_letter_without_a_value_is_an_error():
    with pytest.raises(StatementError, match="no value for y"):
        evaluate(x + y, Instance({x: fmpq(1)}))
    with pytest.raises(StatementError, match="no values for a"):
        evaluate(Sum(a[i], (i, 1, n)), Instance({n: 2}))


def test_roots_and_divisions_outside_the_reals_are_errors():
    with pytest.raises(StatementError, match="negative"):
        evaluate(sqrt(x), Instance({x: fmpq(-1)}))
    with pytest.raises(StatementError, match="zero"):
        evaluate(1 / x, Instance({x: fmpq(0)}))


def test_squares_of_balls_centred_at_zero_are_known():
    assert truth(at_most(x**2, 2), Instance({x: arb(0, 1)})) is Truth.HOLDS
    assert truth(at_most(x**6, 2), Instance({x: arb(0, 1)})) is Truth.HOLDS


def test_rows_that_are_not_orthonormal_are_seen():
    skew = np.array([[fmpq(1), fmpq(0)], [fmpq(1, 10**9), fmpq(1)]], dtype=object)
    assert truth_of_hypothesis(Orthonormal(w), Instance({}, {w.expression.base.label: skew})) is Truth.VIOLATED


@pytest.mark.parametrize("seed", range(20))
def test_the_top_eigenvalue_is_enclosed_and_not_the_largest_in_size(seed):
    generator = np.random.default_rng(seed)
    entries = generator.integers(-9, 9, size=(4, 4))
    matrix = np.vectorize(lambda entry: fmpq(int(entry)), otypes=[object])(
        entries + entries.T - 40 * np.eye(4, dtype=int)
    )
    ball = enclose_top_eigenvalue(matrix)
    top = float(np.linalg.eigvalsh((entries + entries.T - 40 * np.eye(4)).astype(float))[-1])
    assert abs(float(ball.mid()) - top) < 1e-9
    assert ball.rad() < 1e-9


def test_a_matrix_of_unknown_entries_has_no_enclosure():
    with pytest.raises(SharpnessError):
        enclose_top_eigenvalue(np.array([[arb(1, "1e10"), arb(0)], [arb(0), arb(1)]], dtype=object))


def test_a_rational_eigenvalue_is_exact_and_an_irrational_one_is_not():
    rational = np.array([[fmpq(2), fmpq(1)], [fmpq(1), fmpq(2)]], dtype=object)
    irrational = np.array([[fmpq(2), fmpq(1)], [fmpq(1), fmpq(3)]], dtype=object)
    assert exact_top_eigenvalue(rational) == 3
    assert exact_top_eigenvalue(irrational) is None
