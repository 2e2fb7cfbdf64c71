"""A run of gradient descent on two layers: its weights before and after each of its steps."""

from __future__ import annotations

from sympy import Symbol

from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import equal
from theory.language.statement import Hypothesis
from theory.setting.symbols import N, X, eta, features, w, y

n_steps = Symbol("T", integer=True, positive=True)
steps = Axis(n_steps, "tq")
RUN_U, RUN_V = IndexedArray.named("u", steps, features), IndexedArray.named("v", steps)
"""The weights before each step, shapes (T, d) and (T,)."""
RUN_NEXT_U, RUN_NEXT_V = IndexedArray.named("u_next", steps, features), IndexedArray.named("v_next", steps)
"""The weights after each step."""


def residuals(first_layers: IndexedArray, second_layers: IndexedArray) -> IndexedArray:
    """`z = v X u - y` in every step, shape (T, N)."""
    found: IndexedArray = (first_layers @ X.T).scaled_rows(second_layers) - (second_layers**0).outer(y)
    return found


SLOPES: IndexedArray = residuals(RUN_U, RUN_V) @ X
"""`g = X^T z` in every step, shape (T, d)."""
OUTPUT_SLOPES: IndexedArray = (RUN_U * SLOPES).row_totals()
"""`u^T g` in every step, shape (T,)."""

RUN_OF_DESCENT: dict[str, Hypothesis] = {
    "steps-first": equal(RUN_NEXT_U, RUN_U - SLOPES.scaled_rows(RUN_V) * (eta / N)),
    "steps-second": equal(RUN_NEXT_V, RUN_V - OUTPUT_SLOPES * (eta / N)),
}
"""Every step is one of gradient descent; what joins a step to the next is said by the sums that telescope."""


def imbalances(first_layers: IndexedArray, second_layers: IndexedArray) -> IndexedArray:
    """`||Pi_W u||^2 - v^2` in every step, shape (T,)."""
    squares = ((first_layers @ w.T) ** 2).row_totals()
    found: IndexedArray = squares - second_layers**2
    return found


def losses(first_layers: IndexedArray, second_layers: IndexedArray) -> IndexedArray:
    """`||z||^2 / (2N)` in every step, shape (T,)."""
    squares = (residuals(first_layers, second_layers) ** 2).row_totals()
    found: IndexedArray = squares / (2 * N)
    return found


RUN_LETTERS = {
    "T": "number of steps",
    "u_t, v_t": "weights before step t",
    "u_next, v_next": "weights after it",
}
