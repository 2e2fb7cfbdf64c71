"""What one more layer does to the bounds of Theorem 4.6 where Q > 1."""

from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, SETTING, SHALLOW
from theory.setting.symbols import spectrum

STATEMENT = Statement(
    id="rem-4.6-hard",
    title="One more layer raises both bounds if Q > 1",
    source="The paragraph after Theorem 4.6, first half",
    hypotheses={**SETTING, "difficult": less(1, spectrum.difficulty)},
    claims={
        "first-term": less(FIRST_SHALLOW, FIRST_DEEP),
        "lower": less(SHALLOW.lower, DEEP.lower),
        "upper": less(SHALLOW.upper, DEEP.upper),
    },
    variables={"t": "Q^(1/(D(D+1)))"},
)
