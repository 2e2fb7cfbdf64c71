"""Lemma 5.2, second part: balanced layers stay balanced under gradient flow."""

from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.statements import lem_5_2

_first_start, _later_start = lem_5_2.START
_first_end, _later_end = lem_5_2.END

STATEMENT = Statement(
    id="lem-5.2-balanced",
    title="Balanced layers stay balanced under gradient flow",
    source="Lemma 5.2, the case D > 2",
    hypotheses={
        **lem_5_2.STATEMENT.hypotheses,
        "balanced": equal(_later_start**2, squared_projection(_first_start)),
    },
    claims={"stays-balanced": equal(_later_end**2, squared_projection(_first_end))},
    depends=("lem-5.2",),
    variables={"u_0, v_0": "the weights at time 0", "u_t, v_t": "the weights at a later time, or their limit"},
)
