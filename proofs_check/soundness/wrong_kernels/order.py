"""Unsound rules of order."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str) -> WrongKernel:
    return WrongKernel(rule, name, "order", rule, ((old, new),))


WRONG = (
    _wrong("numbers", "no comparison is made", 'needs(holds.get(kind, False), f"not so', 'needs(True, f"not so'),
    _wrong("numbers", "equal numbers are less", "Kind.LESS: a < b", "Kind.LESS: a <= b"),
    _wrong(
        "weakened", "an equation becomes strict", "Kind.EQUAL: (Kind.AT_MOST,)", "Kind.EQUAL: (Kind.AT_MOST, Kind.LESS)"
    ),
    _wrong("weakened", "what is less becomes equal", "(Kind.AT_MOST, Kind.DIFFERENT)", "(Kind.AT_MOST, Kind.EQUAL)"),
    _wrong("weakened", "the sides change places", "said.left, kind, said.right", "said.right, kind, said.left"),
    _wrong("added", "always strict", "kind = Kind.LESS if Kind.LESS in kinds else", "kind = Kind.LESS if True else"),
    _wrong(
        "added",
        "an equation if one of them is",
        "if Kind.LESS in kinds",
        "if Kind.LESS in kinds and Kind.EQUAL not in kinds",
    ),
    _wrong("added", "differences are added like order", "theorem, *_SIGNS", "theorem, *COMPARISONS"),
    _wrong("multiplied", "no sign is needed", "_sign(theorem)", "comparison(theorem, *_SIGNS)"),
    _wrong(
        "multiplied",
        "strict if one of them is",
        "Kind.AT_MOST if Kind.AT_MOST in kinds",
        "Kind.AT_MOST if Kind.LESS not in kinds",
    ),
    _wrong(
        "zero_times", "at most 0 is enough", "_sign(theorem, Kind.EQUAL)", "_sign(theorem, Kind.EQUAL, Kind.AT_MOST)"
    ),
    _wrong(
        "zero_times",
        "0 on the other side is not looked for",
        "_sign(theorem, Kind.EQUAL)",
        "comparison(theorem, Kind.EQUAL)",
    ),
    _wrong("square", "odd exponents", "exponent % 2 == 0", "exponent % 2 < 2"),
    _wrong("square", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong("square_of_nonzero", "odd exponents", "exponent % 2 == 0 and ", ""),
    _wrong("square_of_nonzero", "different from anything", "said.right == ZERO and ", ""),
    _wrong(
        "different_from_zero",
        "at least 0 is enough",
        "Kind.LESS, Kind.DIFFERENT",
        "Kind.LESS, Kind.DIFFERENT, Kind.AT_MOST",
    ),
    _wrong("different_from_zero", "different from anything", "needs(ZERO in (said.left, said.right)", "needs(True"),
    _wrong("whole_power", "the exponent 0", "exponent >= 1", "exponent >= 0"),
    _wrong("whole_power", "no sign is needed", "_sign(theorem)", "comparison(theorem, *_SIGNS)"),
    _wrong("inverted", "strict", "compare(ZERO, said.kind,", "compare(ZERO, Kind.LESS,"),
    _wrong("inverted", "no sign is needed", "_sign(theorem)", "comparison(theorem, *_SIGNS)"),
    _wrong(
        "real_power_is_positive",
        "at least 0 is enough",
        "_sign(theorem, Kind.LESS)",
        "_sign(theorem, Kind.LESS, Kind.AT_MOST)",
    ),
    _wrong(
        "real_power_is_positive", "no sign is needed", "_sign(theorem, Kind.LESS)", "comparison(theorem, Kind.LESS)"
    ),
    _wrong("real_power_is_nonnegative", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong("real_power_is_nonnegative", "at least 1", "compare(ZERO", "compare(ONE"),
    _wrong("exponential_is_positive", "at least 1", "compare(ZERO", "compare(ONE"),
    _wrong("exponential_is_positive", "the logarithm too", '"exp"', '"log"'),
    _wrong("delta_is_nonnegative", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong("delta_is_nonnegative", "at least 1", "compare(ZERO", "compare(ONE"),
    _wrong("delta_is_at_most_one", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong("delta_is_at_most_one", "at most 0", "subtract(ONE, terms", "subtract(ZERO, terms"),
    _wrong("summed", "0 on the left whatever is there", "ZERO if said.left == ZERO else left", "ZERO"),
    _wrong("summed", "differences", "theorem, *_SIGNS", "theorem, *COMPARISONS"),
    _wrong("summed", "strict", "said.kind, right", "Kind.LESS if said.kind is Kind.AT_MOST else said.kind, right"),
    _wrong("factors_multiplied", "no sign is needed", "_sign(theorem)", "comparison(theorem, *_SIGNS)"),
    _wrong("factors_multiplied", "strict", "said.kind,", "Kind.LESS,"),
    _wrong("products_in_order", "the sign of something else", "smaller.right == said.left", "True"),
    _wrong("products_in_order", "strict", "compare(left, Kind.AT_MOST, right)", "compare(left, Kind.LESS, right)"),
    _wrong(
        "cancelled", "a factor different from 0 for any comparison", "said.kind in (Kind.EQUAL, Kind.DIFFERENT)", "True"
    ),
    _wrong(
        "cancelled",
        "a factor of at least 0",
        "comparison(factor, Kind.LESS, Kind.DIFFERENT)",
        "comparison(factor, Kind.LESS, Kind.DIFFERENT, Kind.AT_MOST)",
    ),
    _wrong("cancelled", "the difference is not looked at", "vanishes(difference, context_of(facts))", "True"),
    _wrong(
        "positive_factor",
        "from at most",
        "comparison(theorem, Kind.LESS)",
        "comparison(theorem, Kind.LESS, Kind.AT_MOST)",
    ),
    _wrong(
        "positive_factor",
        "any factor",
        "_sign(others, Kind.AT_MOST, Kind.LESS)",
        "comparison(others, Kind.AT_MOST, Kind.LESS, Kind.EQUAL)",
    ),
    _wrong("positive_factor", "the difference is not looked at", "vanishes(difference, context_of(facts))", "True"),
    _wrong(
        "squares_in_order",
        "any number in place of b",
        "_sign(nonnegative, Kind.AT_MOST, Kind.LESS, Kind.EQUAL)",
        "comparison(nonnegative, *_SIGNS)",
    ),
    _wrong(
        "squares_in_order",
        "the squares are not looked at",
        "vanishes(subtract(subtract(said.right, said.left), squares), context_of(facts))",
        "True",
    ),
    _wrong(
        "powers_in_order",
        "an exponent of at least 0",
        "_sign(exponent, Kind.LESS)",
        "_sign(exponent, Kind.LESS, Kind.AT_MOST)",
    ),
    _wrong(
        "powers_in_order", "bases without a sign", "_sign(one, Kind.AT_MOST, Kind.LESS)", "comparison(one, *_SIGNS)"
    ),
    _wrong(
        "powers_in_order", "an exponent without a sign", "_sign(exponent, Kind.LESS)", "comparison(exponent, *_SIGNS)"
    ),
    _wrong(
        "product_as_power", "a base without a sign", "_sign(positive, Kind.LESS)", "comparison(positive, Kind.LESS)"
    ),
    _wrong(
        "product_as_power",
        "one factor more",
        "real_power(base, terms.size(axis))",
        "real_power(base, terms.add(terms.size(axis), ONE))",
    ),
    _wrong("power_of_power", "a base without a sign", "_sign(positive, Kind.LESS)", "comparison(positive, Kind.LESS)"),
    _wrong("power_of_power", "exponents are added", "multiply(inner, outer)", "terms.add(inner, outer)"),
)
