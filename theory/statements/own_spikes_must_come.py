"""Where a stable limit needs more imbalance than there is, the loss cannot fall quietly. Not in the paper."""

from sympy import Symbol

from theory.language.numbers import total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.steps import RUN_NEXT_U, RUN_NEXT_V, RUN_U, RUN_V, losses
from theory.setting.symbols import eta
from theory.statements.own_imbalance_budget import NEEDED_C, START_C
from theory.statements.own_imbalance_budget import STATEMENT as BUDGET

MARGIN = Symbol("gamma", positive=True)
START_L, END_L = Symbol("L_0", real=True), Symbol("L_T", nonnegative=True)
_before, _after = losses(RUN_U, RUN_V), losses(RUN_NEXT_U, RUN_NEXT_V)
_lengths = ((RUN_NEXT_U - RUN_U) ** 2).row_totals() + (RUN_NEXT_V - RUN_V) ** 2

STATEMENT = Statement(
    id="own-spikes-must-come",
    title="A run that needs imbalance cannot stay stable: spikes must come",
    source="this package; the paper does not state it",
    hypotheses={
        **BUDGET.hypotheses,
        "falls-quietly": at_most(_lengths * MARGIN, (_before - _after) * eta),
        "losses-consecutive": equal(total(_before - _after), START_L - END_L),
    },
    claims={
        "gain-at-most": at_most(MARGIN * (NEEDED_C - START_C), eta * (START_L - END_L)),
        "all-losses": at_most(MARGIN * (NEEDED_C - START_C), eta * START_L),
    },
    depends=("own-imbalance-budget",),
    variables={
        **BUDGET.variables,
        "gamma": "how far the steps stay from the edge",
        "L_0, L_T": "loss before the first and after the last step",
    },
    remark=(
        "Read it the other way round: if gamma (C_b - C_0) > eta L_0, then in some step the loss falls by less than "
        "gamma ||step||^2 / eta. A step along which no sharpness is above (2 - 2 gamma) / eta falls by that much, from "
        "Taylor's formula along the step. So a run that has to reach the imbalance C_b comes as close to the edge as "
        "2/eta (1 - eta L_0 / (C_b - C_0)), or beyond it."
    ),
)
