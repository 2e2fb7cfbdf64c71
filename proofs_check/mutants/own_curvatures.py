"""Wrong versions of the curvatures that the sharpness is at least."""

from collections.abc import Iterator

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim
from proofs_check.proofs.own_curvatures import instances
from theory.formulas.deep_model import layer_product
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, e, label_coefficients, later_layers, s, u, w, y
from theory.statements.own_curvatures import FIRST_CURVATURE, LATER_CURVATURES


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents, sums and senses."""
    product = layer_product(later_layers)

    def first(name: str, value: object) -> Mutant:
        return Mutant(f"first layer: {name}", with_claim(statement, "first-layer", at_most(value, S)), _apart)

    def later(name: str, value: object) -> Mutant:
        return Mutant(f"later layers: {name}", with_claim(statement, "later-layers", at_most(value, S)), _apart)

    yield first("1/N lost", FIRST_CURVATURE * N)
    yield first("s_1^4", FIRST_CURVATURE * s[0] ** 2)
    yield first("P^4", FIRST_CURVATURE * product**2)
    yield first("both curvatures added", FIRST_CURVATURE + ((w @ u) ** 2 * s**2).total() / N)
    yield later("1/N lost", LATER_CURVATURES * N)
    yield later("doubled", LATER_CURVATURES * 2)
    yield later("summed over the layers", LATER_CURVATURES.total() + FIRST_CURVATURE)
    yield Mutant("first layer: strict", with_claim(statement, "first-layer", less(FIRST_CURVATURE, S)), _apart)
    yield Mutant("reversed", with_claim(statement, "first-layer", at_most(S, FIRST_CURVATURE)))


def _apart(statement: Statement) -> Iterator[Instance]:
    """Labels `2 P X u`, for which the Hessian has no entry between the layers, and the lemma's own instances."""
    for instance in instances(statement):
        yield instance
        weights = value_of(instance, later_layers)
        doubled = value_of(instance, s) * (value_of(instance, w) @ value_of(instance, u)) * 2 * layer_product(weights)
        moved = with_values(instance, (label_coefficients, doubled), (y, doubled @ value_of(instance, e)))
        yield with_sharpness(moved, statement.sharpness())
