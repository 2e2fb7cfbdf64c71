"""Proof of Appendix B.1: every equation is an equality of normal forms."""

from collections.abc import Iterator

import numpy as np
from flint import fmpq
from sympy import Expr, Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.methods.combination import Combination, identity
from theory.formulas.dynamics import later_layers
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.symbols import N, X, eta, samples, u
from theory.statements.app_b_1 import DIRECTION, MASK, OTHERS, PRODUCT, RESIDUAL, STEP, WEIGHTS, later, n_later

_n, _j = samples.index(set()), later.index(set())
_p = MASK.at(_n)
_others = OTHERS.at(_j)
_output, _residual, _turn = (X @ u).at(_n), RESIDUAL.at(_n), (X @ DIRECTION).at(_n)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    # Where one layer is left out of the product and put back: the loss at R_j v_j against the loss at P.
    put_back = fact("others", _j)
    moved = _output * (_residual + STEP * _others * _output) - put_back * _output**2 / 2
    gaps = {
        "later-layer-gradient": put_back * Sum(moved, (_n, 1, N)) / N,
        "first-layer-batch-gradient": PRODUCT * _ones(_turn),
        "later-layer-batch-gradient": put_back * Sum(_p**2 * moved, (_n, 1, N)) / B + _others * _ones(_output),
    }
    data = identity("svd", "labels")
    return [
        Step(name, claim, Combination(gaps[name]) if name in gaps else data) for name, claim in statement.claims.items()
    ]


def _ones(change: Expr) -> Expr:
    """What `p_n^2 = p_n` takes from the coefficient of epsilon."""
    return STEP * Sum(change * _residual * fact("binary", _n), (_n, 1, N)) / B


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits at depth 4, one of the layers 0, and every third image in the mini-batch."""
    images = digits()
    pixels = value_of(images, X)
    layers = later_layers(np.array([fmpq(1, 2), fmpq(0), fmpq(-3)], dtype=object))
    batch = np.array([fmpq(int(n % 3 == 0)) for n in range(len(pixels))], dtype=object)
    instance = with_values(
        images,
        (n_later, 3),
        (WEIGHTS, layers.weights),
        (PRODUCT, layers.product),
        (OTHERS, layers.others),
        (u, pixels[0] / 16),
        (DIRECTION, pixels[1] / 16),
        (STEP, fmpq(1, 7)),
        (eta, fmpq(1, 100)),
        (MASK, batch),
        (B, int(sum(batch).p)),
    )
    yield from enclose_claims(statement, instance)
