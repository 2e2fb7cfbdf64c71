"""Random initializations as Tables 11 to 15 have them, of the variances of PyTorch's.

`alpha^2 = 1/(3d)` and `beta^2 = 1/3`, as Assumption 5.5 with `d` features. The decomposition of a draw holds `d`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from numerics.arithmetic import Float64
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from numerics.work.task import Arrays


def deviations(n_features: int) -> tuple[float, float]:
    """Give `alpha` and `beta`.

    Examples:
        >>> alpha, beta = deviations(12)
        >>> round(1 / alpha**2), round(1 / beta**2)
        (36, 3)
    """
    return float((3 * n_features) ** -0.5), float(3**-0.5)


def initial_sharpness(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Compute the exact sharpness of random initializations (Assumption 5.5).

    The coefficients `c_i = w_i^T u` of `u ~ N(0, alpha^2 I_d)` are drawn themselves: they are `N(0, alpha^2 I_r)`.
    """
    s, d = arrays["singular_values"], arrays["label_coefficients"]
    model = ReducedModel(Float64(), 2, int(arrays["n_samples"]), s, d)
    alpha, beta = deviations(int(arrays["n_features"]))
    random = np.random.Generator(np.random.Philox(key=configuration["seed"], counter=[0, 0, 2, 0]))
    starts = configuration["starts"]
    weights, layers = random.normal(0.0, alpha, (starts, len(s))), random.normal(0.0, beta, starts)
    found = [sharpness(model, model.state(c, [v])) for c, v in zip(weights, layers, strict=True)]
    return {"sharpness": np.array(found, dtype=np.float64)}
