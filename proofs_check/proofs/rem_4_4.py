"""Proof of Remark 4.4's true form: one quadratic identity moves the weight, one product of increments the bounds.

With `V` the positive root of `V^2 + C V = Q` and `U = V + C`: `(V' - V)(V' + U) = (Q' - Q) + (C - C') V'`. A bound is
`A V + B / V`, and `A V' + B/V' - A V - B/V = (V' - V) (A - B/(V V'))`.
"""

from collections.abc import Iterator

from flint import arb
from sympy import Expr, KroneckerDelta, Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.roots import root_positive
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import Claim, claims_of
from theory.bounds import positive_root
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import C, N, label_coefficients, modes, rank, s, spectrum
from theory.statements.rem_4_4 import (
    CONJUGATE,
    FIRST_LABEL,
    HIGH_C,
    LEVEL,
    LOW_C,
    OTHER,
    OTHER_C,
    OTHER_D,
    OTHER_RANK,
    OTHER_S,
    OTHER_WEIGHT,
    SMALLER_C,
    WEIGHT,
)

_i = modes.index(set())
_Q, _d = spectrum.difficulty, label_coefficients
_positive = ("nonzero-labels", "difficulty-positive")
_both = (*_positive, "other-difficulty-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_weights(claim), *_together(claim), *_strictly(claim), *_first_label(claim)]


def _weights(claim: Claim) -> list[Step]:
    """The sign of `V - ||y||/s_1`, and the order of the two weights."""
    return [
        Step(
            "difficulty-positive",
            less(0, _Q),
            Combination((fact("nonzero-labels") + smaller_modes(_d / s, "sorted")) / s[0] ** 2),
        ),
        Step(
            "other-difficulty-positive",
            less(0, OTHER.difficulty),
            Combination(fact("difficulty-positive") + fact("difficulty-order")),
        ),
        claim("threshold", identity(given=_positive)),
        claim("equivalence", identity(given=_positive)),
        root_positive("weight-positive", C, _Q, "difficulty-positive"),
        root_positive("conjugate-positive", -C, _Q, "difficulty-positive"),
        root_positive("other-weight-positive", OTHER_C, OTHER.difficulty, "other-difficulty-positive"),
        root_positive("other-conjugate-positive", -OTHER_C, OTHER.difficulty, "other-difficulty-positive"),
        claim("positive-level", Combination(LEVEL, given=("nonzero-labels",))),
        claim("positive-factor", Combination(fact("conjugate-positive") + fact("positive-level"), given=_positive)),
        Step(
            "weights-positive",
            less(0, OTHER_WEIGHT + CONJUGATE),
            Combination(fact("other-weight-positive") + fact("conjugate-positive"), given=_both),
        ),
        claim(
            "weight",
            Combination(
                (fact("difficulty-order") + fact("imbalance-order") * fact("other-weight-positive"))
                / (OTHER_WEIGHT + CONJUGATE),
                given=(*_both, "weights-positive"),
            ),
        ),
        Step(
            "above-level",
            at_most(LEVEL, WEIGHT),
            Combination(
                (fact("positive-level") * fact("below-threshold") - fact("equivalence")) / (CONJUGATE + LEVEL),
                given=(*_positive, "positive-factor"),
            ),
        ),
        Step(
            "above-label-norm",
            at_most(spectrum.label_norm_squared, s[0] ** 2 * WEIGHT**2),
            Combination(
                s[0] ** 2 * fact("above-level") * (fact("weight-positive") + fact("positive-level")), given=_positive
            ),
        ),
        Step(
            "above-first-label",
            at_most(_d[0] ** 2, s[0] ** 2 * WEIGHT**2),
            Combination(
                fact("above-label-norm") + Sum((1 - KroneckerDelta(_i, 1)) * _d.at(_i) ** 2, (_i, 1, rank)),
                given=_positive,
            ),
        ),
    ]


def _increase(label: Expr, above: Expr, rise: Expr, inverse: Expr, other_inverse: Expr) -> Expr:
    """`A V' + B/V' - A V - B/V = W (A V^2 - B) / V^2 + B W^2 / (V^2 V')` with `W = V' - V`."""
    return rise * above * inverse**2 + label * rise**2 * inverse**2 * other_inverse


def _together(claim: Claim) -> list[Step]:
    """Both bounds, for all three changes at once."""
    inverse, other_inverse = fact("conjugate-positive") / _Q, fact("other-conjugate-positive") / OTHER.difficulty
    steps = []
    for name, label, above, same in (
        ("lower", _d[0] ** 2, "above-first-label", "same-first-label"),
        ("upper", spectrum.label_norm_squared, "above-label-norm", "same-label-norm"),
    ):
        rise = _increase(label, fact(above), fact("weight"), inverse, other_inverse)
        stretch = fact("singular-order") * (s[0] + OTHER_S[0]) * fact("other-weight-positive")
        steps.append(claim(name, Combination((stretch + rise - fact(same) * other_inverse) / N, given=_both)))
    return steps


def _falls(label: str, low: Expr, high: Expr, order: str, suffix: str) -> list[Step]:
    """The weight at the lower imbalance is larger: `(V' - V)(V' + U) = (C - C') V'`."""
    larger = positive_root(low, _Q)
    factor = larger + positive_root(-high, _Q)
    return [
        root_positive(f"weight-positive-{suffix}", low, _Q, "difficulty-positive"),
        root_positive(f"conjugate-positive-{suffix}", -low, _Q, "difficulty-positive"),
        Step(
            f"weights-positive-{suffix}",
            less(0, factor),
            Combination(fact(f"weight-positive-{suffix}") + fact(label), given=_positive),
        ),
        Step(
            f"weight-{suffix}",
            less(positive_root(high, _Q), larger),
            Combination(
                fact(order) * fact(f"weight-positive-{suffix}") / factor,
                given=(*_positive, f"weights-positive-{suffix}"),
            ),
        ),
    ]


def _strict_gap(above: Expr, suffix: str, conjugate: str) -> Expr:
    """The same increase, written so that its form is positive where the weight is strictly larger.

    With `A V^2 >= B`: `A - B/(V V') = (A V^2 - B)/(V V') + A (V' - V)/V'`.
    """
    inverse, larger_inverse = fact(conjugate) / _Q, fact(f"conjugate-positive-{suffix}") / _Q
    rise = fact(f"weight-{suffix}")
    return rise * (above * inverse * larger_inverse + s[0] ** 2 * rise * larger_inverse) / N


def _strictly(claim: Claim) -> list[Step]:
    """A smaller imbalance on the same data: both bounds are strictly larger."""
    steps = _falls("conjugate-positive", SMALLER_C, C, "smaller-imbalance", "smaller")
    for name, above in (("lower-falls", "above-first-label"), ("upper-falls", "above-label-norm")):
        gap = _strict_gap(fact(above), "smaller", "conjugate-positive")
        steps.append(claim(name, Combination(gap, given=_positive)))
    return steps


def _first_label(claim: Claim) -> list[Step]:
    """The lower bound falls up to its own threshold, where `|d_1|` stands for `||y||`."""
    weight, level = positive_root(HIGH_C, _Q), FIRST_LABEL / s[0]
    factor = positive_root(-HIGH_C, _Q) + level
    return [
        root_positive("weight-positive-high", HIGH_C, _Q, "difficulty-positive"),
        root_positive("conjugate-positive-high", -HIGH_C, _Q, "difficulty-positive"),
        Step(
            "own-factor-positive",
            less(0, factor),
            Combination(fact("conjugate-positive-high") + level, given=_positive),
        ),
        Step(
            "above-own-level",
            at_most(level, weight),
            Combination(fact("below-first-threshold") / s[0] / factor, given=(*_positive, "own-factor-positive")),
        ),
        Step(
            "above-own-label",
            at_most(_d[0] ** 2, s[0] ** 2 * weight**2),
            Combination(
                s[0] ** 2 * fact("above-own-level") * (fact("weight-positive-high") + level) - fact("first-label"),
                given=_positive,
            ),
        ),
        *_falls("conjugate-positive-high", LOW_C, HIGH_C, "low-below-high", "low"),
        claim(
            "lower-falls-further",
            Combination(_strict_gap(fact("above-own-label"), "low", "conjugate-positive-high"), given=_positive),
        ),
    ]


def with_second_data_set(instance: Instance, other_values: Array, other_labels: Array) -> Instance:
    """The instance with a second data set."""
    return with_values(instance, (OTHER_RANK, len(other_values)), (OTHER_S, other_values), (OTHER_D, other_labels))


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits at half their threshold, against the same digits with a larger first and a smaller last mode."""
    instance = digits()
    values, labels = value_of(instance, s), value_of(instance, label_coefficients)
    others = values.copy()
    others[0], others[-1] = 2 * others[0], others[-1] / 2
    threshold = evaluate(spectrum.imbalance_threshold, instance)
    yield from enclose_claims(
        statement,
        with_values(
            with_second_data_set(instance, others, labels),
            (C, threshold / 2),
            (OTHER_C, threshold / 3),
            (SMALLER_C, threshold / 3),
            (FIRST_LABEL, abs(labels[0])),
            (LOW_C, arb(0)),
            (HIGH_C, 2 * threshold),
        ),
    )
