"""Remark 4.4: how the bounds of Theorem 4.3 move with singular value, difficulty and imbalance."""

from sympy import Symbol

from theory.bounds import positive_root, two_layer_minimizer
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, label_coefficients, s, spectrum
from theory.spectrum import Spectrum

OTHER_RANK = Symbol("r'", integer=True, positive=True)
_other_modes = Axis(OTHER_RANK, "abc")
OTHER_S = IndexedArray.named("s'", _other_modes, positive=True)
OTHER_D = IndexedArray.named("d'", _other_modes)
OTHER = Spectrum(OTHER_S, OTHER_D, n_samples=N)
"""A second data set with as many samples."""
OTHER_C, SMALLER_C = Symbol("C'", real=True), Symbol("C_0", real=True)
FIRST_LABEL, LOW_C, HIGH_C = Symbol("a", nonnegative=True), Symbol("C_a", real=True), Symbol("C_b", real=True)

LEVEL = spectrum.label_norm / s[0]
"""`||y|| / s_1`: both bounds rise with the squared weight V above it."""
WEIGHT, CONJUGATE = positive_root(C, spectrum.difficulty), positive_root(-C, spectrum.difficulty)
OTHER_WEIGHT = positive_root(OTHER_C, OTHER.difficulty)
_bounds, _other_bounds = two_layer_minimizer(spectrum, C), two_layer_minimizer(OTHER, OTHER_C)
_smaller = two_layer_minimizer(spectrum, SMALLER_C)

STATEMENT = Statement(
    id="rem-4.4",
    title="The bounds rise with s_1 and Q and fall with C, below the threshold T_1",
    source="Remark 4.4 and the paragraph before it",
    hypotheses={
        "sorted": at_most(s, s[0]),
        "nonzero-labels": less(0, spectrum.label_norm_squared),
        "same-label-norm": equal(OTHER.label_norm_squared, spectrum.label_norm_squared),
        "same-first-label": equal(OTHER_D[0] ** 2, label_coefficients[0] ** 2),
        "singular-order": at_most(s[0], OTHER_S[0]),
        "difficulty-order": at_most(spectrum.difficulty, OTHER.difficulty),
        "imbalance-order": at_most(OTHER_C, C),
        "below-threshold": at_most(C, spectrum.imbalance_threshold),
        "smaller-imbalance": less(SMALLER_C, C),
        "first-label": equal(FIRST_LABEL**2, label_coefficients[0] ** 2),
        "low-below-high": less(LOW_C, HIGH_C),
        "below-first-threshold": at_most(FIRST_LABEL * HIGH_C, spectrum.difficulty * s[0] - FIRST_LABEL**2 / s[0]),
    },
    claims={
        "threshold": equal(
            spectrum.imbalance_threshold, spectrum.difficulty * s[0] / spectrum.label_norm - spectrum.label_norm / s[0]
        ),
        # V - ||y||/s_1 and T_1 - C have one sign: they differ by factors that are positive.
        "equivalence": equal((WEIGHT - LEVEL) * (CONJUGATE + LEVEL), LEVEL * (spectrum.imbalance_threshold - C)),
        "positive-factor": less(0, CONJUGATE + LEVEL),
        "positive-level": less(0, LEVEL),
        "weight": at_most(WEIGHT, OTHER_WEIGHT),
        "lower": at_most(_bounds.lower, _other_bounds.lower),
        "upper": at_most(_bounds.upper, _other_bounds.upper),
        "lower-falls": less(_bounds.lower, _smaller.lower),
        "upper-falls": less(_bounds.upper, _smaller.upper),
        "lower-falls-further": less(
            two_layer_minimizer(spectrum, HIGH_C).lower, two_layer_minimizer(spectrum, LOW_C).lower
        ),
    },
    variables={
        "s', d', r', C'": "a second data set of the same N, ||y|| and |d_1|, with s_1' >= s_1, Q' >= Q, and C' <= C",
        "C_0": "a smaller imbalance, on the first data set",
        "a": "|d_1|",
        "C_a, C_b": "two imbalances on the first data set, C_a < C_b",
    },
    remark=(
        "The bounds, not the sharpness itself. With ||y||, |d_1| and N kept, larger s_1, larger Q and smaller C raise "
        "both bounds, alone or together, as long as C <= T_1. C alone: strictly; the lower bound by itself falls up "
        "to Q s_1/|d_1| - |d_1|/s_1, which is never below T_1."
    ),
)
