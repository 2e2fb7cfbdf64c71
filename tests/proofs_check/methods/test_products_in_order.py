"""The method of products in order, on what it must accept and on what it must refuse."""

import numpy as np
import pytest
from sympy import Product, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof
from proofs_check.instances.evaluation import index_sizes
from proofs_check.instances.instance import Instance
from proofs_check.methods.products_in_order import ProductsInOrder
from theory.formulas.deep_model import product_of_others
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import later_layers, n_later_layers

size = Symbol("m", integer=True, positive=True)
j, k = (Symbol(name, integer=True, positive=True) for name in "jk")
axis = Axis(size, "j")
a, b = (IndexedArray.named(name, axis).expression.base for name in "ab")


def over(factor):
    return Product(factor, (j, 1, size))


def outcome(claim, source=None, index=j):
    source = at_most(a[j] ** 2, b[j] ** 2) if source is None else source
    given = Statement("small", "", "", {"source": source}, {"claim": claim})
    claims, records, _ = check_proof(given, [Step("claim", claim, ProductsInOrder("source", index))])
    return claims["claim"], records[-1].reason


def test_products_of_squares_in_order():
    assert outcome(at_most(over(a[j] ** 2), over(b[j] ** 2)))[0] is Outcome.PROVED


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        (at_most(over(b[j] ** 2), over(a[j] ** 2)), None, "not equal"),
        (at_most(over(a[j] ** 2), over(b[j] ** 4)), None, "not equal"),
        (less(over(a[j] ** 2), over(b[j] ** 2)), None, "<="),
        (at_most(over(a[j]), over(b[j])), at_most(a[j], b[j]), "not negative"),
        (at_most(over(a[1] ** 2), over(b[1] ** 2)), at_most(a[1] ** 2, b[1] ** 2), "not stated for every"),
        (at_most(a[k] ** 2, b[k] ** 2), None, "not equal"),
    ],
)
def test_what_it_refuses(claim, source, reason):
    found, why = outcome(claim, source)
    assert found is Outcome.OPEN
    assert reason in why


def test_an_index_in_a_delta_alone_runs_over_the_layers():
    others = at_most(0, product_of_others(later_layers) ** 2)
    instance = Instance({n_later_layers: 3}, {later_layers.expression.base.label: np.ones(3)})
    assert index_sizes(others, instance) == [3]
