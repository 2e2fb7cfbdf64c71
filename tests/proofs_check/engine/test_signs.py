"""A sign that is read off a form must be the sign of the number."""

import random

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import IndexedBase, Integer, KroneckerDelta, Rational, Sum, Symbol, sqrt, symbols

from proofs_check.engine.signs import Sign, declared, sign
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance

i, j = symbols("i j", integer=True, positive=True)
n = Symbol("n", integer=True, positive=True)
x, y = symbols("x y", real=True)
p = Symbol("p", positive=True)
q = Symbol("q", nonnegative=True)
a, s = IndexedBase(Symbol("a", real=True)), IndexedBase(Symbol("s", positive=True))

leaves = st.sampled_from(
    [
        x, y, p, q, a[1], s[1], Integer(0), Integer(2), Rational(-1, 3), sqrt(p), 1 / p, x**2, x**3, 1 / p**2,
        Sum(a[i] ** 2, (i, 1, n)), Sum(a[i], (i, 1, n)), Sum(s[i], (i, 1, n)),
        Sum((1 - KroneckerDelta(i, 1)) * s[i], (i, 1, n)), Sum(KroneckerDelta(i, j) * s[i], (i, 1, n), (j, 1, n)),
    ]
)  # fmt: skip
forms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda u, v: u + v, inner, inner),
        st.builds(lambda u, v: u * v, inner, inner),
        st.builds(lambda u: u**2, inner),
        st.builds(lambda u: -u, inner),
    ),
    max_leaves=5,
)


@given(forms, st.integers(0, 10**6))
def test_the_sign_read_is_the_sign_of_the_value(form, seed):
    source = random.Random(seed)
    size = source.randint(1, 3)
    signed = np.array([fmpq(source.randint(-3, 3)) for _ in range(size)], dtype=object)
    positive = np.array([fmpq(source.randint(1, 3)) for _ in range(size)], dtype=object)
    scalars = {n: size, x: fmpq(source.randint(-2, 2)), y: fmpq(source.randint(-2, 2)), p: fmpq(source.randint(1, 4))}
    instance = Instance({**scalars, q: fmpq(source.randint(0, 2))}, {a.label: signed, s.label: positive})
    value = evaluate(form, instance)
    shown = sign(form, declared)
    if shown is Sign.POSITIVE:
        assert value > 0
    elif shown is Sign.NONNEGATIVE:
        assert value >= 0
    elif shown is Sign.ZERO:
        assert value == 0


@pytest.mark.parametrize(
    "form", [x, x * y, -(x**2), x**2 - 1, x**2 - 2 * x * y + y**2, -p, 1 - KroneckerDelta(i, j) * 2]
)
def test_what_the_form_does_not_show_is_unknown(form):
    assert sign(form, declared) is Sign.UNKNOWN
