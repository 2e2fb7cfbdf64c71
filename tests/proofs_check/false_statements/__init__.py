"""False statements, each a true one with something changed in it: what a user of the tool could have got wrong.

They are written from the mathematics alone, and none of them is a mutant of `proofs_check.mutants`.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement
from theory.statements import statement

FILES = ("two_layers", "any_depth", "chance_and_steps", "appendices", "beyond", "ceiling", "slips")
False_ = tuple[str, Statement]


def changed(
    identifier: str,
    name: str,
    claims: dict[str, Relation] | None = None,
    hypotheses: dict[str, Hypothesis] | None = None,
    without: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
) -> False_:
    """A true statement with claims or hypotheses put in for others, added or left out.

    Args:
        identifier: of the true statement.
        name: what is wrong, in a few words.
        claims: by name; one that the statement has is replaced.
        hypotheses: the same.
        without: names of hypotheses that are left out.
        only: names of the claims that are kept; none for all.
    """
    true = statement(identifier)
    assert not set(without) - true.hypotheses.keys(), without
    assert not set(only) - true.claims.keys(), only
    kept = {key: claim for key, claim in true.claims.items() if not only or key in only}
    assumed = {key: one for key, one in true.hypotheses.items() if key not in without}
    return f"{identifier}, {name}", replace(
        true, claims={**kept, **(claims or {})}, hypotheses={**assumed, **(hypotheses or {})}
    )


def all_false() -> Iterator[False_]:
    """Every false statement with its name."""
    for name in FILES:
        yield from import_module(f"{__name__}.{name}").false()
