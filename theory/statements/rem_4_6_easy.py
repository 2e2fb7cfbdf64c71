"""What one more layer does to the predicted sharpness where Q < 1."""

from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.one_more_layer import FIRST_DEEP, FIRST_SHALLOW, SETTING
from theory.setting.symbols import spectrum

STATEMENT = Statement(
    id="rem-4.6-easy",
    title="One more layer lowers the predicted sharpness if Q < 1",
    source="The paragraph after Theorem 4.6, second half, for the first term of the bounds",
    hypotheses={**SETTING, "easy": less(spectrum.difficulty, 1)},
    claims={"first-term": less(FIRST_DEEP, FIRST_SHALLOW)},
    variables={"t": "Q^(1/(D(D+1)))"},
    remark="The bounds and the sharpness itself need not fall: their label term has the factor D - 1.",
)
