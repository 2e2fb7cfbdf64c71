"""Proof of Theorem 4.6: at a balanced minimizer every square in the bounds at any minimizer is `Q^(1/D)`.

Notation: `V = ||Pi_W u||^2`, `P` the product of the later layers.
"""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.evaluation import at_precision
from proofs_check.instances.real_data import at_balanced_minimizer, digits, enclose_claims
from proofs_check.methods.combination import Combination
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.positive_power import PositivePower
from proofs_check.proofs import Claim, claims_of, taken_over
from theory.formulas.deep_model import layer_product
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, X, label_coefficients, later_layers, layers, n_later_layers, s, spectrum, y
from theory.statements.thm_4_6 import FIRST_COEFFICIENT, INVERSE_WEIGHT, SQUARED_WEIGHT

_Q, _V, _M = spectrum.difficulty, squared_projection(), n_later_layers
_j = layers.index(set())
_squares, _inverses = layer_product(later_layers**2), (later_layers**-2).total()
_formula = ("depth", "first-coefficient", "inverse-weight")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_weights(claim), *_sums(), *_claims(statement)]


def _weights(claim: Claim) -> list[Step]:
    """`V^D = Q`."""
    in_weight = PositivePower("difficulty", ("weight-positive",), ("depth",))
    return [
        taken_over("own-minimizer", "difficulty", "difficulty-of-weights"),
        Step(
            "squares",
            equal(_squares, _V**_M),
            Induction(
                _M,
                _V * before() + _squares * fact("balanced", LAST),
                gap_at_one=fact("balanced", 1),
                premises=("balanced",),
            ),
        ),
        Step(
            "difficulty-positive",
            less(0, _squares * _V),
            Combination(fact("nonzero-labels") - fact("difficulty-of-weights")),
        ),
        Step("weight-positive", less(0, _V), PositiveFactor("difficulty-positive", _squares)),
        Step(
            "difficulty",
            equal(_Q, _V ** (_M + 1)),
            Combination(_V * fact("squares") - fact("difficulty-of-weights")),
        ),
        Step("weight", equal(SQUARED_WEIGHT, _V), in_weight),
        Step("first-coefficient", equal(FIRST_COEFFICIENT, _V**_M), in_weight),
        Step("inverse-weight", equal(INVERSE_WEIGHT, 1 / _V), in_weight),
        claim("first-layer", Combination(fact("weight") * -1)),
        claim("later-layers", Combination(fact("balanced", _j) - fact("weight"))),
    ]


def _sums() -> list[Step]:
    """`sum_j 1/v_j^2 = (D-1) / V`."""
    return [
        Step(
            "layers-positive",
            less(0, later_layers**2),
            Combination(fact("weight-positive") - fact("balanced", _j)),
        ),
        Step(
            "inverses",
            equal(_inverses, _M / _V),
            Combination(
                Sum(-fact("balanced", _j) / (later_layers.at(_j) ** 2 * _V), (_j, 1, _M)),
                given=("layers-positive", "weight-positive"),
            ),
        ),
    ]


def _claims(statement: Statement) -> list[Step]:
    claim = claims_of(statement)
    first, second = statement.claims["kernel"].free_indices
    gram, square = (X @ X.T).at(first, second), y.at(first) * y.at(second)

    def moved(label: object) -> object:
        return (s[0] ** 2 * fact("squares") + label * fact("inverses")) / N

    return [
        taken_over("own-minimizer", "kernel", "kernel-in-weights"),
        claim(
            "kernel",
            Combination(
                fact("kernel-in-weights", first, second) + gram * fact("squares") + square * fact("inverses"),
                _formula,
                given=("weight-positive",),
            ),
        ),
        taken_over("own-minimizer", "lower", "lower-in-weights"),
        claim(
            "lower",
            Combination(
                fact("lower-in-weights") - moved(label_coefficients[0] ** 2), _formula, given=("weight-positive",)
            ),
        ),
        taken_over("own-minimizer", "upper", "upper-in-weights"),
        claim(
            "upper",
            Combination(
                fact("upper-in-weights") + moved(spectrum.label_norm_squared), _formula, given=("weight-positive",)
            ),
        ),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits, at the balanced minimizer of depth 4."""
    numbers = {name: claim for name, claim in statement.claims.items() if name != "kernel"}
    with at_precision():
        instance = at_balanced_minimizer(digits(), depth=4)
    yield from enclose_claims(replace(statement, claims=numbers), instance)
