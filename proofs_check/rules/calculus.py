"""Rules of calculus: derivatives by the rules, and what gradient flow conserves."""

from __future__ import annotations

from proofs_check.rules.equality import context_of
from proofs_check.rules.normal_form import vanishes
from proofs_check.rules.theorem import Result, RuleError, Theorem, comparison, needs, rule, theorems_in
from theory.language import terms
from theory.language.formulas import Formula, Kind, compare, opened
from theory.language.substitution import Family, abstract, instantiate, plain_family, substitute
from theory.language.terms import (
    ADD,
    APPLY,
    INVERSE,
    MULTIPLY,
    ONE,
    POWER,
    REAL,
    REAL_POWER,
    SUM,
    THE_OUTCOME,
    ZERO,
    Letter,
    Term,
    add,
    fresh,
    inverse,
    letters,
    multiply,
    negative,
    number,
    power,
    subtract,
)


@rule("calculus")
def differentiated(
    body: Term, point: Term, facts: tuple[Theorem, ...] = (), functions: tuple[Theorem, ...] = ()
) -> Result:
    """The function has the derivative at the point: by the rules for sums, products, powers, quotients and chains.

    Facts show that what is divided by differs from 0 there, and that what is under a real power or a logarithm is
    positive. Of a function that is known by its name, one of `functions` must say the derivative at every number.
    """
    variable, context, asked = fresh(REAL), context_of(facts), list[tuple[Term, bool]]()
    there = {variable.data: Family((), point)}
    slope = substitute(slope_of(instantiate(body, variable), variable, functions, asked), there)
    for part, positive in asked:
        number_ = substitute(part, there)
        shown = vanishes(subtract(multiply(number_, inverse(number_)), ONE), context)
        shown = shown and (not positive or vanishes(subtract(terms.real_power(number_, ONE), number_), context))
        needs(shown, f"not known to be {'positive' if positive else 'nonzero'}: {number_}")
    return Formula(Kind.HAS_DERIVATIVE, (), (body, point, slope))


@rule()
def with_derivative(theorem: Theorem, equation: Theorem) -> Result:
    """From `f has the derivative a at x` and `a = b` to `f has the derivative b at x`."""
    said, equal = theorem.conclusion, comparison(equation, Kind.EQUAL)
    needs(said.kind is Kind.HAS_DERIVATIVE and not said.prefix and said.terms[2] == equal.left, "not its derivative")
    return Formula(Kind.HAS_DERIVATIVE, (), (*said.terms[:2], equal.right))


def slope_of(
    term: Term, variable: Term, functions: tuple[Theorem, ...], asked: list[tuple[Term, bool]] | None = None
) -> Term:
    """The derivative of a term in a variable.

    Args:
        term: a sum, product, power, quotient, exponential, logarithm or function of such.
        variable: a plain letter.
        functions: theorems that say derivatives of functions at every number.
        asked: gets what must differ from 0 for this to be right, or be positive.
    """
    conditions = [] if asked is None else asked

    def slope(part: Term) -> Term:
        return slope_of(part, variable, functions, conditions)

    if variable not in terms.parts(term):
        return ZERO
    if term == variable:
        return ONE
    if term.head == ADD:
        return add(*(slope(part) for part in term.arguments))
    if term.head == MULTIPLY:
        factors = term.arguments
        return add(*(multiply(*factors[:k], slope(factor), *factors[k + 1 :]) for k, factor in enumerate(factors)))
    if term.head == POWER:
        (base,) = term.arguments
        return multiply(number(term.data), power(base, term.data - 1), slope(base))
    if term.head == SUM:
        place = fresh(term.data)
        return terms.total(term.data, abstract(slope(instantiate(term.arguments[0], place)), place))
    if term.head == INVERSE:
        (base,) = term.arguments
        conditions.append((base, False))
        return negative(multiply(slope(base), power(inverse(base), 2)))
    if term.head == REAL_POWER:
        base, exponent = term.arguments
        needs(variable not in terms.parts(exponent), "a power with a variable exponent")
        conditions.append((base, True))
        return multiply(exponent, terms.real_power(base, subtract(exponent, ONE)), slope(base))
    if term.head == APPLY and term.data == "exp":
        return multiply(term, slope(term.arguments[0]))
    if term.head == APPLY and term.data == "log":
        conditions.append((term.arguments[0], True))
        return multiply(inverse(term.arguments[0]), slope(term.arguments[0]))
    for theorem in functions if term.head == APPLY else ():
        said = theorem.conclusion
        if said.kind is Kind.HAS_DERIVATIVE and said.prefix == (REAL,):
            place = fresh(REAL)
            function, where, derivative = opened(said, place).terms
            if where == place and function == terms.apply(term.data, terms.bound(0, REAL)):
                inner = substitute(derivative, {place.data: Family((), term.arguments[0])})
                return multiply(inner, slope(term.arguments[0]))
    raise RuleError(f"no rule to differentiate {term}")


@rule("calculus")
def derivative_value(theorem: Theorem) -> Result:
    """From `f has the derivative a at x` to `f'(x) = a`."""
    said = theorem.conclusion
    needs(said.kind is Kind.HAS_DERIVATIVE and not said.prefix, f"no derivative: {said}")
    body, point, value = said.terms
    return compare(terms.derivative(body, point), Kind.EQUAL, value)


@rule()
def logarithm_of_exponential(argument: Term) -> Result:
    """`log(exp(t)) = t`."""
    return compare(terms.apply("log", terms.apply("exp", argument)), Kind.EQUAL, argument)


def weight(number_: int, sorts: tuple[terms.Sort, ...]) -> Letter:
    """The letter for a weight that a loss is a function of."""
    return Letter(str(number_), sorts, "weight")


def moved(loss: Term, sorts: tuple[tuple[terms.Sort, ...], ...], point: list[Term], along: list[Term]) -> Term:
    """The loss at `point + t along`, with `t` the innermost variable.

    Args:
        loss: in the letters of the weights.
        sorts: of each weight.
        point: the weights' bodies, in the variables of their indices.
        along: bodies of the same kind.
    """
    step = fresh(REAL)
    values = {
        weight(place, kinds): Family(kinds, add(start, multiply(step, change)))
        for place, (kinds, start, change) in enumerate(zip(sorts, point, along, strict=True))
    }
    return abstract(substitute(loss, values), step)


@rule("constant")
def conserved(
    flow: Theorem,
    quantity: Term,
    gradient: Theorem,
    rate: Theorem,
    theta: tuple[Letter, ...],
    along: tuple[Letter, ...],
    slopes: tuple[Family, ...],
) -> Result:
    """A quantity of the weights is the same where gradient flow leads as where it starts.

    Along `theta' = -grad L` it changes at the rate of its derivative along `-grad L`. `gradient` says that the loss at
    `theta + t h` has the coefficient of order 1, or the derivative at 0, `sum g h`, for letters `theta` and `h` that no
    hypothesis speaks of; `rate` says that of the quantity at `theta - t g` it is 0.

    Args:
        flow: what leads from the start to the end.
        quantity: in the letters of the weights.
        gradient: as above.
        rate: as above.
        theta: letters for a point.
        along: letters for `h`.
        slopes: `g`, in the letters of `theta`.
    """
    said = flow.conclusion
    needs(said.kind is Kind.FLOW and not said.prefix, f"no gradient flow: {said}")
    sorts, count = said.data, len(said.data)
    loss, start, end = said.terms[0], said.terms[1 : count + 1], said.terms[count + 1 :]
    for family in (theta, along):
        needs(tuple(letter.sorts for letter in family) == sorts, "the letters have another shape than the weights")
    at, h = ([plain_family(letter).body for letter in family] for family in (theta, along))
    spoken = frozenset[Letter]().union(*(one.free_letters() for one in (*gradient.hypotheses, *rate.hypotheses)))
    free = {*theta, *along}
    needs(len(free) == 2 * count and all(letter.kind == "" for letter in free), "a letter stands for two things")
    needs(
        not free & (spoken | said.free_letters() | letters(quantity)), "a hypothesis speaks of the letters theta or h"
    )
    needs(not any(set(along) & letters(slope.body) for slope in slopes), "the gradient depends on the direction")
    bodies = [slope.body for slope in slopes]
    needs([slope.sorts for slope in slopes] == list(sorts), "the gradient has another shape than the weights")
    change = add(*(_total(kinds, multiply(g, d)) for kinds, g, d in zip(sorts, bodies, h, strict=True)))
    for shown in (gradient, rate):
        needs(THE_OUTCOME not in shown.conclusion.free_indices(), "the outcomes left out may depend on the point")
    _changes(gradient, moved(loss, sorts, at, h), change)
    _changes(rate, moved(quantity, sorts, at, [negative(body) for body in bodies]), ZERO)

    def value(point: tuple[Term, ...]) -> Term:
        values = {weight(place, kinds): Family(kinds, point[place]) for place, kinds in enumerate(sorts)}
        return substitute(quantity, values)

    return compare(value(end), Kind.EQUAL, value(start))


def _changes(theorem: Theorem, body: Term, change: Term) -> None:
    """See that a theorem tells how a function changes at 0."""
    said = theorem.conclusion
    if said.kind is Kind.HAS_DERIVATIVE:
        by_rules = theorem
        while by_rules.rule == "with_derivative":
            by_rules = next(theorems_in(by_rules.arguments))
        needs(by_rules.rule == "differentiated", "a function may change along a curve though it does along no line")
        needs(not said.prefix and said.terms == (body, ZERO, change), f"not the change along the line: {said}")
    else:
        said = comparison(theorem, Kind.EQUAL)
        needs(
            said.left == terms.coefficient(body, 1) and said.right == change, f"not the change along the line: {said}"
        )


def _total(sorts: tuple[terms.Sort, ...], body: Term) -> Term:
    for axis in reversed(sorts):
        assert isinstance(axis, terms.Axis)
        body = terms.total(axis, body)
    return body
