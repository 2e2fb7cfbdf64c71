"""Proof that the sharpness is at least each curvature: a Rayleigh quotient along one weight."""

from sympy import KroneckerDelta

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.layer_products import DIRECTION
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import claims_of
from theory.formulas.deep_model import reduced_hessian
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import S, later_layers, layers, spectrum, u, w
from theory.statements.own_curvatures import FIRST_CURVATURE, LATER_CURVATURES

_j = layers.index(set())
_one = layers.index({_j.name, layers.index({_j.name}).name})
"""The layer that moves alone, under a name that no sum uses."""
_k = layers.index(set())
_data = ("svd", "labels", "product-first-order", "product-second-order")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    top_mode = (w.row(1), later_layers * 0)
    later_alone = (u * 0, DIRECTION)
    corner = reduced_hessian(spectrum, w @ u, later_layers).corner
    alone = IndexedArray(KroneckerDelta(_k, _one), (layers,), (_k,))
    return [
        layer_products.first_order(),
        layer_products.second_order(),
        Step(
            "along-top-mode",
            at_most(FIRST_CURVATURE, S * squared_norm(top_mode)),
            RayleighQuotient(top_mode, _data),
        ),
        claim("first-layer", Combination(fact("along-top-mode"))),
        Step(
            "along-later-layers",
            at_most((corner * DIRECTION.outer(DIRECTION)).total(), S * squared_norm(later_alone)),
            RayleighQuotient(later_alone, _data),
        ),
        Step(
            "along-one-layer",
            at_most(LATER_CURVATURES.at(_one), S),
            Specialization("along-later-layers", {DIRECTION: alone}),
        ),
        claim("later-layers", Combination(fact("along-one-layer", _j))),
    ]
