"""The axes, letters and indices that random terms are made of."""

from __future__ import annotations

from theory.language.terms import OUTCOME, Axis, Letter, index

A, B = Axis("A"), Axis("B")
AXES = (A, B)
INDICES = {A: (index("i", A), index("j", A)), B: (index("k", B),)}

FIXED = (
    Letter("x"),
    Letter("y"),
    Letter("z"),
    Letter("a", (A,)),
    Letter("b", (A,)),
    Letter("c", (B,)),
    Letter("d", (A, B)),
    Letter("e", (A, A)),
)
RANDOM = (Letter("r", (OUTCOME,)), Letter("s", (OUTCOME,)), Letter("q", (OUTCOME, A)))
NORMAL = (Letter("g", (OUTCOME,)), Letter("h", (OUTCOME,)), Letter("n", (OUTCOME, A)))
DEVIATIONS = (Letter("sigma"), Letter("tau"), Letter("rho"))
FUNCTION = "f"


def axes_of(letter: Letter) -> list[Axis]:
    """The axes that a letter's indices run over."""
    return [sort for sort in letter.sorts if isinstance(sort, Axis)]
