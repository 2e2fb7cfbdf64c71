"""The statements in Coq are those of the ledger, and nothing that has no meaning there is printed."""

import pytest
from sympy import Symbol

from proofs_check.kernel import coq
from proofs_check.kernel.printing.names import RESERVED, Names, NotInCoq
from proofs_check.kernel.printing.terms import TermPrinter
from proofs_check.kernel.statement_files import every_file, every_statement, in_coq
from proofs_check.kernel.table import SOURCES, STATEMENTS
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.whole_kernel import BUILD
from theory.language.expectation import Mean
from theory.language.formulas import Kind, compare
from theory.language.numbers import total
from theory.language.relations import at_most, equal
from theory.language.statement import Hypothesis, Initialization, Statement
from theory.language.terms import Letter, add, entry, inverse, multiply, negative, number, subtract
from theory.setting.symbols import X
from theory.statements import all_statements


@pytest.mark.slow
def test_the_printed_statements_are_those_of_the_ledger() -> None:
    """Written anew by `python -m proofs_check.kernel.statement_files`."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in STATEMENTS.glob("*.v")}
    assert kept == every_file()
    assert every_statement().keys() == {name.removesuffix(".v") for name in kept}


def test_a_statement_prints_every_hypothesis_and_every_claim() -> None:
    statement = all_statements()["own-damping"]
    printed = in_coq(statement)
    for name in statement.hypotheses:
        assert f"  {name.replace('-', '_')} : " in printed
    for name in statement.claims:
        assert f"Definition {name.replace('-', '_')} : Prop := forall " in printed


def test_letters_that_coq_uses_are_renamed_and_no_two_are_one() -> None:
    x, prime, taken = Symbol("x", real=True), Symbol("x'", real=True), Symbol("R", real=True)
    printed = in_coq(Statement("own-letters", "", "", {"one": equal(x, prime)}, {"two": at_most(prime, taken)}))
    assert "(R_ x x' : R)" in printed
    assert "x = x'" in printed
    assert "x' <= R_" in printed


@pytest.mark.slow
@needs_coq
def test_no_name_is_one_that_coq_or_the_printed_text_has_taken(tmp_path) -> None:
    letters = {name: Symbol(name, real=True) for name in sorted(RESERVED)}
    hypotheses = {name: at_most(0, letter) for name, letter in letters.items()}
    claims = {f"{name} doubled": at_most(0, 2 * letter) for name, letter in letters.items()}
    file = tmp_path / "own_words.v"
    said = in_coq(Statement("own-words", "", "", hypotheses, {**claims, "2-fold": at_most(0, sum(letters.values()))}))
    file.write_text(said, encoding="utf-8")
    coq.compile_all(SOURCES, BUILD, "language_of_statements")
    assert coq.compile_file(file, [BUILD]) == ""


@pytest.mark.parametrize("title", ["*) Axiom injected : False. (*", "(* open", 'a "string', "two\nlines"])
def test_a_title_cannot_leave_its_comment(title: str) -> None:
    x = Symbol("x", real=True)
    first, _, rest = in_coq(Statement("own-title", title, "", {}, {"one": at_most(0, x**2)})).partition("\n")
    assert first.startswith("(** own-title. ")
    assert first.endswith(". *)")
    assert not {"(*", "*)", '"'} & {
        first[4:-3][place : place + length] for place in range(len(first)) for length in (1, 2)
    }
    assert "Axiom" not in rest


def test_no_letter_is_what_binds_the_weights_of_a_loss() -> None:
    weights, letter = Symbol("u", real=True), Symbol("u_", real=True)
    printed = in_coq(Statement("own-weights", "", "", {}, {"one": at_most(weights, letter)}))
    assert " u_ " not in f" {printed.split('hypotheses (')[1].split(' : R)')[0]} "


def test_what_has_no_meaning_in_coq_is_not_printed() -> None:
    scale = Symbol("sigma", positive=True)
    law = {"law": Initialization(((X, scale),))}
    with pytest.raises(NotInCoq, match="a matrix of normal numbers"):
        in_coq(Statement("own-matrix", "", "", law, {"mean": at_most(0, Mean(total(X**2)))}))


def law(**hypotheses: Hypothesis) -> str:
    """Two independent normal numbers x, y and a function z of them."""
    x, y, z = (Symbol(name, real=True) for name in "xyz")
    a, b = (Symbol(name, positive=True) for name in "ab")
    given = {"law": Initialization(((x, a), (y, b)), (z,)), **hypotheses}
    printed = in_coq(Statement("own-law", "", "", given, {"mean": at_most(Mean(z * x), a * b)}))
    return " ".join(printed.split())


def test_chance_is_printed_as_a_probability_space_with_its_law() -> None:
    printed = law()
    assert "Record hypotheses (Omega : Type) (E : expectation Omega)" in printed
    assert (
        "law : independent_normal E (1 + 1)%nat (fun omega => followed_by 1 (fun _ => x omega) (fun _ => y omega)) "
        "(followed_by 1 (fun _ => a) (fun _ => b));"
    ) in printed
    assert "expected_value E (fun omega => x omega * z omega)" in printed


def test_every_random_letter_is_measurable_and_what_is_said_of_outcomes_is_said_of_almost_all() -> None:
    z = Symbol("z", real=True)
    printed = law(least=at_most(0, z), fixed=at_most(0, Symbol("c", real=True)))
    for letter in "xyz":
        assert f"random_{letter} : measurable E (fun omega => {letter} omega);" in printed
    assert "least : almost E (fun omega => 0 <= z omega);" in printed
    assert "fixed : 0 <= c;" in printed


def test_a_sum_that_is_subtracted_stands_in_brackets() -> None:
    x, a, b = (entry(Letter(name, ())) for name in "xab")
    printer = TermPrinter(Names([compare(x, Kind.EQUAL, add(a, b))]))
    assert printer.term(subtract(x, add(a, b)), []).words == "x - (a + b)"
    assert printer.term(add(negative(x), multiply(number(-2), a, inverse(b))), []).words == "- x - 2 * a / b"
