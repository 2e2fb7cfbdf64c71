"""Initial weights in the coordinates that move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from theory.did_you_mean import did_you_mean
from theory.errors import NotFiniteError, NumberKindError, ParameterError, ShapeError

Floats = NDArray[np.float64]
Form = str | tuple[Floats, Floats]
_Weights = Sequence[str] | Floats
Initial = tuple[_Weights, _Weights]
"""The coefficients `c_i = w_i^T u`, shape `(r,)`, and the layers `v_j`, shape `(D - 1,)`."""

KINDS = {
    "default": "as PyTorch draws them",
    "alpha-beta": "Assumption 5.5, with the same variances; alpha-beta:ALPHA,BETA for others",
    "balanced": "Assumption 4.5; balanced:SIZE for a size of each layer",
}
FORMS = "default, alpha-beta, alpha-beta:ALPHA,BETA, balanced, balanced:SIZE or c=C1,C2,...,v=V1,..."


def initialize(form: Form, right_singular_vectors: NDArray[np.float64], depth: int, seed: int) -> Initial:
    """Draw or read initial weights.

    `default` is PyTorch's: `u_i` uniform on `[-1/sqrt(d), 1/sqrt(d)]`, `v_j` uniform on [-1, 1]. `alpha-beta` is
    Assumption 5.5, by default with the same variances `1/(3d)` and `1/3`. `balanced` draws u as the default does,
    rescales it to `||Pi_W u|| = SIZE` if a size is given, and sets every `v_j` to `||Pi_W u||` (Assumption 4.5).
    `c=...,v=...` gives the coefficients themselves; decimal texts stay exact until the arithmetic rounds them. Arrays
    `(u, v)` give the weights.

    Args:
        form: one of the forms above, or weights of shapes `(d,)` and `(D - 1,)`.
        right_singular_vectors: the `w_i^T` as rows, shape `(r, d)`.
        depth: `D`.
        seed: fixes the draw.

    >>> initialize("c=0.1,0.2,v=0.5", np.eye(2), 2, seed=0)
    (['0.1', '0.2'], ['0.5'])

    Raises:
        ParameterError: a form that is none of these, or a size that is not positive.
        ShapeError: not r coefficients c, not d weights u, or not D - 1 layers v.
        NotFiniteError: a weight is not finite.
    """
    if not isinstance(form, str):
        return _given(*form, right_singular_vectors, depth)
    kind, _, values = form.partition(":")
    rank, features = right_singular_vectors.shape
    if form.startswith("c="):
        return explicit(form, "c", rank, depth - 1)
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 1, 0]))
    if kind == "alpha-beta":
        alpha, beta = _positive(values, 2, form) if values else ((3 * features) ** -0.5, 3**-0.5)
        u, v = random.normal(0.0, alpha, features), random.normal(0.0, beta, depth - 1)
        return right_singular_vectors @ u, v
    if kind not in ("default", "balanced") or (values and kind == "default"):
        near = did_you_mean(kind, KINDS)
        raise ParameterError(f"there is no initialization {form!r}; give {FORMS}{near}")
    u, v = random.uniform(-1.0, 1.0, features) / features**0.5, random.uniform(-1.0, 1.0, depth - 1)
    c = right_singular_vectors @ u
    if kind == "default":
        return c, v
    size = float(np.linalg.norm(c))
    if values:
        (wanted,) = _positive(values, 1, form)
        c, size = c * (wanted / size), wanted
    return c, np.full(depth - 1, size)


def _given(u: Floats, v: Floats, right_singular_vectors: Floats, depth: int) -> Initial:
    shapes = (right_singular_vectors.shape[1],), (depth - 1,)
    if (u.shape, v.shape) != shapes:
        raise ShapeError(f"the initial weights have shapes {u.shape} and {v.shape}; give {shapes[0]} and {shapes[1]}")
    if not (np.isfinite(u).all() and np.isfinite(v).all()):
        raise NotFiniteError("an initial weight is not finite; give finite ones")
    return right_singular_vectors @ u, v


def explicit(form: str, letter: str, rank: int, n_layers: int) -> tuple[list[str], list[str]]:
    """Read `c=C1,C2,...,v=V1,...`, or the same with another letter for the first layer.

    Raises:
        ParameterError: there is no v.
        ShapeError: not `rank` and `n_layers` numbers.

    Examples:
        >>> explicit("u=1,2,v=3", "u", 2, 1)
        (['1', '2'], ['3'])
    """
    first, mark, rest = form[2:].partition(",v=")
    c, v = [part.strip() for part in first.split(",")], [part.strip() for part in rest.split(",")]
    if not mark:
        raise ParameterError(f"the initialization {form!r} has no v; write {letter}=1,2,...,v=1,...")
    if len(c) != rank or len(v) != n_layers:
        whole = f"rank {rank}" if letter == "c" else f"{rank} features"
        raise ShapeError(
            f"the initialization gives {len(c)} {letter} and {len(v)} v; give {rank} {letter} for {whole} and "
            f"{n_layers} v"
        )
    return c, v


def _positive(text: str, count: int, form: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise NumberKindError(f"the initialization {form!r} holds no numbers after the colon; give {FORMS}") from None
    if len(numbers) != count or not all(0 < number < float("inf") for number in numbers):
        raise ParameterError(f"the initialization {form!r} needs {count} positive numbers after the colon")
    return numbers
