"""Facts of other statements, at other letters, and what gradient flow conserves: each method must refuse the wrong."""

from dataclasses import replace

import pytest
from sympy import Integer, Rational, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.ledger.verification import verify
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.conservation import Conservation
from proofs_check.methods.established import Established
from proofs_check.methods.induction import Induction
from proofs_check.methods.monotone_power import MonotonePower
from proofs_check.methods.positive_power import PositivePower
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import Library, proof_of
from theory.formulas.deep_model import layer_product
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import GradientFlow, Statement
from theory.setting.deep_hypotheses import deep_loss, layer_imbalances
from theory.setting.symbols import D, S, features, later_layers, layers, u
from theory.statements import lem_5_2, statement

x, y, z = (Symbol(name, real=True) for name in "xyz")
p, q = Symbol("p", positive=True), Symbol("q", positive=True)


def check(claim, *steps, **hypotheses):
    given = Statement("small", "", "", hypotheses, {"claim": claim})
    claims, records, _ = check_proof(given, [*steps[:-1], Step("claim", claim, steps[-1])])
    return claims["claim"], records[-1].reason


def refused(claim, *steps, why, **hypotheses):
    outcome, reason = check(claim, *steps, **hypotheses)
    assert outcome is Outcome.OPEN
    assert why in reason


SQUARE = Step("square", at_most(2 * x * y, x**2 + y**2), Combination((x - y) ** 2))


def test_a_free_letter_takes_any_value():
    claim = at_most(2 * x * p, x**2 + p**2)
    assert check(claim, SQUARE, Specialization("square", {y: p}))[0] is Outcome.PROVED
    swapped = at_most(2 * x * y, y**2 + x**2)
    assert check(swapped, SQUARE, Specialization("square", {x: y, y: x}))[0] is Outcome.PROVED


def test_another_value_is_refused():
    refused(at_most(2 * x * p, x**2 + q**2), SQUARE, Specialization("square", {y: p}), why="not equal")
    refused(less(2 * x * p, x**2 + p**2), SQUARE, Specialization("square", {y: p}), why="2*p*x <=")


def test_a_letter_of_a_hypothesis_is_not_free():
    product = Step("product", at_most(0, y * x**2), Combination(fact("positive") * x**2))
    claim = at_most(0, z * x**2)
    refused(claim, product, Specialization("product", {y: z}), positive=less(0, y), why="it assumes: 0 < z")
    both = {"positive": less(0, y), "other": less(0, z)}
    assert check(claim, product, Specialization("product", {y: z}), **both)[0] is Outcome.PROVED


def test_a_fact_may_be_used_although_a_hypothesis_that_it_does_not_need_speaks_of_its_letter():
    claim = at_most(2 * x * p, x**2 + p**2)
    assert check(claim, SQUARE, Specialization("square", {y: p}), positive=less(0, y))[0] is Outcome.PROVED
    square = Step("square", equal(layer_product(later_layers) ** 2, layer_product(later_layers**2)), _squares())
    other = IndexedArray.named("a", layers)
    claim = equal(layer_product(other) ** 2, layer_product(other**2))
    method = Specialization("square", {later_layers: other})
    assert check(claim, square, method, positive=less(0, later_layers))[0] is Outcome.PROVED


def _squares():
    from proofs_check.methods.induction import LAST, before
    from theory.setting.symbols import n_later_layers

    return Induction(n_later_layers, later_layers.at(LAST) ** 2 * before())


def test_a_value_outside_the_domain_of_its_letter_is_refused():
    positive = Step("positive", less(0, p + x**2), Combination(p + x**2))
    refused(less(0, -q + x**2), positive, Specialization("positive", {p: -q}), why="it assumes")
    refused(less(0, y + x**2), positive, Specialization("positive", {p: y}), why="it assumes")
    assert check(less(0, q**2 + x**2), positive, Specialization("positive", {p: q**2}))[0] is Outcome.PROVED


def test_a_family_over_other_ranges_is_refused():
    positive = Step("positive", at_most(0, (later_layers**2).total()), Combination((later_layers**2).total()))
    method = Specialization("positive", {later_layers: u})
    refused(at_most(0, (u**2).total()), positive, method, why="same axes")


def test_letters_are_replaced_all_at_once():
    difference = Step("difference", at_most(0, (x - 2 * y) ** 2), Combination((x - 2 * y) ** 2))
    swap = Specialization("difference", {x: y, y: x})
    assert check(at_most(0, (y - 2 * x) ** 2), difference, swap)[0] is Outcome.PROVED
    refused(at_most(0, (y - 2 * y) ** 2 - x**2), difference, swap, why="not equal")


POWER = {"source": equal(x, p**D)}


def test_exponents_of_a_positive_base_multiply():
    assert check(equal(x ** (1 / D), p), PositivePower("source"), **POWER)[0] is Outcome.PROVED
    assert check(equal(x ** ((D - 1) / D), p ** (D - 1)), PositivePower("source"), **POWER)[0] is Outcome.PROVED
    assert check(equal(x ** (-2 / D), 1 / p**2), PositivePower("source"), **POWER)[0] is Outcome.PROVED


def test_a_wrong_exponent_is_refused():
    refused(equal(x ** (1 / D), p**2), PositivePower("source"), why="not equal", **POWER)
    refused(equal(x ** (1 / D), p**D), PositivePower("source"), why="not equal", **POWER)
    refused(equal(y ** (1 / D), p), PositivePower("source"), why="no power", **POWER)
    refused(equal(x ** (1 / D), q), PositivePower("source"), why="no power", **POWER)


def test_a_base_that_may_be_negative_has_no_such_rule():
    refused(equal(x ** Rational(1, 2), y), PositivePower("source"), source=equal(x, y**2), why="positive")


def test_an_inequality_is_not_raised_to_a_power_so():
    refused(equal(x ** (1 / D), p), PositivePower("source"), source=at_most(x, p**D), why="no equation")


def test_powers_keep_order():
    exponent = D * (D + 1)
    assert check(less(p, q), MonotonePower("source", exponent), source=less(p**exponent, q**exponent))[0] is (
        Outcome.PROVED
    )
    assert check(at_most(1, p), MonotonePower("source", D), source=at_most(1, p**D))[0] is Outcome.PROVED


def test_powers_keep_no_order_of_what_may_be_negative():
    refused(less(x, y), MonotonePower("source", Integer(2)), source=less(x**2, y**2), why="not equal")
    refused(less(p, q), MonotonePower("source", -D), source=less(p**-D, q**-D), why="positive")
    refused(less(p, q), MonotonePower("source", D - 1), source=less(p ** (D - 1), q ** (D - 1)), why="positive")
    refused(less(p, q), MonotonePower("source", D), source=less(p**D, q ** (D + 1)), why="not equal")
    refused(less(p, q), MonotonePower("source", D), source=at_most(p**D, q**D), why="p <= q")
    refused(less(q, p), MonotonePower("source", D), source=less(p**D, q**D), why="not equal")


def corollary(**changes):
    return replace(statement("cor-5.3"), **changes)


def steps_of(identifier):
    return proof_of(statement(identifier))


@pytest.mark.slow
def test_a_statement_must_list_what_it_rests_on():
    claims, records, _ = check_proof(corollary(depends=("thm-4.3",)), steps_of("cor-5.3"))
    assert set(claims.values()) == {Outcome.OPEN}
    assert "does not list" in records[0].reason


@pytest.mark.parametrize(
    "name", ["svd", "labels", "left-orthonormal", "right-orthonormal", "descending", "nonzero-labels", "flow"]
)
def test_every_hypothesis_of_the_other_statement_must_hold_here(name):
    hypotheses = {k: h for k, h in statement("cor-5.3").hypotheses.items() if k != name}
    claims, _, _ = check_proof(corollary(hypotheses=hypotheses), steps_of("cor-5.3"))
    assert Outcome.OPEN in claims.values()


def test_another_trajectory_or_sharpness_does_not_count():
    hypotheses = dict(statement("cor-5.3").hypotheses)
    flow, sharpness = hypotheses["flow"], hypotheses["sharpness"]
    for name, other in (
        ("flow", replace(flow, end=flow.start)),
        ("flow", replace(flow, loss=lambda first, second: flow.loss(first, second) * 2)),
        ("sharpness", replace(sharpness, symbol=Symbol("T", real=True))),
        ("sharpness", replace(sharpness, loss=lambda first, second: sharpness.loss(first, second) * 2)),
        ("sharpness", replace(sharpness, point=(u, Symbol("v_0", real=True)))),
    ):
        claims, _, _ = check_proof(corollary(hypotheses={**hypotheses, name: other}), steps_of("cor-5.3"))
        assert claims["lower"] is Outcome.OPEN, name


@pytest.mark.slow
def test_a_claim_that_the_other_statement_does_not_make():
    steps = steps_of("def-5.8")
    for position, step in enumerate(steps):
        if isinstance(step.method, Established):
            for wrong in (
                replace(step, method=replace(step.method, claim="upper" if step.id == "lower" else "lower")),
                replace(step, method=replace(step.method, claim="nowhere")),
                replace(step, claim=less(step.claim.left, step.claim.right)),
            ):
                claims, _, _ = check_proof(statement("def-5.8"), [*steps[:position], wrong, *steps[position + 1 :]])
                assert Outcome.OPEN in claims.values()


@pytest.mark.slow
def test_axioms_are_inherited():
    assert set(verify(statement("thm-4.3"), real_data=False).axioms) < set(
        verify(statement("cor-5.3"), real_data=False).axioms
    )
    assert "constant" in verify(statement("cor-5.4"), real_data=False).axioms


def test_a_circle_is_an_error():
    claim = at_most(0, x**2)
    pair = {
        name: Statement(name, "", "", {}, {"claim": claim}, depends=(other,))
        for name, other in (("first", "second"), ("second", "first"))
    }

    def proof(given):
        return [Step("claim", claim, Established(library.theorem, given.depends[0], "claim"))]

    library = Library(lambda identifier: pair[identifier], proof)
    claims, records, _ = check_proof(pair["first"], proof(pair["first"]))
    assert claims["claim"] is Outcome.OPEN
    assert "circle: second, first, second" in records[0].reason


def _resting_on(proof):
    """The steps of Definition 5.8, which looks the proof of Theorem 4.6 up in a library of its own."""
    find = Library(statement, proof).theorem
    return [
        replace(step, method=replace(step.method, find=find)) if isinstance(step.method, Established) else step
        for step in steps_of("def-5.8")
    ]


@pytest.mark.slow
def test_an_open_statement_proves_nothing():
    claims, records, _ = check_proof(statement("def-5.8"), _resting_on(lambda given: proof_of(given)[1:]))
    assert claims["below"] is Outcome.OPEN
    assert any("not proved" in record.reason for record in records)


def lemma(method, hypotheses=None, name="conserved"):
    given = statement("lem-5.2")
    if hypotheses is not None:
        given = replace(given, hypotheses=hypotheses)
    steps = [step if step.id != name else replace(step, method=method) for step in steps_of("lem-5.2")]
    claims, records, _ = check_proof(given, steps)
    return claims[name], next(record.reason for record in records if record.id == name)


CONSERVED = Conservation("flow", layer_imbalances, lem_5_2.POINT, lem_5_2.DIRECTION, lem_5_2.GRADIENT)


@pytest.mark.slow
def test_conservation_needs_its_own_rate_and_gradient():
    assert lemma(CONSERVED)[0] is Outcome.PROVED
    for wrong, why in (
        (replace(CONSERVED, rate_fact="rate-between"), ""),
        (replace(CONSERVED, gradient_fact="rate"), ""),
        (replace(CONSERVED, gradient=tuple(part * 2 for part in lem_5_2.GRADIENT)), "not equal"),
        (replace(CONSERVED, quantity=lambda a, b: layer_imbalances(a, b) * 2), "not equal"),
        (replace(CONSERVED, flow="svd"), ""),
        (replace(CONSERVED, direction=lem_5_2.POINT), ""),
    ):
        outcome, reason = lemma(wrong)
        assert outcome is Outcome.OPEN
        assert why in reason


@pytest.mark.slow
def test_conservation_needs_a_gradient_and_a_rate_at_every_point():
    given = statement("lem-5.2").hypotheses
    steps = [one for one in steps_of("lem-5.2") if one.id in ("gradient", "rate")]
    assert lemma(CONSERVED, {**given, "extra": equal(lem_5_2.POINT[0], 0)})[0] is Outcome.PROVED  # nothing uses it
    for step in steps:
        assumed = {**given, "here": step.claim}
        outcome, reason = lemma(replace(CONSERVED, **{f"{step.id}_fact": "here"}), assumed)
        assert outcome is Outcome.OPEN
        assert "a hypothesis speaks of" in reason


@pytest.mark.slow
def test_conservation_holds_along_the_loss_of_the_gradient_only():
    flow = statement("lem-5.2").hypotheses["flow"]
    doubled = GradientFlow(lambda a, b: 2 * deep_loss(a, b), flow.start, flow.end)
    outcome, reason = lemma(CONSERVED, {**statement("lem-5.2").hypotheses, "flow": doubled})
    assert outcome is Outcome.OPEN
    assert "not equal" in reason


def test_the_letters_of_these_tests_are_those_of_the_statements():
    assert features in lem_5_2.POINT[0].axes
    assert statement("cor-5.4").hypotheses["sharpness"].symbol == S
    assert check(equal(x, x + fact("nothing")), identity())[0] is Outcome.OPEN
