"""Sharpness at any minimizer, from the loss: the tangent kernel's first entry below, Lagrange's identity above.

Notation: `c_i = w_i^T u`, `V = ||Pi_W u||^2`, `P` the product of the later layers. At a minimizer `d_i = s_i c_i P`.
"""

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.deep_tangent_kernel import DeepMinimizer
from proofs_check.methods.combination import Combination
from proofs_check.proofs import Claim, claims_of
from theory.formulas.deep_model import layer_product
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import N, S, X, later_layers, s, samples, u, w, y

_n = samples.index(set())
_c, _V = w @ u, squared_projection()
_P = layer_product(later_layers)
_MINIMIZER = DeepMinimizer("", u, later_layers, S)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_weights(claim), *_kernel(statement), *_bounds(claim)]


def _weights(claim: Claim) -> list[Step]:
    """No layer is zero, `P^2 = prod_j v_j^2`, and `sum_j (P/v_j)^2 = P^2 sum_j 1/v_j^2`."""
    return [
        *_MINIMIZER.layers(),
        _MINIMIZER.difficulty(),
        _MINIMIZER.stretched(),
        layer_products.square(),
        claim("difficulty", Combination(-fact("difficulty-of-weights") - _V * fact("product-squared"))),
    ]


def _kernel(statement: Statement) -> list[Step]:
    """The neural tangent kernel."""
    claim = claims_of(statement)
    output = X @ u
    first, second = statement.claims["kernel"].free_indices
    gram, square = (X @ X.T).at(first, second), output.at(first) * output.at(second)
    return [
        Step("labels-of-weights", equal(y, output * _P), Combination(-fact("minimizer", _n))),
        claim(
            "kernel",
            Combination(
                fact("product-squared") * gram + fact("stretch") * square,
                ("labels-of-weights",),
                given=("layers-positive",),
            ),
        ),
    ]


def _bounds(claim: Claim) -> list[Step]:
    """The squares of the layers in the place of the products."""
    output, first_square, product = ((_c * s) ** 2).total(), s[0] ** 2, fact("product-squared")
    lower = fact("first-entry") - first_square * (_c[0] ** 2 * fact("stretch") + product)
    upper = fact("upper-in-weights") + (first_square * product + output * fact("stretch")) / N
    given = ("layers-positive",)
    return [
        _MINIMIZER.first_order(),
        *_MINIMIZER.bounds(),
        claim("lower", Combination(lower / N, ("residual",), given)),
        claim("upper", Combination(upper, ("residual",), given)),
    ]
