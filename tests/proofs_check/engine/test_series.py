"""Coefficients along a line: by the rules, by multiplying out, and at numbers."""

import numpy as np
import pytest
import sympy
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol, symbols

from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.series import Truncated, series
from theory.language.reading import label_of as label
from proofs_check.engine.uninterpreted import as_entry
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance
from theory.errors import StatementError
from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray, with_bound_apart
from theory.setting.symbols import later_layers, layers, n_later_layers

a, b = symbols("a b", real=True)
direction = IndexedArray.named("h", layers)

polynomials = st.recursive(
    st.sampled_from([a, b, EPSILON, Integer(2), Rational(-1, 3), EPSILON * a + b]),
    lambda inner: st.one_of(
        st.builds(lambda x, y: x + y, inner, inner),
        st.builds(lambda x, y: x * y, inner, inner),
        st.builds(lambda x: x**2, inner),
    ),
    max_leaves=6,
)


@given(polynomials, st.integers(0, 3))
def test_the_rules_agree_with_multiplying_out(polynomial, order):
    expected = sympy.expand(polynomial).coeff(EPSILON, order)
    assert sympy.expand(series(polynomial, EPSILON, order)[order] - expected) == 0
    assert normal_form(coefficient(polynomial, order) - expected).is_zero
    values = {a: fmpq(2, 3), b: fmpq(-5)}
    assert evaluate(coefficient(polynomial, order), Instance(values)) == evaluate(expected, Instance(values))


def test_sums_and_products_over_a_range_at_numbers():
    weights, moves = [fmpq(2), fmpq(-1), fmpq(1, 2)], [fmpq(1), fmpq(3), fmpq(-2)]
    arrays = {label(later_layers): np.array(weights, dtype=object), label(direction): np.array(moves, dtype=object)}
    instance = Instance({n_later_layers: 3}, arrays)
    moved = later_layers + direction * EPSILON
    # (2 + x)(-1 + 3x)(1/2 - 2x) = -1 + (-1/2 + 3 + 4) x + ...
    assert [evaluate(coefficient(layer_product(moved), k), instance) for k in range(3)] == [
        fmpq(-1),
        fmpq(13, 2),
        fmpq(-17, 2),
    ]
    assert evaluate(coefficient((moved**2).total(), 1), instance) == 2 * (2 - 3 - 1)


def test_what_is_no_polynomial_is_refused():
    for wrong in (1 / (1 + EPSILON), sympy.sqrt(1 + EPSILON), sympy.exp(EPSILON)):
        with pytest.raises(StatementError, match="no rule"):
            series(wrong, EPSILON, 1)


def test_truncated_numbers_follow_the_rules_of_power_series():
    x = Truncated.variable(3)
    assert ((1 + x) ** 3).coefficients == (1, 3, 3, 1)
    assert (x * x * x * x).coefficients == (0, 0, 0, 0)
    assert (2 - x / 2).coefficients == (2, fmpq(-1, 2), 0, 0)


def test_different_products_get_different_names():
    others, pairs = product_of_others(later_layers), product_of_other_pairs(later_layers)
    products = [
        layer_product(later_layers),
        layer_product(later_layers**2),
        layer_product(direction),
        others.expression,
        pairs.expression.args[-1],
        coefficient(layer_product(later_layers + direction * EPSILON), 1),
        coefficient(layer_product(later_layers + direction * EPSILON), 2),
    ]
    assert len({str(as_entry(product)) for product in products}) == len(products)


def test_the_letters_of_indices_do_not_matter():
    others = product_of_others(later_layers)
    p, q = (Symbol(name, integer=True, positive=True) for name in "pq")
    first, second = as_entry(others.at(p)), as_entry(others.at(q))
    assert first.base == second.base
    assert first.indices == (p,)
    assert second.indices == (q,)
    assert not normal_form(others.at(p) - others.at(q)).is_zero


def test_a_bound_index_is_renamed_where_it_is_free_elsewhere():
    (index,) = later_layers.indices
    total = later_layers.total()
    renamed = with_bound_apart(total, {index})
    assert renamed != total
    assert normal_form(renamed - total).is_zero
    assert with_bound_apart(total, set()) == total
