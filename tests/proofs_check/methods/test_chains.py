"""The methods for chains, on what they must accept and on what they must refuse."""

import pytest
from sympy import Integer, Sum, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.methods.chains import HandedBack, Telescoping
from proofs_check.methods.squares import ZeroSquare
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement

L = Symbol("L", integer=True, positive=True)
x, y = Symbol("x", real=True), Symbol("y", real=True)
layers, others = Axis(L, "jg"), Axis(Symbol("M", integer=True, positive=True), "kl")
B, F, TABLE = (
    IndexedArray.chain(name, *axes) for name, axes in (("B", (layers,)), ("F", (layers,)), ("A", (layers, others)))
)
PLAIN = IndexedArray.named("t", layers)
(j,), k = B.indices, TABLE.indices[1]
END = B.end.expression
DOUBLED, EMPTY = {"step": equal(B, 2 * B.next)}, equal(END, 0)


def outcome(claim, method, **given):
    claims, records, _ = check_proof(
        Statement("small", "", "", given, {"claim": claim}), [Step("claim", claim, method)]
    )
    return claims["claim"], records[-1].reason


def proved(claim, method, **given):
    return outcome(claim, method, **given) == (Outcome.PROVED, "")


def refused(reason, claim, method, **given):
    found, why = outcome(claim, method, **given)
    return found is Outcome.OPEN and reason in why


class TestTelescoping:
    def test_what_neighbours_have_in_common(self):
        for one, other in ((B.next.total() - B.total(), END - B[0]), (END - B[0], B.next.total() - B.total())):
            assert proved(equal(one, other), Telescoping(B))
            assert refused("not equal", equal(-one, other), Telescoping(B))
        assert proved(equal(B[0] * B.next.product(), B.product() * END), Telescoping(B, product=True))
        assert proved(equal(B.product() * END, B[0] * B.next.product()), Telescoping(B, product=True))
        column = IndexedArray(TABLE.at(j, k), (layers,), (j,))
        summed = Sum(TABLE.at(j + 1, k) - TABLE.at(j, k), (j, 1, L))
        assert proved(equal(summed, TABLE.at(L + 1, k) - TABLE.at(1, k)), Telescoping(column))
        squares = Sum(B.at(j + 1) ** 2 * F.at(j + 1) - B.at(j) ** 2 * F.at(j), (j, 1, L))
        assert proved(equal(squares, END**2 * F.end.expression - B[0] ** 2 * F[0]), Telescoping(B**2 * F))

    def test_equalities_and_signs_bring_it_to_the_shape_of_the_claim(self):
        differences = equal(B.next, B + PLAIN)
        claim = equal(B[0] + PLAIN.total(), END)
        assert proved(claim, Telescoping(B, rewrite=("step",)), step=differences)
        assert refused("not equal", claim, Telescoping(B), step=differences)
        quotient = equal(B.next.total() - B.total() + (x**2 + x * y) / (x + y), END - B[0] + x)
        assert proved(quotient, Telescoping(B, given=("above",)), above=less(0, x + y))
        assert refused("not equal", quotient, Telescoping(B), above=less(0, x + y))
        assert Telescoping(B, rewrite=("step",), given=("above",)).uses == {"step", "above"}

    @pytest.mark.parametrize("end", [B.at(L), B.at(2), B.at(1), Integer(0)])
    def test_the_last_entry_is_the_one_after_the_last_index(self, end):
        assert refused("not equal", equal(B.next.total() - B.total(), end - B[0]), Telescoping(B))

    def test_what_is_no_chain_does_not_go_on(self):
        assert refused("not equal", equal(PLAIN.total(), PLAIN.at(1)), Telescoping(PLAIN))
        square = IndexedArray.chain("Q", layers, layers)
        diagonal = IndexedArray(square.at(j, j), (layers,), (j,))
        assert refused("two places", equal(square.at(1, 1), 0), Telescoping(diagonal))


class TestHandedBack:
    empty = equal(B, 0)

    def test_an_equality_is_handed_back_in_both_directions(self):
        handed = HandedBack(self.empty, j, factor=2, rewrite=("step", "end"))
        assert proved(self.empty, handed, **DOUBLED, end=EMPTY)
        assert proved(equal(B.next, 0), handed, **DOUBLED, end=EMPTY)
        assert refused("", equal(B.next, x), handed, **DOUBLED, end=EMPTY)
        by_facts = HandedBack(self.empty, j, gap=fact("step", j), end=fact("end"), factor=2)
        assert proved(self.empty, by_facts, **DOUBLED, end=EMPTY)

    @pytest.mark.parametrize("missing", ["step", "end"])
    def test_it_needs_the_end_and_the_step(self, missing):
        given = {**DOUBLED, "end": EMPTY}
        handed = HandedBack(self.empty, j, factor=2, rewrite=tuple(given.keys() - {missing}))
        assert refused("", self.empty, handed, **given)

    def test_an_inequality_is_handed_back_by_what_is_spare(self):
        below, given = at_most(B, 0), {"step": at_most(B, F**2 * B.next), "end": at_most(END, 0)}
        handed = HandedBack(below, j, gap=fact("step", j), end=fact("end"), factor=F.at(j) ** 2)
        assert proved(below, handed, **given)
        assert handed.uses == {"step", "end"}
        for changed in (
            HandedBack(below, j, gap=-fact("step", j), end=fact("end"), factor=F.at(j) ** 2),
            HandedBack(below, j, gap=fact("step", j), factor=F.at(j) ** 2),
            HandedBack(below, j, end=fact("end"), factor=F.at(j) ** 2),
        ):
            assert refused("", below, changed, **given)
        unsigned = HandedBack(below, j, gap=fact("step", j), end=fact("end"), factor=F.at(j))
        assert refused("not show that it is not negative", below, unsigned, **{**given, "step": at_most(B, F * B.next)})

    def test_what_is_strict_stays_so_where_every_factor_is_above_0(self):
        below, end = less(B, 0), less(END, 0)
        above = {"step": equal(B, F * B.next), "above": less(0, F), "end": end}
        handed = HandedBack(below, j, end=fact("end"), factor=F.at(j), rewrite=("step",), given=("above",))
        assert proved(below, handed, **above)
        assert handed.uses == {"step", "above", "end"}
        assert refused("not the sign", below, handed, **{**above, "above": at_most(0, F)})
        assert refused("", below, handed, **{**above, "end": at_most(END, 0)})

    def test_the_claim_speaks_of_the_index(self):
        handed = HandedBack(self.empty, j, factor=2, rewrite=("step", "end"))
        assert refused("does not speak of the index j", equal(END, 0), handed, **DOUBLED, end=EMPTY)

    def test_of_the_end_alone_nothing_is_handed_back_to_what_is_no_chain(self):
        handed = HandedBack(equal(B - PLAIN, 0), j, factor=1, rewrite=("step", "end"))
        refusal = {"step": equal(PLAIN, 0), "end": EMPTY}
        assert refused("", equal(B - PLAIN, 0), handed, **refusal)


class TestZeroSquare:
    def test_what_has_the_square_0_is_equal(self):
        square = at_most((B - F) ** 2, 0)
        assert proved(equal(B, F), ZeroSquare("square"), square=square)
        assert refused("", equal(B, F.next), ZeroSquare("square"), square=square)
        assert refused("", equal(B, F), ZeroSquare("square"), square=at_most((B - F) ** 2, 1))

    def test_equalities_and_signs_bring_it_to_that_shape(self):
        given = {"small": at_most(x * (x - 2 * y), -PLAIN[0]), "is": equal(PLAIN[0], y**2)}
        assert proved(equal(x, y), ZeroSquare("small", rewrite=("is",)), **given)
        assert refused("", equal(x, y), ZeroSquare("small"), **given)
        quotient = {"small": at_most((x - y) ** 2 + (x**2 + x * y) / (x + y), x), "above": less(0, x + y)}
        assert proved(equal(x, y), ZeroSquare("small", given=("above",)), **quotient)
        assert ZeroSquare("small", rewrite=("is",), given=("sign",)).uses == {"small", "is", "sign"}
