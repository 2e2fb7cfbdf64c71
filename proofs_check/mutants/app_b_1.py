"""Wrong versions of Appendix B.1."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.app_b_1 import instances
from theory.formulas.dynamics import LaterLayers, gradient, mode_gradient, mode_residual
from theory.formulas.model import loss
from theory.language.relations import Relation, equal
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.symbols import N, X, e, eta, label_coefficients, s, spectrum, u, w, y
from theory.statements.app_b_1 import (
    AFTER_DESCENT,
    AFTER_SGD,
    BATCH_RESIDUAL,
    BATCH_SLOPE,
    COEFFICIENTS,
    DIRECTION,
    LOSS,
    MASK,
    MODE_RESIDUAL,
    MODE_SLOPE,
    OTHERS,
    OUTPUT,
    PRODUCT,
    RESIDUAL,
    SLOPE,
    STEP,
    WEIGHTS,
    outside,
)


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, signs, indices, a factor P too many or too few, hypotheses dropped."""
    for name, claim, relation in (*_model(), *_gradients(statement), *_steps()):
        yield Mutant(f"{claim}: {name}", with_claim(statement, claim, relation))
    yield Mutant("others not the product of the others", without_hypothesis(statement, "others"), _other_products)
    yield Mutant("masks other than 0 and 1", without_hypothesis(statement, "binary"), _halved_mask)
    yield Mutant("left vectors not orthonormal", without_hypothesis(statement, "left-orthonormal"), _stretched_left)
    yield Mutant("right vectors not orthonormal", without_hypothesis(statement, "right-orthonormal"), _stretched_right)
    yield Mutant("labels of other coefficients", without_hypothesis(statement, "labels"), _other_labels)


Change = tuple[str, str, Relation]
_ALONE = LaterLayers(WEIGHTS, PRODUCT, 1)


def _model() -> Iterator[Change]:
    c, d = COEFFICIENTS, label_coefficients
    yield "P lost", "output", equal(OUTPUT, (s * c) @ e)
    yield "s_i lost", "output", equal(OUTPUT, (c * PRODUCT) @ e)
    yield "sign of the labels", "residual", equal(RESIDUAL, (s * c * PRODUCT + d) @ e)
    yield "P^2 for P", "residual-in-modes", equal(e @ RESIDUAL, mode_residual(spectrum, c, PRODUCT**2))
    yield "1/2 lost", "loss-in-modes", equal(LOSS, (MODE_RESIDUAL**2).total() / N)
    yield "1/N lost", "loss-in-modes", equal(LOSS, (MODE_RESIDUAL**2).total() / 2)


def _gradients(statement: Statement) -> Iterator[Change]:
    def changed(name: str, claim: str, more: Expr) -> Change:
        relation = statement.claims[claim]
        return name, claim, Relation(relation.left, relation.sense, relation.right + more)

    first, later = STEP * (SLOPE.first_layer @ DIRECTION), SLOPE.later_layers.expression * STEP
    yield changed("a factor 2", "first-layer-gradient", first)
    yield changed("sign reversed", "first-layer-gradient", -2 * first)
    yield changed("P^2 for P", "first-layer-gradient", first * (PRODUCT - 1))
    yield changed("P/v_j lost", "later-layer-gradient", gradient(X, y, u, _ALONE).later_layers * STEP - later)
    yield changed("a factor 2", "later-layer-gradient", later)
    yield changed("N for B", "first-layer-batch-gradient", STEP * (BATCH_SLOPE.first_layer @ DIRECTION) * (B / N - 1))
    yield changed("N for B", "later-layer-batch-gradient", BATCH_SLOPE.later_layers.expression * STEP * (B / N - 1))
    yield (
        "gradient of the whole loss",
        "first-layer-batch-gradient",
        equal(loss(X, y, u + DIRECTION * STEP, PRODUCT), statement.claims["first-layer-batch-gradient"].right),
    )


def _steps() -> Iterator[Change]:
    first, later = MODE_SLOPE
    whole = mode_gradient(spectrum, COEFFICIENTS, LaterLayers(WEIGHTS, PRODUCT, OTHERS * 0 + PRODUCT)).later_layers
    yield "sign reversed", "flow-first-layer", equal(w @ -SLOPE.first_layer, first)
    yield "1/N lost", "flow-first-layer", equal(w @ -SLOPE.first_layer, first * -N)
    yield "P for P/v_j", "flow-later-layers", equal(-SLOPE.later_layers, -whole)
    yield "s_i^2 for s_i", "descent-first-layer", equal(w @ AFTER_DESCENT[0], COEFFICIENTS - s * first * eta)
    yield "eta^2 for eta", "descent-first-layer", equal(w @ AFTER_DESCENT[0], COEFFICIENTS - first * eta**2)
    yield "P lost", "descent-first-layer", equal(w @ AFTER_DESCENT[0], COEFFICIENTS - s * MODE_RESIDUAL * (eta / N))
    yield "ascent", "descent-later-layers", equal(AFTER_DESCENT[1], WEIGHTS + later * eta)
    yield (
        "z for P_t z",
        "sgd-first-layer",
        equal(w @ AFTER_SGD[0], COEFFICIENTS - s * MODE_RESIDUAL * (eta * PRODUCT / B)),
    )
    yield "N for B", "sgd-first-layer", equal(w @ AFTER_SGD[0], COEFFICIENTS - s * BATCH_RESIDUAL * (eta * PRODUCT / N))
    yield (
        "c_i lost",
        "sgd-later-layers",
        equal(AFTER_SGD[1], WEIGHTS - OTHERS * (eta / B * (s * BATCH_RESIDUAL).total())),
    )
    yield "nothing outside", "descent-outside", equal(outside(AFTER_DESCENT[0]), 0)
    yield "nothing outside", "sgd-outside", equal(outside(AFTER_SGD[0]), 0)


def _other_products(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (OTHERS, value_of(instance, OTHERS) + fmpq(1)))


def _halved_mask(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (MASK, value_of(instance, MASK) / 2))


def _stretched_left(statement: Statement) -> Iterator[Instance]:
    """Left vectors of length 2, with the data and the labels that they give."""
    for instance in instances(statement):
        yield with_values(instance, *((family, value_of(instance, family) * 2) for family in (e, X, y)))


def _stretched_right(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, *((family, value_of(instance, family) * 2) for family in (w, X)))


def _other_labels(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (y, value_of(instance, y) + fmpq(1)))
