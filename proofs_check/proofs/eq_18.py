"""Proof of equation (18): the Rayleigh quotient at the image of a kernel eigenvector under the transposed Jacobian."""

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.proofs import Claim, claims_of
from theory.formulas.deep_model import layer_product
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import (
    N,
    S,
    X,
    features,
    later_layers,
    layers,
    n_features,
    n_later_layers,
    samples,
    u,
    y,
)
from theory.statements.eq_18 import EIGENVALUE, FIRST, KERNEL, LATER, VECTOR

_n, _k, _j = samples.index(set()), features.index(set()), layers.index(set())
_lambda, _norm = EIGENVALUE, (VECTOR**2).total()


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    claims = statement.claims
    return [
        layer_products.first_order(),
        claim("jacobian", identity("product-first-order")),
        claim("kernel", identity()),
        Step("labels-of-weights", equal(y, (X @ u) * layer_product(later_layers)), Combination(-fact("minimizer", _n))),
        claim("gauss-newton", identity("labels-of-weights", "product-first-order")),
        *_no_larger(claim),
        claim("attained", Combination(_attained(claims["attained"].free_indices[0]))),
    ]


def _no_larger(claim: Claim) -> list[Step]:
    """Along `J^T g` the form is `||K g||^2 / N = lambda^2 ||g||^2 / N`, and `||J^T g||^2 = lambda ||g||^2`."""
    direction = (FIRST.T @ VECTOR, LATER.T @ VECTOR)
    image = KERNEL @ VECTOR
    missed = fact("kernel-eigenvector", _n)
    in_norm = S * Sum(VECTOR.at(_n) * missed, (_n, 1, N))
    in_form = Sum((_lambda * VECTOR.at(_n) + image.at(_n)) * missed, (_n, 1, N)) / N
    return [
        layer_products.first_order_along(direction[1], "product-along-quotient"),
        Step(
            "quotient",
            at_most((image**2).total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, ("labels-of-weights", "product-along-quotient")),
        ),
        claim(
            "no-larger-eigenvalue",
            Combination(
                N * (fact("quotient") + in_norm - in_form) / (_lambda * _norm),
                given=("kernel-eigenvalue", "kernel-vector"),
            ),
        ),
    ]


def _attained(sample: Expr) -> Expr:
    """`K J h = J (J^T J h)`."""
    first = Sum(FIRST.at(sample, _k) * fact("hessian-eigenvector-first", _k), (_k, 1, n_features))
    return first + Sum(LATER.at(sample, _j) * fact("hessian-eigenvector-later", _j), (_j, 1, n_later_layers))
