"""Proof of equation (18): the Rayleigh quotient at the image of a kernel eigenvector under the transposed Jacobian."""

import random
from collections.abc import Iterator

import numpy as np
from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.minimizers import single_mode_minimizers
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.lemmas import layer_products
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from theory.formulas.deep_model import jacobian, layer_product, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import (
    N,
    S,
    X,
    e,
    features,
    later_layers,
    layers,
    n_features,
    n_later_layers,
    s,
    samples,
    u,
    w,
    y,
)
from theory.statements.eq_18 import DIRECTION, EIGENVALUE, EIGENVECTOR, FIRST, KERNEL, LATER, VECTOR

_n, _k, _j = samples.index(set()), features.index(set()), layers.index(set())
_lambda, _norm = EIGENVALUE, (VECTOR**2).total()


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        layer_products.first_order(),
        Step("jacobian", claims["jacobian"], identity("product-first-order")),
        Step("kernel", claims["kernel"], identity()),
        Step("labels-of-weights", equal(y, (X @ u) * layer_product(later_layers)), Combination(-fact("minimizer", _n))),
        Step("gauss-newton", claims["gauss-newton"], identity("labels-of-weights", "product-first-order")),
        *_no_larger(statement),
        Step("attained", claims["attained"], Combination(_attained(claims["attained"].free_indices[0]))),
    ]


def _no_larger(statement: Statement) -> list[Step]:
    """Along `J^T g` the form is `||K g||^2 / N = lambda^2 ||g||^2 / N`, and `||J^T g||^2 = lambda ||g||^2`."""
    direction = (FIRST.T @ VECTOR, LATER.T @ VECTOR)
    later, image = direction[1], KERNEL @ VECTOR
    moved = layer_product(later_layers + later * EPSILON)
    missed = fact("kernel-eigenvector", _n)
    in_norm = S * Sum(VECTOR.at(_n) * missed, (_n, 1, N))
    in_form = Sum((_lambda * VECTOR.at(_n) + image.at(_n)) * missed, (_n, 1, N)) / N
    return [
        Step(
            "product-along-quotient",
            equal(coefficient(moved, 1), (later * product_of_others(later_layers)).total()),
            Specialization("product-first-order", {layer_products.DIRECTION: later}),
        ),
        Step(
            "quotient",
            at_most((image**2).total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, ("labels-of-weights", "product-along-quotient")),
        ),
        Step(
            "quotient-in-eigenvalue",
            at_most(_lambda * _norm * _lambda, _lambda * _norm * N * S),
            Combination(N * (fact("quotient") + in_norm - in_form)),
        ),
        Step(
            "no-larger-eigenvalue",
            statement.claims["no-larger-eigenvalue"],
            Cancellation("quotient-in-eigenvalue", _lambda * _norm, given=("kernel-eigenvalue", "kernel-vector")),
        ),
    ]


def _attained(sample: Expr) -> Expr:
    """`K J h = J (J^T J h)`."""
    first = Sum(FIRST.at(sample, _k) * fact("hessian-eigenvector-first", _k), (_k, 1, n_features))
    return first + Sum(LATER.at(sample, _j) * fact("hessian-eigenvector-later", _j), (_j, 1, n_later_layers))


def instances(statement: Statement) -> Iterator[Instance]:
    """One mode in the weights, so that the left singular vectors are the kernel's eigenvectors."""
    source = random.Random(13)
    for instance, mode in single_mode_minimizers():
        left, values = value_of(instance, e), value_of(instance, s)
        weights, count = value_of(instance, later_layers), len(value_of(instance, later_layers))
        coefficient_of_mode = (value_of(instance, w) @ value_of(instance, u))[mode]
        stretch = (product_of_others(weights) ** 2).sum()
        eigenvalues = values**2 * layer_product(weights) ** 2
        eigenvalues[mode] += stretch * (values[mode] * coefficient_of_mode) ** 2
        chosen, top = source.randrange(len(values)), int(np.argmax(eigenvalues))
        first, later = jacobian(value_of(instance, X), value_of(instance, u), weights)
        yield with_values(
            with_sharpness(instance, statement.sharpness()),
            (VECTOR, left[chosen] * 3),
            (EIGENVALUE, eigenvalues[chosen]),
            (EIGENVECTOR[0], first.T @ left[top]),
            (EIGENVECTOR[1], later.T @ left[top]),
            (DIRECTION[0], vector(source, instance.scalars[n_features])),
            (DIRECTION[1], vector(source, count)),
        )
