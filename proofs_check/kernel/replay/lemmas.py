"""What each rule of the ledger's kernel is in Coq: a lemma, with what the rule was given in its places.

What Coq finds by itself or computes is `_`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce

from proofs_check.kernel.replay.quotation import KINDS, NoReplayError
from proofs_check.kernel.replay.steps import Step
from proofs_check.rules.equality import _fits
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Kind
from theory.language.substitution import transform
from theory.language.terms import POWER, REAL, ZERO, Axis, Term

Rule = Callable[[Step], str]

_LEMMAS = {
    "assume": "assume sort _ {0} _",
    "identity": "identity sort _ {known} {0} {1} _ {facts}",
    "same_difference": "same_difference sort _ {known} _ _ _ {1} {2} _ {0} {facts}",
    "with_equal_sides": "with_equal_sides sort _ _ _ _ _ _ {0} {1} {2}",
    "weakened": "weakened sort _ _ {1} _ _ _ {0}",
    "zero_times": "zero_times sort _ _ {1} {0}",
    "square": "square sort _ {0} {1} _",
    "square_of_nonzero": "square_of_nonzero sort _ _ {1} _ {0}",
    "whole_power": "whole_power sort _ _ _ {1} _ {0}",
    "inverted": "inverted sort _ _ _ _ {0}",
    "real_power_is_positive": "real_power_positive sort _ _ {1} {0}",
    "real_power_is_nonnegative": "real_power_at_least_zero sort _ {0} {1}",
    "exponential_is_positive": "exponential_positive sort _ {0}",
    "logarithm_of_exponential": "logarithm_of_exponential sort _ {0}",
    "size_is_positive": "size_positive sort _ {0}",
    "summed": "summed sort _ _ {1} _ _ _ {0}",
    "factors_multiplied": "factors_multiplied sort _ _ {1} _ _ {0}",
    "products_in_order": "products_in_order sort _ _ _ {2} _ _ _ {0} {1}",
    "positive_factor": "positive_factor sort _ {known} _ _ _ _ {2} {3} _ _ {0} {1} {facts}",
    "squares_in_order": "squares_in_order sort _ {known} _ {2} _ _ _ _ _ {0} {1} {facts}",
    "product_as_power": "product_as_power sort _ {1} _ {0}",
    "power_of_power": "power_of_power sort _ _ {1} {2} {0}",
}
"""Lemmas that take what the rule was given; `known` is what normal forms may use, and `facts` a proof of it."""


def _filled(lemma: str, step: Step) -> str:
    known, facts = step.facts
    return f"({lemma.format(*map(step.word, step.given), known=known, facts=facts)})"


def _two_at_a_time(lemma: str, step: Step) -> str:
    return reduce(lambda whole, one: f"({lemma} {whole} {one})", map(step.word, step.given))


RULES: dict[str, Rule] = {
    **{rule: partial(_filled, lemma) for rule, lemma in _LEMMAS.items()},
    "added": partial(_two_at_a_time, "added sort _ _ _ _ _ _ _ _"),
    "multiplied": partial(_two_at_a_time, "multiplied sort _ _ _ _ _ _"),
}
"""How a step by a rule is proved in Coq."""


def replayed(rule: Rule) -> Rule:
    """Make a function the replay of the rule that it is named after."""
    RULES[rule.__name__] = rule
    return rule


@replayed
def at(step: Step) -> str:
    """One index after another for the outermost variable."""
    return _for_each(step, "at_index", step.given[1:])


@replayed
def for_all(step: Step) -> str:
    """The last variable is closed first, so that the first one comes to stand outermost."""
    return _for_each(step, "for_all", step.given[:0:-1])


def _for_each(step: Step, lemma: str, indices: Sequence[Term]) -> str:
    proof = step.word(step.given[0])
    for index in indices:
        if not isinstance(index.sort, Axis):
            what = f"the rule '{step.theorem.rule}' has no lemma in Coq yet"
            raise NoReplayError(f"{what} for something that is {index.sort}")
        proof = f"({lemma} sort {step.word(index)} _ _ _ {proof})"
    return proof


@replayed
def instance(step: Step) -> str:
    """Families for letters in hypotheses and conclusion alike."""
    theorem, values = step.given
    quotation = step.quotation
    put = "; ".join(
        f"({quotation.tables.letter(letter)}, ({len(family.sorts)}, {quotation.family(family)}))"
        for letter, family in values.items()
    )
    return f"(assumptions_reworded sort _ _ _ _ (instance sort [{put}] _ _ {step.own(theorem)}))"


@replayed
def cut(step: Step) -> str:
    """A lemma for a hypothesis."""
    lemma, theorem = step.given
    return f"(cut sort _ _ _ _ {step.own(lemma)} {step.own(theorem)} _ _)"


@replayed
def rewrite(step: Step) -> str:
    """Equals for equals; only the equations that fit somewhere are taken along."""
    term, *equations = step.given
    found = used(term, equations)
    if any(REAL in one.conclusion.prefix for one in found):
        raise NoReplayError("the rule 'rewrite' has no lemma in Coq yet for equations between functions of numbers")
    known, proof = step.together(found)
    return f"(rewrite_with sort _ {known} {step.word(term)} {proof})"


def used(term: Term, equations: list[Theorem]) -> list[Theorem]:
    """The equations that rewriting a term uses, in their order."""
    found: set[int] = set()

    def change(part: Term, _: int) -> Term | None:
        for place, equation in enumerate(equations):
            said = equation.conclusion
            values: dict[int, Term] = {}
            if _fits(said.left, part, len(said.prefix), 0, values) and len(values) == len(said.prefix):
                found.add(place)
                return part
        return None

    transform(term, change)
    return [equations[place] for place in sorted(found)]


@replayed
def numbers(step: Step) -> str:
    """A comparison of two numbers: both sides are put together by normal forms of nothing but numbers."""
    left, kind, right = step.given
    values = " ".join(f"({one.data.numerator} # {one.data.denominator})" for one in (left, right))
    return f"(numbers sort _ {KINDS[kind]} {values} _)"


@replayed
def different_from_zero(step: Step) -> str:
    """A base that differs from 0, where a power is positive or differs from 0."""
    (theorem,) = step.given
    said, proof = theorem.conclusion, step.word(theorem)
    zero, term = said.terms if said.kind is Kind.LESS else reversed(said.terms)
    if zero != ZERO:
        raise NoReplayError("the rule 'different_from_zero' has no lemma in Coq yet for a term on the other side of 0")
    if said.kind is Kind.LESS:
        proof = f"(positive_differs sort _ _ {proof})"
    return f"(base_differs sort _ _ _ _ {proof})" if term.head == POWER else proof


@replayed
def cancelled(step: Step) -> str:
    """A factor that is positive, or differs from 0, is cancelled."""
    positive = step.given[1].conclusion.kind is Kind.LESS
    lemma, conditions = ("cancelled_positive", "_") if positive else ("cancelled_nonzero", "_ _")
    return _filled(f"{lemma} sort _ {{known}} _ _ _ _ {{2}} {{3}} {conditions} {{0}} {{1}} {{facts}}", step)


@replayed
def powers_in_order(step: Step) -> str:
    """Bases whose powers are in order; their signs are ones that may be 0."""
    words = [
        word if place < 2 or one.conclusion.kind is Kind.AT_MOST else f"(weakened sort _ _ At_most _ _ _ {word})"
        for place, (one, word) in enumerate(zip(step.given, map(step.word, step.given), strict=True))
    ]
    return f"(powers_in_order sort _ _ _ _ _ _ {' '.join(words)})"
