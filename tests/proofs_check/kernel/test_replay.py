"""Derivations are replayed in Coq: what is true compiles, and what was tampered with does not."""

import re
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from sympy import Indexed, Rational

from proofs_check.command_line.own_files import check_file
from proofs_check.engine.proof import Outcome
from proofs_check.kernel import coq
from proofs_check.kernel.replay import ledger
from proofs_check.kernel.replay.file import LAST_MODULE, file_of
from proofs_check.kernel.replay.lemmas import RULES
from proofs_check.kernel.replay.quotation import NoReplayError, Quotation
from proofs_check.kernel.replay.writing import accepted
from proofs_check.ledger.own_statement import prove_own
from tests.effort import usually
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.printed_values import Reader, claimed
from tests.proofs_check.kernel.random_statements import a_false_one, an_identity, an_inequality
from tests.proofs_check.kernel.whole_kernel import ACCEPTED, BUILD, answers, as_modules, libraries
from theory.language.terms import Axis, Letter, end, entry, first, following
from theory.statements import statement as statement_of

LAYERS = Axis("L")
CHAIN = Letter("A", (LAYERS,))
TRUE = [(make, seed) for make in (an_identity, an_inequality) for seed in range(usually(5, thoroughly=10))]


@cache
def replayed(make, seed):
    """The file about a random statement."""
    statement, steps = make(seed)
    record, judged, theorems = prove_own(statement, lambda _: steps)
    assert record.outcome is Outcome.PROVED, record.reason
    return file_of(judged, theorems)


@pytest.mark.slow
@needs_coq
def test_random_statements_compile():
    texts = {f"Own{place}": replayed(make, seed) for place, (make, seed) in enumerate(TRUE)}
    assert len(set(texts.values())) == len(TRUE)
    opened = f"From Kernel Require {LAST_MODULE}.\n{libraries(texts.values())}"
    accepted(opened + as_modules(texts), [f"{name}.claim" for name in texts], BUILD)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_false_statement_does_not_get_that_far(seed):
    statement, steps = a_false_one(seed)
    record, _, theorems = prove_own(statement, lambda _: steps)
    assert record.outcome is not Outcome.PROVED
    assert not theorems


def an_instance(seed):
    """Random numbers for the letters of the random statements: in Coq's names, and what SymPy puts in for them."""
    random = Random(seed)
    sizes = {"n": 2, "m": 3}

    def draw():
        return Fraction(random.randint(1, 9), random.randint(1, 4))

    numbers = {name: draw() for name in "xz"}
    families = {name: [draw() for _ in range(sizes[size])] for name, size in (("a", "n"), ("b", "n"), ("c", "m"))}
    matrix = [[draw() for _ in range(3)] for _ in range(2)]
    coq_values = {**sizes, **numbers, **{name: values.__getitem__ for name, values in families.items()}}
    coq_values["A"] = lambda row: matrix[row].__getitem__
    return coq_values, {**sizes, **numbers}, {**families, "A": matrix}


def by_sympy(side, plain, families):
    """A side of a relation at an instance."""
    letters = {one: Rational(str(plain[one.name])) for one in side.free_symbols if one.name in plain}
    written_out = side.subs(letters).doit()

    def entry(one):
        value = families[one.base.label.name]
        for index in one.indices:
            value = value[int(index) - 1]
        return Rational(str(value))

    return Fraction(str(written_out.xreplace({one: entry(one) for one in written_out.atoms(Indexed)})))


def says_what_is_meant(text, statement, seed):
    """Whether a printed claim has the values of the relation that it is printed from."""
    values, plain, families = an_instance(seed)
    claim = statement.claims["claim"]
    left, sign, right = Reader(claimed(text, "claim")).comparison()
    meant = (by_sympy(claim.left, plain, families), claim.sense.value, by_sympy(claim.right, plain, families))
    return (left(values), sign, right(values)) == meant


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_is_printed_is_what_is_meant(seed):
    assert all(says_what_is_meant(replayed(make, which), make(which)[0], seed) for make, which in TRUE)


def changed_sign(text):
    """The file with one sign of the claim changed."""
    said = claimed(text, "claim")
    place = said.index(" + ")
    return text.replace(said, f"{said[:place]} - {said[place + 3 :]}", 1)


@pytest.mark.slow
def test_a_changed_sign_in_the_statement_is_noticed_by_reading_it():
    for make, seed in TRUE:
        text = replayed(make, seed)
        if " + " in claimed(text, "claim"):
            assert not says_what_is_meant(changed_sign(text), make(seed)[0], 0)


def without_condition(text):
    """The file without what a lemma asks for."""
    return text.replace(" _ (weaken", " (weaken", 1)


def other_premise(text):
    """The file with another step for a premise."""
    last = re.findall(r"Lemma (step_\d+)", text)[-1]
    return re.sub(rf"(Steps\.){last} ", r"\1step_0 ", text)


def other_number(text):
    """The file with another number in a term."""
    return re.sub(r"\(Num \(2 # 1\)\)", "(Num (3 # 1))", text, count=1)


def left_out(text):
    """The file without a step that the last one needs."""
    needed = re.findall(r"step_\d+", text.rpartition("\nLemma ")[2].partition("Qed.")[0])[1]
    return re.sub(rf"Lemma {needed} :.*?Qed\.\n", "", text, count=1, flags=re.DOTALL)


PROOFS_BEGIN = 'Goal True. idtac "it says what it proves". Abort.\n'
TAMPERED = [changed_sign, without_condition, other_premise, other_number, left_out]


def wrong_lemma(shown):
    """The proof by another lemma."""
    return re.sub(r"\((\w+) sort", "(weaken sort", shown, count=1)


def dropped_condition(shown):
    """The proof without its side condition."""
    return shown.replace(" _ (weaken", " (weaken", 1)


def wrong_sides(shown):
    """The lemma for the two sides the other way round."""
    return re.sub(r"(_ _ _) (\w+) (\w+) _", r"\1 \3 \2 _", shown, count=1)


WRONG_ABOUT_A_RULE = [wrong_lemma, dropped_condition, wrong_sides]


def generated(mutant):
    """The file of a generator that is wrong about a rule."""
    rule = RULES["same_difference"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RULES, "same_difference", lambda step: mutant(rule(step)))
        statement, steps = an_inequality(1)
        _, judged, theorems = prove_own(statement, lambda _: steps)
        return file_of(judged, theorems)


@pytest.mark.slow
@needs_coq
def test_a_file_is_refused_where_it_proves_if_it_was_tampered_with_or_its_generator_is_wrong_about_a_rule():
    right = replayed(an_inequality, 1)
    texts = {"right": right}
    texts |= {tamper.__name__: tamper(right) for tamper in TAMPERED}
    texts |= {mutant.__name__: generated(mutant) for mutant in WRONG_ABOUT_A_RULE}
    assert list(texts.values()).count(right) == 1
    said = answers(
        [{"replay": text.replace("Module Steps.", PROOFS_BEGIN + "Module Steps.")} for text in texts.values()]
    )
    assert all("it says what it proves" in one for one in said)
    assert {name for name, one in zip(texts, said, strict=True) if ACCEPTED in one} == {"right"}


@pytest.mark.slow
@needs_coq
def test_a_file_that_assumes_more_than_the_real_numbers_is_refused():
    text = """From Coq Require Import ClassicalEpsilon.
    Theorem claim : forall P : nat -> Prop, (exists n, P n) -> {n | P n}.
    Proof. exact (constructive_indefinite_description (A := nat)). Qed.
    """
    with pytest.raises(coq.CoqError, match="assumes constructive_indefinite_description"):
        accepted(text, ["claim"], BUILD)


def test_a_rule_without_a_lemma_is_refused_by_name(monkeypatch):
    monkeypatch.delitem(RULES, "same_difference")
    statement, steps = an_identity(1)
    _, judged, theorems = prove_own(statement, lambda _: steps)
    with pytest.raises(NoReplayError, match="the rule 'same_difference' has no lemma in Coq yet"):
        file_of(judged, theorems)


@pytest.mark.parametrize(("letter", "index"), [(following(CHAIN), first(LAYERS)), (CHAIN, end(LAYERS))])
def test_chains_are_refused_in_one_line(letter, index):
    with pytest.raises(NoReplayError, match=r"no word yet for (a term of the kind 'next entry'|the last index)"):
        Quotation().term(entry(letter, index))


@pytest.mark.slow
@needs_coq
def test_a_row_of_the_ledger_is_replayed_in_the_words_of_its_printed_statement():
    assert set(ledger.replayed(statement_of("def-4.1"), BUILD).values()) == {None}


OWN = """
from sympy import Symbol
from theory.language.relations import at_most
from theory.language.statement import Statement
x, y = Symbol("x", real=True), Symbol("y", real=True)
STATEMENT = Statement("own-squares", "", "", {}, {"squares": at_most(SIDES)})
"""


@pytest.mark.slow
def test_a_file_of_ones_own_is_written_only_where_it_is_proved(tmp_path):
    path, out = tmp_path / "own.py", tmp_path / "own.v"
    path.write_text(OWN.replace("SIDES", "x**2 + y**2, 2 * x * y"), encoding="utf-8")
    said = check_file(str(path), None, str(out))["coq"]
    assert said == {"written": False, "told": "no file for Coq: own-squares is not proved"}
    assert not out.exists()
    path.write_text(OWN.replace("SIDES", "2 * x * y, x**2 + y**2"), encoding="utf-8")
    said = check_file(str(path), None, str(out))["coq"]
    assert said["written"]
    assert ("accepted by Coq" in said["told"]) == coq.installed()
    assert "Theorem squares : Statement.squares." in out.read_text(encoding="utf-8")
