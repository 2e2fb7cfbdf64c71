"""Random-reshuffling SGD: the stochastic optimizer of the paper's figures."""

from __future__ import annotations

import numpy as np

from numerics.optimizers.base import Batch, random_generator
from numerics.optimizers.sgd import StochasticGradientDescent


class RandomReshuffling(StochasticGradientDescent):
    """SGD that visits every sample once in each epoch, in a random order drawn for that epoch.

    Where B does not divide N the last batch of an epoch holds the samples that are left, and its loss is the mean
    over those.

    >>> optimizer = RandomReshuffling(0.1, batch_size=2, seed=0)
    >>> sorted(int(i) for step in range(3) for i in optimizer.batch(step, n_samples=5))
    [0, 1, 2, 3, 4]
    """

    name = "sgd-reshuffle"
    summary = "stochastic gradient descent that visits every sample once in each epoch"
    independent_batches = False

    def batch(self, index: int, n_samples: int) -> Batch:
        """Give the samples of one step, in ascending order."""
        steps_in_epoch = -(-n_samples // self.batch_size)
        epoch, position = divmod(index, steps_in_epoch)
        order = random_generator(self.seed, epoch).permutation(n_samples)
        chosen = order[position * self.batch_size : (position + 1) * self.batch_size]
        return np.sort(chosen).astype(np.intp)


OPTIMIZER = RandomReshuffling
