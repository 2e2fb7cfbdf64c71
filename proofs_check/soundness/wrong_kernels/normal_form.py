"""Unsound normal forms, which make the rule `identity` unsound."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(name: str, function: str, old: str, new: str, *more: tuple[str, str]) -> WrongKernel:
    return WrongKernel("identity", name, "normal_form", function, ((old, new), *more))


WRONG = (
    _wrong(
        "a sum of ones is one", "_simplified", "for variable in current.bound - spoken:", "for variable in set[Term]():"
    ),
    _wrong("sums that are multiplied share their index", "_times", "if second.bound & first.bound or", "if False and"),
    _wrong("a delta is one", "_without_delta", "if left == right:", "if True:"),
    _wrong(
        "a delta stands for the first index",
        "_without_delta",
        "return _renamed(kept, {variable: value})",
        "return _renamed(kept, {variable: terms.first(value.sort)})",
    ),
    _wrong(
        "a delta stands for its factors",
        "_without_delta",
        "factors = {**replaced.factors, atom: replaced.factors.get(atom, 0) + 1}",
        "factors = replaced.factors",
    ),
    _wrong(
        "three entries of orthonormal rows are contracted",
        "_contracted",
        "sum(carriers.values()) != 2",
        "sum(carriers.values()) < 2",
        ("for _ in range(e)]", "for _ in range(e)][:2]"),
    ),
    _wrong(
        "other factors of a row's index are dropped",
        "_contracted",
        "a.head != ENTRY or a.data != letter or a.arguments[place] != summed",
        "False",
    ),
    _wrong("a diagonal counts as a row", "_contracted", "if summed in rows:", "if False:"),
    _wrong("everything differs from 0", "_differs_from_zero", "return _known(context.nonzero, atom)", "return True"),
    _wrong("every denominator is cleared", "vanishes", "and _known(context.nonzero, atom.arguments[0])", ""),
    _wrong("every base is positive", "_is", "return term == ONE or", "return True or"),
    _wrong("a fact about -t is one about t", "_is", "if lead < 0:", "if False:"),
    _wrong(
        "powers of any base are joined",
        "_joined_powers",
        "if not (_is(context.positive, form) or (small and _is(context.nonnegative, form))):",
        "if False:",
    ),
    _wrong(
        "powers of 0 with any exponent are joined",
        "_joined_powers",
        "small and _is(context.nonnegative, form)",
        "_is(context.nonnegative, form)",
    ),
    _wrong(
        "whole parts are taken out of powers of 0",
        "_raised",
        "above.head == NUMBER and constant > 0 and _is(context.nonnegative, base)",
        "_is(context.nonnegative, base)",
    ),
    _wrong(
        "a power is inverted without its sign", "_inverted", "terms.negative(atom.arguments[1])", "atom.arguments[1]"
    ),
    _wrong("the number in front of a sum is not inverted", "_inverted", "Monomial(1 / lead, ", "Monomial(lead, "),
    _wrong(
        "a factor of a product over an axis comes out once",
        "_product_over",
        "factors[terms.product(axis, number(lone.coefficient))] = 1",
        "return [Monomial(lone.coefficient, factors, frozenset())]",
    ),
    _wrong(
        "a product over a sum is a product of its first term",
        "lone",
        "if len(found) == 1 and not found[0].bound",
        "if found and not found[0].bound",
    ),
    _wrong(
        "exponents are dropped from exponentials",
        "_applied",
        'exp", rest.term()), int(lead))',
        'exp", rest.term()), 1)',
    ),
    _wrong("free indices look alike", "_component", "(1, one.key)", "(1, ())"),
    _wrong("all axes have one size", "_simplified", "terms.size(variable.sort)", 'terms.size(Axis("A"))'),
    _wrong("exponents do not matter", "_written", "sorted((atom.key, exponent)", "sorted((atom.key, 1)"),
    _wrong(
        "roles are not told apart",
        "_component",
        "return (0, colours[one]) if one in group",
        "return (0, 0) if one in group",
    ),
    _wrong("all indices look alike in facts", "blotted", '("any", len(found))', '("any", 0)'),
    _wrong(
        "a coefficient of a product is made of one part", "series", "for i in range(k + 1)", "for i in range(k, k + 1)"
    ),
    _wrong(
        "coefficients are numbered from 1",
        "series",
        "return [ZERO, ONE, *nothing][: order + 1]",
        "return [ONE, *nothing]",
    ),
)
