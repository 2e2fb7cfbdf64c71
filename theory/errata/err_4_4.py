"""Remark 4.4 read of the exact sharpness: below the threshold it falls with the layer imbalance. It need not."""

from theory.language.erratum import Erratum
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import C, S, spectrum
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, TWO_MINIMIZERS

LITERAL = Statement(
    id="err-4.4",
    title="The sharpness at a minimizer falls with the layer imbalance",
    source="Remark 4.4",
    hypotheses={
        **TWO_MINIMIZERS,
        "order": less(C, OTHER_C),
        "below-threshold": less(OTHER_C, spectrum.imbalance_threshold),
    },
    claims={"falls": at_most(OTHER_S, S)},
    variables=LETTERS,
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="The sharpness at a global minimizer decreases with layer imbalance.",
    true_form=("rem-4.4", "rem-4.4-exact"),
    remark=(
        "True of both bounds of Theorem 4.3 as long as C <= T_1, and of the exact sharpness as long as C <= 0; "
        "for C > 0 the exact sharpness can rise with C below T_1."
    ),
)
