"""Induction on the number of layers, and the products over them that it is there for."""

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import Product, Sum, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.instances.evaluation import Truth, evaluate, truth
from proofs_check.instances.instance import Instance
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.induction import LAST, Induction, before
from theory.errors import StatementError
from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.indexed import label_of as label
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import later_layers, layers, n_later_layers, s

v, M = later_layers, n_later_layers
a = IndexedArray.named("a", layers)
t = Symbol("t", real=True)
j = layers.index(set())
STEPS = (
    layer_products.first_order,
    layer_products.second_order,
    layer_products.one_factor,
    layer_products.two_factors,
)


def check(claim, method, *earlier, **hypotheses):
    given = Statement("small", "", "", hypotheses, {"claim": claim})
    claims, records, _ = check_proof(given, [*earlier, Step("claim", claim, method)])
    return claims["claim"], records[-1].reason


def refused(*arguments, why, **hypotheses):
    outcome, reason = check(*arguments, **hypotheses)
    assert outcome is Outcome.OPEN
    assert why in reason


def test_a_sum_over_all_layers_splits():
    claim = equal((v + a).total(), v.total() + a.total())
    assert check(claim, Induction(M, before()))[0] is Outcome.PROVED


def test_the_product_of_squares_is_the_square_of_the_product():
    claim = equal(layer_product(v) ** 2, layer_product(v**2))
    assert check(claim, Induction(M, v.at(LAST) ** 2 * before()))[0] is Outcome.PROVED


def test_true_for_one_layer_only_is_refused_at_the_step():
    refused(equal(layer_product(v), v.total()), Induction(M, before()), why="step")
    refused(equal(layer_product(v), v.at(1)), Induction(M, v.at(LAST) * before()), why="step")


def test_a_step_without_a_base_is_refused():
    refused(equal(v.total(), v.total() + 1), Induction(M, before()), why="= 1")
    refused(equal(2 * layer_product(v), layer_product(v)), Induction(M, v.at(LAST) * before()), why="= 1")


def test_a_wrong_combination_of_the_step_is_refused():
    claim = equal(v * product_of_others(v), layer_product(v))
    (index,) = claim.free_indices
    assert check(claim, Induction(M, v.at(LAST) * before(index)))[0] is Outcome.PROVED
    refused(claim, Induction(M, 2 * v.at(LAST) * before(index)), why="step")
    refused(claim, Induction(M), why="step")


def test_both_places_of_a_free_index_are_checked():
    others = product_of_others(v)
    last_only = equal(v * others, layer_product(v))
    (index,) = last_only.free_indices
    assert check(last_only, Induction(M, v.at(LAST) * before(index)))[0] is Outcome.PROVED
    refused(last_only, Induction(M), why="no index last")
    pairs = layer_products.two_factors()
    first, second = pairs.claim.free_indices
    no_last = Induction(M, v.at(LAST) * before(first, second), lemmas=("product-one-factor",))
    refused(pairs.claim, no_last, layer_products.one_factor(), why=f"({first} last)")


def test_an_inequality_needs_a_base_that_shows_it():
    claim, step = at_most(0, layer_product(v**2)), v.at(LAST) ** 2 * before()
    assert check(claim, Induction(M, step, gap_at_one=v.at(1) ** 2))[0] is Outcome.PROVED
    refused(claim, Induction(M, step), why="at M = 1")
    refused(less(0, layer_product(v**2)), Induction(M, step, gap_at_one=v.at(1) ** 2), why="at M = 1")


@pytest.mark.parametrize(
    "claim",
    [
        equal(Product(v.at(j), (j, 2, M)), Product(v.at(j), (j, 2, M))),
        equal(Sum(v.at(j), (j, 1, M + 1)), 0),
        equal(v.at(2), v.total()),
    ],
)
def test_parts_of_an_axis_cannot_be_spoken_of(claim):
    with pytest.raises(StatementError, match=r"whole axis|need not have more than a first one"):
        check(claim, Induction(M))


def test_an_index_bound_twice_means_the_inner_sum():
    twice = Sum(v.at(j) * Sum(v.at(j), (j, 1, M)), (j, 1, M))
    assert check(equal(twice, v.total() ** 2), identity())[0] is Outcome.PROVED
    assert check(equal(twice, Sum(v.at(j) ** 2, (j, 1, M))), identity())[0] is Outcome.OPEN


def test_a_fact_about_one_size_is_no_premise():
    hypothesis = equal(t, v.total())
    refused(
        equal(t, v.total()),
        Induction(M, fact("whole"), gap_at_one=fact("whole"), premises=("whole",)),
        whole=hypothesis,
        why="",
    )


def test_a_fact_under_hypotheses_is_no_lemma_and_nothing_to_rewrite_with():
    for method in (
        Induction(M, rewrite=("one",)),
        Induction(M, gap=before(), gap_at_one=fact("one", 1), rewrite=("one",)),
        Induction(M, gap=fact("one", LAST) + before(), lemmas=("one",)),
    ):
        refused(equal(layer_product(v), 1), method, one=equal(v, 1), why="")


def test_a_premise_holds_for_the_last_layer_as_well():
    claim = equal(layer_product(v), 1)
    method = Induction(M, before() + layer_product(v) * fact("one", LAST), gap_at_one=fact("one", 1), premises=("one",))
    assert check(claim, method, one=equal(v, 1))[0] is Outcome.PROVED
    refused(claim, method, one=equal(v, 2), why="")


def test_a_combination_that_draws_on_anything_else_is_refused():
    claim = equal(layer_product(v), 1)
    refused(claim, Induction(M, before() + fact("one", LAST)), one=equal(v, 1), why="no premises")


def test_another_axis_is_left_alone():
    claim = equal(v.total() * s.total(), (v * s.total()).total())
    assert check(claim, Induction(M, before()))[0] is Outcome.PROVED


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_steps_about_products_are_proved(step):
    steps = [one() for one in STEPS]
    given = Statement("small", "", "", {}, {step().id: step().claim})
    claims, _, state = check_proof(given, steps)
    assert claims[step().id] is Outcome.PROVED
    assert not state.facts[step().id].hypotheses


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@given(st.lists(st.tuples(st.fractions(-3, 3), st.fractions(-3, 3)), min_size=1, max_size=5))
def test_the_steps_about_products_hold_at_numbers(step, pairs):
    weights, direction = zip(*pairs, strict=True)
    instance = Instance(
        {M: len(pairs)},
        {label(v): _exact(weights), label(layer_products.DIRECTION): _exact(direction)},
    )
    assert truth(step().claim, instance) is Truth.HOLDS


@pytest.mark.slow
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=5))
def test_products_of_others_are_one_formula_for_numbers_and_for_symbols(weights):
    instance = Instance({M: len(weights)}, {label(v): _exact([Fraction(w) for w in weights])})
    others, pairs = product_of_others(v), product_of_other_pairs(v)
    numbers = range(len(weights))
    expected = [evaluate(others.at(index + 1), instance) for index in numbers]
    assert product_of_others(np.array(weights)).tolist() == expected
    expected_pairs = [[evaluate(pairs.at(i + 1, k + 1), instance) for k in numbers] for i in numbers]
    assert product_of_other_pairs(np.array(weights)).tolist() == expected_pairs


def test_a_wrong_expansion_of_the_product_is_not_an_identity():
    moved = layer_product(v + layer_products.DIRECTION * EPSILON)
    wrong = equal(coefficient(moved, 1), (layer_products.DIRECTION * v).total())
    refused(wrong, Induction(M, v.at(LAST) * before()), why="= 1")
    refused(wrong, identity(), why="not equal")
    right = layer_products.first_order().claim
    refused(right, identity(), why="not equal")
    refused(right, Combination(fact("product-one-factor", j)), why="not established")


def _exact(values):
    exact = np.empty(len(values), dtype=object)
    exact[:] = [fmpq(value.numerator, value.denominator) for value in values]
    return exact
