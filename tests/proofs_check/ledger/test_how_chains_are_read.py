"""Chains and last indices have one reading, and what could be meant in two ways is refused."""

import pytest
from sympy import Derivative, Indexed, IndexedBase, KroneckerDelta, Product, Subs, Sum, Symbol

from proofs_check.engine.proof import Outcome
from proofs_check.ledger.own_statement import verify_own
from proofs_check.mutants import mutants_of
from proofs_check.rules.equality import identity
from theory.errors import StatementError
from theory.language import terms
from theory.language.checking import checked
from theory.language.indexed import Axis, FamilySymbol, IndexedArray
from theory.language.relations import SpecialCase, at_most, equal, equal_in_case
from theory.language.statement import GradientFlow, Initialization, Orthonormal, Sharpness, Statement

L, H = (Symbol(name, integer=True, positive=True) for name in "LH")
S = Symbol("S", real=True)
layers, widths = Axis(L, "jg"), Axis(H, "bc")
U, a, t = (
    IndexedArray.named(name, *axes) for name, axes in (("U", (layers, widths)), ("a", (widths,)), ("t", (layers,)))
)
A, B, C = (
    IndexedArray.chain(name, *axes) for name, axes in (("A", (layers, widths)), ("B", (layers,)), ("C", (layers,)))
)
j, b = A.indices
g = layers.index({"j"})


def own(claim, **hypotheses):
    return Statement("own-idea", "", "", hypotheses, {"claim": claim})


def read(claim, **hypotheses):
    return checked(own(claim, **hypotheses)).claims["claim"]


def refused(message, claim, **hypotheses):
    with pytest.raises(StatementError, match=message) as told:
        checked(own(claim, **hypotheses))
    assert "\n" not in str(told.value)


def test_places_of_a_chain_are_its_indices_the_next_ones_and_the_end():
    axis = terms.Axis("L")
    letter = terms.Letter("B", (axis,))
    following = terms.following(letter)
    places = {
        1: (letter, terms.first(axis)),
        2: (following, terms.first(axis)),
        L: (letter, terms.end(axis)),
        L + 1: (following, terms.end(axis)),
    }
    for place, (kind, index) in places.items():
        assert read(equal(B.at(place), S)).left == terms.entry(kind, index)
    assert read(equal(B, 1)).left.data == letter
    assert read(equal(B.next, 1)).left.data == following
    assert read(equal(B.next, 1)).prefix == (axis,)


def test_places_are_told_as_they_are_written():
    shown = [(1, "B[1]"), (2, "B[2]"), (L, "B[L]"), (L + 1, "B[L + 1]")]
    assert [terms.plain(read(equal(B.at(place), S)).left) for place, _ in shown] == [text for _, text in shown]


def test_a_relation_holds_for_all_values_of_its_indices_and_sizes_are_none():
    assert equal(A.next, 1).free_indices == [b, j]
    assert equal(A.end, 1).free_indices == [b]
    assert equal(Sum(KroneckerDelta(j, L) * t.at(j), (j, 1, L)), t.at(L)).free_indices == []
    assert equal(B.at(L + 1), B.at(L)).free_indices == []
    assert equal(t, KroneckerDelta(j, L) * S).free_indices == [j]  # whose size one of the sides tells


def test_a_side_may_tell_the_axis_of_an_index_on_the_other():
    said = read(equal(KroneckerDelta(j, g) * S, Sum(KroneckerDelta(g, L) * t.at(g), (g, 1, L)) * B.at(j)))
    assert said.prefix == (terms.Axis("L"),) * 2
    assert not said.free_indices()
    assert verify_own(own(equal(KroneckerDelta(j, g) * S, B.at(j)))).outcome is Outcome.REFUTED


def test_an_index_may_stand_where_a_derivative_is_taken_alone():
    said = read(equal(Subs(Derivative(S**2, S), S, B.at(j + 1)), 1))
    assert said.prefix == (terms.Axis("L"),)


def test_the_last_index_picks_the_last_entry():
    said = read(equal(Sum(KroneckerDelta(j, L) * t.at(j), (j, 1, L)), t.at(L)))
    assert identity(said.left, said.right).conclusion == said
    with pytest.raises(StatementError, match="not equal by normal forms"):
        identity(said.left, read(equal(t.at(1), 1)).left)


@pytest.mark.parametrize("place", [j + 2, L + 2, L - 1, 3, 0, H + 1, 2 * j, j + g])
def test_nothing_is_read_of_other_places(place):
    refused(".", equal(B.at(place), a.at(1)))


@pytest.mark.parametrize("place", [j + 1, L + 1, 2, H])
def test_what_is_no_chain_has_no_more_entries_than_indices(place):
    refused("index", equal(t.at(place) + t.at(j), a.at(1)))


def test_a_chain_goes_on_along_its_first_axis_alone():
    refused("no index", equal(A.at(j, b + 1) * a.at(b), 1))
    refused("no index", equal(A.at(j, H + 1), 1))
    for array in (A.T, A * U, A.next):
        with pytest.raises(StatementError, match="what has no next entry"):
            _ = array.next


def test_an_index_called_like_a_size_is_refused():
    refused("bound and the size", equal(Sum(t.at(L), (L, 1, H)), 1))
    refused("a number", equal(U.at(H, b), 1))
    refused("a number", equal(KroneckerDelta(j, H) * t.at(j), a.at(1)))
    refused(".", equal(B.at(Symbol("L") + 1), 1))
    refused(".", equal(B.at(Symbol("j", real=True) + 1), 1))


def test_no_chain_has_the_name_of_another_letter():
    refused("two letters are called B", equal(B.at(1), IndexedArray.named("B", layers).at(1)))
    refused("printed as an entry", equal(B.at(2), Symbol("B_L", real=True)))


def test_a_chain_has_no_sign_and_no_law():
    positive = IndexedBase(FamilySymbol("B", (layers,), True, positive=True))
    refused("declared with a sign", equal(Indexed(positive, j), 1))
    refused("the chain B", equal(B.at(1), 1), law=Initialization(((B, S),)))
    refused("depends on chance", equal(B.at(1), 1), law=Initialization(((a, S),), (B,)))


def test_a_chain_stands_in_relations_alone():
    refused("the chain A stands in relations", equal(a, 1), rows=Orthonormal(A))
    refused("the chain B stands in relations", equal(S, 1), sharp=Sharpness(S, lambda w: (w**2).total(), (B,)))
    refused("the chain B stands in relations", equal(S, 1), flow=GradientFlow(lambda w: (w**2).total(), (t,), (B,)))
    claim = equal(S, 1)
    sharp = Sharpness(S, lambda w: ((w * B.next + w * B) ** 2).total(), (t,))
    assert read(claim, sharp=sharp)  # it may be what a loss is made with


def test_a_label_is_a_chain_or_none():
    refused("say True or False", equal(Indexed(IndexedBase(FamilySymbol("B", (layers,), 1, real=True)), j), 1))
    refused("say True or False", equal(FamilySymbol("B", (), True, real=True), 1))


def test_a_value_is_put_in_for_all_entries_alike():
    case = SpecialCase(B.at(j) + B.at(L + 1), (equal(B.at(L + 1), 0),))
    with pytest.raises(StatementError, match="all entries of a family alike"):
        equal_in_case(case, 0)
    case = SpecialCase(t.at(j) + t.at(1), (equal(t.at(1), 0),))
    with pytest.raises(StatementError, match="all entries of a family alike"):
        equal_in_case(case, 0)
    assert equal_in_case(SpecialCase(B.at(j) + B.at(j + 1), (equal(B, C),)), 0).left == C.at(j) + C.at(j + 1)


def test_in_mutants_a_chain_takes_the_place_of_a_chain_alone():
    said = own(at_most(B.next * t, C.at(L + 1) + Product(B.at(g), (g, 1, L))), given=equal(B.end, 1))
    mutants = mutants_of(said, most=100)
    letters = {one.name.rpartition(": ")[2] for one in mutants if one.kind == "letter"}
    assert {name for name in letters if " for " in name}
    for one in mutants:
        if one.kind == "letter":
            checked(one.statement())


def test_the_weights_of_a_loss_are_made_no_chains_while_it_is_read():
    def loss(w):
        w.expression.base.label.chain = True
        return (w.next**2).total()

    refused("has no next entries", equal(S, 1), sharp=Sharpness(S, loss, (t,)))
