"""The book prints what theory states: another formula is another page, and no theorem stands without its evidence."""

import dataclasses
import re
from html import unescape

import pytest
import sympy

from book.rendering.cards import show, statement_card
from book.rendering.evidence import record, records
from book.rendering.evidence_picture import in_coq, ledger_picture
from book.rendering.named_items import named, pages_of_cards
from book.rendering.root import with_root
from tests.book.built import BOOK, CHAPTERS, cells, text
from tests.rows import with_its_steps
from theory.errata import all_errata
from theory.errors import StatementError
from theory.language.relations import at_most
from theory.printing.relations import latex_of
from theory.setting.symbols import S
from theory.statements import all_statements, statement


def _source(page):
    path = BOOK / f"{page}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


CARD = re.compile(r'data-statement="([^"]+)"')
ROW = re.compile(r'id="row-([^"]+)"')


def cards_without_a_row(page, ledger):
    """Ids of the theorems on a page that the ledger's page has no row for, or that do not link to theirs."""
    rows = set(ROW.findall(ledger))
    linked = set(re.findall(r'href="ledger\.html#row-([^"]+)"', page))
    return [item for item in CARD.findall(page) if item not in rows or item not in linked]


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_theorem_stands_without_its_row(book, page):
    assert cards_without_a_row(text(page), text("ledger")) == []


def test_a_theorem_without_its_row_is_found(book):
    ledger = text("ledger").replace('id="row-thm-4.3"', 'id="row-gone"')
    assert cards_without_a_row(text("minimizer"), ledger) == ["thm-4.3"]


def bare_ids(page):
    """Ids in the running text of a page: neither a link nor code, nor the name on a card or of a row."""
    article = page[page.find("<article") : page.rfind("</article>")]
    article = re.sub(r"<(script|style|code|pre|svg|a)\b.*?</\1>", "", article, flags=re.S)
    return [
        found[0] for piece in re.split(r"<[^>]*>", article) for found in named(piece) if found[0] != piece.strip(" .")
    ]


@pytest.mark.parametrize("page", [page for page in CHAPTERS if page != "code" and not page.startswith("examples/")])
def test_who_reads_of_a_statement_can_go_to_it(book, page):
    assert bare_ids(text(page)) == []


def test_a_bare_id_is_found():
    assert bare_ids("<article><p>as <a>eq-17</a> says (eq-18).</p></article>") == ["eq-18"]


def test_every_statement_has_its_card_and_its_proof(book):
    pages = "".join(text(page) for page in CHAPTERS)
    shown = set(CARD.findall(pages))
    assert shown == {*all_statements(), *all_errata()}
    assert set(re.findall(r'data-proof="([^"]+)"', pages)) == set(all_statements())
    assert set(ROW.findall(text("ledger"))) == shown == set(records())


def test_every_claim_and_every_step_is_on_the_pages_as_theory_states_it(book):
    shown = {unescape(formula) for page in CHAPTERS for formula in re.findall(r"\\\[(.*?)\\\]", text(page), re.S)}
    for found, steps in map(with_its_steps, all_statements()):
        assert {latex_of(relation) for relation in [*found.claims.values(), *(step.claim for step in steps)]} <= shown


@pytest.mark.slow
def test_another_formula_is_another_card():
    shown = statement("thm-4.3")
    claim = shown.claims["upper"]
    changed = dataclasses.replace(shown, claims={**shown.claims, "upper": at_most(S, claim.right + sympy.Integer(1))})
    before, after = (statement_card(found, record("thm-4.3")) for found in (shown, changed))
    assert with_root(latex_of(claim)) in before.replace("&lt;", "<")
    assert before != after
    assert with_root(latex_of(changed.claims["upper"])) in after


def test_a_statement_with_no_row_has_no_card():
    with pytest.raises(StatementError, match="no row"):
        record("thm-9.9")


def test_the_picture_of_the_ledger_has_every_statement_and_leads_to_its_card():
    picture = ledger_picture().text
    for identifier in all_statements():
        page = pages_of_cards()[identifier]
        assert f'href="{page}.html#{identifier}"' in picture
        assert f'show("{identifier}"' in (BOOK / f"{page}.md").read_text(encoding="utf-8")
    for row in records().values():
        for axiom in row.get("axioms", ()):
            assert f">{axiom}</text>" in picture
    assert picture.count("evidence-coq") == sum(in_coq(records()[i]) > 0 for i in all_statements())


def test_what_coq_has_in_part_is_no_full_dot():
    kernel = {"outcome": "passed", "claims": {"lower": "a.lower"}, "theorems": []}
    row = {"kernel": kernel, "claims": {"lower": "", "upper": ""}}
    assert in_coq(row) == 0.5
    assert in_coq({**row, "claims": {"lower": ""}}) == 1
    assert in_coq({**row, "kernel": {**kernel, "claims": {}, "theorems": [{"theorem": "a.other"}]}}) == 0
    assert in_coq({**row, "kernel": {**kernel, "outcome": "not run here"}}) == 0


LESSONS = [page for page in CHAPTERS if "## Exercises" in _source(page)]


def test_the_chapters_of_the_theory_are_lessons():
    assert len(LESSONS) == 13


@pytest.mark.parametrize("page", LESSONS)
def test_a_lesson_begins_with_its_question_and_ends_with_three_exercises(page):
    source = _source(page)
    question = re.search(r"^# .*\n+:::\{admonition\} (.*)\n:class: lesson\n(?s:(.*?))\n:::", source, re.M)
    assert question
    assert question[1].endswith("?")
    assert "**Why.**" in question[2]
    exercises = source.partition("## Exercises")[2]
    assert [exercises.count(mark) for mark in (":tags: [hide-cell]", '<details class="answer">', "**1.**")] == [3, 3, 1]


def test_a_card_that_is_to_show_a_claim_that_is_none_is_refused():
    with pytest.raises(StatementError, match="no claim 'middle'"):
        show("thm-4.3", "middle")


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_link_leads_somewhere(book, page):
    folder = (book / page).parent
    for target in re.findall(r'href="([^"#]+)(?:#[^"]*)?"', text(page)):
        assert "://" not in target or target.startswith("https://doi"), target
        assert target.startswith("mailto:") or (folder / target.partition("?")[0]).exists(), target


def test_pages_define_nothing_longer_than_a_few_lines():
    import ast

    for page in CHAPTERS:
        for cell in cells(page):
            for node in ast.walk(ast.parse(cell)):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    assert node.end_lineno - node.lineno < 5, f"{page} defines {node.name}"
