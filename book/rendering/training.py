"""Training runs that the pages draw, each made once for one page."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from numerics.arithmetic import Float64
from numerics.data import Dataset, load
from numerics.finite_precision.problem import Problem
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.runge_kutta_flow import RungeKuttaFlow
from numerics.trajectory import Trajectory, train

EDGE_DATA = "minimal:100,5.477,0.233,0.3,1.414"
"""The synthetic data of Appendix D.1."""
EDGE_START = "c=0.1,0.1,v=0.5"


def edge_problem(threshold: str) -> Problem:
    """Gradient descent on Appendix D.1's data with `2/eta` given as a decimal; every number is exact."""
    return Problem.from_dataset(load(EDGE_DATA), 2, 2 / Fraction(threshold), EDGE_START, seed=0)


def by_gradient_flow(dataset: Dataset, depth: int, form: str, seed: int, steps: int, every: int = 10) -> Trajectory:
    """Gradient flow from a random initialization."""
    spectrum = dataset.spectrum()
    model = ReducedModel.from_data(dataset.X, dataset.y, depth, Float64(), spectrum)
    c, v = initialize(form, np.asarray(spectrum.right_singular_vectors), depth, seed)
    unreachable = float(model.unreachable_loss)
    return train(
        model,
        RungeKuttaFlow("1/2"),
        model.state(c, v),
        steps=steps,
        record_every=every,
        tolerance=unreachable * (1 + 1e-6) + 1e-9,
    )
