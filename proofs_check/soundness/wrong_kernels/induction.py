"""Unsound inductions."""

from __future__ import annotations

from proofs_check.soundness.copies import WrongKernel


def _wrong(name: str, function: str, old: str, new: str) -> WrongKernel:
    return WrongKernel("induction", name, "induction", function, ((old, new),))


WRONG = (
    _wrong("the base is not looked at", "induction", "base.conclusion == base_case(claim, axis)", "True"),
    _wrong("a step is not looked at", "induction", "step.conclusion == step_case(claim, axis, case)", "True"),
    _wrong(
        "the cases of the last index are left out",
        "cases",
        "for count in range(len(places) + 1)",
        "for count in range(1)",
    ),
    _wrong("what is known at one size is used at all", "induction", "needs(axis not in formula.axes()", "needs(True"),
    _wrong(
        "premises speak of the whole axis",
        "induction",
        "needs(pointwise and not whole and not one",
        "needs(pointwise and not one",
    ),
    _wrong("premises are forgotten", "induction", "frozenset(outside) | frozenset(premises)", "frozenset(outside)"),
    _wrong("a sum loses its last term", "at_next", "add(whole, end)", "whole"),
    _wrong("a product gains a sum's last term", "at_next", "multiply(whole, end)", "add(whole, end)"),
    _wrong("the size stays", "at_next", "return add(part, ONE)", "return part"),
    _wrong(
        "the last index equals every other", "at_next", "ONE if part.arguments[0] == part.arguments[1] else ZERO", "ONE"
    ),
    _wrong(
        "two families have one letter at the last index",
        "last_entry",
        'end = f"@{place}" if letter.kind == "" else f"+{place}"',
        'end = f"@{place}"',
    ),
    _wrong(
        "weights and letters have one letter at the last index",
        "induction",
        'part.data.kind == "" or not part.data.sorts',
        "True",
    ),
    _wrong(
        "a sum over one index is 0",
        "at_one",
        "return at_one(instantiate(part.arguments[0], terms.first(axis)), axis)",
        "return ZERO",
    ),
)
