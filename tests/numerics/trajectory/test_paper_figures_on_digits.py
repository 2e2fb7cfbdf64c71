"""Training on the digits, as people ask for it, shows what the paper's Figures 4, 5 and 9 show.

The paper's data have fewer samples than features; so have these: at most 40 samples of 64 pixels.
"""

import numpy as np
import pytest

from numerics import train
from tests.effort import usually


@pytest.mark.slow
@pytest.mark.parametrize("seed", usually([1], thoroughly=[0, 1, 2]))
def test_more_data_and_more_depth_sharpen_more_figure_5(seed: int) -> None:
    sizes, depths = usually(((10, 40), (2, 3)), thoroughly=((10, 20, 40), (2, 3, 4)))
    growth = np.empty((len(sizes), len(depths)))
    for i, samples in enumerate(sizes):
        for j, depth in enumerate(depths):
            options = {"samples": samples, "depth": depth, "seed": seed, "optimizer": "gf"}
            steps = usually(1500, thoroughly=4000)
            sharpness = train("digits:3,5", **options, steps=steps, record_every=steps).series["sharpness"]
            growth[i, j] = sharpness[-1] / sharpness[0]
    assert (growth > 1).all()  # progressive sharpening everywhere
    assert (np.diff(growth, axis=0) > 0).all()  # more with more data
    assert (np.diff(growth, axis=1) > 0).all()  # more with more layers


@pytest.mark.slow
@pytest.mark.parametrize("seed", usually([0], thoroughly=[0, 1]))
def test_smaller_batches_unbalance_more_and_sharpen_less_figures_4_and_9(seed: int) -> None:
    batches = usually((5, 40), thoroughly=(5, 10, 20, 40))
    final, imbalance = np.empty((2, len(batches))), np.empty((2, len(batches), 6))
    for i, step_size in enumerate(("0.01", "0.02")):
        for j, size in enumerate(batches):
            rule = {"optimizer": "gd"} if size == 40 else {"optimizer": "sgd-reshuffle", "batch_size": size}
            options = {"samples": 40, "seed": seed, "step_size": step_size, **rule}
            series = train("digits:3,5", **options, steps=2500, record_every=500).series
            assert series["sharpness"][-1] > series["sharpness"][0]
            final[i, j] = series["sharpness"][-1]
            imbalance[i, j] = series["imbalance"][:, 0]
    assert (np.diff(final, axis=1) > 0).all()  # larger batches sharpen more
    grown = imbalance[:, :, -1] - imbalance[:, :, 0]
    assert (np.diff(grown, axis=1) < 0).all()  # and unbalance less
    assert (np.diff(imbalance) > 0).all()  # the imbalance grows all along,
    assert (grown[1] > grown[0]).all()  # the faster the larger the step size
