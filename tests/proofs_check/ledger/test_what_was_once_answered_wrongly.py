"""Statements of one's own that were once refuted, or proved, wrongly: each with what is to be said of it."""

from collections.abc import Mapping

import pytest
from sympy import Integer, KroneckerDelta, Rational, Sum, Symbol, exp

from proofs_check.engine.proof import Outcome
from proofs_check.ledger.own_statement import verify_own
from proofs_check.ledger.verification import verify
from theory.errors import StatementError
from theory.language.expectation import Mean
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import Relation, Sense, at_most, equal, less
from theory.language.statement import GradientFlow, Initialization, Orthonormal, Sharpness, Statement
from theory.language.unknown_functions import UnknownFunction
from theory.printing.relations import latex_with_loss

a, b, h, x, y, S, T = (Symbol(name, real=True) for name in "abhxyST")
p = Symbol("p", positive=True)
z = Symbol("z", nonnegative=True)
k, m, M, N = (Symbol(name, integer=True, positive=True) for name in "kmMN")
f, g = IndexedArray.named("f", Axis(N, "ij")), IndexedArray.named("g", Axis(M, "i"))
w = IndexedArray.named("w", Axis(M, "kl"), Axis(N, "ij"))
i = f.indices[0]
PROVED, REFUTED, VACUOUS, OPEN = Outcome.PROVED, Outcome.REFUTED, Outcome.VACUOUS, Outcome.OPEN


def own(hypotheses, claim):
    return Statement("own-idea", "", "", hypotheses, {"c": claim})


def judged(claim, **hypotheses):
    return verify_own(own(hypotheses, claim)).outcome


def refused(message, claim, **hypotheses):
    with pytest.raises(StatementError, match=message):
        judged(claim, **hypotheses)


def normal(letter, scale, *functions):
    return Initialization(((letter, scale),), functions)


class TestWholeNumbers:
    @pytest.mark.slow
    def test_none_between_two_is_a_counterexample(self):
        assert judged(at_most(k + 1, m), h=less(k, m)) is OPEN

    def test_one_that_is_none_is_no_model(self):
        assert judged(equal(4 * k, 6), h=equal(2 * k, 3)) is VACUOUS
        assert judged(equal(4 * k, 8), h=equal(2 * k, 4)) is PROVED
        assert judged(at_most(k, 2), h=less(1, k)) is REFUTED


def test_the_last_index_is_no_index_that_is_left():
    last = equal(f, KroneckerDelta(i, N) * x)  # only the left side tells what N is the size of
    assert judged(equal(f.total(), x), last=last) is PROVED
    assert latex_with_loss(last).endswith(r"\forall i")


class TestChance:
    def test_an_expectation_in_a_sum_may_bind_the_index_of_the_sum(self):
        summed = f.total()
        inner = Sum(f.at(i) * Mean(x**2 * summed), (i, 1, N))
        assert judged(equal(inner, p**2 * (f**2).total()), law=normal(x, p)) is REFUTED
        free = Relation(Mean(x**2 * f.at(i) * summed), Sense.EQUAL, p**2 * f.at(i) ** 2)
        assert judged(free, law=normal(x, p)) is REFUTED

    def test_an_outcome_of_probability_0_refutes_nothing(self):
        assert judged(equal(a, 1), law=normal(x, p, a), h=equal(a * x**2, x**2)) is OPEN

    def test_hypotheses_that_hold_at_few_outcomes_are_not_met(self):
        both = {"h": equal(a, x), "g": equal(a, x**2)}
        assert judged(equal(a, x), law=normal(x, p, a), **both) is VACUOUS

    def test_a_letter_that_is_defined_is_refuted_as_before(self):
        assert judged(equal(b, 0), law=normal(x, p, b), h=equal(b, x + 1)) is REFUTED
        assert judged(equal(b, 1 + x), law=normal(x, p, b), h=equal(b, x + 1)) is PROVED

    def test_a_scale_is_above_0(self):
        none = {"zero": equal(h, 0), "h": equal(b, x)}
        refused("h need not have a value: 0 < h is not shown", equal(b, 0), law=normal(x, h, b), **none)
        refused("0 < z is not shown", equal(b, 0), law=normal(x, z, b), h=equal(b, x))
        assert judged(equal(b, x), law=normal(x, h, b), up=less(0, h), h=equal(b, x)) is PROVED

    def test_the_ledger_asks_for_the_same(self):
        from proofs_check.instances.instance import Instance

        given = Statement("def-4.1", "", "", {"law": normal(x, p, a), "h": equal(a * x, x**2)}, {"c": equal(a, 2)})
        at_rest = Instance({p: Integer(1).p, x: 0, a: 0})
        record = verify(given, [], lambda _: iter([at_rest]), real_data=False)
        assert record.outcome is OPEN


class TestDeclarations:
    @pytest.mark.parametrize(
        ("flags", "said"),
        [
            ({"real": True, "nonzero": True}, "q is declared nonzero"),
            ({"rational": True}, "q is declared algebraic, rational"),
            ({"real": True, "noninteger": True}, "noninteger"),
            ({"negative": True}, "negative"),
            ({"positive": True, "prime": True}, "prime"),
            ({"real": True, "transcendental": True}, "transcendental"),
        ],
    )
    def test_what_no_check_takes_for_granted_is_refused(self, flags, said):
        refused(said, less(-1, Symbol("q", **flags) ** 2))
        family = IndexedArray.named("q", Axis(N, "ij"), **flags)
        refused(said, less(-1, family.at(1) ** 2))

    @pytest.mark.parametrize(
        "flags", [{"real": True}, {"positive": True}, {"nonnegative": True}, {"integer": True, "positive": True}]
    )
    def test_what_is_taken_for_granted_is_not(self, flags):
        assert judged(less(-1, Symbol("q", **flags) ** 2)) is PROVED


class TestFunctions:
    def test_a_derivative_has_a_value_and_a_function(self):
        class Pole(UnknownFunction):
            def fdiff(self, argindex=1):
                return 1 / self.args[0]

        class Tangent(UnknownFunction):
            def fdiff(self, argindex=1):
                return 1 + Tangent(self.args[0]) ** 2

        class There(UnknownFunction):
            def fdiff(self, argindex=1):
                return Back(self.args[0])

        class Back(UnknownFunction):
            def fdiff(self, argindex=1):
                return There(self.args[0]) ** 2

        class Nowhere(UnknownFunction):
            zero_nowhere = True

            def fdiff(self, argindex=1):
                return Integer(1)

        class Fine(UnknownFunction):
            def fdiff(self, argindex=1):
                return exp(self.args[0]) + 1

        for kind, said in ((Pole, "derivative of Pole"), (Tangent, "speaks of Tangent"), (There, "speaks of There")):
            refused(said, equal(kind(x), kind(x)))
        refused("no zero", less(0, Nowhere(x) ** 2))
        assert judged(at_most(0, Fine(x) ** 2)) is PROVED


def test_what_is_read_is_what_is_judged():
    class TwoFaces(Mapping):
        """Says one thing when it is read and another when it is copied."""

        def __init__(self):
            self.looks = 0

        def __iter__(self):
            return iter(("h",))

        def __len__(self):
            return 1

        def __getitem__(self, name):
            self.looks += 1
            return less(a, 1) if self.looks % 2 else equal(Integer(0), Integer(1))

    for spoilt in range(4):
        faces = TwoFaces()
        faces.looks = spoilt
        record = verify_own(own(faces, less(a, 2)))
        assert (record.outcome is PROVED) == (record.statement.hypotheses == {"h": less(a, 1)})


@pytest.mark.parametrize("looks", range(8))
def test_a_loss_that_changes_is_one_loss(looks):
    asked = iter(range(100))

    def loss(weight):
        return 3 * weight**2 if next(asked) > looks or str(weight) == "x" else weight**2

    record = verify_own(own({"s": Sharpness(S, loss, (x,))}, equal(S, 7)))
    assert record.outcome is REFUTED
    factor = 1 if record.reason.startswith("c: 2 = 7") else 3
    assert record.as_json(latex_with_loss)["hypotheses"]["s"].endswith("(x) = x^{2}" if factor == 1 else "= 3 x^{2}")


def test_rows_are_those_of_a_plain_family():
    for rows in (w.T, 2 * w, w * w):
        refused("'rows': a plain family is needed", equal(Sum(w.at(1, i) ** 2, (i, 1, N)), 1), rows=Orthonormal(rows))


def test_an_index_that_a_sum_binds_is_another_than_the_free_one():
    assert judged(at_most(f.total(), f.total() + g.at(i) ** 2)) is PROVED
    assert judged(at_most((f**2).total(), g.at(i) ** 2)) is REFUTED


def test_a_hypothesis_that_says_nothing_does_no_harm():
    assert judged(less(a, b + 1), trivial=at_most(h, h), below=less(a, b)) is PROVED
    assert judged(less(a, b), trivial=at_most(h, h), below=less(a, b + 1)) is REFUTED


def test_every_loss_is_printed():
    given = own(
        {"f": Sharpness(S, lambda q: q**2, (x,)), "g": GradientFlow(lambda q: Rational(3) * q**2, (x,), (y,))},
        less(S, T),
    )
    assert latex_with_loss(given.hypotheses["f"]).endswith(r"\mathcal{L}(x) = x^{2}")
    assert latex_with_loss(given.hypotheses["g"]).endswith(r"\mathcal{L}(x) = 3 x^{2}")
    assert latex_with_loss(given.claims["c"]) == "S < T"
