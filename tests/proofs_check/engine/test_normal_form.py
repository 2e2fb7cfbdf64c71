"""The normal form must never call two different expressions equal: it is compared with numbers, and attacked."""

import random

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import IndexedBase, Integer, KroneckerDelta, Sum, Symbol, sqrt, symbols

from proofs_check.engine.normal_form import Orthonormal, Setting, normal_form
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance
from theory.errors import StatementError

i, j, k = symbols("i j k", integer=True, positive=True)
m, n = symbols("m n", integer=True, positive=True)
x, y = symbols("x y", real=True)
p = Symbol("p", positive=True)
a, b = IndexedBase(Symbol("a", real=True)), IndexedBase(Symbol("b", real=True))
A = IndexedBase(Symbol("A", real=True))


def instance(seed):
    source = random.Random(seed)
    rows, columns = source.randint(1, 3), source.randint(1, 3)

    def entries(*shape):
        array = np.empty(shape, dtype=object)
        for where in np.ndindex(shape):
            array[where] = fmpq(source.randint(-5, 5), source.randint(1, 4))
        return array

    scalars = {m: rows, n: columns, x: fmpq(source.randint(-5, 5)), y: fmpq(3, 7), p: fmpq(source.randint(1, 9), 2)}
    families = {a.label: entries(columns), b.label: entries(columns), A.label: entries(rows, columns)}
    return Instance(scalars, families)


def expressions(depth=3):
    vectors = st.sampled_from([a[i], b[i], a[i] * b[i], a[i] ** 2, Integer(1), A[1, i]])
    matrices = st.sampled_from([A[j, i] * a[i], A[j, i] ** 2, A[j, i] * b[i] * a[i], A[j, i] * KroneckerDelta(i, 1)])
    leaves = st.one_of(
        st.sampled_from([x, y, p, m, n, a[1], Integer(2), Integer(-3), Integer(1) / p, sqrt(p)]),
        vectors.map(lambda t: Sum(t, (i, 1, n))),
        matrices.map(lambda t: Sum(t, (i, 1, n), (j, 1, m))),
        st.just(Sum(Sum(A[j, i] * a[i], (i, 1, n)) ** 2, (j, 1, m))),
        st.just(Sum(KroneckerDelta(i, k) * a[i] * b[k], (i, 1, n), (k, 1, n))),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda s, t: s + t, inner, inner),
            st.builds(lambda s, t: s * t, inner, inner),
            st.builds(lambda s: s**2, inner),
            st.builds(lambda s: s - 1, inner),
        ),
        max_leaves=depth,
    )


def same(value, other):
    difference = value - other
    return difference == 0 if isinstance(difference, fmpq) else bool(difference.contains(0))


@settings(max_examples=100)
@given(expressions(), expressions(), st.integers(0, 10**6))
def test_equal_normal_forms_mean_equal_values(first, second, seed):
    """A zero normal form of a difference of random expressions, rare as it is, must be zero in numbers."""
    difference = first * (first + second) - first**2 - second * first
    assert normal_form(difference).is_zero
    if normal_form(first - second).is_zero:
        assert same(evaluate(first, instance(seed)), evaluate(second, instance(seed)))


@settings(max_examples=100)
@given(expressions(), st.integers(0, 10**6))
def test_a_value_that_is_not_zero_has_a_normal_form_that_is_not(expression, seed):
    value = evaluate(expression, instance(seed))
    nonzero = value != 0 if isinstance(value, fmpq) else not value.contains(0)
    if nonzero:
        assert not normal_form(expression).is_zero


def test_dummy_indices_do_not_matter():
    first = Sum(A[j, i] * a[i], (i, 1, n), (j, 1, m)) * Sum(a[i], (i, 1, n))
    second = Sum(A[k, j] * a[j] * a[i], (i, 1, n), (j, 1, n), (k, 1, m))
    assert normal_form(first - second).is_zero


def test_sizes_are_not_mixed_up():
    assert not normal_form(Sum(a[i], (i, 1, n)) - Sum(a[i], (i, 1, m))).is_zero
    assert normal_form(Sum(Integer(1), (i, 1, n)) - n).is_zero


def test_a_sum_of_squares_is_not_the_square_of_the_sum():
    assert not normal_form(Sum(a[i] ** 2, (i, 1, n)) - Sum(a[i], (i, 1, n)) ** 2).is_zero


def test_free_and_bound_indices_of_one_name_stay_apart():
    assert not normal_form(a[i] * Sum(a[i], (i, 1, n)) - Sum(a[i] ** 2, (i, 1, n))).is_zero


def test_symbols_of_one_name_and_different_domains_stay_apart():
    assert not normal_form(Symbol("q", positive=True) - Symbol("q", real=True)).is_zero


def test_orthonormal_rows_contract_along_their_axis_only():
    setting = Setting(orthonormal=(Orthonormal(A.label, 1),))
    along = Sum(A[i, k] * A[j, k], (k, 1, n))
    assert normal_form(along - KroneckerDelta(i, j), setting).is_zero
    across = Sum(A[k, i] * A[k, j], (k, 1, m))
    assert not normal_form(across - KroneckerDelta(i, j), setting).is_zero
    weighted = Sum(A[i, k] * A[j, k] * a[k], (k, 1, n))
    assert not normal_form(weighted - KroneckerDelta(i, j), setting).is_zero


@pytest.mark.parametrize("divisor", [x, Sum(a[i], (i, 1, n)), x - y])
def test_division_by_what_may_vanish_is_refused(divisor):
    with pytest.raises(StatementError, match="nonzero"):
        normal_form(divisor / divisor**2 * divisor + 1 / divisor)


def test_a_root_of_what_may_be_negative_is_refused():
    with pytest.raises(StatementError, match="nonnegative"):
        normal_form(sqrt(x))


def test_roots_and_powers_join():
    q, depth = symbols("q D", positive=True)
    assert normal_form(sqrt(q + 1) ** 3 - (q + 1) * sqrt(q + 1)).is_zero
    assert normal_form(q ** ((depth - 1) / depth) * q ** (1 / depth) - q).is_zero
    assert not normal_form(q ** ((depth - 1) / depth) - q ** (1 / depth)).is_zero


def test_inverses_are_multiplied_out():
    assert normal_form(1 / (p + 1) - 1 / (p + 2) - 1 / ((p + 1) * (p + 2))).is_zero
    assert not normal_form(1 / (p + 1) - 1 / (p + 2)).is_zero


def test_a_delta_of_free_indices_identifies_them_everywhere():
    delta = KroneckerDelta(i, j)
    assert normal_form(delta * a[i] - delta * a[j]).is_zero
    assert normal_form(KroneckerDelta(i, 1) * (a[i] - a[1])).is_zero
    assert not normal_form(delta * a[i] - a[j]).is_zero
