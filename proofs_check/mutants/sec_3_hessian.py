"""Wrong versions of the Hessian at any depth."""

from collections.abc import Iterator
from typing import Any

from sympy import KroneckerDelta

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, without_hypothesis
from proofs_check.proofs.sec_3_hessian import instances
from theory.formulas.deep_model import HessianBlocks, layer_product, product_of_other_pairs, product_of_others
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import N, label_coefficients, later_layers, s, u, w
from theory.statements.sec_3_hessian import BLOCKS, FIRST, LATER, ORTHOGONAL, PARTS


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong blocks, signs, factors, indices, and a direction in the row space."""
    c, d = w @ u, label_coefficients
    product, others, pairs = (
        layer_product(later_layers),
        product_of_others(later_layers),
        product_of_other_pairs(later_layers),
    )
    output = c * s
    errors = output * product - d
    correlation, square = (output * errors).total(), (output**2).total()
    inner = w @ FIRST

    def form(name: str, diagonal: Any = None, border: Any = None, corner: Any = None, cross: int = 2) -> Mutant:
        blocks = HessianBlocks(
            BLOCKS.diagonal if diagonal is None else diagonal / N,
            BLOCKS.border if border is None else border / N,
            BLOCKS.corner if corner is None else corner / N,
        )
        right = (
            (blocks.diagonal * inner**2).total()
            + cross * (blocks.border * inner.outer(LATER)).total()
            + (blocks.corner * LATER.outer(LATER)).total()
        )
        left = statement.claims["quadratic-form"].left
        return Mutant(f"form: {name}", with_claim(statement, "quadratic-form", equal(left, right)))

    yield form("P for P^2", diagonal=s**2 * product)
    yield form("s_i for s_i^2", diagonal=s * product**2)
    yield form("border without the 2", border=(s * (output * product - d)).outer(others))
    yield form("border with the wrong sign of d_i", border=(s * (output * (2 * product) + d)).outer(others))
    yield form("border with P for P/v_j", border=(s * (output * (2 * product) - d)).outer(others * 0 + product))
    yield form("border counted once", cross=1)
    yield form("border without s_i", border=(output * (2 * product) - d).outer(others))
    yield form("corner without the residual", corner=others.outer(others) * square)
    yield form("residual with the wrong sign", corner=others.outer(others) * square - pairs * correlation)
    yield form("residual twice", corner=others.outer(others) * square + pairs * (2 * correlation))
    yield form("residual on the diagonal", corner=others.outer(others) * (square + correlation))
    yield form("residual alone", corner=pairs * correlation)
    yield Mutant(
        "other directions: inside the row space",
        without_hypothesis(statement, "orthogonal"),
        _inside,
    )
    border, corner = statement.claims["rank-one-border"], statement.claims["rank-one-corner"]
    mode, layer = border.free_indices
    first, second = corner.free_indices
    yield Mutant(
        "rank one: border times P",
        with_claim(statement, "rank-one-border", equal(border.left, PARTS.border.at(mode) * product)),
    )
    yield Mutant(
        "rank one: border of the squared weights",
        with_claim(statement, "rank-one-border", equal(border.left * later_layers.at(layer), PARTS.border.at(mode))),
    )
    yield Mutant(
        "rank one: corner without its diagonal part",
        with_claim(statement, "rank-one-corner", equal(corner.left, PARTS.output + PARTS.residual)),
    )
    yield Mutant(
        "rank one: diagonal part of the wrong sign",
        with_claim(
            statement,
            "rank-one-corner",
            equal(corner.left, PARTS.output + PARTS.residual + KroneckerDelta(first, second) * PARTS.residual),
        ),
    )
    yield Mutant(
        "rank one: A alone",
        with_claim(statement, "rank-one-corner", equal(corner.left, PARTS.output)),
    )


def _inside(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (ORTHOGONAL, value_of(instance, FIRST)))
