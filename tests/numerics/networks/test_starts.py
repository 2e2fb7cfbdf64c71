"""The mean tangent kernel of a random start, against kernels of drawn networks."""

import numpy as np
import pytest

from numerics.networks.starts import isotropy, mean_kernel_scale, start
from theory.errors import ParameterError

X = np.array([[1.0, 0.5, -2.0], [0.0, 1.0, 1.0]])


def _outputs(stacks):
    """Outputs of all drawn networks, shape `(draws, N)`."""
    passed = np.broadcast_to(X.T, (len(stacks[0]), *X.T.shape))
    for stack in stacks:
        passed = stack @ passed
    return passed[:, 0, :]


def _mean_kernel(depth, width, draws):
    """By differences, exact as an output is linear in each weight."""
    drawn = [start("default", np.eye(X.shape[1]), (width,) * (depth - 1), seed) for seed in range(draws)]
    stacks = [np.stack(layer) for layer in zip(*drawn, strict=True)]
    kernel, base = np.zeros((len(X), len(X))), _outputs(stacks)
    for layer, stack in enumerate(stacks):
        for place in np.ndindex(stack.shape[1:]):
            moved = stack.copy()
            moved[(slice(None), *place)] += 1.0
            slope = _outputs([*stacks[:layer], moved, *stacks[layer + 1 :]]) - base
            kernel += slope.T @ slope / draws
    return kernel


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_mean_kernel_of_drawn_networks_is_that_of_the_formula(depth):
    expected = mean_kernel_scale(isotropy(X.shape[1], 6), depth) * X @ X.T
    np.testing.assert_allclose(_mean_kernel(depth, 6, 1000), expected, rtol=0.05, atol=0.05 * expected.max())


def test_no_layer_and_no_neuron_have_no_mean_kernel():
    with pytest.raises(ParameterError):
        mean_kernel_scale(1.0, depth=1)
    for counts in ((0, 3), (3, 0)):
        with pytest.raises(ParameterError):
            isotropy(*counts)
