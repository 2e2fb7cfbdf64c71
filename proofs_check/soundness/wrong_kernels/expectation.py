"""Unsound rules of expectation."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str, function: str = "") -> WrongKernel:
    return WrongKernel(rule, name, "expectation", function or rule, ((old, new),))


_FIXED = "THE_OUTCOME not in terms.parts(term)"
_FIXED_FACTOR = "THE_OUTCOME not in terms.parts(factor)"
_READ = 'said.kind is Kind.INTEGRABLE and not said.prefix, f"not said'
_ANY = "    if said.kind is not Kind.INTEGRABLE:\n        return said.left\n    needs("

WRONG = (
    _wrong("integrable_constant", "what depends on the outcome", _FIXED, "True"),
    _wrong(
        "integrable_constant",
        "the square of what depends on the outcome",
        f"needs({_FIXED}",
        "term = power(term, 2)\n    needs(True",
    ),
    _wrong(
        "integrable_sum", "something else is said of the parts", f"    needs({_READ}", f"{_ANY}{_READ}", "_integrable"
    ),
    _wrong("integrable_sum", "products too", "add(*(_integrable", "multiply(*(_integrable"),
    _wrong("integrable_multiple", "a random factor", _FIXED_FACTOR, "True"),
    _wrong(
        "integrable_multiple",
        "something else is said of the number",
        f"    needs({_READ}",
        f"{_ANY}{_READ}",
        "_integrable",
    ),
    _wrong("integrable_equal", "the equation is about something else", "said.left == _integrable(theorem)", "True"),
    _wrong(
        "integrable_equal",
        "a bound is enough",
        "comparison(equation, Kind.EQUAL)",
        "comparison(equation, Kind.EQUAL, Kind.AT_MOST, Kind.LESS)",
    ),
    _wrong(
        "integrable_between",
        "one bound is enough",
        "low.left == _integrable(first) and high.right == _integrable(second)",
        "low.left == _integrable(first)",
    ),
    _wrong("integrable_between", "the bounds are of two numbers", "low.right == high.left", "True"),
    _wrong("mean_of_sum", "something else is said of the parts", f"    needs({_READ}", f"{_ANY}{_READ}", "_integrable"),
    _wrong("mean_of_sum", "products too", "mean(_random(add(*parts)))", "mean(_random(multiply(*parts)))"),
    WrongKernel(
        "mean_of_multiple",
        "the mean of a product is the product of means",
        "expectation",
        "mean_of_multiple",
        ((f"needs({_FIXED_FACTOR}", "needs(True"), ("multiply(factor, mean(", "multiply(mean(_random(factor)), mean(")),
    ),
    _wrong("mean_of_multiple", "the factor is dropped", "multiply(factor, mean(_random(term)))", "mean(_random(term))"),
    _wrong("mean_of_constant", "what depends on the outcome", _FIXED, "True"),
    _wrong("mean_of_constant", "the square", "Kind.EQUAL, term)", "Kind.EQUAL, power(term, 2))"),
    _wrong(
        "mean_of_equal",
        "a bound is enough",
        "comparison(equation, Kind.EQUAL)",
        "comparison(equation, Kind.EQUAL, Kind.AT_MOST, Kind.LESS)",
    ),
    _wrong(
        "mean_of_equal",
        "what was assumed is forgotten",
        "mean(_random(said.right)))",
        "mean(_random(said.right))), frozenset()",
    ),
    _wrong(
        "mean_in_order",
        "the sides need not be integrable",
        "said.left == _integrable(first) and said.right == _integrable(second)",
        "True",
    ),
    _wrong("mean_in_order", "strict", "Kind.AT_MOST, mean", "Kind.LESS, mean"),
    _wrong("polynomial_is_integrable", "any term", "    _polynomial(term, _normal(normal))\n", "    _normal(normal)\n"),
    _wrong(
        "polynomial_is_integrable",
        "other random letters too",
        "plain = atom.head == ENTRY and atom.data in scales and exponent > 0",
        "plain = atom.head == ENTRY and exponent > 0",
        "_polynomial",
    ),
    _wrong("mean_of_polynomial", "no deltas", "yield [*deltas, *others]", "yield [*others]", "_pairings"),
    _wrong(
        "mean_of_polynomial",
        "one pairing",
        "for position, partner in enumerate(rest):",
        "for position, partner in enumerate(rest[:1]):",
        "_pairings",
    ),
    _wrong(
        "mean_of_polynomial",
        "the deviation in place of its square",
        "[*product, *deltas, *[scales[letter]] * len(entries)]",
        "[*product, *deltas, *[scales[letter]] * (len(entries) // 2)]",
        "_paired",
    ),
    _wrong(
        "mean_of_polynomial",
        "all letters are one",
        "by_letter.setdefault(atom.data, [])",
        "by_letter.setdefault(next(iter(scales)), [])",
        "_paired",
    ),
    _wrong("mean_of_polynomial", "odd products count", "if not entries:", "if len(entries) < 2:", "_pairings"),
    _wrong(
        "almost_surely_positive",
        "a mean of at least 0 is enough",
        "comparison(positive, Kind.LESS)",
        "comparison(positive, Kind.LESS, Kind.AT_MOST)",
    ),
    _wrong("almost_surely_positive", "the mean of something else", "shown.right == mean(_random(said.right))", "True"),
    _wrong(
        "almost_surely_positive",
        "no polynomial",
        "    _polynomial(said.right, _normal(normal))\n",
        "    _normal(normal)\n",
    ),
    _wrong(
        "mean_of_odd",
        "the sign does not turn",
        "said.left == turned and said.right == negative(term)",
        "said.left == turned",
    ),
    _wrong(
        "mean_of_odd",
        "it depends on chance in other ways",
        "fixed = part.head != ENTRY or THE_OUTCOME not in part.arguments or part.data in scales",
        "fixed = True",
    ),
    _wrong(
        "mean_of_quotient",
        "no square",
        "power(multiply(a, b, inverse(add(a, b))), 2)",
        "multiply(a, b, inverse(add(a, b)))",
    ),
    _wrong("mean_of_quotient", "correlated forms", "said[0].right == ZERO", "True", "_linear_forms"),
    _wrong(
        "mean_of_quotient",
        "the deviations are of something else",
        "vanishes(subtract(variance, power(deviation, 2)), Context())",
        "True",
    ),
    _wrong("mean_of_quotient", "forms of any degree", "degree == 1", "True", "_linear_forms"),
)
