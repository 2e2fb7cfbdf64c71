"""Random instances of the rules of calculus."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from proofs_check.soundness.generators.equality import some_equation
from proofs_check.soundness.generators.registry import arguments, generator
from proofs_check.soundness.random_terms.equal_terms import near_miss
from proofs_check.soundness.random_terms.random_models import random_number
from proofs_check.soundness.random_terms.vocabulary import FIXED, FUNCTION
from proofs_check.soundness.random_terms.world import World, rational
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.substitution import Family, abstract, instantiate, substitute
from theory.language.terms import ONE, REAL, ZERO, Letter, Term, add, bound, entry, multiply, power

_HEADS = ("leaf", "add", "multiply", "power", "sum", "product", "apply")
_T = bound(0, REAL)


def slope_of_function(w: World, *, right: bool = True) -> Any:
    """A theorem that says the derivative of the function that is known by name, at every number."""
    coefficients = [rational(one) for one in w.model.functions[FUNCTION]]
    slope = add(*(multiply(terms.number(k), c, power(_T, k - 1)) for k, c in enumerate(coefficients) if k))
    if not right:
        slope = add(slope, ONE)
    formula = Formula(Kind.HAS_DERIVATIVE, (REAL,), (terms.apply(FUNCTION, _T), _T, slope))
    return w.rules["assume"](formula)


def _quotient(w: World, point: Term) -> tuple[Term, list[Any]]:
    """Something that is differentiable where a condition holds, and theorems about that."""
    inner = w.term(w.choice(0, 1), (REAL,), _HEADS[:4])
    there = instantiate(inner, point)
    facts: list[Any] = []
    if w.odds(0.6):
        signs = w.signs(there)
        if signs == {1}:
            facts = [w.fact(ZERO, Kind.LESS, there)]
        elif signs and 0 not in signs:
            facts = [w.fact(there, Kind.DIFFERENT, ZERO)]
        elif signs and -1 not in signs and w.odds(0.3):
            facts = [w.fact(ZERO, Kind.AT_MOST, there)]
    elif w.odds(0.7):
        inner = add(power(inner, 2), ONE)
        facts = [w.fact(ZERO, Kind.LESS, instantiate(inner, point))]
    exponent = rational(w.choice(*(fmpq(p, q) for p, q in ((1, 2), (-1, 2), (3, 2), (1, 3), (2, 1), (1, 1), (0, 1)))))
    made = w.choice(
        terms.inverse(inner),
        terms.real_power(inner, exponent),
        terms.apply("log", inner),
        terms.inverse(power(inner, 2)),
    )
    return made, facts


@generator
def differentiated(w: World) -> Any:
    w.chance = w.odds(0.1)
    point = w.leaf()
    body = w.term(w.choice(1, 2, 2), (REAL,), _HEADS)
    facts: list[Any] = []
    if w.odds(0.5):
        part, facts = _quotient(w, point)
        body = w.choice(part, add(part, body), multiply(part, body), multiply(part, w.leaf((REAL,))))
    if w.odds(0.05):
        body = terms.real_power(w.choice(terms.number(2), terms.number(3), w.leaf()), _T)
    if w.odds(0.05):
        body = terms.apply("exp", w.term(1, (REAL,), _HEADS[:4]))
    functions = () if w.odds(0.1) else (slope_of_function(w),)
    return w.rules["differentiated"](body, point, tuple(facts), functions)


def _differentiated(w: World) -> Any:
    point = w.leaf()
    body = w.term(1, (REAL,), _HEADS[:5])
    return w.rules["differentiated"](body, point)


@generator
def with_derivative(w: World) -> Any:
    theorem = _differentiated(w) if w.odds(0.9) else w.ordered()
    slope = theorem.conclusion.terms[-1]
    target = w.leaf() if w.odds(0.15) else slope
    return w.rules["with_derivative"](theorem, some_equation(w, target, identities=0.6))


@generator
def derivative_value(w: World) -> Any:
    draw = w.random.random()
    if draw < 0.2:
        return w.rules["derivative_value"](w.ordered())
    if draw < 0.4:
        theorem = slope_of_function(w)
        theorem = w.rules["at"](theorem, w.leaf()) if w.odds(0.9) else theorem
        return w.rules["derivative_value"](theorem)
    return w.rules["derivative_value"](_differentiated(w))


arguments(logarithm_of_exponential=lambda w: (w.term(1),))


def weight(number: int, *sorts: Any) -> Letter:
    """The letter of a weight."""
    return Letter(str(number), sorts, "weight")


def _two_scalars(w: World) -> tuple[Term, Term, tuple[Term, Term]]:
    """A loss of two numbers, a quantity, where a flow leads, and the gradient."""
    u, v = entry(weight(0)), entry(weight(1))
    model = w.model.letters
    start = [random_number(w.random) for _ in range(2)]
    draw = w.random.random()
    half = rational(fmpq(1, 2))
    ratio = w.choice(fmpq(1, 2), fmpq(1, 3), fmpq(1))
    u_, v_ = entry(Letter("u")), entry(Letter("v"))
    if draw < 0.3:  # u shrinks as v grows
        loss, quantity, slopes = (
            multiply(half, terms.subtract(power(u, 2), power(v, 2))),
            multiply(u, v),
            (u_, terms.negative(v_)),
        )
        end = [start[0] * ratio, start[1] / ratio]
    elif draw < 0.6:  # on a straight line
        p, q = (random_number(w.random) for _ in range(2))
        loss = add(multiply(rational(p), u), multiply(rational(q), v))
        quantity, slopes = (
            terms.subtract(multiply(rational(q), u), multiply(rational(p), v)),
            (rational(p), rational(q)),
        )
        end = [start[0] - p * ratio, start[1] - q * ratio]
    elif draw < 0.8:  # to the limit
        loss, quantity, slopes = (
            multiply(half, power(terms.subtract(u, entry(FIXED[0])), 2)),
            v,
            (terms.subtract(u_, entry(FIXED[0])), ZERO),
        )
        end = [model[FIXED[0]], start[1]]
    else:
        loss, quantity, slopes = entry(FIXED[0]), multiply(u, v), (ZERO, ZERO)
        end = list(start)
    if w.odds(0.3):
        quantity = w.choice(u, power(u, 2), power(v, 2), add(quantity, multiply(u, entry(FIXED[1]))))
    if w.odds(0.1):
        end[0] += 1
    for name, value in zip(("u0", "v0", "u1", "v1"), (*start, *end), strict=True):
        model[Letter(name)] = value
    return loss, quantity, slopes


@generator
def conserved(w: World) -> Any:
    w.chance = False
    loss, quantity, slopes = _two_scalars(w)
    names = [entry(Letter(name)) for name in ("u0", "v0", "u1", "v1")]
    flow = w.rules["assume"](Formula(Kind.FLOW, (), (loss, *names), ((), ())))
    theta, along = (Letter("u"), Letter("v")), (Letter("h"), Letter("k"))
    at, h = ([entry(letter) for letter in family] for family in (theta, along))
    gradient_terms = [near_miss(w, one) if w.odds(0.05) else one for one in slopes]
    if w.odds(0.1):
        gradient_terms = [ZERO, ZERO]
    change = add(*(multiply(g, d) for g, d in zip(gradient_terms, h, strict=True)))
    lines = _moved(loss, at, h), _moved(quantity, at, [terms.negative(one) for one in gradient_terms])
    shown = [_along(w, line, value) for line, value in zip(lines, (change, ZERO), strict=True)]
    if w.odds(0.25):  # what a hypothesis says at one point only, such as where nothing changes
        which = w.choice(0, 1, 1)
        if w.odds(0.7):
            w.model.letters.update(dict.fromkeys(theta, fmpq(0)))
        shown[which] = w.fact(terms.coefficient(lines[which], 1), Kind.EQUAL, (change, ZERO)[which])
    families = tuple(Family((), one) for one in gradient_terms)
    return w.rules["conserved"](flow, quantity, *shown, theta, along, families)


def _along(w: World, line: Term, value: Term) -> Any:
    """The change of a function along a line at its start: as a coefficient, or as a derivative."""
    if w.odds(0.4):
        theorem = w.rules["differentiated"](line, ZERO)
        try:
            return w.rules["with_derivative"](theorem, w.rules["identity"](theorem.conclusion.terms[2], value))
        except StatementError:
            if w.odds(0.5):
                raise
            return theorem
    try:
        return w.rules["identity"](terms.coefficient(line, 1), value)
    except StatementError:
        if w.odds(0.5):
            raise
        return w.rules["identity"](terms.coefficient(line, 1), terms.coefficient(line, 1))


def _moved(function: Term, at: list[Term], along: list[Term]) -> Term:
    step = terms.fresh(REAL)
    values = {
        weight(k): Family((), add(place, multiply(step, direction)))
        for k, (place, direction) in enumerate(zip(at, along, strict=True))
    }
    return abstract(substitute(function, values), step)
