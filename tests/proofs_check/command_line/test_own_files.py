"""`sharpness verify --statement FILE`: proved, refuted, open, vacuous, or one line about what is wrong with it."""

import pytest

from proofs_check.command_line.own_files import check_file
from theory.errors import StatementError

COMMON = """
from dataclasses import replace
from sympy import Symbol, exp, log, sqrt
from theory.language.expectation import Mean
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import GradientFlow, Initialization, Orthonormal, Sharpness, Statement
from theory.setting.symbols import *
from theory.statements import statement
x, a, b = (Symbol(name, real=True) for name in "xab")
p = Symbol("p", positive=True)
z = Symbol("z", nonnegative=True)
D = Symbol("D", integer=True, positive=True)

def each(function, family):
    return IndexedArray(function(family.expression), family.axes, family.indices)

def own(hypotheses, claims, id="own-idea", **more):
    return Statement(id=id, title="", source="", hypotheses=hypotheses, claims=claims, **more)

def like(identifier, **parts):
    return replace(statement(identifier), **parts)
"""


@pytest.fixture
def check(tmp_path):
    def run(statement, proof=None):
        path = tmp_path / "mine.py"
        path.write_text(COMMON + statement)
        steps = tmp_path / "steps.py"
        if proof is not None:
            steps.write_text(proof)
        return check_file(str(path), None if proof is None else str(steps))

    return run


REFUSED = {
    "no statement": ("x = 1", "defines no STATEMENT"),
    "another thing": ("STATEMENT = 3", "a statement is needed, not a int"),
    "a name that is not there": ("STATEMENT = nothing", "NameError"),
    "no Python": ("STATEMENT = (", "SyntaxError"),
    "it ends the program": ("import sys; sys.exit(0)", "SystemExit"),
    "no claims": ("STATEMENT = own({}, {})", "claims nothing"),
    "an id that is no text": ("STATEMENT = own({}, {'c': at_most(0, x**2)}, id=3)", "the id of a statement is a text"),
    "an id without letters": ("STATEMENT = own({}, {'c': at_most(0, x**2)}, id=' ')", "needs an id"),
    "a claim that is a number": ("STATEMENT = own({}, {'c': 1})", "mine.py"),
    "a claim that is a hypothesis": ("STATEMENT = own({}, {'c': Orthonormal(w)})", "mine.py"),
    "hypotheses in a list": ("STATEMENT = own([equal(x, 1)], {'c': at_most(0, x)})", "mine.py"),
    "the second singular value": ("STATEMENT = own({}, {'c': less(0, s[1])})", "2 in s[2] is no index"),
    "the second label": (
        "STATEMENT = like('thm-4.3', claims={'c': at_most(label_coefficients[1] ** 2, S)})",
        "is no index",
    ),
    "no sign of a letter": ("STATEMENT = own({}, {'c': less(0, Symbol('k'))})", "declare k with real=True"),
    "an expectation without a law": ("STATEMENT = own({}, {'c': equal(Mean(x), 0)})", "needs an Initialization"),
    "5.6 without its law": (
        "T = statement('thm-5.6')\n"
        "STATEMENT = replace(T, hypotheses={k: h for k, h in T.hypotheses.items() if k != 'initialization'})",
        "needs an Initialization",
    ),
    "chance not declared": (
        "STATEMENT = own({'law': Initialization(((x, p),)), 'square': equal(a, x**2)}, {'c': equal(a, p**2)})",
        "a depends on chance",
    ),
    "the sharpness not declared": (
        "T = statement('thm-5.6')\nlaw = T.hypotheses['initialization']\n"
        "STATEMENT = replace(T, hypotheses={**T.hypotheses, 'initialization': replace(law, functions=())})",
        "S depends on chance",
    ),
    "the limit not declared": (
        "T = statement('thm-5.7')\nlaw = T.hypotheses['initialization']\n"
        "STATEMENT = replace(T, hypotheses={**T.hypotheses, 'initialization': replace(law, functions=())})",
        "depends on chance",
    ),
    "a bound on normal numbers": (
        "STATEMENT = own({'law': Initialization(((x, p),)), 'small': at_most(x, 2)}, {'c': at_most(Mean(x), 2)})",
        "of normal letters alone nothing is assumed",
    ),
    "a random deviation": (
        "STATEMENT = own({'law': Initialization(((x, p), (a, x**2)))}, {'c': equal(Mean(a), 0)})",
        "a standard deviation is fixed",
    ),
    "a quotient by what may be 0": (
        "STATEMENT = own({'h': equal(a, b / x)}, {'c': equal(a * x, b)})",
        "need not have a value",
    ),
    "a root of what may be negative": ("STATEMENT = own({}, {'c': at_most(0, sqrt(x))})", "need not have a value"),
    "a power of 0": ("STATEMENT = own({}, {'c': less(0, z ** (-1 / D))})", "need not have a value"),
    "a logarithm of 0": ("STATEMENT = own({}, {'c': at_most(0, (log(z)) ** 2)})", "need not have a value"),
    "normal and positive": (
        "STATEMENT = own({'law': Initialization(((p, D),))}, {'c': less(0, Mean(p))})",
        "a normal number has no sign, but p is declared with one",
    ),
    "a scale without its letter": (
        "STATEMENT = own({'law': Initialization(((x,),))}, {'c': equal(Mean(x), 0)})",
        "read",
    ),
    "a weight without its scale": (
        "T = statement('thm-5.6')\n"
        "STATEMENT = replace(T, hypotheses={**T.hypotheses, 'initialization': Initialization(((u, p),), (S,))})",
        "S[#0] is integrable is not shown",
    ),
    "a quotient of normal numbers": (
        "LAW = Initialization(((x, p), (b, p)), (a,))\n"
        "STATEMENT = own({'law': LAW, 'q': equal(a, x / b)}, {'c': equal(Mean(a), 0)})",
        "!= 0 is not shown",
    ),
    "a loss that is none": ("STATEMENT = own({'f': Sharpness(S, 3, (u, v))}, {'c': at_most(0, S**2)})", "mine.py"),
    "a loss that fails": (
        "STATEMENT = own({'f': Sharpness(S, lambda q, r: 1 / 0, (u, v))}, {'c': at_most(0, S**2)})",
        "ZeroDivisionError",
    ),
    "a loss that raises": (
        "def loss(q):\n    raise RuntimeError('of two\\nlines')\n"
        "STATEMENT = own({'f': Sharpness(S, loss, (x,))}, {'c': at_most(0, S**2)})",
        "the loss does not work out: RuntimeError: of two lines",
    ),
    "a loss of no weights": (
        "STATEMENT = own({'f': Sharpness(S, lambda: a**2, ())}, {'c': at_most(S, -1)})",
        "a function of at least one weight",
    ),
    "a loss of nothing": (
        "STATEMENT = own({'f': Sharpness(S, lambda q: None, (x,))}, {'c': at_most(0, S**2)})",
        "a loss is a number, not NoneType",
    ),
    "a loss with a logarithm": (
        "STATEMENT = own({'f': Sharpness(S, log, (x,))}, {'c': at_most(0, S**2)})",
        "log(x) need not have a value",
    ),
    "a loss with a quotient": (
        "STATEMENT = own({'f': GradientFlow(lambda q: 1 / q, (x,), (a,))}, {'c': equal(x, a)})",
        "need not have a value: x != 0 is not shown",
    ),
    "a flow to another shape": (
        "STATEMENT = own({'f': GradientFlow(lambda q, r: q * r, (a, b), (x,))}, {'c': at_most(0, x**2)})",
        "another shape",
    ),
    "a power that is too large": ("STATEMENT = own({}, {'c': at_most(0, x**1000000000)})", "is not worked out"),
    "a name of two lines": ("STATEMENT = own({}, {'c\\nd': at_most(0, x)})", "a text of one line"),
    "it depends on a text": ("STATEMENT = own({}, {'c': at_most(0, x**2)}, depends='thm-4.3')", "in a tuple"),
    "it depends on nothing known": ("STATEMENT = own({}, {'c': at_most(0, x**2)}, depends=('thm-9',))", "no statement"),
    "a claim about a row": ("STATEMENT = own({}, {'c': equal((s * y).total(), 0)})", "different axes"),
    "a number that is no fraction": ("STATEMENT = own({}, {'c': equal(x / 2, x * 0.5)})", "Float has no meaning here"),
    "a range of its own": (
        "from sympy import Sum\ni = Symbol('i', integer=True)\n"
        "STATEMENT = own({}, {'c': equal(Sum(x, (i, 1, 3)), 3 * x)})",
        "run over a whole axis",
    ),
    "labels for ill-typed rows": ("STATEMENT = own({'o': Orthonormal(s)}, {'c': less(0, s[0])})", "orthonormal"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_valid_statement_is_told_in_one_line(check, name):
    statement, part = REFUSED[name]
    with pytest.raises(StatementError) as caught:
        check(statement)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


PROVED = {
    "a quadratic": "STATEMENT = own({'root': equal(p * (p + a), b)}, {'c': equal(p**2 + a * p, b)})",
    "transitivity": "STATEMENT = own({'one': at_most(a, b), 'other': less(b, x)}, {'c': less(a, x)})",
    "times what is positive": "STATEMENT = own({'h': at_most(a, b)}, {'c': at_most(p * a, p * b)})",
    "divided by what is positive": "STATEMENT = own({'h': at_most(p * a, p * b)}, {'c': at_most(a, b)})",
    "a weaker bound": "STATEMENT = own({'h': at_most(a, b)}, {'c': at_most(a, b + x**2)})",
    "the same root": (
        "STATEMENT = own({'one': equal(p**2 + p, b), 'two': equal(Symbol('q', positive=True)**2"
        " + Symbol('q', positive=True), b)}, {'c': equal(p, Symbol('q', positive=True))})"
    ),
    "another statement's theorem": (
        "T = statement('thm-4.3')\nSTATEMENT = replace(T, id='own-idea', depends=('thm-4.3',), "
        "claims={'c': at_most(0, S)})"
    ),
    "an expectation": (
        "STATEMENT = own({'law': Initialization(((x, p),), (a,)), 'square': equal(a, x**2)}, {'c': at_most(0, a + 1)})"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PROVED)
def test_what_follows_is_proved_whatever_its_id(check, name):
    record = check(PROVED[name])
    assert record["outcome"] == "proved", record["reason"]
    assert record["instances"] > 0


REFUTED = {
    "a square": ("STATEMENT = own({}, {'c': at_most(x, x**2)})", "x = 1/2"),
    "a sum": ("STATEMENT = own({'h': less(0, a)}, {'c': less(1, a)})", "a = 1"),
    "no minimizer": (
        "T = statement('thm-4.3')\n"
        "STATEMENT = replace(T, hypotheses={k: h for k, h in T.hypotheses.items() if k != 'minimizer'})",
        "is false",
    ),
    "another id": ("STATEMENT = replace(statement('thm-4.3'), id='own-idea', claims={'c': at_most(S, 1)})", "is false"),
    "a mean": ("STATEMENT = own({'law': Initialization(((x, p),))}, {'c': equal(Mean(x**4), 2 * p**4)})", "3 = 2"),
    "a mean at an index": (
        "g = IndexedArray.named('g', modes)\n"
        "STATEMENT = own({'law': Initialization(((g, p),))}, {'c': equal(Mean(g.at(g.indices[0]) ** 2), 2 * p**2)})",
        "1 = 2 is false at i = 1",
    ),
    "a sum of means": (
        "from sympy import Sum\ng = IndexedArray.named('g', modes)\ni = g.indices[0]\n"
        "means = Sum(Mean(g.at(i) ** 2), (i, 1, rank))\n"
        "STATEMENT = own({'law': Initialization(((g, p),))}, {'c': equal(means, p**2)})",
        "2 = 1 is false",
    ),
    "a power of 0": ("STATEMENT = own({}, {'c': less(0, z ** (1 / D))})", "z = 0"),
}


@pytest.mark.parametrize("name", REFUTED)
def test_what_is_false_is_refuted_by_simple_numbers(check, name):
    statement, part = REFUTED[name]
    record = check(statement)
    assert record["outcome"] == "refuted"
    assert part in record["reason"]
    assert record["steps"] == []


def test_hypotheses_that_contradict_each_other_are_vacuous(check):
    record = check("STATEMENT = own({'h': less(a, b), 'g': less(b, a)}, {'c': equal(x, 1)})")
    assert record["outcome"] == "vacuous"
    assert "contradict" in record["reason"]


@pytest.mark.slow
def test_what_is_open_says_what_fails_first_and_what_is_missing(check):
    dropped = (
        "T = statement('thm-4.3')\n"
        "STATEMENT = replace(T, hypotheses={**T.hypotheses, 'descending': at_most(each(exp, s), exp(s[0]))}, "
        "claims={'upper': T.claims['upper']})"
    )
    record = check(dropped)
    assert record["outcome"] == "open"
    assert "not proved: upper; the first step that fails is 'kernel-at-most'" in record["reason"]
    assert "thm-4.3 assumes 'descending', which is not shown here" in record["reason"]


def test_what_no_model_is_found_of_is_said(check):
    record = check("STATEMENT = own({'f': Sharpness(S, lambda q: log(1 + q**2), (x,))}, {'c': at_most(S, 2)})")
    assert record["outcome"] == "open"
    assert "no model of the hypotheses was found" in record["reason"]


STEPS = """
from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from sympy import Symbol
a, b = Symbol("a", real=True), Symbol("b", real=True)
def proof(statement):
    return [Step("c", statement.claims["c"], Combination({gap}))]
"""


def test_steps_of_ones_own_are_judged_by_the_same_rules(check):
    cubes = "STATEMENT = own({'h': at_most(a, b)}, {'c': at_most(a**3, b**3)})"
    assert check(cubes)["outcome"] == "open"
    right = STEPS.format(gap='fact("h") * ((a + b / 2) ** 2 + 3 * b**2 / 4)')
    record = check(cubes, right)
    assert record["outcome"] == "proved"
    assert [step["method"] for step in record["steps"]] == ["derivation"]
    wrong = check(cubes, STEPS.format(gap='fact("h") * (a + b / 2) ** 2'))
    assert wrong["outcome"] == "open"
    assert "the first step that fails is 'c': the two differences are not equal" in wrong["reason"]


@pytest.mark.parametrize(
    ("proof", "part"),
    [
        ("", "defines no proof"),
        ("proof = 3", "defines no function proof"),
        ("def proof(statement):\n    return [1]", "a list of Steps, not of int"),
        ("def proof(statement):\n    raise KeyError('k')", "the proof does not run: KeyError"),
        (STEPS.format(gap="None"), "a step of the proof does not run: AttributeError"),
    ],
)
def test_a_file_that_holds_no_proof_is_told_in_one_line(check, proof, part):
    with pytest.raises(StatementError) as caught:
        check("STATEMENT = own({'h': at_most(a, b)}, {'c': at_most(a**3, b**3)})", proof)
    assert part in str(caught.value)


FORGED = """
from dataclasses import dataclass
from proofs_check.engine.proof import Step
from proofs_check.rules.logic import assume
from theory.language.relations import less
from sympy import Integer

@dataclass
class Forged:
    name = "forged"
    uses = frozenset()
    def establish(self, claim, state):
        state.read.claims["c"] = state.formula(claim)
        state.allowed = frozenset([state.formula(claim)])
        return assume(state.formula(claim))

def proof(statement):
    statement.claims["c"] = less(0, 1)
    return [Step("c", less(Integer(1), Integer(0)), Forged())]
"""


def test_what_a_proof_does_to_its_statement_proves_nothing(check):
    record = check("STATEMENT = own({'h': at_most(a, b)}, {'c': at_most(a**3, b**3)})", FORGED)
    assert record["outcome"] == "open"
    assert record["claims"] == {"c": "a^{3} \\le b^{3}"}
