"""Random instances of the rules of expectation, with and without normal numbers."""

from __future__ import annotations

from typing import Any

from proofs_check.soundness.generators.equality import some_equation
from proofs_check.soundness.generators.registry import arguments, generator
from proofs_check.soundness.random_terms.equal_terms import near_miss
from proofs_check.soundness.random_terms.vocabulary import DEVIATIONS, FIXED, NORMAL, RANDOM, A
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.arithmetic import signs
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.truth import Truth, Undecided
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.substitution import Family, abstract, instantiate, plain_family, substitute
from theory.language.terms import ONE, THE_OUTCOME, ZERO, Term, add, bound, entry, mean, multiply, negative, power

_HEADS = ("leaf", "add", "multiply", "power", "sum")
EQUAL, AT_MOST, LESS = Kind.EQUAL, Kind.AT_MOST, Kind.LESS


def chance(w: World) -> None:
    """Let terms speak of the outcome, of which there may be infinitely many."""
    w.chance, w.kind = True, w.choice("plain", "tail", "tail")


def random_term(w: World, depth: int = 1) -> Term:
    """A number that depends on the outcome, as a rule."""
    found = w.term(depth, (), _HEADS if w.kind != "plain" else None)
    return found if w.odds(0.3) else add(found, w.entry(w.choice(*RANDOM)))


def is_integrable(term: Term) -> Formula:
    """That a term is integrable."""
    return Formula(Kind.INTEGRABLE, (), (abstract(term, THE_OUTCOME),))


def integrable(w: World, term: Term | None = None) -> Any:
    """A theorem that a random number is integrable, as a rule one that is."""
    found = random_term(w) if term is None else term
    for _ in range(6):
        if term is not None or w.odds(0.1) or judge(is_integrable(found), w.model) is Truth.HOLDS:
            break
        found = random_term(w)
    return w.given(is_integrable(found))


def number_of(theorem: Any) -> Term:
    """What a theorem says is integrable; 0 where it says something else."""
    said: Formula = theorem.conclusion
    return instantiate(said.terms[0], THE_OUTCOME) if said.kind is Kind.INTEGRABLE else ZERO


def _some_integrable(w: World) -> tuple[Any, ...]:
    chance(w)
    return tuple(_mostly(w, integrable(w)) for _ in range(w.choice(1, 2, 2, 3)))


arguments(
    integrable_sum=_some_integrable,
    mean_of_sum=_some_integrable,
    mean_of_polynomial=lambda w: (law(w), polynomial(w)),
)


def _mostly(w: World, usual: Any) -> Any:
    """Now and then a theorem that says something else, with the same term in it."""
    if w.odds(0.9):
        return usual
    term = random_term(w)
    return w.fact(term, EQUAL, term)


@generator
def integrable_multiple(w: World) -> Any:
    chance(w)
    return w.rules["integrable_multiple"](_mostly(w, integrable(w)), random_term(w) if w.odds(0.2) else w.fixed(1))


@generator
def integrable_equal(w: World) -> Any:
    chance(w)
    theorem = integrable(w)
    left = number_of(theorem) if w.odds(0.85) else random_term(w)
    return w.rules["integrable_equal"](theorem, some_equation(w, left))


@generator
def integrable_between(w: World) -> Any:
    chance(w)
    middle = number_of(integrable(w)) if w.odds(0.7) else random_term(w)
    low, high = (w.choice(random_term(w), w.fixed(1)) for _ in range(2))
    if w.odds(0.5):
        low, high = (add(middle, multiply(terms.number(sign), power(w.leaf(), 2))) for sign in (-1, 1))
    below, above = (_comparison(w, *pair) for pair in ((low, middle), (middle, high)))
    first, second = (integrable(w, side if w.odds(0.85) else None) for side in (low, high))
    if w.odds(0.1):
        below = w.ordered(left=low)
    if w.odds(0.1):  # above an integrable number, and below something else than what is integrable
        middle = power(w.entry(w.choice(*RANDOM)), 2)
        below, above = _comparison(w, ZERO, middle), _comparison(w, middle, add(middle, ONE))
        first, second = integrable(w, ZERO), integrable(w)
    return w.rules["integrable_between"](below, above, first, second)


def _comparison(w: World, left: Term, right: Term) -> Any:
    """A comparison that holds in the model, as a rule."""
    gap = terms.subtract(right, left)
    try:
        found = set[int]().union(*map(signs, w.values(gap)))
    except Undecided:
        found = set()
    kind = EQUAL if found == {0} and w.odds(0.3) else LESS if found == {1} else AT_MOST
    return w.fact(left, kind, right)


@generator
def mean_of_multiple(w: World) -> Any:
    chance(w)
    return w.rules["mean_of_multiple"](random_term(w), random_term(w) if w.odds(0.3) else w.fixed(1))


@generator
def mean_of_equal(w: World) -> Any:
    chance(w)
    return w.rules["mean_of_equal"](some_equation(w, random_term(w)))


@generator
def mean_in_order(w: World) -> Any:
    chance(w)
    left = random_term(w)
    right = random_term(w) if w.odds(0.4) else add(left, power(w.leaf(), 2))
    if w.odds(0.3):
        left = terms.subtract(right, power(random_term(w, 0), 2))
    theorem = _comparison(w, left, right)
    first, second = (integrable(w, side if w.odds(0.85) else None) for side in (left, right))
    return w.rules["mean_in_order"](theorem, first, second)


def law(w: World) -> Any:
    """A theorem that letters are independent normal numbers, in a model where they are, or all are 0."""
    w.kind = w.choice("normal", "normal", "normal", "degenerate")
    w.chance = True
    if w.kind == "degenerate":
        w.kind = w.choice("plain", "tail")
        model = w.model
        for letter in NORMAL:
            model.letters[letter] = dict.fromkeys(model.places(letter.sorts), 0 * model.law[0])
        for deviation in DEVIATIONS:
            model.letters[deviation] = 0 * model.law[0]
    return w.rules["assume"](Formula(Kind.NORMAL, (), tuple(map(entry, DEVIATIONS)), NORMAL))


def normal_entry(w: World) -> Term:
    """A normal number, or a linear form."""
    letter = w.choice(*NORMAL)
    if letter == NORMAL[2] and w.odds(0.4):
        weight = w.choice(ONE, entry(FIXED[3], bound(0, A)), terms.delta(bound(0, A), w.index(A)))
        return terms.total(A, multiply(weight, entry(letter, THE_OUTCOME, bound(0, A))))
    return w.entry(letter)


def polynomial(w: World, most: int = 4) -> Term:
    """A polynomial in normal numbers; now and then of something else besides."""
    pieces = []
    for _ in range(w.choice(1, 1, 2)):
        factors = [normal_entry(w) for _ in range(w.random.randint(0, most))]
        if factors and w.odds(0.3):
            factors[0] = power(factors[0], 2)
            factors = factors[: most - 1]
        if w.odds(0.4):
            factors.append(w.fixed(0))
        if w.odds(0.08):
            factors.append(w.entry(w.choice(*RANDOM)))
        if w.odds(0.04):
            factors = [terms.inverse(normal_entry(w))]
        if w.odds(0.03):
            factors.append(terms.real_power(normal_entry(w), ZERO))
        pieces.append(multiply(*factors))
    return add(*pieces)


@generator
def polynomial_is_integrable(w: World) -> Any:
    theorem, term = law(w), polynomial(w)
    if w.odds(0.5 if w.kind == "tail" else 0.1):  # not in normal numbers alone
        term = multiply(term, w.entry(w.choice(*RANDOM)))
    return w.rules["polynomial_is_integrable"](theorem, term)


@generator
def almost_surely_positive(w: World) -> Any:
    theorem = law(w)
    inside = polynomial(w, 2) if w.odds(0.85) else w.entry(w.choice(*RANDOM))
    square = power(inside, 2)
    nonnegative = w.rules["square"](inside, 2)
    if w.odds(0.2):
        square = terms.real_power(inside, ZERO)
        nonnegative = w.rules["real_power_is_nonnegative"](inside, ZERO)
    expected = mean(abstract(square, THE_OUTCOME))
    if w.odds(0.15):
        expected = mean(abstract(add(square, ONE), THE_OUTCOME))
    positive = w.fact(ZERO, LESS if w.signs(expected) == {1} else AT_MOST, expected)
    return w.rules["almost_surely_positive"](theorem, nonnegative, positive)


@generator
def mean_of_odd(w: World) -> Any:
    theorem = law(w)
    letter = w.choice(NORMAL[0], NORMAL[0], NORMAL[1], NORMAL[2])
    odd = w.entry(letter)
    term = (
        multiply(odd, polynomial(w, 2))
        if w.odds(0.3)
        else multiply(odd, w.choice(power(odd, 2), normal_entry(w), ONE, w.fixed(0)))
    )
    if w.odds(0.15):
        term = multiply(odd, w.entry(w.choice(*RANDOM[:2])))
    if w.odds(0.1):
        term = multiply(odd, terms.apply("exp", ZERO))
    if w.odds(0.1):  # even
        term = power(odd, 2)
    if w.odds(0.08):
        term = add(term, w.entry(w.choice(*RANDOM[:2])))
    if w.odds(0.05):  # an expectation with the number in it is a number
        inner = multiply(odd, w.entry(w.choice(*RANDOM[:2])))
        term = multiply(power(odd, 2), mean(abstract(inner, THE_OUTCOME)))
    values = {letter: Family(letter.sorts, terms.negative(plain_family(letter).body))}
    turned, opposite = substitute(term, values), negative(term)
    draw = w.random.random()
    if draw < 0.15:
        opposite = term
    if draw < 0.75:
        try:
            said = w.rules["identity"](turned, opposite)
        except StatementError:
            said = w.fact(turned, EQUAL, opposite)
    else:
        said = w.fact(turned, EQUAL, near_miss(w, opposite) if w.odds(0.5) else opposite)
    return w.rules["mean_of_odd"](theorem, term, letter, said)


@generator
def mean_of_quotient(w: World) -> Any:
    w.kind, w.chance = "two normal", True
    theorem = w.rules["assume"](Formula(Kind.NORMAL, (), tuple(map(entry, DEVIATIONS)), NORMAL))
    model = w.model
    g, h = (entry(letter, THE_OUTCOME) for letter in NORMAL[:2])
    sigma, tau = (entry(letter) for letter in DEVIATIONS[:2])
    p, q = (terms.number(w.choice(1, 2, 3)) for _ in range(2))
    three, four, five = map(terms.number, (3, 4, 5))
    apart = (multiply(p, g), multiply(q, h), multiply(p, sigma), multiply(q, tau))
    rotated = (
        add(multiply(three, g), multiply(four, h)),
        add(multiply(four, g), negative(multiply(three, h))),
        multiply(five, sigma),
        multiply(five, tau),
    )
    correlated = (multiply(p, g), multiply(q, g), multiply(p, sigma), multiply(q, sigma))
    constant = (entry(FIXED[0]), h, entry(FIXED[0]), tau)
    x, y, a, b = w.choice(apart, apart, apart, rotated, rotated, correlated, constant)
    for letter in (*DEVIATIONS, FIXED[0]):
        if model.letters[letter] < 0:
            model.letters[letter] = -model.letters[letter]
    moments = [mean(abstract(form, THE_OUTCOME)) for form in (multiply(x, y), power(x, 2), power(y, 2))]
    values = [ZERO, power(a, 2), power(b, 2)]
    if w.odds(0.15):
        values[0] = entry(FIXED[1])
        model.letters[FIXED[1]] = w.values(moments[0])[0]
    if w.odds(0.1):
        values[1] = power(w.choice(b, add(a, ONE)), 2)
    said = [w.fact(moment, EQUAL, value) for moment, value in zip(moments, values, strict=True)]
    if w.odds(0.05):
        said[w.random.randrange(3)] = w.rules["identity"](ZERO, ZERO)
    scales = tuple(w.fact(ZERO, LESS, add(s, ONE) if w.odds(0.1) else s) for s in (a, b))
    if w.odds(0.1):
        scales = (w.fact(ZERO, AT_MOST, a), scales[1])
    return w.rules["mean_of_quotient"](theorem, x, y, *said, scales)
