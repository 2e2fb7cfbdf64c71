"""Proof that the sharpness is at least each curvature: a Rayleigh quotient along one weight."""

from sympy import KroneckerDelta

from proofs_check.engine.proof import Step
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.layer_products import DIRECTION
from proofs_check.methods.rayleigh import RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import claims_of
from theory.formulas.deep_model import reduced_hessian
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import S, later_layers, layers, spectrum, u, w

_j = layers.index(set())
_k = layers.index({_j.name})
_data = ("svd", "labels", "product-first-order", "product-second-order")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    later_alone = (u * 0, DIRECTION)
    corner = reduced_hessian(spectrum, w @ u, later_layers).corner
    alone = IndexedArray(KroneckerDelta(_k, _j), (layers,), (_k,))
    return [
        layer_products.first_order(),
        layer_products.second_order(),
        claim("first-layer", RayleighQuotient((w.row(1), later_layers * 0), _data)),
        Step(
            "along-later-layers",
            at_most((corner * DIRECTION.outer(DIRECTION)).total(), S * squared_norm(later_alone)),
            RayleighQuotient(later_alone, _data),
        ),
        claim("later-layers", Specialization("along-later-layers", {DIRECTION: alone})),
    ]
