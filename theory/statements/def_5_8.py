"""Definition 5.8: predicted sharpness, and what makes it a prediction."""

from theory.bounds import balanced_minimizer, positive_root, predicted_sharpness
from theory.language.numbers import power
from theory.language.relations import SpecialCase, at_most, equal, equal_in_case
from theory.language.statement import Statement
from theory.setting.symbols import D, N, S, label_coefficients, s, spectrum
from theory.statements import thm_4_6

BOUNDS = balanced_minimizer(spectrum, D)
PREDICTED = predicted_sharpness(spectrum, D)
LABEL_TERM = (D - 1) * power(spectrum.difficulty, -1, D) / N
"""What the second term of either bound multiplies `d_1^2` or `||y||^2` with."""

STATEMENT = Statement(
    id="def-5.8",
    title="Predicted sharpness: the first term of both bounds",
    source="Definition 5.8 and the paragraph before it; the gap is Table 4's",
    hypotheses=thm_4_6.STATEMENT.hypotheses,
    claims={
        "first-term": equal(PREDICTED, BOUNDS.lower - LABEL_TERM * label_coefficients[0] ** 2),
        "below": at_most(PREDICTED, S),
        "close": at_most(S, PREDICTED + LABEL_TERM * spectrum.label_norm_squared),
        "gap": equal(
            BOUNDS.upper - BOUNDS.lower, LABEL_TERM * (spectrum.label_norm_squared - label_coefficients[0] ** 2)
        ),
        "two-layers": equal_in_case(
            SpecialCase(PREDICTED, (equal(D, 2),)), s[0] ** 2 * positive_root(0 * D, spectrum.difficulty) / N
        ),
    },
    depends=("thm-4.6",),
    variables=thm_4_6.STATEMENT.variables,
)
