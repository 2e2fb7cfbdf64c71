"""Unsound rules of equality."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str, module: str = "equality", function: str = "") -> WrongKernel:
    return WrongKernel(rule, name, module, function or rule, ((old, new),))


WRONG = (
    _wrong("identity", "any two terms", "vanishes(subtract(left, right), context_of(facts))", "True"),
    _wrong(
        "identity",
        "a fact at one index serves every index",
        "monic = blotted(rest.term(), variables)",
        "monic = blotted(rest.term())",
        function="context_of",
    ),
    _wrong(
        "identity",
        "at least 0 is different from 0",
        "if said.kind is not Kind.AT_MOST:",
        "if True:",
        function="context_of",
    ),
    _wrong(
        "identity",
        "at least 0 is positive",
        "if said.kind is Kind.LESS:",
        "if said.kind is not Kind.DIFFERENT:",
        function="context_of",
    ),
    _wrong(
        "identity",
        "columns are taken for rows",
        "context.orthonormal[one.data] = place",
        "context.orthonormal[one.data] = 1 - place",
        function="_orthonormal",
    ),
    _wrong(
        "same_difference",
        "the sign of the difference is turned",
        "subtract(right, left), subtract(said.right",
        "subtract(left, right), subtract(said.right",
    ),
    _wrong("same_difference", "any two sides", "vanishes(subtract(one, other), context_of(facts))", "True"),
    _wrong(
        "same_difference",
        "strict",
        "compare(left, said.kind, right)",
        "compare(left, Kind.LESS if said.kind is Kind.AT_MOST else said.kind, right)",
    ),
    _wrong(
        "rewrite",
        "one variable has two values",
        "return found.setdefault(place, value) == value",
        "found[place] = value\n        return True",
        function="_fits",
    ),
    _wrong(
        "rewrite",
        "values are put under binders as they are",
        "value = shift(part, -depth)",
        "value = part",
        function="_fits",
    ),
    _wrong(
        "rewrite",
        "what is bound does not matter",
        "(pattern.head, pattern.data, pattern.sort) != (part.head, part.data, part.sort)",
        "pattern.head != part.head",
        function="_fits",
    ),
    _wrong(
        "rewrite", "a value is captured", "return shift(value, inside + depth)", "return value", "terms", "instantiate"
    ),
    _wrong(
        "with_equal_sides",
        "the equations are about something else",
        "first.left == said.left and second.left == said.right",
        "True",
    ),
    _wrong(
        "with_equal_sides",
        "the sides change places",
        "first.right, said.kind, second.right",
        "second.right, said.kind, first.right",
    ),
    _wrong("turned", "what is less, too", "Kind.EQUAL, Kind.DIFFERENT", "Kind.EQUAL, Kind.DIFFERENT, Kind.LESS"),
    _wrong(
        "turned",
        "what was assumed is forgotten",
        "said.right, said.kind, said.left)",
        "said.right, said.kind, said.left), frozenset()",
    ),
)
