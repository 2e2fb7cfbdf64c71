"""Definition 4.1: dataset difficulty, and what makes it a difficulty."""

from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import X, features, label_coefficients, s, spectrum, w, y

SOLUTION = IndexedArray.named("theta", features)
LEAST_SOLUTION = (label_coefficients / s) @ w
"""The linear solution `X^+ y = sum_i (d_i / s_i) w_i`."""

STATEMENT = Statement(
    id="def-4.1",
    title="Dataset difficulty: the squared norm of the least linear solution",
    source="Definition 4.1 and the paragraph after it",
    hypotheses={**DECOMPOSITION, "solution": equal(X @ SOLUTION, y)},
    claims={
        "solves": equal(X @ LEAST_SOLUTION, y),
        "norm": equal((LEAST_SOLUTION**2).total(), spectrum.difficulty),
        "least": at_most(spectrum.difficulty, (SOLUTION**2).total()),
    },
    variables={"theta": "any solution of the linear system X theta = y, shape (d,)"},
)
