"""Proof: the rate is the sum of the `b_j` times what the residuals add, and that is `-G b` with `G > 0`.

`G = diag(v_j^2) + ||Pi_W u||^2 1 1^T`.
"""

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.deep_tangent_kernel import DeepMinimizer
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from theory.language.numbers import square, total
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import S, X, later_layers, layers, n_later_layers, samples, u, y
from theory.statements.own_deep_slope import PRODUCT, RATES, RESIDUALS, SUM_OF_RATES

_j, _n = layers.index(set()), samples.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claim = claims_of(statement)
    at_minimizer = DeepMinimizer("", u, later_layers, S)
    outputs = total(square(RESIDUALS @ (X @ u)))
    by_layer: Expr = RATES.at(_j) * (outputs * fact("others-squared", _j) - fact("rates", _j))
    lost = total(later_layers**2 * RATES**2) + squared_projection() * square(SUM_OF_RATES)
    return [
        *at_minimizer.layers(),
        Step("labels-of-weights-by-sample", equal(y, (X @ u) * PRODUCT), Combination(-fact("minimizer", _n))),
        claim(
            "rate",
            Combination(
                Sum(by_layer, (_j, 1, n_later_layers)), ("labels-of-weights-by-sample",), given=("layers-positive",)
            ),
        ),
        claim("falls", Combination(lost + fact("rate"), given=("layers-positive",))),
    ]
