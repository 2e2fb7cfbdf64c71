"""Unsound rules of calculus."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str, function: str = "") -> WrongKernel:
    return WrongKernel(rule, name, "calculus", function or rule, ((old, new),))


WRONG = (
    _wrong("differentiated", "nothing needs to be positive or nonzero", "needs(shown, f", "needs(True, f"),
    _wrong(
        "differentiated", "different from 0 is enough for a power", "(not positive or vanishes", "(True or vanishes"
    ),
    _wrong(
        "differentiated",
        "the exponent does not come in front",
        "multiply(number(term.data), power(base, term.data - 1), slope(base))",
        "multiply(power(base, term.data - 1), slope(base))",
        "slope_of",
    ),
    _wrong("differentiated", "no chain", "return multiply(term, slope(term.arguments[0]))", "return term", "slope_of"),
    _wrong(
        "differentiated",
        "a product is differentiated factor by factor",
        "multiply(*factors[:k], slope(factor), *factors[k + 1 :])",
        "slope(factor)",
        "slope_of",
    ),
    _wrong(
        "differentiated",
        "a quotient with the wrong sign",
        "return negative(multiply(slope(base), power(inverse(base), 2)))",
        "return multiply(slope(base), power(inverse(base), 2))",
        "slope_of",
    ),
    _wrong(
        "differentiated",
        "a variable exponent counts as fixed",
        'needs(variable not in terms.parts(exponent), "a power with a variable exponent")',
        "",
        "slope_of",
    ),
    _wrong("with_derivative", "the equation is about something else", " and said.terms[2] == equal.left", ""),
    _wrong(
        "with_derivative",
        "a bound is enough",
        "comparison(equation, Kind.EQUAL)",
        "comparison(equation, Kind.EQUAL, Kind.AT_MOST, Kind.LESS)",
    ),
    _wrong("derivative_value", "the point for the value", "Kind.EQUAL, value", "Kind.EQUAL, point"),
    _wrong(
        "derivative_value", "what was assumed is forgotten", "Kind.EQUAL, value)", "Kind.EQUAL, value), frozenset()"
    ),
    _wrong(
        "logarithm_of_exponential",
        "the exponential of a logarithm",
        'terms.apply("log", terms.apply("exp", argument))',
        'terms.apply("exp", terms.apply("log", argument))',
    ),
    _wrong(
        "logarithm_of_exponential",
        "without the logarithm",
        'terms.apply("log", terms.apply("exp", argument))',
        'terms.apply("exp", argument)',
    ),
    _wrong(
        "conserved",
        "the rate is not looked at",
        "    _changes(rate, moved(quantity, sorts, at, [negative(body) for body in bodies]), ZERO)\n",
        "",
    ),
    _wrong(
        "conserved", "the gradient is not looked at", "    _changes(gradient, moved(loss, sorts, at, h), change)\n", ""
    ),
    _wrong(
        "conserved",
        "what a hypothesis says of one point",
        "not free & (spoken | said.free_letters() | letters(quantity))",
        "True",
    ),
)
