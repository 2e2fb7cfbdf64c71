"""Wrong versions of Lemma 5.2."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from proofs_check.engine.proof import Step
from proofs_check.instances.data_sets import vector
from proofs_check.instances.gradient_flow import descent, with_trajectory
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.weights import deep_points
from proofs_check.methods.combination import Combination
from proofs_check.methods.conservation import Conservation
from proofs_check.mutants import Mutant, with_claim, with_hypothesis
from proofs_check.proofs.lem_5_2 import proof
from theory.formulas.deep_model import layer_product
from theory.formulas.model import residual
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import GradientFlow, Statement
from theory.setting.deep_hypotheses import deep_loss, layer_imbalances
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, X, later_layers, n_features, n_later_layers, u, y
from theory.statements.lem_5_2 import DIRECTION, END, GRADIENT, POINT, START

Quantity = Callable[[IndexedArray, IndexedArray], IndexedArray]


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors and exponents in what is conserved and in the gradient; another loss."""
    first, later = GRADIENT
    errors = residual(X, y, u, layer_product(later_layers))
    whole = IndexedArray((X @ u) @ errors * layer_product(later_layers) / N, later.axes, later.indices)

    def conserved(name: str, quantity: Quantity) -> Mutant:
        return Mutant(f"conserved: {name}", with_claim(statement, "conserved", equal(quantity(*END), quantity(*START))))

    def rate(name: str, quantity: Quantity) -> Mutant:
        return Mutant(f"rate: {name}", with_claim(statement, "rate", rate_is_zero(quantity, POINT, GRADIENT)))

    def gradient(name: str, *slopes: IndexedArray) -> Mutant:
        claim = gradient_is(deep_loss, POINT, DIRECTION, slopes)
        return Mutant(f"gradient: {name}", with_claim(statement, "gradient", claim))

    yield conserved("sum for difference", lambda a, b: b**2 + squared_projection(a))
    yield conserved("the layer for its square", lambda a, b: -b + squared_projection(a))
    yield conserved("twice the layer", lambda a, b: b**2 * -2 + squared_projection(a))
    yield conserved("the first layer alone", lambda a, b: b * 0 + squared_projection(a))
    yield conserved("the later layers alone", lambda a, b: b**2)
    yield rate("sum for difference", lambda a, b: b**2 + squared_projection(a))
    yield rate("cube", lambda a, b: -(b**3) + squared_projection(a))
    yield rate("half the first layer", lambda a, b: -(b**2) + squared_projection(a) / 2)
    yield gradient("1/N lost", first * N, later * N)
    yield gradient("wrong sign", -first, -later)
    yield gradient("P for P/v_j", first, whole)
    yield gradient("P lost in the first layer", (X.T @ errors) / N, later)
    sums = [(later**2).outer(later**0) + (later**0).outer(later**2) for _, later in (END, START)]
    yield Mutant("between layers: sum for difference", with_claim(statement, "conserved-between", equal(*sums)))
    yield Mutant(
        "rate: all of u for its projection",
        with_claim(statement, "rate", rate_is_zero(_whole_imbalances, POINT, GRADIENT)),
        proof=_proof_for_all_of_u,
    )
    flow = statement.hypotheses["flow"]
    assert isinstance(flow, GradientFlow)
    decaying = replace(flow, loss=lambda a, b: deep_loss(a, b) + (b**2).total())
    yield Mutant("the flow of a loss with weight decay", with_hypothesis(statement, "flow", decaying), _decaying)


def _whole_imbalances(first_layer: IndexedArray, later: IndexedArray) -> IndexedArray:
    imbalances: IndexedArray = -(later**2) + (first_layer**2).total()
    return imbalances


def _proof_for_all_of_u(statement: Statement) -> list[Step]:
    """The part of u outside the row space never moves, so that its square can be added to the conserved quantity."""
    steps = []
    for step in proof(statement):
        if step.id == "rate":
            assert isinstance(step.method, Combination)
            gap = step.method.gap
            steps.append(Step("rate", statement.claims["rate"], Combination(gap)))
            projected = rate_is_zero(layer_imbalances, POINT, GRADIENT)
            steps.append(Step("rate-projected", projected, replace(step.method)))
        elif isinstance(step.method, Conservation) and step.id == "conserved":
            steps.append(replace(step, method=replace(step.method, rate_fact="rate-projected")))
        else:
            steps.append(step)
    return steps


def _decaying(statement: Statement) -> Iterator[Instance]:
    source = random.Random(6)
    for instance in deep_points():
        size, count = instance.scalars[n_features], instance.scalars[n_later_layers]
        yield with_values(
            with_trajectory(instance, _decay(instance, size), START, END, value_of(instance, later_layers)),
            (DIRECTION[0], vector(source, size)),
            (DIRECTION[1], vector(source, count)),
        )


def _decay(instance: Instance, size: int) -> Callable[[Array], Array]:
    plain = descent(value_of(instance, X), value_of(instance, y), size)

    def field(weights: Array) -> Array:
        decay = np.concatenate([weights[:size] * 0, weights[size:] * 2])
        return np.asarray(plain(weights) - decay)

    return field
