"""Remark 4.4 read of the exact sharpness: below the threshold it rises with the difficulty. It need not."""

from sympy import Symbol

from theory.formulas.model import loss
from theory.language.erratum import Erratum
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Orthonormal, Sharpness, Statement
from theory.setting.hypotheses import MINIMIZER
from theory.setting.symbols import C, N, S, features, label_coefficients, modes, s, samples, spectrum
from theory.spectrum import Spectrum

OTHER_X, OTHER_Y = IndexedArray.named("X'", samples, features), IndexedArray.named("y'", samples)
OTHER_E, OTHER_W = IndexedArray.named("e'", modes, samples), IndexedArray.named("w'", modes, features)
OTHER_VALUES, OTHER_LABELS = IndexedArray.named("s'", modes, positive=True), IndexedArray.named("d'", modes)
OTHER_U, OTHER_V = IndexedArray.named("u'", features), Symbol("v'", real=True)
OTHER_S = Symbol("S'", real=True)
OTHER = Spectrum(OTHER_VALUES, OTHER_LABELS, n_samples=N)

LITERAL = Statement(
    id="err-4.4-difficulty",
    title="The sharpness at a minimizer rises with the difficulty",
    source="Remark 4.4",
    hypotheses={
        **MINIMIZER,
        "other-svd": equal(OTHER_X, OTHER_E.T @ OTHER_W.scaled_rows(OTHER_VALUES)),
        "other-labels": equal(OTHER_Y, OTHER_LABELS @ OTHER_E),
        "other-left": Orthonormal(OTHER_E),
        "other-right": Orthonormal(OTHER_W),
        "other-descending": at_most(OTHER_VALUES, OTHER_VALUES[0]),
        "other-minimizer": equal((OTHER_X @ OTHER_U) * OTHER_V, OTHER_Y),
        "other-imbalance": equal(C, ((OTHER_W @ OTHER_U) ** 2).total() - OTHER_V**2),
        "other-sharpness": Sharpness(
            OTHER_S, lambda first, second: loss(OTHER_X, OTHER_Y, first, second), (OTHER_U, OTHER_V)
        ),
        "same-first-value": equal(OTHER_VALUES[0], s[0]),
        "same-labels": equal(OTHER_LABELS, label_coefficients),
        "order": less(spectrum.difficulty, OTHER.difficulty),
        "below-threshold": less(C, spectrum.imbalance_threshold),
    },
    claims={"rises": at_most(S, OTHER_S)},
    variables={"X', y', e', w', s', d', u', v', S'": "a second data set with a minimizer of the same imbalance"},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="The sharpness at a global minimizer increases with dataset difficulty.",
    true_form=("rem-4.4",),
    remark=(
        "True of both bounds of Theorem 4.3 as long as C <= T_1, with s_1, ||y|| and |d_1| kept; the exact sharpness "
        "can fall as Q rises there."
    ),
)
