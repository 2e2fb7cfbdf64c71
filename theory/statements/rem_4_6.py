"""What one more layer does to the bounds of Theorem 4.6, for every Q: the exact change."""

from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, ROOT, SETTING, SHALLOW, change, scale
from theory.setting.symbols import label_coefficients, s, spectrum

STATEMENT = Statement(
    id="rem-4.6",
    title="What one more layer changes",
    source="The paragraph after Theorem 4.6, made precise",
    hypotheses=SETTING,
    claims={
        "first-term": equal(scale() * (FIRST_DEEP - FIRST_SHALLOW), s[0] ** 2 * spectrum.difficulty * (ROOT - 1)),
        "lower": equal(scale() * (DEEP.lower - SHALLOW.lower), change(label_coefficients[0] ** 2)),
        "upper": equal(scale() * (DEEP.upper - SHALLOW.upper), change(spectrum.label_norm_squared)),
    },
    variables={"t": "Q^(1/(D(D+1)))"},
    remark=(
        "A bound with label term b falls with one more layer if and only if b (D t - (D - 1)) < s_1^2 Q (1 - t); "
        "its label term alone falls if and only if Q < ((D-1)/D)^(D(D+1)), which is 1/64 for D = 2."
    ),
)
