"""Sums are evaluated once at an instance, and anew at any other instance, index or precision."""

import numpy as np
from flint import arb, ctx, fmpq
from sympy import Derivative, Subs, Sum, Symbol

from proofs_check.instances.evaluation import at_precision, evaluate
from proofs_check.instances.instance import Instance, with_values
from theory.language.indexed import label_of as label
from theory.setting.symbols import N, X, n_features, samples, u

ROW = samples.index(set())


def instance(*rows):
    data = np.array([[fmpq(entry) for entry in row] for row in rows], dtype=object)
    ones = np.array([fmpq(1)] * data.shape[1], dtype=object)
    return Instance({N: data.shape[0], n_features: data.shape[1]}, {label(X): data, label(u): ones})


def test_a_sum_with_a_free_index_is_kept_for_each_value():
    output = (X @ u).at(ROW)
    at = instance((1, 2), (30, 40))
    assert evaluate(output, at, {ROW: 1}) == 3
    assert evaluate(output, at, {ROW: 2}) == 70
    assert evaluate(output, at, {ROW: 1}) == 3


def test_another_instance_keeps_nothing():
    total = (X @ u).total()
    first = instance((1, 2))
    assert evaluate(total, first) == 3
    second = with_values(first, (u, np.array([fmpq(5), fmpq(7)], dtype=object)))
    assert evaluate(total, second) == 19
    assert evaluate(total, first) == 3


def test_an_inner_sum_is_the_same_as_when_written_out():
    at = instance((1, 2), (3, 4), (5, 6))
    expected = sum((row[0] + row[1]) ** 2 for row in ((1, 2), (3, 4), (5, 6)))
    assert evaluate(((X @ u) ** 2).total(), at) == expected


def test_a_sum_binds_no_index_of_where_a_derivative_is_taken():
    """`d/dx (x sum_n (x + X_n1)) = 2 N x + sum_n X_n1`, at `x = X_n1`."""
    x, entry = Symbol("x", real=True), X.at(ROW, 1)
    slope = Subs(Derivative(x * Sum(x + entry, (ROW, 1, N)), x), x, entry)
    assert [evaluate(slope, instance((1,), (10,)), {ROW: place}) for place in (1, 2)] == [4 + 11, 40 + 11]


def test_a_scalar_of_an_indexs_name_is_not_the_index():
    """The scalar `n` and the sample index `n` are different letters."""
    scalar = Symbol("n", real=True)
    at = with_values(instance((1, 2), (3, 4)), (scalar, fmpq(100)))
    assert evaluate(scalar * (X @ u).at(ROW), at, {ROW: 2}) == 700


def test_more_bits_are_not_read_from_what_fewer_bits_gave():
    at = with_values(instance((1,)), (u, np.array([arb(1)], dtype=object)))
    third = (X @ u / 3).total()
    before = ctx.prec
    try:
        with at_precision(32):
            rough = evaluate(third, at)
        with at_precision(256):
            fine = evaluate(third, at)
    finally:
        ctx.prec = before
    assert float(fine.rad()) < 1e-60 < float(rough.rad())
