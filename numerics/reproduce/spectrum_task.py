"""The spectrum of one draw: computed once, for every table and figure that looks at that draw."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.data import Dataset
from numerics.work.task import Arrays, Task
from theory import Spectrum

if TYPE_CHECKING:
    from numerics.reproduce.paper_data import Pool


def spectrum_task(pool: Pool, samples: int, seed: int) -> Task:
    """Make the task that decomposes a draw. The first draw keeps its singular vectors: figures train on it."""

    def arrays() -> Arrays:
        X, y = pool.draw(samples, seed)
        if pool.dataset.exact_singular_values is None or pool.dataset.exact_label_coefficients is None:
            return {"X": X, "y": y}
        exact = pool.dataset.exact_singular_values, pool.dataset.exact_label_coefficients
        return {"X": X, "y": y, "exact": np.array([[float(one) for one in part] for part in exact])}

    configuration = {"samples": samples, "seed": seed, "vectors": seed == 0}
    features = pool.dataset.n_features
    cost = samples * min(samples, features) * features / 1.5e9
    return Task("numerics.reproduce.spectrum_task:decompose", configuration, pool.dataset.digest, arrays, cost)


def decompose(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Compute singular values and label coefficients, with `vectors` also the singular vectors."""
    X, y = arrays["X"], arrays["y"]
    exact_s, exact_d = (tuple(map(Fraction, part)) for part in arrays["exact"]) if "exact" in arrays else (None, None)
    spectrum = Dataset("draw", X, y, exact_singular_values=exact_s, exact_label_coefficients=exact_d).spectrum()
    s = np.asarray(spectrum.singular_values, dtype=np.float64)
    found = {
        "singular_values": s,
        "label_coefficients": np.asarray(spectrum.label_coefficients, dtype=np.float64),
        "n_samples": np.array(len(y)),
        "n_features": np.array(X.shape[1]),
        "label_residual_share": np.array(float(spectrum.label_residual_share)),
    }
    if configuration["vectors"]:
        right = np.asarray(spectrum.right_singular_vectors, dtype=np.float64)
        found |= {"right": right, "left": (X @ right.T) / s, "labels": np.asarray(y, dtype=np.float64)}
    return found


def spectrum_of(draw: Arrays) -> Spectrum:
    """Give the spectrum that `decompose` found."""
    return Spectrum(
        draw["singular_values"],
        draw["label_coefficients"],
        n_samples=int(draw["n_samples"]),
        label_residual_share=float(draw["label_residual_share"]),
    )
