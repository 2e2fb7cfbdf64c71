"""Rules of order in Coq."""

from __future__ import annotations

from collections.abc import Iterable

from proofs_check.kernel.replay.quotation import KINDS
from proofs_check.kernel.replay.refusal import NoReplayError
from proofs_check.kernel.replay.steps import NOTHING, Shown, Step, bare, replayed
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Kind
from theory.language.terms import POWER, ZERO

KIND_OF_SUM = [Kind.LESS, Kind.AT_MOST, Kind.EQUAL]
KIND_OF_PRODUCT = [Kind.EQUAL, Kind.AT_MOST, Kind.LESS]


def strongest(kinds: Iterable[Kind], order: list[Kind]) -> str:
    """The first kind of an order that is there."""
    return KINDS[min(kinds, key=order.index)]


@replayed
def numbers(step: Step) -> Shown:
    """A comparison of two numbers: both sides are put together by normal forms of nothing but numbers."""
    left, kind, right = step.given
    values = [f"({one.data.numerator} # {one.data.denominator})" for one in (left, right)]
    formula = bare(KINDS[kind], *(f"(Num {one})" for one in values))
    return Shown(formula, f"(numbers sort {step.assumed} {KINDS[kind]} {' '.join(values)} check)")


@replayed
def weakened(step: Step) -> Shown:
    """A weaker comparison."""
    theorem, kind = step.given
    return _weakened(step, theorem, kind)


def _weakened(step: Step, theorem: Theorem, kind: Kind) -> Shown:
    said = theorem.conclusion
    sides = f"{step.term(said.left)} {step.term(said.right)}"
    kinds = f"{KINDS[said.kind]} {KINDS[kind]}"
    proof = f"(weakened sort {step.assumed} {kinds} {sides} check {step.premise(theorem)})"
    return Shown(f"(Formula {KINDS[kind]} [] {sides})", proof)


@replayed
def added(step: Step) -> Shown:
    """Sums of both sides, two theorems at a time."""
    first, *others = step.given
    kinds, proof = [first.conclusion.kind], step.premise(first)
    left, right = step.term(first.conclusion.left), step.term(first.conclusion.right)
    for one in others:
        said = one.conclusion
        both = f"{strongest(kinds, KIND_OF_SUM)} {KINDS[said.kind]}"
        sides = f"{left} {right} {step.term(said.left)} {step.term(said.right)}"
        proof = f"(added sort {step.assumed} {both} {sides} check {proof} {step.premise(one)})"
        left, right = f"(Add {left} {step.term(said.left)})", f"(Add {right} {step.term(said.right)})"
        kinds.append(said.kind)
    return Shown(bare(strongest(kinds, KIND_OF_SUM), left, right), proof)


@replayed
def multiplied(step: Step) -> Shown:
    """Products of what has a sign, two theorems at a time."""
    first, *others = step.given
    kinds, proof, right = [first.conclusion.kind], step.premise(first), step.term(first.conclusion.right)
    for one in others:
        said = one.conclusion
        both = f"{strongest(kinds, KIND_OF_PRODUCT)} {KINDS[said.kind]}"
        sides = f"{right} {step.term(said.right)}"
        proof = f"(multiplied sort {step.assumed} {both} {sides} check {proof} {step.premise(one)})"
        right = f"(Mul {right} {step.term(said.right)})"
        kinds.append(said.kind)
    return Shown(bare(strongest(kinds, KIND_OF_PRODUCT), NOTHING, right), proof)


@replayed
def zero_times(step: Step) -> Shown:
    """`0 = a t`."""
    theorem, factor = step.given
    base, other = step.term(theorem.conclusion.right), step.term(factor)
    proof = f"(zero_times sort {step.assumed} {base} {other} {step.premise(theorem)})"
    return Shown(bare("Equal", NOTHING, f"(Mul {base} {other})"), proof)


@replayed
def square(step: Step) -> Shown:
    """`0 <= t^n` for even `n`."""
    base, *rest = step.given
    exponent = rest[0] if rest else step.named.get("exponent", 2)
    name = step.term(base)
    return Shown(
        bare("At_most", NOTHING, f"(Pow {name} {exponent})"), f"(square sort {step.assumed} {name} {exponent} check)"
    )


@replayed
def square_of_nonzero(step: Step) -> Shown:
    """`0 < t^n` for even `n`."""
    theorem, *rest = step.given
    exponent = rest[0] if rest else step.named.get("exponent", 2)
    name = step.term(theorem.conclusion.left)
    proof = f"(square_of_nonzero sort {step.assumed} {name} {exponent} check {step.premise(theorem)})"
    return Shown(bare("Less", NOTHING, f"(Pow {name} {exponent})"), proof)


@replayed
def different_from_zero(step: Step) -> Shown:
    """A base that differs from 0, where a power is positive or differs from 0."""
    (theorem,) = step.given
    said = theorem.conclusion
    if (said.left if said.kind is Kind.LESS else said.right) != ZERO:
        raise NoReplayError("the rule 'different_from_zero' has no lemma in Coq yet for a term on the other side of 0")
    term = said.right if said.kind is Kind.LESS else said.left
    name, proof = step.term(term), step.premise(theorem)
    if said.kind is Kind.LESS:
        proof = f"(positive_differs sort {step.assumed} {name} {proof})"
    if term.head == POWER:
        base = step.term(term.arguments[0])
        proof = f"(base_differs sort {step.assumed} {base} {term.data} check {proof})"
        name = base
    return Shown(bare("Different", name, NOTHING), proof)


@replayed
def whole_power(step: Step) -> Shown:
    """`0 ~ t^n`."""
    theorem, exponent = step.given
    kind, base = KINDS[theorem.conclusion.kind], step.term(theorem.conclusion.right)
    proof = f"(whole_power sort {step.assumed} {kind} {base} {exponent} check {step.premise(theorem)})"
    return Shown(bare(kind, NOTHING, f"(Pow {base} {exponent})"), proof)


@replayed
def inverted(step: Step) -> Shown:
    """`0 ~ 1/t`."""
    (theorem,) = step.given
    kind, base = KINDS[theorem.conclusion.kind], step.term(theorem.conclusion.right)
    proof = f"(inverted sort {step.assumed} {kind} {base} check {step.premise(theorem)})"
    return Shown(bare(kind, NOTHING, f"(Inv {base})"), proof)


@replayed
def real_power_is_positive(step: Step) -> Shown:
    """`0 < t^p`."""
    theorem, exponent = step.given
    names = f"{step.term(theorem.conclusion.right)} {step.term(exponent)}"
    proof = f"(real_power_positive sort {step.assumed} {names} {step.premise(theorem)})"
    return Shown(bare("Less", NOTHING, f"(RealPower {names})"), proof)


@replayed
def real_power_is_nonnegative(step: Step) -> Shown:
    """`0 <= t^p`."""
    base, exponent = step.given
    names = f"{step.term(base)} {step.term(exponent)}"
    return Shown(
        bare("At_most", NOTHING, f"(RealPower {names})"), f"(real_power_at_least_zero sort {step.assumed} {names})"
    )


@replayed
def exponential_is_positive(step: Step) -> Shown:
    """`0 < exp(t)`."""
    name = step.term(step.given[0])
    return Shown(bare("Less", NOTHING, f"(Apply 0 {name})"), f"(exponential_positive sort {step.assumed} {name})")


@replayed
def logarithm_of_exponential(step: Step) -> Shown:
    """`log(exp(t)) = t`."""
    name = step.term(step.given[0])
    formula = bare("Equal", f"(Apply 1 (Apply 0 {name}))", name)
    return Shown(formula, f"(logarithm_of_exponential sort {step.assumed} {name})")


@replayed
def size_is_positive(step: Step) -> Shown:
    """`1 <= size`."""
    axis = step.quotation.tables.axis(step.given[0])
    return Shown(bare("At_most", "(Num (1 # 1))", f"(Size {axis})"), f"(size_positive sort {step.assumed} {axis})")


@replayed
def summed(step: Step) -> Shown:
    """Sums of both sides over an axis."""
    theorem, variable = step.given
    slot, axis = step.quotation.slot(variable), step.quotation.tables.axis(variable.sort)
    said = theorem.conclusion
    left, right = (f"(Total {axis} (bind {slot} {step.term(side)}))" for side in (said.left, said.right))
    sides = step.sides(theorem).split(" ", 1)
    proof = f"(summed sort {step.assumed} {sides[0]} {slot} {sides[1]} check {step.premise(theorem)})"
    return Shown(bare(KINDS[said.kind], left, right), proof)


@replayed
def factors_multiplied(step: Step) -> Shown:
    """The sign of a product over an axis."""
    theorem, variable = step.given
    slot, axis = step.quotation.slot(variable), step.quotation.tables.axis(variable.sort)
    kind, name = KINDS[theorem.conclusion.kind], step.term(theorem.conclusion.right)
    proof = f"(factors_multiplied sort {step.assumed} {kind} {slot} {name} check {step.premise(theorem)})"
    return Shown(bare(kind, NOTHING, f"(Product {axis} (bind {slot} {name}))"), proof)


@replayed
def products_in_order(step: Step) -> Shown:
    """Products over an axis, factor by factor."""
    nonnegative, theorem, variable = step.given
    slot, axis = step.quotation.slot(variable), step.quotation.tables.axis(variable.sort)
    said = theorem.conclusion
    kinds = f"{KINDS[nonnegative.conclusion.kind]} {KINDS[said.kind]}"
    left, right = step.term(said.left), step.term(said.right)
    proof = f"(products_in_order sort {step.assumed} {kinds} {slot} {left} {right} check"
    formula = bare("At_most", *(f"(Product {axis} (bind {slot} {side}))" for side in (left, right)))
    return Shown(formula, f"{proof} {step.premise(nonnegative)} {step.premise(theorem)})")


@replayed
def cancelled(step: Step) -> Shown:
    """A factor that is positive, or differs from 0, is cancelled."""
    theorem, factor, left, right, *facts = step.given
    positive = factor.conclusion.kind is Kind.LESS
    known, shown = step.facts(facts, left, right, *theorem.conclusion.terms, *factor.conclusion.terms)
    kind = KINDS[theorem.conclusion.kind]
    by = step.term(factor.conclusion.right if positive else factor.conclusion.left)
    said, sides = step.sides(theorem).split(" ", 1)[1], f"{step.term(left)} {step.term(right)}"
    lemma, checks = ("cancelled_positive", "check") if positive else ("cancelled_nonzero", "check check")
    proof = f"({lemma} sort {step.assumed} {known} {kind} {by} {said} {sides} {checks}"
    return Shown(f"(Formula {kind} [] {sides})", f"{proof} {step.premise(theorem)} {step.premise(factor)} {shown})")


@replayed
def positive_factor(step: Step) -> Shown:
    """The other factor of a positive product."""
    theorem, others, left, right, *facts = step.given
    known, shown = step.facts(facts, left, right, *theorem.conclusion.terms, *others.conclusion.terms)
    kind, by = KINDS[others.conclusion.kind], step.term(others.conclusion.right)
    said, sides = step.sides(theorem).split(" ", 1)[1], f"{step.term(left)} {step.term(right)}"
    proof = f"(positive_factor sort {step.assumed} {known} {kind} {by} {said} {sides} check check"
    return Shown(f"(Formula Less [] {sides})", f"{proof} {step.premise(theorem)} {step.premise(others)} {shown})")


@replayed
def squares_in_order(step: Step) -> Shown:
    """Numbers whose squares are in order."""
    theorem, nonnegative, left, *facts = step.given
    known, shown = step.facts(facts, left, *theorem.conclusion.terms, *nonnegative.conclusion.terms)
    kind, least, most = KINDS[nonnegative.conclusion.kind], step.term(left), step.term(nonnegative.conclusion.right)
    said = step.sides(theorem).split(" ", 1)[1]
    proof = f"(squares_in_order sort {step.assumed} {known} {kind} {least} {most} {said} check check"
    return Shown(bare("At_most", least, most), f"{proof} {step.premise(theorem)} {step.premise(nonnegative)} {shown})")


@replayed
def powers_in_order(step: Step) -> Shown:
    """Bases whose powers are in order."""
    theorem, exponent, first, second = step.given
    kind = KINDS[theorem.conclusion.kind]
    bases = [step.term(one.conclusion.right) for one in (first, second)]
    proof = (
        f"(powers_in_order sort {step.assumed} {kind} {' '.join(bases)} {step.term(exponent.conclusion.right)} check"
    )
    signs = " ".join(_at_most(step, one) for one in (first, second))
    return Shown(bare(kind, *bases), f"{proof} {step.premise(theorem)} {step.premise(exponent)} {signs})")


def _at_most(step: Step, theorem: Theorem) -> str:
    """A sign as one that may be 0."""
    return (
        step.premise(theorem)
        if theorem.conclusion.kind is Kind.AT_MOST
        else _weakened(step, theorem, Kind.AT_MOST).proof
    )


@replayed
def product_as_power(step: Step) -> Shown:
    """A product of equal factors."""
    positive, axis = step.given
    number, name = step.quotation.tables.axis(axis), step.term(positive.conclusion.right)
    formula = bare("Equal", f"(Product {number} (rename S {name}))", f"(RealPower {name} (Size {number}))")
    return Shown(formula, f"(product_as_power sort {step.assumed} {number} {name} {step.premise(positive)})")


@replayed
def power_of_power(step: Step) -> Shown:
    """A power of a power."""
    positive, inner, outer = step.given
    base, first, second = step.term(positive.conclusion.right), step.term(inner), step.term(outer)
    formula = bare(
        "Equal", f"(RealPower (RealPower {base} {first}) {second})", f"(RealPower {base} (Mul {first} {second}))"
    )
    return Shown(formula, f"(power_of_power sort {step.assumed} {base} {first} {second} {step.premise(positive)})")
