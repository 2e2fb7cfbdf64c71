"""Where gradient flow ends: the sizes of the layers at a global minimizer with given layer imbalances."""

from __future__ import annotations

import math
from collections.abc import Sequence

from theory.errors import NotFiniteError, ParameterError


def layer_sizes(difficulty: float, imbalances: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """`m = ||Pi_W u||^2` and the `v_j^2` at a global minimizer of difficulty `Q` and imbalances `C_1 .. C_(D-1)`.

    At zero residual `c_i = d_i / (s_i P)`, hence `m P^2 = Q`, and `v_j^2 = m - C_j`, so that `m` is the one root of
    `m prod_j (m - C_j) = Q` above all `C_j` and 0. In `t = log(m - max(0, C_1, ..))` the logarithm of the left side is
    convex and rises: Newton's method comes down to the root from the right. For depth 2, `v^2` is `positive_root`
    (equation (16)); for balanced layers `m = Q^(1/D)` (Theorem 4.6).

    Args:
        difficulty: `Q`, positive.
        imbalances: `C_j = ||Pi_W u||^2 - v_j^2` of every later layer (Definition 4.2), shape `(D-1,)`.

    Raises:
        ParameterError: there is no imbalance, or Q is not positive.
        NotFiniteError: Q or an imbalance is not finite.

    Examples:
        >>> layer_sizes(8.0, [0.0, 0.0])
        (2.0, (2.0, 2.0))
        >>> layer_sizes(6.0, [1.0])
        (3.0, (2.0,))
    """
    if not imbalances:
        raise ParameterError("there is no layer after the first; give one imbalance for each")
    if not all(map(math.isfinite, (difficulty, *imbalances))):
        raise NotFiniteError("the difficulty or an imbalance is not finite")
    if not difficulty > 0:
        raise ParameterError(f"the difficulty is {difficulty}; it must be positive")
    base = max(0.0, *imbalances)
    above = [base, *(base - imbalance for imbalance in imbalances)]  # each size less that of the smallest layer
    target = math.log(difficulty)
    t = target / len(above)
    for _ in range(200):
        sizes = [math.exp(t) + a for a in above]
        step = (sum(map(math.log, sizes)) - target) / sum(math.exp(t) / size for size in sizes)
        t -= step
        if abs(step) <= 4e-16 * max(1.0, abs(t)):
            break
    size, *layers = (math.exp(t) + a for a in above)
    return size, tuple(layers)
