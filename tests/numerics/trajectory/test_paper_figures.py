"""What the paper's Figures 4, 5 and 9 show: which data, depth and batch size sharpen more."""

from typing import Any

import numpy as np
import pytest

from numerics.arithmetic import Float64
from numerics.data import load
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Optimizer
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.reshuffling import RandomReshuffling
from numerics.optimizers.runge_kutta_flow import RungeKuttaFlow
from numerics.trajectory import Outcome, Trajectory, train
from tests.effort import usually
from theory import Spectrum
from theory.bounds import balanced_minimizer


def trained(X: Any, y: Any, depth: int, optimizer: Optimizer, form: str, **keys: Any) -> Trajectory:
    model = ReducedModel.from_data(X, y, depth, Float64())
    right = np.asarray(Spectrum.from_data(X, y).right_singular_vectors)
    c, v = initialize(form, right, depth, seed=1)
    return train(model, optimizer, model.state(c, v), **keys)


@pytest.mark.slow
def test_more_data_and_more_depth_sharpen_more_figure_5() -> None:
    rng = np.random.default_rng(0)
    data, labels = rng.normal(size=(60, 80)), np.sign(rng.normal(size=60)) * 4
    final, growth = {}, {}
    for n in (15, 30, 60):
        for depth in (2, 3, 4):
            X, y = data[:n], labels[:n]
            run = trained(
                X, y, depth, RungeKuttaFlow("1/2"), "balanced:0.4", steps=4000, record_every=200, tolerance=1e-5
            )
            assert run.outcome is Outcome.CONVERGED
            bounds = balanced_minimizer(Spectrum.from_data(X, y), depth)
            final[n, depth] = run.series["sharpness"][-1]
            assert bounds.lower * 0.97 <= final[n, depth] <= bounds.upper * 1.03
            growth[n, depth] = final[n, depth] / run.series["sharpness"][0]
    for depth in (2, 3, 4):
        assert growth[15, depth] < growth[30, depth] < growth[60, depth]
    for n in (15, 30, 60):
        assert growth[n, 2] < growth[n, 3] < growth[n, 4]


@pytest.mark.slow
@pytest.mark.parametrize("seed", usually([1], thoroughly=[0, 1]))
def test_smaller_batches_unbalance_more_and_sharpen_less_figures_4_and_9(seed: int) -> None:
    digits = load("digits:3,5", samples=200, seed=0)
    sharp, spread = [], []
    for size in (25, 50, 100, 200):
        optimizer = GradientDescent(0.02) if size == 200 else RandomReshuffling(0.02, size, seed)
        run = trained(digits.X, digits.y, 2, optimizer, "default", steps=3000, record_every=3000)
        assert run.outcome is Outcome.STEP_LIMIT
        sharp.append(run.series["sharpness"][-1])
        spread.append(run.series["imbalance"][-1, 0] - run.series["imbalance"][0, 0])
    assert sharp == sorted(sharp)
    assert spread == sorted(spread, reverse=True)
    assert spread[-1] > 0
