"""What a run pays for its imbalance: the budget of Theorem 5.9, summed over the steps. Not in the paper."""

from sympy import Symbol

from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.steps import (
    OUTPUT_SLOPES,
    RUN_LETTERS,
    RUN_NEXT_U,
    RUN_NEXT_V,
    RUN_OF_DESCENT,
    RUN_U,
    RUN_V,
    SLOPES,
    imbalances,
    losses,
)
from theory.setting.symbols import N, eta, s

START_C, END_C, NEEDED_C = (Symbol(name, real=True) for name in ("C_0", "C_T", "C_b"))
_gained = total(imbalances(RUN_NEXT_U, RUN_NEXT_V) - imbalances(RUN_U, RUN_V))
_pumped = total((SLOPES.scaled_rows(RUN_V)) ** 2)

STATEMENT = Statement(
    id="own-imbalance-budget",
    title="What the loss must pay for the imbalance of a stable limit",
    source="this package; each step is Theorem 5.9",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "labels"},
        **RUN_OF_DESCENT,
        "consecutive": equal(_gained, END_C - START_C),
        "needed": at_most(NEEDED_C, END_C),
    },
    claims={
        "increments": equal(END_C - START_C, square(eta / N) * (_pumped - total(square(OUTPUT_SLOPES)))),
        "path": equal(END_C - START_C, total((RUN_NEXT_U - RUN_U) ** 2) - total((RUN_NEXT_V - RUN_V) ** 2)),
        "budget": at_most(NEEDED_C - START_C, square(eta / N) * _pumped),
        "budget-in-losses": at_most(
            NEEDED_C - START_C, 2 * eta**2 * s[0] ** 2 / N * total(losses(RUN_U, RUN_V) * RUN_V**2)
        ),
    },
    variables={
        **RUN_LETTERS,
        "C_0, C_T": "imbalance before the first and after the last step",
        "C_b": "an imbalance that the end must have at least, such as that of own-stable-limit",
    },
    remark=(
        "Each step starts where the one before it ended, so that the gains of all steps add up to C_T - C_0; no more "
        "than that sum is used of it. The second claim: the imbalance is the squared length of the first layer's steps "
        "less that of the second layer's. Squares of lengths: many short steps pay little (own-spikes-must-come)."
    ),
)
