"""What one more layer does to the bounds of Theorem 4.6 where Q is small enough for the depth."""

from theory.language.relations import less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.one_more_layer import DEEP, SETTING, SHALLOW
from theory.setting.symbols import D, spectrum

STATEMENT = Statement(
    id="rem-4.6-very-easy",
    title="One more layer lowers both bounds if Q < (D/(D+1))^(D(D+1))",
    source="The paragraph after Theorem 4.6, second half, for the whole bounds",
    hypotheses={
        **SETTING,
        "descending": DECOMPOSITION["descending"],
        "very-easy": less(spectrum.difficulty, (D / (D + 1)) ** (D * (D + 1))),
    },
    claims={"lower": less(DEEP.lower, SHALLOW.lower), "upper": less(DEEP.upper, SHALLOW.upper)},
    variables={"t": "Q^(1/(D(D+1)))"},
    remark=(
        "The threshold is 0.088 from two layers to three and falls with the depth. It cannot be raised: "
        "at rank 1 the bounds are the sharpness, which is the same at both depths where Q is at the threshold."
    ),
)
