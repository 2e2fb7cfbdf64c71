"""Unsound rules for the top eigenvalue."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(rule: str, name: str, old: str, new: str, function: str = "") -> WrongKernel:
    return WrongKernel(rule, name, "sharpness", function or rule, ((old, new),))


WRONG = (
    _wrong(
        "rayleigh_quotient",
        "the coefficient in place of the second derivative",
        "multiply(number(2), ",
        "multiply(number(3), ",
        "quadratic_form",
    ),
    _wrong("rayleigh_quotient", "strict", "Kind.AT_MOST", "Kind.LESS"),
    _wrong(
        "rayleigh_quotient",
        "the norm of one weight alone",
        "for part in direction",
        "for part in direction[:1]",
        "squared_norm",
    ),
    _wrong(
        "least_upper_bound",
        "a bound along one direction",
        "not free & (spoken | said.free_letters() | letters(most))",
        "True",
    ),
    _wrong(
        "least_upper_bound",
        "a bound by something else",
        "shown.right == multiply(most, squared_norm(direction))",
        "True",
    ),
    _wrong("least_upper_bound", "a bound of something else", "shown.left == quadratic_form(said, direction)", "True"),
    _wrong("least_upper_bound", "one letter for two weights", "len(free) == len(letters_of_direction)", "True"),
)
